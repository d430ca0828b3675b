/* diff.h - what runtimes did with a script, beside what is allowed, and whose fault a difference is.
 *
 * Canon explores the script for the set of allowed outcomes (explore.h), and asks each runtime to do
 * what the directives ask (steps.h). */
#ifndef CANON_ORACLE_DIFF_H
#define CANON_ORACLE_DIFF_H

#include "oracle/explore.h"
#include "oracle/runtime.h"

enum diff_class {
	DIFF_AGREES,
	DIFF_OUTSIDE,  /* the runtime did what is not allowed */
	DIFF_IN_DOUBT, /* two or more independent runtimes did the same that is not allowed */
	DIFF_SCRIPT,   /* the script expects what is not allowed, or only some of what is */
	DIFF_WORDING, /* refused or trapped as it should, in words that are not those of the reason */
	DIFF_UNSUPPORTED, /* the runtime was not asked, or has it not */
	DIFF_NOTHING,     /* the directive asks nothing of a runtime */
	DIFF_ERROR,       /* an adapter failed: no verdict */
	DIFF_COUNT,
};

const char *diff_class_name(enum diff_class c);

/* A runtime, and what it shares with others. */
struct diff_runtime {
	struct runtime *runtime;
	const char *engine;    /* which program executes, */
	const char *validator; /* and which validates: runtimes with the same are not independent */
};

struct diff_cell {
	enum diff_class class;
	const char *did;  /* what the runtime did: "returned (u32.const 1)", "trap", "crash" */
	const char *text; /* its own words; or null */
	const char *why;  /* of the class, in a few words; or null */
	bool against;     /* it is an opinion that is not allowed: not a crash */
};

struct diff_row {
	uint32_t directive; /* its index in the file */
	uint32_t line, column;
	const char *kind, *source;            /* the directive's text, shortened */
	const struct explored_directive *set; /* what is allowed */
	bool selected;                        /* by the filter */
	struct diff_cell *cells;              /* one for each runtime */
};

struct diff_file {
	const char *path;
	bool exhausted; /* all choices were tried */
	bool internal;  /* an error of Canon's own */
	VEC(struct diff_row) rows;
};

/* All is in the arena. Raises nothing. */
struct diff_file diff_run(struct arena *a, const char *path, const struct explore_options *o,
	const struct diff_runtime *runtimes, uint32_t n);

#endif
