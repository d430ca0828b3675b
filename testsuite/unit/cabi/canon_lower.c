/* canon_lower.c - "canon lower", "Waitable State" and "Subtask State": calls from core code,
 * synchronous and asynchronous. */
#include "abi.h"

static ComponentInstance *caller, *callee;
static FuncInst target;
static FuncType *ft;
static CanonicalOptions *opts;
static uint8_t memory[64];
static struct bytes bytes = {memory, sizeof memory};
static MemInst mem = {&bytes, i32};
static CoreValues got;
static int steps;

static CoreValues
doubles(void *env, CoreValues args)
{
	(void)env;
	steps++;
	return one(args.data[0].bits * 2);
}

static CoreValues
yields_and_doubles(void *env, CoreValues args)
{
	(void)env;
	steps++;
	Thread_yield_(current_thread(), false);
	steps++;
	return one(args.data[0].bits * 2);
}

static void
begin(CoreValues (*fn)(void *env, CoreValues args), bool async_)
{
	world_begin();
	caller = ComponentInstance_new(store_, NULL);
	callee = ComponentInstance_new(store_, NULL);
	ft = functype(async_, type_of(U32Type), PARAMS(type_of(U32Type)));
	target = Store_lift(store_, (CoreFuncInst){fn, NULL}, ft, options_new(), callee);
	opts = options_new();
	opts->memory = &mem;
	got = (CoreValues){0};
	steps = 0;
	memset(memory, 0, sizeof memory);
}

static CoreValues
lowered(CoreValues args)
{
	CoreFuncInst f = Store_lower(store_, target, ft, opts, caller);
	CoreValues results = f.fn(f.env, args);
	for (uint32_t i = 0; i < results.len; i++)
		vec_push(world, &got, results.data[i]);
	return results;
}

/* Runs fn as a task of the caller's; `async_` lets it block. */
static struct error
inside(CoreValues (*fn)(void *env, CoreValues args), bool async_)
{
	struct call c = {.f = Store_lift(store_, (CoreFuncInst){fn, NULL},
				 functype(async_, NULL, NULL), options_new(), caller)};
	return raised_by(call_to_the_end, &c);
}

static CoreValues
calls_with_21(void *env, CoreValues args)
{
	(void)env, (void)args;
	lowered(one(21));
	return (CoreValues){0};
}

START_TEST(a_synchronous_call_returns_flat_results)
{
	begin(doubles, false);
	struct error err = inside(calls_with_21, false);
	ck_assert_int_eq(err.kind, ERR_NONE);
	ck_assert(got.len == 1 && got.data[0].t == i32 && got.data[0].bits == 42);
	ck_assert(caller->may_enter && callee->may_enter);
	world_end();
}
END_TEST

START_TEST(a_synchronous_call_waits_for_an_asynchronous_function)
{
	begin(yields_and_doubles, true);
	struct error err = inside(calls_with_21, true);
	ck_assert_int_eq(err.kind, ERR_NONE);
	ck_assert(got.len == 1 && got.data[0].bits == 42 && steps == 2);
	world_end();
}
END_TEST

static CoreValues
calls_when_closed(void *env, CoreValues args)
{
	(void)env, (void)args;
	caller->may_leave = false;
	lowered(one(21));
	return (CoreValues){0};
}

START_TEST(a_closed_instance_is_not_left)
{
	begin(doubles, false);
	struct error err = inside(calls_when_closed, false);
	ck_assert(is_trap(&err, "canon_lower", 1));
	ck_assert_int_eq(steps, 0);
	world_end();
}
END_TEST

static CoreValues
calls_async(void *env, CoreValues args)
{
	(void)env, (void)args;
	lowered(core_values(2, (uint64_t[]){21, 16}));
	return (CoreValues){0};
}

START_TEST(an_asynchronous_call_that_does_not_block_has_returned)
{
	begin(doubles, true);
	opts->async_ = true;
	struct error err = inside(calls_async, true);
	ck_assert_int_eq(err.kind, ERR_NONE);
	ck_assert(got.len == 1 && got.data[0].bits == Subtask_State_RETURNED);
	ck_assert_uint_eq(memory[16], 42);
	ck_assert_uint_eq(caller->handles->array.len, 1);
	world_end();
}
END_TEST

static EventTuple event;
static bool delivered_before;

static CoreValues
calls_async_and_waits(void *env, CoreValues args)
{
	(void)env, (void)args;
	CoreValues results = lowered(core_values(2, (uint64_t[]){21, 16}));
	Subtask *subtask = Table_get(caller->handles, results.data[0].bits >> 4);
	WaitableSet *wset = WaitableSet_new(world);
	Waitable_join(&subtask->base, wset);
	delivered_before = Subtask_resolve_delivered(subtask);
	event = WaitableSet_wait_for_event(wset, false);
	Waitable_join(&subtask->base, NULL);
	Subtask_drop(subtask);
	WaitableSet_drop(wset);
	return (CoreValues){0};
}

START_TEST(an_asynchronous_call_that_blocks_is_a_subtask)
{
	begin(yields_and_doubles, true);
	opts->async_ = true;
	struct error err = inside(calls_async_and_waits, true);
	ck_assert_int_eq(err.kind, ERR_NONE);
	ck_assert(got.data[0].bits == (Subtask_State_STARTED | 1 << 4));
	ck_assert(event.code == EventCode_SUBTASK && event.p1 == 1 &&
		  event.p2 == Subtask_State_RETURNED && !delivered_before);
	ck_assert_uint_eq(memory[16], 42);
	world_end();
}
END_TEST

static CoreValues
drops_too_early(void *env, CoreValues args)
{
	(void)env, (void)args;
	CoreValues results = lowered(core_values(2, (uint64_t[]){21, 16}));
	Subtask_drop(Table_remove(caller->handles, results.data[0].bits >> 4));
	return (CoreValues){0};
}

START_TEST(an_unresolved_subtask_is_not_dropped)
{
	begin(yields_and_doubles, true);
	opts->async_ = true;
	struct error err = inside(drops_too_early, true);
	ck_assert(is_trap(&err, "Subtask_drop", 1));
	world_end();
}
END_TEST

/* The caller's thread ends before the callee does: nothing of the call may be in its heap. */
START_TEST(an_asynchronous_call_outlives_its_caller)
{
	begin(yields_and_doubles, true);
	opts->async_ = true;
	struct error err = inside(calls_async, true);
	ck_assert_int_eq(err.kind, ERR_NONE);
	ck_assert_uint_eq(got.data[0].bits, Subtask_State_STARTED | 1 << 4);
	ck_assert_uint_eq(memory[16], 42);
	world_end();
}
END_TEST

static void
drop_set(void *env)
{
	WaitableSet_drop(env);
}

START_TEST(a_set_in_use_is_not_dropped)
{
	world_begin();
	WaitableSet *wset = WaitableSet_new(world);
	Subtask *subtask = Subtask_new(world);
	Waitable_join(&subtask->base, wset);
	struct error err = raised_by(drop_set, wset);
	ck_assert(is_trap(&err, "WaitableSet_drop", 1));
	Waitable_join(&subtask->base, NULL);
	wset->num_waiting = 1;
	err = raised_by(drop_set, wset);
	ck_assert(is_trap(&err, "WaitableSet_drop", 2));
	world_end();
}
END_TEST

START_TEST(lends_end_when_the_resolution_is_delivered)
{
	world_begin();
	Subtask *subtask = Subtask_new(world);
	ResourceHandle *h = ResourceHandle_new(world, NULL, 1, true, NULL);
	Subtask_add_lender(subtask, h);
	Subtask_add_lender(subtask, h);
	ck_assert(h->num_lends == 2);
	Subtask_resolve(subtask, Subtask_State_RETURNED, (CoreValues){0});
	ck_assert(h->num_lends == 2 && !Subtask_resolve_delivered(subtask));
	Subtask_deliver_resolve(subtask);
	ck_assert(h->num_lends == 0 && Subtask_resolve_delivered(subtask));
	world_end();
}
END_TEST

UNIT_MAIN("canon_lower", a_synchronous_call_returns_flat_results,
	a_synchronous_call_waits_for_an_asynchronous_function, a_closed_instance_is_not_left,
	an_asynchronous_call_that_does_not_block_has_returned,
	an_asynchronous_call_that_blocks_is_a_subtask, an_unresolved_subtask_is_not_dropped,
	an_asynchronous_call_outlives_its_caller, a_set_in_use_is_not_dropped,
	lends_end_when_the_resolution_is_delivered)
