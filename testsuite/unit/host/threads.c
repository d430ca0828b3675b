/* threads.c - scenarios of run_tests.py: threads of asynchronous and of synchronous tasks, and flat
 * parameters of asynchronous calls. test_async_flat_params, test_threads, test_sync_threads,
 * test_thread_cancel_callback. */
#include "guest.h"

HEAP(heap_)

static ComponentInstance *inst;
static CanonicalOptions *opts;
static bool returned;

static void
begin(uint32_t heap_size)
{
	guest_begin();
	returned = false;
	heap_init(&heap_, heap_size, i32);
	inst = ComponentInstance_new(store_, NULL);
	guest_events(&heap_);
}

/* ---- test_async_flat_params ---- */

static uint32_t (*call_host1)(float a, double b, uint32_t c, int64_t d);
static uint32_t (*call_host2)(uint32_t a, uint32_t b, uint32_t c, uint32_t d);
static uint32_t (*call_host3)(uint32_t ptr);
static void (*return_none)(void);

static void
host1(host_call *call)
{
	Values args = host_args(call);
	expect(args.len == 4 && args.data[0].f == 0x3f8ccccd); /* 1.1f */
	expect(args.data[1].f == 0x400199999999999a);          /* 2.2 */
	expect(args.data[2].i == 3 && args.data[3].i == 4);
	host_return(call, 0, NULL);
}

/* The arguments are 1, 2, and so on. */
static void
expect_count(host_call *call, uint32_t n)
{
	Values args = host_args(call);
	expect(args.len == n);
	for (uint32_t i = 0; i < n; i++)
		expect(args.data[i].i == i + 1);
	host_return(call, 0, NULL);
}

static void
host2(host_call *call)
{
	expect_count(call, 4);
}

static void
host3(host_call *call)
{
	expect_count(call, 5);
}

static void
calls_hosts(void)
{
	expect(call_host1(1.1f, 2.2, 3, 4) == Subtask_State_RETURNED);
	expect(call_host2(1, 2, 3, 4) == Subtask_State_RETURNED);
	memcpy(heap_.bytes.data + 12, "\1\0\0\0\2\3\4\5", 8);
	expect(call_host3(12) == Subtask_State_RETURNED);
	return_none();
	returned = true;
}

static native_fn *
lowered_host(host_fn *fn, FuncType *ft)
{
	return lower(inst, host_func(fn, ft), ft, opts);
}

START_TEST(test_async_flat_params)
{
	begin(1000);
	opts = async_options(&heap_, heap__realloc);
	IMPORT(return_none, task_return(opts, NULL));
	IMPORT(call_host1,
		lowered_host(host1,
			functype(false, NULL, PARAMS(T("f32"), T("f64"), T("u32"), T("s64")))));
	IMPORT(call_host2,
		lowered_host(
			host2, functype(false, NULL, PARAMS(T("u32"), T("u8"), T("u8"), T("u8")))));
	IMPORT(call_host3,
		lowered_host(host3, functype(false, NULL,
					    PARAMS(T("u32"), T("u8"), T("u8"), T("u8"), T("u8")))));
	RUN(lift(inst, calls_hosts, functype(false, NULL, NULL), opts));
	ck_assert(returned);
	scenario_end();
}
END_TEST

/* ---- test_threads ---- */

static void
takes_13(uint32_t arg)
{
	expect(arg == 13);
}

static void
yields_to(uint32_t main_thread)
{
	expect(t.yield_then_resume_cancellable(main_thread) == Cancelled_FALSE);
}

static void
resumes_later(uint32_t main_thread)
{
	t.resume_later(main_thread);
}

static void
counts_twice(uint32_t ptr)
{
	for (int i = 0; i < 2; i++) {
		expect(t.yield() == Cancelled_FALSE);
		heap_.bytes.data[ptr]++;
	}
}

static uint32_t
uses_threads(void)
{
	uint32_t main_thread = g.index();
	uint32_t thread = t.new_indirect(0, 13);
	expect(t.yield_then_resume_cancellable(thread) == Cancelled_FALSE);
	thread = t.new_indirect(1, main_thread);
	expect(t.suspend_then_resume_cancellable(thread) == Cancelled_FALSE);
	t.resume_later(t.new_indirect(2, main_thread));
	expect(t.suspend_cancellable() == Cancelled_FALSE);
	heap_.bytes.data[4] = 0;
	for (int i = 0; i < 5; i++)
		t.resume_later(t.new_indirect(3, 4));
	while (heap_.bytes.data[4] != 10)
		t.yield();
	return 42;
}

START_TEST(test_threads)
{
	begin(8);
	native_fn *fns[] = {(native_fn *)takes_13, (native_fn *)yields_to,
		(native_fn *)resumes_later, (native_fn *)counts_twice};
	guest_threads(fns, 4);
	struct call c = RUN(lift(
		inst, uses_threads, functype(true, T("u8"), NULL), guest_options(&heap_, NULL)));
	ck_assert(c.resolved && c.result.i == 42);
	scenario_end();
}
END_TEST

/* ---- test_sync_threads: threads that wake each other, one pair after the other ---- */

static int pings, pongs, late_pings, late_pongs;
static uint32_t ids[8], the_set;
static void (*return_u8)(uint32_t v);
static bool ready_bit, may_run_async;

enum { PING, PONG, SECOND, THIRD, WAITER, WRITER, LATE_PING, LATE_PONG };

static void
ping(uint32_t arg)
{
	expect(arg == PING);
	while (pings < 3 || pongs < 3) {
		pings++;
		t.yield();
	}
	t.resume_later(ids[SECOND]);
}

static void
pong(uint32_t arg)
{
	expect(arg == PONG);
	while (pings < 3 || pongs < 3) {
		pongs++;
		t.yield();
	}
}

static void
second(uint32_t arg)
{
	expect(arg == SECOND);
	t.resume_later(ids[THIRD]);
}

static void
third(uint32_t arg)
{
	expect(arg == THIRD);
	t.resume_later(ids[WAITER]);
	t.suspend();
}

static void
waiter(uint32_t arg)
{
	expect(arg == WAITER);
	t.resume_later(ids[THIRD]);
	t.resume_later(ids[WRITER]);
	the_set = g.set_new();
	expect(g.set_wait(the_set, 0) == EventCode_FUTURE_READ);
	t.resume_later(ids[LATE_PING]);
}

static void
writer(uint32_t arg)
{
	expect(arg == WRITER);
	uint64_t ends = g.future_new();
	expect(g.future_read_async(READABLE(ends), 0xdeadbeef) == BLOCKED);
	g.join(READABLE(ends), the_set);
	expect(g.future_write_async(WRITABLE(ends), 0xdeadbeef) == CopyResult_COMPLETED);
}

static void
late_ping(uint32_t arg)
{
	expect(arg == LATE_PING);
	while (late_pings < 3) {
		expect(late_pings == late_pongs);
		t.yield_then_promote(ids[LATE_PONG]);
		expect(late_pings == late_pongs);
		t.resume_later(ids[LATE_PONG]);
		t.yield_then_promote(ids[LATE_PONG]);
		expect(late_pings == late_pongs - 1);
		late_pings++;
	}
	return_u8(42);
	t.resume_later(ids[LATE_PONG]);
}

static void
late_pong(uint32_t arg)
{
	expect(arg == LATE_PONG);
	while (late_pongs < 3) {
		late_pongs++;
		t.suspend_then_promote(ids[LATE_PING]);
	}
}

static void
starts_threads(void)
{
	for (uint32_t i = 0; i < 8; i++)
		ids[i] = t.new_indirect(i, i);
	t.resume_later(ids[PING]);
	t.resume_later(ids[PONG]);
}

/* An asynchronous task of the same instance, which must not run on during the synchronous one. */
static uint32_t
runs_afterwards(void)
{
	wait_for(&ready_bit);
	expect(may_run_async);
	return 43;
}

static void
allows_async(void *env, const Values *results)
{
	call_on_resolve(env, results);
	may_run_async = true;
}

START_TEST(test_sync_threads)
{
	begin(8);
	pings = pongs = late_pings = late_pongs = 0;
	ready_bit = may_run_async = false;
	native_fn *fns[] = {(native_fn *)ping, (native_fn *)pong, (native_fn *)second,
		(native_fn *)third, (native_fn *)waiter, (native_fn *)writer,
		(native_fn *)late_ping, (native_fn *)late_pong};
	guest_threads(fns, 8);
	opts = async_options(&heap_, NULL);
	IMPORT(return_u8, task_return(opts, T("u8")));
	struct call other = {.f = lift(inst, runs_afterwards, functype(true, T("u32"), NULL),
				     guest_options(NULL, NULL))};
	call_run(&other);
	ck_assert(!other.resolved);
	ready_bit = true;
	struct call c = {.f = lift(inst, starts_threads, functype(false, T("u8"), NULL), opts)};
	Store_invoke(store_, c.f, (OnStart){call_on_start, &c}, (OnResolve){allows_async, &c});
	while (store_->waiting.len)
		Store_tick(store_);
	ck_assert(c.resolved && c.result.i == 42);
	ck_assert(other.resolved && other.result.i == 43);
	scenario_end();
}
END_TEST

/* ---- test_thread_cancel_callback ---- */

static ComponentInstance *producer_inst;
static void (*return1)(uint32_t v);
static void (*return2)(uint32_t v);
static uint32_t (*call1)(uint32_t retp);
static uint32_t (*call2)(uint32_t retp);

static uint32_t
producer1(void)
{
	return CallbackCode_YIELD;
}

static uint32_t
callback1(uint32_t event, uint32_t p1, uint32_t p2)
{
	expect(event == EventCode_NONE && p1 == 0 && p2 == 0);
	return1(42);
	return CallbackCode_EXIT;
}

static uint32_t
producer2(void)
{
	expect(t.yield() == Cancelled_FALSE);
	return2(43);
	return CallbackCode_EXIT;
}

static uint32_t
callback2(uint32_t event, uint32_t p1, uint32_t p2)
{
	(void)event, (void)p1, (void)p2;
	expect(false);
	return CallbackCode_EXIT;
}

static void
cancelling_consumer(void)
{
	const uint8_t *memory = heap_.bytes.data;
	uint32_t packed1 = call1(8), sub1 = INDEX(packed1);
	expect(STATE(packed1) == Subtask_State_STARTED);
	uint32_t packed2 = call2(12), sub2 = INDEX(packed2);
	expect(STATE(packed2) == Subtask_State_STARTED);
	expect(g.subtask_cancel_async(sub1) == BLOCKED);
	uint32_t set = g.set_new();
	g.join(sub1, set);
	EXPECT_EVENT(heap_, set, 16, EventCode_SUBTASK, sub1, Subtask_State_RETURNED);
	expect(memory[8] == 42);
	g.join(sub2, set);
	EXPECT_EVENT(heap_, set, 16, EventCode_SUBTASK, sub2, Subtask_State_RETURNED);
	expect(memory[12] == 43);
	returned = true;
}

START_TEST(test_thread_cancel_callback)
{
	begin(24);
	guest_threads(NULL, 0);
	ComponentInstance *root = ComponentInstance_new(store_, NULL);
	producer_inst = ComponentInstance_new(store_, root);
	inst = ComponentInstance_new(store_, root);
	FuncType *ft = functype(true, T("u32"), NULL);
	CanonicalOptions *opts1 = callback_options(NULL, NULL, callback1);
	CanonicalOptions *opts2 = callback_options(NULL, NULL, callback2);
	opts = async_options(&heap_, NULL);
	IMPORT(return1, task_return(opts1, T("u32")));
	IMPORT(return2, task_return(opts2, T("u32")));
	IMPORT(call1, lower(inst, lift(producer_inst, producer1, ft, opts1), ft, opts));
	IMPORT(call2, lower(inst, lift(producer_inst, producer2, ft, opts2), ft, opts));
	RUN(lift(inst, cancelling_consumer, functype(true, NULL, NULL), guest_options(NULL, NULL)));
	ck_assert(returned);
	scenario_end();
}
END_TEST

UNIT_MAIN("threads", test_async_flat_params, test_threads, test_sync_threads,
	test_thread_cancel_callback)
