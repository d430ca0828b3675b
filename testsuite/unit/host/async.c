/* async.c - scenarios of run_tests.py: asynchronous calls between components, stackful and
 * with a callback. test_async_to_async, test_async_callback,
 * test_callback_interleaving. */
#include "guest.h"

static ComponentInstance *producer_inst, *consumer_inst;
static void (*return_u8)(uint32_t v);
static void (*return_none)(void);
static void (*consumer_return)(uint32_t v);

static void
begin(void)
{
	guest_begin();
	ComponentInstance *root = ComponentInstance_new(store_, NULL);
	producer_inst = ComponentInstance_new(store_, root);
	consumer_inst = ComponentInstance_new(store_, root);
}

static void
import_task_returns(CanonicalOptions *producer, CanonicalOptions *consumer, ValType *result)
{
	IMPORT(return_u8, task_return(producer, T("u8")));
	IMPORT(return_none, task_return(producer, NULL));
	IMPORT(consumer_return, task_return(consumer, result));
}

/* ---- test_async_to_async ---- */

HEAP(producer_heap)
HEAP(consumer_heap)

static bool returned; /* the consumer reached its end */
static bool flags[6]; /* fut1_1, fut1_2, fut2, fut3, fut4 of the scenario are 1 to 5 */
static uint32_t (*call_eager)(uint32_t retp);
static uint32_t (*call_toggle)(void);
static uint32_t (*call_blocking)(uint32_t x, uint32_t retp);

static void
eager_producer(void)
{
	return_u8(43);
}

static void
toggle(void)
{
	g.backpressure_inc();
	wait_for(&flags[1]);
	return_none();
	wait_for(&flags[2]);
	g.backpressure_dec();
}

static void
blocking_producer(uint32_t x)
{
	expect(x == 83);
	wait_for(&flags[3]);
	return_u8(44);
	wait_for(&flags[4]);
	flags[5] = true;
}

static void
async_consumer(uint32_t b)
{
	const uint8_t *memory = consumer_heap.bytes.data;
	expect(b == 1);
	uint32_t set = g.set_new();
	uint32_t retp = consumer_heap_realloc(0, 0, 1, 1);
	expect(call_eager(retp) == Subtask_State_RETURNED);
	expect(memory[retp] == 43);
	uint32_t packed = call_toggle(), sub1 = INDEX(packed);
	expect(sub1 == 2 && STATE(packed) == Subtask_State_STARTED);
	g.join(sub1, set);
	consumer_heap.bytes.data[retp] = 13;
	packed = call_blocking(83, retp);
	uint32_t sub2 = INDEX(packed);
	expect(sub2 == 3 && STATE(packed) == Subtask_State_STARTING);
	expect(memory[retp] == 13);
	g.join(sub2, set);

	uint32_t event = consumer_heap_realloc(0, 0, 8, 4);
	flags[1] = true;
	EXPECT_EVENT(consumer_heap, set, event, EventCode_SUBTASK, sub1, Subtask_State_RETURNED);
	g.subtask_drop(sub1);
	flags[2] = true;
	EXPECT_EVENT(consumer_heap, set, event, EventCode_SUBTASK, sub2, Subtask_State_STARTED);
	expect(memory[retp] == 13);
	flags[3] = true;
	EXPECT_EVENT(consumer_heap, set, event, EventCode_SUBTASK, sub2, Subtask_State_RETURNED);
	expect(memory[retp] == 44);
	g.subtask_drop(sub2);
	flags[4] = true;
	wait_for(&flags[5]);
	consumer_return(42);
}

START_TEST(test_async_to_async)
{
	begin();
	memset(flags, 0, sizeof flags);
	heap_init(&producer_heap, 10, i32);
	heap_init(&consumer_heap, 20, i32);
	CanonicalOptions *producer = async_options(&producer_heap, NULL);
	CanonicalOptions *consumer = async_options(&consumer_heap, NULL);
	import_task_returns(producer, consumer, T("u8"));
	guest_events(&consumer_heap);
	FuncType *eager_ft = functype(true, T("u8"), NULL);
	FuncType *toggle_ft = functype(true, NULL, NULL);
	FuncType *blocking_ft = functype(true, T("u8"), PARAMS(T("u8")));
	IMPORT(call_eager,
		lower(consumer_inst, lift(producer_inst, eager_producer, eager_ft, producer),
			eager_ft, consumer));
	IMPORT(call_toggle, lower(consumer_inst, lift(producer_inst, toggle, toggle_ft, producer),
				    toggle_ft, consumer));
	IMPORT(call_blocking,
		lower(consumer_inst, lift(producer_inst, blocking_producer, blocking_ft, producer),
			blocking_ft, consumer));
	struct call c = RUN(lift(consumer_inst, async_consumer,
				    functype(true, T("u8"), PARAMS(T("bool"))), consumer),
		{.b = true});
	ck_assert(c.resolved && c.result.i == 42);
	scenario_end();
}
END_TEST

/* ---- test_async_callback ---- */

static uint32_t (*call_producer1)(void);
static uint32_t (*call_producer2)(void);
static uint32_t the_set;

static void
producer1(void)
{
	wait_for(&flags[1]);
	return_none();
}

static void
producer2(void)
{
	wait_for(&flags[2]);
	return_none();
}

static uint32_t
callback_consumer(void)
{
	uint32_t packed1 = call_producer1(), packed2 = call_producer2();
	expect(INDEX(packed1) == 1 && STATE(packed1) == Subtask_State_STARTED);
	expect(INDEX(packed2) == 2 && STATE(packed2) == Subtask_State_STARTED);
	the_set = g.set_new();
	expect(the_set == 3);
	g.join(1, the_set);
	g.join(2, the_set);
	flags[1] = true;
	g.context_set(42);
	return CallbackCode_WAIT | the_set << 4;
}

static uint32_t
callback(uint32_t event, uint32_t p1, uint32_t p2)
{
	switch (g.context_get()) {
	case 42:
		expect(event == EventCode_SUBTASK && p1 == 1 && p2 == Subtask_State_RETURNED);
		g.subtask_drop(p1);
		g.context_set(52);
		return CallbackCode_YIELD;
	case 52:
		expect(event == EventCode_NONE && p1 == 0 && p2 == 0);
		flags[2] = true;
		g.context_set(62);
		return CallbackCode_WAIT | the_set << 4;
	case 62:
		expect(event == EventCode_SUBTASK && p1 == 2 && p2 == Subtask_State_RETURNED);
		g.subtask_drop(p1);
		consumer_return(83);
		return CallbackCode_EXIT;
	default: expect(false); return CallbackCode_EXIT;
	}
}

START_TEST(test_async_callback)
{
	begin();
	memset(flags, 0, sizeof flags);
	consumer_inst = ComponentInstance_new(store_, NULL);
	CanonicalOptions *producer = async_options(NULL, NULL);
	CanonicalOptions *consumer = callback_options(NULL, NULL, callback);
	import_task_returns(producer, consumer, T("u32"));
	FuncType *ft = functype(true, NULL, NULL);
	IMPORT(call_producer1,
		lower(consumer_inst, lift(producer_inst, producer1, ft, producer), ft, consumer));
	IMPORT(call_producer2,
		lower(consumer_inst, lift(producer_inst, producer2, ft, producer), ft, consumer));
	struct call c = RUN(
		lift(consumer_inst, callback_consumer, functype(true, T("u32"), NULL), consumer));
	ck_assert(c.resolved && c.result.i == 83);
	scenario_end();
}
END_TEST

/* ---- test_callback_interleaving ---- */

static uint32_t third_futures[2];
static void (*producer_return)(uint32_t v);
static uint32_t (*call_interleaved)(
	uint32_t i, uint32_t fut1, uint32_t fut2, uint32_t fut3, uint32_t retp);
static uint32_t (*call_sync_callee)(uint32_t retp);

static uint32_t
interleaved(uint32_t i, uint32_t fut1, uint32_t fut2, uint32_t fut3)
{
	third_futures[i] = fut3;
	g.context_set(i);
	expect(g.future_read(fut1, 0xdeadbeef) == CopyResult_COMPLETED);
	uint32_t set = g.set_new();
	expect(g.future_read_async(fut2, 0xdeadbeef) == BLOCKED);
	g.join(fut2, set);
	return CallbackCode_WAIT | set << 4;
}

static uint32_t
interleaved_callback(uint32_t event, uint32_t p1, uint32_t p2)
{
	(void)p1;
	expect(event == EventCode_FUTURE_READ && p2 == CopyResult_COMPLETED);
	uint32_t i = g.context_get();
	producer_return(42 + i);
	expect(g.future_read(third_futures[i], 0xdeadbeef) == CopyResult_COMPLETED);
	return CallbackCode_EXIT;
}

static uint32_t
sync_callee(void)
{
	return 100;
}

static void
write_future(uint64_t ends)
{
	expect(g.future_write_async(WRITABLE(ends), 0xdeadbeef) == CopyResult_COMPLETED);
}

static void
nothing_happens(uint32_t set)
{
	for (int i = 0; i < 10; i++) {
		expect(g.yield() == 0);
		expect(g.set_poll(set, 0) == EventCode_NONE);
	}
}

/* A call with three futures, the first of which may be taken again. */
static uint32_t
call_with(uint32_t i, const uint64_t *futures, uint32_t retp, Subtask_State state)
{
	uint32_t packed = call_interleaved(
		i, READABLE(futures[0]), READABLE(futures[1]), READABLE(futures[2]), retp);
	expect(STATE(packed) == state);
	return INDEX(packed);
}

static void
cancel_before_start(uint32_t i, const uint64_t *futures)
{
	uint32_t sub = call_with(i, futures, 0xdeadbeef, Subtask_State_STARTING);
	expect(g.subtask_cancel(sub) == Subtask_State_CANCELLED_BEFORE_STARTED);
}

static void
interleaving_consumer(void)
{
	const uint8_t *memory = consumer_heap.bytes.data;
	uint64_t first[3], second[3];
	for (int i = 0; i < 3; i++)
		first[i] = g.future_new();
	for (int i = 0; i < 3; i++)
		second[i] = g.future_new();

	producer_inst->backpressure = 1;
	cancel_before_start(0, first);
	producer_inst->backpressure = 0;
	uint32_t sub1 = call_with(0, first, 12, Subtask_State_STARTED);
	cancel_before_start(1, second);
	uint32_t sub2 = call_with(1, second, 16, Subtask_State_STARTING);
	uint32_t set = g.set_new();
	g.join(sub1, set);
	g.join(sub2, set);

	write_future(first[0]);
	EXPECT_EVENT(consumer_heap, set, 0, EventCode_SUBTASK, sub2, Subtask_State_STARTED);
	write_future(first[1]);
	nothing_happens(set);
	write_future(second[0]);
	EXPECT_EVENT(consumer_heap, set, 0, EventCode_SUBTASK, sub1, Subtask_State_RETURNED);
	expect(memory[12] == 42);
	g.subtask_drop(sub1);
	write_future(second[1]);
	nothing_happens(set);
	write_future(first[2]);
	EXPECT_EVENT(consumer_heap, set, 0, EventCode_SUBTASK, sub2, Subtask_State_RETURNED);
	expect(memory[16] == 43);
	g.subtask_drop(sub2);

	uint32_t packed = call_sync_callee(20), sub3 = INDEX(packed);
	expect(STATE(packed) == Subtask_State_STARTING);
	g.join(sub3, set);
	write_future(second[2]);
	EXPECT_EVENT(consumer_heap, set, 0, EventCode_SUBTASK, sub3, Subtask_State_RETURNED);
	expect(memory[20] == 100);
	returned = true;
}

START_TEST(test_callback_interleaving)
{
	begin();
	returned = false;
	heap_init(&consumer_heap, 24, i32);
	guest_events(&consumer_heap);
	CanonicalOptions *producer = callback_options(NULL, NULL, interleaved_callback);
	CanonicalOptions *consumer = async_options(&consumer_heap, NULL);
	IMPORT(producer_return, task_return(producer, T("u32")));
	FuncType *ft =
		functype(true, T("u32"), PARAMS(T("u32"), future_none, future_none, future_none));
	FuncType *sync_ft = functype(true, T("u32"), NULL);
	IMPORT(call_interleaved,
		lower(consumer_inst, lift(producer_inst, interleaved, ft, producer), ft, consumer));
	IMPORT(call_sync_callee,
		lower(consumer_inst,
			lift(producer_inst, sync_callee, sync_ft, guest_options(NULL, NULL)),
			sync_ft, consumer));
	RUN(lift(consumer_inst, interleaving_consumer, functype(true, NULL, NULL),
		guest_options(NULL, NULL)));
	ck_assert(returned);
	scenario_end();
}
END_TEST

UNIT_MAIN("async", test_async_to_async, test_async_callback, test_callback_interleaving)
