/* valid_scope.h - what the parts of the component validator share: scopes with their index
 * spaces. For valid*.c alone.
 *
 * A scope is a component, a component type or an instance type; Binary.md, "Alias
 * Definitions". Every definition that was validated is in the index space of its sort as a
 * pointer to its type. */
#ifndef CANON_COMPONENT_VALID_SCOPE_H
#define CANON_COMPONENT_VALID_SCOPE_H

#include "component/matching.h"
#include "component/names.h"
#include "component/types_core.h"
#include "core/types.h"

enum scope_kind { SCOPE_COMPONENT, SCOPE_COMPONENT_TYPE, SCOPE_INSTANCE_TYPE };

/* A core type: a function type or other type of core WebAssembly, or a module type. */
struct core_typedef {
	uint32_t id;                    /* in ctypes.core; CORE_TYPE_NONE for a module type */
	const struct core_subtype *sub; /* what has this number, or null */
	const struct module_type *module;
};

/* A value; each has to be used exactly once. */
struct value_def {
	const struct ctype *type;
	struct loc at;
	bool used;
};

/* The names of the imports, or of the exports, of a scope. */
struct name_scope {
	const char *what;        /* "import", "export" */
	struct strmap keys;      /* unique keys, to indices of: */
	VEC(struct str) names;   /* the names as they were written */
	struct id_map labels;    /* nodes of resource types, to their names (struct str *) */
	struct strmap resources; /* the unique keys of these names */
};

/* Which type nodes have an externally visible name. */
struct visible {
	struct id_map nodes;
	struct id_map resources;
};

struct scope {
	struct scope *outer;
	enum scope_kind kind;
	struct ctypes *ts;
	struct arena *arena;
	VEC(const void *) spaces[SORT_COUNT];
	struct core_type_space core_space; /* the numbers of the core types */
	struct extern_list imports, exports;
	struct name_scope import_names, export_names;
	struct visible imported, exported; /* what exports may mention: both */
	struct resource_list import_resources;
	bool has_context_type; /* of context.get and context.set: */
	struct core_valtype context_type;
};

void scope_init(struct scope *s, struct scope *outer, enum scope_kind kind, struct ctypes *ts);

/* ---- index spaces ---- */

/* Appends to the index space of a sort. */
void scope_add(struct scope *s, enum comp_sort sort, const void *def);

/* Raises "unknown-SORT" (kebab case) when the index is out of bounds. */
const void *scope_get(const struct scope *s, enum comp_sort sort, uint32_t index, struct loc at);
const struct ctype *scope_type(const struct scope *s, uint32_t index, struct loc at);
const struct ctype *scope_func(const struct scope *s, struct comp_ref ref);
const struct core_functype *scope_core_func(const struct scope *s, struct comp_ref ref);

/* "module", "function", ...: a sort as error messages name it. */
const char *sort_noun(enum comp_sort sort);

/* Adds what an import, alias or export brings to the index space of its sort. */
void scope_add_extern(struct scope *s, struct extern_type e, struct loc at);

/* What a reference to a component-level sort, or to a core module, refers to. A value is
 * used up by it. Raises "unknown-SORT", and "export-core-sort" for other core sorts. */
struct extern_type scope_extern(struct scope *s, struct comp_ref ref);

/* ---- the parts of the validator ---- */

/* valid_types.c */
void valid_type_def(struct scope *s, const struct comp_type *t);
const struct ctype *valid_value_type(struct scope *s, const struct comp_valtype *v);
struct extern_type valid_extern_type(struct scope *s, const struct comp_extern_type *e);

/* valid_core.c */
void valid_core_module(struct scope *s, struct core_module *m);
void valid_core_type(struct scope *s, const struct comp_core_type *t);

/* valid_names.c */

/* Names of things in a scope: grammar, attributes, strong uniqueness, and what annotations
 * ask for. Raises. */
void valid_extern_name(struct scope *s, struct name_scope *names, const struct comp_name *name,
	struct extern_type type);
void name_scope_init(struct name_scope *n, struct arena *a, const char *what);

/* Labels of a record and so on: "record field name `X` is not in kebab case"; `what` is the
 * subject there, `before` that of "conflicts with previous field name". Raises. */
void valid_labels(struct arena *a, const struct comp_type *t, const char *what, const char *before);

/* valid_extern.c */
void valid_import(struct scope *s, const struct comp_import *i);
void valid_export(struct scope *s, const struct comp_export *e, struct loc at);

/* The resources that the exports introduce, among those of the scope. */
struct resource_list exported_resources(const struct scope *s);

/* valid_instance.c */
void valid_core_instance(struct scope *s, const struct comp_instance *i, struct loc at);
void valid_instance(struct scope *s, const struct comp_instance *i, struct loc at);

/* valid_alias.c */
void valid_alias(struct scope *s, const struct comp_alias *a, struct loc at);

/* valid_canon.c */
void valid_canon(struct scope *s, struct comp_canon *c, struct loc at);

/* valid_value.c */

/* The type of a value, which is used up. Raises "unknown-value", "value-used-twice". */
const struct ctype *use_value(struct scope *s, struct comp_ref ref);
void valid_value(struct scope *s, struct comp_value *v, struct loc at);
void valid_start(struct scope *s, const struct comp_start *st, struct loc at);

/* valid_literal.c: raises "value-literal". One that is no binary is appended as such. */
void valid_literal(const struct ctype *t, const struct comp_literal *l, struct strbuf *out);

/* valid.c */
const struct ctype *valid_component(struct scope *outer, struct ctypes *ts, struct component *c);

/* A component type or instance type. */
const struct ctype *valid_declarations(struct scope *outer, const struct comp_type *t);

#endif
