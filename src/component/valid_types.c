/* valid_types.c - validation of type definitions: Explainer.md, "Type Definitions", and the
 * notes of Binary.md to that section. Component and instance types are in valid.c, since
 * they are scopes. */
#include "component/valid_scope.h"

#include "base/error.h"

/* ---- value types ---- */

const struct ctype *
valid_value_type(struct scope *s, const struct comp_valtype *v)
{
	if (v->kind == VAL_NONE)
		return NULL;
	if (v->kind != VAL_INDEX)
		return ctype_prim(s->ts, v->kind);
	const struct ctype *t = scope_type(s, v->index, v->at);
	require(ctype_is_value(t), v->at, "not-a-value-type", "type index %u is not a defined type",
		v->index);
	return t;
}

static void
fill_labels(struct scope *s, struct ctype *t, const struct comp_type *def)
{
	struct ctype_label *labels = arena_array_of(s->arena, def->labels.len, struct ctype_label);
	for (uint32_t i = 0; i < def->labels.len; i++) {
		const struct comp_label *l = &def->labels.data[i];
		labels[i] = (struct ctype_label){l->name, valid_value_type(s, &l->type)};
	}
	t->labels = labels;
	t->nlabels = def->labels.len;
}

static void
need_labels(const struct comp_type *def, const char *reason, const char *message)
{
	require(def->labels.len > 0, def->at, reason, "%s", message);
}

static void
valid_flags(struct scope *s, const struct comp_type *def)
{
	need_labels(def, "empty-flags", "flags must have at least one entry");
	require(def->labels.len <= 32, def->at, "too-many-flags", "cannot have more than 32 flags");
	valid_labels(s->arena, def, "flag", "flag");
}

static void
valid_resource_ref(struct scope *s, struct ctype *t, const struct comp_type *def)
{
	t->elem = scope_type(s, def->resource, def->at);
	require(t->elem->kind == CT_RESOURCE, def->at, "not-a-resource-type",
		"type index %u is not a resource type", def->resource);
}

static void
valid_map(const struct ctype *t, const struct comp_type *def)
{
	bool ok = t->key && t->key->kind == CT_PRIM && t->key->prim != VAL_F32 &&
		  t->key->prim != VAL_F64 && t->key->prim != VAL_ERROR_CONTEXT;
	require(ok, def->at, "map-key-type", "type %s is not valid as a map key",
		t->key ? ctype_kind_name(t->key) : "none");
}

static void
valid_async_elem(const struct ctype *t, const struct comp_type *def)
{
	if (!t->elem)
		return;
	require(!t->elem->has_borrow, def->at, "async-value-borrow",
		"`%s` element cannot contain a `borrow` type", ctype_kind_name(t));
	require(def->kind != CT_STREAM || t->elem->kind != CT_PRIM || t->elem->prim != VAL_CHAR,
		def->at, "stream-char", "`stream<char>` is not valid at this time");
}

/* What a type is made of, and the rules for its kind. */
static void
valid_parts(struct scope *s, struct ctype *t, const struct comp_type *def)
{
	switch (def->kind) {
	case CT_RECORD:
		need_labels(def, "empty-record", "record type must have at least one field");
		valid_labels(s->arena, def, "record field", "field");
		break;
	case CT_VARIANT:
		need_labels(def, "empty-variant", "variant type must have at least one case");
		valid_labels(s->arena, def, "variant case", "case");
		break;
	case CT_TUPLE:
		need_labels(def, "empty-tuple", "tuple type must have at least one type");
		break;
	case CT_ENUM:
		need_labels(def, "empty-enum", "enum type must have at least one variant");
		valid_labels(s->arena, def, "enum tag", "tag");
		break;
	case CT_FLAGS: valid_flags(s, def); break;
	case CT_FIXED_LIST:
		require(def->length > 0, def->at, "empty-fixed-list",
			"fixed-length list type must have at least one element");
		break;
	case CT_OWN:
	case CT_BORROW: valid_resource_ref(s, t, def); break;
	case CT_MAP: valid_map(t, def); break;
	case CT_STREAM:
	case CT_FUTURE: valid_async_elem(t, def); break;
	default: break;
	}
}

static const struct ctype *
valid_defined(struct scope *s, const struct comp_type *def)
{
	if (def->kind == CT_PRIM)
		return ctype_prim(s->ts, def->prim);
	struct ctype *t = ctype_new(s->ts, def->kind, def->at);
	fill_labels(s, t, def);
	t->elem = valid_value_type(s, &def->elem);
	t->error = valid_value_type(s, &def->error);
	t->key = valid_value_type(s, &def->key);
	t->length = def->length;
	valid_parts(s, t, def);
	ctype_finish(t);
	require(t->layout64.size < ELEM_SIZE_MAX, def->at, "type-byte-size",
		"%s type exceeds maximum byte size of 2^28 - 1", ctype_kind_name(t));
	return t;
}

/* ---- functions, resources ---- */

static const struct ctype *
valid_func_type(struct scope *s, const struct comp_type *def)
{
	struct ctype *t = ctype_new(s->ts, CT_FUNC, def->at);
	valid_labels(s->arena, def, "function parameter", "parameter");
	fill_labels(s, t, def);
	t->elem = valid_value_type(s, &def->elem);
	t->is_async = def->is_async;
	require(!t->elem || !t->elem->has_borrow, def->at, "result-borrow",
		"function result cannot contain a `borrow` type");
	return ctype_finish(t);
}

static void
valid_dtor(struct scope *s, const struct comp_type *def, struct core_valtype rep)
{
	const struct core_functype *f = scope_core_func(s, def->dtor);
	require(f->nparams == 1 && f->nresults == 0 && core_valtype_equal(f->params[0], rep),
		def->dtor.at, "destructor-signature", "wrong signature for a destructor");
}

static const struct ctype *
valid_resource(struct scope *s, const struct comp_type *def)
{
	require(s->kind == SCOPE_COMPONENT, def->at, "resource-in-type",
		"resources can only be defined within a concrete component");
	bool rep32 = core_valtype_equal(def->rep, CORE_I32);
	require(rep32 || core_valtype_equal(def->rep, CORE_I64), def->at, "resource-rep",
		"resources can only be represented by `i32` or `i64`");
	if (def->has_dtor)
		valid_dtor(s, def, def->rep);
	struct ctype *t = ctype_new(s->ts, CT_RESOURCE, def->at);
	t->resource = resource_new(s->ts, s);
	t->resource->local = true;
	t->resource->rep64 = !rep32;
	return ctype_finish(t);
}

void
valid_type_def(struct scope *s, const struct comp_type *def)
{
	const struct ctype *t;
	switch (def->kind) {
	case CT_FUNC: t = valid_func_type(s, def); break;
	case CT_RESOURCE: t = valid_resource(s, def); break;
	case CT_COMPONENT:
	case CT_INSTANCE: t = valid_declarations(s, def); break;
	default: t = valid_defined(s, def); break;
	}
	scope_add(s, SORT_TYPE, t);
}

/* ---- types of imports and exports ---- */

static const struct ctype *
type_of_kind(const struct scope *s, const struct comp_extern_type *e, enum comp_type_kind kind,
	const char *reason, const char *what)
{
	const struct ctype *t = scope_type(s, e->index, e->at);
	require(t->kind == kind, e->at, reason, "type index %u is not %s", e->index, what);
	return t;
}

static const struct module_type *
module_type_at(const struct scope *s, const struct comp_extern_type *e)
{
	const struct core_typedef *t = scope_get(s, SORT_CORE_TYPE, e->index, e->at);
	require(t->module, e->at, "not-a-module-type", "core type index %u is not a module type",
		e->index);
	return t->module;
}

static const struct ctype *
abstract_resource(struct scope *s, struct loc at)
{
	struct ctype *t = ctype_new(s->ts, CT_RESOURCE, at);
	t->resource = resource_new(s->ts, s);
	return ctype_finish(t);
}

static const struct ctype *
value_bound(struct scope *s, const struct comp_extern_type *e)
{
	if (e->how == EXTERN_VALUE_TYPE)
		return valid_value_type(s, &e->valtype);
	const struct value_def *v = scope_get(s, SORT_VALUE, e->index, e->at);
	return v->type;
}

struct extern_type
valid_extern_type(struct scope *s, const struct comp_extern_type *e)
{
	struct extern_type t = {.sort = e->sort};
	switch (e->sort) {
	case SORT_CORE_MODULE: t.module = module_type_at(s, e); break;
	case SORT_FUNC:
		t.type = type_of_kind(s, e, CT_FUNC, "not-a-func-type", "a function type");
		break;
	case SORT_COMPONENT:
		t.type = type_of_kind(
			s, e, CT_COMPONENT, "not-a-component-type", "a component type");
		break;
	case SORT_INSTANCE:
		t.type =
			type_of_kind(s, e, CT_INSTANCE, "not-an-instance-type", "an instance type");
		break;
	case SORT_VALUE: t.type = value_bound(s, e); break;
	case SORT_TYPE:
		t.type = e->how == EXTERN_SUB_RESOURCE ? abstract_resource(s, e->at)
						       : scope_type(s, e->index, e->at);
		break;
	default:
		raise_error(ERR_INVALID, e->at, "export-core-sort",
			"a %s cannot be imported, exported or passed between components",
			comp_sort_name(e->sort));
	}
	return t;
}
