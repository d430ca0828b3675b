/* tasks.c - one call of a component function: its states, its threads, its cancellation.
 * CanonicalABI.md, "Tasks". */
#include "base/choose.h"
#include "cabi/cabi.h"

/// ### Tasks

Task *
Task_new(FuncType *ft, CanonicalOptions *opts, ComponentInstance *inst, OnStart on_start,
	OnResolve on_resolve)
{
	struct arena *a = arena_child(inst->store->arena);
	Task *self = arena_new_of(a, Task);
	self->arena = a;
	self->holders = 1;
	self->base.cls = Task_class;
	self->ft = ft;
	self->opts = opts;
	self->inst = inst;
	self->on_start = on_start;
	self->on_resolve = on_resolve;
	self->state = Task_State_INITIAL;
	self->num_borrows = 0;
	self->implicit_thread = NULL;
	return self;
}

void
Task_hold(Task *self)
{
	self->holders++;
}

void
Task_release(Task *self)
{
	if (--self->holders == 0)
		arena_free(self->arena);
}

bool
Task_needs_exclusive(Task *self)
{
	assert(self->ft->async_);
	return !self->opts->async_ || self->opts->callback;
}

static bool
Task_enter_implicit_thread__has_backpressure(void *env)
{
	Task *self = env;
	return self->inst->backpressure > 0 ||
	       (Task_needs_exclusive(self) && self->inst->exclusive_thread);
}

static bool
no_backpressure(void *env)
{
	return !Task_enter_implicit_thread__has_backpressure(env);
}

bool
Task_enter_implicit_thread(Task *self)
{
	assert(self->state == Task_State_INITIAL);
	self->implicit_thread = current_thread();
	if (self->ft->async_) {
		if (Task_enter_implicit_thread__has_backpressure(self) ||
			self->inst->num_waiting_to_enter > 0) {
			self->inst->num_waiting_to_enter += 1;
			Cancelled cancelled = Thread_wait_until(
				self->implicit_thread, (ReadyFunc){no_backpressure, self}, true);
			self->inst->num_waiting_to_enter -= 1;
			if (cancelled) {
				Task_cancel(self);
				return false;
			}
		}
		if (Task_needs_exclusive(self)) {
			assert(!self->inst->exclusive_thread);
			self->inst->exclusive_thread = self->implicit_thread;
		}
	}
	Task_register_thread(self, self->implicit_thread);
	return true;
}

/* Where the thread is in the list of its task; the length of the list when it is not. */
static uint32_t
thread_at(const Task *self, const Thread *thread)
{
	uint32_t i = 0;
	while (i < self->threads.len && self->threads.data[i] != thread)
		i++;
	return i;
}

void
Task_register_thread(Task *self, Thread *thread)
{
	assert(thread_at(self, thread) == self->threads.len && thread->task == self);
	vec_push(self->arena, &self->threads, thread);
	assert(!thread->index);
	thread->index = Table_add(self->inst->threads, thread);
}

void
Task_exit_implicit_thread(Task *self)
{
	assert(current_thread() == self->implicit_thread);
	Task_unregister_thread(self, self->implicit_thread);
	if (self->ft->async_ && Task_needs_exclusive(self)) {
		assert(self->inst->exclusive_thread == self->implicit_thread);
		self->inst->exclusive_thread = NULL;
	}
}

void
Task_unregister_thread(Task *self, Thread *thread)
{
	/* C: spec/lazy.md: the last thread drops what is left */
	if (self->threads.len == 1 && self->state == Task_State_RESOLVED)
		drop_lazy_values_of(self, LazyScopeEnd_EXITED);
	uint32_t at = thread_at(self, thread);
	assert(at < self->threads.len && thread->task == self);
	for (uint32_t i = at; i + 1 < self->threads.len; i++)
		self->threads.data[i] = self->threads.data[i + 1];
	self->threads.len--;
	if (self->threads.len == 0) {
		trap_if(self->state != Task_State_RESOLVED);
		assert(self->num_borrows == 0);
	}
	assert(thread->index);
	Table_remove(self->inst->threads, thread->index);
}

void
Task_request_cancellation(Task *self, ComponentInstance *caller)
{
	if (self->state == Task_State_INITIAL) {
		self->state = Task_State_CANCEL_DELIVERED;
		Thread_resume(self->implicit_thread, Cancelled_TRUE);
	} else {
		assert(self->state == Task_State_STARTED);
		LIST(Thread *) candidates = {0};
		Thread *exclusive = self->inst->exclusive_thread;
		bool not_the_implicit = Task_needs_exclusive(self) && exclusive &&
					exclusive != self->implicit_thread;
		for (uint32_t i = 0; i < self->threads.len; i++) {
			Thread *t = self->threads.data[i];
			if (t->cancellable && !(not_the_implicit && t == self->implicit_thread))
				append(&candidates, t);
		}
		if (candidates.len && ComponentInstance_may_enter_from(self->inst, caller)) {
			/* C: the task may be gone after resume. */
			ComponentInstance *inst = self->inst;
			self->state = Task_State_CANCEL_DELIVERED;
			ComponentInstance_enter_from(inst, caller);
			Thread_resume(candidates.data[choose(candidates.len)], Cancelled_TRUE);
			ComponentInstance_leave_to(inst, caller);
		} else {
			self->state = Task_State_PENDING_CANCEL;
		}
	}
}

bool
Task_deliver_pending_cancel(Task *self, bool cancellable)
{
	if (cancellable && self->state == Task_State_PENDING_CANCEL) {
		self->state = Task_State_CANCEL_DELIVERED;
		return true;
	}
	return false;
}

Values
Task_start(Task *self)
{
	assert(self->state == Task_State_INITIAL);
	self->state = Task_State_STARTED;
	return self->on_start.fn(self->on_start.env);
}

void
Task_return_(Task *self, const Values *result)
{
	trap_if(self->state == Task_State_RESOLVED);
	trap_if(self->num_borrows > 0);
	assert(result);
	drop_lazy_values_of(self, LazyScopeEnd_RESOLVED); /* C: spec/lazy.md */
	self->on_resolve.fn(self->on_resolve.env, result);
	self->state = Task_State_RESOLVED;
}

void
Task_cancel(Task *self)
{
	trap_if(self->state != Task_State_CANCEL_DELIVERED);
	trap_if(self->num_borrows > 0);
	drop_lazy_values_of(self, LazyScopeEnd_RESOLVED); /* C: spec/lazy.md */
	self->on_resolve.fn(self->on_resolve.env, NULL);
	self->state = Task_State_RESOLVED;
}
