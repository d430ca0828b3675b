/* future_state.c - the shared part of a future, and its two ends.
 * CanonicalABI.md, "Future State". */
#include "cabi/cabi.h"

/// ### Future State

SharedFutureImpl *
SharedFutureImpl_new(struct arena *a, ValType *t)
{
	SharedFutureImpl *self = arena_new_of(a, SharedFutureImpl);
	self->arena = a;
	self->base = (SharedBase){{SharedFutureImpl_class}, t, SharedFutureImpl_cancel,
		SharedFutureImpl_drop, SharedFutureImpl_read, SharedFutureImpl_write};
	self->dropped = false;
	SharedFutureImpl_reset_pending(self);
	return self;
}

void
SharedFutureImpl_reset_pending(SharedFutureImpl *self)
{
	SharedFutureImpl_set_pending(self, NULL, NULL, (OnCopyDone){0});
}

void
SharedFutureImpl_set_pending(
	SharedFutureImpl *self, ComponentInstance *inst, Buffer *buffer, OnCopyDone on_copy_done)
{
	self->pending_inst = inst;
	self->pending_buffer = buffer;
	self->pending_on_copy_done = on_copy_done;
}

void
SharedFutureImpl_reset_and_notify_pending(SharedFutureImpl *self, CopyResult result)
{
	OnCopyDone pending_on_copy_done = self->pending_on_copy_done;
	SharedFutureImpl_reset_pending(self);
	pending_on_copy_done.fn(pending_on_copy_done.env, result);
}

void
SharedFutureImpl_cancel(SharedBase *base)
{
	SharedFutureImpl *self = (SharedFutureImpl *)base;
	SharedFutureImpl_reset_and_notify_pending(self, CopyResult_CANCELLED);
}

void
SharedFutureImpl_drop(SharedBase *base)
{
	SharedFutureImpl *self = (SharedFutureImpl *)base;
	if (!self->dropped) {
		self->dropped = true;
		if (self->pending_buffer) {
			assert(self->pending_buffer->write);
			SharedFutureImpl_reset_and_notify_pending(self, CopyResult_DROPPED);
		}
	} else {
		/* C: both ends are gone. */
		arena_free(self->arena);
	}
}

void
SharedFutureImpl_read(SharedBase *base, ComponentInstance *inst, Buffer *dst_buffer,
	UNUSED OnCopy on_copy, OnCopyDone on_copy_done)
{
	SharedFutureImpl *self = (SharedFutureImpl *)base;
	assert(!self->dropped && dst_buffer->remain(dst_buffer) == 1);
	if (!self->pending_buffer) {
		SharedFutureImpl_set_pending(self, inst, dst_buffer, on_copy_done);
	} else {
		/* C: spec/lazy.md: a lazy reader */
		trap_if(inst == self->pending_inst && !none_or_number_type(base->t) &&
			!dst_buffer->lazy);
		dst_buffer->write(dst_buffer, self->pending_buffer->read(self->pending_buffer, 1));
		SharedFutureImpl_reset_and_notify_pending(self, CopyResult_COMPLETED);
		on_copy_done.fn(on_copy_done.env, CopyResult_COMPLETED);
	}
}

void
SharedFutureImpl_write(SharedBase *base, ComponentInstance *inst, Buffer *src_buffer,
	UNUSED OnCopy on_copy, OnCopyDone on_copy_done)
{
	SharedFutureImpl *self = (SharedFutureImpl *)base;
	assert(src_buffer->remain(src_buffer) == 1);
	if (self->dropped) {
		on_copy_done.fn(on_copy_done.env, CopyResult_DROPPED);
	} else if (!self->pending_buffer) {
		SharedFutureImpl_set_pending(self, inst, src_buffer, on_copy_done);
	} else {
		/* C: spec/lazy.md: a lazy reader */
		trap_if(inst == self->pending_inst && !none_or_number_type(base->t) &&
			!self->pending_buffer->lazy);
		self->pending_buffer->write(self->pending_buffer, src_buffer->read(src_buffer, 1));
		SharedFutureImpl_reset_and_notify_pending(self, CopyResult_COMPLETED);
		on_copy_done.fn(on_copy_done.env, CopyResult_COMPLETED);
	}
}

void
ReadableFutureEnd_copy(
	CopyEnd *self, ComponentInstance *inst, Buffer *dst_buffer, OnCopyDone on_copy_done)
{
	self->shared->read(self->shared, inst, dst_buffer, (OnCopy){0}, on_copy_done);
}

void
WritableFutureEnd_copy(
	CopyEnd *self, ComponentInstance *inst, Buffer *src_buffer, OnCopyDone on_copy_done)
{
	self->shared->write(self->shared, inst, src_buffer, (OnCopy){0}, on_copy_done);
}

void
WritableFutureEnd_drop(CopyEnd *self)
{
	trap_if(self->state != CopyState_DONE);
	CopyEnd_drop(self);
}
