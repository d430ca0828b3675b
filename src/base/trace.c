/* trace.c - see trace.h. */
#include "base/trace.h"

#include <inttypes.h>

bool trace_is_on, trace_has_details;

static struct {
	trace_fn *fn;
	void *env;
	uint32_t depth, thread, threads;
	bool leaving; /* the last event was an error: it goes through the calls around */
	enum error_kind kind;
	const char *reason;
} listener;

void
trace_to(trace_fn *fn, void *env, bool details)
{
	memset(&listener, 0, sizeof listener);
	listener.fn = fn;
	listener.env = env;
	trace_is_on = fn;
	trace_has_details = fn && details;
}

void
trace_tell(const struct trace_event *e)
{
	if (!listener.fn)
		return;
	struct trace_event placed = *e;
	if (e->kind == TRACE_DIRECTIVE)
		listener.depth = listener.thread = 0;
	placed.depth = listener.depth;
	placed.thread = listener.thread;
	listener.leaving = e->kind == TRACE_ERROR;
	listener.fn(listener.env, &placed);
}

void
trace_print(struct strbuf *out, const struct trace_event *e)
{
	static const char *const words[] = {
		[TRACE_DIRECTIVE] = "directive",
		[TRACE_ENTER] = "enter",
		[TRACE_LEAVE] = "leave",
		[TRACE_CALL] = "call",
		[TRACE_DONE] = "done",
		[TRACE_STORED] = "stored",
	};
	strbuf_adds(out, words[e->kind]);
	if (e->name)
		strbuf_printf(out, " %s", e->name);
	if (e->kind == TRACE_DIRECTIVE)
		strbuf_printf(out, " %u", e->number);
	for (uint32_t i = 0; i < e->nvalues; i++)
		strbuf_printf(out, " %" PRIu64, e->values[i].bits);
}

/* ---- errors ---- */

void
trace_error(const struct error *err)
{
	bool told = listener.leaving && listener.kind == err->kind &&
		    !strcmp(listener.reason, err->reason);
	if (!trace_has_details || told)
		return;
	listener.kind = err->kind;
	listener.reason = err->reason;
	trace_tell(&(struct trace_event){.kind = TRACE_ERROR, .error = err});
}

void
trace_inside(void (*fn)(void *env), void *env)
{
	struct error err;
	if (!trace_has_details) {
		fn(env);
		return;
	}
	/* Not a copy of the depth: a thread may go on elsewhere. */
	listener.depth++;
	bool returned = protect(fn, env, &err);
	if (!returned)
		trace_error(&err);
	listener.depth--;
	if (!returned)
		raise_again(&err);
}

/* ---- threads ---- */

static void
tell_thread(const char *does)
{
	trace_tell(&(struct trace_event){
		.kind = TRACE_THREAD, .name = does, .number = listener.thread});
}

void
trace_thread_in(struct trace_thread *t)
{
	bool is_new = !t->number;
	if (is_new)
		t->number = ++listener.threads;
	t->up = listener.thread;
	t->up_depth = listener.depth;
	listener.thread = t->number;
	tell_thread(is_new ? "starts" : "resumes");
	listener.depth += 1 + t->depth;
}

void
trace_thread_out(struct trace_thread *t, bool ended, const struct error *raised)
{
	if (raised)
		trace_error(raised);
	t->depth = listener.depth - t->up_depth - 1;
	listener.depth = t->up_depth;
	if (!raised)
		tell_thread(ended ? "ends" : "suspends");
	listener.thread = t->up;
}
