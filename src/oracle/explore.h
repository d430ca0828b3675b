/* explore.h - every outcome that the documents allow a script, over all choices.
 *
 * Stateless search: the script is run again and again, each time with another sequence of choices,
 * until all have been seen or a bound is hit. Directives that share no instance are searched
 * apart, since the choices of one cannot matter to the other.
 *
 * Not searched: the bits of a NaN and other choices among many. Of those the first and the last
 * is taken, and the search is then not exhaustive ("sampled"). */
#ifndef CANON_ORACLE_EXPLORE_H
#define CANON_ORACLE_EXPLORE_H

#include "script/run.h"

struct explore_options {
	/* Its seed, choices and expectations are not used; of directives that the filter leaves out,
	 * only those are searched that share an instance with one that it takes. */
	struct run_options run;
	uint32_t max_runs; /* for each group of directives */
	bool unreduced;    /* try choices again where all that was before them was there before */
	uint32_t depth;    /* choices that are varied, from the first; 0: all */
};

/* What a directive may come to. */
struct explored_outcome {
	const char *did;      /* see struct run_watch */
	enum outcome outcome; /* of the directive, which the script judges by it */
	const char *expected, *actual, *trap_class, *trap_site, *section;
	/* The shortest choices that show it, from the start of the file, as --choices takes them;
	 * null where the first of every choice does. */
	const char *choices;
	uint32_t nchoices; /* how many that are */
	uint32_t runs;     /* that showed it */
};

struct explored_directive {
	uint32_t directive; /* its index in the file */
	uint32_t line, column;
	const char *kind;
	uint32_t group;
	bool selected;                         /* by the filter */
	VEC(struct explored_outcome) outcomes; /* in the order in which they were found */
};

/* Directives that share state. */
struct explored_group {
	uint32_t directives, runs;
	uint32_t choices;           /* most in a run */
	bool selected;              /* a directive of it is */
	bool cut, shallow, sampled; /* why it is not exhausted: by max_runs, by depth, see above */
};

struct explored {
	const char *path;
	VEC(struct explored_directive) directives;
	VEC(struct explored_group) groups;
	bool internal; /* an error of Canon's own */
};

enum explored_verdict { EXPLORED_ALL, EXPLORED_SOME, EXPLORED_NONE, EXPLORED_OPEN, EXPLORED_COUNT };

/* Whether the directive holds in all of its outcomes, in some or in none; open, where there is an
 * outcome without a verdict (it was left out, or needs what is not built). */
enum explored_verdict explored_verdict(const struct explored_directive *d);

/* "holds in all", ... */
const char *explored_verdict_name(enum explored_verdict v);

/* Texts are in the arena. Raises nothing. */
struct explored explore_file(struct arena *a, const char *path, const struct explore_options *o);

bool explored_group_whole(const struct explored_group *g);

/* Whether every group was exhausted. */
bool explored_whole(const struct explored *e);

#endif
