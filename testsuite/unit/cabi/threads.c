/* threads.c - "Threads" and "Tasks": switching, cancellation, and what a task has to do. */
#include "abi.h"

static ComponentInstance *inst;
static Task *task;
static Thread *a, *b;
static char trace[64];
static Cancelled outcome;

static void
note(char c)
{
	size_t n = strlen(trace);
	trace[n] = c;
	trace[n + 1] = 0;
}

static void
resolved(void *env, const Values *result)
{
	(void)env, (void)result;
	note('!');
}

static void
begin(void)
{
	world_begin();
	trace[0] = 0;
	inst = ComponentInstance_new(store_, NULL);
	task = Task_new(functype(true, NULL, NULL), options_new(), inst, (OnStart){0},
		(OnResolve){resolved, NULL});
}

static Thread *
thread(void (*fn)(void *env))
{
	return Thread_new(task, (ThreadFunc){fn, NULL});
}

static void
says_b(void *env)
{
	(void)env;
	note('b');
}

static void
suspends(void *env)
{
	(void)env;
	note('1');
	outcome = Thread_suspend(current_thread(), true);
	note('2');
}

START_TEST(suspends_until_resumed)
{
	begin();
	a = thread(suspends);
	ck_assert(Thread_suspended(a) && !Thread_waiting(a) && !Thread_running(a));
	Thread_resume(a, Cancelled_FALSE);
	ck_assert(Thread_suspended(a));
	Thread_resume_later(a);
	ck_assert(Thread_waiting(a) && Thread_ready(a));
	ck_assert_str_eq(trace, "1");
	Store_tick(store_);
	ck_assert_str_eq(trace, "12");
	ck_assert_int_eq(outcome, Cancelled_FALSE);
	ck_assert_uint_eq(store_->waiting.len, 0);
	world_end();
}
END_TEST

START_TEST(a_cancellation_wakes_it)
{
	begin();
	a = thread(suspends);
	Thread_resume(a, Cancelled_FALSE);
	Thread_resume(a, Cancelled_TRUE);
	ck_assert_int_eq(outcome, Cancelled_TRUE);
	world_end();
}
END_TEST

START_TEST(a_pending_cancellation_does_not_suspend)
{
	begin();
	task->state = Task_State_PENDING_CANCEL;
	a = thread(suspends);
	Thread_resume(a, Cancelled_FALSE);
	ck_assert_str_eq(trace, "12");
	ck_assert_int_eq(outcome, Cancelled_TRUE);
	ck_assert_int_eq(task->state, Task_State_CANCEL_DELIVERED);
	world_end();
}
END_TEST

static void
switches(void *env)
{
	(void)env;
	note('1');
	Thread_suspend_then_resume(current_thread(), false, b);
	note('2');
}

static void
yields_to(void *env)
{
	(void)env;
	note('1');
	Thread_yield_then_resume(current_thread(), false, b);
	note('2');
}

static void
promotes(void *env)
{
	(void)env;
	note('1');
	Thread_yield_then_promote(current_thread(), false, b);
	note('2');
}

static void
suspends_and_promotes(void *env)
{
	(void)env;
	note('1');
	Thread_suspend_then_promote(current_thread(), false, b);
	note('2');
}

START_TEST(switches_to_another)
{
	begin();
	a = thread(switches), b = thread(says_b);
	Thread_resume(a, Cancelled_FALSE);
	ck_assert_str_eq(trace, "1b");
	ck_assert(Thread_suspended(a));
	world_end();
}
END_TEST

START_TEST(yields_to_another)
{
	begin();
	a = thread(yields_to), b = thread(says_b);
	Thread_resume(a, Cancelled_FALSE);
	ck_assert_str_eq(trace, "1b");
	ck_assert(Thread_ready(a));
	world_end();
}
END_TEST

START_TEST(promotes_only_who_is_ready)
{
	begin();
	a = thread(promotes), b = thread(says_b);
	Thread_resume(a, Cancelled_FALSE);
	ck_assert_str_eq(trace, "1");
	world_end();
	begin();
	a = thread(promotes), b = thread(says_b);
	Thread_resume_later(b);
	Thread_resume(a, Cancelled_FALSE);
	ck_assert_str_eq(trace, "1b");
	ck_assert(Thread_ready(a) && store_->waiting.len == 1);
	world_end();
	begin();
	a = thread(suspends_and_promotes), b = thread(says_b);
	Thread_resume_later(b);
	Thread_resume(a, Cancelled_FALSE);
	ck_assert_str_eq(trace, "1b");
	ck_assert(Thread_suspended(a) && store_->waiting.len == 0);
	world_end();
}
END_TEST

static uint32_t order;

static void
says_order(void *env)
{
	(void)env;
	order = order * 10 + 1;
	Thread_yield_(current_thread(), false);
	order = order * 10 + 2;
}

START_TEST(another_seed_takes_another_order)
{
	begin();
	uint32_t first = 0;
	bool differs = false;
	for (uint64_t seed = 1; seed < 50; seed++) {
		choose_seed(seed);
		order = 0;
		a = thread(says_order), b = thread(says_order);
		Thread_resume_later(a);
		Thread_resume_later(b);
		while (store_->waiting.len)
			Store_tick(store_);
		differs = differs || (first && order != first);
		first = order;
	}
	ck_assert(differs);
	world_end();
}
END_TEST

/* ---- tasks ---- */

static void
returns(void *env)
{
	Values none = {0};
	Task_return_(env, &none);
}

static void
cancels(void *env)
{
	Task_cancel(env);
}

START_TEST(a_task_returns_once_and_without_borrows)
{
	begin();
	task->state = Task_State_STARTED;
	task->num_borrows = 1;
	struct error err = raised_by(returns, task);
	ck_assert(is_trap(&err, "Task_return_", 2));
	task->num_borrows = 0;
	err = raised_by(returns, task);
	ck_assert_int_eq(err.kind, ERR_NONE);
	ck_assert_str_eq(trace, "!");
	err = raised_by(returns, task);
	ck_assert(is_trap(&err, "Task_return_", 1));
	world_end();
}
END_TEST

START_TEST(a_task_stops_only_when_asked)
{
	begin();
	task->state = Task_State_STARTED;
	struct error err = raised_by(cancels, task);
	ck_assert(is_trap(&err, "Task_cancel", 1));
	task->state = Task_State_CANCEL_DELIVERED;
	task->num_borrows = 1;
	err = raised_by(cancels, task);
	ck_assert(is_trap(&err, "Task_cancel", 2));
	task->num_borrows = 0;
	err = raised_by(cancels, task);
	ck_assert_int_eq(err.kind, ERR_NONE);
	ck_assert_str_eq(trace, "!");
	world_end();
}
END_TEST

static void
registers_and_suspends(void *env)
{
	Task_register_thread(task, current_thread());
	suspends(env);
}

START_TEST(a_request_wakes_a_thread_that_can_be_cancelled)
{
	begin();
	task->opts->async_ = true;
	task->state = Task_State_STARTED;
	a = thread(registers_and_suspends);
	Thread_resume(a, Cancelled_FALSE);
	Task_request_cancellation(task, NULL);
	ck_assert_int_eq(outcome, Cancelled_TRUE);
	ck_assert_int_eq(task->state, Task_State_CANCEL_DELIVERED);
	ck_assert(inst->may_enter);
	world_end();
	begin();
	task->state = Task_State_STARTED;
	Task_request_cancellation(task, NULL);
	ck_assert_int_eq(task->state, Task_State_PENDING_CANCEL);
	world_end();
}
END_TEST

UNIT_MAIN("threads", suspends_until_resumed, a_cancellation_wakes_it,
	a_pending_cancellation_does_not_suspend, switches_to_another, yields_to_another,
	promotes_only_who_is_ready, another_seed_takes_another_order,
	a_task_returns_once_and_without_borrows, a_task_stops_only_when_asked,
	a_request_wakes_a_thread_that_can_be_cancelled)
