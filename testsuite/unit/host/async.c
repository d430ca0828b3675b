/* async.c - scenarios of run_tests.py: asynchronous calls between components, stackful and
 * with a callback. test_async_to_async, test_async_callback. */
#include "scenario.h"

static ComponentInstance *producer_inst, *consumer_inst;
static void (*return_u8)(uint32_t v);
static void (*return_none)(void);
static void (*consumer_return)(uint32_t v);
static void (*backpressure_inc)(void);
static void (*backpressure_dec)(void);
static uint32_t (*set_new)(void);
static uint32_t (*set_wait)(uint32_t set, uint32_t ptr);
static void (*waitable_join)(uint32_t waitable, uint32_t set);
static void (*subtask_drop)(uint32_t i);
static void (*context_set)(uint32_t v);
static uint32_t (*context_get)(void);

static void
begin(void)
{
	scenario_begin();
	ComponentInstance *root = ComponentInstance_new(store_, NULL);
	producer_inst = ComponentInstance_new(store_, root);
	consumer_inst = ComponentInstance_new(store_, root);
	IMPORT(backpressure_inc, builtin(.kind = CANON_BACKPRESSURE_INC));
	IMPORT(backpressure_dec, builtin(.kind = CANON_BACKPRESSURE_DEC));
	IMPORT(set_new, builtin(.kind = CANON_WAITABLE_SET_NEW));
	IMPORT(waitable_join, builtin(.kind = CANON_WAITABLE_JOIN));
	IMPORT(subtask_drop, builtin(.kind = CANON_SUBTASK_DROP));
	IMPORT(context_set, builtin(.kind = CANON_CONTEXT_SET));
	IMPORT(context_get, builtin(.kind = CANON_CONTEXT_GET));
}

static void
import_task_returns(CanonicalOptions *producer, CanonicalOptions *consumer, ValType *result)
{
	ValTypes u8 = result_list(T("u8"));
	IMPORT(return_u8, builtin(.kind = CANON_TASK_RETURN, .result = u8, .opts = producer));
	IMPORT(return_none, builtin(.kind = CANON_TASK_RETURN, .opts = producer));
	IMPORT(consumer_return, builtin(.kind = CANON_TASK_RETURN, .result = result_list(result),
					.opts = consumer));
}

/* ---- test_async_to_async ---- */

HEAP(producer_heap)
HEAP(consumer_heap)

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
	backpressure_inc();
	wait_for(&flags[1]);
	return_none();
	wait_for(&flags[2]);
	backpressure_dec();
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
expect_event(uint32_t set, uint32_t at, uint32_t subtask, Subtask_State state)
{
	const uint8_t *memory = consumer_heap.bytes.data;
	expect(set_wait(set, at) == EventCode_SUBTASK);
	expect(memory[at] == subtask && memory[at + 4] == state);
}

static void
async_consumer(uint32_t b)
{
	const uint8_t *memory = consumer_heap.bytes.data;
	expect(b == 1);
	uint32_t set = set_new();
	uint32_t retp = consumer_heap_realloc(0, 0, 1, 1);
	expect(call_eager(retp) == Subtask_State_RETURNED);
	expect(memory[retp] == 43);
	uint32_t packed = call_toggle(), sub1 = INDEX(packed);
	expect(sub1 == 2 && STATE(packed) == Subtask_State_STARTED);
	waitable_join(sub1, set);
	consumer_heap.bytes.data[retp] = 13;
	packed = call_blocking(83, retp);
	uint32_t sub2 = INDEX(packed);
	expect(sub2 == 3 && STATE(packed) == Subtask_State_STARTING);
	expect(memory[retp] == 13);
	waitable_join(sub2, set);

	uint32_t event = consumer_heap_realloc(0, 0, 8, 4);
	flags[1] = true;
	expect_event(set, event, sub1, Subtask_State_RETURNED);
	subtask_drop(sub1);
	flags[2] = true;
	expect_event(set, event, sub2, Subtask_State_STARTED);
	expect(memory[retp] == 13);
	flags[3] = true;
	expect_event(set, event, sub2, Subtask_State_RETURNED);
	expect(memory[retp] == 44);
	subtask_drop(sub2);
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
	IMPORT(set_wait, builtin(.kind = CANON_WAITABLE_SET_WAIT, .cancellable = true,
				 .memory = &consumer_heap.mem));
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
	the_set = set_new();
	expect(the_set == 3);
	waitable_join(1, the_set);
	waitable_join(2, the_set);
	flags[1] = true;
	context_set(42);
	return CallbackCode_WAIT | the_set << 4;
}

static uint32_t
callback(uint32_t event, uint32_t p1, uint32_t p2)
{
	switch (context_get()) {
	case 42:
		expect(event == EventCode_SUBTASK && p1 == 1 && p2 == Subtask_State_RETURNED);
		subtask_drop(p1);
		context_set(52);
		return CallbackCode_YIELD;
	case 52:
		expect(event == EventCode_NONE && p1 == 0 && p2 == 0);
		flags[2] = true;
		context_set(62);
		return CallbackCode_WAIT | the_set << 4;
	case 62:
		expect(event == EventCode_SUBTASK && p1 == 2 && p2 == Subtask_State_RETURNED);
		subtask_drop(p1);
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

UNIT_MAIN("async", test_async_to_async, test_async_callback)
