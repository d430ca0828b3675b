/* threads.c - threads: who may run, who waits for what, and switching between them.
 * CanonicalABI.md, "Threads". */
#include "base/choose.h"
#include "cabi/cabi.h"

/// ### Threads

bool
Thread_running(Thread *self)
{
	return !self->cont;
}

bool
Thread_suspended(Thread *self)
{
	return !Thread_running(self) && !self->ready_func;
}

bool
Thread_waiting(Thread *self)
{
	return !Thread_running(self) && self->ready_func;
}

bool
Thread_ready(Thread *self)
{
	return Thread_waiting(self) && self->ready_func->fn(self->ready_func->env);
}

static Thread *
Thread_new__cont_func(void *env, Cancelled cancelled)
{
	Thread *self = env;
	assert(Thread_running(self) && !cancelled);
	self->thread_func.fn(self->thread_func.env);
	return NULL;
}

Thread *
Thread_new(Task *task, ThreadFunc thread_func)
{
	/* C: a thread has an arena, which is also the heap of what runs on it. */
	struct arena *a = arena_child(task->inst->store->arena);
	Thread *self = arena_new_of(a, Thread);
	self->base.cls = Thread_class;
	self->arena = a;
	self->thread_func = thread_func;
	self->cont = cont_new(a, (ContFunc){Thread_new__cont_func, self});
	self->ready_func = NULL;
	self->task = task;
	self->cancellable = false;
	self->index = 0;
	self->storage[0] = self->storage[1] = 0;
	Task_hold(task);
	assert(Thread_suspended(self));
	return self;
}

/* C: a thread that has ended. Python's collector finds it. */
static void
Thread_free(Thread *self)
{
	Task *task = self->task;
	arena_free(self->arena);
	Task_release(task);
}

void
Thread_start_waiting_internal(Thread *self, ReadyFunc ready_func)
{
	/* C: the function is copied into the thread, and the field points at it. */
	assert(!Thread_waiting(self) && !self->ready_func);
	self->ready = ready_func;
	self->ready_func = &self->ready;
	Store *store = self->task->inst->store;
	vec_push(store->arena, &store->waiting, self);
}

static void
remove_thread(Store *store, const Thread *thread)
{
	uint32_t i = 0;
	while (store->waiting.data[i] != thread)
		i++;
	for (; i + 1 < store->waiting.len; i++)
		store->waiting.data[i] = store->waiting.data[i + 1];
	store->waiting.len--;
}

void
Thread_stop_waiting_internal(Thread *self, Cancelled cancelled)
{
	assert(Thread_waiting(self) && self->ready_func);
	assert(cancelled || Thread_ready(self));
	self->ready_func = NULL;
	remove_thread(self->task->inst->store, self);
}

static bool
always(void *env)
{
	(void)env;
	return true;
}

void
Thread_resume_later(Thread *self)
{
	assert(Thread_suspended(self));
	Thread_start_waiting_internal(self, (ReadyFunc){always, NULL});
	assert(Thread_ready(self));
}

void
Thread_resume(Thread *self, Cancelled cancelled)
{
	assert(!Thread_running(self) && (self->cancellable || !cancelled));
	if (Thread_waiting(self))
		Thread_stop_waiting_internal(self, cancelled);
	Thread *thread = self;
	while (thread) {
		Continuation *cont = thread->cont;
		thread->cont = NULL;
		ResumeResult result = resume(cont, cancelled, thread);
		thread->cont = result.cont;
		if (!thread->cont)
			Thread_free(thread);
		thread = result.switch_to;
		cancelled = Cancelled_FALSE;
	}
}

Cancelled
Thread_block_internal(Thread *self, bool cancellable)
{
	self->cancellable = cancellable;
	Cancelled cancelled = block(NULL);
	assert(Thread_running(self) && (cancellable || !cancelled));
	return cancelled;
}

Cancelled
Thread_switch_to_internal(Thread *self, bool cancellable, Thread *other)
{
	self->cancellable = cancellable;
	Cancelled cancelled = block(other);
	assert(Thread_running(self) && (cancellable || !cancelled));
	return cancelled;
}

Cancelled
Thread_suspend(Thread *self, bool cancellable)
{
	assert(Thread_running(self));
	if (Task_deliver_pending_cancel(self->task, cancellable))
		return Cancelled_TRUE;
	return Thread_block_internal(self, cancellable);
}

Cancelled
Thread_wait_until(Thread *self, ReadyFunc ready_func, bool cancellable)
{
	assert(Thread_running(self));
	if (Task_deliver_pending_cancel(self->task, cancellable))
		return Cancelled_TRUE;
	/* C: the deterministic profile is the driver of choose that always answers 0. */
	if (ready_func.fn(ready_func.env) && choose(2))
		return Cancelled_FALSE;
	Thread_start_waiting_internal(self, ready_func);
	return Thread_block_internal(self, cancellable);
}

Cancelled
Thread_yield_(Thread *self, bool cancellable)
{
	return Thread_wait_until(self, (ReadyFunc){always, NULL}, cancellable);
}

Cancelled
Thread_suspend_then_resume(Thread *self, bool cancellable, Thread *other)
{
	assert(Thread_running(self) && Thread_suspended(other));
	if (Task_deliver_pending_cancel(self->task, cancellable))
		return Cancelled_TRUE;
	return Thread_switch_to_internal(self, cancellable, other);
}

Cancelled
Thread_yield_then_resume(Thread *self, bool cancellable, Thread *other)
{
	assert(Thread_running(self) && Thread_suspended(other));
	if (Task_deliver_pending_cancel(self->task, cancellable))
		return Cancelled_TRUE;
	Thread_start_waiting_internal(self, (ReadyFunc){always, NULL});
	return Thread_switch_to_internal(self, cancellable, other);
}

Cancelled
Thread_suspend_then_promote(Thread *self, bool cancellable, Thread *other)
{
	assert(Thread_running(self));
	if (Task_deliver_pending_cancel(self->task, cancellable))
		return Cancelled_TRUE;
	if (Thread_ready(other)) {
		Thread_stop_waiting_internal(other, Cancelled_FALSE);
		return Thread_suspend_then_resume(self, cancellable, other);
	} else {
		return Thread_suspend(self, cancellable);
	}
}

Cancelled
Thread_yield_then_promote(Thread *self, bool cancellable, Thread *other)
{
	assert(Thread_running(self));
	if (Task_deliver_pending_cancel(self->task, cancellable))
		return Cancelled_TRUE;
	if (Thread_ready(other)) {
		Thread_stop_waiting_internal(other, Cancelled_FALSE);
		return Thread_yield_then_resume(self, cancellable, other);
	} else {
		return Thread_yield_(self, cancellable);
	}
}
