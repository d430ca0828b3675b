/* types.h - defined types: core specification, "Validation", "Types", "Matching" and "Type
 * Equivalence". Recursion groups that are equal get the same numbers, so that two defined types
 * are equal just when their numbers are.
 *
 * Used for type definitions, in modules and in components. What has a type (locals, functions,
 * instructions) does not use references to them yet: see valid_valtype. */
#ifndef CANON_CORE_TYPES_H
#define CANON_CORE_TYPES_H

#include "core/ast.h"

struct core_types;

/* In the arena, and empty. */
struct core_types *core_types_new(struct arena *a);

/* No number of a type: an index that something else has. */
#define CORE_TYPE_NONE UINT32_MAX

/* The numbers of a type index space. */
struct core_type_space {
	VEC(uint32_t) ids;
};

/* Validates a recursion group that stands behind the types of a space: the number of its first
 * type, which the others follow. Raises ERR_INVALID ("unknown-type", "sub-type"). */
uint32_t core_types_number(struct core_types *ts, const struct core_type_space *space,
	const struct core_subtype *types, uint32_t n);

/* The numbers of a module's types, by type index. Raises likewise. */
uint32_t *core_module_type_ids(struct arena *a, struct core_types *ts, const struct core_module *m);

/* Whether what has the type `id` is good where one of type `of` is wanted. */
bool core_types_match(const struct core_types *ts, uint32_t id, uint32_t of);

/* The type with a number; its references are numbers, too. */
const struct core_subtype *core_types_at(const struct core_types *ts, uint32_t id);

#endif
