/* types_core.c - core types as components see them, and matching between them: core
 * specification, "Import Matching"; Explainer.md, "Type Checking", on modules. */
#include "component/types_core.h"

#include "base/error.h"
#include "component/matching.h"
#include "core/types.h"

/* ---- lists of imports and exports ---- */

bool
core_list_add(struct arena *a, struct core_list *l, struct str key, struct core_item item)
{
	l->index.arena = a;
	if (!strmap_put(&l->index, key, l->items.len))
		return false;
	vec_push(a, &l->items, item);
	return true;
}

const struct core_sig *
core_list_find(const struct core_list *l, struct str key)
{
	uint32_t i;
	return strmap_get(&l->index, key, &i) ? l->items.data[i].type : NULL;
}

struct str
core_import_key(struct arena *a, struct str module, struct str name)
{
	struct strbuf b = {.arena = a};
	strbuf_add(&b, module.ptr, module.len);
	strbuf_addc(&b, ':');
	strbuf_add(&b, name.ptr, name.len);
	return strbuf_str(&b);
}

/* ---- what a module imports and exports ---- */

static const enum comp_sort comp_sorts[CORE_SORT_COUNT] = {
	[CORE_SORT_FUNC] = SORT_CORE_FUNC,
	[CORE_SORT_TABLE] = SORT_CORE_TABLE,
	[CORE_SORT_MEMORY] = SORT_CORE_MEMORY,
	[CORE_SORT_GLOBAL] = SORT_CORE_GLOBAL,
	[CORE_SORT_TAG] = SORT_CORE_TAG,
};

struct core_sig *
core_sig_of(struct arena *a, const struct core_types *ts, const uint32_t *ids,
	const struct core_externtype *t)
{
	struct core_sig *e = arena_new_of(a, struct core_sig);
	*e = (struct core_sig){
		comp_sorts[t->sort], CORE_TYPE_NONE, NULL, t->table, t->memory, t->global};
	if (t->sort == CORE_SORT_TABLE)
		e->table.elem = core_valtype_numbered(ids, e->table.elem);
	if (t->sort == CORE_SORT_GLOBAL)
		e->global.type = core_valtype_numbered(ids, e->global.type);
	if (t->sort == CORE_SORT_FUNC || t->sort == CORE_SORT_TAG) {
		e->type_id = ids[t->type];
		e->func = &core_types_at(ts, e->type_id)->func;
	}
	return e;
}

struct core_sig *
core_sig_of_func(struct arena *a, const struct core_types *ts, uint32_t id)
{
	struct core_externtype t = {.sort = CORE_SORT_FUNC};
	return core_sig_of(a, ts, &id, &t);
}

static struct core_externtype
type_of_export(const struct core_module *m, const struct core_export_def *x)
{
	struct core_externtype t = {.sort = x->sort, .at = x->at};
	switch (x->sort) {
	case CORE_SORT_FUNC: t.type = m->funcs.data[x->index].type; break;
	case CORE_SORT_TABLE: t.table = m->tables.data[x->index].type; break;
	case CORE_SORT_MEMORY: t.memory = m->mems.data[x->index].type; break;
	case CORE_SORT_GLOBAL: t.global = m->globals.data[x->index].type; break;
	default: t.type = m->tags.data[x->index].type;
	}
	return t;
}

void
core_import_add(struct arena *a, struct module_type *t, struct str module, struct str name,
	const struct core_sig *type, struct loc at)
{
	struct str key = core_import_key(a, module, name);
	require(core_list_add(a, &t->imports, key, ((struct core_item){module, name, type})), at,
		"duplicate-core-import", "duplicate import name `" STR_FMT "`", STR_ARG(key));
}

const struct module_type *
module_type_of(struct arena *a, struct core_types *ts, const struct core_module *m)
{
	const uint32_t *ids = core_module_type_ids(a, ts, m);
	struct module_type *t = arena_new_of(a, struct module_type);
	for (uint32_t i = 0; i < m->imports.len; i++) {
		const struct core_import_def *d = &m->imports.data[i];
		core_import_add(a, t, d->module, d->name, core_sig_of(a, ts, ids, &d->type), d->at);
	}
	for (uint32_t i = 0; i < m->exports.len; i++) {
		const struct core_export_def *d = &m->exports.data[i];
		struct core_externtype type = type_of_export(m, d);
		struct core_item item = {.name = d->name, .type = core_sig_of(a, ts, ids, &type)};
		core_list_add(a, &t->exports, d->name, item);
	}
	return t;
}

/* ---- matching ---- */

static bool
match_core_func(const struct core_types *ts, const struct core_sig *actual,
	const struct core_sig *expected, struct mismatch *why)
{
	if (actual->type_id == expected->type_id)
		return true;
	if (expected->sort == SORT_CORE_FUNC &&
		core_types_match(ts, actual->type_id, expected->type_id))
		return true;
	struct arena *a = arena_new(0);
	struct strbuf want = {.arena = a}, have = {.arena = a};
	core_functype_print(&want, expected->func);
	core_functype_print(&have, actual->func);
	mismatch_set(why, "core-func-type-mismatch",
		"expected: (func%s" STR_FMT ") found: (func%s" STR_FMT ")", want.len ? " " : "",
		STR_ARG(strbuf_str(&want)), have.len ? " " : "", STR_ARG(strbuf_str(&have)));
	arena_free(a);
	return false;
}

static bool
limits_fit(const struct core_limits *actual, const struct core_limits *expected)
{
	return actual->min >= expected->min &&
	       (!expected->has_max || (actual->has_max && actual->max <= expected->max));
}

static bool
match_core_table(const struct core_tabletype *actual, const struct core_tabletype *expected,
	struct mismatch *why)
{
	if (!core_valtype_equal(actual->elem, expected->elem))
		return mismatch_set(why, "core-table-elem-mismatch",
			"expected table element type %s, found %s",
			core_valtype_name(expected->elem), core_valtype_name(actual->elem));
	if (actual->limits.is_64 != expected->limits.is_64)
		return mismatch_set(why, "core-table-address-mismatch",
			"mismatch in index type used for tables");
	if (actual->limits.is_shared != expected->limits.is_shared)
		return mismatch_set(why, "core-table-shared-mismatch",
			"mismatch in the shared flag for tables");
	return limits_fit(&actual->limits, &expected->limits) ||
	       mismatch_set(why, "core-table-limits-mismatch", "mismatch in table limits");
}

static bool
match_core_memory(
	const struct core_limits *actual, const struct core_limits *expected, struct mismatch *why)
{
	if (actual->is_shared != expected->is_shared)
		return mismatch_set(why, "core-memory-shared-mismatch",
			"mismatch in the shared flag for memories");
	if (actual->is_64 != expected->is_64)
		return mismatch_set(why, "core-memory-address-mismatch",
			"mismatch in index type used for memories");
	return limits_fit(actual, expected) ||
	       mismatch_set(why, "core-memory-limits-mismatch", "mismatch in memory limits");
}

static bool
match_core_global(const struct core_types *ts, const struct core_globaltype *actual,
	const struct core_globaltype *expected, struct mismatch *why)
{
	if (actual->mutable != expected->mutable)
		return mismatch_set(why, "core-global-mutability-mismatch",
			"global types differ in mutability");
	bool ok = expected->mutable ? core_valtype_equal(actual->type, expected->type)
				    : core_types_valtype_matches(ts, actual->type, expected->type);
	return ok ||
	       mismatch_set(why, "core-global-type-mismatch", "expected global type %s, found %s",
		       core_valtype_name(expected->type), core_valtype_name(actual->type));
}

static const char *
core_noun(enum comp_sort sort)
{
	return comp_sort_name(sort) + sizeof "core";
}

bool
match_core(const struct core_types *ts, const struct core_sig *a, const struct core_sig *e,
	struct mismatch *why)
{
	if (a->sort != e->sort)
		return mismatch_set(why, "core-sort-mismatch", "expected %s, found %s",
			core_noun(e->sort), core_noun(a->sort));
	switch (e->sort) {
	case SORT_CORE_TABLE: return match_core_table(&a->table, &e->table, why);
	case SORT_CORE_MEMORY: return match_core_memory(&a->memory.limits, &e->memory.limits, why);
	case SORT_CORE_GLOBAL: return match_core_global(ts, &a->global, &e->global, why);
	default: return match_core_func(ts, a, e, why);
	}
}

static bool
match_module_imports(struct arena *a, const struct core_types *ts, const struct core_list *actual,
	const struct core_list *expected, struct mismatch *why)
{
	for (uint32_t i = 0; i < actual->items.len; i++) {
		const struct core_item *item = &actual->items.data[i];
		struct str key = core_import_key(a, item->module, item->name);
		const struct core_sig *given = core_list_find(expected, key);
		struct str m = item->module, n = item->name;
		if (!given)
			return mismatch_set(why, "missing-core-import",
				"missing expected import `" STR_FMT "::" STR_FMT "`", STR_ARG(m),
				STR_ARG(n));
		if (!match_core(ts, given, item->type, why)) {
			mismatch_context(why, "type mismatch in import `" STR_FMT "::" STR_FMT "`",
				STR_ARG(m), STR_ARG(n));
			return false;
		}
	}
	return true;
}

bool
match_module(struct arena *a, const struct core_types *ts, const struct module_type *actual,
	const struct module_type *expected, struct mismatch *why)
{
	if (actual == expected)
		return true;
	if (!match_module_imports(a, ts, &actual->imports, &expected->imports, why))
		return false;
	for (uint32_t i = 0; i < expected->exports.items.len; i++) {
		const struct core_item *item = &expected->exports.items.data[i];
		const struct core_sig *found = core_list_find(&actual->exports, item->name);
		if (!found)
			return mismatch_set(why, "missing-core-module-export",
				"missing expected export `" STR_FMT "`", STR_ARG(item->name));
		if (!match_core(ts, found, item->type, why)) {
			mismatch_context(
				why, "type mismatch in export `" STR_FMT "`", STR_ARG(item->name));
			return false;
		}
	}
	return true;
}
