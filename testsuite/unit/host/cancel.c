/* cancel.c - scenarios of run_tests.py: cancelling a subtask before it starts, while it waits,
 * through a call of the host, and with several threads. test_cancel_subtask. */
#include "guest.h"

HEAP(callee_heap)
HEAP(caller_heap)

static ComponentInstance *callee_inst, *caller_inst;
static FuncType *ft; /* of all functions: from a u8 to a u8, asynchronous */
static CanonicalOptions *callee_opts, *caller_opts;
static void (*callee_return)(uint32_t v);
static void (*caller_return)(uint32_t v);
static uint32_t (*callee_wait)(uint32_t set, uint32_t ptr);
static uint32_t (*callee_poll)(uint32_t set, uint32_t ptr);

/* ---- the callees ---- */

static void
never_runs(uint32_t x)
{
	(void)x;
	expect(false);
}

static void
waits_for_cancellation(uint32_t x)
{
	uint32_t set = g.set_new();
	expect(callee_wait(set, 0) == EventCode_TASK_CANCELLED);
	if (x == 3 || x == 4)
		g.yield();
	if (x == 1 || x == 3)
		callee_return(x == 1 ? 42 : 43);
	else
		g.task_cancel();
}

static void
yields(uint32_t x)
{
	(void)x;
	if (g.yield())
		g.task_cancel();
	else
		callee_return(83);
}

/* Calls the host synchronously, and learns of the cancellation afterwards. */

static bool host_flag4, host_flag5;
static uint32_t (*call_host4)(uint32_t x);
static uint32_t (*call_host5)(uint32_t x, uint32_t retp);

static void
expect_42(host_call *call)
{
	Values args = host_args(call);
	expect(args.len == 1 && args.data[0].i == 42);
}

static void
host4(host_call *call)
{
	expect_42(call);
	host_wait_for(call, &host_flag4);
	host_return(call, 1, &(Value){.i = 43});
}

static void
try_task_cancel(void *env)
{
	(void)env;
	g.task_cancel();
}

static void
calls_host4(uint32_t x)
{
	(void)x;
	expect(call_host4(42) == 43);
	expect(traps_at(try_task_cancel, NULL, "Task_cancel", 1));
	uint32_t set = g.set_new();
	expect(callee_wait(set, 0) == EventCode_TASK_CANCELLED);
	expect(callee_poll(set, 0) == EventCode_NONE);
	g.task_cancel();
}

/* The host waits twice, and so takes no notice of the first cancellation. */

static void
host5(host_call *call)
{
	expect_42(call);
	host_wait_for(call, &host_flag5);
	host_wait_for(call, &host_flag5);
	host_return(call, 1, &(Value){.i = 43});
}

static void
calls_host5(uint32_t x)
{
	expect(x == 13);
	uint32_t packed = call_host5(42, 0);
	expect(STATE(packed) == Subtask_State_STARTED);
	expect(g.subtask_cancel(INDEX(packed)) == Subtask_State_RETURNED);
	callee_return(44);
}

/* Three threads of which one can be cancelled. */

static void
cancellable_thread(uint32_t main_thread)
{
	expect(t.suspend_then_resume_cancellable(main_thread) == Cancelled_TRUE);
	expect(t.suspend_then_resume_cancellable(main_thread) == Cancelled_FALSE);
	callee_return(45);
}

static void
other_thread(uint32_t main_thread)
{
	expect(t.suspend_then_resume(main_thread) == Cancelled_FALSE);
}

static void
has_threads(uint32_t x)
{
	uint32_t threads[3], main_thread = g.index();
	expect(x == 14);
	for (int i = 0; i < 3; i++) {
		threads[i] = t.new_indirect(i == 1 ? 0 : 1, main_thread);
		expect(t.suspend_then_resume_cancellable(threads[i]) == Cancelled_FALSE);
	}
	expect(t.suspend() == Cancelled_FALSE);
	for (int i = 0; i < 3; i++)
		t.resume_later(threads[i]);
}

/* ---- the caller ---- */

enum { NEVER, WAITS, YIELDS, HOST4, HOST5, THREADS, NCALLEES };

static uint32_t (*callees[NCALLEES])(uint32_t x, uint32_t retp);

static uint32_t
call(int callee, uint32_t x, Subtask_State state)
{
	uint32_t packed = callees[callee](x, 0);
	expect(STATE(packed) == state);
	caller_heap.bytes.data[0] = 13;
	return INDEX(packed);
}

/* Cancels, and expects what that returns, and what is at 0 then. */
static void
cancel(uint32_t sub, bool async_, uint32_t outcome, uint8_t at_0)
{
	caller_heap.bytes.data[0] = 13;
	expect((async_ ? g.subtask_cancel_async(sub) : g.subtask_cancel(sub)) == outcome);
	expect(caller_heap.bytes.data[0] == at_0);
	if (outcome != BLOCKED)
		g.subtask_drop(sub);
}

static void
wait_for_subtask(uint32_t set, uint32_t sub, Subtask_State state, uint8_t at_0)
{
	g.join(sub, set);
	EXPECT_EVENT(caller_heap, set, 8, EventCode_SUBTASK, sub, state);
	expect(caller_heap.bytes.data[0] == at_0);
	g.subtask_drop(sub);
}

static void
before_it_starts(void)
{
	callee_inst->backpressure = 1;
	uint32_t sub1 = call(NEVER, 13, Subtask_State_STARTING);
	uint32_t sub2 = call(NEVER, 13, Subtask_State_STARTING);
	cancel(sub2, false, Subtask_State_CANCELLED_BEFORE_STARTED, 13);
	cancel(sub1, true, Subtask_State_CANCELLED_BEFORE_STARTED, 13);
	callee_inst->backpressure = 0;
}

static void
while_it_waits(uint32_t set)
{
	static const uint32_t what[] = {1, 2, 3, 3, 4, 4};
	uint32_t subs[6];
	for (int i = 0; i < 6; i++)
		subs[i] = call(WAITS, what[i], Subtask_State_STARTED);
	cancel(subs[0], false, Subtask_State_RETURNED, 42);
	cancel(subs[1], true, Subtask_State_CANCELLED_BEFORE_RETURNED, 13);
	cancel(subs[2], true, BLOCKED, 13);
	wait_for_subtask(set, subs[2], Subtask_State_RETURNED, 43);
	cancel(subs[3], false, Subtask_State_RETURNED, 43);
	cancel(subs[4], true, BLOCKED, 13);
	wait_for_subtask(set, subs[4], Subtask_State_CANCELLED_BEFORE_RETURNED, 13);
	cancel(subs[5], false, Subtask_State_CANCELLED_BEFORE_RETURNED, 13);
}

static void
while_it_yields(void)
{
	uint32_t sub = call(YIELDS, 0, Subtask_State_STARTED);
	Subtask *subtask = Table_get(caller_inst->handles, sub);
	while (subtask->state == Subtask_State_STARTED)
		g.yield();
	expect(g.subtask_cancel_async(sub) == Subtask_State_RETURNED);
	expect(caller_heap.bytes.data[0] == 83);
	g.subtask_drop(sub);
	sub = call(YIELDS, 0, Subtask_State_STARTED);
	cancel(sub, true, Subtask_State_CANCELLED_BEFORE_RETURNED, 13);
}

static void
while_it_calls_the_host(uint32_t set)
{
	uint32_t sub = call(HOST4, 0, Subtask_State_STARTED);
	cancel(sub, true, BLOCKED, 13);
	host_flag4 = true;
	wait_for_subtask(set, sub, Subtask_State_CANCELLED_BEFORE_RETURNED, 13);
	sub = call(HOST5, 13, Subtask_State_STARTED);
	cancel(sub, true, BLOCKED, 13);
	host_flag5 = true;
	wait_for_subtask(set, sub, Subtask_State_RETURNED, 44);
}

static void
caller(uint32_t x)
{
	expect(x == 1);
	uint32_t set = g.set_new();
	before_it_starts();
	while_it_waits(set);
	while_it_yields();
	while_it_calls_the_host(set);
	uint32_t sub = call(THREADS, 14, Subtask_State_STARTED);
	cancel(sub, true, BLOCKED, 13);
	wait_for_subtask(set, sub, Subtask_State_RETURNED, 45);
	g.set_drop(set);
	caller_return(42);
}

static void
import_callees(void)
{
	void *fns[] = {
		never_runs, waits_for_cancellation, yields, calls_host4, calls_host5, has_threads};
	for (int i = 0; i < NCALLEES; i++)
		IMPORT(callees[i], lower(caller_inst, lift(callee_inst, fns[i], ft, callee_opts),
					   ft, caller_opts));
	CanonicalOptions *sync = guest_options(&callee_heap, NULL);
	IMPORT(call_host4, lower(callee_inst, host_func(host4, ft), ft, sync));
	IMPORT(call_host5, lower(callee_inst, host_func(host5, ft), ft, callee_opts));
}

static void
begin(void)
{
	guest_begin();
	host_flag4 = host_flag5 = false;
	ComponentInstance *root = ComponentInstance_new(store_, NULL);
	callee_inst = ComponentInstance_new(store_, root);
	caller_inst = ComponentInstance_new(store_, root);
	heap_init(&callee_heap, 10, i32);
	heap_init(&caller_heap, 20, i32);
	callee_opts = async_options(&callee_heap, NULL);
	caller_opts = async_options(&caller_heap, NULL);
	ft = functype(true, T("u8"), PARAMS(T("u8")));
	guest_events(&callee_heap);
	callee_wait = g.set_wait;
	callee_poll = g.set_poll;
	guest_events(&caller_heap);
	IMPORT(callee_return, task_return(callee_opts, T("u8")));
	IMPORT(caller_return, task_return(caller_opts, T("u8")));
	guest_threads(
		(native_fn *[]){(native_fn *)cancellable_thread, (native_fn *)other_thread}, 2);
	import_callees();
}

START_TEST(test_cancel_subtask)
{
	begin();
	struct call c = RUN(lift(caller_inst, caller, ft, caller_opts), {.i = 1});
	ck_assert(c.resolved && c.result.i == 42);
	scenario_end();
}
END_TEST

UNIT_MAIN("cancel", test_cancel_subtask)
