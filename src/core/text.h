/* text.h - the text format of core WebAssembly: s-expressions to the core AST.
 * Core specification, "Text Format".
 *
 * All raise ERR_MALFORMED, with the core suite's texts as reasons ("unexpected-token",
 * "unknown-operator", "inline-function-type", ...), and ERR_UNSUPPORTED with the name of a
 * feature that is not built. The AST is in the arena, and borrows from the s-expressions. */
#ifndef CANON_CORE_TEXT_H
#define CANON_CORE_TEXT_H

#include "core/ast.h"
#include "text/cursor.h"

/* (module $id? <field>*). */
struct core_module *core_parse_module(struct arena *a, const struct sexpr *list);

/* The fields of a module, from the cursor to the end of its list. */
struct core_module *
core_parse_fields(struct arena *a, struct cursor *c, struct str name, struct loc at);

/* Types outside of a module: how a $name becomes a type index there. */
struct core_type_names {
	struct arena *arena;
	uint32_t (*resolve)(void *env, const struct sexpr *idx); /* a number or a name */
	void *env;
	struct strmap *fields; /* where the next struct's names of fields go; or null */
};

struct core_valtype core_parse_valtype(const struct core_type_names *n, struct cursor *c);

/* What follows (type $id?, up to the end of the list. */
void
core_parse_subtype(const struct core_type_names *n, struct cursor *c, struct core_subtype *out);

/* A use of a function type: an index, or a type in place, or both. */
struct core_type_use {
	bool has_index, has_inline;
	uint32_t index;
	struct core_functype type; /* in place; empty without has_inline */
	struct core_names params;  /* what its parameters are called */
	struct loc at;
};

/* Bytes, in the arena, that are equal for equal function types alone: a key for a map. */
struct str core_functype_key(struct arena *a, const struct core_functype *type);

/* (sort $id? <type>); *id is the name. For a function or a tag, the caller turns `use` into
 * out->type. */
void core_parse_externtype(const struct core_type_names *n, struct cursor *c,
	struct core_externtype *out, struct core_type_use *use, struct str *id);

/* "type", "func", ...: a section in the place of a custom annotation; "first" for none. */
const char *core_section_word(enum core_section section);

#endif
