/* run.c - canon run: options, the list of files, progress, and the report. */
#define _GNU_SOURCE
#include "cmd/cmd.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/fiber.h"
#include "base/str.h"
#include "base/vec.h"
#include "cmd/files.h"
#include "cmd/options.h"
#include "script/catalogue.h"
#include "script/format.h"
#include "script/run.h"

static const char help[] =
	"usage: canon run [options] PATH...\n"
	"\n"
	"Runs WAST scripts; of a folder, all files below it that end in .wast.\n"
	"\n"
	"  --profile p3|1.0-pre  the features that components may use (default p3; canon features\n"
	"                     lists them)\n"
	"  --feature NAME, --no-feature NAME  after --profile: switch a feature on or off; the\n"
	"                     headers of a script do so after that\n"
	"  --filter REGEX     report only directives whose \"file:line:column\" matches the\n"
	"                     extended regular expression; the others of their file run, too\n"
	"  --match reason|text  how what is invalid or malformed matches the expected text: by\n"
	"                     the tables of spec/ (the default), or as a part of the message\n"
	"  --trap-match class|text  likewise for traps, whose texts are in spec/, too\n"
	"  --seed N           0 (the default) takes the first of every choice; another number\n"
	"                     chooses by it\n"
	"  --choices N,N,...  replays these choices, from the start of each file; a failure\n"
	"                     prints the ones that led to it\n"
	"  --timeout SECONDS  end a directive after this time (default 60; 0: never)\n"
	"  --fuel N           end a directive after this much work (default 0: never)\n"
	"  --format FORMAT    human (the default), json, junit, tap or github\n"
	"  --also FORMAT=FILE  write the report in that format, too; more than once, if need be\n"
	"  --verbose          list every directive, with the place of the trap that it met\n"
	"  --expectations FILE  directives that are known to fail: a line of titles, then a line\n"
	"                     for each with tabs between file, line number and reason\n"
	"  --traps FILE       write how often each trap of the Canonical ABI was raised\n"
	"  --output FILE      write the report there instead of to standard output\n"
	"  --help             this text\n"
	"\n"
	"Exit status: 0 all as expected (what is unsupported is counted apart), 1 something\n"
	"was not, 2 usage, 3 Canon itself failed, 4 no directive ran.\n";

enum {
	OPT_FILTER = 1,
	OPT_SEED,
	OPT_TIMEOUT,
	OPT_FUEL,
	OPT_FORMAT,
	OPT_ALSO,
	OPT_OUTPUT,
	OPT_CHOICES,
	OPT_TRAPS,
	OPT_PROFILE,
	OPT_VERBOSE,
	OPT_EXPECTATIONS,
	OPT_MATCH,
	OPT_TRAP_MATCH,
	OPT_FEATURE,
	OPT_NO_FEATURE,
	OPT_HELP
};

static const struct option long_options[] = {
	{"filter", required_argument, NULL, OPT_FILTER},
	{"seed", required_argument, NULL, OPT_SEED},
	{"timeout", required_argument, NULL, OPT_TIMEOUT},
	{"fuel", required_argument, NULL, OPT_FUEL},
	{"format", required_argument, NULL, OPT_FORMAT},
	{"also", required_argument, NULL, OPT_ALSO},
	{"output", required_argument, NULL, OPT_OUTPUT},
	{"choices", required_argument, NULL, OPT_CHOICES},
	{"traps", required_argument, NULL, OPT_TRAPS},
	{"profile", required_argument, NULL, OPT_PROFILE},
	{"verbose", no_argument, NULL, OPT_VERBOSE},
	{"expectations", required_argument, NULL, OPT_EXPECTATIONS},
	{"match", required_argument, NULL, OPT_MATCH},
	{"trap-match", required_argument, NULL, OPT_TRAP_MATCH},
	{"feature", required_argument, NULL, OPT_FEATURE},
	{"no-feature", required_argument, NULL, OPT_NO_FEATURE},
	{"help", no_argument, NULL, OPT_HELP},
	{0},
};

/* A report beside the first one. */
struct also {
	const struct report_format *format;
	const char *path;
};

struct settings {
	struct run_options run;
	const struct report_format *format;
	VEC(struct also) also;
	bool help, has_filter, verbose;
	regex_t filter;
	const char *output, *traps;
	VEC(uint32_t) choices;
	struct strbuf repeat; /* the options that a directive needs to be run again */
	struct arena *arena;
};

/* ---- options ---- */

static bool
usage(const char *fmt, const char *what)
{
	fprintf(stderr, "canon run: ");
	fprintf(stderr, fmt, what);
	fprintf(stderr, "\nusage: canon run [options] PATH...    (canon run --help lists them)\n");
	return false;
}

static bool
read_number(const char *name, const char *text, uint64_t *out)
{
	char *end;
	errno = 0;
	unsigned long long v = strtoull(text, &end, 10);
	if (errno || *end || end == text || strchr(text, '-'))
		return usage("--%s takes a whole number", name);
	*out = v;
	return true;
}

static bool
read_seconds(const char *text, double *out)
{
	char *end;
	*out = strtod(text, &end);
	if (*end || end == text || !(*out >= 0) || *out > 1e9)
		return usage("--timeout takes a number of seconds, not %s", text);
	return true;
}

static bool
read_format(const char *option, const char *text, const struct report_format **out)
{
	*out = report_format_find(text);
	if (!*out)
		fprintf(stderr, "canon run: --%s takes a format (%s), not %s\n", option,
			report_format_names(), text);
	return *out != NULL;
}

/* FORMAT=FILE */
static bool
read_also(struct settings *s, const char *text)
{
	size_t n = strcspn(text, "=");
	struct also also = {.path = text + n + 1};
	if (!text[n] || !*also.path)
		return usage("--also takes FORMAT=FILE, not %s", text);
	if (!read_format("also", arena_strndup(s->arena, text, n), &also.format))
		return false;
	vec_push(s->arena, &s->also, also);
	return true;
}

/* By the tables, or by the text alone. */
static bool
read_match(const char *option, const char *other, const char *text, bool *out)
{
	*out = !strcmp(text, "text");
	if (*out || !strcmp(text, other))
		return true;
	fprintf(stderr, "canon run: --%s takes %s or text, not %s\n", option, other, text);
	return false;
}

static bool
read_filter(struct settings *s, const char *text)
{
	if (s->has_filter)
		regfree(&s->filter);
	s->has_filter = regcomp(&s->filter, text, REG_EXTENDED | REG_NOSUB) == 0;
	if (!s->has_filter)
		return usage("--filter takes an extended regular expression, not %s", text);
	s->run.filter = &s->filter;
	return true;
}

static bool
read_choices(struct settings *s, const char *text)
{
	while (*text) {
		char *end;
		errno = 0;
		unsigned long v = strtoul(text, &end, 10);
		bool good = *text >= '0' && *text <= '9' && !errno && v <= UINT32_MAX;
		if (!good || (*end && (*end != ',' || !end[1])))
			return usage(
				"--choices takes numbers with commas between them, not %s", text);
		vec_push(s->arena, &s->choices, (uint32_t)v);
		text = end + (*end == ',');
	}
	vec_reserve(s->arena, &s->choices, 1);
	s->run.choices = s->choices.data;
	s->run.nchoices = s->choices.len;
	return true;
}

struct expectations_env {
	struct settings *settings;
	const char *path;
};

static void
load_expectations(void *env)
{
	struct expectations_env *e = env;
	e->settings->run.expectations = expectations_read(e->settings->arena, e->path);
}

static bool
read_expectations(struct settings *s, const char *path)
{
	struct expectations_env e = {s, path};
	struct error err;
	return protect(load_expectations, &e, &err) || usage("%s", err.message);
}

static bool
read_option(struct settings *s, int option)
{
	switch (option) {
	case OPT_FILTER: return read_filter(s, optarg);
	case OPT_SEED: return read_number("seed", optarg, &s->run.seed);
	case OPT_FUEL: return read_number("fuel", optarg, &s->run.fuel);
	case OPT_TIMEOUT: return read_seconds(optarg, &s->run.timeout);
	case OPT_FORMAT: return read_format("format", optarg, &s->format);
	case OPT_ALSO: return read_also(s, optarg);
	case OPT_OUTPUT: s->output = optarg; return true;
	case OPT_CHOICES: return read_choices(s, optarg);
	case OPT_PROFILE: return option_profile(&s->run.features, "run", optarg);
	case OPT_TRAPS: s->traps = optarg; return true;
	case OPT_VERBOSE: s->verbose = true; return true;
	case OPT_MATCH: return read_match("match", "reason", optarg, &s->run.text);
	case OPT_TRAP_MATCH: return read_match("trap-match", "class", optarg, &s->run.trap_text);
	case OPT_FEATURE: return option_feature(&s->run.features, "run", optarg, true);
	case OPT_NO_FEATURE: return option_feature(&s->run.features, "run", optarg, false);
	case OPT_EXPECTATIONS: return read_expectations(s, optarg);
	default: s->help = true; return true;
	}
}

/* What may change an outcome, but for the choices and the filter, which are the directive's. */
static bool
changes_outcomes(int option)
{
	return option == OPT_FUEL || option == OPT_TIMEOUT || option == OPT_PROFILE ||
	       option == OPT_MATCH || option == OPT_TRAP_MATCH || option == OPT_FEATURE ||
	       option == OPT_NO_FEATURE;
}

static bool
read_options(struct settings *s, int argc, char **argv)
{
	int option, which = 0;
	optind = 1;
	opterr = 0;
	while ((option = getopt_long(argc, argv, ":", long_options, &which)) != -1) {
		if (option == ':')
			return usage("%s takes a value", argv[optind - 1]);
		if (option == '?')
			return usage("unknown option %s", argv[optind - 1]);
		if (!read_option(s, option))
			return false;
		if (changes_outcomes(option))
			strbuf_printf(&s->repeat, " --%s %s", long_options[which].name, optarg);
	}
	if (!s->help && optind == argc)
		return usage("%s", "no PATH is given");
	return true;
}

/* ---- progress ---- */

struct progress {
	bool is_terminal;
	uint32_t shown;
};

static void
clear_line(struct progress *p)
{
	if (p->is_terminal)
		fprintf(stderr, "\r\033[K");
}

static void
show_progress(void *env, const struct file_report *f, const struct record *rec)
{
	struct progress *p = env;
	if (p->is_terminal && p->shown++ % 64 == 0) {
		clear_line(p);
		fprintf(stderr, "%s:%u", f->path, rec->line);
		fflush(stderr);
	}
}

/* ---- coverage of the traps ---- */

/* One line for each site, and how many were reached to standard error. */
static bool
write_traps(const char *path)
{
	FILE *out = fopen(path, "w");
	int n, reached = 0;
	const struct catalogue_row *rows = catalogue_rows(&n);
	if (!out)
		return false;
	fprintf(out, "function\tordinal\tclass\thits\n");
	for (int i = 0; i < n; i++) {
		unsigned long hits = catalogue_hits(&rows[i]);
		reached += hits > 0;
		fprintf(out, "%s\t%d\t%s\t%lu\n", rows[i].function, rows[i].ordinal, rows[i].class,
			hits);
	}
	fprintf(stderr, "%d of %d trap sites reached\n", reached, n);
	return fclose(out) == 0;
}

/* ---- the command ---- */

static bool
write_also(const struct settings *s, const struct also *also, const struct report *r)
{
	FILE *out = fopen(also->path, "w");
	if (out)
		report_write(out, r, also->format, s->verbose);
	bool good = out && !ferror(out);
	if ((out && fclose(out) != 0) || !good)
		fprintf(stderr, "canon run: %s: %s\n", also->path, strerror(errno));
	return good;
}

static int
run_files(const struct settings *s, const Paths *paths, FILE *out)
{
	struct strbuf repeat = s->repeat;
	struct report r = {.arena = arena_new(UINT64_C(8) << 30),
		.program = program_name,
		.profile = profile_name(s->run.features.profile),
		.options = strbuf_cstr(&repeat),
		.seed = s->run.seed};
	struct progress p = {.is_terminal = isatty(STDERR_FILENO)};
	for (uint32_t i = 0; i < paths->len; i++) {
		uint32_t before = r.files.len;
		run_file(&r, paths->data[i], &s->run, show_progress, &p);
		clear_line(&p);
		if (s->format->file && r.files.len > before)
			s->format->file(out, &r, &r.files.data[before], s->verbose);
	}
	s->format->end(out, &r);
	int status = report_status(&r);
	for (uint32_t i = 0; i < s->also.len; i++)
		status = write_also(s, &s->also.data[i], &r) ? status : STATUS_FAILED;
	if (status == STATUS_NOTHING && !s->format->file)
		fprintf(stderr, "canon run: no directive ran\n");
	arena_free(r.arena);
	fiber_release_pool();
	return status;
}

static int
run_to_output(const struct settings *s, const Paths *paths)
{
	FILE *out = s->output ? fopen(s->output, "w") : stdout;
	if (!out) {
		fprintf(stderr, "canon run: %s: %s\n", s->output, strerror(errno));
		return STATUS_USAGE;
	}
	int status = run_files(s, paths, out);
	bool bad = ferror(out) != 0;
	if ((s->output ? fclose(out) : fflush(out)) != 0 || bad) {
		fprintf(stderr, "canon run: the report could not be written\n");
		status = STATUS_FAILED;
	}
	return status;
}

int
cmd_run(int argc, char **argv)
{
	struct arena *a = arena_new(0);
	struct settings s = {
		.run = {.timeout = 60, .leaning = true, .features = features_of(PROFILE_P3)},
		.format = report_format_find("human"),
		.arena = a,
		.repeat = {.arena = a}};
	Paths paths = {0};
	int status = STATUS_USAGE;
	bool good = read_options(&s, argc, argv);
	for (int i = optind; good && i < argc; i++)
		good = find_scripts(a, "run", argv[i], &paths);
	if (good && s.help) {
		fputs(help, stdout);
		print_feature_names();
		status = STATUS_OK;
	} else if (good) {
		catalogue_install();
		status = run_to_output(&s, &paths);
		if (s.traps && !write_traps(s.traps)) {
			fprintf(stderr, "canon run: %s: %s\n", s.traps, strerror(errno));
			status = STATUS_FAILED;
		}
	}
	if (s.has_filter)
		regfree(&s.filter);
	arena_free(a);
	return status;
}
