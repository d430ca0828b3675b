/* canon_lift.c - "canon lift", "Embedding" and "Lifting and Lowering Context": calls from the
 * host, synchronous, stackful and with a callback. */
#include "abi.h"

static ComponentInstance *inst;
static int calls;
static CoreValues seen, post_seen;
static bool may_leave_in_post;

static void
begin(void)
{
	world_begin();
	inst = ComponentInstance_new(store_, NULL);
	calls = 0;
	seen = post_seen = (CoreValues){0};
}

static CoreValues
copy_to_world(CoreValues vs)
{
	CoreValues copy = {0};
	for (uint32_t i = 0; i < vs.len; i++)
		vec_push(world, &copy, vs.data[i]);
	return copy;
}

static CoreFuncInst *
callable(CoreValues (*fn)(void *env, CoreValues args), void *env)
{
	CoreFuncInst *f = arena_new_of(world, CoreFuncInst);
	*f = (CoreFuncInst){fn, env};
	return f;
}

static struct call
lifted(CoreValues (*fn)(void *env, CoreValues args), FuncType *ft, CanonicalOptions *opts)
{
	return (struct call){.f = Store_lift(store_, *callable(fn, NULL), ft, opts, inst)};
}

static CoreValues
plus_one(void *env, CoreValues args)
{
	(void)env;
	calls++;
	seen = copy_to_world(args);
	return one(args.data[0].bits + 1);
}

static CoreValues
post_return(void *env, CoreValues args)
{
	(void)env;
	post_seen = copy_to_world(args);
	may_leave_in_post = inst->may_leave;
	return (CoreValues){0};
}

START_TEST(lowers_arguments_and_lifts_results)
{
	begin();
	CanonicalOptions *opts = options_new();
	opts->post_return = callable(post_return, NULL);
	struct call c =
		lifted(plus_one, functype(false, type_of(U8Type), PARAMS(type_of(U32Type))), opts);
	append(&c.args, (Value){.i = 0x1ff});
	struct error err = raised_by(call_run, &c);
	ck_assert_int_eq(err.kind, ERR_NONE);
	ck_assert(seen.len == 1 && seen.data[0].t == i32 && seen.data[0].bits == 0x1ff);
	ck_assert(c.started && c.resolved && c.result.i == 0);
	ck_assert(post_seen.len == 1 && post_seen.data[0].bits == 0x200);
	ck_assert(!may_leave_in_post && inst->may_leave && inst->may_enter);
	ck_assert_uint_eq(inst->threads->free.len, 1);
	world_end();
}
END_TEST

static CoreValues
throws(void *env, CoreValues args)
{
	(void)env, (void)args;
	raise_error(ERR_EXCEPTION, NO_LOC, "exception", "thrown");
}

START_TEST(an_exception_becomes_a_trap)
{
	begin();
	struct call c = lifted(throws, functype(false, NULL, NULL), options_new());
	struct error err = raised_by(call_run, &c);
	ck_assert(is_trap(&err, "call_and_trap_on_throw", 1));
	ck_assert(!inst->may_enter && !c.resolved);
	err = raised_by(call_run, &c);
	ck_assert(is_trap(&err, "Store_lift__func_inst", 1));
	world_end();
}
END_TEST

static bool
never(void *env)
{
	(void)env;
	return false;
}

static CoreValues
blocks(void *env, CoreValues args)
{
	(void)env, (void)args;
	Thread_wait_until(current_thread(), (ReadyFunc){never, NULL}, false);
	return (CoreValues){0};
}

START_TEST(a_synchronous_function_cannot_block)
{
	begin();
	struct call c = lifted(blocks, functype(false, NULL, NULL), options_new());
	struct error err = raised_by(call_run, &c);
	ck_assert(is_trap(&err, "canon_lift", 1));
	world_end();
}
END_TEST

static CoreValues
yields_twice(void *env, CoreValues args)
{
	(void)env, (void)args;
	calls++;
	Thread_yield_(current_thread(), false);
	calls++;
	Thread_yield_(current_thread(), false);
	calls++;
	return (CoreValues){0};
}

START_TEST(a_synchronous_function_may_yield)
{
	begin();
	struct call c = lifted(yields_twice, functype(false, NULL, NULL), options_new());
	struct error err = raised_by(call_run, &c);
	ck_assert_int_eq(err.kind, ERR_NONE);
	ck_assert(c.resolved && calls == 3 && store_->waiting.len == 0);
	world_end();
}
END_TEST

START_TEST(an_asynchronous_function_goes_on_by_ticks)
{
	begin();
	struct call c = lifted(yields_twice, functype(true, NULL, NULL), options_new());
	struct error err = raised_by(call_run, &c);
	ck_assert_int_eq(err.kind, ERR_NONE);
	ck_assert(!c.resolved && calls == 1 && inst->may_enter);
	ck_assert_ptr_nonnull(inst->exclusive_thread);
	raised_by((void (*)(void *))Store_tick, store_);
	ck_assert(!c.resolved && calls == 2);
	raised_by((void (*)(void *))Store_tick, store_);
	ck_assert(c.resolved && calls == 3);
	ck_assert_ptr_null(inst->exclusive_thread);
	world_end();
}
END_TEST

START_TEST(a_second_call_waits_for_the_first)
{
	begin();
	FuncType *ft = functype(true, NULL, NULL);
	struct call first = lifted(yields_twice, ft, options_new()), second = first;
	raised_by(call_run, &first);
	raised_by(call_run, &second);
	ck_assert(first.started && !second.started && inst->num_waiting_to_enter == 1);
	struct error err = raised_by(call_to_the_end, &second);
	ck_assert_int_eq(err.kind, ERR_NONE);
	ck_assert(first.resolved && second.resolved && inst->num_waiting_to_enter == 0);
	world_end();
}
END_TEST

START_TEST(a_call_is_cancelled_before_it_starts)
{
	begin();
	FuncType *ft = functype(true, NULL, NULL);
	struct call first = lifted(yields_twice, ft, options_new()), second = first;
	raised_by(call_run, &first);
	raised_by(call_run, &second);
	second.on_cancel.fn(second.on_cancel.env, NULL);
	ck_assert(second.resolved && second.cancelled && !second.started);
	world_end();
}
END_TEST

/* ---- callbacks ---- */

static uint64_t answers[4];

static CoreValues
answer(void *env, CoreValues args)
{
	(void)env;
	seen = copy_to_world(args);
	uint64_t packed = answers[calls++];
	if ((packed & 0xf) == CallbackCode_EXIT) {
		Values none = {0};
		Task_return_(current_task(), &none);
	}
	return one(packed);
}

static struct call
with_callback(void)
{
	CanonicalOptions *opts = options_new();
	opts->async_ = true;
	opts->callback = callable(answer, NULL);
	return lifted(answer, functype(true, NULL, NULL), opts);
}

START_TEST(a_callback_yields_and_exits)
{
	begin();
	struct call c = with_callback();
	answers[0] = CallbackCode_YIELD, answers[1] = CallbackCode_EXIT;
	struct error err = raised_by(call_run, &c);
	ck_assert_int_eq(err.kind, ERR_NONE);
	ck_assert(!c.resolved && calls == 1);
	ck_assert_ptr_null(inst->exclusive_thread);
	err = raised_by((void (*)(void *))Store_tick, store_);
	ck_assert_int_eq(err.kind, ERR_NONE);
	ck_assert(c.resolved && calls == 2);
	ck_assert(seen.len == 3 && seen.data[0].bits == EventCode_NONE);
	world_end();
}
END_TEST

static EventTuple
an_event(void *env)
{
	(void)env;
	return (EventTuple){EventCode_SUBTASK, 7, 2};
}

START_TEST(a_callback_waits_for_an_event)
{
	begin();
	struct call c = with_callback();
	WaitableSet *wset = WaitableSet_new(world);
	Subtask *subtask = Subtask_new(world);
	Waitable_join(&subtask->base, wset);
	answers[0] = CallbackCode_WAIT | Table_add(inst->handles, wset) << 4;
	answers[1] = CallbackCode_EXIT;
	raised_by(call_run, &c);
	raised_by((void (*)(void *))Store_tick, store_);
	ck_assert(!c.resolved && wset->num_waiting == 1);
	Waitable_set_pending_event(&subtask->base, (PendingEvent){an_event, NULL});
	raised_by((void (*)(void *))Store_tick, store_);
	ck_assert(c.resolved && wset->num_waiting == 0);
	ck_assert(seen.data[0].bits == 1 && seen.data[1].bits == 7 && seen.data[2].bits == 2);
	world_end();
}
END_TEST

START_TEST(bad_answers_of_a_callback_trap)
{
	begin();
	struct call c = with_callback();
	answers[0] = CallbackCode_MAX + 1;
	struct error err = raised_by(call_run, &c);
	ck_assert(is_trap(&err, "unpack_callback_result", 1));
	world_end();
	begin();
	c = with_callback();
	ResourceHandle *h = ResourceHandle_new(world, NULL, 0, true, NULL);
	answers[0] = CallbackCode_WAIT | Table_add(inst->handles, h) << 4;
	err = raised_by(call_run, &c);
	ck_assert(is_trap(&err, "canon_lift__thread_func", 1));
	world_end();
}
END_TEST

static CoreValues
returns_nothing(void *env, CoreValues args)
{
	(void)env, (void)args;
	return (CoreValues){0};
}

START_TEST(a_task_has_to_return)
{
	begin();
	CanonicalOptions *opts = options_new();
	opts->async_ = true;
	struct call c = lifted(returns_nothing, functype(true, NULL, NULL), opts);
	struct error err = raised_by(call_run, &c);
	ck_assert(is_trap(&err, "Task_unregister_thread", 1));
	world_end();
}
END_TEST

/* ---- reallocate ---- */

static bool may_leave_in_realloc;
static num realloc_result;

static CoreValues
core_realloc(void *env, CoreValues args)
{
	(void)env;
	seen = copy_to_world(args);
	may_leave_in_realloc = inst->may_leave;
	return one(64);
}

static void
run_reallocate(void *env)
{
	realloc_result = LiftLowerContext_reallocate(env, 1, 2, 4, 8);
}

START_TEST(realloc_gets_its_four_arguments)
{
	begin();
	struct bytes bytes = {0};
	MemInst mem = {&bytes, i32};
	CanonicalOptions *opts = options_new();
	opts->memory = &mem;
	opts->realloc = callable(core_realloc, NULL);
	LiftLowerContext *cx = LiftLowerContext_new(opts, inst, NULL);
	struct error err = raised_by(run_reallocate, cx);
	ck_assert_int_eq(err.kind, ERR_NONE);
	ck_assert(realloc_result == 64 && !may_leave_in_realloc && inst->may_leave);
	ck_assert(seen.len == 4 && seen.data[0].bits == 1 && seen.data[1].bits == 2 &&
		  seen.data[2].bits == 4 && seen.data[3].bits == 8);
	world_end();
}
END_TEST

UNIT_MAIN("canon_lift", lowers_arguments_and_lifts_results, an_exception_becomes_a_trap,
	a_synchronous_function_cannot_block, a_synchronous_function_may_yield,
	an_asynchronous_function_goes_on_by_ticks, a_second_call_waits_for_the_first,
	a_call_is_cancelled_before_it_starts, a_callback_yields_and_exits,
	a_callback_waits_for_an_event, bad_answers_of_a_callback_trap, a_task_has_to_return,
	realloc_gets_its_four_arguments)
