/* text_parse.h - what the files of the component text parser share. For text*.c alone.
 *
 * Each parse function takes a cursor (or one item) and leaves it behind what it took. All
 * raise ERR_MALFORMED. A function that is given a place to fill may note pending references
 * into it, so that the place has to stay until the definition is emitted. */
#ifndef CANON_COMPONENT_TEXT_PARSE_H
#define CANON_COMPONENT_TEXT_PARSE_H

#include "text/cursor.h"
#include "component/text_names.h"

/* ---- references (text_refs.c) ---- */

/* A sort keyword, with `core` before it or, where `in_core`, without it. */
enum comp_sort parse_sort(struct cursor *c, bool in_core);

/* <idx>, or (sort <idx> "name"*). */
void parse_idx(struct comp_parser *p, struct cursor *c, enum comp_sort sort, struct comp_ref *out);

void parse_idx_into(struct comp_parser *p, struct cursor *c, enum comp_sort sort, uint32_t *out);

/* (sort <idx> "name"*), with the given sort. */
void
parse_sortidx(struct comp_parser *p, struct cursor *c, enum comp_sort sort, struct comp_ref *out);

/* The same for a core sort with its `core`: <idx>, or (core sort <idx> "name"*). */
void
parse_core_idx(struct comp_parser *p, struct cursor *c, enum comp_sort sort, struct comp_ref *out);
void parse_core_sortidx(
	struct comp_parser *p, struct cursor *c, enum comp_sort sort, struct comp_ref *out);

/* (sort <idx> "name"*) of any sort; `in_core` as in parse_sort. */
void parse_externidx(struct comp_parser *p, struct cursor *c, bool in_core, struct comp_ref *out);

/* ---- names of imports and exports (text_refs.c) ---- */

/* An externname with its attributes. */
void parse_extern_name(struct comp_parser *p, struct cursor *c, struct comp_name *out);

/* What may stand between the $id and the rest of a definition: (export "n")* and, where
 * `import` is given, (import "n")?. True when there was an import. */
struct comp_names {
	struct comp_name *data;
	uint32_t len, cap;
};
bool parse_inline_names(struct comp_parser *p, struct cursor *c, struct comp_names *exports,
	struct comp_name *import);

/* The import that an inline import stands for: what follows is its type. */
uint32_t emit_inline_import(struct comp_parser *p, struct cursor *c, const struct comp_name *name,
	enum comp_sort sort, struct str id, struct loc at);

/* Notes exports of an index, to be emitted at the end of the component. */
void add_inline_exports(struct comp_parser *p, const struct comp_names *names, enum comp_sort sort,
	uint32_t index, struct loc at);

/* ---- types (text_types.c, text_decls.c, text_core.c) ---- */

void parse_valtype(struct comp_parser *p, struct cursor *c, struct comp_valtype *out);
bool at_valtype(const struct cursor *c);

/* A type definition's body; `id` names the scope of a component or instance type. */
struct comp_type *parse_deftype(struct comp_parser *p, struct cursor *c, struct str id);

/* async? (param ...)* (result ...)?, as far as it goes. */
struct comp_type *parse_functype(struct comp_parser *p, struct cursor *c, struct loc at);

/* The declarations of a component or instance type, up to the end. */
struct comp_type *parse_decls(struct comp_parser *p, struct cursor *c, enum comp_type_kind kind,
	struct str id, struct loc at);

/* A parenthesised externtype; *id is the name that it binds. */
void parse_externtype(
	struct comp_parser *p, struct cursor *c, struct comp_extern_type *out, struct str *id);

/* What follows (sort $id? in an externtype: (type <idx>), or the type itself, which is
 * hoisted; up to the end, or for functions as far as it goes. */
void parse_type_use(struct comp_parser *p, struct cursor *c, enum comp_sort sort, uint32_t *out);

/* Emits a type definition of its own. */
uint32_t hoist_type(struct comp_parser *p, uint32_t mark, struct comp_type *type);

/* (core type ...) and (core rec ...): the cursor stands behind `core`. */
void parse_core_type_field(struct comp_parser *p, struct cursor *c, struct loc at);

/* The declarations of a core module type, up to the end. */
struct comp_core_type *
parse_module_type(struct comp_parser *p, struct cursor *c, struct str id, struct loc at);

struct core_valtype parse_core_valtype(struct comp_parser *p, struct cursor *c);

/* The fields of a core module, up to the end. */
struct core_module *
parse_core_module(struct comp_parser *p, struct cursor *c, struct str id, struct loc at);

/* ---- definitions: the cursor stands behind the keyword ---- */

void parse_type_field(struct comp_parser *p, struct cursor *c, struct loc at);
void parse_alias_field(struct comp_parser *p, struct cursor *c, struct loc at);
void parse_core_instance_field(struct comp_parser *p, struct cursor *c, struct loc at);
void parse_instance_field(struct comp_parser *p, struct cursor *c, struct loc at);
void parse_canon_field(struct comp_parser *p, struct cursor *c, struct loc at);
void parse_func_field(struct comp_parser *p, struct cursor *c, struct loc at);
void parse_core_func_field(struct comp_parser *p, struct cursor *c, struct loc at);
void parse_import_field(struct comp_parser *p, struct cursor *c, struct loc at);
void parse_export_field(struct comp_parser *p, struct cursor *c, struct loc at);
void parse_value_field(struct comp_parser *p, struct cursor *c, struct loc at);

/* (alias ...) as the rest of an inverted definition of this sort; false when there is none. */
bool parse_inverted_alias(struct comp_parser *p, struct cursor *c, enum comp_sort sort,
	struct str id, uint32_t *index);

#endif
