/* canon_copy.c - CanonicalABI.md, "Canonical Definitions": streams and futures. */
#include "cabi/short.h"

/// ### 🔀 `canon {stream,future}.new`

CoreValues
canon_stream_new(ValType *stream_t)
{
	ComponentInstance *inst = current_instance();
	struct arena *a = inst->store->arena;
	trap_if(!inst->may_leave);
	SharedBase *shared = &SharedStreamImpl_new(arena_child(a), stream_t->t)->base;
	num ri = Table_add(
		inst->handles, CopyEnd_new(arena_child(a), ReadableStreamEnd_class, shared));
	num wi = Table_add(
		inst->handles, CopyEnd_new(arena_child(a), WritableStreamEnd_class, shared));
	return one(i64, ri | wi << 32);
}

CoreValues
canon_future_new(ValType *future_t)
{
	ComponentInstance *inst = current_instance();
	struct arena *a = inst->store->arena;
	trap_if(!inst->may_leave);
	SharedBase *shared = &SharedFutureImpl_new(arena_child(a), future_t->t)->base;
	num ri = Table_add(
		inst->handles, CopyEnd_new(arena_child(a), ReadableFutureEnd_class, shared));
	num wi = Table_add(
		inst->handles, CopyEnd_new(arena_child(a), WritableFutureEnd_class, shared));
	return one(i64, ri | wi << 32);
}

/// ### 🔀 `canon stream.{read,write}`

CoreValues
canon_stream_read(ValType *stream_t, CanonicalOptions *opts, num i, num ptr, num n)
{
	return stream_copy(ReadableStreamEnd_class, WritableBufferGuestImpl_class,
		EventCode_STREAM_READ, stream_t, opts, i, ptr, n);
}

CoreValues
canon_stream_write(ValType *stream_t, CanonicalOptions *opts, num i, num ptr, num n)
{
	return stream_copy(WritableStreamEnd_class, ReadableBufferGuestImpl_class,
		EventCode_STREAM_WRITE, stream_t, opts, i, ptr, n);
}

typedef struct {
	CopyEnd *e;
	BufferGuestImpl *buffer;
	EventCode event_code;
	num i;
} copy_env;

/* partial(stream_event, result, reclaim_buffer), partial(future_event, result) */
typedef struct {
	copy_env *copy;
	CopyResult result;
	ReclaimBuffer reclaim_buffer;
} event_env;

static event_env *
event_env_new(copy_env *copy, CopyResult result, ReclaimBuffer reclaim_buffer)
{
	event_env *e = arena_new_of(copy->e->copy_heap, event_env);
	*e = (event_env){copy, result, reclaim_buffer};
	return e;
}

/* C: spec/lazy.md: the task that reads lazily is there until the event is. */
static void
hold_lazy_scope(copy_env *c)
{
	if (c->buffer->cx->opts->lazy)
		Task_hold(c->buffer->cx->lazy_scope);
}

static void
release_lazy_scope(copy_env *c)
{
	if (c->buffer->cx->opts->lazy)
		Task_release(c->buffer->cx->lazy_scope);
}

static EventTuple
stream_copy__stream_event(void *env)
{
	event_env *v = env;
	copy_env *c = v->copy;
	release_lazy_scope(c);
	if (v->reclaim_buffer.fn)
		v->reclaim_buffer.fn(v->reclaim_buffer.env);
	assert(CopyEnd_copying(c->e));
	if (v->result == CopyResult_DROPPED)
		c->e->state = CopyState_DONE;
	else
		c->e->state = CopyState_IDLE;
	assert((num)v->result < 1 << 4);
	assert(c->buffer->progress <= Buffer_MAX_LENGTH);
	num packed_result = v->result | c->buffer->progress << 4;
	return (EventTuple){c->event_code, c->i, packed_result};
}

static void
stream_copy__on_copy(void *env, ReclaimBuffer reclaim_buffer)
{
	copy_env *c = env;
	Waitable_set_pending_event(
		&c->e->base, (PendingEvent){stream_copy__stream_event,
				     event_env_new(c, CopyResult_COMPLETED, reclaim_buffer)});
}

static void
stream_copy__on_copy_done(void *env, CopyResult result)
{
	copy_env *c = env;
	Waitable_set_pending_event(
		&c->e->base, (PendingEvent){stream_copy__stream_event,
				     event_env_new(c, result, (ReclaimBuffer){0})});
}

/* C: what belongs to a copy may outlive the thread that starts it; it goes when the end starts its
 * next copy. */
static struct arena *
new_copy_heap(CopyEnd *e, Store *store)
{
	arena_free(e->copy_heap);
	e->copy_heap = arena_child(store->arena);
	return e->copy_heap;
}

static copy_env *
copy_env_new(CopyEnd *e, EventCode event_code, num i)
{
	copy_env *c = NEW(copy_env);
	*c = (copy_env){e, NULL, event_code, i};
	return c;
}

CoreValues
stream_copy(Class EndT, Class BufferT, EventCode event_code, ValType *stream_t,
	CanonicalOptions *opts, num i, num ptr, num n)
{
	if (!opts->async_)
		only_for(MORE_ASYNC_BUILTINS);
	Thread *thread = current_thread();
	trap_if(!thread->task->inst->may_leave);
	CopyEnd *e = Table_get(thread->task->inst->handles, i);
	trap_if(!isinstance(e, EndT));
	trap_if(!ValType___eq__(e->shared->t, stream_t->t));
	trap_if(e->state != CopyState_IDLE);
	trap_if(Waitable_in_waitable_set(&e->base) && !opts->async_);

	assert(stream_t->kind != CharType);
	assert(!contains_borrow(stream_t));
	struct arena *thread_heap = heap_swap(new_copy_heap(e, thread->task->inst->store));
	LiftLowerContext *cx = LiftLowerContext_new(opts, thread->task->inst, NULL);
	copy_env *c = copy_env_new(e, event_code, i);
	c->buffer = BufferGuestImpl_new(BufferT, stream_t->t, cx, ptr, n);
	heap_swap(thread_heap);
	hold_lazy_scope(c);

	e->state = CopyState_COPYING;
	OnCopy on_copy = {stream_copy__on_copy, c};
	OnCopyDone on_copy_done = {stream_copy__on_copy_done, c};
	if (EndT == ReadableStreamEnd_class)
		ReadableStreamEnd_copy(
			e, thread->task->inst, &c->buffer->base, on_copy, on_copy_done);
	else
		WritableStreamEnd_copy(
			e, thread->task->inst, &c->buffer->base, on_copy, on_copy_done);

	if (!Waitable_has_pending_event(&e->base)) {
		if (!opts->async_)
			Waitable_wait_for_pending_event(&e->base);
		else
			return one(i32, BLOCKED);
	}
	EventTuple event = Waitable_get_pending_event(&e->base);
	assert(event.code == event_code && event.p1 == i && event.p2 != BLOCKED);
	return one(i32, event.p2);
}

/// ### 🔀 `canon future.{read,write}`

CoreValues
canon_future_read(ValType *future_t, CanonicalOptions *opts, num i, num ptr)
{
	return future_copy(ReadableFutureEnd_class, WritableBufferGuestImpl_class,
		EventCode_FUTURE_READ, future_t, opts, i, ptr);
}

CoreValues
canon_future_write(ValType *future_t, CanonicalOptions *opts, num i, num ptr)
{
	return future_copy(WritableFutureEnd_class, ReadableBufferGuestImpl_class,
		EventCode_FUTURE_WRITE, future_t, opts, i, ptr);
}

static EventTuple
future_copy__future_event(void *env)
{
	event_env *v = env;
	copy_env *c = v->copy;
	release_lazy_scope(c);
	assert((BufferGuestImpl_remain(&c->buffer->base) == 0) ==
		(v->result == CopyResult_COMPLETED));
	assert(CopyEnd_copying(c->e));
	if (v->result == CopyResult_DROPPED || v->result == CopyResult_COMPLETED)
		c->e->state = CopyState_DONE;
	else
		c->e->state = CopyState_IDLE;
	return (EventTuple){c->event_code, c->i, v->result};
}

static void
future_copy__on_copy_done(void *env, CopyResult result)
{
	copy_env *c = env;
	assert(result != CopyResult_DROPPED || c->event_code == EventCode_FUTURE_WRITE);
	Waitable_set_pending_event(
		&c->e->base, (PendingEvent){future_copy__future_event,
				     event_env_new(c, result, (ReclaimBuffer){0})});
}

CoreValues
future_copy(Class EndT, Class BufferT, EventCode event_code, ValType *future_t,
	CanonicalOptions *opts, num i, num ptr)
{
	if (!opts->async_)
		only_for(MORE_ASYNC_BUILTINS);
	Thread *thread = current_thread();
	trap_if(!thread->task->inst->may_leave);
	CopyEnd *e = Table_get(thread->task->inst->handles, i);
	trap_if(!isinstance(e, EndT));
	trap_if(!ValType___eq__(e->shared->t, future_t->t));
	trap_if(e->state != CopyState_IDLE);
	trap_if(Waitable_in_waitable_set(&e->base) && !opts->async_);

	assert(!contains_borrow(future_t));
	struct arena *thread_heap = heap_swap(new_copy_heap(e, thread->task->inst->store));
	LiftLowerContext *cx = LiftLowerContext_new(opts, thread->task->inst, NULL);
	copy_env *c = copy_env_new(e, event_code, i);
	c->buffer = BufferGuestImpl_new(BufferT, future_t->t, cx, ptr, 1);
	heap_swap(thread_heap);
	hold_lazy_scope(c);

	e->state = CopyState_COPYING;
	OnCopyDone on_copy_done = {future_copy__on_copy_done, c};
	if (EndT == ReadableFutureEnd_class)
		ReadableFutureEnd_copy(e, thread->task->inst, &c->buffer->base, on_copy_done);
	else
		WritableFutureEnd_copy(e, thread->task->inst, &c->buffer->base, on_copy_done);

	if (!Waitable_has_pending_event(&e->base)) {
		if (!opts->async_)
			Waitable_wait_for_pending_event(&e->base);
		else
			return one(i32, BLOCKED);
	}
	EventTuple event = Waitable_get_pending_event(&e->base);
	assert(event.code == event_code && event.p1 == i);
	return one(i32, event.p2);
}

/// ### 🔀 `canon {stream,future}.cancel-{read,write}`

CoreValues
canon_stream_cancel_read(ValType *stream_t, bool async_, num i)
{
	return cancel_copy(ReadableStreamEnd_class, EventCode_STREAM_READ, stream_t, async_, i);
}

CoreValues
canon_stream_cancel_write(ValType *stream_t, bool async_, num i)
{
	return cancel_copy(WritableStreamEnd_class, EventCode_STREAM_WRITE, stream_t, async_, i);
}

CoreValues
canon_future_cancel_read(ValType *future_t, bool async_, num i)
{
	return cancel_copy(ReadableFutureEnd_class, EventCode_FUTURE_READ, future_t, async_, i);
}

CoreValues
canon_future_cancel_write(ValType *future_t, bool async_, num i)
{
	return cancel_copy(WritableFutureEnd_class, EventCode_FUTURE_WRITE, future_t, async_, i);
}

CoreValues
cancel_copy(Class EndT, EventCode event_code, ValType *stream_or_future_t, bool async_, num i)
{
	if (async_)
		only_for(MORE_ASYNC_BUILTINS);
	Thread *thread = current_thread();
	trap_if(!thread->task->inst->may_leave);
	CopyEnd *e = Table_get(thread->task->inst->handles, i);
	trap_if(!isinstance(e, EndT));
	trap_if(!ValType___eq__(e->shared->t, stream_or_future_t->t));
	trap_if(e->state != CopyState_COPYING || e->base.has_sync_waiter);
	trap_if(Waitable_in_waitable_set(&e->base) && !async_);
	e->state = CopyState_CANCELLING_COPY;
	if (!Waitable_has_pending_event(&e->base)) {
		e->shared->cancel(e->shared);
		if (!Waitable_has_pending_event(&e->base)) {
			if (!async_)
				Waitable_wait_for_pending_event(&e->base);
			else
				return one(i32, BLOCKED);
		}
	}
	EventTuple event = Waitable_get_pending_event(&e->base);
	assert(!CopyEnd_copying(e) && event.code == event_code && event.p1 == i);
	return one(i32, event.p2);
}

/// ### 🔀 `canon {stream,future}.drop-{readable,writable}`

CoreValues
canon_stream_drop_readable(ValType *stream_t, num i)
{
	return drop(ReadableStreamEnd_class, stream_t, i);
}

CoreValues
canon_stream_drop_writable(ValType *stream_t, num hi)
{
	return drop(WritableStreamEnd_class, stream_t, hi);
}

CoreValues
canon_future_drop_readable(ValType *future_t, num i)
{
	return drop(ReadableFutureEnd_class, future_t, i);
}

CoreValues
canon_future_drop_writable(ValType *future_t, num hi)
{
	return drop(WritableFutureEnd_class, future_t, hi);
}

CoreValues
drop(Class EndT, ValType *stream_or_future_t, num hi)
{
	ComponentInstance *inst = current_instance();
	trap_if(!inst->may_leave);
	CopyEnd *e = Table_remove(inst->handles, hi);
	trap_if(!isinstance(e, EndT));
	trap_if(!ValType___eq__(e->shared->t, stream_or_future_t->t));
	if (EndT == WritableFutureEnd_class)
		WritableFutureEnd_drop(e);
	else
		CopyEnd_drop(e);
	/* C: nobody holds it any more; Python's collector finds that out */
	CopyEnd_free(e);
	return (CoreValues){0};
}
