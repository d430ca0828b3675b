/* text_names.c - name scopes of the component text parser: resolving names and indices,
 * expanding inline aliases and outer names, and emitting definitions.
 * Explainer.md, "Index Spaces" and "Alias Definitions".
 *
 * An outer name or an inline alias emits an alias each time it is used; nothing is shared, so
 * that numeric indices are what other tools make of the same text. */
#include "component/text_names.h"

void
scope_push(struct comp_parser *p, struct component *body, struct str id)
{
	struct scope *s = arena_new_of(p->arena, struct scope);
	*s = (struct scope){.outer = p->scope, .id = id, .body = body};
	for (int i = 0; i < SORT_COUNT; i++)
		s->names[i].arena = p->arena;
	s->functypes.arena = p->arena;
	p->scope = s;
}

void
scope_push_module_type(struct comp_parser *p, struct comp_core_type *type, struct str id)
{
	scope_push(p, NULL, id);
	p->scope->module_type = type;
}

void
scope_pop(struct comp_parser *p)
{
	p->scope = p->scope->outer;
}

void
name_bind(struct comp_parser *p, enum comp_sort sort, uint32_t index, struct str id, struct loc at)
{
	struct scope *s = p->scope;
	if (!id.len)
		return;
	if (!strmap_put(&s->names[sort], id, index))
		raise_error(ERR_MALFORMED, at, "duplicate-identifier",
			"duplicate %s identifier `$" STR_FMT "`", comp_sort_name(sort),
			STR_ARG(id));
	if (s->body)
		vec_push(p->arena, &s->body->ids, ((struct comp_id){sort, index, id}));
}

/* ---- resolving ---- */

bool
sort_is_outer_aliasable(enum comp_sort sort)
{
	return sort == SORT_CORE_MODULE || sort == SORT_CORE_TYPE || sort == SORT_TYPE ||
	       sort == SORT_COMPONENT;
}

static NORETURN void
unknown_name(enum comp_sort sort, const struct sexpr *idx)
{
	raise_error(ERR_MALFORMED, idx->at, comp_sort_unknown(sort),
		"unknown %s: no definition before this is named `$" STR_FMT "`",
		comp_sort_name(sort), STR_ARG(idx->text));
}

static uint32_t
emit_alias(struct comp_parser *p, struct comp_alias alias, struct loc at)
{
	struct scope *s = p->scope;
	if (s->module_type) {
		vec_push(p->arena, &s->core_types, NULL);
		struct comp_module_decl *d = vec_add(p->arena, &s->module_type->decls);
		*d = (struct comp_module_decl){.kind = MODULE_DECL_ALIAS,
			.at = at,
			.outer_count = alias.outer_count,
			.outer_index = alias.outer_index};
		return s->counts[SORT_CORE_TYPE]++;
	}
	struct comp_def def = {.kind = DEF_ALIAS, .at = at, .alias = alias};
	vec_push(p->arena, &s->body->defs, def);
	return s->counts[alias.sort]++;
}

uint32_t
name_resolve(struct comp_parser *p, enum comp_sort sort, const struct sexpr *idx)
{
	if (idx->kind != SEXPR_ID)
		return u32_value(idx);
	uint32_t depth = 0, index;
	for (struct scope *s = p->scope; s; s = s->outer, depth++) {
		if (!strmap_get(&s->names[sort], idx->text, &index))
			continue;
		if (!depth)
			return index;
		if (!sort_is_outer_aliasable(sort))
			raise_error(ERR_MALFORMED, idx->at, "outer-item-not-aliasable",
				"outer item `" STR_FMT "` is not a module, type, or component",
				STR_ARG(idx->text));
		struct comp_alias alias = {.kind = ALIAS_OUTER,
			.sort = sort,
			.outer_count = depth,
			.outer_index = index};
		return emit_alias(p, alias, idx->at);
	}
	unknown_name(sort, idx);
}

uint32_t
outer_count_resolve(struct comp_parser *p, const struct sexpr *idx)
{
	if (idx->kind != SEXPR_ID)
		return u32_value(idx);
	uint32_t depth = 0;
	for (struct scope *s = p->scope; s; s = s->outer, depth++)
		if (s->id.len && str_eq(s->id, idx->text))
			return depth;
	raise_error(ERR_MALFORMED, idx->at, "unknown-outer-component",
		"outer component `$" STR_FMT "` not found", STR_ARG(idx->text));
}

uint32_t
outer_index_resolve(
	struct comp_parser *p, uint32_t count, enum comp_sort sort, const struct sexpr *idx)
{
	if (idx->kind != SEXPR_ID)
		return u32_value(idx);
	struct scope *s = p->scope;
	for (uint32_t i = 0; s && i < count; i++)
		s = s->outer;
	if (!s)
		raise_error(ERR_MALFORMED, idx->at, "outer-count-too-large",
			"outer count of `%u` is too large", count);
	uint32_t index;
	if (!strmap_get(&s->names[sort], idx->text, &index))
		unknown_name(sort, idx);
	return index;
}

/* ---- pending references ---- */

uint32_t
pending_mark(const struct comp_parser *p)
{
	return p->pending.len;
}

void
pending_add(struct comp_parser *p, struct pending_ref ref)
{
	vec_push(p->arena, &p->pending, ref);
}

bool
sort_is_of_core_instance(enum comp_sort sort)
{
	return sort < SORT_CORE_MODULE || sort == SORT_CORE_INSTANCE;
}

/* (sort idx "a" "b"): an alias for each name, of an instance except for the last. */
static uint32_t
resolve_exports(struct comp_parser *p, struct pending_ref r)
{
	bool core = sort_is_of_core_instance(r.sort);
	enum comp_sort from = core ? SORT_CORE_INSTANCE : SORT_INSTANCE;
	uint32_t index = name_resolve(p, from, r.idx);
	while (at_string(&r.exports)) {
		struct loc at = here(&r.exports);
		struct str name = take_name(&r.exports);
		struct comp_alias alias = {
			.kind = core ? ALIAS_CORE_EXPORT : ALIAS_EXPORT,
			.sort = at_string(&r.exports) ? from : r.sort,
			.instance = {from, index, r.idx->at},
			.name = name,
		};
		index = emit_alias(p, alias, at);
	}
	return index;
}

void
pending_resolve(struct comp_parser *p, uint32_t mark)
{
	for (uint32_t i = mark; i < p->pending.len; i++) {
		struct pending_ref r = p->pending.data[i];
		*r.out = at_string(&r.exports) ? resolve_exports(p, r)
					       : name_resolve(p, r.sort, r.idx);
	}
	p->pending.len = mark;
}

uint32_t
emit_def(struct comp_parser *p, uint32_t mark, const struct comp_def *def, struct str id)
{
	struct scope *s = p->scope;
	pending_resolve(p, mark);
	uint32_t count;
	enum comp_sort sort = comp_def_sort(def, &count);
	uint32_t index = s->counts[sort];
	vec_push(p->arena, &s->body->defs, *def);
	s->counts[sort] += count;
	name_bind(p, sort, index, id, def->at);
	return index;
}
