/* lazy.c - what lowering costs by realloc and by lazy values: a list of 64 MiB of inline elements
 * against memcpy of as much, and a list of strings with the calls into the guest. Prints
 * "row<tab>figure"; tools/bench makes ratios of them. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/choose.h"
#include "base/fiber.h"
#include "cabi/cabi.h"

#define ROUNDS  5
#define BYTES   ((uint64_t)64 << 20)
#define STRINGS 100000u
#define MEMORY  (BYTES + ((uint64_t)16 << 20))

static struct arena *world;
static Store *store_;
static ComponentInstance *inst;
static struct bytes from, to;
static MemInst source = {&from, i32}, target = {&to, i32};
static uint64_t top, calls;

static double
now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* ---- the guest ---- */

static CoreValues
guest_realloc(void *env, CoreValues args)
{
	CoreValues results = {0};
	uint64_t align = args.data[2].bits, at = (top + align - 1) / align * align;
	(void)env;
	calls++;
	top = at + args.data[3].bits;
	append(&results, ((CoreValue){i32, at}));
	return results;
}

static CoreFuncInst realloc_inst = {guest_realloc, NULL};
static CanonicalOptions lift_opts = {.memory = &source};
static CanonicalOptions eager = {.memory = &target, .realloc = &realloc_inst};
static CanonicalOptions lazy = {.memory = &target, .lazy = true};

static ValType *
list_of(ValTypeKind kind)
{
	ValType *t = ValType_new(world, ListType);
	t->t = ValType_new(world, kind);
	return t;
}

/* ---- a task to run in ---- */

static CoreValues
body(void *env, CoreValues args)
{
	void (*fn)(void) = *(void (**)(void))env;
	(void)args;
	fn();
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
	FuncType *none = arena_new_of(world, FuncType);
	CanonicalOptions *opts = arena_new_of(world, CanonicalOptions);
	Store_invoke(store_, Store_lift(store_, (CoreFuncInst){body, &fn}, none, opts, inst),
		(OnStart){no_args, NULL}, (OnResolve){no_result, NULL});
}

/* ---- one list of bytes ---- */

static double best[3];

static void
better(double *least, double start)
{
	double took = now() - start;
	*least = took < *least ? took : *least;
}

static void
bytes_once(void)
{
	ValType *t = list_of(U8Type);
	struct arena *mine = arena_child(world), *before = heap_swap(mine);
	LiftLowerContext *cx = LiftLowerContext_new(&lift_opts, inst, NULL);
	Value v = {.list = load_list_from_range(cx, 0, BYTES, t->t)};

	double start = now();
	memcpy(to.data, from.data, BYTES);
	better(&best[0], start);

	top = 0;
	cx = LiftLowerContext_new(&eager, inst, NULL);
	start = now();
	lower_flat(cx, v, t);
	better(&best[1], start);

	cx = LiftLowerContext_new(&lazy, inst, NULL);
	CoreValues flat = lower_flat(cx, v, t);
	start = now();
	canon_value_lower(t, &lazy, flat.data[0].bits, 0);
	better(&best[2], start);
	heap_swap(before);
	arena_free(mine);
}

/* ---- many strings ---- */

static double strings[2];
static uint64_t calls_of[2];

static void
strings_once(void)
{
	ValType *t = list_of(StringType);
	struct arena *mine = arena_child(world), *before = heap_swap(mine);
	for (uint32_t i = 0; i < STRINGS; i++) {
		uint32_t range[2] = {8 * STRINGS, 20};
		memcpy(from.data + 8 * i, range, 8);
	}
	LiftLowerContext *cx = LiftLowerContext_new(&lift_opts, inst, NULL);
	Value v = {.list = load_list_from_range(cx, 0, STRINGS, t->t)};

	top = calls = 0;
	cx = LiftLowerContext_new(&eager, inst, NULL);
	double start = now();
	lower_flat(cx, v, t);
	better(&strings[0], start);
	calls_of[0] = calls;

	calls = 0;
	cx = LiftLowerContext_new(&lazy, inst, NULL);
	start = now();
	CoreValues flat = lower_flat(cx, v, t);
	canon_value_lower(t, &lazy, flat.data[0].bits, 0);
	for (uint32_t i = 0, at = 8 * STRINGS; i < STRINGS; i++, at += 20) {
		uint32_t index;
		memcpy(&index, to.data + 8 * i, 4);
		canon_value_lower(t->t, &lazy, index, at);
	}
	better(&strings[1], start);
	calls_of[1] = calls;
	heap_swap(before);
	arena_free(mine);
}

int
main(void)
{
	choose_seed(0);
	world = arena_new(UINT64_C(8) << 30);
	heap_swap(world);
	store_ = Store_new(world);
	inst = ComponentInstance_new(store_, NULL);
	from = (struct bytes){arena_alloc(world, MEMORY), MEMORY};
	to = (struct bytes){arena_alloc(world, MEMORY), MEMORY};
	memset(from.data, 'a', MEMORY);
	memset(to.data, 0, MEMORY);
	best[0] = best[1] = best[2] = strings[0] = strings[1] = 1e9;
	for (int round = 0; round < ROUNDS; round++)
		inside_a_task(bytes_once);
	for (int round = 0; round < ROUNDS; round++)
		inside_a_task(strings_once);
	printf("memcpy\t%.4g\neager bytes\t%.4g\nlazy bytes\t%.4g\n", best[0], best[1], best[2]);
	printf("eager strings\t%.4g\nlazy strings\t%.4g\n", strings[0], strings[1]);
	printf("eager calls\t%llu\nlazy calls\t%llu\n", (unsigned long long)calls_of[0],
		(unsigned long long)calls_of[1]);
	heap_swap(NULL);
	arena_free(world);
	fiber_release_pool();
	choose_release();
	return 0;
}
