/* validate.c - canon validate: one line a file, or one JSON object. */
#define _GNU_SOURCE
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "base/clean.h"
#include "cmd/cmd.h"
#include "cmd/options.h"
#include "cmd/unit.h"
#include "script/json.h"

static const char help[] =
	"usage: canon validate [options] FILE...\n"
	"\n"
	"Says of each file, a module or component in either format, whether it is valid; - is\n"
	"standard input.\n"
	"\n"
	"  --profile p3|1.0-pre  the features that components may use (default p3)\n"
	"  --features LIST  after --profile: switch features on, and off with a - before the name, "
	"as in\n"
	"                   all,-values; commas between them\n"
	"  --format FORMAT  human (the default) or json\n"
	"  --help           this text\n"
	"\n"
	"Exit status: 0 all are valid; 1 one is not; 2 usage, or a file cannot be read; 3 Canon\n"
	"itself failed.\n";

static int
usage(const char *fmt, const char *what)
{
	return option_wrong("validate", help, fmt, what);
}

struct validation {
	bool json;
	struct features features;
	struct json_object *files;
	int status;
};

static const char *
kind_of(const struct cmd_unit *u)
{
	return u->loaded.component ? "component" : u->loaded.module ? "module" : NULL;
}

static void
add_place(struct json_object *to, struct loc at)
{
	uint32_t line, column;
	if (!at.src)
		return;
	if (at.src->binary) {
		json_put_number(to, "offset", at.pos);
		return;
	}
	loc_line_col(at, &line, &column);
	json_put_number(to, "line", line);
	json_put_number(to, "column", column);
}

static void
add_json(struct validation *v, const struct cmd_unit *u, const char *path, const struct error *err)
{
	struct json_object *o = json_object_new_object();
	json_put_text(o, "file", path);
	json_put_bool(o, "valid", !err);
	json_put_text(o, "kind", kind_of(u));
	if (err) {
		struct json_object *e = json_object_new_object();
		json_put_text(e, "kind", error_kind_name(err->kind));
		json_put_text(e, "reason", err->reason);
		json_put_text(e, "message", err->message);
		add_place(e, err->at);
		json_object_object_add(o, "error", e);
	}
	json_object_array_add(v->files, o);
}

static void
validate_file(struct validation *v, const char *path)
{
	struct cmd_unit u;
	struct error err;
	bool good = cmd_unit_load(&u, path, &v->features, &err);
	if (v->json)
		add_json(v, &u, path, good ? NULL : &err);
	else if (good)
		put_clean_line(stdout, "%s: valid %s", path, kind_of(&u));
	else
		cmd_unit_complain(&u, &err);
	if (!good && cmd_unit_status(&err) > v->status)
		v->status = cmd_unit_status(&err);
	cmd_unit_release(&u);
}

static void
print_json(struct validation *v)
{
	struct json_object *all = json_object_new_object();
	json_object_object_add(all, "files", v->files);
	json_write(stdout, all);
}

int
cmd_validate(int argc, char **argv)
{
	static const struct option options[] = {
		{"format", required_argument, NULL, 'f'},
		{"profile", required_argument, NULL, 'p'},
		{"features", required_argument, NULL, 'F'},
		{"help", no_argument, NULL, 'h'},
		{0},
	};
	struct validation v = {.status = STATUS_OK, .features = features_of(PROFILE_P3)};
	int option;
	optind = 1;
	opterr = 0;
	while ((option = getopt_long(argc, argv, ":", options, NULL)) != -1) {
		switch (option) {
		case 'f':
			v.json = !strcmp(optarg, "json");
			if (!v.json && strcmp(optarg, "human"))
				return usage("--format takes human or json, not %s", optarg);
			break;
		case 'p':
			if (!option_profile(&v.features, "validate", optarg))
				return STATUS_USAGE;
			break;
		case 'F':
			if (!option_features(&v.features, "validate", optarg))
				return STATUS_USAGE;
			break;
		case 'h':
			fputs(help, stdout);
			print_feature_names();
			return STATUS_OK;
		case ':': return usage("%s takes a value", argv[optind - 1]);
		default: return usage("unknown option %s", argv[optind - 1]);
		}
	}
	if (optind == argc)
		return usage("%s", "no FILE is given");
	v.files = v.json ? json_object_new_array() : NULL;
	for (int i = optind; i < argc; i++)
		validate_file(&v, argv[i]);
	if (v.json)
		print_json(&v);
	return v.status;
}
