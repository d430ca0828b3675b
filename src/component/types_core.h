/* types_core.h - core types as components see them: what core modules and instances import
 * and export, resolved, and matching between these.
 *
 * Explainer.md, "Instance Definitions", "Type Definitions" (core:moduletype); core
 * specification, "Import Matching". Everything is in the arena of the caller. */
#ifndef CANON_COMPONENT_TYPES_CORE_H
#define CANON_COMPONENT_TYPES_CORE_H

#include "component/ast.h"

struct mismatch;
struct core_types;

/* The type of a core function, table, memory, global or tag. Types are numbered: what types of
 * several modules are compared by is one struct core_types for all. */
struct core_sig {
	enum comp_sort sort;              /* core func, table, memory, global or tag */
	uint32_t type_id;                 /* core func, tag: the number of its type */
	const struct core_functype *func; /* and what that stands for */
	struct core_tabletype table;
	struct core_memtype memory;
	struct core_globaltype global;
};

struct core_item {
	struct str module, name; /* exports have no module */
	const struct core_sig *type;
};

struct core_list {
	VEC(struct core_item) items;
	struct strmap index;
};

/* What is known of a core module: of its definition, or of its type alone. */
struct module_type {
	struct core_list imports; /* by "module:name" */
	struct core_list exports;
};

/* False when the name is there already. */
bool core_list_add(struct arena *a, struct core_list *l, struct str key, struct core_item item);
const struct core_sig *core_list_find(const struct core_list *l, struct str key);

/* Both names of an import as one: "module:name". */
struct str core_import_key(struct arena *a, struct str module, struct str name);

/* A type as an import or export of a module gives it, with the numbers of that module's types. */
struct core_sig *core_sig_of(struct arena *a, const struct core_types *ts, const uint32_t *ids,
	const struct core_externtype *t);

/* That of a function with a number for its type. */
struct core_sig *core_sig_of_func(struct arena *a, const struct core_types *ts, uint32_t id);

/* Raises "duplicate-core-import". */
void core_import_add(struct arena *a, struct module_type *t, struct str module, struct str name,
	const struct core_sig *type, struct loc at);

/* What a valid module imports and exports. Raises "duplicate-core-import". */
const struct module_type *
module_type_of(struct arena *a, struct core_types *ts, const struct core_module *m);

/* Is a thing of type `actual` good for an import of type `expected`? */
bool match_core(const struct core_types *ts, const struct core_sig *actual,
	const struct core_sig *expected, struct mismatch *why);

/* Is a module of type `actual` good where one of type `expected` is imported? */
bool match_module(struct arena *a, const struct core_types *ts, const struct module_type *actual,
	const struct module_type *expected, struct mismatch *why);

#endif
