/* guest.h - the built-ins that most scenarios' guests import, by their names: g.set_new() is
 * waitable-set.new. Those of futures are of futures without a payload. */
#ifndef CANON_UNIT_GUEST_H
#define CANON_UNIT_GUEST_H

#include "scenario.h"

static struct {
	uint32_t (*context_get)(void);
	void (*context_set)(uint32_t v);
	void (*backpressure_inc)(void);
	void (*backpressure_dec)(void);
	void (*task_cancel)(void);
	uint32_t (*set_new)(void);
	uint32_t (*set_wait)(uint32_t set, uint32_t ptr); /* cancellable, as set_poll */
	uint32_t (*set_poll)(uint32_t set, uint32_t ptr);
	void (*set_drop)(uint32_t set);
	void (*join)(uint32_t waitable, uint32_t set);
	uint32_t (*subtask_cancel)(uint32_t i);
	uint32_t (*subtask_cancel_async)(uint32_t i);
	void (*subtask_drop)(uint32_t i);
	uint64_t (*future_new)(void);
	uint32_t (*future_read)(uint32_t i, uint32_t ptr);
	uint32_t (*future_read_async)(uint32_t i, uint32_t ptr);
	uint32_t (*future_write)(uint32_t i, uint32_t ptr);
	uint32_t (*future_write_async)(uint32_t i, uint32_t ptr);
	uint32_t (*yield)(void); /* cancellable */
	uint32_t (*index)(void);
} g;

static ValType *future_none;

/* The two ends that stream.new and future.new return. */
#define READABLE(ends) ((uint32_t)(ends))
#define WRITABLE(ends) ((uint32_t)((ends) >> 32))

static inline void
import_futures(void)
{
	CanonicalOptions *sync = guest_options(NULL, NULL), *async = async_options(NULL, NULL);
	ValType *none = future_none = type_of(FutureType);
	IMPORT(g.future_new, builtin(.kind = CANON_FUTURE_NEW, .type = none));
	IMPORT(g.future_read, builtin(.kind = CANON_FUTURE_READ, .type = none, .opts = sync));
	IMPORT(g.future_read_async,
		builtin(.kind = CANON_FUTURE_READ, .type = none, .opts = async));
	IMPORT(g.future_write, builtin(.kind = CANON_FUTURE_WRITE, .type = none, .opts = sync));
	IMPORT(g.future_write_async,
		builtin(.kind = CANON_FUTURE_WRITE, .type = none, .opts = async));
}

/* scenario_begin, and the imports; the memory is where waits and polls write. */
static inline void
guest_begin(void)
{
	scenario_begin();
	IMPORT(g.context_get, builtin(.kind = CANON_CONTEXT_GET));
	IMPORT(g.context_set, builtin(.kind = CANON_CONTEXT_SET));
	IMPORT(g.backpressure_inc, builtin(.kind = CANON_BACKPRESSURE_INC));
	IMPORT(g.backpressure_dec, builtin(.kind = CANON_BACKPRESSURE_DEC));
	IMPORT(g.task_cancel, builtin(.kind = CANON_TASK_CANCEL));
	IMPORT(g.set_new, builtin(.kind = CANON_WAITABLE_SET_NEW));
	IMPORT(g.set_drop, builtin(.kind = CANON_WAITABLE_SET_DROP));
	IMPORT(g.join, builtin(.kind = CANON_WAITABLE_JOIN));
	IMPORT(g.subtask_cancel, builtin(.kind = CANON_SUBTASK_CANCEL));
	IMPORT(g.subtask_cancel_async, builtin(.kind = CANON_SUBTASK_CANCEL, .async_ = true));
	IMPORT(g.subtask_drop, builtin(.kind = CANON_SUBTASK_DROP));
	IMPORT(g.yield, builtin(.kind = CANON_THREAD_YIELD, .cancellable = true));
	IMPORT(g.index, builtin(.kind = CANON_THREAD_INDEX));
	import_futures();
}

/* Where waits and polls write. */
static inline void
guest_events(struct guest_heap *h)
{
	IMPORT(g.set_wait,
		builtin(.kind = CANON_WAITABLE_SET_WAIT, .cancellable = true, .memory = &h->mem));
	IMPORT(g.set_poll,
		builtin(.kind = CANON_WAITABLE_SET_POLL, .cancellable = true, .memory = &h->mem));
}

/* ---- threads ---- */

static struct {
	uint32_t (*new_indirect)(uint32_t f, uint32_t arg);
	uint32_t (*yield)(void); /* those of this line and the next three are not cancellable */
	uint32_t (*suspend)(void);
	uint32_t (*suspend_then_resume)(uint32_t i);
	uint32_t (*yield_then_promote)(uint32_t i);
	uint32_t (*suspend_then_promote)(uint32_t i);
	uint32_t (*suspend_cancellable)(void);
	uint32_t (*suspend_then_resume_cancellable)(uint32_t i);
	uint32_t (*yield_then_resume_cancellable)(uint32_t i);
	void (*resume_later)(uint32_t i);
} t;

static inline Table *
view_native_table(void *env, num at)
{
	(void)at;
	return env;
}

/* The thread built-ins, with a table of functions that take an i32. */
static inline void
guest_threads(native_fn *const *fns, uint32_t n)
{
	struct builtin b = {.kind = CANON_THREAD_NEW_INDIRECT, .start = native_type(world, "i")};
	b.table.view = view_native_table;
	b.table.env = native_table(world, fns, n, b.start);
	IMPORT(t.new_indirect, native_builtin(world, &b));
	IMPORT(t.yield, builtin(.kind = CANON_THREAD_YIELD));
	IMPORT(t.suspend, builtin(.kind = CANON_THREAD_SUSPEND));
	IMPORT(t.suspend_then_resume, builtin(.kind = CANON_THREAD_SUSPEND_THEN_RESUME));
	IMPORT(t.yield_then_promote, builtin(.kind = CANON_THREAD_YIELD_THEN_PROMOTE));
	IMPORT(t.suspend_then_promote, builtin(.kind = CANON_THREAD_SUSPEND_THEN_PROMOTE));
	IMPORT(t.suspend_cancellable, builtin(.kind = CANON_THREAD_SUSPEND, .cancellable = true));
	IMPORT(t.suspend_then_resume_cancellable,
		builtin(.kind = CANON_THREAD_SUSPEND_THEN_RESUME, .cancellable = true));
	IMPORT(t.yield_then_resume_cancellable,
		builtin(.kind = CANON_THREAD_YIELD_THEN_RESUME, .cancellable = true));
	IMPORT(t.resume_later, builtin(.kind = CANON_THREAD_RESUME_LATER));
}

/* Waits, and expects this event. */
#define EXPECT_EVENT(heap, set, at, code, p1, p2) \
	do { \
		expect(g.set_wait(set, at) == (code)); \
		expect((heap).bytes.data[at] == (p1) && (heap).bytes.data[(at) + 4] == (p2)); \
	} while (0)

/* task.return of a task with these options; null: without a result. */
static inline native_fn *
task_return(CanonicalOptions *opts, ValType *result)
{
	return builtin(.kind = CANON_TASK_RETURN, .result = result_list(result), .opts = opts);
}

#endif
