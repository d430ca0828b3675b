/* types_core.c - core types at run time: function types, and module types, which a top-level
 * component may import. Explainer.md, "Type Definitions" (core:moduletype). */
#include "base/error.h"
#include "component/types_core.h"
#include "link/types.h"

/* The types of a module type, which is a scope of its own. */
struct module_types {
	struct scope *outer;
	VEC(const struct core_functype *) types;
	struct module_type *type;
};

static void
add_types(struct module_types *m, const struct core_rectype *rec)
{
	for (uint32_t i = 0; i < rec->ntypes; i++)
		vec_push(m->outer->linked->arena, &m->types, &rec->types[i].func);
}

static void
add_alias(struct module_types *m, const struct comp_module_decl *d)
{
	if (d->outer_count == 0) {
		vec_push(m->outer->linked->arena, &m->types, m->types.data[d->outer_index]);
		return;
	}
	struct scope *from = m->outer;
	for (uint32_t i = 1; i < d->outer_count && from; i++)
		from = from->outer;
	if (!from)
		internal_error("an outer alias leads out of the outermost component");
	const struct link_item *item = space_at(from, SORT_CORE_TYPE, d->outer_index);
	vec_push(m->outer->linked->arena, &m->types, item->core_type->func);
}

static const struct core_sig *
sig_of(struct module_types *m, const struct core_externtype *t)
{
	bool has_func = t->sort == CORE_SORT_FUNC || t->sort == CORE_SORT_TAG;
	const struct core_functype *func = has_func ? m->types.data[t->type] : NULL;
	return core_sig_of(m->outer->linked->arena, t, func);
}

static void
eval_decl(struct module_types *m, const struct comp_module_decl *d)
{
	struct arena *a = m->outer->linked->arena;
	switch (d->kind) {
	case MODULE_DECL_TYPE: add_types(m, d->def->rec); break;
	case MODULE_DECL_ALIAS: add_alias(m, d); break;
	case MODULE_DECL_IMPORT:
		core_import_add(a, m->type, d->module, d->name, sig_of(m, d->type), d->at);
		break;
	case MODULE_DECL_EXPORT: {
		struct core_item item = {.name = d->name, .type = sig_of(m, d->type)};
		core_list_add(a, &m->type->exports, d->name, item);
		break;
	}
	}
}

static void
push(struct scope *s, struct link_core_type type)
{
	struct link_core_type *t = arena_new_of(s->linked->arena, struct link_core_type);
	*t = type;
	space_push(s, (struct link_item){.sort = SORT_CORE_TYPE, .core_type = t});
}

void
core_type_eval(struct scope *s, const struct comp_core_type *type)
{
	if (type->kind == CORE_TYPE_REC) {
		for (uint32_t i = 0; i < type->rec->ntypes; i++)
			push(s, (struct link_core_type){.func = &type->rec->types[i].func});
		return;
	}
	struct module_types m = {.outer = s};
	m.type = arena_new_of(s->linked->arena, struct module_type);
	for (uint32_t i = 0; i < type->decls.len; i++)
		eval_decl(&m, &type->decls.data[i]);
	push(s, (struct link_core_type){.module = m.type});
}
