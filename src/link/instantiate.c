/* instantiate.c - see instantiate.h: one definition after the other, each of which adds to an
 * index space. Explainer.md, "Instance Definitions", "Import and Export Definitions". */
#include "link/instantiate.h"

#include "base/budget.h"
#include "base/fiber.h"
#include "link/canon.h"
#include "link/constant.h"
#include "link/core_instance.h"
#include "link/count.h"
#include "link/import.h"
#include "link/stub.h"
#include "link/types.h"

static struct link_names *
arguments(struct scope *s, const struct comp_instance *def)
{
	struct link_names *names = names_new(s->linked->arena);
	for (uint32_t i = 0; i < def->args.len; i++) {
		const struct comp_arg *arg = &def->args.data[i];
		names_put(s->linked->arena, names, arg->name,
			*space_at(s, arg->ref.sort, arg->ref.index));
	}
	return names;
}

static void
define_instance(struct scope *s, const struct comp_instance *def)
{
	struct link_item item = {.sort = SORT_INSTANCE};
	if (def->is_instantiate) {
		const struct link_component *c =
			space_at(s, SORT_COMPONENT, def->target.index)->component;
		item.instance = instantiate_component(s->linked, c, arguments(s, def), s->inst);
	} else {
		item.instance = names_new(s->linked->arena);
		for (uint32_t i = 0; i < def->exports.len; i++) {
			const struct comp_inline_export *e = &def->exports.data[i];
			names_put(s->linked->arena, item.instance, e->name.name,
				*space_at(s, e->ref.sort, e->ref.index));
		}
	}
	space_push(s, item);
}

static void
define_component(struct scope *s, const struct component *ast)
{
	struct link_component *c = arena_new_of(s->linked->arena, struct link_component);
	*c = (struct link_component){ast, s};
	space_push(s, (struct link_item){.sort = SORT_COMPONENT, .component = c});
}

static void
define_import(struct scope *s, const struct comp_import *import)
{
	const struct link_item *found = names_get(s->imports, import->name.name);
	if (s->is_top && !found && s->linked->stubs)
		found = stub_import(s, import);
	else if (s->is_top)
		import_check(s, import, found);
	if (!found && s->is_top)
		import_check(s, import, NULL);
	if (!found)
		internal_error(
			"no argument \"" STR_FMT "\" while linking", STR_ARG(import->name.name));
	space_push(s, *found);
}

static void
define_export(struct scope *s, const struct comp_export *export)
{
	struct link_item item = *space_at(s, export->ref.sort, export->ref.index);
	names_put(s->linked->arena, s->exports, export->name.name, item);
	space_push(s, item);
}

static void
define(struct scope *s, const struct comp_def *def)
{
	switch (def->kind) {
	case DEF_CORE_MODULE:
		space_push(s, (struct link_item){.sort = SORT_CORE_MODULE, .module = def->module});
		break;
	case DEF_CORE_INSTANCE: core_instance_define(s, &def->instance); break;
	case DEF_CORE_TYPE: core_type_eval(s, def->core_type); break;
	case DEF_COMPONENT: define_component(s, def->component); break;
	case DEF_INSTANCE: define_instance(s, &def->instance); break;
	case DEF_ALIAS: space_alias(s, &def->alias); break;
	case DEF_TYPE: {
		struct link_item item = {.sort = SORT_TYPE, .type = type_eval(s, def->type)};
		space_push(s, item);
		break;
	}
	case DEF_CANON: canon_define(s, &def->canon, def->at); break;
	case DEF_IMPORT: define_import(s, &def->import); break;
	case DEF_EXPORT: define_export(s, &def->export); break;
	case DEF_START: start_define(s, &def->start, def->at); break;
	case DEF_VALUE: value_define(s, &def->value); break;
	}
}

struct link_names *
instantiate_component(struct linked *l, const struct link_component *component,
	const struct link_names *imports, ComponentInstance *parent)
{
	need_stack(NO_LOC, "instances");
	count_instance(l);
	struct scope *s = arena_new_of(l->arena, struct scope);
	*s = (struct scope){.linked = l,
		.outer = component->outer,
		.ast = component->ast,
		.inst = ComponentInstance_new(l->store, parent),
		.imports = imports,
		.exports = names_new(l->arena),
		.is_top = !parent};
	for (uint32_t i = 0; i < component->ast->defs.len; i++) {
		budget_spend(1);
		define(s, &component->ast->defs.data[i]);
	}
	return s->exports;
}
