/* abi.h - a small world for tests of the Canonical ABI: a store, core functions written in C,
 * and calls from the host. What runs on a thread records, and the test asserts afterwards. */
#ifndef CANON_UNIT_ABI_H
#define CANON_UNIT_ABI_H

#include "base/choose.h"
#include "base/fiber.h"
#include "base/str.h"
#include "cabi/cabi.h"
#include "unit.h"

static struct arena *world;
static Store *store_;

static inline void
world_begin(void)
{
	choose_seed(0);
	world = arena_new(0);
	heap_swap(world);
	store_ = Store_new(world);
}

static inline void
world_end(void)
{
	heap_swap(NULL);
	arena_free(world);
	fiber_release_pool();
	choose_release();
}

/* What fn raises; ERR_NONE when it returns. */
static inline struct error
raised_by(void (*fn)(void *env), void *env)
{
	struct error err = {0};
	struct arena *before = heap_swap(world);
	if (protect(fn, env, &err))
		err.kind = ERR_NONE;
	heap_swap(before);
	return err;
}

/* Is it the trap of this site? */
static inline bool
is_trap(const struct error *err, const char *function, int ordinal)
{
	return err->kind == ERR_TRAP && err->site &&
	       str_is(str_of(err->site->function), function) &&
	       trap_site_ordinal(err->site) == ordinal;
}

static inline CoreValues
core_values(uint32_t n, const uint64_t *bits)
{
	CoreValues vs = {0};
	for (uint32_t i = 0; i < n; i++)
		append(&vs, ((CoreValue){i32, bits[i]}));
	return vs;
}

static inline CoreValues
one(uint64_t bits)
{
	return core_values(1, &bits);
}

static inline ValType *
type_of(ValTypeKind kind)
{
	return ValType_new(world, kind);
}

static inline ValType *
handle_type(ValTypeKind kind, ResourceType *rt)
{
	ValType *t = type_of(kind);
	t->rt = rt;
	return t;
}

/* A function type; the parameters end with a null, the result may be null. */
static inline FuncType *
functype(bool async_, ValType *result, ValType *const *params)
{
	FuncType *ft = arena_new_of(world, FuncType);
	ft->async_ = async_;
	for (; params && *params; params++)
		vec_push(world, &ft->params, ((ParamType){"x", *params}));
	if (result)
		vec_push(world, &ft->result, ((ParamType){NULL, result}));
	return ft;
}

#define PARAMS(...) ((ValType *const[]){__VA_ARGS__, NULL})

static inline CanonicalOptions *
options_new(void)
{
	return arena_new_of(world, CanonicalOptions);
}

/* A call from the host: its arguments, and what came back. */
struct call {
	FuncInst f;
	Values args;
	bool started, resolved, cancelled;
	Value result;
	OnCancel on_cancel;
};

static inline Values
call_on_start(void *env)
{
	struct call *c = env;
	c->started = true;
	return c->args;
}

static inline void
call_on_resolve(void *env, const Values *result)
{
	struct call *c = env;
	c->resolved = true;
	c->cancelled = !result;
	if (result && result->len)
		c->result = result->data[0];
}

static inline void
call_run(void *env)
{
	struct call *c = env;
	c->on_cancel = Store_invoke(
		store_, c->f, (OnStart){call_on_start, c}, (OnResolve){call_on_resolve, c});
}

/* lift_and_run of run_tests.py: until nobody waits. */
static inline void
call_to_the_end(void *env)
{
	call_run(env);
	while (store_->waiting.len)
		Store_tick(store_);
}

#endif
