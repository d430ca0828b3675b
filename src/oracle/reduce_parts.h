/* reduce_parts.h - what reduce.c and reduce_changes.c share. */
#ifndef CANON_ORACLE_REDUCE_PARTS_H
#define CANON_ORACLE_REDUCE_PARTS_H

#include "base/vec.h"
#include "oracle/reduce.h"
#include "oracle/seen.h"

/* A node that is changed, and what it was. */
struct change {
	struct tree *at;
	struct tree before;
};

struct reducer {
	struct arena *arena;   /* of the tree */
	struct arena *scratch; /* of the change that is tried */
	struct tree *top, *target;
	const struct reduce_options *options;
	VEC(struct change) changes; /* that are tried together */
	struct tree_size size;      /* of what holds */
	struct seen seen;           /* hashes of all texts that were tried */
	uint32_t runs;
	bool changed, cut;
};

/* A node becomes another one. Its items may be in scratch memory, what they point to may not, unless
 * it is in the arena. */
void reduce_change(struct reducer *r, struct tree *at, struct tree now);

/* The list without some of its items, but never without the target. In scratch memory. */
struct tree
reduce_without(struct reducer *r, const struct tree *list, uint32_t begin, uint32_t end);

/* Keeps all changes since the last time where the script is smaller and still holds; else undoes
 * them. */
bool reduce_try(struct reducer *r);

/* ---- reduce_changes.c: each tries changes of one kind in all of the tree ---- */

void reduce_top(struct reducer *r);                    /* drops directives */
void reduce_items(struct reducer *r, struct tree *at); /* drops items of all lists */
void reduce_names(struct reducer *r);                  /* drops all that is around a name */
void reduce_bodies(struct reducer *r, struct tree *at);
void reduce_lists(struct reducer *r, struct tree *at, bool in_code);
void reduce_atoms(struct reducer *r, struct tree *at);

#endif
