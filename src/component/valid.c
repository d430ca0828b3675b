/* valid.c - the walk over a component's definitions, and the scopes that component types and
 * instance types are. See valid.h; the rules are in valid_*.c. */
#include "component/valid.h"

#include "base/fiber.h"
#include "component/features.h"
#include "component/valid_scope.h"

static void
valid_def(struct scope *s, struct comp_def *d)
{
	switch (d->kind) {
	case DEF_CORE_MODULE: valid_core_module(s, d->module); break;
	case DEF_CORE_INSTANCE: valid_core_instance(s, &d->instance, d->at); break;
	case DEF_CORE_TYPE: valid_core_type(s, d->core_type); break;
	case DEF_COMPONENT:
		scope_add(s, SORT_COMPONENT, valid_component(s, s->ts, d->component));
		break;
	case DEF_INSTANCE: valid_instance(s, &d->instance, d->at); break;
	case DEF_ALIAS: valid_alias(s, &d->alias, d->at); break;
	case DEF_TYPE: valid_type_def(s, d->type); break;
	case DEF_CANON: valid_canon(s, &d->canon, d->at); break;
	case DEF_START: valid_start(s, &d->start, d->at); break;
	case DEF_IMPORT: valid_import(s, &d->import); break;
	case DEF_EXPORT: valid_export(s, &d->export, d->at); break;
	case DEF_VALUE: valid_value(s, &d->value, d->at); break;
	}
}

/* The type of what a scope describes. */
static const struct ctype *
scope_to_type(struct scope *s, enum comp_type_kind kind, struct loc at)
{
	struct ctype *t = ctype_new(s->ts, kind, at);
	t->imports = s->imports;
	t->exports = s->exports;
	t->bound_imports = s->import_resources;
	t->bound_exports = exported_resources(s);
	return ctype_finish(t);
}

static void
need_values_used(const struct scope *s)
{
	for (uint32_t i = 0; i < s->spaces[SORT_VALUE].len; i++) {
		const struct value_def *v = s->spaces[SORT_VALUE].data[i];
		require(v->used, v->at, "value-unused", "value index %u was not used", i);
	}
}

const struct ctype *
valid_component(struct scope *outer, struct ctypes *ts, struct component *c)
{
	struct scope *s = arena_new_of(ts->arena, struct scope);
	need_stack(c->at, "components");
	scope_init(s, outer, SCOPE_COMPONENT, ts);
	for (uint32_t i = 0; i < c->defs.len; i++)
		valid_def(s, &c->defs.data[i]);
	need_values_used(s);
	return scope_to_type(s, CT_COMPONENT, c->at);
}

const struct ctype *
valid_declarations(struct scope *outer, const struct comp_type *t)
{
	struct scope *s = arena_new_of(outer->arena, struct scope);
	struct component *c = t->decls;
	need_stack(t->at, "components");
	scope_init(s, outer, t->kind == CT_COMPONENT ? SCOPE_COMPONENT_TYPE : SCOPE_INSTANCE_TYPE,
		outer->ts);
	for (uint32_t i = 0; i < c->defs.len; i++) {
		enum comp_def_kind kind = c->defs.data[i].kind;
		bool ok = kind == DEF_CORE_TYPE || kind == DEF_TYPE || kind == DEF_ALIAS ||
			  kind == DEF_IMPORT ||
			  (kind == DEF_EXPORT && c->defs.data[i].export.is_decl);
		require(ok, c->defs.data[i].at, "definition-in-type",
			"only types, aliases, imports and exports can be declared in a type");
		valid_def(s, &c->defs.data[i]);
	}
	return scope_to_type(s, t->kind, t->at);
}

void
component_validate(struct arena *a, struct component *c, const struct features *features)
{
	struct ctypes *ts = ctypes_new(a);
	if (features)
		features_check(*features, c);
	valid_component(NULL, ts, c);
}
