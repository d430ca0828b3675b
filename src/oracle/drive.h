/* drive.h - a runtime through the directives of a script, by their steps, or, where it takes only
 * whole scripts, by running the script again without what failed. */
#ifndef CANON_ORACLE_DRIVE_H
#define CANON_ORACLE_DRIVE_H

#include "oracle/runtime.h"
#include "oracle/steps.h"

/* What a runtime did with a directive. */
struct driven {
	enum driven_kind {
		DRIVEN_NOTHING,     /* the directive asks nothing */
		DRIVEN_UNSUPPORTED, /* not asked, or the runtime says so: text */
		DRIVEN_REFUSED,     /* outcome: malformed, invalid, refused or unlinkable */
		DRIVEN_ACCEPTED,    /* a definition, by a runtime that makes no instances */
		DRIVEN_DONE,        /* a definition, or an instance */
		DRIVEN_RETURNED,    /* did: as Canon prints the value */
		DRIVEN_TRAPPED,     /* outcome: trap, exception or exhausted */
		DRIVEN_BROKE,       /* outcome: crash, timeout or garbage */
		DRIVEN_AS_EXPECTED, /* by the script */
		DRIVEN_UNEXPECTED,  /* by the script */
		DRIVEN_ERROR,       /* the adapter failed, or made no sense */
	} kind;
	const char *outcome, *did, *text;
};

/* One for each directive, in the arena. */
struct driven *drive_steps(struct arena *a, struct runtime *r, const struct steps *steps);

struct driven *drive_script(struct arena *a, struct runtime *r, const struct steps *steps,
	const char *path, struct str source, const struct features *features);

#endif
