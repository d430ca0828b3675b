/* types_core.c - core types at run time: function types, and module types, which a top-level
 * component may import. Explainer.md, "Type Definitions" (core:moduletype). */
#include "base/error.h"
#include "component/types_core.h"
#include "core/instance.h"
#include "core/types.h"
#include "link/types.h"

/* The types of a module type, which is a scope of its own. */
struct module_types {
	struct scope *outer;
	struct core_type_space ids;
	struct module_type *type;
};

static struct core_types *
types_of(const struct scope *s)
{
	return s->linked->core->types;
}

static void
add_types(struct module_types *m, const struct core_rectype *rec)
{
	uint32_t id = core_types_number(types_of(m->outer), &m->ids, rec->types, rec->ntypes);
	for (uint32_t i = 0; i < rec->ntypes; i++)
		vec_push(m->outer->linked->arena, &m->ids.ids, id + i);
}

static void
add_alias(struct module_types *m, const struct comp_module_decl *d)
{
	if (d->outer_count == 0) {
		vec_push(m->outer->linked->arena, &m->ids.ids, m->ids.ids.data[d->outer_index]);
		return;
	}
	struct scope *from = m->outer;
	for (uint32_t i = 1; i < d->outer_count && from; i++)
		from = from->outer;
	if (!from)
		internal_error("an outer alias leads out of the outermost component");
	const struct link_item *item = space_at(from, SORT_CORE_TYPE, d->outer_index);
	vec_push(m->outer->linked->arena, &m->ids.ids, item->core_type->id);
}

static void
eval_decl(struct module_types *m, const struct comp_module_decl *d)
{
	struct arena *a = m->outer->linked->arena;
	struct core_item item = {.name = d->name};
	if (d->kind == MODULE_DECL_IMPORT || d->kind == MODULE_DECL_EXPORT)
		item.type = core_sig_of(a, types_of(m->outer), m->ids.ids.data, d->type);
	switch (d->kind) {
	case MODULE_DECL_TYPE: add_types(m, d->def->rec); break;
	case MODULE_DECL_ALIAS: add_alias(m, d); break;
	case MODULE_DECL_IMPORT:
		core_import_add(a, m->type, d->module, d->name, item.type, d->at);
		break;
	case MODULE_DECL_EXPORT: core_list_add(a, &m->type->exports, d->name, item); break;
	}
}

static void
push(struct scope *s, struct link_core_type type)
{
	struct link_core_type *t = arena_new_of(s->linked->arena, struct link_core_type);
	*t = type;
	space_push(s, (struct link_item){.sort = SORT_CORE_TYPE, .core_type = t});
}

/* The numbers of the core types so far, whatever brought them. */
static const struct core_type_space *
ids_of(struct scope *s)
{
	struct core_type_space *ids = &s->core_ids;
	for (uint32_t i = ids->ids.len; i < s->spaces[SORT_CORE_TYPE].len; i++)
		vec_push(
			s->linked->arena, &ids->ids, space_at(s, SORT_CORE_TYPE, i)->core_type->id);
	return ids;
}

static void
eval_group(struct scope *s, const struct core_rectype *rec)
{
	uint32_t id = core_types_number(types_of(s), ids_of(s), rec->types, rec->ntypes);
	for (uint32_t i = 0; i < rec->ntypes; i++)
		push(s, (struct link_core_type){
				.id = id + i,
				.func = core_store_functype(s->linked->core, id + i),
			});
}

void
core_type_eval(struct scope *s, const struct comp_core_type *type)
{
	if (type->kind == CORE_TYPE_REC) {
		eval_group(s, type->rec);
		return;
	}
	struct module_types m = {.outer = s};
	m.type = arena_new_of(s->linked->arena, struct module_type);
	for (uint32_t i = 0; i < type->decls.len; i++)
		eval_decl(&m, &type->decls.data[i]);
	push(s, (struct link_core_type){CORE_TYPE_NONE, NULL, m.type});
}
