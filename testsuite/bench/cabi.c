/* cabi.c - how long the Canonical ABI takes, with no WebAssembly in sight: values there and back,
 * calls, copies of a stream, switches of a thread. Prints "row<tab>seconds" for one unit of each
 * row, the best of a few rounds. tools/bench compares them with the definitions. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/choose.h"
#include "base/fiber.h"
#include "cabi/cabi.h"

#define ROUNDS 7

static struct arena *world;
static Store *store_;
static ComponentInstance *inst, *other;

static double
now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Runs fn a number of times, each with a heap of its own, and prints the best time of one unit. */
static void
row(const char *name, void (*fn)(uint32_t units), uint32_t units)
{
	double best = 1e9;
	for (int round = 0; round < ROUNDS; round++) {
		struct arena *heap_of_round = arena_child(world);
		struct arena *before = heap_swap(heap_of_round);
		double start = now();
		fn(units);
		double took = (now() - start) / units;
		best = took < best ? took : best;
		heap_swap(before);
		arena_free(heap_of_round);
	}
	printf("%s\t%.4g\n", name, best);
}

/* ---- guests ---- */

#define MEMORY (8 << 20)
static struct bytes bytes;
static MemInst memory;
static uint64_t last_alloc;

static CoreValues
one_i32(uint64_t v)
{
	CoreValues vs = {0};
	append(&vs, ((CoreValue){i32, v}));
	return vs;
}

static CoreValues
guest_realloc(void *env, CoreValues args)
{
	(void)env;
	uint64_t align = args.data[2].bits;
	uint64_t at = (last_alloc + align - 1) / align * align;
	last_alloc = at + args.data[3].bits;
	return one_i32(at);
}

static CanonicalOptions *
options(bool async_)
{
	static CoreFuncInst realloc_inst = {guest_realloc, NULL};
	CanonicalOptions *opts = arena_new_of(world, CanonicalOptions);
	opts->memory = &memory;
	opts->realloc = &realloc_inst;
	opts->async_ = async_;
	return opts;
}

static ValType *
type(ValTypeKind kind, ValType *t)
{
	ValType *made = ValType_new(world, kind);
	made->t = t;
	return made;
}

static FuncType *
functype(bool async_, ValType *param, ValType *result)
{
	FuncType *ft = arena_new_of(world, FuncType);
	ft->async_ = async_;
	if (param)
		vec_push(world, &ft->params, ((ParamType){NULL, param}));
	if (result)
		vec_push(world, &ft->result, ((ParamType){NULL, result}));
	return ft;
}

/* ---- a task to run in ---- */

static void (*task_body)(void);

static CoreValues
body(void *env, CoreValues args)
{
	(void)env, (void)args;
	task_body();
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
inside_a_task(void (*fn)(void))
{
	task_body = fn;
	FuncType *ft = functype(true, NULL, NULL);
	CoreFuncInst f = {body, NULL};
	Store_invoke(store_, Store_lift(store_, f, ft, options(false), inst),
		(OnStart){no_args, NULL}, (OnResolve){no_result, NULL});
	while (store_->waiting.len)
		Store_tick(store_);
}

static uint32_t units_;

/* ---- values there and back ---- */

static ValType *value_type;
static Value value;

static void
there_and_back(void)
{
	CanonicalOptions *opts = options(false);
	for (uint32_t i = 0; i < units_; i++) {
		struct arena *mine = arena_child(world), *before = heap_swap(mine);
		LiftLowerContext *cx = LiftLowerContext_new(opts, inst, NULL);
		last_alloc = 0;
		CoreValues flat = lower_flat(cx, value, value_type);
		lift_flat(cx, CoreValueIter_new(flat), value_type);
		heap_swap(before);
		arena_free(mine);
	}
}

static void
values(uint32_t units)
{
	units_ = units;
	inside_a_task(there_and_back);
}

static void
ints(const char *name, ValTypeKind kind, uint32_t n)
{
	value_type = type(ListType, type(kind, NULL));
	value = (Value){0};
	for (uint32_t i = 0; i < n; i++)
		vec_push(world, &value.list, ((Value){.i = i & 0xff}));
	row(name, values, 20);
}

static void
string(const char *name, uint32_t n)
{
	value_type = type(StringType, NULL);
	for (uint32_t i = 0; i < n; i++)
		bytes.data[i] = 'a';
	inst->may_leave = true;
	CanonicalOptions *opts = options(false);
	LiftLowerContext *cx = LiftLowerContext_new(opts, inst, NULL);
	value = (Value){.s = load_string_from_range(cx, 0, n)};
	row(name, values, 200);
}

static void
records(const char *name, uint32_t n)
{
	static const ValTypeKind kinds[] = {U8Type, U32Type, F64Type};
	ValType *record = type(RecordType, NULL);
	value_type = type(ListType, record);
	value = (Value){0};
	for (int f = 0; f < 3; f++)
		vec_push(world, &record->fields, ((FieldType){&"abc"[f], type(kinds[f], NULL)}));
	for (uint32_t i = 0; i < n; i++) {
		Value v = {0};
		for (int f = 0; f < 3; f++)
			vec_push(world, &v.list, ((Value){.i = i & 0xff}));
		vec_push(world, &value.list, v);
	}
	row(name, values, 20);
}

/* ---- calls ---- */

static CoreFuncInst lowered;

static CoreValues
plus_one(void *env, CoreValues args)
{
	(void)env;
	return one_i32(args.data[0].bits + 1);
}

static void
call_many(void)
{
	for (uint32_t i = 0; i < units_; i++) {
		struct arena *mine = arena_child(world), *before = heap_swap(mine);
		lowered.fn(lowered.env, one_i32(i));
		heap_swap(before);
		arena_free(mine);
	}
}

static void
calls(uint32_t units)
{
	ValType *u32 = type(U32Type, NULL);
	FuncType *ft = functype(false, u32, u32);
	CoreFuncInst f = {plus_one, NULL};
	FuncInst lifted = Store_lift(store_, f, ft, options(false), other);
	lowered = Store_lower(store_, lifted, ft, options(false), inst);
	units_ = units;
	inside_a_task(call_many);
}

/* ---- copies of a stream: 64 bytes from one end to the other, in one instance ---- */

static void
copy_many(void)
{
	ValType *stream = type(StreamType, type(U8Type, NULL));
	CanonicalOptions *opts = options(true);
	uint64_t ends = canon_stream_new(stream).data[0].bits;
	num rx = ends & UINT32_MAX, tx = ends >> 32;
	for (uint32_t i = 0; i < units_; i++) {
		struct arena *mine = arena_child(world), *before = heap_swap(mine);
		canon_stream_write(stream, opts, tx, 0, 64);
		canon_stream_read(stream, opts, rx, 1024, 64);
		canon_stream_cancel_write(stream, true, tx);
		heap_swap(before);
		arena_free(mine);
	}
}

static void
copies(uint32_t units)
{
	units_ = units;
	inside_a_task(copy_many);
}

/* ---- switches of a thread ---- */

static void
yield_many(void)
{
	for (uint32_t i = 0; i < units_; i++)
		Thread_yield_(current_thread(), false);
}

static void
switches(uint32_t units)
{
	units_ = units;
	inside_a_task(yield_many);
}

int
main(void)
{
	choose_seed(0);
	world = arena_new(UINT64_C(8) << 30);
	heap_swap(world);
	store_ = Store_new(world);
	inst = ComponentInstance_new(store_, NULL);
	other = ComponentInstance_new(store_, NULL);
	bytes = (struct bytes){arena_alloc(world, MEMORY), MEMORY};
	memory = (MemInst){&bytes, i32};
	ints("list<u8>, 16 Ki elements", U8Type, 16384);
	ints("list<u32>, 16 Ki elements", U32Type, 16384);
	records("list<record>, 1 Ki elements", 1024);
	string("string, 64 KiB of ASCII", 65536);
	row("call", calls, 20000);
	row("stream copy", copies, 20000);
	row("thread switch", switches, 20000);
	heap_swap(NULL);
	arena_free(world);
	fiber_release_pool();
	choose_release();
	return 0;
}
