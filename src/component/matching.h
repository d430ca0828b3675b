/* matching.h - may a definition of one type stand where another type is expected?
 *
 * Explainer.md, "Type Checking": equality of value types, subtyping of instances, components
 * and modules, and what abstract resource types stand for. What is expected may bind
 * resources; the first type met for one of them decides what it stands for, and is kept in
 * the substitution of that side.
 *
 * Nothing here raises but for want of budget: a mismatch is handed back. */
#ifndef CANON_COMPONENT_MATCHING_H
#define CANON_COMPONENT_MATCHING_H

#include "component/types_subst.h"

/* Why not, from the outermost context to the cause: "type mismatch in record field `x`:
 * expected u32, found tuple". The reason names the rule at the end of the chain. */
struct mismatch {
	const char *reason;
	char text[300];
};

/* Is a definition of type `actual` good for an import of type `expected`? Resources bound in
 * `right` (with a null value) are given one; type nodes of `expected` that are imported or
 * exported by name are mapped to what stands for them. */
bool match_extern(struct subst *right, struct extern_type actual, struct extern_type expected,
	struct mismatch *why);

/* The mismatch with more context before it. */
void mismatch_context(struct mismatch *why, const char *fmt, ...) PRINTF(2, 3);

/* Fills it, dropping what was there. False, so that callers can return it. */
bool mismatch_set(struct mismatch *why, const char *reason, const char *fmt, ...) PRINTF(3, 4);

/* "func", "core module", ...: the sort, as messages name it. */
const char *extern_sort_name(enum comp_sort sort);

#endif
