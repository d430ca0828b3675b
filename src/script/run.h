/* run.h - runs WAST scripts: one record for each top-level directive.
 *
 * There is no normative grammar of these scripts; this is the de-facto one, which the public
 * suites use. Threads run one after the other; suspension needs stack switching, which is not
 * built. */
#ifndef CANON_SCRIPT_RUN_H
#define CANON_SCRIPT_RUN_H

#include <regex.h>

#include "component/features.h"
#include "script/expect.h"
#include "script/report.h"

struct component;

/* Who watches a run. Directives are named by their index in the file, from 0. */
struct run_watch {
	void *env;
	/* Whether a directive is run. Others leave no record, and their choices are not made. */
	bool (*wants)(void *env, uint32_t directive);
	/* A directive needs what an earlier one made. With `shared`, both act on the same state: an
	 * instance, and not only a definition or a name. */
	void (*needs)(void *env, uint32_t directive, uint32_t earlier, bool shared);
	/* It is over; `did` is borrowed: what happened, whatever the script wanted, without numbers
	 * that may differ from run to run. */
	void (*done)(void *env, uint32_t directive, const struct record *rec, const char *did);
};

struct run_options {
	uint64_t seed;           /* 0: deterministic; set anew for each file */
	const uint32_t *choices; /* to replay instead, from the start of each file; or null */
	size_t nchoices;
	struct features features; /* those of the profile, which headers of a script change */
	bool strict;              /* headers switch nothing on that the profile has not */
	/* Makes another component of each that was validated, for 1.0-pre; or null. */
	struct component *(*adapt)(void *env, struct arena *a, struct component *c);
	void *adapt_env;
	uint64_t fuel;         /* for each directive; 0: no limit */
	double timeout;        /* seconds for each directive; 0: no limit */
	const regex_t *filter; /* on "file:line:column"; the others run, but are not reported */
	const struct expectations *expectations; /* known failures; or null */
	bool text;                     /* match expected texts as texts, of traps where: */
	bool trap_text;                /* see match_text */
	const struct run_watch *watch; /* or null */
	bool leaning;                  /* say of a failure on which choice it leans; see lean.h */
};

/* Called after each directive that is reported. */
typedef void run_progress_fn(void *env, const struct file_report *f, const struct record *rec);

/* Runs one file and adds its records. A file that cannot be read as a script at all is one
 * record of outcome error. Raises nothing. */
void run_file(struct report *r, const char *path, const struct run_options *o,
	run_progress_fn *progress, void *env);

#endif
