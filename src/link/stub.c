/* stub.c - see stub.h. The declarations of an instance type are walked as import.c does it. */
#include "link/stub.h"

#include "base/error.h"
#include "base/fiber.h"
#include "link/types.h"

static bool stub_of(struct scope *s, const struct comp_extern_type *want, const char *name,
	struct link_item *item);

static OnCancel
call_stub(void *env, OnStart on_start, OnResolve on_resolve, ComponentInstance *caller)
{
	(void)on_start, (void)on_resolve, (void)caller;
	raise_error(ERR_TRAP, NO_LOC, "missing-import",
		"`%s` was called, an import that nothing provides", (const char *)env);
}

static struct link_item
stub_func(struct scope *s, const struct comp_extern_type *want, const char *name)
{
	struct link_func *f = arena_new_of(s->linked->arena, struct link_func);
	f->inst = (FuncInst){call_stub, (void *)name};
	f->type = space_at(s, SORT_TYPE, want->index)->type->func;
	f->name = name;
	return (struct link_item){.sort = SORT_FUNC, .func = f};
}

static struct link_item
stub_type(struct scope *s, const struct comp_extern_type *want)
{
	if (want->how == EXTERN_TYPE_EQ)
		return *space_at(s, SORT_TYPE, want->index);
	struct arena *a = s->linked->arena;
	struct link_type *t = arena_new_of(a, struct link_type);
	ComponentInstance *nobody = ComponentInstance_new(s->linked->store, NULL);
	t->kind = TYPE_RESOURCE;
	t->resource = ResourceType_new(a, nobody, NULL);
	return (struct link_item){.sort = SORT_TYPE, .type = t};
}

static bool
stub_export(struct scope *inner, const struct comp_export *e, const char *instance,
	struct link_names *names)
{
	struct link_item item;
	struct arena *a = inner->linked->arena;
	struct str name = e->name.name;
	if (!stub_of(inner, &e->type, arena_printf(a, "%s#" STR_FMT, instance, STR_ARG(name)),
		    &item))
		return false;
	names_put(a, names, name, item);
	space_push(inner, item);
	return true;
}

/* Each exported type stands from then on for its stub. */
static bool
stub_instance(
	struct scope *s, const struct link_type *type, const char *name, struct link_names *names)
{
	need_stack(NO_LOC, "instances");
	const struct component *decls = type->tree->decls;
	struct scope *inner = arena_new_of(s->linked->arena, struct scope);
	*inner = (struct scope){.linked = s->linked, .outer = type->scope, .ast = decls};
	bool good = true;
	for (uint32_t i = 0; good && i < decls->defs.len; i++) {
		const struct comp_def *def = &decls->defs.data[i];
		switch (def->kind) {
		case DEF_CORE_TYPE: core_type_eval(inner, def->core_type); break;
		case DEF_TYPE: {
			struct link_type *t = type_eval(inner, def->type);
			space_push(inner, (struct link_item){.sort = SORT_TYPE, .type = t});
			break;
		}
		case DEF_ALIAS: space_alias(inner, &def->alias); break;
		case DEF_EXPORT: good = stub_export(inner, &def->export, name, names); break;
		default: internal_error("an instance type declares what it cannot");
		}
	}
	return good;
}

static bool
stub_of(struct scope *s, const struct comp_extern_type *want, const char *name,
	struct link_item *item)
{
	switch (want->sort) {
	case SORT_FUNC: *item = stub_func(s, want, name); return true;
	case SORT_TYPE: *item = stub_type(s, want); return true;
	case SORT_INSTANCE: {
		*item = (struct link_item){
			.sort = SORT_INSTANCE, .instance = names_new(s->linked->arena)};
		const struct link_type *type = space_at(s, SORT_TYPE, want->index)->type;
		return stub_instance(s, type, name, item->instance);
	}
	default: return false;
	}
}

const struct link_item *
stub_import(struct scope *s, const struct comp_import *import)
{
	struct linked *l = s->linked;
	struct link_item *item = arena_new_of(l->arena, struct link_item);
	const char *name = str_cstr(l->arena, import->name.name);
	if (!stub_of(s, &import->type, name, item))
		return NULL;
	vec_push(l->arena, &l->stubbed, name);
	return item;
}
