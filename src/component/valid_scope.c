/* valid_scope.c - index spaces of the component validator. See valid_scope.h. */
#include "component/valid_scope.h"

#include "base/error.h"

void
scope_init(struct scope *s, struct scope *outer, enum scope_kind kind, struct ctypes *ts)
{
	struct id_map map = {.arena = ts->arena};
	*s = (struct scope){.outer = outer, .kind = kind, .ts = ts, .arena = ts->arena};
	s->imports.index.arena = s->exports.index.arena = ts->arena;
	s->imported = s->exported = (struct visible){map, map};
	name_scope_init(&s->import_names, ts->arena, "import");
	name_scope_init(&s->export_names, ts->arena, "export");
}

const char *
sort_noun(enum comp_sort sort)
{
	static const char *const nouns[SORT_COUNT] = {
		[SORT_CORE_FUNC] = "function",
		[SORT_CORE_TABLE] = "table",
		[SORT_CORE_MEMORY] = "memory",
		[SORT_CORE_GLOBAL] = "global",
		[SORT_CORE_TAG] = "tag",
		[SORT_CORE_TYPE] = "type",
		[SORT_CORE_MODULE] = "module",
		[SORT_CORE_INSTANCE] = "core instance",
		[SORT_FUNC] = "function",
		[SORT_VALUE] = "value",
		[SORT_TYPE] = "type",
		[SORT_COMPONENT] = "component",
		[SORT_INSTANCE] = "instance",
	};
	return nouns[sort];
}

void
scope_add(struct scope *s, enum comp_sort sort, const void *def)
{
	vec_push(s->arena, &s->spaces[sort], def);
	if (sort == SORT_CORE_TYPE)
		vec_push(s->arena, &s->core_space.ids, ((const struct core_typedef *)def)->id);
}

const void *
scope_get(const struct scope *s, enum comp_sort sort, uint32_t index, struct loc at)
{
	require(index < s->spaces[sort].len, at, comp_sort_unknown(sort),
		"unknown %s %u: %s index out of bounds", sort_noun(sort), index, sort_noun(sort));
	return s->spaces[sort].data[index];
}

const struct ctype *
scope_type(const struct scope *s, uint32_t index, struct loc at)
{
	return scope_get(s, SORT_TYPE, index, at);
}

const struct ctype *
scope_func(const struct scope *s, struct comp_ref ref)
{
	return scope_get(s, SORT_FUNC, ref.index, ref.at);
}

const struct core_functype *
scope_core_func(const struct scope *s, struct comp_ref ref)
{
	const struct core_sig *e = scope_get(s, SORT_CORE_FUNC, ref.index, ref.at);
	return e->func;
}

void
scope_add_extern(struct scope *s, struct extern_type e, struct loc at)
{
	if (e.sort == SORT_CORE_MODULE) {
		scope_add(s, e.sort, e.module);
	} else if (e.sort == SORT_VALUE) {
		struct value_def *v = arena_new_of(s->arena, struct value_def);
		*v = (struct value_def){e.type, at, false};
		scope_add(s, e.sort, v);
	} else {
		scope_add(s, e.sort, e.type);
	}
}

struct extern_type
scope_extern(struct scope *s, struct comp_ref ref)
{
	const void *def = scope_get(s, ref.sort, ref.index, ref.at);
	struct extern_type e = {.sort = ref.sort};
	switch (ref.sort) {
	case SORT_CORE_MODULE: e.module = def; return e;
	case SORT_VALUE: e.type = use_value(s, ref); return e;
	case SORT_FUNC:
	case SORT_TYPE:
	case SORT_COMPONENT:
	case SORT_INSTANCE: e.type = def; return e;
	default:
		raise_error(ERR_INVALID, ref.at, "export-core-sort",
			"a %s cannot be imported, exported or passed between components",
			comp_sort_name(ref.sort));
	}
}
