/* stream_state.c - the shared part of a stream, and its two ends.
 * CanonicalABI.md, "Stream State". */
#include "cabi/cabi.h"

/// ### Stream State

SharedStreamImpl *
SharedStreamImpl_new(struct arena *a, ValType *t)
{
	SharedStreamImpl *self = arena_new_of(a, SharedStreamImpl);
	self->arena = a;
	self->base = (SharedBase){{SharedStreamImpl_class}, t, SharedStreamImpl_cancel,
		SharedStreamImpl_drop, SharedStreamImpl_read, SharedStreamImpl_write};
	self->dropped = false;
	SharedStreamImpl_reset_pending(self);
	return self;
}

void
SharedStreamImpl_reset_pending(SharedStreamImpl *self)
{
	SharedStreamImpl_set_pending(self, NULL, NULL, (OnCopy){0}, (OnCopyDone){0});
}

void
SharedStreamImpl_set_pending(SharedStreamImpl *self, ComponentInstance *inst, Buffer *buffer,
	OnCopy on_copy, OnCopyDone on_copy_done)
{
	self->pending_inst = inst;
	self->pending_buffer = buffer;
	self->pending_on_copy = on_copy;
	self->pending_on_copy_done = on_copy_done;
}

void
SharedStreamImpl_reset_and_notify_pending(SharedStreamImpl *self, CopyResult result)
{
	OnCopyDone pending_on_copy_done = self->pending_on_copy_done;
	SharedStreamImpl_reset_pending(self);
	pending_on_copy_done.fn(pending_on_copy_done.env, result);
}

void
SharedStreamImpl_cancel(SharedBase *base)
{
	SharedStreamImpl *self = (SharedStreamImpl *)base;
	SharedStreamImpl_reset_and_notify_pending(self, CopyResult_CANCELLED);
}

void
SharedStreamImpl_drop(SharedBase *base)
{
	SharedStreamImpl *self = (SharedStreamImpl *)base;
	if (!self->dropped) {
		self->dropped = true;
		if (self->pending_buffer)
			SharedStreamImpl_reset_and_notify_pending(self, CopyResult_DROPPED);
	} else {
		/* C: both ends are gone. */
		arena_free(self->arena);
	}
}

static num
min(num a, num b)
{
	return a < b ? a : b;
}

/* self.reset_pending, as a value */
static void
call_reset_pending(void *self)
{
	SharedStreamImpl_reset_pending(self);
}

void
SharedStreamImpl_read(SharedBase *base, ComponentInstance *inst, Buffer *dst_buffer, OnCopy on_copy,
	OnCopyDone on_copy_done)
{
	SharedStreamImpl *self = (SharedStreamImpl *)base;
	if (self->dropped) {
		on_copy_done.fn(on_copy_done.env, CopyResult_DROPPED);
	} else if (!self->pending_buffer) {
		SharedStreamImpl_set_pending(self, inst, dst_buffer, on_copy, on_copy_done);
	} else {
		Buffer *pending_buffer = self->pending_buffer;
		assert(ValType___eq__(base->t, dst_buffer->t) &&
			ValType___eq__(dst_buffer->t, pending_buffer->t));
		/* C: spec/lazy.md: a lazy reader */
		trap_if(inst == self->pending_inst && !none_or_number_type(base->t) &&
			!dst_buffer->lazy);
		if (pending_buffer->remain(pending_buffer) > 0) {
			if (dst_buffer->remain(dst_buffer) > 0) {
				num n = min(dst_buffer->remain(dst_buffer),
					pending_buffer->remain(pending_buffer));
				dst_buffer->write(
					dst_buffer, pending_buffer->read(pending_buffer, n));
				self->pending_on_copy.fn(self->pending_on_copy.env,
					(ReclaimBuffer){call_reset_pending, self});
			}
			on_copy_done.fn(on_copy_done.env, CopyResult_COMPLETED);
		} else {
			SharedStreamImpl_reset_and_notify_pending(self, CopyResult_COMPLETED);
			SharedStreamImpl_set_pending(self, inst, dst_buffer, on_copy, on_copy_done);
		}
	}
}

void
SharedStreamImpl_write(SharedBase *base, ComponentInstance *inst, Buffer *src_buffer,
	OnCopy on_copy, OnCopyDone on_copy_done)
{
	SharedStreamImpl *self = (SharedStreamImpl *)base;
	if (self->dropped) {
		on_copy_done.fn(on_copy_done.env, CopyResult_DROPPED);
	} else if (!self->pending_buffer) {
		SharedStreamImpl_set_pending(self, inst, src_buffer, on_copy, on_copy_done);
	} else {
		Buffer *pending_buffer = self->pending_buffer;
		assert(ValType___eq__(base->t, src_buffer->t) &&
			ValType___eq__(src_buffer->t, pending_buffer->t));
		/* C: spec/lazy.md: a lazy reader */
		trap_if(inst == self->pending_inst && !none_or_number_type(base->t) &&
			!pending_buffer->lazy);
		if (pending_buffer->remain(pending_buffer) > 0) {
			if (src_buffer->remain(src_buffer) > 0) {
				num n = min(src_buffer->remain(src_buffer),
					pending_buffer->remain(pending_buffer));
				pending_buffer->write(
					pending_buffer, src_buffer->read(src_buffer, n));
				self->pending_on_copy.fn(self->pending_on_copy.env,
					(ReclaimBuffer){call_reset_pending, self});
			}
			on_copy_done.fn(on_copy_done.env, CopyResult_COMPLETED);
		} else if (src_buffer->is_zero_length(src_buffer) &&
			   pending_buffer->is_zero_length(pending_buffer)) {
			on_copy_done.fn(on_copy_done.env, CopyResult_COMPLETED);
		} else {
			SharedStreamImpl_reset_and_notify_pending(self, CopyResult_COMPLETED);
			SharedStreamImpl_set_pending(self, inst, src_buffer, on_copy, on_copy_done);
		}
	}
}

bool
none_or_number_type(const ValType *t)
{
	if (!t)
		return true;
	switch (t->kind) {
	case U8Type:
	case U16Type:
	case U32Type:
	case U64Type:
	case S8Type:
	case S16Type:
	case S32Type:
	case S64Type:
	case F32Type:
	case F64Type: return true;
	default: return false;
	}
}

CopyEnd *
CopyEnd_new(struct arena *a, Class cls, SharedBase *shared)
{
	CopyEnd *self = arena_new_of(a, CopyEnd);
	self->arena = a;
	Waitable_new(&self->base, cls);
	self->state = CopyState_IDLE;
	self->shared = shared;
	return self;
}

void
CopyEnd_free(CopyEnd *self)
{
	arena_free(self->copy_heap);
	arena_free(self->arena);
}

bool
CopyEnd_copying(CopyEnd *self)
{
	switch (self->state) {
	case CopyState_IDLE:
	case CopyState_DONE: return false;
	case CopyState_COPYING:
	case CopyState_CANCELLING_COPY: return true;
	}
	assert(false);
}

void
CopyEnd_drop(CopyEnd *self)
{
	trap_if(CopyEnd_copying(self));
	self->shared->drop(self->shared);
	Waitable_drop(&self->base);
}

void
ReadableStreamEnd_copy(CopyEnd *self, ComponentInstance *inst, Buffer *dst, OnCopy on_copy,
	OnCopyDone on_copy_done)
{
	self->shared->read(self->shared, inst, dst, on_copy, on_copy_done);
}

void
WritableStreamEnd_copy(CopyEnd *self, ComponentInstance *inst, Buffer *src, OnCopy on_copy,
	OnCopyDone on_copy_done)
{
	self->shared->write(self->shared, inst, src, on_copy, on_copy_done);
}
