/* import.c - imports of a top-level component: what earlier instances offer, and the check
 * that it has the type that the import gives. Inside of a component validation has done that;
 * here types meet at run time, and resource types by what they are.
 *
 * Explainer.md, "Type Checking". What earlier instances offer follows the common runners of
 * scripts: only core modules, resource types, and instances of these, since functions belong
 * to a store. A host component is in the same store, and offers all that it exports. */
#include "link/import.h"

#include "base/error.h"
#include "base/fiber.h"
#include "component/matching.h"
#include "component/types_core.h"
#include "core/instance.h"
#include "link/types.h"

static bool
can_be_offered(const struct link_item *item)
{
	return item->sort == SORT_CORE_MODULE || item->sort == SORT_INSTANCE ||
	       (item->sort == SORT_TYPE && item->type->kind == TYPE_RESOURCE);
}

static struct link_names *
offered(struct arena *a, const struct link_names *exports)
{
	need_stack(NO_LOC, "instances");
	struct link_names *names = names_new(a);
	for (uint32_t i = 0; i < exports->items.len; i++) {
		struct link_item item = exports->items.data[i];
		if (!can_be_offered(&item))
			continue;
		if (item.sort == SORT_INSTANCE)
			item.instance = offered(a, item.instance);
		names_put(a, names, exports->names.data[i], item);
	}
	return names;
}

struct link_names *
import_names(struct arena *a, const struct link_import *imports, uint32_t nimports)
{
	struct link_names *names = names_new(a);
	for (uint32_t i = 0; i < nimports; i++) {
		struct link_item item = {.sort = SORT_INSTANCE,
			.instance = offered(a, imports[i].instance->exports)};
		names_put(a, names, imports[i].name, item);
	}
	return names;
}

/* A place in the names of an import, for messages. */
struct place {
	const struct place *up;
	struct str name;
	struct loc at;
};

static void
print_place(struct strbuf *out, const struct place *p)
{
	if (p->up) {
		print_place(out, p->up);
		strbuf_addc(out, '#');
	}
	strbuf_add(out, p->name.ptr, p->name.len);
}

NORETURN static void
unfit(struct scope *s, const struct place *p, const char *why)
{
	struct strbuf name = {.arena = s->linked->arena};
	print_place(&name, p);
	raise_error(ERR_UNLINKABLE, p->at, "incompatible-import-type",
		"incompatible import type for `%s`: %s", strbuf_cstr(&name), why);
}

static void check(struct scope *s, const struct place *p, const struct comp_extern_type *want,
	const struct link_item *item);

static void
check_export(struct scope *inner, const struct place *p, const struct comp_def *def,
	const struct link_names *names)
{
	const struct comp_export *e = &def->export;
	struct place below = {p, e->name.name, def->at};
	const struct link_item *item = names_get(names, e->name.name);
	if (!item)
		unfit(inner, &below, "it is not exported");
	check(inner, &below, &e->type, item);
	space_push(inner, *item);
}

/* Walks the declarations of an instance type; each exported type stands from then on for what
 * the instance exports under its name. */
static void
check_instance(struct scope *s, const struct place *p, const struct link_type *want,
	const struct link_names *names)
{
	need_stack(NO_LOC, "instances");
	const struct component *decls = want->tree->decls;
	struct scope *inner = arena_new_of(s->linked->arena, struct scope);
	*inner = (struct scope){.linked = s->linked, .outer = want->scope, .ast = decls};
	for (uint32_t i = 0; i < decls->defs.len; i++) {
		const struct comp_def *def = &decls->defs.data[i];
		switch (def->kind) {
		case DEF_CORE_TYPE: core_type_eval(inner, def->core_type); break;
		case DEF_TYPE: {
			struct link_type *t = type_eval(inner, def->type);
			space_push(inner, (struct link_item){.sort = SORT_TYPE, .type = t});
			break;
		}
		case DEF_ALIAS: space_alias(inner, &def->alias); break;
		case DEF_EXPORT: check_export(inner, p, def, names); break;
		default: internal_error("an instance type declares what it cannot");
		}
	}
}

static bool
type_same(const struct link_type *a, const struct link_type *b)
{
	if (a->kind != b->kind)
		return false;
	switch (a->kind) {
	case TYPE_VALUE: return valtype_same(a->value, b->value);
	case TYPE_FUNC: return functype_same(a->func, b->func, true);
	case TYPE_RESOURCE: return a->resource == b->resource;
	case TYPE_TREE: return a->tree == b->tree && a->scope == b->scope;
	}
	return false;
}

static void
check_module(struct scope *s, const struct place *p, const struct comp_extern_type *want,
	const struct core_module *module)
{
	struct arena *a = s->linked->arena;
	const struct module_type *type =
		space_at(s, SORT_CORE_TYPE, want->index)->core_type->module;
	struct mismatch why;
	struct core_types *ts = s->linked->core->types;
	if (!match_module(a, ts, module_type_of(a, ts, module), type, &why))
		unfit(s, p, why.text);
}

static void
check(struct scope *s, const struct place *p, const struct comp_extern_type *want,
	const struct link_item *item)
{
	if (item->sort != want->sort)
		unfit(s, p,
			arena_printf(s->linked->arena, "expected %s, found %s",
				comp_sort_name(want->sort), comp_sort_name(item->sort)));
	/* Types that are offered are resource types, so (sub resource) always fits. */
	if (want->sort == SORT_FUNC) {
		const FuncType *type = space_at(s, SORT_TYPE, want->index)->type->func;
		if (!functype_same(
			    item->func->type, type, false)) /* whatever the host calls them */
			unfit(s, p, "the function has another type");
	} else if (want->how == EXTERN_TYPE_EQ) {
		if (!type_same(item->type, space_at(s, SORT_TYPE, want->index)->type))
			unfit(s, p, "it is another type");
	} else if (want->sort == SORT_CORE_MODULE) {
		check_module(s, p, want, item->module);
	} else if (want->sort == SORT_INSTANCE) {
		check_instance(s, p, space_at(s, SORT_TYPE, want->index)->type, item->instance);
	}
}

void
import_check(struct scope *s, const struct comp_import *import, const struct link_item *found)
{
	struct str name = import->name.name;
	if (!found)
		raise_error(ERR_UNLINKABLE, import->name.at, "unknown-import",
			"component imports %s `" STR_FMT
			"`, but a matching implementation was not found in the linker",
			comp_sort_name(import->type.sort), STR_ARG(name));
	struct place p = {NULL, name, import->name.at};
	check(s, &p, &import->type, found);
}
