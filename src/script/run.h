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
	bool text;      /* match expected texts as texts, of traps where: */
	bool trap_text; /* see match_text */
	bool leaning;   /* say of a failure on which choice it leans; see lean.h */
};

/* Called after each directive that is reported. */
typedef void run_progress_fn(void *env, const struct file_report *f, const struct record *rec);

/* Runs one file and adds its records. A file that cannot be read as a script at all is one
 * record of outcome error. Raises nothing. */
void run_file(struct report *r, const char *path, const struct run_options *o,
	run_progress_fn *progress, void *env);

#endif
