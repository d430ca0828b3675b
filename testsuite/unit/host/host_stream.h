/* host_stream.h - the host's side of streams of u8 in the scenarios: a source that guests read from,
 * and a sink that reads what guests write. Where the scenarios give them threads, here a sink
 * reads on as soon as it has room, and says so when something came. */
#ifndef CANON_UNIT_HOST_STREAM_H
#define CANON_UNIT_HOST_STREAM_H

#include "guest.h"

struct u8s {
	uint8_t data[32];
	uint32_t len;
};

static inline void
u8s_add(struct u8s *to, const uint8_t *data, uint32_t n)
{
	memcpy(to->data + to->len, data, n);
	to->len += n;
}

static inline void
u8s_remove(struct u8s *from, uint32_t n)
{
	from->len -= n;
	memmove(from->data, from->data + n, from->len);
}

static inline uint32_t
least(num a, num b)
{
	return (uint32_t)(a < b ? a : b);
}

/* ---- HostSource ---- */

struct host_source {
	SharedBase base; /* first: it is the stream */
	struct u8s remaining;
	uint32_t chunk;
	bool destroy_if_empty;
	bool cancel_is_blocked, cancel_waits;
	Buffer *pending_dst;
	OnCopy pending_on_copy;
	OnCopyDone pending_on_copy_done;
};

static inline void
source_reset_pending(void *env)
{
	struct host_source *s = env;
	s->pending_dst = NULL;
}

static inline bool
source_closed(const struct host_source *s)
{
	return !s->remaining.len && s->destroy_if_empty;
}

static inline void
source_drop(SharedBase *base)
{
	struct host_source *s = (struct host_source *)base;
	s->remaining.len = 0;
	s->destroy_if_empty = true;
	if (s->pending_dst) {
		s->pending_on_copy_done.fn(s->pending_on_copy_done.env, CopyResult_DROPPED);
		source_reset_pending(s);
	}
}

static inline void
source_destroy_once_empty(struct host_source *s)
{
	s->destroy_if_empty = true;
	if (!s->remaining.len)
		source_drop(&s->base);
}

static inline void
source_copy(struct host_source *s, Buffer *dst)
{
	uint32_t n = least(least(dst->remain(dst), s->remaining.len), s->chunk);
	Values vs = {0};
	for (uint32_t i = 0; i < n; i++)
		append(&vs, ((Value){.i = s->remaining.data[i]}));
	dst->write(dst, vs);
	u8s_remove(&s->remaining, n);
}

static inline void
source_read(SharedBase *base, ComponentInstance *reader, Buffer *dst, OnCopy on_copy,
	OnCopyDone on_copy_done)
{
	(void)reader;
	struct host_source *s = (struct host_source *)base;
	if (source_closed(s)) {
		on_copy_done.fn(on_copy_done.env, CopyResult_DROPPED);
	} else if (s->remaining.len) {
		source_copy(s, dst);
		on_copy_done.fn(on_copy_done.env,
			source_closed(s) ? CopyResult_DROPPED : CopyResult_COMPLETED);
	} else {
		s->pending_dst = dst;
		s->pending_on_copy = on_copy;
		s->pending_on_copy_done = on_copy_done;
	}
}

static inline void
source_cancel_now(struct host_source *s)
{
	s->pending_on_copy_done.fn(s->pending_on_copy_done.env, CopyResult_CANCELLED);
	source_reset_pending(s);
}

static inline void
source_cancel(SharedBase *base)
{
	struct host_source *s = (struct host_source *)base;
	if (s->cancel_is_blocked)
		s->cancel_waits = true;
	else
		source_cancel_now(s);
}

static inline void
source_unblock_cancel(struct host_source *s)
{
	s->cancel_is_blocked = false;
	if (s->cancel_waits)
		source_cancel_now(s);
}

static inline void
source_write(struct host_source *s, const uint8_t *data, uint32_t n)
{
	expect(n && !source_closed(s));
	u8s_add(&s->remaining, data, n);
	if (!s->pending_dst)
		return;
	source_copy(s, s->pending_dst);
	if (s->pending_dst->remain(s->pending_dst)) {
		s->pending_on_copy.fn(
			s->pending_on_copy.env, (ReclaimBuffer){source_reset_pending, s});
	} else {
		s->pending_on_copy_done.fn(s->pending_on_copy_done.env, CopyResult_COMPLETED);
		source_reset_pending(s);
	}
}

static inline struct host_source *
source_new(uint32_t chunk, const char *contents, bool destroy_if_empty)
{
	struct host_source *s = arena_new_of(world, struct host_source);
	s->base = (SharedBase){
		{SharedStreamImpl_class}, T("u8"), source_cancel, source_drop, source_read, NULL};
	u8s_add(&s->remaining, (const uint8_t *)contents, (uint32_t)strlen(contents));
	s->chunk = chunk;
	s->destroy_if_empty = destroy_if_empty;
	return s;
}

/* ---- HostSink ---- */

struct host_sink {
	Buffer base; /* first: it is the buffer that it reads into */
	SharedBase *shared;
	struct u8s received;
	num write_remain;
	bool closed, reading, pumping;
	void (*notify)(struct host_sink *sink); /* something came; or null */
};

static inline num
sink_remain(Buffer *base)
{
	return ((struct host_sink *)base)->write_remain;
}

static inline bool
sink_is_zero_length(Buffer *base)
{
	(void)base;
	return false;
}

static inline void
sink_write(Buffer *base, Values vs)
{
	struct host_sink *s = (struct host_sink *)base;
	for (uint32_t i = 0; i < vs.len; i++)
		u8s_add(&s->received, &(uint8_t){(uint8_t)Values_at(&vs, i, s->base.t).i}, 1);
	s->write_remain -= vs.len;
}

static inline void sink_pump(struct host_sink *s);

static inline void
sink_on_copy(void *env, ReclaimBuffer reclaim_buffer)
{
	struct host_sink *s = env;
	reclaim_buffer.fn(reclaim_buffer.env);
	s->reading = false;
	sink_pump(s);
}

static inline void
sink_on_copy_done(void *env, CopyResult result)
{
	struct host_sink *s = env;
	s->closed |= result == CopyResult_DROPPED;
	s->reading = false;
	sink_pump(s);
}

/* Reads on while there is room and no read is under way. */
static inline void
sink_pump(struct host_sink *s)
{
	if (s->notify)
		s->notify(s);
	if (s->pumping)
		return;
	s->pumping = true;
	while (!s->closed && !s->reading && s->write_remain > 0) {
		s->reading = true;
		s->shared->read(s->shared, NULL, &s->base, (OnCopy){sink_on_copy, s},
			(OnCopyDone){sink_on_copy_done, s});
	}
	s->pumping = false;
}

static inline void
sink_set_remain(struct host_sink *s, uint32_t n)
{
	s->write_remain = n;
	sink_pump(s);
}

/* Takes n bytes that have come; false when the stream is closed before. Anything else would
 * have to wait, which no scenario does. */
static inline bool
sink_consume(struct host_sink *s, uint32_t n, uint8_t *out)
{
	if (s->received.len < n) {
		expect(s->closed);
		return false;
	}
	memcpy(out, s->received.data, n);
	u8s_remove(&s->received, n);
	return true;
}

#define UNLIMITED UINT32_MAX

static inline struct host_sink *
sink_new(void *shared, num remain, void (*notify)(struct host_sink *sink))
{
	struct host_sink *s = arena_new_of(world, struct host_sink);
	s->shared = shared;
	s->base.t = s->shared->t;
	s->base.remain = sink_remain;
	s->base.is_zero_length = sink_is_zero_length;
	s->base.write = sink_write;
	s->write_remain = remain;
	s->notify = notify;
	sink_pump(s);
	return s;
}

/* ---- the built-ins of a stream ---- */

static struct {
	uint64_t (*new)(void);
	uint32_t (*read)(uint32_t i, uint32_t ptr, uint32_t n); /* asynchronous, as write */
	uint32_t (*write)(uint32_t i, uint32_t ptr, uint32_t n);
	uint32_t (*read_sync)(uint32_t i, uint32_t ptr, uint32_t n);
	uint32_t (*write_sync)(uint32_t i, uint32_t ptr, uint32_t n);
	uint32_t (*cancel_read)(uint32_t i); /* synchronous, as cancel_write */
	uint32_t (*cancel_write)(uint32_t i);
	uint32_t (*cancel_read_async)(uint32_t i);
	uint32_t (*cancel_write_async)(uint32_t i);
	void (*drop_readable)(uint32_t i);
	void (*drop_writable)(uint32_t i);
} s;

/* For streams of this type, in memory of these options, which are asynchronous ones. */
static inline void
guest_streams(ValType *stream, CanonicalOptions *opts)
{
	CanonicalOptions *sync = options_new();
	*sync = *opts;
	sync->async_ = false;
	IMPORT(s.new, builtin(.kind = CANON_STREAM_NEW, .type = stream));
	IMPORT(s.read, builtin(.kind = CANON_STREAM_READ, .type = stream, .opts = opts));
	IMPORT(s.write, builtin(.kind = CANON_STREAM_WRITE, .type = stream, .opts = opts));
	IMPORT(s.read_sync, builtin(.kind = CANON_STREAM_READ, .type = stream, .opts = sync));
	IMPORT(s.write_sync, builtin(.kind = CANON_STREAM_WRITE, .type = stream, .opts = sync));
	IMPORT(s.cancel_read, builtin(.kind = CANON_STREAM_CANCEL_READ, .type = stream));
	IMPORT(s.cancel_write, builtin(.kind = CANON_STREAM_CANCEL_WRITE, .type = stream));
	IMPORT(s.cancel_read_async,
		builtin(.kind = CANON_STREAM_CANCEL_READ, .type = stream, .async_ = true));
	IMPORT(s.cancel_write_async,
		builtin(.kind = CANON_STREAM_CANCEL_WRITE, .type = stream, .async_ = true));
	IMPORT(s.drop_readable, builtin(.kind = CANON_STREAM_DROP_READABLE, .type = stream));
	IMPORT(s.drop_writable, builtin(.kind = CANON_STREAM_DROP_WRITABLE, .type = stream));
}

static inline ValType *
stream_of(ValType *t_)
{
	ValType *stream = type_of(StreamType);
	stream->t = t_;
	return stream;
}

/* What reads and writes return: how it ended, and how much was copied. */
#define COPIED(result, n) ((uint32_t)(result) | (uint32_t)(n) << 4)

#endif
