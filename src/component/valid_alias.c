/* valid_alias.c - aliases: Explainer.md, "Alias Definitions"; Binary.md, the notes to that
 * section and those on declarators. */
#include "component/valid_scope.h"

#include "base/error.h"

static void
need_declarator_sort(const struct scope *s, bool ok, struct loc at)
{
	require(s->kind == SCOPE_COMPONENT || ok, at, "alias-in-type",
		"aliases in component and instance types may only refer to types or instances");
}

static void
alias_export(struct scope *s, const struct comp_alias *a, struct loc at)
{
	need_declarator_sort(s, a->sort == SORT_INSTANCE || a->sort == SORT_TYPE, at);
	const struct ctype *t = scope_get(s, SORT_INSTANCE, a->instance.index, a->instance.at);
	const struct extern_type *e = extern_list_find(&t->exports, a->name);
	require(e, at, "unknown-export", "instance %u has no export named `" STR_FMT "`",
		a->instance.index, STR_ARG(a->name));
	require(e->sort == a->sort, at, "alias-sort",
		"export `" STR_FMT "` for instance %u is not a %s", STR_ARG(a->name),
		a->instance.index, extern_sort_name(a->sort));
	scope_add_extern(s, *e, at);
}

static void
alias_core_export(struct scope *s, const struct comp_alias *a, struct loc at)
{
	need_declarator_sort(s, false, at);
	const struct core_list *exports =
		scope_get(s, SORT_CORE_INSTANCE, a->instance.index, a->instance.at);
	const struct core_sig *e = core_list_find(exports, a->name);
	require(e, at, "unknown-core-export", "core instance %u has no export named `" STR_FMT "`",
		a->instance.index, STR_ARG(a->name));
	require(e->sort == a->sort, at, "core-alias-sort",
		"export `" STR_FMT "` for core instance %u is not a %s", STR_ARG(a->name),
		a->instance.index, sort_noun(a->sort));
	scope_add(s, a->sort, e);
}

static void
need_outer_sort(const struct scope *s, enum comp_sort sort, struct loc at)
{
	bool type = sort == SORT_TYPE || sort == SORT_CORE_TYPE;
	need_declarator_sort(s, type, at);
	require(type || sort == SORT_CORE_MODULE || sort == SORT_COMPONENT, at, "outer-alias-sort",
		"a %s cannot be aliased from an outer component", comp_sort_name(sort));
}

static void
alias_outer(struct scope *s, const struct comp_alias *a, struct loc at)
{
	const struct scope *from = s;
	bool crosses = false;
	need_outer_sort(s, a->sort, at);
	for (uint32_t i = 0; i < a->outer_count; i++) {
		crosses |= from->kind == SCOPE_COMPONENT;
		from = from->outer;
		require(from, at, "outer-alias-count", "invalid outer alias count of %u",
			a->outer_count);
	}
	const void *def = scope_get(from, a->sort, a->outer_index, at);
	require(!crosses || a->sort != SORT_TYPE || !ctype_has_free_resource(s->ts, def), at,
		"outer-alias-resource",
		"cannot alias outer type which transitively refers to resources not defined in "
		"the current component");
	scope_add(s, a->sort, def);
}

void
valid_alias(struct scope *s, const struct comp_alias *a, struct loc at)
{
	switch (a->kind) {
	case ALIAS_EXPORT: alias_export(s, a, at); break;
	case ALIAS_CORE_EXPORT: alias_core_export(s, a, at); break;
	case ALIAS_OUTER: alias_outer(s, a, at); break;
	}
}
