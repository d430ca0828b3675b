/* link.c - see link.h: top-level instances, their functions, and calls from outside.
 * CanonicalABI.md, "Embedding". */
#include "link/link.h"

#include "base/error.h"
#include "base/fiber.h"
#include "base/trace.h"
#include "core/instance.h"
#include "link/convert.h"
#include "link/import.h"
#include "link/instantiate.h"
#include "link/poison.h"
#include "link/types.h"

struct instantiate_env {
	struct linked *linked;
	const struct component *ast;
	const struct link_import *imports;
	uint32_t nimports;
	const struct component *host;
};

/* The host's exports, behind what there is. */
static void
add_host(struct linked *l, const struct component *host, struct link_names *names)
{
	struct link_component c = {host, NULL};
	const struct link_names *exports = instantiate_component(l, &c, names_new(l->arena), NULL);
	for (uint32_t i = 0; i < exports->items.len; i++)
		names_put(l->arena, names, exports->names.data[i], exports->items.data[i]);
}

static void
run_instantiate(void *env)
{
	struct instantiate_env *e = env;
	struct linked *l = e->linked;
	heap_swap(l->arena);
	l->store = Store_new(l->arena);
	l->core = core_store_new(l->arena);
	struct link_component c = {e->ast, NULL};
	struct link_names *imports = import_names(l->arena, e->imports, e->nimports);
	if (e->host)
		add_host(l, e->host, imports);
	l->exports = instantiate_component(l, &c, imports, NULL);
}

static struct linked *
instantiate(struct instantiate_env e, bool stubs)
{
	struct arena *a = arena_new(0);
	struct linked *l = arena_new_of(a, struct linked);
	l->arena = a;
	l->stubs = stubs;
	e.linked = l;
	struct arena *callers = heap_swap(NULL);
	struct error err;
	bool ok = protect(run_instantiate, &e, &err);
	heap_swap(callers);
	if (!ok) {
		trace_error(&err);
		arena_free(a);
		raise_again(&err);
	}
	return l;
}

struct linked *
link_instantiate(const struct component *c, const struct link_import *imports, uint32_t nimports,
	const struct component *host)
{
	return instantiate((struct instantiate_env){NULL, c, imports, nimports, host}, false);
}

struct linked *
link_instantiate_alone(const struct component *c)
{
	return instantiate((struct instantiate_env){.ast = c}, true);
}

const char *const *
link_stubbed(const struct linked *l, uint32_t *n)
{
	*n = l->stubbed.len;
	return l->stubbed.data;
}

void
link_free(struct linked *l)
{
	if (l)
		arena_free(l->arena);
}

static const struct link_func *
func_in(const struct link_names *names, struct str name)
{
	const struct link_item *item = names_get(names, name);
	return item && item->sort == SORT_FUNC ? item->func : NULL;
}

const struct link_func *
link_find_func(const struct linked *l, struct str name)
{
	const struct link_func *f = func_in(l->exports, name);
	for (size_t i = name.len; !f && i-- > 0;) {
		if (name.ptr[i] != '#')
			continue;
		struct str instance = {name.ptr, i}, rest = {name.ptr + i + 1, name.len - i - 1};
		const struct link_item *item = names_get(l->exports, instance);
		if (item && item->sort == SORT_INSTANCE)
			f = func_in(item->instance, rest);
	}
	return f;
}

struct each_env {
	struct arena *arena;
	void (*tell)(void *env, struct str name, const struct link_func *f);
	void *env;
};

static void
each_in(const struct each_env *e, const struct link_names *names, const char *before)
{
	need_stack(NO_LOC, "instances");
	for (uint32_t i = 0; i < names->items.len; i++) {
		const struct link_item *item = &names->items.data[i];
		const char *name =
			arena_printf(e->arena, "%s" STR_FMT, before, STR_ARG(names->names.data[i]));
		if (item->sort == SORT_FUNC)
			e->tell(e->env, str_of(name), item->func);
		else if (item->sort == SORT_INSTANCE)
			each_in(e, item->instance, arena_printf(e->arena, "%s#", name));
	}
}

void
link_each_func(const struct linked *l,
	void (*tell)(void *env, struct str name, const struct link_func *f), void *env)
{
	struct each_env e = {l->arena, tell, env};
	each_in(&e, l->exports, "");
}

uint32_t
link_func_nparams(const struct link_func *f)
{
	return f->type->params.len;
}

bool
link_func_has_result(const struct link_func *f)
{
	return f->type->result.len;
}

void
link_func_print(struct strbuf *out, const struct link_func *f)
{
	functype_print(out, f->type);
}

/* ---- calls ---- */

struct invoke_env {
	struct linked *linked;
	const struct link_func *func;
	struct loc at;
	const struct link_value *args;
	uint32_t nargs;
	struct arena *heap, *out;
	struct link_value *result;
	Values values;
	bool resolved;
};

static Values
on_start(void *env)
{
	struct invoke_env *e = env;
	return e->values;
}

/* The result lies in the heap of the callee's thread, so it is copied here. */
static void
on_resolve(void *env, const Values *result)
{
	struct invoke_env *e = env;
	if (result && result->len)
		*e->result =
			value_of_abi(e->out, &result->data[0], e->func->type->result.data[0].t);
	e->resolved = true;
}

static void
convert_args(struct invoke_env *e)
{
	const FuncType *type = e->func->type;
	if (e->nargs != type->params.len)
		raise_error(ERR_SCRIPT, e->at, "argument-count",
			"%u arguments where the function has %u parameters", e->nargs,
			type->params.len);
	for (uint32_t i = 0; i < e->nargs; i++)
		append(&e->values, value_to_abi(&e->args[i], type->params.data[i].t, e->at));
}

static void
run_invoke(void *env)
{
	struct invoke_env *e = env;
	Store *store = e->linked->store;
	heap_swap(e->heap);
	poison_check(e->linked, e->at);
	convert_args(e);
	Store_invoke(store, e->func->inst, (OnStart){on_start, e}, (OnResolve){on_resolve, e});
	drive_until(store, &e->resolved, e->at);
}

bool
link_invoke(struct linked *l, const struct link_func *f, struct loc at,
	const struct link_value *args, uint32_t nargs, struct arena *out, struct link_value *result)
{
	struct arena *heap = arena_child(l->store->arena);
	struct invoke_env e = {l, f, at, args, nargs, heap, out, result, {0}, false};
	struct arena *callers = heap_swap(NULL);
	struct error err;
	bool ok = protect(run_invoke, &e, &err);
	heap_swap(callers);
	arena_free(heap);
	if (!ok) {
		trace_error(&err);
		poison_after(l, &err);
		raise_again(&err);
	}
	return f->type->result.len;
}
