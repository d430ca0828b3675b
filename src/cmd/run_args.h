/* run_args.h - what the commands that run scripts have in common on the command line. */
#ifndef CANON_CMD_RUN_ARGS_H
#define CANON_CMD_RUN_ARGS_H

#include <stdio.h>

#include "cmd/files.h"
#include "script/run.h"

/* A report beside the first one. */
struct run_args_also {
	int format;
	const char *path;
};

struct run_args {
	const char *command;
	const char *operands; /* in the usage line; null: "PATH..." */
	struct arena *arena;  /* of everything here; the caller's */
	struct run_options run;
	const char *const *formats; /* the names that --format takes, up to null */
	int format;                 /* the index of one of them; 0: the default */
	bool help, verbose;
	const char *output;   /* null: standard output */
	struct strbuf repeat; /* the options that another run needs to come out the same */
	regex_t filter;
	VEC(uint32_t) choices;
	VEC(struct run_args_also) also;
	Paths paths; /* the scripts that are meant */
};

/* An option of one command, beside the common ones. False, with a message by run_args_wrong, where
 * its argument (null where it takes none) is wrong. */
typedef bool run_args_own_fn(void *env, struct run_args *args, const char *arg);

struct run_args_option {
	const char *name;
	bool takes_value;
	run_args_own_fn *read;
	bool changes; /* what comes of a directive: another run needs it to come out the same */
};

/* Reads --profile, --feature, --no-feature, --timeout, --fuel, --growth-may-fail, --filter, --format,
 * --output (or -o), --verbose, --help and the command's own options, up to a null name; then the paths.
 * False, with a message, where they are wrong. `args` has command, arena and formats set, and defaults
 * in `run`. run_args_free afterwards, in any case. */
bool run_args_read(
	struct run_args *args, int argc, char **argv, const struct run_args_option *own, void *env);

/* Likewise, for a command that takes something else than paths: stops before what is no option, at
 * optind. */
bool run_args_options(
	struct run_args *args, int argc, char **argv, const struct run_args_option *own, void *env);

void run_args_free(struct run_args *args);

/* "canon COMMAND: ...", and how to get help. Gives back false. */
bool run_args_wrong(const struct run_args *args, const char *fmt, const char *what);

/* A whole number up to `max`. */
bool run_args_number(const struct run_args *args, const char *name, const char *text, uint64_t max,
	uint64_t *out);

/* Likewise, from `least` on, for 32 bits; and a number of seconds. */
bool run_args_count(const struct run_args *args, const char *name, const char *text, uint32_t least,
	uint32_t *out);
bool run_args_seconds(const struct run_args *args, const char *name, const char *text, double *out);

/* The name of a format, as an option takes it. */
bool
run_args_format(const struct run_args *args, const char *option, const char *name, int *format);

/* --seed, --choices and --also, for the tables of commands that have them: they set `run` and `also`. */
run_args_own_fn run_args_seed, run_args_choices, run_args_also;

/* Opens the output, calls fn, closes it; the exit status is what fn gives, or that of a report that
 * could not be written. */
int run_args_report(const struct run_args *args, int (*fn)(void *env, FILE *out), void *env);

/* Writes the reports that --also asks for, by `write`. False, with messages, where one could not be
 * written. */
bool run_args_write_also(
	const struct run_args *args, void (*write)(void *env, FILE *out, int format), void *env);

/* All of a command: reads the arguments, prints the help or calls `run`, and frees what is held. `args` as
 * for run_args_read. Gives back the exit status. */
int run_args_command(struct run_args *args, int argc, char **argv,
	const struct run_args_option *own, void *env, const char *help, int (*run)(void *env));

/* What report_again has to know of them; nothing else of a report is set. */
struct report run_args_again(struct run_args *args);

/* The options in help texts. */
#define RUN_ARGS_HELP \
	"  --profile p3|1.0-pre  the features that components may use (default p3)\n" \
	"  --feature NAME, --no-feature NAME  switch a feature on or off after that\n" \
	"  --filter REGEX     report only directives whose \"file:line:column\" matches\n" \
	"  --timeout SECONDS  end a directive after this time (default 60; 0: never)\n" \
	"  --fuel N           end a directive after this much work (default 0: never)\n" \
	"  --growth-may-fail  whether memory.grow and table.grow fail is a choice\n" \
	"  --output FILE, -o FILE  write the report there instead of to standard output\n" \
	"  --verbose          say more\n" \
	"  --help             this text\n"

#endif
