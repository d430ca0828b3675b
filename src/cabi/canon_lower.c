/* canon_lower.c - calling a component function from core code.
 * CanonicalABI.md, "canon lower". */
#include "cabi/cabi.h"

/// ### `canon lower`

typedef struct {
	FuncType *ft;
	Subtask *subtask;
	LiftLowerContext *cx;
	CoreValueIter *flat_args;
	num max_flat_params, max_flat_results;
	bool on_progress; /* C: what maybe_on_progress is bound to */
	uint32_t subtaski;
} canon_lower_env;

static EventTuple
canon_lower__on_progress__subtask_event(void *env)
{
	canon_lower_env *e = env;
	if (Subtask_resolved(e->subtask))
		Subtask_deliver_resolve(e->subtask);
	return (EventTuple){EventCode_SUBTASK, e->subtaski, e->subtask->state};
}

static void
canon_lower__on_progress(canon_lower_env *e)
{
	Waitable_set_pending_event(
		&e->subtask->base, (PendingEvent){canon_lower__on_progress__subtask_event, e});
}

static void
maybe_on_progress(canon_lower_env *e)
{
	if (e->on_progress)
		canon_lower__on_progress(e);
}

static Values
canon_lower__on_start(void *env)
{
	canon_lower_env *e = env;
	maybe_on_progress(e);
	assert(e->subtask->state == Subtask_State_STARTING);
	e->subtask->state = Subtask_State_STARTED;
	return lift_flat_values(
		e->cx, e->max_flat_params, e->flat_args, FuncType_param_types(e->ft));
}

static void
canon_lower__on_resolve(void *env, const Values *result)
{
	canon_lower_env *e = env;
	Subtask *subtask = e->subtask;
	CoreValues none = {0};
	maybe_on_progress(e);
	if (!result) {
		assert(subtask->cancellation_requested);
		if (subtask->state == Subtask_State_STARTING) {
			Subtask_resolve(subtask, Subtask_State_CANCELLED_BEFORE_STARTED, none);
		} else {
			assert(subtask->state == Subtask_State_STARTED);
			Subtask_resolve(subtask, Subtask_State_CANCELLED_BEFORE_RETURNED, none);
		}
	} else {
		assert(subtask->state == Subtask_State_STARTED);
		CoreValues flat_results = lower_flat_values(e->cx, e->max_flat_results, *result,
			FuncType_result_type(e->ft), e->flat_args);
		Subtask_resolve(subtask, Subtask_State_RETURNED, flat_results);
	}
	if (e->cx->opts->lazy)
		Task_release(e->cx->lazy_scope); /* C: spec/lazy.md */
}

static bool
resolved(void *env)
{
	return Subtask_resolved(env);
}

static CoreValues
one_i32(num i)
{
	CoreValues results = {0};
	append(&results, ((CoreValue){i32, (uint32_t)i}));
	return results;
}

CoreValues
canon_lower(FuncInst callee, FuncType *ft, CanonicalOptions *opts, CoreValues flat_args)
{
	Thread *thread = current_thread();
	trap_if(!thread->task->inst->may_leave);

	CoreFuncType flat_ft = flatten_functype(opts, ft, context_lower);
	assert(types_match_values(flat_ft.params, flat_args));

	/* C: what belongs to an asynchronous call outlives this one, and its thread; it goes with
	 * the subtask. */
	struct arena *caller_heap = heap();
	if (opts->async_)
		heap_swap(arena_child(thread->task->inst->store->arena));
	canon_lower_env *e = NEW(canon_lower_env);
	e->ft = ft;
	CoreValues copy = {0};
	for (uint32_t i = 0; i < flat_args.len; i++)
		append(&copy, flat_args.data[i]);
	e->flat_args = CoreValueIter_new(copy);

	if (!opts->async_) {
		e->max_flat_params = MAX_FLAT_PARAMS;
		e->max_flat_results = MAX_FLAT_RESULTS;
	} else {
		e->max_flat_params = MAX_FLAT_ASYNC_PARAMS;
		e->max_flat_results = 0;
	}

	Subtask *subtask = e->subtask = Subtask_new(heap());
	e->cx = LiftLowerContext_new(opts, thread->task->inst, &subtask->base.base);
	heap_swap(caller_heap);
	if (opts->lazy)
		Task_hold(thread->task); /* C: spec/lazy.md: until on_resolve */

	subtask->on_cancel = callee.fn(callee.env, (OnStart){canon_lower__on_start, e},
		(OnResolve){canon_lower__on_resolve, e}, thread->task->inst);
	assert(ft->async_ || subtask->state == Subtask_State_RETURNED);

	if (!opts->async_) {
		if (!Subtask_resolved(subtask))
			Thread_wait_until(thread, (ReadyFunc){resolved, subtask}, false);
		Subtask_deliver_resolve(subtask);
		assert(types_match_values(flat_ft.results, subtask->flat_results));
		return subtask->flat_results;
	} else {
		if (Subtask_resolved(subtask)) {
			Subtask_deliver_resolve(subtask);
			assert(subtask->flat_results.len == 0);
			/* C: nobody holds it any more */
			arena_free(subtask->arena);
			return one_i32(Subtask_State_RETURNED);
		} else {
			e->subtaski = Table_add(thread->task->inst->handles, subtask);
			e->on_progress = true;
			assert(0 < e->subtaski && e->subtaski <= Table_MAX_LENGTH);
			assert(0 <= (int)subtask->state && subtask->state < 1 << 4);
			return one_i32(subtask->state | (num)e->subtaski << 4);
		}
	}
}
