/* sync.c - scenarios of run_tests.py: synchronous tasks beside asynchronous ones, backpressure, and
 * waiting. test_sync_ignores_backpressure, test_async_to_sync, test_async_backpressure,
 * test_sync_using_wait. */
#include "guest.h"

HEAP(caller_heap)

static ComponentInstance *callee_inst, *caller_inst;
static bool flags[3], done[3], returned;
static void (*callee_return)(void);
static void (*caller_return)(uint32_t v);
static uint32_t (*call1)(void);
static uint32_t (*call2)(void);

static void
begin(void)
{
	guest_begin();
	memset(flags, 0, sizeof flags);
	memset(done, 0, sizeof done);
	returned = false;
	ComponentInstance *root = ComponentInstance_new(store_, NULL);
	callee_inst = ComponentInstance_new(store_, root);
	caller_inst = ComponentInstance_new(store_, root);
	heap_init(&caller_heap, 24, i32);
	guest_events(&caller_heap);
}

/* ---- test_sync_ignores_backpressure ---- */

static uint32_t (*call_async)(uint32_t i, uint32_t fut, uint32_t retp);
static uint32_t (*call_sync)(uint32_t i, uint32_t retp);

static uint32_t
reads_and_adds(uint32_t i, uint32_t fut)
{
	expect(g.future_read(fut, 0xdeadbeef) == CopyResult_COMPLETED);
	return 42 + i;
}

static uint32_t
adds(uint32_t i)
{
	return 84 + i;
}

static void
ignoring_caller(void)
{
	uint64_t ends = g.future_new();
	uint32_t packed = call_async(1, READABLE(ends), 4), sub = INDEX(packed);
	expect(STATE(packed) == Subtask_State_STARTED);
	expect(call_sync(2, 8) == Subtask_State_RETURNED);
	expect(caller_heap.bytes.data[8] == 86);
	expect(g.future_write(WRITABLE(ends), 0xdeadbeef) == CopyResult_COMPLETED);
	uint32_t set = g.set_new();
	g.join(sub, set);
	EXPECT_EVENT(caller_heap, set, 12, EventCode_SUBTASK, sub, Subtask_State_RETURNED);
	expect(caller_heap.bytes.data[4] == 43);
	g.subtask_drop(sub);
	returned = true;
}

START_TEST(test_sync_ignores_backpressure)
{
	begin();
	CanonicalOptions *sync = guest_options(NULL, NULL);
	CanonicalOptions *caller = async_options(&caller_heap, NULL);
	FuncType *async_ft = functype(true, T("u32"), PARAMS(T("u32"), future_none));
	FuncType *sync_ft = functype(false, T("u32"), PARAMS(T("u32")));
	IMPORT(call_async, lower(caller_inst, lift(callee_inst, reads_and_adds, async_ft, sync),
				   async_ft, caller));
	IMPORT(call_sync,
		lower(caller_inst, lift(callee_inst, adds, sync_ft, sync), sync_ft, caller));
	RUN(lift(caller_inst, ignoring_caller, functype(true, NULL, NULL), sync));
	ck_assert(returned);
	scenario_end();
}
END_TEST

/* ---- two callees, of which the second waits for the first ---- */

static void
import_callees(void *first, void *second, CanonicalOptions *callee, CanonicalOptions *caller)
{
	FuncType *ft = functype(true, NULL, NULL);
	IMPORT(call1, lower(caller_inst, lift(callee_inst, first, ft, callee), ft, caller));
	IMPORT(call2, lower(caller_inst, lift(callee_inst, second, ft, callee), ft, caller));
}

/* Both calls, the first of them started and the second in this state, in a set. */
static uint32_t
call_both(Subtask_State second)
{
	uint32_t packed1 = call1(), packed2 = call2();
	expect(INDEX(packed1) == 1 && STATE(packed1) == Subtask_State_STARTED);
	expect(INDEX(packed2) == 2 && STATE(packed2) == second);
	uint32_t set = g.set_new();
	g.join(1, set);
	g.join(2, set);
	return set;
}

/* ---- test_async_to_sync ---- */

static void
sync_callee1(void)
{
	wait_for(&flags[1]);
	done[1] = true;
}

static void
sync_callee2(void)
{
	expect(done[1]);
	done[2] = true;
}

/* Takes the event of one of the two subtasks, each of which returns once. */
static void
take_return(uint32_t event, uint32_t at, bool *seen)
{
	uint32_t sub = caller_heap.bytes.data[at];
	expect(event == EventCode_SUBTASK);
	expect(caller_heap.bytes.data[at + 4] == Subtask_State_RETURNED);
	expect((sub == 1 || sub == 2) && !seen[sub]);
	seen[sub & 1 ? 1 : 2] = true;
	g.subtask_drop(sub);
}

static void
polling_caller(void)
{
	bool seen[3] = {false};
	uint32_t set = call_both(Subtask_State_STARTING);
	flags[1] = true;
	expect(!done[1] && !done[2]);
	while (!(seen[1] && seen[2]) && !first_failure[0]) {
		expect(g.yield() == 0);
		uint32_t event = g.set_poll(set, 8);
		if (event != EventCode_NONE)
			take_return(event, 8, seen);
	}
	expect(done[1] && done[2]);
	g.set_drop(set);
	caller_return(83);
}

START_TEST(test_async_to_sync)
{
	begin();
	CanonicalOptions *caller = async_options(&caller_heap, NULL);
	import_callees(sync_callee1, sync_callee2, guest_options(NULL, NULL), caller);
	IMPORT(caller_return, task_return(caller, T("u8")));
	struct call c =
		RUN(lift(caller_inst, polling_caller, functype(true, T("u8"), NULL), caller));
	ck_assert(c.resolved && c.result.i == 83);
	scenario_end();
}
END_TEST

/* ---- test_async_backpressure ---- */

static void
pressing_callee(void)
{
	g.backpressure_inc();
	wait_for(&flags[1]);
	g.backpressure_dec();
	callee_return();
	done[1] = true;
}

static void
pressed_callee(void)
{
	expect(done[1]);
	callee_return();
	done[2] = true;
}

static void
waiting_caller(void)
{
	bool seen[3] = {false};
	uint32_t set = call_both(Subtask_State_STARTING);
	flags[1] = true;
	expect(!done[1] && !done[2]);
	while (!(seen[1] && seen[2]) && !first_failure[0])
		take_return(g.set_wait(set, 8), 8, seen);
	expect(done[1] && done[2]);
	g.set_drop(set);
	caller_return(84);
}

START_TEST(test_async_backpressure)
{
	begin();
	CanonicalOptions *callee = async_options(NULL, NULL);
	CanonicalOptions *caller = async_options(&caller_heap, NULL);
	import_callees(pressing_callee, pressed_callee, callee, caller);
	IMPORT(callee_return, task_return(callee, NULL));
	IMPORT(caller_return, task_return(caller, T("u8")));
	struct call c =
		RUN(lift(caller_inst, waiting_caller, functype(true, T("u8"), NULL), caller));
	ck_assert(c.resolved && c.result.i == 84);
	scenario_end();
}
END_TEST

/* ---- test_sync_using_wait ---- */

static void
waits_for_flag1(void)
{
	wait_for(&flags[1]);
	callee_return();
}

static void
waits_for_flag2(void)
{
	wait_for(&flags[2]);
	callee_return();
}

static void
synchronous_caller(void)
{
	uint32_t set = call_both(Subtask_State_STARTED);
	uint32_t retp = caller_heap_realloc(0, 0, 8, 4);
	flags[1] = true;
	EXPECT_EVENT(caller_heap, set, retp, EventCode_SUBTASK, 1, Subtask_State_RETURNED);
	flags[2] = true;
	EXPECT_EVENT(caller_heap, set, retp, EventCode_SUBTASK, 2, Subtask_State_RETURNED);
	g.subtask_drop(1);
	g.subtask_drop(2);
	g.set_drop(set);
	returned = true;
}

START_TEST(test_sync_using_wait)
{
	begin();
	CanonicalOptions *callee = async_options(NULL, NULL);
	import_callees(waits_for_flag1, waits_for_flag2, callee, async_options(&caller_heap, NULL));
	IMPORT(callee_return, task_return(callee, NULL));
	RUN(lift(caller_inst, synchronous_caller, functype(true, NULL, NULL),
		guest_options(NULL, NULL)));
	ck_assert(returned);
	scenario_end();
}
END_TEST

UNIT_MAIN("sync", test_sync_ignores_backpressure, test_async_to_sync, test_async_backpressure,
	test_sync_using_wait)
