/* finding.h - what a directive of a script shows: the kind of it, so that other scripts can be asked
 * whether they still show the same. */
#ifndef CANON_ORACLE_FINDING_H
#define CANON_ORACLE_FINDING_H

#include "oracle/diff.h"

enum finding_mode {
	FINDING_OUTCOME, /* its outcome at seed 0: of the same class, for the same reason */
	FINDING_CHOICE,  /* more than one outcome is allowed: the same kinds of them */
	FINDING_RUNTIME, /* runtimes beside what is allowed: the same class and kinds of outcomes */
};

struct finding_options {
	enum finding_mode mode;
	struct explore_options explore; /* its filter says which directives are meant; or null */
	const struct diff_runtime *runtimes;
	uint32_t n;
};

struct finding {
	uint32_t directive; /* its index in the file */
	uint32_t line, column;
	const char *kind;   /* the directive's keyword */
	const char *first;  /* the kind of its outcome at seed 0 */
	const char *shows;  /* all that has to stay, in words */
	const char *text;   /* what a reader wants to know of it, in lines */
	const bool *needed; /* for each directive up to it: whether it needs what that made */
};

/* The first directive that shows something: without a filter something bad, with one anything. False
 * where there is none. All is in the arena. Raises nothing. */
bool finding_first(
	struct arena *a, const char *path, const struct finding_options *o, struct finding *out);

/* Whether a directive of another script, at a line, shows the same. */
bool finding_holds(const char *path, const struct finding_options *o, const struct finding *f,
	uint32_t directive, uint32_t line);

#endif
