/* text_core.c - core modules, core types and core module types inside of components.
 * Explainer.md, "Type Definitions": core:type, core:moduletype.
 *
 * Core definitions themselves are parsed by core/text; here their names meet the component's
 * index spaces. A module type has a type index space of its own, which starts empty: function
 * types written in place are added to it before their use, or found among those that were
 * written as declarations. */
#include "component/text_parse.h"

#include "core/text.h"

struct core_module *
parse_core_module(struct comp_parser *p, struct cursor *c, struct str id, struct loc at)
{
	return core_parse_fields(p->arena, c, id, at);
}

/* ---- types ---- */

/* Within a type definition an outer name is unknown: the types of a group count from the
 * group's start, which no alias may move. */
static uint32_t
resolve_core_type(void *env, const struct sexpr *idx)
{
	struct comp_parser *p = env;
	uint32_t index;
	if (idx->kind != SEXPR_ID)
		return u32_value(idx);
	if (p->alias_core)
		return name_resolve(p, SORT_CORE_TYPE, idx);
	if (strmap_get(&p->scope->names[SORT_CORE_TYPE], idx->text, &index))
		return index;
	raise_error(ERR_MALFORMED, idx->at, "unknown-core-type",
		"unknown core type: nothing here is named `$" STR_FMT "`", STR_ARG(idx->text));
}

static struct core_type_names
names_of(struct comp_parser *p)
{
	return (struct core_type_names){p->arena, resolve_core_type, p, NULL};
}

struct core_valtype
parse_core_valtype(struct comp_parser *p, struct cursor *c)
{
	struct core_type_names names = names_of(p);
	return core_parse_valtype(&names, c);
}

/* Types of a recursion group are named before they are parsed, since they may refer to each
 * other. The cursors stand behind (type. */
static struct comp_core_type *
parse_group(struct comp_parser *p, struct cursor *types, uint32_t n, struct loc at)
{
	struct core_type_names names = names_of(p);
	struct comp_core_type *t = arena_new_of(p->arena, struct comp_core_type);
	*t = (struct comp_core_type){.kind = CORE_TYPE_REC, .at = at};
	t->rec = arena_new_of(p->arena, struct core_rectype);
	t->rec->at = at;
	t->rec->ntypes = n;
	t->rec->types = arena_array_of(p->arena, n, struct core_subtype);
	for (uint32_t i = 0; i < n; i++) {
		struct loc id_at = here(&types[i]);
		struct str id = take_id(&types[i]);
		name_bind(p, SORT_CORE_TYPE, p->scope->counts[SORT_CORE_TYPE]++, id, id_at);
	}
	for (uint32_t i = 0; i < n; i++)
		core_parse_subtype(&names, &types[i], &t->rec->types[i]);
	return t;
}

/* type $id? <subtype>, or rec (type ...)* */
static struct comp_core_type *
parse_rectype(struct comp_parser *p, struct cursor *c, struct loc at)
{
	if (take_keyword(c, "type")) {
		struct cursor one = *c;
		c->pos = c->list->len;
		return parse_group(p, &one, 1, at);
	}
	take_item(c);
	uint32_t n = items_left(c);
	struct cursor *types = arena_array_of(p->arena, n, struct cursor);
	for (uint32_t i = 0; i < n; i++)
		types[i] = take_list_of(c, "type");
	return parse_group(p, types, n, at);
}

/* ---- module types ---- */

static struct comp_module_decl *
add_decl(struct comp_parser *p, enum comp_module_decl_kind kind, struct loc at)
{
	struct comp_module_decl *d = vec_add(p->arena, &p->scope->module_type->decls);
	d->kind = kind;
	d->at = at;
	return d;
}

/* The types of a group, as the next ones of a module type. */
static void
add_functypes(struct comp_parser *p, const struct core_rectype *rec)
{
	for (uint32_t i = 0; i < rec->ntypes; i++) {
		bool func = rec->types[i].kind == CORE_COMP_FUNC;
		vec_push(p->arena, &p->scope->core_types, func ? &rec->types[i].func : NULL);
	}
}

/* A type that is declared alone may stand for an equal one written in place. */
static void
note_declared(struct comp_parser *p, const struct comp_core_type *t, uint32_t index)
{
	const struct core_subtype *sub = t->rec->types;
	if (t->rec->ntypes == 1 && sub->kind == CORE_COMP_FUNC && !sub->open && !sub->nsupers)
		strmap_put(&p->scope->functypes, core_functype_key(p->arena, &sub->func), index);
}

static uint32_t
declare_functype(struct comp_parser *p, const struct core_type_use *use)
{
	struct comp_core_type *t = arena_new_of(p->arena, struct comp_core_type);
	*t = (struct comp_core_type){.kind = CORE_TYPE_REC, .at = use->at};
	t->rec = arena_new_of(p->arena, struct core_rectype);
	t->rec->at = use->at;
	t->rec->ntypes = 1;
	t->rec->types = arena_new_of(p->arena, struct core_subtype);
	*t->rec->types =
		(struct core_subtype){.at = use->at, .kind = CORE_COMP_FUNC, .func = use->type};
	add_decl(p, MODULE_DECL_TYPE, use->at)->def = t;
	add_functypes(p, t->rec);
	return p->scope->counts[SORT_CORE_TYPE]++;
}

static uint32_t
type_use_index(struct comp_parser *p, const struct core_type_use *use)
{
	struct scope *s = p->scope;
	uint32_t index;
	if (!use->has_index) {
		struct str key = core_functype_key(p->arena, &use->type);
		return strmap_get(&s->functypes, key, &index) ? index : declare_functype(p, use);
	}
	if (use->has_inline && use->index < s->core_types.len) {
		const struct core_functype *type = s->core_types.data[use->index];
		if (type && !core_functype_equal(type, &use->type))
			raise_error(ERR_MALFORMED, use->at, "inline-function-type",
				"inline function type differs from type %u", use->index);
	}
	return use->index;
}

/* An externtype of core WebAssembly. A name that it binds is in a space that nothing refers to. */
static struct core_externtype *
parse_core_externtype(struct comp_parser *p, struct cursor *c)
{
	struct core_type_names names = names_of(p);
	struct core_externtype *type = arena_new_of(p->arena, struct core_externtype);
	struct core_type_use use;
	struct str id;
	p->alias_core = true;
	core_parse_externtype(&names, c, type, &use, &id);
	p->alias_core = false;
	if (type->sort == CORE_SORT_FUNC || type->sort == CORE_SORT_TAG)
		type->type = type_use_index(p, &use);
	return type;
}

/* alias outer <idx> <idx> (type $id?) */
static void
parse_core_alias(struct comp_parser *p, struct cursor *c, struct loc at)
{
	if (!take_keyword(c, "outer"))
		unexpected(c, "`outer`");
	uint32_t count = outer_count_resolve(p, take_idx(c));
	uint32_t index = outer_index_resolve(p, count, SORT_CORE_TYPE, take_idx(c));
	struct cursor in = take_list_of(c, "type");
	struct loc id_at = here(&in);
	struct str id = take_id(&in);
	expect_end(&in);
	struct comp_module_decl *d = add_decl(p, MODULE_DECL_ALIAS, at);
	d->outer_count = count;
	d->outer_index = index;
	vec_push(p->arena, &p->scope->core_types, NULL);
	name_bind(p, SORT_CORE_TYPE, p->scope->counts[SORT_CORE_TYPE]++, id, id_at);
}

static void
parse_module_decl(struct comp_parser *p, struct cursor *c)
{
	struct loc at = here(c);
	struct cursor in = take_list(c, "a declaration of a module type");
	if (at_keyword(&in, "type") || at_keyword(&in, "rec")) {
		uint32_t index = p->scope->counts[SORT_CORE_TYPE];
		struct comp_core_type *t = parse_rectype(p, &in, at);
		add_decl(p, MODULE_DECL_TYPE, at)->def = t;
		add_functypes(p, t->rec);
		note_declared(p, t, index);
	} else if (take_keyword(&in, "alias")) {
		parse_core_alias(p, &in, at);
	} else if (take_keyword(&in, "import")) {
		struct str module = take_name(&in), name = take_name(&in);
		struct core_externtype *type = parse_core_externtype(p, &in);
		struct comp_module_decl *d = add_decl(p, MODULE_DECL_IMPORT, at);
		d->module = module;
		d->name = name;
		d->type = type;
	} else if (take_keyword(&in, "export")) {
		struct str name = take_name(&in);
		struct core_externtype *type = parse_core_externtype(p, &in);
		struct comp_module_decl *d = add_decl(p, MODULE_DECL_EXPORT, at);
		d->name = name;
		d->type = type;
	} else {
		unexpected(&in, "a declaration of a module type");
	}
	expect_end(&in);
}

struct comp_core_type *
parse_module_type(struct comp_parser *p, struct cursor *c, struct str id, struct loc at)
{
	struct comp_core_type *t = arena_new_of(p->arena, struct comp_core_type);
	*t = (struct comp_core_type){.kind = CORE_TYPE_MODULE, .at = at};
	scope_push_module_type(p, t, id);
	while (!at_end(c))
		parse_module_decl(p, c);
	scope_pop(p);
	return t;
}

/* ---- definitions ---- */

static bool
at_module_type(const struct cursor *c)
{
	struct cursor in = *c;
	take_item(&in);
	take_id(&in);
	return at_list_of(&in, "module");
}

void
parse_core_type_field(struct comp_parser *p, struct cursor *c, struct loc at)
{
	struct comp_def def = {.kind = DEF_CORE_TYPE, .at = at};
	if (!at_module_type(c)) {
		uint32_t before = p->scope->counts[SORT_CORE_TYPE];
		def.core_type = parse_rectype(p, c, at);
		p->scope->counts[SORT_CORE_TYPE] = before; /* emit counts them again */
		emit_def(p, pending_mark(p), &def, NO_ID);
		return;
	}
	take_item(c);
	struct str id = take_id(c);
	struct cursor in = take_list_of(c, "module");
	def.core_type = parse_module_type(p, &in, id, at);
	expect_end(c);
	emit_def(p, pending_mark(p), &def, id);
}
