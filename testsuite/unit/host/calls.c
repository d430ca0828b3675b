/* calls.c - scenarios of run_tests.py: synchronous calls, between components and with the host.
 * test_roundtrips, test_cross_component_realloc, test_handles. */
#include "scenario.h"

/* ---- test_roundtrips: a function that returns its flat arguments ---- */

HEAP(callee_heap)

struct two_i32 {
	uint32_t a, b;
};

struct two_i64 {
	uint64_t a, b;
};

static uint32_t
same_i32(uint32_t a)
{
	return a;
}

static uint64_t
same_i64(uint64_t a)
{
	return a;
}

static struct two_i32
same_two_i32(uint32_t a, uint32_t b)
{
	return (struct two_i32){a, b};
}

static struct two_i64
same_two_i64(uint64_t a, uint64_t b)
{
	return (struct two_i64){a, b};
}

static Value
text(const char *s)
{
	String *string = arena_new_of(world, String);
	*string = (String){.ascii = (const uint8_t *)s, .len = (uint32_t)strlen(s)};
	string->tagged_code_units = string->len;
	return (Value){.s = string};
}

static Value
list_of(uint32_t n, const Value *vs)
{
	Value list = {.list = {0}};
	for (uint32_t i = 0; i < n; i++)
		vec_push(world, &list.list, vs[i]);
	return list;
}

#define LIST_OF(...) list_of(sizeof((Value[]){__VA_ARGS__}) / sizeof(Value), (Value[]){__VA_ARGS__})

static Value
in_case(uint32_t index, Value payload)
{
	Value *v = arena_new_of(world, Value);
	*v = payload;
	return (Value){.variant = {v, index}};
}

/* A result is in the heap of the callee's thread, and so is printed while that lives. */
struct trip {
	ValType *t;
	Value v;
	const char *result;
};

static Values
trip_args(void *env)
{
	struct trip *trip = env;
	Values args = {0};
	append(&args, trip->v);
	return args;
}

static void
trip_result(void *env, const Values *results)
{
	struct trip *trip = env;
	trip->result = V(trip->t, results->data[0]);
}

static void
round_trip(CoreType addrtype, ValType *t, Value v, void *one, void *two)
{
	heap_init(&callee_heap, 1000, addrtype);
	void *realloc =
		addrtype == i64 ? (void *)callee_heap_realloc64 : (void *)callee_heap_realloc;
	CanonicalOptions *opts = guest_options(&callee_heap, realloc);
	FuncType *ft = functype(false, t, PARAMS(t));
	ComponentInstance *callee_inst = ComponentInstance_new(store_, NULL);
	bool is_one = flatten_functype(opts, ft, context_lift).params.len == 1;
	struct trip trip = {t, v, NULL};
	Store_invoke(store_, lift(callee_inst, is_one ? one : two, ft, opts),
		(OnStart){trip_args, &trip}, (OnResolve){trip_result, &trip});
	ck_assert(trip.result && !store_->waiting.len);
	ck_assert_str_eq(trip.result, V(t, v));
}

static void
round_trips(CoreType addrtype, void *one, void *two)
{
	Value hello = text("hello there"), answer = LIST_OF(text("answer"), {.i = 42});
	Value words = LIST_OF(text("one"), text("two")), three = LIST_OF(text("three"));
	Value many = LIST_OF({.i = 1}, {.i = 2}, {.i = 3}, {.i = 4}, {.i = 5}, {.i = 6}, {.i = 7},
		{.i = 8}, {.i = 9}, {.i = 10}, {.i = 11}, {.i = 12}, {.i = 13}, {.i = 14},
		{.i = 15}, {.i = 16}, text("wat"));
	round_trip(addrtype, T("s8"), (Value){.i = -1}, same_i32, NULL);
	round_trip(addrtype, T("tuple(u16,u16)"), LIST_OF({.i = 3}, {.i = 4}), NULL, same_two_i32);
	round_trip(addrtype, T("list(string)"), LIST_OF(hello), one, two);
	round_trip(addrtype, T("list(list(string))"), LIST_OF(words, three), one, two);
	round_trip(addrtype, T("list(option(tuple(string,u16)))"), LIST_OF(in_case(1, answer)), one,
		two);
	round_trip(addrtype,
		T("variant(x:tuple(u32,u32,u32,u32,u32,u32,u32,u32,u32,u32,u32,u32,u32,u32,u32,u32,"
		  "string))"),
		in_case(0, many), one, two);
}

START_TEST(test_roundtrips)
{
	scenario_begin();
	MAX_FLAT_RESULTS = 16;
	round_trips(i32, same_i32, same_two_i32);
	round_trips(i64, same_i64, same_two_i64);
	MAX_FLAT_RESULTS = 1;
	scenario_end();
}
END_TEST

/* ---- test_cross_component_realloc ---- */

HEAP(producer_heap)
HEAP(consumer_heap)

static ComponentInstance *consumer_inst;
static Thread *consumer_thread;
static int realloc_calls;
static void (*context_set0)(uint32_t v);
static void (*context_set1)(uint32_t v);
static uint32_t (*context_get0)(void);
static uint32_t (*context_get1)(void);
static uint32_t (*thread_index)(void);
static void (*call_producer)(uint32_t retp);

static uint32_t
core_producer(void)
{
	context_set0(0xdead);
	uint32_t buf = producer_heap_realloc(0, 0, 1, 3);
	memcpy(producer_heap.bytes.data + buf, "\x0a\x0b\x0c", 3);
	uint32_t retp = producer_heap_realloc(0, 0, 4, 8);
	producer_heap.bytes.data[retp] = (uint8_t)buf;
	producer_heap.bytes.data[retp + 4] = 3;
	return retp;
}

static void
ask_thread_index(void *env)
{
	(void)env;
	thread_index();
}

static uint32_t
core_consumer_realloc(uint32_t old, uint32_t old_size, uint32_t align, uint32_t size)
{
	realloc_calls++;
	Thread *thread = current_thread();
	expect(thread != consumer_thread);
	expect(thread->task != consumer_thread->task);
	expect(thread->task->inst == consumer_inst);
	expect(current_instance() == consumer_inst);
	expect(!consumer_inst->may_enter && !consumer_inst->may_leave);
	expect(context_get0() == 0 && context_get1() == 0);
	context_set0(0xfeed);
	expect(context_get0() == 0xfeed);
	expect(traps_at(ask_thread_index, NULL, "canon_thread_index", 1));
	return consumer_heap_realloc(old, old_size, align, size);
}

static void
core_consumer(void)
{
	consumer_thread = current_thread();
	context_set0(42);
	context_set1(43);
	uint32_t retp = consumer_heap_realloc(0, 0, 4, 8);
	expect(realloc_calls == 0);
	call_producer(retp);
	expect(realloc_calls == 1);
	expect(context_get0() == 42 && context_get1() == 43);
	const uint8_t *memory = consumer_heap.bytes.data;
	expect(memory[retp + 4] == 3);
	expect(!memcmp(memory + memory[retp], "\x0a\x0b\x0c", 3));
}

START_TEST(test_cross_component_realloc)
{
	scenario_begin();
	heap_init(&producer_heap, 16, i32);
	heap_init(&consumer_heap, 24, i32);
	realloc_calls = 0;
	ComponentInstance *root = ComponentInstance_new(store_, NULL);
	ComponentInstance *producer_inst = ComponentInstance_new(store_, root);
	consumer_inst = ComponentInstance_new(store_, root);
	IMPORT(context_set0, builtin(.kind = CANON_CONTEXT_SET));
	IMPORT(context_set1, builtin(.kind = CANON_CONTEXT_SET, .slot = 1));
	IMPORT(context_get0, builtin(.kind = CANON_CONTEXT_GET));
	IMPORT(context_get1, builtin(.kind = CANON_CONTEXT_GET, .slot = 1));
	IMPORT(thread_index, builtin(.kind = CANON_THREAD_INDEX));
	FuncType *ft = functype(false, T("list(u8)"), NULL);
	FuncInst producer =
		lift(producer_inst, core_producer, ft, guest_options(&producer_heap, NULL));
	IMPORT(call_producer, lower(consumer_inst, producer, ft,
				      guest_options(&consumer_heap, core_consumer_realloc)));
	RUN(lift(consumer_inst, core_consumer, functype(false, NULL, NULL),
		guest_options(NULL, NULL)));
	ck_assert_int_eq(realloc_calls, 1);
	scenario_end();
}
END_TEST

/* ---- test_handles ---- */

static ComponentInstance *inst;
static uint32_t dtor_value;
static uint32_t (*resource_rep)(uint32_t i);
static void (*resource_drop)(uint32_t i);
static uint32_t (*resource_new)(uint32_t rep);
static uint32_t (*call_host)(uint32_t a, uint32_t b);

static void
dtor(uint32_t rep)
{
	dtor_value = rep;
}

static void
takes_borrows_and_returns_an_own(host_call *call)
{
	Values args = host_args(call);
	expect(args.len == 2 && args.data[0].rep == 42 && args.data[1].rep == 44);
	host_return(call, 1, &(Value){.rep = 45});
}

struct three {
	uint32_t a, b, c;
};

static bool
slot_is_free(uint32_t i)
{
	return !inst->handles->array.data[i];
}

static struct three
core_wasm(uint32_t h1, uint32_t h2, uint32_t h3, uint32_t rep)
{
	Table *handles = inst->handles;
	expect(handles->array.len == 4 && slot_is_free(0));
	expect(h1 == 1 && h2 == 2 && h3 == 3 && rep == 13);
	expect(resource_rep(h1) == 42 && resource_rep(h2) == 43 && resource_rep(h3) == 44);

	uint32_t h4 = call_host(h1, h3);
	expect(h4 == 4 && resource_rep(h4) == 45);

	dtor_value = 0;
	resource_drop(h1);
	expect(dtor_value == 42);
	expect(handles->array.len == 5 && slot_is_free(h1) && handles->free.len == 1);

	uint32_t h = resource_new(46);
	expect(h == h1);
	expect(handles->array.len == 5 && !slot_is_free(h) && handles->free.len == 0);

	dtor_value = 0;
	resource_drop(h3);
	expect(dtor_value == 0);
	expect(handles->array.len == 5 && slot_is_free(h3) && handles->free.len == 1);
	return (struct three){h, h2, h4};
}

static Values got;

static void
keep_results(void *env, const Values *results)
{
	(void)env;
	for (uint32_t i = 0; i < results->len; i++)
		vec_push(world, &got, results->data[i]);
}

static Values
handle_args(void *env)
{
	(void)env;
	Values args = {0};
	static const uint32_t reps[] = {42, 43, 44, 13};
	for (int i = 0; i < 4; i++)
		append(&args, ((Value){.rep = reps[i]}));
	return args;
}

/* Several results, as the scenario allows itself. */
static FuncType *
with_three_results(FuncType *ft, ValType *t)
{
	for (int i = 0; i < 3; i++)
		vec_push(world, &ft->result, ((ParamType){NULL, t}));
	return ft;
}

START_TEST(test_handles)
{
	scenario_begin();
	MAX_FLAT_RESULTS = 16;
	got = (Values){0};
	ComponentInstance *root = ComponentInstance_new(store_, NULL);
	CoreFuncInst *core_dtor = native_func(world, (native_fn *)dtor, native_type(world, "i"));
	ResourceType *rt = ResourceType_new(world, ComponentInstance_new(store_, root), core_dtor);
	inst = ComponentInstance_new(store_, root);
	ResourceType *rt2 = ResourceType_new(world, inst, core_dtor);
	ValType *own = handle_type(OwnType, rt), *borrow = handle_type(BorrowType, rt);
	CanonicalOptions *opts = guest_options(NULL, NULL);
	FuncType *host_ft = functype(false, own, PARAMS(borrow, borrow));
	IMPORT(call_host,
		lower(inst, host_func(takes_borrows_and_returns_an_own, host_ft), host_ft, opts));
	IMPORT(resource_rep, builtin(.kind = CANON_RESOURCE_REP, .rt = rt));
	IMPORT(resource_drop, builtin(.kind = CANON_RESOURCE_DROP, .rt = rt));
	IMPORT(resource_new, builtin(.kind = CANON_RESOURCE_NEW, .rt = rt));
	FuncType *ft = with_three_results(
		functype(false, NULL, PARAMS(own, own, borrow, handle_type(BorrowType, rt2))), own);
	Store_invoke(store_, lift(inst, core_wasm, ft, opts), (OnStart){handle_args, NULL},
		(OnResolve){keep_results, NULL});
	ck_assert_uint_eq(store_->waiting.len, 0);
	ck_assert_uint_eq(got.len, 3);
	ck_assert(got.data[0].rep == 46 && got.data[1].rep == 43 && got.data[2].rep == 45);
	ck_assert_uint_eq(inst->handles->array.len, 5);
	for (uint32_t i = 0; i < 4; i++)
		ck_assert(slot_is_free(i));
	ck_assert_uint_eq(inst->handles->free.len, 4);
	MAX_FLAT_RESULTS = 1;
	scenario_end();
}
END_TEST

UNIT_MAIN("calls", test_roundtrips, test_cross_component_realloc, test_handles)
