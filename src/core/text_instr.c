/* text_instr.c - instructions in the core text format, flat and folded, and their blocks:
 * core specification, "Text Format", "Control Instructions" and "Folded Instructions".
 *
 * Both forms become the linear order of the binary format. The immediates of instructions that
 * are no blocks are in text_imm.c. */
#include "core/text_parse.h"

static void parse_instrs(struct core_parser *p, struct cursor *c);

void
emit_instr(struct core_parser *p, const struct core_instr *i)
{
	vec_push(p->arena, &p->code, *i);
}

static bool
op_of(const struct sexpr *sx, enum core_op *op)
{
	return sx && sx->kind == SEXPR_KEYWORD && core_op_by_text(sx->text, op);
}

static void
emit_op(struct core_parser *p, enum core_op op, struct loc at)
{
	struct core_instr i = {.op = (uint16_t)op, .pos = at.pos};
	emit_instr(p, &i);
}

/* ---- blocks ---- */

/* No parameters and at most one result need no type of their own. */
static void
parse_blocktype(struct core_parser *p, struct cursor *c, struct core_instr *out)
{
	struct core_type_use use;
	core_parse_type_use(&p->type_names, c, NULL, &use);
	if (!use.has_index && !use.type.nparams && use.type.nresults <= 1) {
		if (use.type.nresults)
			out->type = use.type.results[0];
		return;
	}
	out->has_index = true;
	out->index = type_use_index(p, &use);
}

/* (catch <tag> <label>)*, whose labels are those around the block. */
static const struct core_handler *
parse_catches(struct core_parser *p, struct cursor *c, struct core_valtype result)
{
	static const char *const keywords[] = {
		[CORE_CATCH] = "catch",
		[CORE_CATCH_REF] = "catch_ref",
		[CORE_CATCH_ALL] = "catch_all",
		[CORE_CATCH_ALL_REF] = "catch_all_ref",
	};
	struct core_handler *h = arena_new_of(p->arena, struct core_handler);
	VEC(struct core_catch) catches = {0};
	for (int kind = CORE_CATCH; kind <= CORE_CATCH_ALL_REF; kind++) {
		if (!at_list_of(c, keywords[kind]))
			continue;
		struct cursor in = take_list_of(c, keywords[kind]);
		struct core_catch *k = vec_add(p->arena, &catches);
		k->kind = (enum core_catch_kind)kind;
		if (core_catch_has_tag(k->kind))
			k->tag = take_index(p, &in, (enum space)CORE_SORT_TAG);
		k->label = resolve_label(p, &in);
		expect_end(&in);
		kind = CORE_CATCH - 1;
	}
	*h = (struct core_handler){result, catches.len, catches.data};
	return h;
}

static void
push_block(struct core_parser *p, struct open_block block)
{
	p->labels.arena = p->arena;
	block.hidden = 0;
	if (block.name.len) {
		strmap_get(&p->labels, block.name, &block.hidden);
		strmap_set(&p->labels, block.name, p->blocks.len + 1);
	}
	vec_push(p->arena, &p->blocks, block);
}

static struct open_block
pop_block(struct core_parser *p)
{
	struct open_block block = vec_pop(&p->blocks);
	if (block.name.len)
		strmap_set(&p->labels, block.name, block.hidden);
	return block;
}

/* $label? <blocktype>, for try_table with its clauses */
static void
open_block(struct core_parser *p, struct cursor *c, enum core_op op, struct loc at,
	struct core_instr *out)
{
	struct open_block block = {.name = take_id(c), .op = (uint16_t)op};
	struct core_name label = {p->nblocks++, block.name};
	if (label.name.len)
		vec_push(p->arena, &p->label_names, label);
	*out = (struct core_instr){.op = (uint16_t)op, .pos = at.pos};
	parse_blocktype(p, c, out);
	if (op == CORE_OP_TRY_TABLE)
		out->handler = parse_catches(p, c, out->type);
	push_block(p, block);
}

static void
close_block(struct core_parser *p, struct loc at)
{
	pop_block(p);
	emit_op(p, CORE_OP_END, at);
}

uint32_t
resolve_label(struct core_parser *p, struct cursor *c)
{
	if (!at_index(c))
		core_unexpected(c, "a label");
	const struct sexpr *sx = take_item(c);
	if (sx->kind != SEXPR_ID)
		return u32_value(sx);
	uint32_t block = 0;
	strmap_get(&p->labels, sx->text, &block);
	if (block)
		return p->blocks.len - block;
	raise_error(ERR_MALFORMED, sx->at, "unknown-label", "unknown label $" STR_FMT,
		STR_ARG(sx->text));
}

/* The label that may be repeated after else and end. */
static void
check_label(struct core_parser *p, struct cursor *c)
{
	struct loc at = here(c);
	struct str name = take_id(c);
	if (name.len && !str_eq(name, vec_last(&p->blocks).name))
		raise_error(ERR_MALFORMED, at, "mismatching-label", "mismatching label $" STR_FMT,
			STR_ARG(name));
}

/* ---- flat instructions ---- */

static void
parse_flat_end(struct core_parser *p, struct cursor *c, enum core_op op, uint32_t base)
{
	struct loc at = here(c);
	bool fits = p->blocks.len > base;
	if (fits && op == CORE_OP_ELSE)
		fits = vec_last(&p->blocks).op == CORE_OP_IF;
	if (!fits)
		unexpected(c, "an instruction");
	take_item(c);
	check_label(p, c);
	if (op == CORE_OP_END) {
		close_block(p, at);
		return;
	}
	vec_last(&p->blocks).op = CORE_OP_ELSE;
	emit_op(p, op, at);
}

static void
parse_flat(struct core_parser *p, struct cursor *c, uint32_t base)
{
	enum core_op op;
	if (!op_of(item(c), &op))
		core_unexpected(c, "an instruction");
	if (op == CORE_OP_END || op == CORE_OP_ELSE) {
		parse_flat_end(p, c, op, base);
		return;
	}
	struct loc at = here(c);
	struct core_instr i = {.op = (uint16_t)op, .pos = at.pos};
	take_item(c);
	if (core_op_opens(op))
		open_block(p, c, op, at, &i);
	else
		parse_immediate(p, c, &i);
	emit_instr(p, &i);
}

/* ---- folded instructions ---- */

/* Behind (if label type: operands, (then ...), (else ...). */
static void
parse_folded_if(struct core_parser *p, struct cursor *c, struct core_instr *i)
{
	/* the operands stand outside of the block */
	struct open_block block = pop_block(p);
	while (at_list(c) && !at_list_of(c, "then"))
		parse_folded(p, c);
	push_block(p, block);
	emit_instr(p, i);
	struct cursor in = take_list_of(c, "then");
	parse_instrs(p, &in);
	if (at_list_of(c, "else")) {
		emit_op(p, CORE_OP_ELSE, here(c));
		in = take_list_of(c, "else");
		parse_instrs(p, &in);
	}
	expect_end(c);
}

void
parse_folded(struct core_parser *p, struct cursor *c)
{
	struct loc at = here(c);
	struct core_instr i = {.pos = at.pos};
	enum core_op op;
	struct cursor in = take_list(c, "an instruction");
	if (!op_of(item(&in), &op) || op == CORE_OP_END || op == CORE_OP_ELSE)
		core_unexpected(&in, "an instruction");
	take_item(&in);
	i.op = (uint16_t)op;
	if (!core_op_opens(op)) {
		parse_immediate(p, &in, &i);
		while (!at_end(&in))
			parse_folded(p, &in);
		emit_instr(p, &i);
		return;
	}
	open_block(p, &in, op, at, &i);
	if (op == CORE_OP_IF) {
		parse_folded_if(p, &in, &i);
	} else {
		emit_instr(p, &i);
		parse_instrs(p, &in);
	}
	close_block(p, at);
}

/* Up to the end of the list; blocks that are opened here are closed here. */
static void
parse_instrs(struct core_parser *p, struct cursor *c)
{
	uint32_t base = p->blocks.len;
	while (!at_end(c)) {
		if (at_list(c))
			parse_folded(p, c);
		else
			parse_flat(p, c, base);
	}
	if (p->blocks.len > base)
		unexpected(c, "`end`");
}

/* ---- expressions ---- */

static struct core_expr
finish_expr(struct core_parser *p, struct loc at, struct loc end)
{
	emit_op(p, CORE_OP_END, end);
	struct core_expr e = {at, p->code.data, p->code.len};
	p->code.data = NULL;
	p->code.len = p->code.cap = 0;
	return e;
}

struct core_expr
parse_expr(struct core_parser *p, struct cursor *c)
{
	struct loc at = here(c);
	parse_instrs(p, c);
	return finish_expr(p, at, here(c));
}

struct core_expr
parse_expr_item(struct core_parser *p, struct cursor *c, const char *keyword)
{
	struct loc at = here(c);
	if (at_list_of(c, keyword)) {
		struct cursor in = take_list_of(c, keyword);
		return parse_expr(p, &in);
	}
	parse_folded(p, c);
	return finish_expr(p, at, at);
}
