/* run.c - canon run: its own options, progress, and the reports. */
#define _POSIX_C_SOURCE 200809L
#include "cmd/cmd.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/fiber.h"
#include "cmd/options.h"
#include "cmd/run_args.h"
#include "script/catalogue.h"
#include "script/expect_update.h"
#include "script/format.h"
#include "script/jobs.h"

static const char help[] =
	"usage: canon run [options] PATH...\n"
	"\n"
	"Runs WAST scripts; of a folder, all files below it that end in .wast; - is standard\n"
	"input.\n"
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
	"  --growth-may-fail  whether memory.grow and table.grow fail is a choice: the\n"
	"                     specification lets them, though there is room\n"
	"  --jobs N           run so many files at a time (default 1), each in its own process; "
	"one\n"
	"                     that dies is an error of its file\n"
	"  --shard I/N        of all files, in the order of their paths, every N-th from the I-th\n"
	"                     on; a shard without files is as expected\n"
	"  --format FORMAT    human (the default), json, junit, tap, github or html\n"
	"  --also FORMAT=FILE  write the report in that format, too; more than once, if need be\n"
	"  --verbose          list every directive, with the place of the trap that it met\n"
	"  --expectations FILE  directives that are known to fail: a line of titles, then a line\n"
	"                     for each with tabs between file, line number and reason\n"
	"  --update-expectations  rewrite that file so that this run would be as expected, and\n"
	"                     make it where there is none\n"
	"  --traps FILE       write how often each trap of the Canonical ABI was raised\n"
	"  --output FILE      write the report there instead of to standard output\n"
	"  --help             this text\n"
	"\n"
	"Exit status: 0 all as expected (what is unsupported is counted apart), 1 something\n"
	"was not, 2 usage, 3 Canon itself failed, 4 no directive ran.\n";

struct command {
	struct run_args args;
	const char *traps, *expectations;
	bool update;
	uint64_t jobs;
	uint32_t shard, shards; /* which, of how many; 0: all files */
	bool empty_shard;       /* there are files, but none in it */
};

/* ---- options ---- */

/* By the tables, or by the text alone. */
static bool
read_match(void *env, struct run_args *args, const char *arg)
{
	(void)env;
	args->run.text = !strcmp(arg, "text");
	return args->run.text || !strcmp(arg, "reason") ||
	       run_args_wrong(args, "--match takes reason or text, not %s", arg);
}

static bool
read_trap_match(void *env, struct run_args *args, const char *arg)
{
	(void)env;
	args->run.trap_text = !strcmp(arg, "text");
	return args->run.trap_text || !strcmp(arg, "class") ||
	       run_args_wrong(args, "--trap-match takes class or text, not %s", arg);
}

static bool
read_traps(void *env, struct run_args *args, const char *arg)
{
	struct command *c = env;
	(void)args;
	c->traps = arg;
	return true;
}

static bool
read_jobs(void *env, struct run_args *args, const char *arg)
{
	struct command *c = env;
	return run_args_number(args, "jobs", arg, UINT64_MAX, &c->jobs) &&
	       ((c->jobs >= 1 && c->jobs <= JOBS_MAX) ||
		       run_args_wrong(args, "--jobs takes 1 to 256, not %s", arg));
}

/* I/N */
static bool
read_shard(void *env, struct run_args *args, const char *arg)
{
	struct command *c = env;
	char end;
	if (strspn(arg, "0123456789/") == strlen(arg) && strlen(arg) < 20 &&
		sscanf(arg, "%9" SCNu32 "/%9" SCNu32 "%c", &c->shard, &c->shards, &end) == 2 &&
		c->shard >= 1 && c->shard <= c->shards)
		return true;
	return run_args_wrong(args, "--shard takes I/N, with I from 1 to N, not %s", arg);
}

static bool
read_expectations(void *env, struct run_args *args, const char *arg)
{
	struct command *c = env;
	(void)args;
	c->expectations = arg;
	return true;
}

static bool
read_update(void *env, struct run_args *args, const char *arg)
{
	struct command *c = env;
	(void)args, (void)arg;
	c->update = true;
	return true;
}

static const struct run_args_option own[] = {
	{"seed", true, run_args_seed, false},
	{"choices", true, run_args_choices, false},
	{"match", true, read_match, true},
	{"trap-match", true, read_trap_match, true},
	{"also", true, run_args_also, false},
	{"traps", true, read_traps, false},
	{"jobs", true, read_jobs, false},
	{"shard", true, read_shard, false},
	{"expectations", true, read_expectations, false},
	{"update-expectations", false, read_update, false},
	{0},
};

/* ---- known failures ---- */

static void
read_table(void *env)
{
	struct command *c = env;
	c->args.run.expectations = expectations_read(c->args.arena, c->expectations);
}

/* For an update the table need not be there. */
static bool
load_expectations(struct command *c)
{
	static const struct expectations none;
	struct error err;
	if (!c->expectations)
		return !c->update || run_args_wrong(&c->args, "%s",
					     "--update-expectations needs --expectations FILE");
	if (c->update && access(c->expectations, F_OK) != 0 && errno == ENOENT) {
		c->args.run.expectations = &none;
		return true;
	}
	return protect(read_table, c, &err) || run_args_wrong(&c->args, "%s", err.message);
}

/* The status of the run as it would be with the new table. */
static int
update_expectations(struct command *c, const struct report *r)
{
	const struct expectations_update u = expectations_update(
		c->args.arena, c->args.run.expectations, r, c->args.run.filter != NULL);
	if (u.added + u.removed && !replace_file(c->args.arena, c->expectations, u.text)) {
		fprintf(stderr, "canon run: %s: %s\n", c->expectations, strerror(errno));
		return STATUS_FAILED;
	}
	fprintf(stderr, "canon run: %s: %u added, %u removed\n", c->expectations, u.added,
		u.removed);
	if (u.unwritable)
		fprintf(stderr, "canon run: %u failures are in files that a table cannot name\n",
			u.unwritable);
	return r->counts[OUTCOME_ERROR] || u.unwritable ? STATUS_UNEXPECTED : STATUS_OK;
}

/* ---- progress ---- */

struct progress {
	struct command *command;
	struct report *report;
	FILE *out;
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

static void
finish_file(void *env, const char *path, const struct file_report *f)
{
	struct progress *p = env;
	const struct command *c = p->command;
	const struct report_format *format = &report_formats[c->args.format];
	clear_line(p);
	if (format->file && f)
		format->file(p->out, p->report, f, c->args.verbose);
	if (p->is_terminal && c->jobs > 1)
		fprintf(stderr, "%s", path);
}

/* The first report, file by file where its format allows it. */
static void
run_files(struct command *c, struct report *r, FILE *out)
{
	struct progress p = {c, r, out, isatty(STDERR_FILENO), 0};
	const Paths *paths = &c->args.paths;
	jobs_run(r, paths->data, paths->len, &c->args.run, (uint32_t)c->jobs, show_progress,
		finish_file, &p);
	clear_line(&p);
	report_formats[c->args.format].end(out, r);
}

static bool
complain(const char *path)
{
	fprintf(stderr, "canon run: %s: %s\n", path, strerror(errno));
	return false;
}

struct also {
	const struct command *command;
	const struct report *report;
};

static void
write_also(void *env, FILE *out, int format)
{
	const struct also *a = env;
	report_write(out, a->report, &report_formats[format], a->command->args.verbose);
}

static int
run_to_output(void *env, FILE *out)
{
	struct command *c = env;
	struct report r = run_args_again(&c->args);
	r.arena = arena_new(UINT64_C(8) << 30);
	r.seed = c->args.run.seed;
	run_files(c, &r, out);
	int status = report_status(&r);
	if (status == STATUS_NOTHING && c->empty_shard)
		status = STATUS_OK;
	else if (status == STATUS_NOTHING && !report_formats[c->args.format].file)
		fprintf(stderr, "canon run: no directive ran\n");
	if (c->update && (status == STATUS_OK || status == STATUS_UNEXPECTED))
		status = update_expectations(c, &r);
	if (!run_args_write_also(&c->args, write_also, &(struct also){c, &r}))
		status = STATUS_FAILED;
	if (c->traps && !write_traps(c->traps)) {
		complain(c->traps);
		status = STATUS_FAILED;
	}
	arena_free(r.arena);
	return status;
}

/* In a matrix of CI jobs a shard too many is no failure. */
static void
take_shard(struct command *c)
{
	Paths *paths = &c->args.paths;
	uint32_t all = paths->len;
	if (!c->shards)
		return;
	shard_scripts(paths, c->shard, c->shards);
	c->empty_shard = all && !paths->len;
	if (c->empty_shard)
		fprintf(stderr, "canon run: none of the %u files is in shard %u of %u\n", all,
			c->shard, c->shards);
}

int
cmd_run(int argc, char **argv)
{
	struct command c = {.jobs = 1};
	int status = STATUS_USAGE;
	c.args = (struct run_args){.command = "run",
		.arena = arena_new(0),
		.formats = report_format_names(),
		.run = {.timeout = 60, .leaning = true, .features = features_of(PROFILE_P3)}};
	catalogue_install();
	if (run_args_read(&c.args, argc, argv, own, &c)) {
		if (c.args.help) {
			fputs(help, stdout);
			print_feature_names();
			status = STATUS_OK;
		} else if (load_expectations(&c)) {
			take_shard(&c);
			status = run_args_report(&c.args, run_to_output, &c);
		}
	}
	run_args_free(&c.args);
	arena_free(c.args.arena);
	fiber_release_pool();
	return status;
}
