/* core_instance.c - see core_instance.h.
 *
 * A start function runs inside of its component instance: it may call imports, which need a
 * current thread. Concurrency.md ("Interaction with the start function") gives all start
 * functions the type func(), synchronous, without parameters or result. So the instantiation
 * of a core module is lifted to a function of this type, and called by the host: the instance
 * and its ancestors are entered for as long, and blocking is the trap that it is elsewhere. */
#include "link/core_instance.h"

#include "base/error.h"
#include "core/instantiate.h"
#include "link/count.h"
#include "link/traced.h"

static struct link_item
item_of_extern(const struct core_extern *x)
{
	switch (x->sort) {
	case CORE_SORT_FUNC:
		return (struct link_item){.sort = SORT_CORE_FUNC, .core_func = x->func};
	case CORE_SORT_TABLE: return (struct link_item){.sort = SORT_CORE_TABLE, .table = x->table};
	case CORE_SORT_MEMORY:
		return (struct link_item){.sort = SORT_CORE_MEMORY, .memory = x->memory};
	case CORE_SORT_GLOBAL:
		return (struct link_item){.sort = SORT_CORE_GLOBAL, .global = x->global};
	default: return (struct link_item){.sort = SORT_CORE_TAG, .tag = x->tag};
	}
}

static bool
extern_of_item(const struct link_item *item, struct core_extern *x)
{
	switch (item->sort) {
	case SORT_CORE_FUNC:
		*x = (struct core_extern){.sort = CORE_SORT_FUNC, .func = item->core_func};
		return true;
	case SORT_CORE_TABLE:
		*x = (struct core_extern){.sort = CORE_SORT_TABLE, .table = item->table};
		return true;
	case SORT_CORE_MEMORY:
		*x = (struct core_extern){.sort = CORE_SORT_MEMORY, .memory = item->memory};
		return true;
	case SORT_CORE_GLOBAL:
		*x = (struct core_extern){.sort = CORE_SORT_GLOBAL, .global = item->global};
		return true;
	case SORT_CORE_TAG:
		*x = (struct core_extern){.sort = CORE_SORT_TAG, .tag = item->tag};
		return true;
	default: return false;
	}
}

struct start_env {
	struct scope *scope;
	const struct comp_instance *def;
	struct core_instance *inst;
};

static bool
resolve(void *env, struct str module, struct str name, struct core_extern *out)
{
	const struct start_env *e = env;
	for (uint32_t i = 0; i < e->def->args.len; i++) {
		const struct comp_arg *arg = &e->def->args.data[i];
		if (!str_eq(arg->name, module))
			continue;
		const struct link_names *names =
			space_at(e->scope, SORT_CORE_INSTANCE, arg->ref.index)->core_instance;
		const struct link_item *item = names_get(names, name);
		return item && extern_of_item(item, out);
	}
	return false;
}

static CoreValues
start(void *env, CoreValues args)
{
	struct start_env *e = env;
	(void)args;
	const struct core_module *m =
		space_at(e->scope, SORT_CORE_MODULE, e->def->target.index)->module;
	e->inst = core_instantiate(e->scope->linked->core, m, resolve, e);
	return (CoreValues){0};
}

static Values
no_args(void *env)
{
	(void)env;
	return (Values){0};
}

static void
no_result(void *env, const Values *result)
{
	(void)env, (void)result;
}

static void
run_start(void *env)
{
	struct start_env *e = env;
	struct scope *s = e->scope;
	struct arena *a = s->linked->arena;
	FuncInst f = Store_lift(s->linked->store, (CoreFuncInst){start, e},
		arena_new_of(a, FuncType), arena_new_of(a, CanonicalOptions), s->inst);
	Store_invoke(s->linked->store, f, (OnStart){no_args, NULL}, (OnResolve){no_result, NULL});
}

static struct link_names *
instantiate(struct scope *s, const struct comp_instance *def)
{
	struct arena *a = s->linked->arena;
	struct start_env *e = arena_new_of(a, struct start_env);
	*e = (struct start_env){s, def, NULL};
	count_instance(s->linked);
	if (trace_has_details)
		traced("core_instantiate",
			traced_module_name(
				s, space_at(s, SORT_CORE_MODULE, def->target.index)->module),
			run_start, e);
	else
		run_start(e);

	struct link_names *names = names_new(a);
	const struct core_module *m = e->inst->module;
	for (uint32_t i = 0; i < m->exports.len; i++) {
		struct core_extern x;
		struct str name = m->exports.data[i].name;
		if (core_instance_export(e->inst, name, &x))
			names_put(a, names, name, item_of_extern(&x));
	}
	return names;
}

void
core_instance_define(struct scope *s, const struct comp_instance *def)
{
	struct link_names *names;
	if (def->is_instantiate) {
		names = instantiate(s, def);
	} else {
		names = names_new(s->linked->arena);
		for (uint32_t i = 0; i < def->exports.len; i++) {
			const struct comp_inline_export *e = &def->exports.data[i];
			names_put(s->linked->arena, names, e->name.name,
				*space_at(s, e->ref.sort, e->ref.index));
		}
	}
	space_push(s, (struct link_item){.sort = SORT_CORE_INSTANCE, .core_instance = names});
}
