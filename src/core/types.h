/* types.h - defined types: core specification, "Validation", "Types", "Matching" and "Type
 * Equivalence". Recursion groups that are equal get the same numbers, so that two defined types
 * are equal just when their numbers are.
 *
 * A module's AST names types by index. Each validated module keeps their numbers (type_ids), by
 * which validation compares; at run time all is by the numbers of the store. */
#ifndef CANON_CORE_TYPES_H
#define CANON_CORE_TYPES_H

#include "core/ast.h"

struct core_types;

/* In the arena, and empty. */
struct core_types *core_types_new(struct arena *a);

/* Fields of a struct, and elements that array.new_fixed takes, as engines for the web have it. More
 * raise ERR_EXHAUSTED ("too-many-fields"). */
#define CORE_MAX_FIELDS 10000

/* No number of a type: an index that something else has. */
#define CORE_TYPE_NONE UINT32_MAX

/* The numbers of a type index space. */
struct core_type_space {
	VEC(uint32_t) ids;
};

/* Validates a recursion group that stands behind the types of a space: the number of its first
 * type, which the others follow. Raises ERR_INVALID ("unknown-type", "sub-type"), and
 * ERR_EXHAUSTED ("sub-type-depth", "too-many-fields"). */
uint32_t core_types_number(struct core_types *ts, const struct core_type_space *space,
	const struct core_subtype *types, uint32_t n);

/* The number of a function type that is defined alone, without references to others. */
uint32_t core_types_number_func(struct core_types *ts, const struct core_functype *type);

/* The numbers of a module's types, by type index. Raises likewise. */
uint32_t *core_module_type_ids(struct arena *a, struct core_types *ts, const struct core_module *m);

/* Whether what has the type `id` is good where one of type `of` is wanted. */
bool core_types_match(const struct core_types *ts, uint32_t id, uint32_t of);

/* Likewise for value types, whose indices are numbers. */
bool core_types_valtype_matches(
	const struct core_types *ts, struct core_valtype a, struct core_valtype of);

/* A value type with the number in the place of a type index. */
struct core_valtype core_valtype_numbered(const uint32_t *ids, struct core_valtype t);

/* The abstract type that all below a heap type have above them: func, extern, any or exn. */
enum core_heap core_types_top(const struct core_types *ts, struct core_valtype t);

/* The type with a number; its references are numbers, too. */
const struct core_subtype *core_types_at(const struct core_types *ts, uint32_t id);

#endif
