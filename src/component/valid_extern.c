/* valid_extern.c - imports and exports of components, component types and instance types:
 * Explainer.md, "Import and Export Definitions", "External Visibility of Types"; Binary.md,
 * the notes to the former. */
#include "component/valid_scope.h"

#include "base/error.h"

/* ---- external visibility ---- */

/* One direction: what may be mentioned, and where new names go. */
struct visibility {
	struct scope *scope;
	bool exports;
};

static bool
has_name(const struct visibility *v, uint32_t id)
{
	return id_map_has(&v->scope->imported.nodes, id) ||
	       (v->exports && id_map_has(&v->scope->exported.nodes, id));
}

static bool
has_resource(const void *env, const struct resource *r)
{
	const struct visibility *v = env;
	return id_map_has(&v->scope->imported.resources, r->id) ||
	       (v->exports && id_map_has(&v->scope->exported.resources, r->id));
}

static void
give_name(struct visibility *v, const struct ctype *t)
{
	struct visible *set = v->exports ? &v->scope->exported : &v->scope->imported;
	id_map_put(&set->nodes, t->id, NULL);
	if (t->kind == CT_RESOURCE)
		id_map_put(&set->resources, t->resource->id, NULL);
}

static bool type_visible(struct visibility *v, const struct ctype *t);

/* Is everything that a type is made of visible, whether it is itself or not? */
static bool
parts_visible(struct visibility *v, const struct ctype *t)
{
	for (uint32_t i = 0; i < t->nlabels; i++) {
		if (t->labels[i].type && !type_visible(v, t->labels[i].type))
			return false;
	}
	return (!t->elem || type_visible(v, t->elem)) && (!t->error || type_visible(v, t->error)) &&
	       (!t->key || type_visible(v, t->key));
}

static bool
type_visible(struct visibility *v, const struct ctype *t)
{
	if (!t->has_names)
		return true;
	return ctype_is_named(t) ? has_name(v, t->id) : parts_visible(v, t);
}

static bool extern_visible(struct visibility *v, struct extern_type e);

/* Exports in order: each type gets a name, for those after it. */
static bool
exports_visible(struct visibility *v, const struct ctype *t)
{
	for (uint32_t i = 0; i < t->exports.items.len; i++) {
		if (!extern_visible(v, t->exports.items.data[i].type))
			return false;
	}
	return true;
}

static bool
extern_visible(struct visibility *v, struct extern_type e)
{
	if (e.sort == SORT_CORE_MODULE)
		return true;
	if (e.sort == SORT_INSTANCE)
		return exports_visible(v, e.type);
	if (e.sort == SORT_COMPONENT)
		return ctype_free_resources_ok(v->scope->ts, e.type, has_resource, v);
	if (e.sort != SORT_TYPE)
		return type_visible(v, e.type);
	bool ok = parts_visible(v, e.type);
	if (e.type->kind == CT_COMPONENT)
		ok = ctype_free_resources_ok(v->scope->ts, e.type, has_resource, v);
	if (e.type->kind == CT_INSTANCE)
		ok = exports_visible(v, e.type);
	give_name(v, e.type);
	return ok;
}

/* Instance types are looked at when they are used: for them, anything goes. */
static void
need_visible(struct scope *s, struct extern_type e, bool exports, struct loc at)
{
	struct visibility v = {s, exports};
	if (s->kind == SCOPE_INSTANCE_TYPE)
		return;
	require(extern_visible(&v, e), at,
		exports ? "export-type-not-visible" : "import-type-not-visible",
		"%s not valid to be used as %s: it uses a type without an externally visible name",
		extern_sort_name(e.sort), exports ? "export" : "import");
}

/* ---- new names for types, fresh resources ---- */

/* Makes what a description says into a thing of this scope: its abstract resources become
 * fresh ones, its types get identities of their own. */
static struct extern_type
bring_in(struct scope *s, struct extern_type e, bool imported)
{
	struct subst subst = subst_new(s->ts);
	if (e.sort == SORT_INSTANCE) {
		const struct resource_list *bound = &e.type->bound_exports;
		subst_fresh(&subst, bound, s, imported);
		for (uint32_t i = 0; imported && i < bound->list.len; i++)
			vec_push(s->arena, &s->import_resources.list,
				subst_resource_of(&subst, bound->list.data[i]));
	}
	return subst_rename(&subst, e);
}

void
valid_import(struct scope *s, const struct comp_import *i)
{
	require(s->kind != SCOPE_INSTANCE_TYPE, i->name.at, "import-in-instance-type",
		"an instance type cannot have imports");
	struct extern_type e = valid_extern_type(s, &i->type);
	if (i->type.how == EXTERN_SUB_RESOURCE && e.sort == SORT_TYPE) {
		e.type->resource->imported = true;
		vec_push(s->arena, &s->import_resources.list, e.type->resource);
	}
	e = bring_in(s, e, true);
	valid_extern_name(s, &s->import_names, &i->name, e);
	need_visible(s, e, false, i->name.at);
	extern_list_add(s->ts, &s->imports, i->name.name, e);
	scope_add_extern(s, e, i->name.at);
}

/* ---- exports ---- */

/* Does a definition have the type that is ascribed to its export? */
static void
need_ascription(struct scope *s, struct extern_type actual, struct extern_type ascribed,
	const struct comp_export *e)
{
	struct subst subst = subst_new(s->ts);
	struct mismatch why;
	if (e->type.how == EXTERN_SUB_RESOURCE && ascribed.sort == SORT_TYPE)
		subst_resource(&subst, ascribed.type->resource, NULL);
	require(match_extern(&subst, actual, ascribed, &why), e->type.at, "export-ascription",
		"ascribed type of export is not compatible: %s", why.text);
}

static struct extern_type
type_of_export(struct scope *s, const struct comp_export *e)
{
	if (e->is_decl)
		return valid_extern_type(s, &e->type);
	struct extern_type t = scope_extern(s, e->ref);
	if (!e->has_type)
		return t;
	struct extern_type ascribed = valid_extern_type(s, &e->type);
	need_ascription(s, t, ascribed, e);
	return ascribed;
}

/* What was exported is not used up by the export's own index. */
static void
mark_used(struct scope *s, enum comp_sort sort)
{
	if (sort != SORT_VALUE)
		return;
	struct value_def *v = (struct value_def *)vec_last(&s->spaces[SORT_VALUE]);
	v->used = true;
}

void
valid_export(struct scope *s, const struct comp_export *e, struct loc at)
{
	struct extern_type t = type_of_export(s, e);
	/* An instance keeps its types: exporting it names those that it exports. */
	if (t.sort != SORT_INSTANCE || e->is_decl || e->has_type)
		t = bring_in(s, t, false);
	valid_extern_name(s, &s->export_names, &e->name, t);
	need_visible(s, t, true, at);
	extern_list_add(s->ts, &s->exports, e->name.name, t);
	scope_add_extern(s, t, at);
	mark_used(s, t.sort);
}

/* ---- what the exports introduce ---- */

static void
collect_resources(const struct scope *s, const struct extern_list *exports, struct id_map *seen,
	struct resource_list *out)
{
	for (uint32_t i = 0; i < exports->items.len; i++) {
		const struct extern_type *e = &exports->items.data[i].type;
		if (e->sort == SORT_INSTANCE)
			collect_resources(s, &e->type->exports, seen, out);
		if (e->sort != SORT_TYPE || e->type->kind != CT_RESOURCE)
			continue;
		struct resource *r = e->type->resource;
		if (r->scope != s || r->imported || id_map_has(seen, r->id))
			continue;
		id_map_put(seen, r->id, NULL);
		vec_push(s->arena, &out->list, r);
	}
}

struct resource_list
exported_resources(const struct scope *s)
{
	struct resource_list list = {0};
	struct id_map seen = {.arena = s->arena};
	collect_resources(s, &s->exports, &seen, &list);
	return list;
}
