/* text_decls.c - externtypes, and the declarations of component types and instance types.
 * Explainer.md, "Type Definitions": externtype, componentdecl, instancedecl. */
#include "component/text_parse.h"

/* ---- externtypes ---- */

/* (type <idx> "name"*), as opposed to a type declaration. */
static bool
at_type_ref(const struct cursor *c)
{
	if (!at_list_of(c, "type"))
		return false;
	struct cursor copy = *c;
	struct cursor in = take_list_of(&copy, "type");
	const struct sexpr *idx = item(&in);
	if (!idx || (!is_id(idx) && !is_number(idx)))
		return false;
	take_item(&in);
	return at_end(&in) || at_string(&in);
}

static uint32_t
hoist_core_type(struct comp_parser *p, uint32_t mark, struct comp_core_type *type)
{
	struct comp_def def = {.kind = DEF_CORE_TYPE, .at = type->at, .core_type = type};
	return emit_def(p, mark, &def, NO_ID);
}

static void
parse_core_type_use(struct comp_parser *p, struct cursor *c, uint32_t *out)
{
	uint32_t mark = pending_mark(p);
	if (at_type_ref(c))
		parse_idx_into(p, c, SORT_CORE_TYPE, out);
	else
		*out = hoist_core_type(p, mark, parse_module_type(p, c, NO_ID, here(c)));
}

void
parse_type_use(struct comp_parser *p, struct cursor *c, enum comp_sort sort, uint32_t *out)
{
	uint32_t mark = pending_mark(p);
	struct comp_type *t;
	if (sort == SORT_CORE_MODULE) {
		parse_core_type_use(p, c, out);
		return;
	}
	if (at_type_ref(c)) {
		parse_idx_into(p, c, SORT_TYPE, out);
		return;
	}
	if (sort == SORT_FUNC)
		t = parse_functype(p, c, here(c));
	else
		t = parse_decls(
			p, c, sort == SORT_COMPONENT ? CT_COMPONENT : CT_INSTANCE, NO_ID, here(c));
	*out = hoist_type(p, mark, t);
}

static void
parse_value_bound(struct comp_parser *p, struct cursor *c, struct comp_extern_type *out)
{
	if (!at_list_of(c, "eq")) {
		out->how = EXTERN_VALUE_TYPE;
		parse_valtype(p, c, &out->valtype);
		return;
	}
	struct cursor in = take_list_of(c, "eq");
	out->how = EXTERN_VALUE_EQ;
	parse_idx_into(p, &in, SORT_VALUE, &out->index);
	expect_end(&in);
}

static void
parse_type_bound(struct comp_parser *p, struct cursor *c, struct comp_extern_type *out)
{
	struct cursor in;
	if (at_list_of(c, "eq")) {
		in = take_list_of(c, "eq");
		out->how = EXTERN_TYPE_EQ;
		parse_idx_into(p, &in, SORT_TYPE, &out->index);
	} else {
		in = take_list_of(c, "sub");
		out->how = EXTERN_SUB_RESOURCE;
		if (!take_keyword(&in, "resource"))
			unexpected(&in, "`resource`");
	}
	expect_end(&in);
}

void
parse_externtype(
	struct comp_parser *p, struct cursor *c, struct comp_extern_type *out, struct str *id)
{
	*out = (struct comp_extern_type){.at = here(c)};
	struct cursor in = take_list(c, "a type of an import or export");
	struct cursor start = in;
	out->sort = parse_sort(&in, false);
	if (id)
		*id = take_id(&in);
	switch (out->sort) {
	case SORT_VALUE: parse_value_bound(p, &in, out); break;
	case SORT_TYPE: parse_type_bound(p, &in, out); break;
	case SORT_CORE_MODULE:
	case SORT_FUNC:
	case SORT_COMPONENT:
	case SORT_INSTANCE: parse_type_use(p, &in, out->sort, &out->index); break;
	default: unexpected(&start, "`module`");
	}
	expect_end(&in);
}

/* ---- imports, exports and export declarations ---- */

void
parse_import_field(struct comp_parser *p, struct cursor *c, struct loc at)
{
	uint32_t mark = pending_mark(p);
	struct comp_def def = {.kind = DEF_IMPORT, .at = at};
	struct str id;
	parse_extern_name(p, c, &def.import.name);
	parse_externtype(p, c, &def.import.type, &id);
	expect_end(c);
	emit_def(p, mark, &def, id);
}

uint32_t
emit_inline_import(struct comp_parser *p, struct cursor *c, const struct comp_name *name,
	enum comp_sort sort, struct str id, struct loc at)
{
	uint32_t mark = pending_mark(p);
	struct comp_def def = {.kind = DEF_IMPORT, .at = at, .import.name = *name};
	struct comp_extern_type *type = &def.import.type;
	*type = (struct comp_extern_type){.sort = sort, .how = EXTERN_TYPE, .at = here(c)};
	parse_type_use(p, c, sort, &type->index);
	return emit_def(p, mark, &def, id);
}

static void
parse_export_decl(struct comp_parser *p, struct cursor *c, struct loc at)
{
	uint32_t mark = pending_mark(p);
	struct comp_def def = {.kind = DEF_EXPORT, .at = at};
	struct str id;
	def.export.is_decl = true;
	parse_extern_name(p, c, &def.export.name);
	parse_externtype(p, c, &def.export.type, &id);
	expect_end(c);
	emit_def(p, mark, &def, id);
}

/* References of the ascribed type come first: they are resolved before what is exported. */
void
parse_export_field(struct comp_parser *p, struct cursor *c, struct loc at)
{
	uint32_t mark = pending_mark(p);
	struct comp_def def = {.kind = DEF_EXPORT, .at = at};
	struct comp_export *e = &def.export;
	struct str id = take_id(c);
	parse_extern_name(p, c, &e->name);
	struct cursor ref = *c;
	take_list(c, "a reference");
	if (!at_end(c)) {
		e->has_type = true;
		parse_externtype(p, c, &e->type, NULL);
	}
	expect_end(c);
	parse_externidx(p, &ref, false, &e->ref);
	emit_def(p, mark, &def, id);
}

/* ---- declarations ---- */

static void
parse_decl(struct comp_parser *p, struct cursor *c, enum comp_type_kind kind)
{
	struct loc at = here(c);
	struct cursor in = take_list(c, "a declaration");
	if (take_keyword(&in, "core"))
		parse_core_type_field(p, &in, at);
	else if (take_keyword(&in, "type"))
		parse_type_field(p, &in, at);
	else if (take_keyword(&in, "alias"))
		parse_alias_field(p, &in, at);
	else if (take_keyword(&in, "export"))
		parse_export_decl(p, &in, at);
	else if (kind == CT_COMPONENT && take_keyword(&in, "import"))
		parse_import_field(p, &in, at);
	else
		unexpected(&in, "a declaration");
}

struct comp_type *
parse_decls(struct comp_parser *p, struct cursor *c, enum comp_type_kind kind, struct str id,
	struct loc at)
{
	struct comp_type *t = arena_new_of(p->arena, struct comp_type);
	t->kind = kind;
	t->at = at;
	t->decls = arena_new_of(p->arena, struct component);
	t->decls->at = at;
	t->decls->id = id;
	scope_push(p, t->decls, id);
	p->scope->is_type = true;
	while (!at_end(c))
		parse_decl(p, c, kind);
	scope_pop(p);
	return t;
}
