/* meaning.c - see meaning.h. */
#include "oracle/meaning.h"

#include "cabi/cabi.h"

static void
put_name(struct strbuf *out, const char *const *names, size_t n, uint64_t code)
{
	if (code < n)
		strbuf_adds(out, names[code]);
	else
		strbuf_printf(out, "%u", (unsigned)code);
}

#define PUT_NAME(out, names, code) put_name(out, names, sizeof(names) / sizeof *(names), code)

static void
put_state(struct strbuf *out, uint64_t state)
{
	static const char *const names[] = {
		[Subtask_State_STARTING] = "STARTING",
		[Subtask_State_STARTED] = "STARTED",
		[Subtask_State_RETURNED] = "RETURNED",
		[Subtask_State_CANCELLED_BEFORE_STARTED] = "CANCELLED_BEFORE_STARTED",
		[Subtask_State_CANCELLED_BEFORE_RETURNED] = "CANCELLED_BEFORE_RETURNED",
	};
	PUT_NAME(out, names, state);
}

static void
put_copied(struct strbuf *out, uint64_t packed, bool is_stream)
{
	static const char *const names[] = {
		[CopyResult_COMPLETED] = "COMPLETED",
		[CopyResult_DROPPED] = "DROPPED",
		[CopyResult_CANCELLED] = "CANCELLED",
	};
	PUT_NAME(out, names, packed & 0xf);
	if (is_stream)
		strbuf_printf(out, ", %u elements", (unsigned)(packed >> 4));
}

static void
put_event(struct strbuf *out, uint64_t code, uint64_t p1, uint64_t p2)
{
	static const char *const names[] = {
		[EventCode_NONE] = "NONE",
		[EventCode_SUBTASK] = "SUBTASK",
		[EventCode_STREAM_READ] = "STREAM_READ",
		[EventCode_STREAM_WRITE] = "STREAM_WRITE",
		[EventCode_FUTURE_READ] = "FUTURE_READ",
		[EventCode_FUTURE_WRITE] = "FUTURE_WRITE",
		[EventCode_TASK_CANCELLED] = "TASK_CANCELLED",
	};
	PUT_NAME(out, names, code);
	if (code < EventCode_SUBTASK || code > EventCode_FUTURE_WRITE)
		return;
	strbuf_printf(out, " of %u: ", (unsigned)p1);
	if (code == EventCode_SUBTASK)
		put_state(out, p2);
	else
		put_copied(out, p2, code <= EventCode_STREAM_WRITE);
}

/* ---- by what is called ---- */

typedef void put_fn(struct strbuf *out, const uint64_t *v, const struct trace_value *stored);

static void
put_stream_copy(struct strbuf *out, const uint64_t *v, const struct trace_value *stored)
{
	(void)stored;
	if (v[0] == BLOCKED)
		strbuf_adds(out, "BLOCKED");
	else
		put_copied(out, v[0], true);
}

static void
put_future_copy(struct strbuf *out, const uint64_t *v, const struct trace_value *stored)
{
	(void)stored;
	if (v[0] == BLOCKED)
		strbuf_adds(out, "BLOCKED");
	else
		put_copied(out, v[0], false);
}

static void
put_waited(struct strbuf *out, const uint64_t *v, const struct trace_value *stored)
{
	put_event(out, v[0], stored[0].bits, stored[1].bits);
}

static void
put_callback_args(struct strbuf *out, const uint64_t *v, const struct trace_value *stored)
{
	(void)stored;
	put_event(out, v[0], v[1], v[2]);
}

static void
put_subtask(struct strbuf *out, const uint64_t *v, const struct trace_value *stored)
{
	(void)stored;
	put_state(out, v[0] & 0xf);
	if (v[0] >> 4)
		strbuf_printf(out, ", subtask %u", (unsigned)(v[0] >> 4));
}

static void
put_cancelled_subtask(struct strbuf *out, const uint64_t *v, const struct trace_value *stored)
{
	(void)stored;
	if (v[0] == BLOCKED)
		strbuf_adds(out, "BLOCKED");
	else
		put_state(out, v[0]);
}

static void
put_callback_code(struct strbuf *out, const uint64_t *v, const struct trace_value *stored)
{
	static const char *const names[] = {
		[CallbackCode_EXIT] = "EXIT",
		[CallbackCode_YIELD] = "YIELD",
		[CallbackCode_WAIT] = "WAIT",
	};
	(void)stored;
	PUT_NAME(out, names, v[0] & 0xf);
	if ((v[0] & 0xf) == CallbackCode_WAIT)
		strbuf_printf(out, " for set %u", (unsigned)(v[0] >> 4));
}

static void
put_cancelled(struct strbuf *out, const uint64_t *v, const struct trace_value *stored)
{
	(void)stored;
	if (v[0])
		strbuf_adds(out, "CANCELLED");
}

/* The ends of a stream or a future: the readable one is in the low half. */
static void
put_ends(struct strbuf *out, const uint64_t *v, const struct trace_value *stored)
{
	(void)stored;
	strbuf_printf(out, "readable %u, writable %u", (unsigned)(v[0] & UINT32_MAX),
		(unsigned)(v[0] >> 32));
}

static const struct {
	enum trace_kind kind;
	const char *name, *how; /* null: any */
	uint32_t nvalues;
	put_fn *put;
} meanings[] = {
	{TRACE_LEAVE, "lower", "async", 1, put_subtask},
	{TRACE_LEAVE, "subtask.cancel", NULL, 1, put_cancelled_subtask},
	{TRACE_LEAVE, "stream.new", NULL, 1, put_ends},
	{TRACE_LEAVE, "stream.read", NULL, 1, put_stream_copy},
	{TRACE_LEAVE, "stream.write", NULL, 1, put_stream_copy},
	{TRACE_LEAVE, "stream.cancel-read", NULL, 1, put_stream_copy},
	{TRACE_LEAVE, "stream.cancel-write", NULL, 1, put_stream_copy},
	{TRACE_LEAVE, "future.new", NULL, 1, put_ends},
	{TRACE_LEAVE, "future.read", NULL, 1, put_future_copy},
	{TRACE_LEAVE, "future.write", NULL, 1, put_future_copy},
	{TRACE_LEAVE, "future.cancel-read", NULL, 1, put_future_copy},
	{TRACE_LEAVE, "future.cancel-write", NULL, 1, put_future_copy},
	{TRACE_LEAVE, "waitable-set.wait", NULL, 1, put_waited},
	{TRACE_LEAVE, "waitable-set.poll", NULL, 1, put_waited},
	{TRACE_LEAVE, "thread.suspend", NULL, 1, put_cancelled},
	{TRACE_LEAVE, "thread.yield", NULL, 1, put_cancelled},
	{TRACE_LEAVE, "thread.suspend-then-resume", NULL, 1, put_cancelled},
	{TRACE_LEAVE, "thread.yield-then-resume", NULL, 1, put_cancelled},
	{TRACE_LEAVE, "thread.suspend-then-promote", NULL, 1, put_cancelled},
	{TRACE_LEAVE, "thread.yield-then-promote", NULL, 1, put_cancelled},
	{TRACE_CALL, "callback", NULL, 3, put_callback_args},
	{TRACE_DONE, "callback", NULL, 1, put_callback_code},
	{TRACE_DONE, "lift", "async callback", 1, put_callback_code},
};

void
meaning_print(struct strbuf *out, const struct trace_event *e, const struct trace_value stored[2])
{
	uint64_t v[3];
	for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
		const char *how = meanings[i].how;
		if (meanings[i].kind != e->kind || strcmp(meanings[i].name, e->name) ||
			meanings[i].nvalues != e->nvalues)
			continue;
		if (how && (!e->how || strcmp(how, e->how)))
			continue;
		for (uint32_t k = 0; k < e->nvalues; k++)
			v[k] = e->values[k].bits;
		meanings[i].put(out, v, stored);
		return;
	}
}
