/* text_instance.c - instance, core instance and alias definitions in the component text
 * format. Explainer.md, "Instance Definitions" and "Alias Definitions".
 *
 * (with "n" (instance (export ...)*)) becomes an instance of its own before. */
#include "component/text_parse.h"

/* ---- aliases ---- */

/* What stands between (alias and the sort; the sort is given. Not all sorts can be aliased in
 * all ways, but that is for validation to say, except for outer names. */
static void
parse_alias_target(struct comp_parser *p, struct cursor *c, struct comp_alias *out)
{
	if (take_keyword(c, "outer")) {
		out->kind = ALIAS_OUTER;
		if (!sort_is_outer_aliasable(out->sort))
			unexpected(c, "an outer alias of a module, type, or component");
		out->outer_count = outer_count_resolve(p, take_idx(c));
		out->outer_index = outer_index_resolve(p, out->outer_count, out->sort, take_idx(c));
		return;
	}
	out->kind = ALIAS_EXPORT;
	if (take_keyword(c, "core"))
		out->kind = ALIAS_CORE_EXPORT;
	if (!take_keyword(c, "export"))
		unexpected(c, "`export`");
	bool core = out->kind == ALIAS_CORE_EXPORT;
	if (core && out->sort > SORT_CORE_INSTANCE)
		unexpected(c, "an alias of a core sort");
	parse_idx(p, c, core ? SORT_CORE_INSTANCE : SORT_INSTANCE, &out->instance);
	out->name = take_name(c);
}

/* (alias <target> (<sort> $id?)): the sort comes last, but says in which index space the
 * target lies. */
void
parse_alias_field(struct comp_parser *p, struct cursor *c, struct loc at)
{
	uint32_t mark = pending_mark(p);
	struct comp_def def = {.kind = DEF_ALIAS, .at = at};
	struct cursor target = *c;
	while (!at_end(c) && !(at_list(c) && is_last(c)))
		take_item(c);
	struct cursor in = take_list(c, "a sort");
	def.alias.sort = parse_sort(&in, false);
	struct str id = take_id(&in);
	expect_end(&in);
	parse_alias_target(p, &target, &def.alias);
	if (!at_list(&target) || !is_last(&target))
		unexpected(&target, "a sort");
	emit_def(p, mark, &def, id);
}

bool
parse_inverted_alias(struct comp_parser *p, struct cursor *c, enum comp_sort sort, struct str id,
	uint32_t *index)
{
	if (!at_list_of(c, "alias"))
		return false;
	struct cursor copy = *c;
	struct comp_def def = {.kind = DEF_ALIAS, .at = here(c), .alias.sort = sort};
	struct cursor in = take_list_of(&copy, "alias");
	if (at_list(&in) || last_is_list(&in))
		return false;
	uint32_t mark = pending_mark(p);
	parse_alias_target(p, &in, &def.alias);
	expect_end(&in);
	*c = copy;
	*index = emit_def(p, mark, &def, id);
	return true;
}

/* ---- instances ---- */

static void
parse_inline_export(
	struct comp_parser *p, struct cursor *c, bool core, struct comp_inline_export *out)
{
	struct cursor in = take_list_of(c, "export");
	if (core) {
		out->name.at = here(&in);
		out->name.name = take_name(&in);
	} else {
		parse_extern_name(p, &in, &out->name);
	}
	parse_externidx(p, &in, core, &out->ref);
	expect_end(&in);
}

static void
parse_inline_exports(struct comp_parser *p, struct cursor *c, bool core, struct comp_instance *out)
{
	vec_reserve(p->arena, &out->exports, items_left(c));
	while (!at_end(c)) {
		struct comp_inline_export *e = vec_add(p->arena, &out->exports);
		parse_inline_export(p, c, core, e);
	}
}

/* (instance (export ...)*) as an argument: a definition of its own. */
static void
hoist_instance(struct comp_parser *p, struct cursor *c, bool core, struct comp_ref *out)
{
	uint32_t mark = pending_mark(p);
	struct comp_def def = {
		.kind = core ? DEF_CORE_INSTANCE : DEF_INSTANCE,
		.at = here(c),
	};
	struct cursor in = take_list_of(c, "instance");
	parse_inline_exports(p, &in, core, &def.instance);
	out->sort = core ? SORT_CORE_INSTANCE : SORT_INSTANCE;
	out->at = def.at;
	out->index = emit_def(p, mark, &def, NO_ID);
}

/* Whether the argument is (instance (export ...)*) rather than a reference. */
static bool
at_instance_of_exports(const struct cursor *c)
{
	if (!at_list_of(c, "instance"))
		return false;
	struct cursor copy = *c;
	struct cursor in = take_list_of(&copy, "instance");
	return at_end(&in) || at_list(&in);
}

static void
parse_with(struct comp_parser *p, struct cursor *c, bool core, struct comp_arg *out)
{
	out->at = here(c);
	struct cursor in = take_list_of(c, "with");
	out->name = take_name(&in);
	if (at_instance_of_exports(&in))
		hoist_instance(p, &in, core, &out->ref);
	else if (core)
		parse_sortidx(p, &in, SORT_CORE_INSTANCE, &out->ref);
	else
		parse_externidx(p, &in, false, &out->ref);
	expect_end(&in);
}

static void
parse_instantiate(struct comp_parser *p, struct cursor *c, bool core, struct comp_instance *out)
{
	struct cursor in = take_list_of(c, "instantiate");
	out->is_instantiate = true;
	parse_idx(p, &in, core ? SORT_CORE_MODULE : SORT_COMPONENT, &out->target);
	vec_reserve(p->arena, &out->args, items_left(&in));
	while (!at_end(&in)) {
		struct comp_arg *arg = vec_add(p->arena, &out->args);
		parse_with(p, &in, core, arg);
	}
}

static void
parse_instance_expr(struct comp_parser *p, struct cursor *c, bool core, struct comp_instance *out)
{
	if (at_list_of(c, "instantiate"))
		parse_instantiate(p, c, core, out);
	else
		parse_inline_exports(p, c, core, out);
	expect_end(c);
}

void
parse_core_instance_field(struct comp_parser *p, struct cursor *c, struct loc at)
{
	uint32_t mark = pending_mark(p), index;
	struct comp_def def = {.kind = DEF_CORE_INSTANCE, .at = at};
	struct str id = take_id(c);
	if (!parse_inverted_alias(p, c, SORT_CORE_INSTANCE, id, &index)) {
		parse_instance_expr(p, c, true, &def.instance);
		emit_def(p, mark, &def, id);
	}
	expect_end(c);
}

void
parse_instance_field(struct comp_parser *p, struct cursor *c, struct loc at)
{
	uint32_t index;
	struct str id = take_id(c);
	struct comp_names exports = {0};
	struct comp_name import;
	if (parse_inline_names(p, c, &exports, &import)) {
		index = emit_inline_import(p, c, &import, SORT_INSTANCE, id, at);
	} else if (!parse_inverted_alias(p, c, SORT_INSTANCE, id, &index)) {
		uint32_t mark = pending_mark(p);
		struct comp_def def = {.kind = DEF_INSTANCE, .at = at};
		parse_instance_expr(p, c, false, &def.instance);
		index = emit_def(p, mark, &def, id);
	}
	expect_end(c);
	add_inline_exports(p, &exports, SORT_INSTANCE, index, at);
}
