/* run_args.c - see run_args.h. */
#define _GNU_SOURCE
#include "cmd/run_args.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "base/fiber.h"
#include "base/str.h"
#include "cmd/cmd.h"
#include "cmd/options.h"
#include "script/catalogue.h"

bool
run_args_wrong(const struct run_args *args, const char *fmt, const char *what)
{
	fprintf(stderr, "canon %s: ", args->command);
	fprintf(stderr, fmt, what);
	fprintf(stderr, "\nusage: canon %s [options] %s    (canon %s --help lists them)\n",
		args->command, args->operands ? args->operands : "PATH...", args->command);
	return false;
}

bool
run_args_number(const struct run_args *args, const char *name, const char *text, uint64_t max,
	uint64_t *out)
{
	char *end;
	errno = 0;
	unsigned long long v = strtoull(text, &end, 10);
	if (errno || *end || *text < '0' || *text > '9' || v > max)
		return run_args_wrong(args, "--%s takes a whole number", name);
	*out = v;
	return true;
}

bool
run_args_format(const struct run_args *args, const char *option, const char *name, int *format)
{
	for (int i = 0; args->formats[i]; i++) {
		*format = i;
		if (!strcmp(args->formats[i], name))
			return true;
	}
	fprintf(stderr, "canon %s: --%s takes a format (", args->command, option);
	for (int i = 0; args->formats[i]; i++)
		fprintf(stderr, "%s%s", i ? ", " : "", args->formats[i]);
	fprintf(stderr, "), not %s\n", name);
	return false;
}

bool
run_args_count(const struct run_args *args, const char *name, const char *text, uint32_t least,
	uint32_t *out)
{
	uint64_t n;
	if (!run_args_number(args, name, text, UINT32_MAX, &n))
		return false;
	*out = (uint32_t)n;
	return n >= least || run_args_wrong(args, "--%s takes 1 at least", name);
}

bool
run_args_seconds(const struct run_args *args, const char *name, const char *text, double *out)
{
	char *end;
	*out = strtod(text, &end);
	return (!*end && end != text && *out >= 0 && *out <= 1e9) ||
	       run_args_wrong(args, "--%s takes a number of seconds", name);
}

/* ---- the common options ---- */

static bool
read_profile(void *env, struct run_args *args, const char *arg)
{
	(void)env;
	return option_profile(&args->run.features, args->command, arg);
}

static bool
read_feature(void *env, struct run_args *args, const char *arg)
{
	(void)env;
	return option_feature(&args->run.features, args->command, arg, true);
}

static bool
read_no_feature(void *env, struct run_args *args, const char *arg)
{
	(void)env;
	return option_feature(&args->run.features, args->command, arg, false);
}

static bool
read_timeout(void *env, struct run_args *args, const char *arg)
{
	(void)env;
	return run_args_seconds(args, "timeout", arg, &args->run.timeout);
}

static bool
read_fuel(void *env, struct run_args *args, const char *arg)
{
	(void)env;
	return run_args_number(args, "fuel", arg, UINT64_MAX, &args->run.fuel);
}

static bool
read_filter(void *env, struct run_args *args, const char *arg)
{
	(void)env;
	if (args->run.filter)
		regfree(&args->filter);
	args->run.filter = NULL;
	if (regcomp(&args->filter, arg, REG_EXTENDED | REG_NOSUB))
		return run_args_wrong(
			args, "--filter takes an extended regular expression, not %s", arg);
	args->run.filter = &args->filter;
	return true;
}

static bool
read_format(void *env, struct run_args *args, const char *arg)
{
	(void)env;
	return run_args_format(args, "format", arg, &args->format);
}

static bool
read_output(void *env, struct run_args *args, const char *arg)
{
	(void)env;
	args->output = arg;
	return true;
}

static bool
read_growth(void *env, struct run_args *args, const char *arg)
{
	(void)env, (void)arg;
	args->run.growth_may_fail = true;
	return true;
}

static bool
read_verbose(void *env, struct run_args *args, const char *arg)
{
	(void)env, (void)arg;
	args->verbose = true;
	return true;
}

static bool
read_help(void *env, struct run_args *args, const char *arg)
{
	(void)env, (void)arg;
	args->help = true;
	return true;
}

static const struct run_args_option common[] = {
	{"profile", true, read_profile, true},
	{"feature", true, read_feature, true},
	{"no-feature", true, read_no_feature, true},
	{"timeout", true, read_timeout, true},
	{"fuel", true, read_fuel, true},
	{"growth-may-fail", false, read_growth, true},
	{"filter", true, read_filter, false},
	{"format", true, read_format, false},
	{"output", true, read_output, false},
	{"verbose", false, read_verbose, false},
	{"help", false, read_help, false},
};

enum { COMMON = sizeof common / sizeof *common };

/* ---- options of some commands ---- */

bool
run_args_seed(void *env, struct run_args *args, const char *arg)
{
	(void)env;
	return run_args_number(args, "seed", arg, UINT64_MAX, &args->run.seed);
}

bool
run_args_choices(void *env, struct run_args *args, const char *arg)
{
	(void)env;
	for (const char *text = arg; *text;) {
		char *end;
		errno = 0;
		unsigned long v = strtoul(text, &end, 10);
		bool good = *text >= '0' && *text <= '9' && !errno && v <= UINT32_MAX;
		if (!good || (*end && (*end != ',' || !end[1])))
			return run_args_wrong(args,
				"--choices takes numbers with commas between them, not %s", text);
		vec_push(args->arena, &args->choices, (uint32_t)v);
		text = end + (*end == ',');
	}
	vec_reserve(args->arena, &args->choices, 1);
	args->run.choices = args->choices.data;
	args->run.nchoices = args->choices.len;
	return true;
}

/* FORMAT=FILE */
bool
run_args_also(void *env, struct run_args *args, const char *arg)
{
	size_t n = strcspn(arg, "=");
	struct run_args_also also = {0};
	(void)env;
	if (!arg[n] || !arg[n + 1])
		return run_args_wrong(args, "--also takes FORMAT=FILE, not %s", arg);
	also.path = arg + n + 1;
	if (!run_args_format(args, "also", arena_strndup(args->arena, arg, n), &also.format))
		return false;
	vec_push(args->arena, &args->also, also);
	return true;
}

/* ---- all of them ---- */

static const struct option *
long_options(struct arena *a, const struct run_args_option *own)
{
	VEC(struct option) list = {0};
	for (int i = 0; i < COMMON; i++)
		vec_push(a, &list,
			((struct option){common[i].name, common[i].takes_value, NULL, i}));
	for (int i = 0; own[i].name; i++)
		vec_push(a, &list,
			((struct option){own[i].name, own[i].takes_value, NULL, COMMON + i}));
	vec_push(a, &list, ((struct option){0}));
	return list.data;
}

static bool
read_one(struct run_args *args, int option, const struct run_args_option *own, void *env)
{
	const struct run_args_option *o = option < COMMON ? &common[option] : &own[option - COMMON];
	if (!o->read(env, args, optarg))
		return false;
	if (o->changes)
		strbuf_printf(&args->repeat, " --%s%s%s", o->name, o->takes_value ? " " : "",
			o->takes_value ? optarg : "");
	return true;
}

bool
run_args_options(
	struct run_args *args, int argc, char **argv, const struct run_args_option *own, void *env)
{
	const struct option *options = long_options(args->arena, own);
	int option;
	bool good = true;
	args->repeat = (struct strbuf){.arena = args->arena};
	optind = 1;
	opterr = 0;
	while (good && (option = getopt_long(argc, argv, ":o:", options, NULL)) != -1) {
		if (option == ':')
			good = run_args_wrong(args, "%s takes a value", argv[optind - 1]);
		else if (option == '?')
			good = run_args_wrong(args, "unknown option %s", argv[optind - 1]);
		else if (option == 'o')
			good = read_output(env, args, optarg);
		else
			good = read_one(args, option, own, env);
	}
	return good;
}

bool
run_args_read(
	struct run_args *args, int argc, char **argv, const struct run_args_option *own, void *env)
{
	bool good = run_args_options(args, argc, argv, own, env);
	if (good && !args->help && optind == argc)
		good = run_args_wrong(args, "%s", "no PATH is given");
	for (int i = optind; good && i < argc; i++)
		good = find_scripts(args->arena, args->command, argv[i], &args->paths);
	return good;
}

void
run_args_free(struct run_args *args)
{
	if (args->run.filter)
		regfree(&args->filter);
}

int
run_args_report(const struct run_args *args, int (*fn)(void *env, FILE *out), void *env)
{
	FILE *out = args->output ? fopen(args->output, "w") : stdout;
	if (!out) {
		fprintf(stderr, "canon %s: %s: %s\n", args->command, args->output, strerror(errno));
		return STATUS_USAGE;
	}
	int status = fn(env, out);
	bool bad = ferror(out) != 0;
	if ((args->output ? fclose(out) : fflush(out)) == 0 && !bad)
		return status;
	fprintf(stderr, "canon %s: the report could not be written\n", args->command);
	return STATUS_FAILED;
}

bool
run_args_write_also(
	const struct run_args *args, void (*write)(void *env, FILE *out, int format), void *env)
{
	bool all = true;
	for (uint32_t i = 0; i < args->also.len; i++) {
		const struct run_args_also *also = &args->also.data[i];
		FILE *out = fopen(also->path, "w");
		if (out)
			write(env, out, also->format);
		bool good = out && !ferror(out);
		if ((!out || fclose(out) == 0) && good)
			continue;
		fprintf(stderr, "canon %s: %s: %s\n", args->command, also->path, strerror(errno));
		all = false;
	}
	return all;
}

struct report
run_args_again(struct run_args *args)
{
	return (struct report){.arena = args->arena,
		.program = program_name,
		.profile = profile_name(args->run.features.profile),
		.options = strbuf_cstr(&args->repeat)};
}

int
run_args_command(struct run_args *args, int argc, char **argv, const struct run_args_option *own,
	void *env, const char *help, int (*run)(void *env))
{
	int status = STATUS_USAGE;
	catalogue_install();
	if (run_args_read(args, argc, argv, own, env)) {
		if (args->help) {
			fputs(help, stdout);
			status = STATUS_OK;
		} else {
			status = run(env);
		}
	}
	run_args_free(args);
	arena_free(args->arena);
	fiber_release_pool();
	return status;
}
