/* refs.h - the references of definitions, and definitions that are put between others. */
#ifndef CANON_COMPONENT_REFS_H
#define CANON_COMPONENT_REFS_H

#include "component/ast.h"

typedef void comp_ref_fn(void *env, enum comp_sort sort, uint32_t *index);

/* Calls fn with every index of a definition that counts in the scope that is `depth` levels out of
 * the one that the definition stands in: 0 is that one. Left out is what core types say of core
 * types. */
void comp_def_refs(struct comp_def *d, uint32_t depth, comp_ref_fn *fn, void *env);

/* How many indices of each sort the first n definitions of a scope make. */
void comp_count_indices(const struct component *c, uint32_t n, uint32_t counts[SORT_COUNT]);

/* Puts definitions before the one at a place, and lets all references mean what they meant. Those of
 * the new definitions are already right. They may not make core types. */
void comp_insert_defs(struct arena *a, struct component *c, uint32_t place,
	const struct comp_def *defs, uint32_t n);

#endif
