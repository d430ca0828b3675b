/* features.c - canon features: the table of features and profiles, spec/features.tsv. */
#define _GNU_SOURCE
#include <getopt.h>
#include <json-c/json.h>
#include <stdio.h>
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/options.h"
#include "component/features.h"

static const char help[] =
	"usage: canon features [options]\n"
	"\n"
	"Lists the features that can be switched on and off: the sign of each in the documents, "
	"the\n"
	"developer preview that shipped it, the profiles that it is in, how certain that is, and\n"
	"the source.\n"
	"\n"
	"  --format FORMAT  human (the default) or json\n"
	"  --help           this text\n";

static int
usage(const char *fmt, const char *what)
{
	return option_wrong("features", help, fmt, what);
}

/* A cell of a column; the signs are two columns wide and of several code points. */
static void
print_sign(const char *gate)
{
	bool sign = strcmp(gate, "-") != 0;
	bool second = sign && strstr(gate, "\xe2\x91\xa1"); /* the 2 in a circle */
	printf("%s%*s", gate, sign ? (second ? 2 : 3) : 4, "");
}

static void
print_human(void)
{
	printf("%-22s%-5s%-9s%-5s%-9s%s\n", "feature", "gate", "release", "p3", "1.0-pre",
		"certainty; source");
	for (int i = 0; i < FEATURE_COUNT; i++) {
		const struct feature_row *row = feature_row((enum feature)i);
		printf("%-22s", row->name);
		print_sign(row->gate);
		printf(" %-9s%-5s%-9s%s; %s\n", row->release, row->in[PROFILE_P3] ? "yes" : "no",
			row->in[PROFILE_1_0_PRE] ? "yes" : "no", row->certainty, row->source);
	}
}

static void
put_string(struct json_object *to, const char *key, const char *text)
{
	json_object_object_add(to, key, json_object_new_string(text));
}

static void
print_json(void)
{
	struct json_object *all = json_object_new_object(), *list = json_object_new_array();
	json_object_object_add(all, "features", list);
	for (int i = 0; i < FEATURE_COUNT; i++) {
		const struct feature_row *row = feature_row((enum feature)i);
		struct json_object *o = json_object_new_object();
		put_string(o, "feature", row->name);
		put_string(o, "gate", row->gate);
		put_string(o, "header", row->header);
		put_string(o, "release", row->release);
		for (int p = 0; p < PROFILE_COUNT; p++)
			json_object_object_add(o, profile_name((enum profile)p),
				json_object_new_boolean(row->in[p]));
		put_string(o, "source", row->source);
		put_string(o, "certainty", row->certainty);
		json_object_array_add(list, o);
	}
	puts(json_object_to_json_string_ext(all, JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED |
							 JSON_C_TO_STRING_NOSLASHESCAPE));
	json_object_put(all);
}

int
cmd_features(int argc, char **argv)
{
	static const struct option options[] = {
		{"format", required_argument, NULL, 'f'}, {"help", no_argument, NULL, 'h'}, {0}};
	bool json = false;
	int option;
	optind = 1;
	opterr = 0;
	while ((option = getopt_long(argc, argv, ":", options, NULL)) != -1) {
		switch (option) {
		case 'f':
			json = !strcmp(optarg, "json");
			if (!json && strcmp(optarg, "human"))
				return usage("--format takes human or json, not %s", optarg);
			break;
		case 'h': fputs(help, stdout); return STATUS_OK;
		case ':': return usage("%s takes a value", argv[optind - 1]);
		default: return usage("unknown option %s", argv[optind - 1]);
		}
	}
	if (optind != argc)
		return usage("there is nothing to do with %s", argv[optind]);
	if (json)
		print_json();
	else
		print_human();
	return STATUS_OK;
}
