/* text_imm.c - what stands behind the keyword of an instruction that is no block: core
 * specification, "Text Format", "Plain Instructions". */
#include "core/text_parse.h"

#include "text/number.h"

/* ---- numbers ---- */

void
need_number(enum number_result r, const struct sexpr *sx)
{
	if (r == NUMBER_RANGE)
		raise_error(ERR_MALFORMED, sx->at, "constant-out-of-range",
			"constant out of range: " STR_FMT, STR_ARG(sx->text));
	if (r == NUMBER_SYNTAX)
		raise_error(ERR_MALFORMED, sx->at, "unexpected-token",
			"unexpected token " STR_FMT ", expected another kind of number",
			STR_ARG(sx->text));
}

static void
parse_number(struct cursor *c, enum core_imm imm, struct core_instr *i)
{
	uint32_t f32 = 0;
	uint64_t bits = 0;
	if (!at_number(c))
		core_unexpected(c, "a number");
	const struct sexpr *sx = take_item(c);
	enum number_result r = NUMBER_SYNTAX;
	switch (imm) {
	case CORE_IMM_I32: r = number_int(sx->text, 32, &bits); break;
	case CORE_IMM_I64: r = number_int(sx->text, 64, &bits); break;
	case CORE_IMM_F32:
		r = number_f32(sx->text, &f32);
		bits = f32;
		break;
	default: r = number_f64(sx->text, &bits); break;
	}
	need_number(r, sx);
	i->bits = bits;
}

/* ---- memory arguments ---- */

static bool
take_equals(struct cursor *c, const char *prefix, uint64_t *out)
{
	const struct sexpr *sx = item(c);
	if (!sx || !is_keyword(sx) || !str_starts(sx->text, prefix))
		return false;
	size_t n = strlen(prefix);
	struct str digits = {sx->text.ptr + n, sx->text.len - n};
	switch (number_unsigned(digits, 64, out)) {
	case NUMBER_OK: break;
	case NUMBER_RANGE:
		raise_error(ERR_MALFORMED, sx->at, "constant-out-of-range",
			"i64 constant out of range: " STR_FMT, STR_ARG(digits));
	case NUMBER_SYNTAX:
		raise_error(ERR_MALFORMED, sx->at, "unknown-operator", "unknown operator " STR_FMT,
			STR_ARG(sx->text));
	}
	take_item(c);
	return true;
}

/* Whether a memory stands here: of two numbers the second is a lane, and one alone is, too. */
static bool
at_memory(const struct cursor *c, bool has_lane)
{
	struct cursor next = *c;
	if (!at_index(c) || !has_lane)
		return at_index(c);
	const struct sexpr *first = take_item(&next), *second = item(&next);
	return first->kind == SEXPR_ID || at_number(&next) ||
	       (second && is_keyword(second) &&
		       (str_starts(second->text, "offset=") || str_starts(second->text, "align=")));
}

static void
parse_memarg(struct core_parser *p, struct cursor *c, struct core_instr *i)
{
	uint64_t align;
	if (at_memory(c, core_ops[i->op].imm == CORE_IMM_MEMARG_LANE))
		i->index = take_index(p, c, (enum space)CORE_SORT_MEMORY);
	take_equals(c, "offset=", &i->offset);
	i->align = core_natural_align((enum core_op)i->op);
	struct loc at = here(c);
	if (!take_equals(c, "align=", &align))
		return;
	if (!align || (align & (align - 1)))
		raise_error(ERR_MALFORMED, at, "alignment", "alignment must be a power of two");
	for (i->align = 0; align >>= 1;)
		i->align++;
}

/* ---- indices ---- */

/* x y?: with two, the first is of the second kind: memory.init $mem? $data. */
static void
parse_segment_and(struct core_parser *p, struct cursor *c, enum space segment, enum space other,
	struct core_instr *i)
{
	struct cursor first = *c;
	if (!at_index(c))
		core_unexpected(c, "an index or a name");
	take_item(c);
	if (!at_index(c)) {
		i->index = take_index(p, &first, segment);
		return;
	}
	i->index2 = take_index(p, &first, other);
	i->index = take_index(p, c, segment);
}

/* Destination and source, or neither. */
static void
parse_pair(struct core_parser *p, struct cursor *c, enum space space, struct core_instr *i)
{
	if (!at_index(c))
		return;
	i->index = take_index(p, c, space);
	i->index2 = take_index(p, c, space);
}

static void
parse_optional_index(
	struct core_parser *p, struct cursor *c, enum space space, struct core_instr *i)
{
	if (at_index(c))
		i->index = take_index(p, c, space);
}

static void
parse_local(struct core_parser *p, struct cursor *c, struct core_instr *i)
{
	if (!at_index(c))
		core_unexpected(c, "a local");
	const struct sexpr *sx = take_item(c);
	if (sx->kind != SEXPR_ID)
		i->index = u32_value(sx);
	else if (!strmap_get(&p->locals.ids, sx->text, &i->index))
		raise_error(ERR_MALFORMED, sx->at, "unknown-local", "unknown local $" STR_FMT,
			STR_ARG(sx->text));
}

static void
parse_labels(struct core_parser *p, struct cursor *c, struct core_instr *i)
{
	VEC(uint32_t) labels = {0};
	do
		vec_push(p->arena, &labels, resolve_label(p, c));
	while (at_index(c));
	/* the default is the last one */
	i->labels = labels.data;
	i->count = labels.len;
}

static void
parse_call_indirect(struct core_parser *p, struct cursor *c, struct core_instr *i)
{
	struct core_type_use use;
	if (at_index(c))
		i->index2 = take_index(p, c, (enum space)CORE_SORT_TABLE);
	core_parse_type_use(&p->type_names, c, NULL, &use);
	i->index = type_use_index(p, &use);
}

/* select, or select (result t)*, which is another instruction. */
static void
parse_select(struct core_parser *p, struct cursor *c, struct core_instr *i)
{
	VEC(struct core_valtype) types = {0};
	if (!at_list_of(c, "result"))
		return;
	i->op = CORE_OP_SELECT_T;
	while (at_list_of(c, "result")) {
		struct cursor in = take_list_of(c, "result");
		while (!at_end(&in))
			vec_push(p->arena, &types, core_parse_valtype(&p->type_names, &in));
	}
	i->types = types.data;
	i->count = types.len;
}

/* ---- structs, arrays and casts ---- */

/* A field of the type i->index, whose names are those that its definition gives. */
static uint32_t
take_field(struct core_parser *p, struct cursor *c, const struct core_instr *i)
{
	uint32_t field;
	if (!at_index(c))
		core_unexpected(c, "a field");
	const struct sexpr *sx = take_item(c);
	if (sx->kind != SEXPR_ID)
		return u32_value(sx);
	if (i->index >= p->fields.len || !strmap_get(&p->fields.data[i->index], sx->text, &field))
		raise_error(ERR_MALFORMED, sx->at, "unknown-field", "unknown field $" STR_FMT,
			STR_ARG(sx->text));
	return field;
}

static void
parse_type_and(struct core_parser *p, struct cursor *c, enum core_imm imm, struct core_instr *i)
{
	i->index = take_index(p, c, SPACE_TYPE);
	switch (imm) {
	case CORE_IMM_TYPE_FIELD: i->index2 = take_field(p, c, i); break;
	case CORE_IMM_TYPE_COUNT:
		if (!at_number(c))
			core_unexpected(c, "a number");
		i->index2 = u32_value(take_item(c));
		break;
	case CORE_IMM_TYPE_TYPE: i->index2 = take_index(p, c, SPACE_TYPE); break;
	case CORE_IMM_TYPE_ELEM: i->index2 = take_index(p, c, SPACE_ELEM); break;
	default: i->index2 = take_index(p, c, SPACE_DATA); p->m->has_data_count = true;
	}
}

/* One word stands for two instructions, of which the second allows null. */
static void
parse_cast(struct core_parser *p, struct cursor *c, struct core_instr *i)
{
	i->type = parse_reftype(&p->type_names, c);
	if (i->type.nullable)
		i->op++;
}

static void
parse_branch_cast(struct core_parser *p, struct cursor *c, struct core_instr *i)
{
	struct core_valtype *types = arena_array_of(p->arena, 2, struct core_valtype);
	i->index = resolve_label(p, c);
	types[0] = parse_reftype(&p->type_names, c);
	types[1] = parse_reftype(&p->type_names, c);
	i->types = types;
}

void
parse_immediate(struct core_parser *p, struct cursor *c, struct core_instr *i)
{
	const enum space func = (enum space)CORE_SORT_FUNC, table = (enum space)CORE_SORT_TABLE;
	const enum space memory = (enum space)CORE_SORT_MEMORY;
	enum core_imm imm = core_ops[i->op].imm;
	switch (imm) {
	case CORE_IMM_NONE:
	case CORE_IMM_TYPES:
		if (i->op == CORE_OP_SELECT)
			parse_select(p, c, i);
		break;
	case CORE_IMM_BLOCK:
	case CORE_IMM_TRY: internal_error("a block among the plain instructions");
	case CORE_IMM_TAG: i->index = take_index(p, c, (enum space)CORE_SORT_TAG); break;
	case CORE_IMM_LABEL: i->index = resolve_label(p, c); break;
	case CORE_IMM_LABELS: parse_labels(p, c, i); break;
	case CORE_IMM_FUNC: i->index = take_index(p, c, func); break;
	case CORE_IMM_TYPE: i->index = take_index(p, c, SPACE_TYPE); break;
	case CORE_IMM_TYPE_TABLE: parse_call_indirect(p, c, i); break;
	case CORE_IMM_TYPE_FIELD:
	case CORE_IMM_TYPE_COUNT:
	case CORE_IMM_TYPE_TYPE:
	case CORE_IMM_TYPE_DATA:
	case CORE_IMM_TYPE_ELEM: parse_type_and(p, c, imm, i); break;
	case CORE_IMM_REFTYPE: parse_cast(p, c, i); break;
	case CORE_IMM_CAST: parse_branch_cast(p, c, i); break;
	case CORE_IMM_LOCAL: parse_local(p, c, i); break;
	case CORE_IMM_GLOBAL: i->index = take_index(p, c, (enum space)CORE_SORT_GLOBAL); break;
	case CORE_IMM_TABLE: parse_optional_index(p, c, table, i); break;
	case CORE_IMM_TABLE_TABLE: parse_pair(p, c, table, i); break;
	case CORE_IMM_ELEM: i->index = take_index(p, c, SPACE_ELEM); break;
	case CORE_IMM_ELEM_TABLE: parse_segment_and(p, c, SPACE_ELEM, table, i); break;
	case CORE_IMM_MEM: parse_optional_index(p, c, memory, i); break;
	case CORE_IMM_MEM_MEM: parse_pair(p, c, memory, i); break;
	case CORE_IMM_DATA:
		i->index = take_index(p, c, SPACE_DATA);
		p->m->has_data_count = true;
		break;
	case CORE_IMM_DATA_MEM:
		parse_segment_and(p, c, SPACE_DATA, memory, i);
		p->m->has_data_count = true;
		break;
	case CORE_IMM_MEMARG: parse_memarg(p, c, i); break;
	case CORE_IMM_MEMARG_LANE:
		parse_memarg(p, c, i);
		i->lane = take_lane(c);
		break;
	case CORE_IMM_LANE: i->lane = take_lane(c); break;
	case CORE_IMM_LANES: parse_lanes(c, i); break;
	case CORE_IMM_V128: parse_v128(c, i); break;
	case CORE_IMM_HEAPTYPE: i->type = parse_heaptype(&p->type_names, c); break;
	case CORE_IMM_I32:
	case CORE_IMM_I64:
	case CORE_IMM_F32:
	case CORE_IMM_F64: parse_number(c, imm, i); break;
	}
}
