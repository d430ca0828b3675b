/* canon_thread.c - CanonicalABI.md, "Canonical Definitions": threads. */
#include "cabi/short.h"

/// ### 🧵 `canon thread.index`

CoreValues
canon_thread_index(void)
{
	only_for(THREADING);
	Thread *thread = current_thread();
	trap_if(!thread->task->inst->may_leave);
	assert(thread->index);
	return one(i32, thread->index);
}

/// ### 🧵 `canon thread.new-indirect`

static bool
is_functype_of(CoreFuncType ft, CoreType t)
{
	return ft.params.len == 1 && ft.params.data[0] == t && ft.results.len == 0;
}

typedef struct {
	CoreFuncInst callee;
	CoreValue c;
	Task *task;
	Thread *new_thread;
} canon_thread_new_indirect_env;

static void
canon_thread_new_indirect__thread_func(void *env)
{
	canon_thread_new_indirect_env *e = env;
	CoreValues args = {0};
	append(&args, e->c);
	call_and_trap_on_throw(e->callee, args);
	Task_unregister_thread(e->task, e->new_thread);
}

CoreValues
canon_thread_new_indirect(CoreFuncType ft, Table *ftbl, num fi, CoreValue c)
{
	only_for(THREADING);
	Task *task = current_task();
	trap_if(!task->inst->may_leave);
	CoreFuncRef *f = Table_get(ftbl, fi);
	assert(is_functype_of(ft, i32) || is_functype_of(ft, i64));
	trap_if(!CoreFuncType___eq__(f->t, ft));
	Thread *new_thread =
		Thread_new(task, (ThreadFunc){canon_thread_new_indirect__thread_func, NULL});
	canon_thread_new_indirect_env *e =
		arena_new_of(new_thread->arena, canon_thread_new_indirect_env);
	*e = (canon_thread_new_indirect_env){f->callee, c, task, new_thread};
	new_thread->thread_func.env = e;
	assert(Thread_suspended(new_thread));
	Task_register_thread(task, new_thread);
	return one(i32, new_thread->index);
}

/// ### 🧵 `canon thread.resume-later`

CoreValues
canon_thread_resume_later(num i)
{
	only_for(THREADING);
	ComponentInstance *inst = current_instance();
	trap_if(!inst->may_leave);
	Thread *other_thread = Table_get(inst->threads, i);
	trap_if(!Thread_suspended(other_thread));
	Thread_resume_later(other_thread);
	return (CoreValues){0};
}

/// ### 🧵 `canon thread.suspend`

CoreValues
canon_thread_suspend(bool cancellable)
{
	only_for(THREADING);
	Thread *thread = current_thread();
	trap_if(!thread->task->inst->may_leave);
	Cancelled cancelled = Thread_suspend(thread, cancellable);
	return one(i32, cancelled);
}

/// ### 🧵 `canon thread.yield`

CoreValues
canon_thread_yield(bool cancellable)
{
	Thread *thread = current_thread();
	trap_if(!thread->task->inst->may_leave);
	Cancelled cancelled = Thread_yield_(thread, cancellable);
	return one(i32, cancelled);
}

/// ### 🧵 `canon thread.suspend-then-resume`

CoreValues
canon_thread_suspend_then_resume(bool cancellable, num i)
{
	only_for(THREADING);
	Thread *thread = current_thread();
	trap_if(!thread->task->inst->may_leave);
	Thread *other_thread = Table_get(thread->task->inst->threads, i);
	trap_if(!Thread_suspended(other_thread));
	Cancelled cancelled = Thread_suspend_then_resume(thread, cancellable, other_thread);
	return one(i32, cancelled);
}

/// ### 🧵 `canon thread.yield-then-resume`

CoreValues
canon_thread_yield_then_resume(bool cancellable, num i)
{
	only_for(THREADING);
	Thread *thread = current_thread();
	trap_if(!thread->task->inst->may_leave);
	Thread *other_thread = Table_get(thread->task->inst->threads, i);
	trap_if(!Thread_suspended(other_thread));
	Cancelled cancelled = Thread_yield_then_resume(thread, cancellable, other_thread);
	return one(i32, cancelled);
}

/// ### 🧵 `canon thread.suspend-then-promote`

CoreValues
canon_thread_suspend_then_promote(bool cancellable, num i)
{
	only_for(THREADING);
	Thread *thread = current_thread();
	trap_if(!thread->task->inst->may_leave);
	Thread *other_thread = Table_get(thread->task->inst->threads, i);
	Cancelled cancelled = Thread_suspend_then_promote(thread, cancellable, other_thread);
	return one(i32, cancelled);
}

/// ### 🧵 `canon thread.yield-then-promote`

CoreValues
canon_thread_yield_then_promote(bool cancellable, num i)
{
	only_for(THREADING);
	Thread *thread = current_thread();
	trap_if(!thread->task->inst->may_leave);
	Thread *other_thread = Table_get(thread->task->inst->threads, i);
	Cancelled cancelled = Thread_yield_then_promote(thread, cancellable, other_thread);
	return one(i32, cancelled);
}
