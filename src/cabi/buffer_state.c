/* buffer_state.c - where the elements of a stream or future come from and go to.
 * CanonicalABI.md, "Buffer State". */
#include "cabi/short.h"

/// ### Buffer State

BufferGuestImpl *
BufferGuestImpl_new(Class BufferT, ValType *t, LiftLowerContext *cx, num ptr, num length)
{
	trap_if(length > Buffer_MAX_LENGTH);
	if (t && length > 0) {
		trap_if(ptr != align_to(ptr, alignment(t, mem_type(cx))));
		trap_if(ptr + length * elem_size(t, mem_type(cx)) > mem_len(cx));
	}
	BufferGuestImpl *self = NEW(BufferGuestImpl);
	self->base.base.cls = BufferT;
	self->base.remain = BufferGuestImpl_remain;
	self->base.is_zero_length = BufferGuestImpl_is_zero_length;
	if (BufferT == ReadableBufferGuestImpl_class)
		self->base.read = ReadableBufferGuestImpl_read;
	else
		self->base.write = WritableBufferGuestImpl_write;
	self->cx = cx;
	self->base.lazy = cx->opts->lazy; /* C: spec/lazy.md */
	self->base.t = t;
	self->ptr = ptr;
	self->progress = 0;
	self->length = length;
	return self;
}

num
BufferGuestImpl_remain(Buffer *base)
{
	BufferGuestImpl *self = (BufferGuestImpl *)base;
	return self->length - self->progress;
}

bool
BufferGuestImpl_is_zero_length(Buffer *base)
{
	BufferGuestImpl *self = (BufferGuestImpl *)base;
	return self->length == 0;
}

Values
ReadableBufferGuestImpl_read(Buffer *base, num n)
{
	BufferGuestImpl *self = (BufferGuestImpl *)base;
	Values vs;
	assert(n <= BufferGuestImpl_remain(base));
	if (base->t) {
		vs = load_list_from_valid_range(self->cx, self->ptr, n, base->t);
		self->ptr += n * elem_size(base->t, mem_type(self->cx));
	} else {
		/* C: n empty tuples take no room */
		vs = (Values){.len = (uint32_t)n};
	}
	self->progress += n;
	return vs;
}

void
WritableBufferGuestImpl_write(Buffer *base, Values vs)
{
	BufferGuestImpl *self = (BufferGuestImpl *)base;
	assert(vs.len <= BufferGuestImpl_remain(base));
	if (base->t) {
		store_list_into_valid_range(self->cx, vs, self->ptr, base->t);
		self->ptr += vs.len * elem_size(base->t, mem_type(self->cx));
	} else {
		assert(!vs.data);
	}
	self->progress += vs.len;
}
