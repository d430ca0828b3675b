/* valid_core.c - core modules in components, core types, and module types: Explainer.md,
 * "Type Definitions"; Binary.md, the notes to that section. */
#include "component/valid_scope.h"

#include "base/error.h"
#include "core/types.h"
#include "core/valid.h"

#define MAX_PAGES_32 65536u
#define MAX_PAGES_64 ((uint64_t)1 << 48)

void
valid_core_module(struct scope *s, struct core_module *m)
{
	core_validate(s->arena, m);
	scope_add(s, SORT_CORE_MODULE, module_type_of(s->arena, s->ts->core, m));
}

/* ---- module types ---- */

/* The scope that a module type is. */
struct module_scope {
	struct scope *outer;
	struct arena *arena;
	VEC(const struct core_typedef *) types;
	struct core_type_space space; /* their numbers */
	struct module_type *type;
};

static const struct core_typedef *
typedef_of(const struct scope *s, uint32_t id)
{
	struct core_typedef *t = arena_new_of(s->arena, struct core_typedef);
	t->id = id;
	t->sub = core_types_at(s->ts->core, id);
	return t;
}

static void
add_type(struct module_scope *m, const struct core_typedef *t)
{
	vec_push(m->arena, &m->types, t);
	vec_push(m->arena, &m->space.ids, t->id);
}

static void
add_types(struct module_scope *m, const struct core_rectype *rec)
{
	uint32_t first = core_types_number(m->outer->ts->core, &m->space, rec->types, rec->ntypes);
	for (uint32_t i = 0; i < rec->ntypes; i++)
		add_type(m, typedef_of(m->outer, first + i));
}

static const struct core_typedef *
type_at(const struct module_scope *m, uint32_t index, struct loc at)
{
	require(index < m->types.len, at, "unknown-core-type",
		"unknown type %u: type index out of bounds", index);
	return m->types.data[index];
}

static const struct core_functype *
func_at(const struct module_scope *m, uint32_t index, struct loc at)
{
	const struct core_typedef *t = type_at(m, index, at);
	require(t->sub->kind == CORE_COMP_FUNC, at, "not-a-function-type",
		"type index %u is not a function type", index);
	return &t->sub->func;
}

static void
valid_type(const struct module_scope *m, struct core_valtype t, struct loc at)
{
	if (t.kind == CORE_KIND_REF && t.heap == CORE_HEAP_INDEX)
		type_at(m, t.index, at);
}

static void
valid_limits(const struct core_limits *l, struct loc at)
{
	require(!l->has_max || l->min <= l->max, at, "size-minimum",
		"size minimum must not be greater than maximum");
	require(!l->is_shared || l->has_max, at, "shared-without-maximum",
		"shared memory must have maximum size");
}

static void
valid_memory(const struct core_limits *l, struct loc at)
{
	uint64_t most = l->is_64 ? MAX_PAGES_64 : MAX_PAGES_32;
	require(l->min <= most && (!l->has_max || l->max <= most), at, "memory-size",
		"memory size must be at most %llu pages", (unsigned long long)most);
	valid_limits(l, at);
}

static const struct core_sig *
valid_core_sig(struct module_scope *m, const struct core_externtype *t)
{
	bool has_func = t->sort == CORE_SORT_FUNC || t->sort == CORE_SORT_TAG;
	const struct core_functype *func = has_func ? func_at(m, t->type, t->at) : NULL;
	if (t->sort == CORE_SORT_TAG)
		require(func->nresults == 0, t->at, "tag-result-type", "non-empty tag result type");
	if (t->sort == CORE_SORT_MEMORY)
		valid_memory(&t->memory.limits, t->at);
	if (t->sort == CORE_SORT_TABLE) {
		valid_limits(&t->table.limits, t->at);
		valid_type(m, t->table.elem, t->at);
	}
	if (t->sort == CORE_SORT_GLOBAL)
		valid_type(m, t->global.type, t->at);
	return core_sig_of(m->arena, m->outer->ts->core, m->space.ids.data, t);
}

static void
valid_module_alias(struct module_scope *m, const struct comp_module_decl *d)
{
	const struct core_typedef *t;
	if (d->outer_count == 0) {
		t = type_at(m, d->outer_index, d->at);
	} else {
		const struct scope *from = m->outer;
		for (uint32_t i = 1; from && i < d->outer_count; i++)
			from = from->outer;
		require(from, d->at, "outer-alias-count", "invalid outer alias count of %u",
			d->outer_count);
		t = scope_get(from, SORT_CORE_TYPE, d->outer_index, d->at);
	}
	require(!t->module, d->at, "module-type-in-module-type",
		"a module type cannot define or alias a module type");
	add_type(m, t);
}

static void
valid_module_decl(struct module_scope *m, const struct comp_module_decl *d)
{
	struct core_item item = {.name = d->name};
	switch (d->kind) {
	case MODULE_DECL_TYPE:
		require(d->def->kind == CORE_TYPE_REC, d->at, "module-type-in-module-type",
			"a module type cannot define or alias a module type");
		add_types(m, d->def->rec);
		break;
	case MODULE_DECL_ALIAS: valid_module_alias(m, d); break;
	case MODULE_DECL_IMPORT:
		core_import_add(
			m->arena, m->type, d->module, d->name, valid_core_sig(m, d->type), d->at);
		break;
	case MODULE_DECL_EXPORT:
		item.type = valid_core_sig(m, d->type);
		require(core_list_add(m->arena, &m->type->exports, d->name, item), d->at,
			"duplicate-core-export", "export name `" STR_FMT "` already defined",
			STR_ARG(d->name));
		break;
	}
}

static const struct module_type *
valid_module_type(struct scope *s, const struct comp_core_type *t)
{
	struct module_scope m = {.outer = s, .arena = s->arena};
	m.type = arena_new_of(s->arena, struct module_type);
	for (uint32_t i = 0; i < t->decls.len; i++)
		valid_module_decl(&m, &t->decls.data[i]);
	return m.type;
}

void
valid_core_type(struct scope *s, const struct comp_core_type *t)
{
	if (t->kind == CORE_TYPE_MODULE) {
		struct core_typedef *def = arena_new_of(s->arena, struct core_typedef);
		def->module = valid_module_type(s, t);
		def->id = CORE_TYPE_NONE;
		scope_add(s, SORT_CORE_TYPE, def);
		return;
	}
	uint32_t first =
		core_types_number(s->ts->core, &s->core_space, t->rec->types, t->rec->ntypes);
	for (uint32_t i = 0; i < t->rec->ntypes; i++)
		scope_add(s, SORT_CORE_TYPE, typedef_of(s, first + i));
}
