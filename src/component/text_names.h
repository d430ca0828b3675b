/* text_names.h - name scopes of the component text parser, and the definitions that it has
 * emitted so far. For text*.c alone.
 *
 * A scope is a component, a component type, an instance type or a core module type; each has
 * an index space and a name space per sort. Definitions are emitted in the order in which the
 * binary format has them. What a definition refers to is noted while it is parsed and
 * resolved just before it is emitted, so that the aliases which a reference stands for come
 * after the inline types which the definition hoists. */
#ifndef CANON_COMPONENT_TEXT_NAMES_H
#define CANON_COMPONENT_TEXT_NAMES_H

#include "component/ast.h"
#include "text/cursor.h"

/* An inline export, emitted at the end of its component. */
struct inline_export {
	struct comp_name name;
	struct comp_ref ref;
};

struct scope {
	struct scope *outer;
	struct str id;
	struct component *body;             /* null in a module type */
	struct comp_core_type *module_type; /* null elsewhere */
	bool is_type;                       /* no component: declarations only */
	uint32_t counts[SORT_COUNT];
	struct strmap names[SORT_COUNT];
	VEC(struct inline_export) exports;
	struct strmap functypes; /* module type: indices of those declared, by core_functype_key */
	VEC(const struct core_functype *) core_types; /* module type: by index; null for others */
};

/* A reference as written: an index or a name, or an export of an instance, of an instance,
 * and so on. `out` gets the index. */
struct pending_ref {
	enum comp_sort sort;
	const struct sexpr *idx;
	struct cursor exports; /* names of exports; often none */
	uint32_t *out;
};

struct comp_parser {
	struct arena *arena;
	struct scope *scope;
	bool old_indices; /* accept references without their `core` */
	bool alias_core;  /* outer names of core types become aliases, here */
	VEC(struct pending_ref) pending;
};

void scope_push(struct comp_parser *p, struct component *body, struct str id);
void scope_push_module_type(struct comp_parser *p, struct comp_core_type *type, struct str id);

/* Leaves a scope. */
void scope_pop(struct comp_parser *p);

/* True for the sorts that a core instance exports; a core module comes from an instance. */
bool sort_is_of_core_instance(enum comp_sort sort);

/* Core modules, core types, types and components. */
bool sort_is_outer_aliasable(enum comp_sort sort);

/* Gives a name to an index of the innermost scope; an empty name is none. Raises
 * ERR_MALFORMED "duplicate-identifier". */
void
name_bind(struct comp_parser *p, enum comp_sort sort, uint32_t index, struct str id, struct loc at);

/* How many references are pending; what a definition marks before it is parsed. */
uint32_t pending_mark(const struct comp_parser *p);

/* Notes a reference, to be resolved when the definition is emitted. */
void pending_add(struct comp_parser *p, struct pending_ref ref);

/* Resolves all references noted since the mark, in order. */
void pending_resolve(struct comp_parser *p, uint32_t mark);

/* Resolves what is pending since the mark, then appends the definition to the scope's body.
 * Returns the first index that it defines; a name is bound to that. */
uint32_t emit_def(struct comp_parser *p, uint32_t mark, const struct comp_def *def, struct str id);

/* The index that an index or a name stands for in the innermost scope, after an outer alias
 * was emitted, if it takes one. Raises ERR_MALFORMED "unknown-SORT" and
 * "outer-item-not-aliasable". */
uint32_t name_resolve(struct comp_parser *p, enum comp_sort sort, const struct sexpr *idx);

/* The scopes between here and what a number or a component's $id says (0 is this scope).
 * Raises ERR_MALFORMED "unknown-outer-component" for a name. */
uint32_t outer_count_resolve(struct comp_parser *p, const struct sexpr *idx);

/* An index or a name in the scope `count` levels up. Raises as name_resolve does, and
 * ERR_MALFORMED "outer-count-too-large" when a name is looked up too far out. */
uint32_t outer_index_resolve(
	struct comp_parser *p, uint32_t count, enum comp_sort sort, const struct sexpr *idx);

#endif
