/* text_segments.c - element and data segments in the core text format: core specification,
 * "Text Format", "Element Segments" and "Data Segments". */
#include "core/text_parse.h"

/* ---- small expressions ---- */

static struct core_expr
one_instr(struct core_parser *p, struct core_instr i, struct loc at)
{
	struct core_instr *instrs = arena_array_of(p->arena, 2, struct core_instr);
	i.pos = at.pos;
	instrs[0] = i;
	instrs[1] = (struct core_instr){.op = CORE_OP_END, .pos = at.pos};
	return (struct core_expr){at, instrs, 2};
}

static struct core_expr
zero(struct core_parser *p, bool is_64, struct loc at)
{
	struct core_instr i = {.op = is_64 ? CORE_OP_I64_CONST : CORE_OP_I32_CONST};
	return one_instr(p, i, at);
}

/* ---- element segments ---- */

static struct core_expr *
add_item(struct core_parser *p, struct core_elem_def *e, uint32_t *cap)
{
	e->items = vec_grow_(p->arena, e->items, e->nitems, cap, 1, sizeof *e->items);
	return &e->items[e->nitems++];
}

static void
parse_func_items(struct core_parser *p, struct cursor *c, struct core_elem_def *e)
{
	uint32_t cap = 0;
	e->type = CORE_FUNCREF;
	e->type.nullable = false;
	e->by_index = true;
	while (!at_end(c)) {
		struct core_instr i = {.op = CORE_OP_REF_FUNC};
		struct loc at = here(c);
		i.index = take_index(p, c, (enum space)CORE_SORT_FUNC);
		struct core_expr item = one_instr(p, i, at);
		*add_item(p, e, &cap) = item;
	}
}

static void
parse_expr_items(struct core_parser *p, struct cursor *c, struct core_elem_def *e)
{
	uint32_t cap = 0;
	while (!at_end(c)) {
		struct core_expr item = parse_expr_item(p, c, "item");
		*add_item(p, e, &cap) = item;
	}
}

/* func <idx>*, or <reftype> <expr>*, or where `short_form` is allowed, <idx>* */
static void
parse_elem_list(struct core_parser *p, struct cursor *c, bool short_form, struct core_elem_def *e)
{
	if (take_keyword(c, "func")) {
		parse_func_items(p, c, e);
	} else if (at_reftype(c)) {
		e->type = parse_reftype(&p->type_names, c);
		parse_expr_items(p, c, e);
	} else if (short_form && (at_end(c) || at_index(c))) {
		parse_func_items(p, c, e);
	} else {
		core_unexpected(c, "elements");
	}
}

void
parse_elem(struct core_parser *p, struct cursor *c, struct loc at)
{
	struct core_elem_def e = {.at = at, .name = take_binder(c), .mode = CORE_PASSIVE};
	if (take_keyword(c, "declare")) {
		e.mode = CORE_DECLARATIVE;
		parse_elem_list(p, c, false, &e);
	} else if (at_list(c) && !at_list_of(c, "ref")) {
		bool short_form = !at_list_of(c, "table");
		e.mode = CORE_ACTIVE;
		e.table = take_index_use(p, c, "table", (enum space)CORE_SORT_TABLE);
		e.offset = parse_expr_item(p, c, "offset");
		parse_elem_list(p, c, short_form, &e);
	} else {
		parse_elem_list(p, c, false, &e);
	}
	expect_end(c);
	vec_push(p->arena, &p->m->elems, e);
}

uint64_t
parse_inline_elem(struct core_parser *p, struct cursor *c, uint32_t table, struct core_valtype type,
	bool is_64)
{
	struct core_elem_def e = {.at = here(c), .mode = CORE_ACTIVE, .table = table};
	e.offset = zero(p, is_64, e.at);
	if (at_list(c))
		parse_expr_items(p, c, &e);
	else
		parse_func_items(p, c, &e);
	e.type = type;
	vec_push(p->arena, &p->m->elems, e);
	return e.nitems;
}

/* ---- data segments ---- */

void
parse_data(struct core_parser *p, struct cursor *c, struct loc at)
{
	struct core_data_def d = {.at = at, .name = take_binder(c), .mode = CORE_PASSIVE};
	if (at_list(c)) {
		d.mode = CORE_ACTIVE;
		d.memory = take_index_use(p, c, "memory", (enum space)CORE_SORT_MEMORY);
		d.offset = parse_expr_item(p, c, "offset");
	}
	d.bytes = take_bytes(p->arena, c);
	vec_push(p->arena, &p->m->datas, d);
}

uint64_t
parse_inline_data(struct core_parser *p, struct cursor *c, uint32_t memory, bool is_64)
{
	struct core_data_def d = {.at = here(c), .mode = CORE_ACTIVE, .memory = memory};
	d.offset = zero(p, is_64, d.at);
	d.bytes = take_bytes(p->arena, c);
	vec_push(p->arena, &p->m->datas, d);
	return d.bytes.len;
}
