/* text_types.c - value types, function types and resource types in the component text format.
 * Explainer.md, "Type Definitions".
 *
 * Where the binary format wants the index of a type, a type written in place becomes a
 * definition of its own before the one that is being parsed: innermost first, in the order
 * written, and never shared with an equal one. */
#include "component/text_parse.h"

/* ---- value types ---- */

static enum comp_val_kind
prim_of(const struct sexpr *sx)
{
	if (!sx || !is_keyword(sx))
		return VAL_NONE;
	for (enum comp_val_kind k = VAL_BOOL; k < VAL_KIND_COUNT; k++)
		if (str_is(sx->text, comp_prim_name(k)))
			return k;
	if (str_is(sx->text, "float32"))
		return VAL_F32;
	if (str_is(sx->text, "float64"))
		return VAL_F64;
	return VAL_NONE;
}

static void
take_labels(struct comp_parser *p, struct cursor *c, struct comp_type *t)
{
	vec_reserve(p->arena, &t->labels, items_left(c));
}

static struct comp_label *
add_label(struct comp_parser *p, struct comp_type *t, struct loc at)
{
	struct comp_label *l = vec_add(p->arena, &t->labels);
	l->at = at;
	return l;
}

static void
parse_record(struct comp_parser *p, struct cursor *c, struct comp_type *t)
{
	t->kind = CT_RECORD;
	take_labels(p, c, t);
	while (!at_end(c)) {
		struct comp_label *l = add_label(p, t, here(c));
		struct cursor in = take_list_of(c, "field");
		l->name = take_name(&in);
		parse_valtype(p, &in, &l->type);
		expect_end(&in);
	}
}

static void
parse_variant(struct comp_parser *p, struct cursor *c, struct comp_type *t)
{
	t->kind = CT_VARIANT;
	take_labels(p, c, t);
	while (!at_end(c)) {
		struct comp_label *l = add_label(p, t, here(c));
		struct cursor in = take_list_of(c, "case");
		take_id(&in);
		l->name = take_name(&in);
		if (!at_end(&in))
			parse_valtype(p, &in, &l->type);
		expect_end(&in);
	}
}

static void
parse_tuple(struct comp_parser *p, struct cursor *c, struct comp_type *t)
{
	t->kind = CT_TUPLE;
	take_labels(p, c, t);
	while (!at_end(c)) {
		struct comp_label *l = add_label(p, t, here(c));
		parse_valtype(p, c, &l->type);
	}
}

static void
parse_names(struct comp_parser *p, struct cursor *c, struct comp_type *t)
{
	while (!at_end(c)) {
		struct comp_label *l = add_label(p, t, here(c));
		l->name = take_name(c);
	}
}

static void
parse_flags(struct comp_parser *p, struct cursor *c, struct comp_type *t)
{
	t->kind = CT_FLAGS;
	parse_names(p, c, t);
}

static void
parse_enum(struct comp_parser *p, struct cursor *c, struct comp_type *t)
{
	t->kind = CT_ENUM;
	parse_names(p, c, t);
}

static void
parse_list(struct comp_parser *p, struct cursor *c, struct comp_type *t)
{
	t->kind = CT_LIST;
	parse_valtype(p, c, &t->elem);
	if (at_end(c))
		return;
	t->kind = CT_FIXED_LIST;
	t->length = take_u32(c);
}

static void
parse_option(struct comp_parser *p, struct cursor *c, struct comp_type *t)
{
	t->kind = CT_OPTION;
	parse_valtype(p, c, &t->elem);
}

static void
parse_result(struct comp_parser *p, struct cursor *c, struct comp_type *t)
{
	t->kind = CT_RESULT;
	if (!at_end(c) && !at_list_of(c, "error"))
		parse_valtype(p, c, &t->elem);
	if (at_end(c))
		return;
	struct cursor in = take_list_of(c, "error");
	parse_valtype(p, &in, &t->error);
	expect_end(&in);
}

static void
parse_map(struct comp_parser *p, struct cursor *c, struct comp_type *t)
{
	t->kind = CT_MAP;
	parse_valtype(p, c, &t->key);
	parse_valtype(p, c, &t->elem);
}

static void
parse_handle(struct comp_parser *p, struct cursor *c, struct comp_type *t)
{
	parse_idx_into(p, c, SORT_TYPE, &t->resource);
}

static void
parse_own(struct comp_parser *p, struct cursor *c, struct comp_type *t)
{
	t->kind = CT_OWN;
	parse_handle(p, c, t);
}

static void
parse_borrow(struct comp_parser *p, struct cursor *c, struct comp_type *t)
{
	t->kind = CT_BORROW;
	parse_handle(p, c, t);
}

static void
parse_stream(struct comp_parser *p, struct cursor *c, struct comp_type *t)
{
	t->kind = CT_STREAM;
	if (!at_end(c))
		parse_valtype(p, c, &t->elem);
}

static void
parse_future(struct comp_parser *p, struct cursor *c, struct comp_type *t)
{
	t->kind = CT_FUTURE;
	if (!at_end(c))
		parse_valtype(p, c, &t->elem);
}

static const struct {
	const char *keyword;
	void (*parse)(struct comp_parser *p, struct cursor *c, struct comp_type *t);
} constructors[] = {
	{"record", parse_record},
	{"variant", parse_variant},
	{"list", parse_list},
	{"tuple", parse_tuple},
	{"flags", parse_flags},
	{"enum", parse_enum},
	{"option", parse_option},
	{"result", parse_result},
	{"map", parse_map},
	{"own", parse_own},
	{"borrow", parse_borrow},
	{"stream", parse_stream},
	{"future", parse_future},
};

/* A primitive, or a parenthesised value type; false when it is something else. */
static bool
parse_defvaltype(struct comp_parser *p, struct cursor *c, struct comp_type *t)
{
	t->kind = CT_PRIM;
	t->prim = prim_of(item(c));
	if (t->prim) {
		take_item(c);
		return true;
	}
	for (size_t i = 0; i < sizeof constructors / sizeof *constructors; i++) {
		if (!at_list_of(c, constructors[i].keyword))
			continue;
		struct cursor in = take_list_of(c, constructors[i].keyword);
		constructors[i].parse(p, &in, t);
		expect_end(&in);
		return true;
	}
	return false;
}

void
parse_valtype(struct comp_parser *p, struct cursor *c, struct comp_valtype *out)
{
	*out = (struct comp_valtype){.kind = prim_of(item(c)), .at = here(c)};
	if (out->kind) {
		take_item(c);
		return;
	}
	out->kind = VAL_INDEX;
	if (at_list(c) && !at_list_of(c, "type")) {
		uint32_t mark = pending_mark(p);
		struct comp_type *t = arena_new_of(p->arena, struct comp_type);
		t->at = here(c);
		if (!parse_defvaltype(p, c, t))
			unexpected(c, "a value type");
		out->index = hoist_type(p, mark, t);
	} else {
		parse_idx_into(p, c, SORT_TYPE, &out->index);
	}
}

uint32_t
hoist_type(struct comp_parser *p, uint32_t mark, struct comp_type *type)
{
	struct comp_def def = {.kind = DEF_TYPE, .at = type->at, .type = type};
	return emit_def(p, mark, &def, NO_ID);
}

/* ---- functions and resources ---- */

struct comp_type *
parse_functype(struct comp_parser *p, struct cursor *c, struct loc at)
{
	struct comp_type *t = arena_new_of(p->arena, struct comp_type);
	t->kind = CT_FUNC;
	t->at = at;
	t->is_async = take_keyword(c, "async");
	take_labels(p, c, t);
	while (at_list_of(c, "param")) {
		struct comp_label *l = add_label(p, t, here(c));
		struct cursor in = take_list_of(c, "param");
		l->name = take_name(&in);
		parse_valtype(p, &in, &l->type);
		expect_end(&in);
	}
	if (at_list_of(c, "result")) {
		struct cursor in = take_list_of(c, "result");
		parse_valtype(p, &in, &t->elem);
		expect_end(&in);
	}
	return t;
}

static struct comp_type *
parse_resource(struct comp_parser *p, struct cursor *c, struct loc at)
{
	struct comp_type *t = arena_new_of(p->arena, struct comp_type);
	t->kind = CT_RESOURCE;
	t->at = at;
	struct cursor in = take_list_of(c, "rep");
	t->rep = parse_core_valtype(p, &in);
	expect_end(&in);
	if (at_list_of(c, "dtor")) {
		in = take_list_of(c, "dtor");
		t->has_dtor = true;
		parse_core_idx(p, &in, SORT_CORE_FUNC, &t->dtor);
		expect_end(&in);
	}
	return t;
}

struct comp_type *
parse_deftype(struct comp_parser *p, struct cursor *c, struct str id)
{
	struct loc at = here(c);
	struct comp_type *t = arena_new_of(p->arena, struct comp_type);
	t->at = at;
	if (parse_defvaltype(p, c, t))
		return t;
	struct cursor in = take_list(c, "a type");
	if (take_keyword(&in, "func"))
		t = parse_functype(p, &in, at);
	else if (take_keyword(&in, "component"))
		t = parse_decls(p, &in, CT_COMPONENT, id, at);
	else if (take_keyword(&in, "instance"))
		t = parse_decls(p, &in, CT_INSTANCE, id, at);
	else if (take_keyword(&in, "resource"))
		t = parse_resource(p, &in, at);
	else
		unexpected(&in, "a type");
	expect_end(&in);
	return t;
}

void
parse_type_field(struct comp_parser *p, struct cursor *c, struct loc at)
{
	uint32_t mark = pending_mark(p);
	struct str id = take_id(c);
	struct comp_names exports = {0};
	if (!p->scope->is_type)
		parse_inline_names(p, c, &exports, NULL);
	uint32_t index;
	if (!parse_inverted_alias(p, c, SORT_TYPE, id, &index)) {
		struct comp_def def = {.kind = DEF_TYPE, .at = at};
		def.type = parse_deftype(p, c, id);
		index = emit_def(p, mark, &def, id);
	}
	expect_end(c);
	add_inline_exports(p, &exports, SORT_TYPE, index, at);
}
