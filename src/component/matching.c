/* matching.c - subtyping. See matching.h.
 *
 * Two substitutions go along, one for each side, since each side may bind resources: those
 * of the expected exports and of the actual imports, for which the sides change places. Pairs
 * without resources, once matched, are remembered, so that shared parts cost nothing. */
#include "component/matching.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/budget.h"
#include "component/types_core.h"

struct match {
	struct subst *left, *right; /* of the actual and the expected side */
	bool record;                /* map nodes of the expected side */
	struct mismatch *why;
};

static bool match_type(struct match *m, const struct ctype *a, const struct ctype *e);
static bool match_any(struct match *m, struct extern_type a, struct extern_type e);

/* ---- messages ---- */

bool
mismatch_set(struct mismatch *why, const char *reason, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	why->reason = reason;
	vsnprintf(why->text, sizeof why->text, fmt, ap);
	va_end(ap);
	return false;
}

void
mismatch_context(struct mismatch *why, const char *fmt, ...)
{
	char context[sizeof why->text];
	va_list ap;
	va_start(ap, fmt);
	int n = vsnprintf(context, sizeof context, fmt, ap);
	va_end(ap);
	size_t len = strlen(why->text);
	if (n < 0 || (size_t)n + 2 + len >= sizeof why->text)
		return;
	memmove(why->text + n + 2, why->text, len + 1);
	memcpy(why->text, context, (size_t)n);
	memcpy(why->text + n, ": ", 2);
}

const char *
extern_sort_name(enum comp_sort sort)
{
	return sort == SORT_CORE_MODULE ? "module" : comp_sort_name(sort);
}

/* What kinds of definitions type indices can stand for. */
static const char *
class_name(const struct ctype *t)
{
	switch (t->kind) {
	case CT_RESOURCE: return "resource";
	case CT_FUNC: return "func";
	case CT_COMPONENT: return "component";
	case CT_INSTANCE: return "instance";
	default: return "defined type";
	}
}

/* ---- pairs that are known to match ---- */

struct pair_set {
	uint64_t *keys; /* 0 is free */
	uint32_t len, cap;
};

static uint64_t *
pair_slot(const struct pair_set *s, uint64_t key)
{
	uint64_t i = (key * 0x9e3779b97f4a7c15u >> 32) & (s->cap - 1);
	while (s->keys[i] != 0 && s->keys[i] != key)
		i = (i + 1) & (s->cap - 1);
	return &s->keys[i];
}

static uint64_t
pair_key(const struct ctype *a, const struct ctype *e)
{
	return ((uint64_t)a->origin->id << 32 | e->origin->id) + 1;
}

static bool
pair_known(const struct ctypes *ts, const struct ctype *a, const struct ctype *e)
{
	return ts->matched && *pair_slot(ts->matched, pair_key(a, e)) != 0;
}

static void
pair_remember(struct ctypes *ts, const struct ctype *a, const struct ctype *e)
{
	struct pair_set *s = ts->matched;
	if (!s)
		s = ts->matched = arena_new_of(ts->arena, struct pair_set);
	if ((uint64_t)s->len * 4 >= (uint64_t)s->cap * 3) {
		struct pair_set old = *s;
		s->cap = old.cap ? old.cap * 2 : 64;
		s->keys = arena_array_of(ts->arena, s->cap, uint64_t);
		for (uint32_t i = 0; i < old.cap; i++) {
			if (old.keys[i])
				*pair_slot(s, old.keys[i]) = old.keys[i];
		}
	}
	uint64_t *slot = pair_slot(s, pair_key(a, e));
	s->len += *slot == 0;
	*slot = pair_key(a, e);
}

/* ---- value types ---- */

static bool
match_count(struct match *m, const struct ctype *a, const struct ctype *e, const char *reason,
	const char *what)
{
	if (a->nlabels == e->nlabels)
		return true;
	return mismatch_set(
		m->why, reason, "expected %u %s, found %u", e->nlabels, what, a->nlabels);
}

static bool
match_record(struct match *m, const struct ctype *a, const struct ctype *e)
{
	if (!match_count(m, a, e, "record-field-count", "fields"))
		return false;
	for (uint32_t i = 0; i < e->nlabels; i++) {
		struct str an = a->labels[i].name, en = e->labels[i].name;
		if (!str_eq(an, en))
			return mismatch_set(m->why, "record-field-name",
				"expected field name `" STR_FMT "`, found `" STR_FMT "`",
				STR_ARG(en), STR_ARG(an));
		if (!match_type(m, a->labels[i].type, e->labels[i].type)) {
			mismatch_context(
				m->why, "type mismatch in record field `" STR_FMT "`", STR_ARG(en));
			return false;
		}
	}
	return true;
}

static bool
match_case(struct match *m, const struct ctype_label *a, const struct ctype_label *e)
{
	struct str name = e->name;
	if (!str_eq(a->name, name))
		return mismatch_set(m->why, "variant-case-name",
			"expected case named `" STR_FMT "`, found `" STR_FMT "`", STR_ARG(name),
			STR_ARG(a->name));
	if (!a->type && !e->type)
		return true;
	if (!a->type)
		return mismatch_set(m->why, "variant-case-payload",
			"expected case `" STR_FMT "` to have a type, found none", STR_ARG(name));
	if (!e->type)
		return mismatch_set(m->why, "variant-case-payload",
			"expected case `" STR_FMT "` to have no type", STR_ARG(name));
	if (match_type(m, a->type, e->type))
		return true;
	mismatch_context(m->why, "type mismatch in variant case `" STR_FMT "`", STR_ARG(name));
	return false;
}

static bool
match_variant(struct match *m, const struct ctype *a, const struct ctype *e)
{
	if (!match_count(m, a, e, "variant-case-count", "cases"))
		return false;
	for (uint32_t i = 0; i < e->nlabels; i++) {
		if (!match_case(m, &a->labels[i], &e->labels[i]))
			return false;
	}
	return true;
}

static bool
match_tuple(struct match *m, const struct ctype *a, const struct ctype *e)
{
	if (!match_count(m, a, e, "tuple-type-count", "types"))
		return false;
	for (uint32_t i = 0; i < e->nlabels; i++) {
		if (!match_type(m, a->labels[i].type, e->labels[i].type)) {
			mismatch_context(m->why, "type mismatch in tuple field %u", i);
			return false;
		}
	}
	return true;
}

/* Flags and enums: the same labels in the same order. */
static bool
match_labels(struct match *m, const struct ctype *a, const struct ctype *e, const char *reason)
{
	bool same = a->nlabels == e->nlabels;
	for (uint32_t i = 0; same && i < e->nlabels; i++)
		same = str_eq(a->labels[i].name, e->labels[i].name);
	return same || mismatch_set(m->why, reason, "mismatch in %s elements", ctype_kind_name(e));
}

/* A part that may be absent; `what` is "ok", "err" or the like. */
static bool
match_optional(struct match *m, const struct ctype *a, const struct ctype *e, const char *what)
{
	if (!a && !e)
		return true;
	if (!e)
		return mismatch_set(
			m->why, "payload-presence", "expected %s type to not be present", what);
	if (!a)
		return mismatch_set(
			m->why, "payload-presence", "expected %s type, but found none", what);
	if (match_type(m, a, e))
		return true;
	mismatch_context(m->why, "type mismatch in %s variant", what);
	return false;
}

static bool
match_elem(struct match *m, const struct ctype *a, const struct ctype *e, const char *what)
{
	if (match_type(m, a, e))
		return true;
	mismatch_context(m->why, "type mismatch in %s", what);
	return false;
}

static bool
match_fixed_list(struct match *m, const struct ctype *a, const struct ctype *e)
{
	if (a->length != e->length)
		return mismatch_set(m->why, "list-length", "expected a list of length %u, found %u",
			e->length, a->length);
	return match_elem(m, a->elem, e->elem, "list");
}

/* ---- resources ---- */

static bool
match_resource(struct match *m, const struct ctype *a, const struct ctype *e)
{
	struct resource *actual = subst_resource_of(m->left, a->resource);
	struct resource *expected = subst_resource_of(m->right, e->resource);
	if (!actual)
		actual = a->resource;
	return actual == expected ||
	       mismatch_set(m->why, "resource-type-mismatch", "resource types are not the same");
}

/* A type import or export; the first one for a bound resource decides. */
static bool
bind_resource(struct match *m, const struct ctype *a, const struct ctype *e)
{
	struct resource *actual = subst_resource_of(m->left, a->resource);
	if (!subst_resource_of(m->right, e->resource))
		subst_resource(m->right, e->resource, actual ? actual : a->resource);
	return match_resource(m, a, e);
}

/* ---- functions ---- */

static bool
match_param(struct match *m, const struct ctype_label *a, const struct ctype_label *e)
{
	if (!str_eq(a->name, e->name))
		return mismatch_set(m->why, "func-param-name",
			"expected parameter named `" STR_FMT "`, found `" STR_FMT "`",
			STR_ARG(e->name), STR_ARG(a->name));
	if (match_type(m, a->type, e->type))
		return true;
	mismatch_context(
		m->why, "type mismatch in function parameter `" STR_FMT "`", STR_ARG(e->name));
	return false;
}

static bool
match_func(struct match *m, const struct ctype *a, const struct ctype *e)
{
	if (a->is_async != e->is_async)
		return mismatch_set(m->why, "func-async", "expected %s function, found %s function",
			e->is_async ? "an async" : "a sync", a->is_async ? "an async" : "a sync");
	if (!match_count(m, a, e, "func-param-count", "parameters"))
		return false;
	for (uint32_t i = 0; i < e->nlabels; i++) {
		if (!match_param(m, &a->labels[i], &e->labels[i]))
			return false;
	}
	if (!a->elem != !e->elem)
		return mismatch_set(
			m->why, "func-result-presence", "expected a result, found none");
	if (!a->elem || match_type(m, a->elem, e->elem))
		return true;
	mismatch_context(m->why, "type mismatch with result type");
	return false;
}

/* ---- instances and components ---- */

static bool
match_exports(struct match *m, const struct ctype *a, const struct ctype *e, const char *what)
{
	for (uint32_t i = 0; i < e->exports.items.len; i++) {
		const struct extern_item *item = &e->exports.items.data[i];
		const struct extern_type *found = extern_list_find(&a->exports, item->name);
		if (!found)
			return mismatch_set(m->why, "missing-export",
				"missing expected export `" STR_FMT "`", STR_ARG(item->name));
		if (!match_any(m, *found, item->type)) {
			mismatch_context(m->why, "type mismatch in %s export `" STR_FMT "`", what,
				STR_ARG(item->name));
			return false;
		}
	}
	return true;
}

static void
bind(struct subst *s, const struct resource_list *list)
{
	for (uint32_t i = 0; i < list->list.len; i++)
		subst_resource(s, list->list.data[i], NULL);
}

static void
unbind(struct subst *s, const struct resource_list *list)
{
	for (uint32_t i = 0; i < list->list.len; i++)
		subst_resource(s, list->list.data[i], list->list.data[i]);
}

/* The imports of `a` have to be met by what those of `e` promise. */
static bool
match_imports(struct match *m, const struct ctype *a, const struct ctype *e)
{
	struct match turned = {m->right, m->left, false, m->why};
	for (uint32_t i = 0; i < a->imports.items.len; i++) {
		const struct extern_item *item = &a->imports.items.data[i];
		const struct extern_type *given = extern_list_find(&e->imports, item->name);
		if (!given)
			return mismatch_set(m->why, "missing-import",
				"missing expected import `" STR_FMT "`", STR_ARG(item->name));
		if (!match_any(&turned, *given, item->type)) {
			mismatch_context(m->why, "type mismatch in component import `" STR_FMT "`",
				STR_ARG(item->name));
			return false;
		}
	}
	return true;
}

static bool
match_component(struct match *m, const struct ctype *a, const struct ctype *e)
{
	struct match inner = {m->left, m->right, false, m->why};
	bind(m->left, &a->bound_imports);
	bind(m->right, &e->bound_exports);
	bool ok = match_imports(&inner, a, e) && match_exports(&inner, a, e, "component");
	unbind(m->left, &a->bound_imports);
	unbind(m->right, &e->bound_exports);
	return ok;
}

/* Of instances as such, no resources are bound; of their descriptions, they are. */
static bool
match_instance(struct match *m, const struct ctype *a, const struct ctype *e)
{
	bind(m->right, &e->bound_exports);
	bool ok = match_exports(m, a, e, "instance");
	unbind(m->right, &e->bound_exports);
	return ok;
}

/* ---- types ---- */

static bool
match_structure(struct match *m, const struct ctype *a, const struct ctype *e)
{
	switch (e->kind) {
	case CT_PRIM:
		return a->prim == e->prim || mismatch_set(m->why, "primitive-mismatch",
						     "expected primitive `%s` found primitive `%s`",
						     ctype_kind_name(e), ctype_kind_name(a));
	case CT_RECORD: return match_record(m, a, e);
	case CT_VARIANT: return match_variant(m, a, e);
	case CT_TUPLE: return match_tuple(m, a, e);
	case CT_FLAGS: return match_labels(m, a, e, "flags-mismatch");
	case CT_ENUM: return match_labels(m, a, e, "enum-mismatch");
	case CT_LIST: return match_elem(m, a->elem, e->elem, "list");
	case CT_FIXED_LIST: return match_fixed_list(m, a, e);
	case CT_OPTION: return match_elem(m, a->elem, e->elem, "option");
	case CT_RESULT:
		return match_optional(m, a->elem, e->elem, "ok") &&
		       match_optional(m, a->error, e->error, "err");
	case CT_MAP:
		return match_elem(m, a->key, e->key, "map key") &&
		       match_elem(m, a->elem, e->elem, "map value");
	case CT_STREAM: return match_optional(m, a->elem, e->elem, "stream");
	case CT_FUTURE: return match_optional(m, a->elem, e->elem, "future");
	case CT_OWN:
	case CT_BORROW: return match_resource(m, a->elem, e->elem);
	case CT_FUNC: return match_func(m, a, e);
	case CT_COMPONENT: return match_component(m, a, e);
	case CT_INSTANCE: return match_instance(m, a, e);
	case CT_RESOURCE: return match_resource(m, a, e);
	}
	return false;
}

static bool
match_type(struct match *m, const struct ctype *a, const struct ctype *e)
{
	bool plain = !a->has_resource && !e->has_resource &&
		     !(m->record && e->kind == CT_INSTANCE); /* its types want to be mapped */
	if (plain && a->origin == e->origin)
		return true;
	if (a->kind != e->kind)
		return mismatch_set(m->why, "type-kind-mismatch", "expected %s, found %s",
			ctype_kind_name(e), ctype_kind_name(a));
	struct ctypes *ts = m->right->ts;
	if (plain && pair_known(ts, a, e))
		return true;
	budget_spend(1 + e->nlabels);
	if (!match_structure(m, a, e))
		return false;
	if (plain)
		pair_remember(ts, a, e);
	return true;
}

/* ---- imports and exports ---- */

/* Equality: instances and components have to match both ways. */
static bool
match_defined(struct match *m, const struct ctype *a, const struct ctype *e)
{
	struct match inner = {m->left, m->right, false, m->why};
	if (!match_type(&inner, a, e))
		return false;
	if (e->kind != CT_INSTANCE && e->kind != CT_COMPONENT)
		return true;
	struct match turned = {m->right, m->left, false, m->why};
	return match_type(&turned, e, a);
}

static bool
match_type_extern(struct match *m, const struct ctype *a, const struct ctype *e)
{
	bool value = ctype_is_value(e) && ctype_is_value(a);
	if (a->kind != e->kind && !value)
		return mismatch_set(m->why, "type-class-mismatch", "expected %s, found %s",
			class_name(e), class_name(a));
	if (a->kind != e->kind && e->kind == CT_PRIM)
		return mismatch_set(m->why, "type-kind-mismatch", "expected primitive, found %s",
			ctype_kind_name(a));
	bool ok = e->kind == CT_RESOURCE ? bind_resource(m, a, e) : match_defined(m, a, e);
	if (ok && m->record)
		subst_node(m->right, e, a);
	return ok;
}

static bool
match_any(struct match *m, struct extern_type a, struct extern_type e)
{
	if (a.sort != e.sort)
		return mismatch_set(m->why, "extern-sort-mismatch", "expected %s, found %s",
			extern_sort_name(e.sort), extern_sort_name(a.sort));
	if (e.sort == SORT_CORE_MODULE)
		return match_module(
			m->right->ts->arena, m->right->ts->core, a.module, e.module, m->why);
	if (e.sort == SORT_TYPE)
		return match_type_extern(m, a.type, e.type);
	return match_type(m, a.type, e.type);
}

bool
match_extern(struct subst *right, struct extern_type actual, struct extern_type expected,
	struct mismatch *why)
{
	struct subst left = subst_new(right->ts);
	struct match m = {&left, right, true, why};
	return match_any(&m, actual, expected);
}
