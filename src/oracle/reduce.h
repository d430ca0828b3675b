/* reduce.h - the search for a smaller script that still shows what a larger one shows.
 *
 * Delta debugging over the tree of s-expressions: runs of items are dropped, in ever smaller
 * pieces; all that stands around a name is dropped together; function bodies and instructions become
 * trivial ones, lists one of their items, numbers and strings smaller; again and again until nothing
 * of that leaves what has to be shown. Every step makes the tree smaller, so that this ends.
 * The result depends on the script and on the answers alone. */
#ifndef CANON_ORACLE_REDUCE_H
#define CANON_ORACLE_REDUCE_H

#include "oracle/tree.h"

/* A script that may be the next one; all is borrowed. */
struct reduce_candidate {
	struct str text;
	uint32_t target; /* the index of the directive that is looked at, from 0 */
	uint32_t line;   /* where it starts; without a target both are 0 */
};

/* Whether a script still shows it. */
typedef bool reduce_holds_fn(void *env, const struct reduce_candidate *c);

struct reduce_options {
	reduce_holds_fn *holds;
	void *env;
	uint32_t max_runs;           /* calls of `holds` */
	const volatile int *stopped; /* null, or set to end the search with what it has */
};

struct reduced {
	struct str text; /* of the smallest script that holds */
	uint32_t target, line;
	uint32_t runs;
	uint32_t directives; /* that are left */
	bool holds;          /* the script held as it was; else nothing was searched */
	bool cut;            /* max_runs was hit, or the search was stopped */
};

/* Reduces the tree in place. `target` is an item of it that stays, though what is inside may change; or
 * null. `needed` says which items are thought to be enough: one flag for each, or null. Results are in
 * the arena. Raises nothing but what `holds` does. */
struct reduced reduce_tree(struct arena *a, struct tree *top, struct tree *target,
	const bool *needed, const struct reduce_options *o);

#endif
