/* canon_lift.c - calling a core function as a component function.
 * CanonicalABI.md, "canon lift". */
#include "base/choose.h"
#include "cabi/cabi.h"

/// ### `canon lift`

typedef struct {
	CoreFuncInst callee;
	FuncType *ft;
	CanonicalOptions *opts;
	ComponentInstance *inst;
	Task *task;
	Thread *thread;
} canon_lift_env;

static bool
no_exclusive_thread(void *env)
{
	const ComponentInstance *inst = env;
	return !inst->exclusive_thread;
}

static void
canon_lift__thread_func(void *env)
{
	canon_lift_env *e = env;
	CanonicalOptions *opts = e->opts;
	ComponentInstance *inst = e->inst;
	Task *task = e->task;
	if (!Task_enter_implicit_thread(task))
		return;

	LiftLowerContext *cx = LiftLowerContext_new(opts, inst, &task->base);
	Values args = Task_start(task);
	CoreValues flat_args =
		lower_flat_values(cx, MAX_FLAT_PARAMS, args, FuncType_param_types(e->ft), NULL);
	CoreFuncType flat_ft = flatten_functype(opts, e->ft, context_lift);
	assert(types_match_values(flat_ft.params, flat_args));

	if (!opts->async_) {
		CoreValues flat_results = call_and_trap_on_throw(e->callee, flat_args);
		assert(types_match_values(flat_ft.results, flat_results));
		Values result = lift_flat_values(cx, MAX_FLAT_RESULTS,
			CoreValueIter_new(flat_results), FuncType_result_type(e->ft));
		Task_return_(task, &result);
		if (opts->post_return) {
			assert(cx->inst->may_leave);
			inst->may_leave = false;
			call_and_trap_on_throw(*opts->post_return, flat_results);
			inst->may_leave = true;
		}
		Task_exit_implicit_thread(task);
		return;
	}

	if (!opts->callback) {
		only_for(ASYNC_STACKFUL);
		CoreValues none = call_and_trap_on_throw(e->callee, flat_args);
		assert(types_match_values(flat_ft.results, none));
		Task_exit_implicit_thread(task);
		return;
	}

	num packed = call_and_trap_on_throw(e->callee, flat_args).data[0].bits;
	CallbackResult result = unpack_callback_result(packed);
	while (result.code != CallbackCode_EXIT) {
		assert(Task_needs_exclusive(task) &&
			inst->exclusive_thread == task->implicit_thread);
		inst->exclusive_thread = NULL;
		EventTuple event;
		ReadyFunc ready_func = {no_exclusive_thread, inst};
		switch (result.code) {
		case CallbackCode_YIELD: {
			Cancelled cancelled = Thread_wait_until(e->thread, ready_func, true);
			if (cancelled)
				event = (EventTuple){EventCode_TASK_CANCELLED, 0, 0};
			else
				event = (EventTuple){EventCode_NONE, 0, 0};
			break;
		}
		case CallbackCode_WAIT: {
			WaitableSet *wset = Table_get(inst->handles, result.waitable_set_index);
			trap_if(!isinstance(wset, WaitableSet_class));
			event = WaitableSet_wait_for_event_and(wset, ready_func, true);
			break;
		}
		default: trap();
		}
		assert(!inst->exclusive_thread);
		inst->exclusive_thread = task->implicit_thread;
		CoreValues event_args = {0};
		append(&event_args, ((CoreValue){i32, event.code}));
		append(&event_args, ((CoreValue){i32, event.p1}));
		append(&event_args, ((CoreValue){i32, event.p2}));
		packed = call_and_trap_on_throw(*opts->callback, event_args).data[0].bits;
		result = unpack_callback_result(packed);
	}
	Task_exit_implicit_thread(task);
}

static void
request_cancellation(void *env, ComponentInstance *caller)
{
	Task_request_cancellation(env, caller);
}

OnCancel
canon_lift(CoreFuncInst callee, FuncType *ft, CanonicalOptions *opts, ComponentInstance *inst,
	OnStart on_start, OnResolve on_resolve)
{
	Task *task = Task_new(ft, opts, inst, on_start, on_resolve);
	/* C: with the task, since the thread may outlive the call. */
	canon_lift_env *e = arena_new_of(task->arena, canon_lift_env);
	*e = (canon_lift_env){callee, ft, opts, inst, task, NULL};
	Thread *thread = e->thread = Thread_new(task, (ThreadFunc){canon_lift__thread_func, e});
	Thread_resume(thread, Cancelled_FALSE);
	if (!ft->async_) {
		while (task->state != Task_State_RESOLVED) {
			/* C: what an iteration makes goes with it; and the set is in the order in
			   which its threads began to wait, so that the first choice, taken again
			   and again, starves none. */
			struct arena *mine = arena_child(inst->store->arena);
			struct arena *before = heap_swap(mine);
			LIST(Thread *) candidates = {0};
			for (uint32_t i = 0; i < inst->store->waiting.len; i++) {
				Thread *t = inst->store->waiting.data[i];
				bool in_inst = t->index && t->task->inst == inst;
				if (in_inst && Thread_ready(t) && t != inst->exclusive_thread)
					append(&candidates, t);
			}
			trap_if(!candidates.len);
			Thread_resume(candidates.data[choose(candidates.len)], Cancelled_FALSE);
			heap_swap(before);
			arena_free(mine);
		}
	}
	/* C: who holds the OnCancel may call it only while the task is unresolved. */
	Task_release(task);
	return (OnCancel){request_cancellation, task};
}

CallbackResult
unpack_callback_result(num packed)
{
	num code = packed & 0xf;
	trap_if(code > CallbackCode_MAX);
	assert(packed < (num)1 << 32);
	assert(Table_MAX_LENGTH < UINT32_C(1) << 28);
	num waitable_set_index = packed >> 4;
	return (CallbackResult){(CallbackCode)code, waitable_set_index};
}

typedef struct {
	CoreFuncInst callee;
	CoreValues args, results;
} call_and_trap_on_throw_env;

static void
call_callee(void *env)
{
	call_and_trap_on_throw_env *e = env;
	e->results = e->callee.fn(e->callee.env, e->args);
}

CoreValues
call_and_trap_on_throw(CoreFuncInst callee, CoreValues args)
{
	call_and_trap_on_throw_env e = {callee, args, {0}};
	struct error err;
	if (protect(call_callee, &e, &err))
		return e.results;
	if (err.kind == ERR_EXCEPTION)
		trap();
	raise_again(&err);
}
