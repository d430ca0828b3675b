/* text_canon.c - canonical definitions and functions in the component text format: lift,
 * lower, every built-in of builtins.def, and the forms that put the sort first.
 * Explainer.md, "Canonical Definitions". */
#include "component/text_parse.h"

/* ---- options ---- */

static bool
parse_opt(struct comp_parser *p, struct cursor *c, struct comp_opt *out)
{
	out->at = here(c);
	for (int kind = OPT_UTF8; kind <= OPT_LAZY; kind++) {
		out->kind = (enum comp_opt_kind)kind;
		const char *name = comp_opt_name(out->kind);
		if (!name)
			continue;
		enum comp_sort sort = comp_opt_sort(out->kind);
		if (sort == SORT_COUNT && take_keyword(c, name))
			return true;
		if (sort == SORT_COUNT || !at_list_of(c, name))
			continue;
		struct cursor in = take_list_of(c, name);
		parse_core_idx(p, &in, sort, &out->ref);
		expect_end(&in);
		return true;
	}
	return false;
}

/* As many options as there are. The array is as large as it gets before references into it
 * are noted. */
static void
parse_opts(struct comp_parser *p, struct cursor *c, struct comp_canon *canon)
{
	vec_reserve(p->arena, &canon->opts, items_left(c) + 1);
	while (parse_opt(p, c, &canon->opts.data[canon->opts.len]))
		canon->opts.len++;
}

/* ---- built-ins ---- */

static void
parse_task_result(struct comp_parser *p, struct cursor *c, struct comp_canon *canon)
{
	if (!at_list_of(c, "result"))
		return;
	struct cursor in = take_list_of(c, "result");
	parse_valtype(p, &in, &canon->result);
	expect_end(&in);
}

static void
parse_wait_memory(struct comp_parser *p, struct cursor *c, struct comp_canon *canon)
{
	struct cursor in = take_list_of(c, "memory");
	parse_core_idx(p, &in, SORT_CORE_MEMORY, &canon->memory);
	expect_end(&in);
}

static void
parse_core_type_imm(struct comp_parser *p, struct cursor *c, struct comp_canon *canon)
{
	parse_core_idx(p, c, SORT_CORE_TYPE, &canon->core_type);
}

static void
parse_table_imm(struct comp_parser *p, struct cursor *c, struct comp_canon *canon)
{
	parse_core_idx(p, c, SORT_CORE_TABLE, &canon->table);
}

static void
parse_immediates(struct comp_parser *p, struct cursor *c, struct comp_canon *canon)
{
	switch (comp_canon_infos[canon->kind].imm) {
	case IMM_LIFT:
	case IMM_LOWER:
	case IMM_NONE: break;
	case IMM_TYPE: parse_idx(p, c, SORT_TYPE, &canon->type); break;
	case IMM_TYPE_OPTS:
		parse_idx(p, c, SORT_TYPE, &canon->type);
		parse_opts(p, c, canon);
		break;
	case IMM_TYPE_ASYNC:
		parse_idx(p, c, SORT_TYPE, &canon->type);
		canon->is_async = take_keyword(c, "async");
		break;
	case IMM_ASYNC: canon->is_async = take_keyword(c, "async"); break;
	case IMM_OPTS: parse_opts(p, c, canon); break;
	case IMM_RESULT_OPTS:
		parse_task_result(p, c, canon);
		parse_opts(p, c, canon);
		break;
	case IMM_VALTYPE_OPTS:
		parse_valtype(p, c, &canon->result);
		parse_opts(p, c, canon);
		break;
	case IMM_CANCEL: canon->is_cancellable = take_keyword(c, "cancellable"); break;
	case IMM_CANCEL_MEMORY:
		canon->is_cancellable = take_keyword(c, "cancellable");
		parse_wait_memory(p, c, canon);
		break;
	case IMM_CONTEXT:
		canon->slot_type = parse_core_valtype(p, c);
		canon->slot = take_u32(c);
		break;
	case IMM_CORETYPE_TABLE:
		parse_core_type_imm(p, c, canon);
		parse_table_imm(p, c, canon);
		break;
	case IMM_SHARED: canon->is_shared = take_keyword(c, "shared"); break;
	case IMM_SHARED_CORETYPE:
		canon->is_shared = take_keyword(c, "shared");
		parse_core_type_imm(p, c, canon);
		break;
	case IMM_SHARED_CORETYPE_TABLE:
		canon->is_shared = take_keyword(c, "shared");
		parse_core_type_imm(p, c, canon);
		parse_table_imm(p, c, canon);
		break;
	}
}

/* ---- lift and lower ---- */

/* The type is resolved first, then the function, then the options. */
static void
parse_lift(struct comp_parser *p, struct cursor *c, struct comp_canon *canon)
{
	parse_core_sortidx(p, c, SORT_CORE_FUNC, &canon->func);
	parse_opts(p, c, canon);
}

static void
parse_lower(struct comp_parser *p, struct cursor *c, struct comp_canon *canon)
{
	parse_sortidx(p, c, SORT_FUNC, &canon->func);
	parse_opts(p, c, canon);
}

/* The keyword of anything but a lift, and what belongs to it. */
static void
parse_core_canon(struct comp_parser *p, struct cursor *c, struct comp_canon *canon)
{
	for (enum comp_canon_kind k = CANON_LOWER; k < CANON_COUNT; k++) {
		if (!take_keyword(c, comp_canon_infos[k].text))
			continue;
		canon->kind = k;
		if (k == CANON_LOWER)
			parse_lower(p, c, canon);
		else
			parse_immediates(p, c, canon);
		return;
	}
	unexpected(c, "a canonical built-in");
}

/* (canon lift <core func> opt* (func $id? <type>)): the type stands last, but comes first. */
static void
parse_canon_lift_field(
	struct comp_parser *p, struct cursor *c, struct comp_def *def, struct str *id)
{
	struct cursor rest = *c;
	while (!at_end(c) && !is_last(c))
		take_item(c);
	struct cursor in = take_list_of(c, "func");
	*id = take_id(&in);
	def->canon.kind = CANON_LIFT;
	def->canon.type = (struct comp_ref){.sort = SORT_TYPE, .at = here(&in)};
	parse_type_use(p, &in, SORT_FUNC, &def->canon.type.index);
	expect_end(&in);
	parse_lift(p, &rest, &def->canon);
	take_item(&rest);
	expect_end(&rest);
}

void
parse_canon_field(struct comp_parser *p, struct cursor *c, struct loc at)
{
	uint32_t mark = pending_mark(p);
	struct comp_def def = {.kind = DEF_CANON, .at = at};
	struct str id;
	if (take_keyword(c, "lift")) {
		parse_canon_lift_field(p, c, &def, &id);
	} else {
		parse_core_canon(p, c, &def.canon);
		struct cursor in = take_list_of(c, "core");
		if (!take_keyword(&in, "func"))
			unexpected(&in, "`func`");
		id = take_id(&in);
		expect_end(&in);
		expect_end(c);
	}
	emit_def(p, mark, &def, id);
}

/* ---- (core func ...) and (func ...) ---- */

void
parse_core_func_field(struct comp_parser *p, struct cursor *c, struct loc at)
{
	uint32_t mark = pending_mark(p), index;
	struct comp_def def = {.kind = DEF_CANON, .at = at};
	struct str id = take_id(c);
	if (!parse_inverted_alias(p, c, SORT_CORE_FUNC, id, &index)) {
		struct cursor in = take_list_of(c, "canon");
		parse_core_canon(p, &in, &def.canon);
		expect_end(&in);
		emit_def(p, mark, &def, id);
	}
	expect_end(c);
}

/* <type> (canon lift ...) */
static uint32_t
parse_inverted_lift(struct comp_parser *p, struct cursor *c, struct str id, struct loc at)
{
	uint32_t mark = pending_mark(p);
	struct comp_def def = {.kind = DEF_CANON, .at = at};
	def.canon.kind = CANON_LIFT;
	def.canon.type = (struct comp_ref){.sort = SORT_TYPE, .at = here(c)};
	parse_type_use(p, c, SORT_FUNC, &def.canon.type.index);
	struct cursor in = take_list_of(c, "canon");
	if (!take_keyword(&in, "lift"))
		unexpected(&in, "`lift`");
	parse_lift(p, &in, &def.canon);
	expect_end(&in);
	return emit_def(p, mark, &def, id);
}

void
parse_func_field(struct comp_parser *p, struct cursor *c, struct loc at)
{
	uint32_t index;
	struct str id = take_id(c);
	struct comp_names exports = {0};
	struct comp_name import;
	if (parse_inline_names(p, c, &exports, &import))
		index = emit_inline_import(p, c, &import, SORT_FUNC, id, at);
	else if (!parse_inverted_alias(p, c, SORT_FUNC, id, &index))
		index = parse_inverted_lift(p, c, id, at);
	expect_end(c);
	add_inline_exports(p, &exports, SORT_FUNC, index, at);
}
