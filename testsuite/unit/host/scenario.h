/* scenario.h - what the specification's own scenarios (run_tests.py) share, for guests that are
 * native C functions: heaps, lifted and lowered functions, built-ins, and functions of the host.
 *
 * Guests run on fibers: they say expect(), which records, and the scenario ends with
 * scenario_end(), which asserts. A guest has no closure, so what it knows is static, and its
 * imports are static function pointers that the scenario fills:
 *
 *	static uint32_t (*set_new)(void);
 *	IMPORT(set_new, builtin(.kind = CANON_WAITABLE_SET_NEW)); */
#ifndef CANON_UNIT_SCENARIO_H
#define CANON_UNIT_SCENARIO_H

#include "cabi/shorthand.h"
#include "host/native.h"
#include "link/builtins.h"

static char first_failure[200];

#define expect(c) \
	do { \
		if (!(c) && !first_failure[0]) \
			snprintf(first_failure, sizeof first_failure, "%s:%d: %s", __FILE__, \
				__LINE__, #c); \
	} while (0)

static inline void
scenario_begin(void)
{
	world_begin();
	first_failure[0] = 0;
}

static inline void
scenario_end(void)
{
	world_end();
	ck_assert_msg(!first_failure[0], "%s", first_failure);
}

/* ---- a guest's memory, with a realloc that hands out ever higher ranges ---- */

struct guest_heap {
	struct bytes bytes;
	MemInst mem;
	uint32_t last_alloc;
};

static inline void
heap_init(struct guest_heap *h, uint32_t size, CoreType addrtype)
{
	h->bytes = (struct bytes){arena_alloc(world, size), size};
	h->mem = (MemInst){&h->bytes, addrtype};
	h->last_alloc = 0;
}

static inline uint32_t
heap_align(uint32_t at, uint32_t align)
{
	return (at + align - 1) / align * align;
}

static inline uint32_t
heap_realloc(struct guest_heap *h, uint32_t old, uint32_t old_size, uint32_t align, uint32_t size)
{
	if (old && size < old_size)
		return heap_align(old, align);
	uint32_t at = heap_align(h->last_alloc, align);
	h->last_alloc = at + size;
	if (h->last_alloc > h->bytes.len)
		raise_error(ERR_TRAP, NO_LOC, "heap", "the guest's heap is full");
	memmove(h->bytes.data + at, h->bytes.data + old, old_size);
	return at;
}

/* HEAP(name) defines a heap and its realloc for guests, name_realloc, and name_realloc64 with
 * addresses of 64 bits. */
#define HEAP(name) \
	static struct guest_heap name; \
\
	static UNUSED uint32_t name##_realloc( \
		uint32_t old, uint32_t old_size, uint32_t align, uint32_t size) \
	{ \
		return heap_realloc(&name, old, old_size, align, size); \
	} \
\
	static UNUSED uint64_t name##_realloc64( \
		uint64_t old, uint64_t old_size, uint64_t align, uint64_t size) \
	{ \
		return heap_realloc(&name, (uint32_t)old, (uint32_t)old_size, (uint32_t)align, \
			(uint32_t)size); \
	}

/* ---- options ---- */

/* UTF-8; heap and realloc may be null. */
static inline CanonicalOptions *
guest_options(struct guest_heap *h, void *realloc)
{
	static struct bytes none;
	CanonicalOptions *opts = options_new();
	opts->memory = arena_new_of(world, MemInst);
	*opts->memory = (MemInst){&none, i32};
	if (h)
		opts->memory = &h->mem;
	bool wide = opts->memory->addrtype == i64;
	if (realloc)
		opts->realloc = native_func(world, (native_fn *)realloc,
			native_type(world, wide ? "llll:l" : "iiii:i"));
	return opts;
}

static inline CanonicalOptions *
async_options(struct guest_heap *h, void *realloc)
{
	CanonicalOptions *opts = guest_options(h, realloc);
	opts->async_ = true;
	return opts;
}

/* callback is uint32_t callback(uint32_t event, uint32_t p1, uint32_t p2). */
static inline CanonicalOptions *
callback_options(struct guest_heap *h, void *realloc, void *callback)
{
	CanonicalOptions *opts = async_options(h, realloc);
	opts->callback = native_func(world, (native_fn *)callback, native_type(world, "iii:i"));
	return opts;
}

/* ---- functions ---- */

static inline FuncInst
lift(ComponentInstance *inst, void *fn, FuncType *ft, CanonicalOptions *opts)
{
	CoreFuncInst *f =
		native_func(world, (native_fn *)fn, flatten_functype(opts, ft, context_lift));
	return Store_lift(store_, *f, ft, opts, inst);
}

static inline native_fn *
lower(ComponentInstance *inst, FuncInst f, FuncType *ft, CanonicalOptions *opts)
{
	return native_import(world, Store_lower(store_, f, ft, opts, inst),
		flatten_functype(opts, ft, context_lower));
}

#define builtin(...) native_builtin(world, &(struct builtin){__VA_ARGS__})

#define IMPORT(var, fn) (var = (typeof(var))(fn))

static inline ValTypes
result_list(ValType *t)
{
	ValTypes ts = {0};
	if (t)
		vec_push(world, &ts, t);
	return ts;
}

/* A call from the host until nobody waits; no arguments, or those that are given. */
static inline struct call
run_to_the_end(FuncInst f, uint32_t nargs, const Value *args)
{
	struct call c = {.f = f};
	for (uint32_t i = 0; i < nargs; i++)
		vec_push(world, &c.args, args[i]);
	call_to_the_end(&c);
	return c;
}

#define RUN(f, ...) \
	run_to_the_end(f, sizeof((Value[]){__VA_ARGS__}) / sizeof(Value), (Value[]){__VA_ARGS__})

/* ---- what a guest may see trap ---- */

/* Runs fn(env) and says whether it trapped at that site, on whatever stack this is. */
static inline bool
traps_at(void (*fn)(void *env), void *env, const char *function, int ordinal)
{
	struct error err = {0};
	struct arena *before = heap();
	bool returned = protect(fn, env, &err);
	heap_swap(before);
	return !returned && is_trap(&err, function, ordinal);
}

/* ---- functions of the host: on a task of their own, in an instance of their own ---- */

typedef struct host_call {
	ComponentInstance *caller;
	OnStart on_start;
	OnResolve on_resolve;
	Thread *thread;
	void (*fn)(struct host_call *call);
} host_call;

typedef void host_fn(host_call *call);

struct host_func {
	host_fn *fn;
	FuncType *ft;
};

static inline void
host_thread_func(void *env)
{
	host_call *call = env;
	call->fn(call);
}

static inline void
host_on_cancel(void *env, ComponentInstance *caller)
{
	(void)caller;
	host_call *call = env;
	Thread_resume(call->thread, Cancelled_TRUE);
}

static inline OnCancel
host_func_inst(void *env, OnStart on_start, OnResolve on_resolve, ComponentInstance *caller)
{
	struct host_func *h = env;
	host_call *call = arena_new_of(world, host_call);
	ComponentInstance *inst = ComponentInstance_new(store_, NULL);
	Task *task = Task_new(h->ft, options_new(), inst, on_start, on_resolve);
	*call = (host_call){caller, on_start, on_resolve, NULL, h->fn};
	call->thread = Thread_new(task, (ThreadFunc){host_thread_func, call});
	Thread_resume(call->thread, Cancelled_FALSE);
	return (OnCancel){host_on_cancel, call};
}

static inline FuncInst
host_func(host_fn *fn, FuncType *ft)
{
	struct host_func *h = arena_new_of(world, struct host_func);
	*h = (struct host_func){fn, ft};
	return (FuncInst){host_func_inst, h};
}

static inline Values
host_args(host_call *call)
{
	return call->on_start.fn(call->on_start.env);
}

static inline void
host_return(host_call *call, uint32_t n, const Value *results)
{
	Values vs = {0};
	for (uint32_t i = 0; i < n; i++)
		vec_push(world, &vs, results[i]);
	call->on_resolve.fn(call->on_resolve.env, &vs);
}

/* ---- flags that threads wait for ---- */

static inline bool
flag_is_set(void *env)
{
	return *(bool *)env;
}

/* What the scenarios reach by the definitions' own current_thread().wait_until. */
static inline void
wait_for(bool *flag)
{
	Thread_wait_until(current_thread(), (ReadyFunc){flag_is_set, flag}, false);
}

static inline Cancelled
host_wait_for(host_call *call, bool *flag)
{
	return Thread_wait_until(call->thread, (ReadyFunc){flag_is_set, flag}, true);
}

/* ---- packed results ---- */

#define STATE(packed) ((packed)&0xf)
#define INDEX(packed) ((packed) >> 4)

#endif
