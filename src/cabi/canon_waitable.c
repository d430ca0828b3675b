/* canon_waitable.c - CanonicalABI.md, "Canonical Definitions": waitable sets, waitables and
 * subtasks. */
#include "cabi/short.h"

/// ### 🔀 `canon waitable-set.new`

CoreValues
canon_waitable_set_new(void)
{
	ComponentInstance *inst = current_instance();
	trap_if(!inst->may_leave);
	num i = Table_add(inst->handles, WaitableSet_new(arena_child(inst->store->arena)));
	return one(i32, i);
}

/// ### 🔀 `canon waitable-set.wait`

CoreValues
canon_waitable_set_wait(bool cancellable, MemInst *mem, num si, num ptr)
{
	ComponentInstance *inst = current_instance();
	trap_if(!inst->may_leave);
	WaitableSet *wset = Table_get(inst->handles, si);
	trap_if(!isinstance(wset, WaitableSet_class));
	EventTuple event = WaitableSet_wait_for_event(wset, cancellable);
	return unpack_event(mem, inst, ptr, event);
}

CoreValues
unpack_event(MemInst *mem, ComponentInstance *inst, num ptr, EventTuple e)
{
	LiftLowerOptions *opts = NEW(LiftLowerOptions);
	opts->memory = mem;
	LiftLowerContext *cx = LiftLowerContext_new(opts, inst, NULL);
	ValType *U32 = ValType_new(heap(), U32Type);
	store(cx, (Value){.i = e.p1}, U32, ptr);
	store(cx, (Value){.i = e.p2}, U32, ptr + 4);
	return one(i32, e.code);
}

/// ### 🔀 `canon waitable-set.poll`

CoreValues
canon_waitable_set_poll(bool cancellable, MemInst *mem, num si, num ptr)
{
	ComponentInstance *inst = current_instance();
	trap_if(!inst->may_leave);
	WaitableSet *wset = Table_get(inst->handles, si);
	trap_if(!isinstance(wset, WaitableSet_class));
	EventTuple event = WaitableSet_poll(wset, cancellable);
	return unpack_event(mem, inst, ptr, event);
}

/// ### 🔀 `canon waitable-set.drop`

CoreValues
canon_waitable_set_drop(num i)
{
	ComponentInstance *inst = current_instance();
	trap_if(!inst->may_leave);
	WaitableSet *wset = Table_remove(inst->handles, i);
	trap_if(!isinstance(wset, WaitableSet_class));
	WaitableSet_drop(wset);
	/* C: nobody holds it any more; Python's collector finds that out */
	arena_free(wset->arena);
	return (CoreValues){0};
}

/// ### 🔀 `canon waitable.join`

/* isinstance(w, Waitable): a subtask or an end of a stream or future */
static bool
is_waitable(const void *w)
{
	switch (((const Object *)w)->cls) {
	case Subtask_class:
	case ReadableStreamEnd_class:
	case WritableStreamEnd_class:
	case ReadableFutureEnd_class:
	case WritableFutureEnd_class: return true;
	default: return false;
	}
}

CoreValues
canon_waitable_join(num wi, num si)
{
	ComponentInstance *inst = current_instance();
	trap_if(!inst->may_leave);
	Waitable *w = Table_get(inst->handles, wi);
	trap_if(!is_waitable(w));
	trap_if(w->has_sync_waiter);
	if (si == 0) {
		Waitable_join(w, NULL);
	} else {
		WaitableSet *wset = Table_get(inst->handles, si);
		trap_if(!isinstance(wset, WaitableSet_class));
		Waitable_join(w, wset);
	}
	return (CoreValues){0};
}

/// ### 🔀 `canon subtask.cancel`

CoreValues
canon_subtask_cancel(bool async_, num i)
{
	if (async_)
		only_for(MORE_ASYNC_BUILTINS);
	Thread *thread = current_thread();
	trap_if(!thread->task->inst->may_leave);
	Subtask *subtask = Table_get(thread->task->inst->handles, i);
	trap_if(!isinstance(subtask, Subtask_class));
	trap_if(Subtask_resolve_delivered(subtask));
	trap_if(subtask->cancellation_requested);
	trap_if(Waitable_in_waitable_set(&subtask->base) && !async_);
	if (Subtask_resolved(subtask)) {
		assert(Waitable_has_pending_event(&subtask->base));
	} else {
		subtask->cancellation_requested = true;
		subtask->on_cancel.fn(subtask->on_cancel.env, thread->task->inst);
		if (!Subtask_resolved(subtask)) {
			if (!async_)
				Waitable_wait_for_pending_event(&subtask->base);
			else
				return one(i32, BLOCKED);
		}
	}
	EventTuple e = Waitable_get_pending_event(&subtask->base);
	assert(e.code == EventCode_SUBTASK && e.p1 == i && e.p2 == subtask->state);
	assert(Subtask_resolve_delivered(subtask));
	return one(i32, subtask->state);
}

/// ### 🔀 `canon subtask.drop`

CoreValues
canon_subtask_drop(num i)
{
	ComponentInstance *inst = current_instance();
	trap_if(!inst->may_leave);
	Subtask *s = Table_remove(inst->handles, i);
	trap_if(!isinstance(s, Subtask_class));
	Subtask_drop(s);
	/* C: nobody holds it any more; Python's collector finds that out */
	arena_free(s->arena);
	return (CoreValues){0};
}
