/* text_parse.h - what the files of the core text parser share. For text*.c alone.
 *
 * A module is parsed in two passes: the first gives every definition its index and name, the
 * second parses. Function types written in place are found among the module's types or
 * appended to them, in the order of the text. */
#ifndef CANON_CORE_TEXT_PARSE_H
#define CANON_CORE_TEXT_PARSE_H

#include "core/text.h"
#include "text/number.h"

enum space { /* the sorts, and three more index spaces */
	SPACE_TYPE = CORE_SORT_COUNT,
	SPACE_ELEM,
	SPACE_DATA,
	SPACE_COUNT,
};

struct open_block {
	struct str name;
	uint32_t hidden; /* the block of the same name around it: as in `labels` */
	uint16_t op;     /* block, loop, if; an if becomes else */
};

/* The parameters and locals of a function: by $id, and what they are called. */
struct local_scope {
	struct strmap ids;
	struct core_names names;
};

struct core_parser {
	struct arena *arena;
	struct core_module *m;
	struct core_type_names type_names;
	struct strmap names[SPACE_COUNT];
	uint32_t counts[SPACE_COUNT];
	uint32_t defined; /* 1 + the first kind of definition, which no import may follow */

	VEC(struct strmap) fields; /* names of fields, by type index */
	struct strmap functypes;   /* indices by core_functype_key */

	/* the current function or expression */
	struct local_scope locals;
	VEC(struct open_block) blocks;
	struct strmap labels; /* 1 + the innermost open block of a name, or 0 */
	uint32_t nblocks;     /* how many were opened */
	struct core_names label_names;
	VEC(struct core_instr) code;
};

/* ---- text_types.c ---- */

/* Raises "unexpected-token", or "unknown-operator" at a word that core WebAssembly lacks, or
 * ERR_UNSUPPORTED at one of a feature that is not built. */
NORETURN void core_unexpected(const struct cursor *c, const char *what);

struct core_valtype parse_reftype(const struct core_type_names *n, struct cursor *c);
struct core_valtype parse_heaptype(const struct core_type_names *n, struct cursor *c);
bool at_reftype(const struct cursor *c);

/* Names of parameters are put into `locals`, or refused when it is null. */
void core_parse_type_use(const struct core_type_names *n, struct cursor *c,
	struct local_scope *locals, struct core_type_use *out);

void parse_tabletype(const struct core_type_names *n, struct cursor *c, struct core_tabletype *out);
void parse_memtype(struct cursor *c, struct core_memtype *out);
void
parse_globaltype(const struct core_type_names *n, struct cursor *c, struct core_globaltype *out);
bool parse_address_type(struct cursor *c); /* i32 or i64; true for i64 */
struct core_limits parse_limits(struct cursor *c, bool is_64);

/* ---- text_names.c ---- */

/* Gives the next index of a space to a definition. Raises "duplicate-func" and so on. */
uint32_t declare_name(struct core_parser *p, enum space space, struct str name, struct loc at);

/* An index or a name. Raises "unknown-func" and so on for a name. */
uint32_t resolve_name(struct core_parser *p, enum space space, const struct sexpr *idx);
uint32_t take_index(struct core_parser *p, struct cursor *c, enum space space);
bool at_index(const struct cursor *c);

/* $id? (@name "...")? of a parameter or local with this index; true where there is an $id. Raises
 * "duplicate-local". */
bool declare_local(struct arena *a, struct local_scope *l, struct cursor *c, uint32_t index);

/* (keyword idx), if it is there; else 0. */
uint32_t
take_index_use(struct core_parser *p, struct cursor *c, const char *keyword, enum space space);

/* Lets function types written in place find the type at an index, which is alone in its group;
 * of several that are equal, the first. */
void note_functype(struct core_parser *p, uint32_t index);

/* The type index of a type use. Raises "inline-function-type" and "unknown-type" where both
 * an index and a type are given and differ. */
uint32_t type_use_index(struct core_parser *p, const struct core_type_use *use);

/* ---- text_instr.c ---- */

/* Instructions up to the end of the list, then an end. */
struct core_expr parse_expr(struct core_parser *p, struct cursor *c);

/* One instruction in parentheses, or (keyword <instr>*), then an end. */
struct core_expr parse_expr_item(struct core_parser *p, struct cursor *c, const char *keyword);

/* One instruction in parentheses. */
void parse_folded(struct core_parser *p, struct cursor *c);

void emit_instr(struct core_parser *p, const struct core_instr *i);
uint32_t resolve_label(struct core_parser *p, struct cursor *c);

/* ---- text_imm.c ---- */

/* What follows the keyword of an instruction that is no block. May change i->op. */
void parse_immediate(struct core_parser *p, struct cursor *c, struct core_instr *i);

/* Raises "constant-out-of-range" and "unexpected-token" for what is no such number. */
void need_number(enum number_result r, const struct sexpr *sx);

/* ---- text_simd.c ---- */

uint8_t take_lane(struct cursor *c);
void parse_lanes(struct cursor *c, struct core_instr *i);
void parse_v128(struct cursor *c, struct core_instr *i);

/* ---- text_fields.c, text_segments.c ---- */

void parse_func(struct core_parser *p, struct cursor *c, struct loc at);
void parse_table(struct core_parser *p, struct cursor *c, struct loc at);
void parse_memory(struct core_parser *p, struct cursor *c, struct loc at);
void parse_global(struct core_parser *p, struct cursor *c, struct loc at);
void parse_tag(struct core_parser *p, struct cursor *c, struct loc at);
void parse_import(struct core_parser *p, struct cursor *c, struct loc at);
void parse_export(struct core_parser *p, struct cursor *c, struct loc at);
void parse_start(struct core_parser *p, struct cursor *c, struct loc at);
void parse_elem(struct core_parser *p, struct cursor *c, struct loc at);
void parse_data(struct core_parser *p, struct cursor *c, struct loc at);

/* The (elem ...) and (data ...) inside of a table or memory definition: an active segment at 0.
 * Return the number of entries, of bytes. */
uint64_t parse_inline_elem(struct core_parser *p, struct cursor *c, uint32_t table,
	struct core_valtype type, bool is_64);
uint64_t parse_inline_data(struct core_parser *p, struct cursor *c, uint32_t memory, bool is_64);

/* ---- text_custom.c ---- */

/* Checks where annotations stand in the module whose fields begin at the cursor, and takes over the
 * one that names it. Raises "misplaced-annotation", "several-names". */
void parse_module_notes(struct core_parser *p, const struct cursor *c);

/* $id? (@name "...")?: what the definition is called, which is no more than a comment. */
struct str take_binder(struct cursor *c);

/* (@custom ...) among the fields. */
void parse_custom(struct core_parser *p, const struct sexpr_note *note);

#endif
