/* options.c - see options.h. */
#include "cmd/options.h"

#include <stdio.h>
#include <string.h>

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

void
print_feature_names(void)
{
	printf("\nFeatures:");
	for (int i = 0; i < FEATURE_COUNT; i++)
		printf("%s %s", i ? "," : "", feature_name((enum feature)i));
	printf("\n");
}
