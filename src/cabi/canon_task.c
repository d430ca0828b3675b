/* canon_task.c - CanonicalABI.md, "Canonical Definitions": the built-ins that concern the running
 * thread, task and instance. */
#include "cabi/short.h"

/// ### 🔀 `canon context.get`

CoreValues
canon_context_get(CoreType t, num i)
{
	Thread *thread = current_thread();
	assert(t == i32 || t == i64);
	assert(i < 2);
	num result = thread->storage[i];
	assert(result < (num)1 << (ptr_size(t) * 8));
	return one(t, result);
}

/// ### 🔀 `canon context.set`

CoreValues
canon_context_set(CoreType t, num i, num v)
{
	Thread *thread = current_thread();
	assert(t == i32 || t == i64);
	assert(i < 2);
	assert(v < (num)1 << (ptr_size(t) * 8));
	thread->storage[i] = (uint64_t)v;
	return (CoreValues){0};
}

/// ### 🔀 `canon backpressure.{inc,dec}`

CoreValues
canon_backpressure_inc(void)
{
	ComponentInstance *inst = current_instance();
	assert(0 <= inst->backpressure && inst->backpressure < 1 << 16);
	inst->backpressure += 1;
	trap_if(inst->backpressure == 1 << 16);
	return (CoreValues){0};
}

CoreValues
canon_backpressure_dec(void)
{
	ComponentInstance *inst = current_instance();
	assert(0 <= inst->backpressure && inst->backpressure < 1 << 16);
	inst->backpressure -= 1;
	trap_if(inst->backpressure < 0);
	return (CoreValues){0};
}

/// ### 🔀 `canon task.return`

static bool
result_types_equal(ValTypes a, ValTypes b)
{
	if (a.len != b.len)
		return false;
	return a.len == 0 || ValType___eq__(a.data[0], b.data[0]);
}

CoreValues
canon_task_return(ValTypes result_type, LiftOptions *opts, CoreValues flat_args)
{
	Task *task = current_task();
	trap_if(!task->inst->may_leave);
	trap_if(!task->opts->async_);
	trap_if(!result_types_equal(result_type, FuncType_result_type(task->ft)));
	trap_if(!LiftOptions_equal(opts, task->opts));
	LiftLowerContext *cx = LiftLowerContext_new(opts, task->inst, &task->base);
	Values result = lift_flat_values(
		cx, MAX_FLAT_PARAMS, CoreValueIter_new(flat_args), FuncType_result_type(task->ft));
	Task_return_(task, &result);
	return (CoreValues){0};
}

/// ### 🔀 `canon task.cancel`

CoreValues
canon_task_cancel(void)
{
	Task *task = current_task();
	trap_if(!task->inst->may_leave);
	trap_if(!task->opts->async_);
	Task_cancel(task);
	return (CoreValues){0};
}
