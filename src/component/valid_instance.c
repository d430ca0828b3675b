/* valid_instance.c - instances, of core modules and of components: Explainer.md, "Instance
 * Definitions", "Type Checking". */
#include "component/valid_scope.h"

#include "base/error.h"

/* ---- core instances ---- */

/* The arguments by name: each the list of exports of a core instance. */
static struct strmap
core_args(struct scope *s, const struct comp_instance *i)
{
	struct strmap map = {.arena = s->arena};
	for (uint32_t n = 0; n < i->args.len; n++) {
		const struct comp_arg *arg = &i->args.data[n];
		require(arg->ref.sort == SORT_CORE_INSTANCE, arg->at, "core-arg-sort",
			"module instantiation arguments have to be core instances");
		scope_get(s, SORT_CORE_INSTANCE, arg->ref.index, arg->ref.at);
		require(strmap_put(&map, arg->name, arg->ref.index), arg->at, "duplicate-core-arg",
			"duplicate module instantiation argument named `" STR_FMT "`",
			STR_ARG(arg->name));
	}
	return map;
}

static void
need_core_import(
	struct scope *s, const struct strmap *args, const struct core_item *import, struct loc at)
{
	uint32_t index;
	struct mismatch why;
	require(strmap_get(args, import->module, &index), at, "missing-core-arg",
		"missing module instantiation argument named `" STR_FMT "`",
		STR_ARG(import->module));
	const struct core_list *exports = scope_get(s, SORT_CORE_INSTANCE, index, at);
	const struct core_sig *e = core_list_find(exports, import->name);
	require(e, at, "missing-core-arg-export",
		"module instantiation argument `" STR_FMT
		"` does not export an item named `" STR_FMT "`",
		STR_ARG(import->module), STR_ARG(import->name));
	if (!match_core(s->ts->core, e, import->type, &why))
		raise_error(ERR_INVALID, at, why.reason,
			"type mismatch for export `" STR_FMT
			"` of module instantiation argument `" STR_FMT "`: %s",
			STR_ARG(import->name), STR_ARG(import->module), why.text);
}

static const struct core_list *
core_bundle(struct scope *s, const struct comp_instance *i)
{
	struct core_list *exports = arena_new_of(s->arena, struct core_list);
	for (uint32_t n = 0; n < i->exports.len; n++) {
		const struct comp_inline_export *e = &i->exports.data[n];
		require(e->ref.sort <= SORT_CORE_TAG, e->ref.at, "core-export-sort",
			"a core instance cannot export a %s", comp_sort_name(e->ref.sort));
		const void *def = scope_get(s, e->ref.sort, e->ref.index, e->ref.at);
		struct core_item item = {.name = e->name.name, .type = def};
		require(core_list_add(s->arena, exports, item.name, item), e->name.at,
			"duplicate-core-export", "export name `" STR_FMT "` already defined",
			STR_ARG(item.name));
	}
	return exports;
}

void
valid_core_instance(struct scope *s, const struct comp_instance *i, struct loc at)
{
	if (!i->is_instantiate) {
		scope_add(s, SORT_CORE_INSTANCE, core_bundle(s, i));
		return;
	}
	const struct module_type *m = scope_get(s, SORT_CORE_MODULE, i->target.index, i->target.at);
	struct strmap args = core_args(s, i);
	for (uint32_t n = 0; n < m->imports.items.len; n++)
		need_core_import(s, &args, &m->imports.items.data[n], at);
	scope_add(s, SORT_CORE_INSTANCE, &m->exports);
}

/* ---- component instances ---- */

static struct extern_list
component_args(struct scope *s, const struct comp_instance *i)
{
	struct extern_list list = {0};
	for (uint32_t n = 0; n < i->args.len; n++) {
		const struct comp_arg *arg = &i->args.data[n];
		struct extern_type t = scope_extern(s, arg->ref);
		require(!extern_list_find(&list, arg->name), arg->at, "duplicate-arg",
			"instantiation argument `" STR_FMT
			"` conflicts with previous argument `" STR_FMT "`",
			STR_ARG(arg->name), STR_ARG(arg->name));
		extern_list_add(s->ts, &list, arg->name, t);
	}
	return list;
}

static void
need_import(struct subst *subst, const struct extern_list *args, const struct extern_item *import,
	struct loc at)
{
	struct mismatch why;
	const struct extern_type *arg = extern_list_find(args, import->name);
	require(arg, at, "missing-arg", "missing import named `" STR_FMT "`",
		STR_ARG(import->name));
	if (!match_extern(subst, *arg, import->type, &why))
		raise_error(ERR_INVALID, at, why.reason,
			"type mismatch for import `" STR_FMT "`: %s", STR_ARG(import->name),
			why.text);
}

/* The instance's type: the component's exports, with what was supplied in the place of what
 * was imported, and with new resources. */
static const struct ctype *
instantiated(struct scope *s, const struct ctype *c, const struct extern_list *args, struct loc at)
{
	struct subst subst = subst_new(s->ts);
	struct ctype *t = ctype_new(s->ts, CT_INSTANCE, at);
	for (uint32_t i = 0; i < c->bound_imports.list.len; i++)
		subst_resource(&subst, c->bound_imports.list.data[i], NULL);
	for (uint32_t i = 0; i < c->imports.items.len; i++)
		need_import(&subst, args, &c->imports.items.data[i], at);
	subst_fresh(&subst, &c->bound_exports, s, false);
	for (uint32_t i = 0; i < c->exports.items.len; i++) {
		const struct extern_item *item = &c->exports.items.data[i];
		extern_list_add(s->ts, &t->exports, item->name, subst_extern(&subst, item->type));
	}
	return ctype_finish(t);
}

static const struct ctype *
bundle(struct scope *s, const struct comp_instance *i, struct loc at)
{
	struct ctype *t = ctype_new(s->ts, CT_INSTANCE, at);
	struct name_scope names;
	name_scope_init(&names, s->arena, "export");
	for (uint32_t n = 0; n < i->exports.len; n++) {
		const struct comp_inline_export *e = &i->exports.data[n];
		struct extern_type type = scope_extern(s, e->ref);
		/* The export gets no index, so its name is none for functions to refer to. */
		struct extern_type named = type;
		if (type.sort == SORT_TYPE)
			named.type = ctype_rename(s->ts, type.type);
		valid_extern_name(s, &names, &e->name, named);
		extern_list_add(s->ts, &t->exports, e->name.name, type);
	}
	return ctype_finish(t);
}

void
valid_instance(struct scope *s, const struct comp_instance *i, struct loc at)
{
	const struct ctype *t;
	if (i->is_instantiate) {
		const struct ctype *c = scope_get(s, SORT_COMPONENT, i->target.index, i->target.at);
		struct extern_list args = component_args(s, i);
		t = instantiated(s, c, &args, at);
	} else {
		t = bundle(s, i, at);
	}
	scope_add(s, SORT_INSTANCE, t);
}
