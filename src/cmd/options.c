/* options.c - see options.h. */
#include "cmd/options.h"

#include <stdio.h>
#include <string.h>

#include "cmd/cmd.h"

static bool
set_feature(struct features *f, const char *command, struct str name, bool on)
{
	enum feature feature = feature_find(name);
	if (feature != FEATURE_COUNT) {
		feature_set(f, feature, on);
		return true;
	}
	fprintf(stderr, "canon %s: there is no feature " STR_FMT "\n", command, STR_ARG(name));
	return false;
}

bool
option_feature(struct features *f, const char *command, const char *name, bool on)
{
	return set_feature(f, command, str_of(name), on);
}

bool
option_features(struct features *f, const char *command, const char *list)
{
	bool good = true;
	while (good && *list) {
		size_t n = strcspn(list, ",");
		bool off = *list == '-';
		struct str name = {list + off, n - off};
		if (str_is(name, "all"))
			for (int i = 0; i < FEATURE_COUNT; i++)
				feature_set(f, (enum feature)i, !off);
		else
			good = set_feature(f, command, name, !off);
		list += n + (list[n] == ',');
	}
	return good;
}

bool
option_profile(struct features *f, const char *command, const char *name)
{
	enum profile profile = profile_find(str_of(name));
	if (profile == PROFILE_COUNT) {
		fprintf(stderr, "canon %s: --profile takes p3 or 1.0-pre, not %s\n", command, name);
		return false;
	}
	*f = features_of(profile);
	return true;
}

void
print_feature_names(void)
{
	printf("\nFeatures:");
	for (int i = 0; i < FEATURE_COUNT; i++)
		printf("%s %s", i ? "," : "", feature_row((enum feature)i)->name);
	printf("\n");
}

int
option_wrong(const char *command, const char *help, const char *fmt, const char *what)
{
	fprintf(stderr, "canon %s: ", command);
	fprintf(stderr, fmt, what);
	fprintf(stderr, "\n%.*s\n", (int)strcspn(help, "\n"), help);
	return STATUS_USAGE;
}
