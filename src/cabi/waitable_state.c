/* waitable_state.c - what a thread can wait for, and sets of that.
 * CanonicalABI.md, "Waitable State". */
#include "base/choose.h"
#include "cabi/cabi.h"

/// ### Waitable State

void
Waitable_new(Waitable *self, Class cls)
{
	self->base.cls = cls;
	self->pending_event = (PendingEvent){0};
	self->wset = NULL;
	self->has_sync_waiter = false;
}

void
Waitable_set_pending_event(Waitable *self, PendingEvent pending_event)
{
	self->pending_event = pending_event;
}

bool
Waitable_has_pending_event(Waitable *self)
{
	return self->pending_event.fn;
}

bool
Waitable_in_waitable_set(Waitable *self)
{
	return self->wset;
}

static bool
has_pending_event(void *env)
{
	return Waitable_has_pending_event(env);
}

void
Waitable_wait_for_pending_event(Waitable *self)
{
	assert(!Waitable_in_waitable_set(self) && !self->has_sync_waiter);
	self->has_sync_waiter = true;
	Thread_wait_until(current_thread(), (ReadyFunc){has_pending_event, self}, false);
	self->has_sync_waiter = false;
}

EventTuple
Waitable_get_pending_event(Waitable *self)
{
	PendingEvent pending_event = self->pending_event;
	self->pending_event = (PendingEvent){0};
	return pending_event.fn(pending_event.env);
}

static void
remove_elem(WaitableSet *wset, Waitable *w)
{
	uint32_t i = 0;
	while (wset->elems.data[i] != w)
		i++;
	for (; i + 1 < wset->elems.len; i++)
		wset->elems.data[i] = wset->elems.data[i + 1];
	wset->elems.len--;
}

void
Waitable_join(Waitable *self, WaitableSet *wset)
{
	assert(!self->has_sync_waiter);
	if (self->wset)
		remove_elem(self->wset, self);
	self->wset = wset;
	if (wset)
		vec_push(wset->arena, &wset->elems, self);
}

void
Waitable_drop(Waitable *self)
{
	assert(!Waitable_has_pending_event(self));
	assert(!self->has_sync_waiter);
	Waitable_join(self, NULL);
}

WaitableSet *
WaitableSet_new(struct arena *a)
{
	WaitableSet *self = arena_new_of(a, WaitableSet);
	self->base.cls = WaitableSet_class;
	self->arena = a;
	self->num_waiting = 0;
	return self;
}

bool
WaitableSet_has_pending_event(WaitableSet *self)
{
	for (uint32_t i = 0; i < self->elems.len; i++)
		if (Waitable_has_pending_event(self->elems.data[i]))
			return true;
	return false;
}

static void
shuffle(WaitableSet *self)
{
	for (uint32_t i = 0; i + 1 < self->elems.len; i++) {
		uint32_t j = i + choose(self->elems.len - i);
		Waitable *w = self->elems.data[i];
		self->elems.data[i] = self->elems.data[j];
		self->elems.data[j] = w;
	}
}

EventTuple
WaitableSet_get_pending_event(WaitableSet *self)
{
	assert(WaitableSet_has_pending_event(self));
	shuffle(self);
	for (uint32_t i = 0; i < self->elems.len; i++) {
		Waitable *w = self->elems.data[i];
		assert(self == w->wset);
		if (Waitable_has_pending_event(w))
			return Waitable_get_pending_event(w);
	}
	/* C: what Python leaves as falling off the end of the function. */
	internal_error("a waitable set lost its pending event");
}

typedef struct {
	WaitableSet *self;
	ReadyFunc ready_func;
} WaitableSet_wait_for_event_and_env;

static bool
WaitableSet_wait_for_event_and__ready_and_has_event(void *env)
{
	WaitableSet_wait_for_event_and_env *e = env;
	return e->ready_func.fn(e->ready_func.env) && WaitableSet_has_pending_event(e->self);
}

EventTuple
WaitableSet_wait_for_event_and(WaitableSet *self, ReadyFunc ready_func, bool cancellable)
{
	WaitableSet_wait_for_event_and_env *e = NEW(WaitableSet_wait_for_event_and_env);
	*e = (WaitableSet_wait_for_event_and_env){self, ready_func};
	EventTuple event;
	self->num_waiting += 1;
	Cancelled cancelled = Thread_wait_until(current_thread(),
		(ReadyFunc){WaitableSet_wait_for_event_and__ready_and_has_event, e}, cancellable);
	if (cancelled)
		event = (EventTuple){EventCode_TASK_CANCELLED, 0, 0};
	else
		event = WaitableSet_get_pending_event(self);
	self->num_waiting -= 1;
	return event;
}

static bool
always(void *env)
{
	(void)env;
	return true;
}

EventTuple
WaitableSet_wait_for_event(WaitableSet *self, bool cancellable)
{
	return WaitableSet_wait_for_event_and(self, (ReadyFunc){always, NULL}, cancellable);
}

EventTuple
WaitableSet_poll(WaitableSet *self, bool cancellable)
{
	if (Task_deliver_pending_cancel(current_task(), cancellable))
		return (EventTuple){EventCode_TASK_CANCELLED, 0, 0};
	else if (!WaitableSet_has_pending_event(self))
		return (EventTuple){EventCode_NONE, 0, 0};
	else
		return WaitableSet_get_pending_event(self);
}

void
WaitableSet_drop(WaitableSet *self)
{
	trap_if(self->elems.len > 0);
	trap_if(self->num_waiting > 0);
}
