/* builtins.c - see builtins.h. Each built-in is a call of the canon_ function of the same name,
 * with its immediates and the arguments from core code. */
#include "link/builtins.h"

#include <string.h>

#include "base/error.h"
#include "base/trace.h"

/* A built-in that can be called. */
struct callable_builtin {
	struct builtin b;
	CoreFuncType type;
};

typedef CoreValues call_fn(const struct builtin *b, const CoreValues *args);

static num
arg(const CoreValues *args, uint32_t i)
{
	return (num)args->data[i].bits;
}

/* ---- one function for each built-in: what it passes on ---- */

#define CALL(name, ...) \
	static CoreValues call_##name(UNUSED const struct builtin *b, UNUSED const CoreValues *a) \
	{ \
		return canon_##name(__VA_ARGS__); \
	}

/* Three built-ins store at a pointer of the guest, their second argument, without a look at it: the
 * definitions assert there, or would make the memory larger. Ours: that is a trap. See
 * spec/deviations.md. */

struct storing_call {
	const struct builtin *b;
	const CoreValues *a;
	call_fn *fn;
	CoreValues results;
};

static void
run_storing_call(void *env)
{
	struct storing_call *c = env;
	c->results = c->fn(c->b, c->a);
}

/* What they leave in memory, which no result shows. */
static void
trace_stored(const MemInst *mem, num ptr, num size)
{
	uint32_t word, n = (uint32_t)size / sizeof word;
	struct trace_value words[4];
	for (uint32_t i = 0; i < n; i++) {
		memcpy(&word, mem->bytes->data + (size_t)ptr + i * sizeof word, sizeof word);
		words[i] = (struct trace_value){word, 'i'};
	}
	trace_tell(&(struct trace_event){.kind = TRACE_STORED, .values = words, .nvalues = n});
}

static CoreValues
call_and_store(call_fn *fn, const struct builtin *b, const CoreValues *a, MemInst *mem, num align,
	num size)
{
	struct storing_call c = {b, a, fn, {0}};
	struct error err;
	num ptr = arg(a, 1);
	if (protect(run_storing_call, &c, &err)) {
		if (unlikely(trace_is_on))
			trace_stored(mem, ptr, size);
		return c.results;
	}
	if (err.kind == ERR_INTERNAL && ptr % align)
		raise_error(ERR_TRAP, NO_LOC, "unaligned-pointer",
			"the pointer is not aligned to %d", (int)align);
	if (err.kind == ERR_INTERNAL && ptr > MemInst___len__(mem) - size)
		raise_error(ERR_TRAP, NO_LOC, "pointer-out-of-bounds",
			"the pointer reaches beyond the end of memory");
	raise_again(&err);
}

#define STORING_CALL(name, memory, align, size, ...) \
	static CoreValues call_##name##_unchecked( \
		UNUSED const struct builtin *b, UNUSED const CoreValues *a) \
	{ \
		return canon_##name(__VA_ARGS__); \
	} \
\
	static CoreValues call_##name(const struct builtin *b, const CoreValues *a) \
	{ \
		return call_and_store(call_##name##_unchecked, b, a, memory, align, size); \
	}

CALL(resource_new, b->rt, arg(a, 0))
CALL(resource_drop, b->rt, arg(a, 0))
CALL(resource_rep, b->rt, arg(a, 0))
CALL(context_get, b->slot_type, b->slot)
CALL(context_set, b->slot_type, b->slot, arg(a, 0))
CALL(backpressure_inc)
CALL(backpressure_dec)
CALL(task_return, b->result, b->opts, *a)
CALL(task_cancel)
CALL(waitable_set_new)
STORING_CALL(waitable_set_wait, b->memory, 4, 8, b->cancellable, b->memory, arg(a, 0), arg(a, 1))
STORING_CALL(waitable_set_poll, b->memory, 4, 8, b->cancellable, b->memory, arg(a, 0), arg(a, 1))
CALL(waitable_set_drop, arg(a, 0))
CALL(waitable_join, arg(a, 0), arg(a, 1))
CALL(subtask_cancel, b->async_, arg(a, 0))
CALL(subtask_drop, arg(a, 0))
CALL(stream_new, b->type)
CALL(stream_read, b->type, b->opts, arg(a, 0), arg(a, 1), arg(a, 2))
CALL(stream_write, b->type, b->opts, arg(a, 0), arg(a, 1), arg(a, 2))
CALL(stream_cancel_read, b->type, b->async_, arg(a, 0))
CALL(stream_cancel_write, b->type, b->async_, arg(a, 0))
CALL(stream_drop_readable, b->type, arg(a, 0))
CALL(stream_drop_writable, b->type, arg(a, 0))
CALL(future_new, b->type)
CALL(future_read, b->type, b->opts, arg(a, 0), arg(a, 1))
CALL(future_write, b->type, b->opts, arg(a, 0), arg(a, 1))
CALL(future_cancel_read, b->type, b->async_, arg(a, 0))
CALL(future_cancel_write, b->type, b->async_, arg(a, 0))
CALL(future_drop_readable, b->type, arg(a, 0))
CALL(future_drop_writable, b->type, arg(a, 0))
CALL(thread_index)
CALL(thread_resume_later, arg(a, 0))
CALL(thread_suspend, b->cancellable)
CALL(thread_yield, b->cancellable)
CALL(thread_suspend_then_resume, b->cancellable, arg(a, 0))
CALL(thread_yield_then_resume, b->cancellable, arg(a, 0))
CALL(thread_suspend_then_promote, b->cancellable, arg(a, 0))
CALL(thread_yield_then_promote, b->cancellable, arg(a, 0))
CALL(error_context_new, b->opts, arg(a, 0), arg(a, 1))
STORING_CALL(error_context_debug_message, b->opts->memory, 1, 2 * MemInst_ptr_size(b->opts->memory),
	b->opts, arg(a, 0), arg(a, 1))
CALL(error_context_drop, arg(a, 0))
CALL(value_lower, b->type, b->opts, arg(a, 0), arg(a, 1))
CALL(value_drop, arg(a, 0))

static CoreValues
call_thread_new_indirect(const struct builtin *b, const CoreValues *a)
{
	Table *ftbl = b->table.view(b->table.env, arg(a, 0));
	return canon_thread_new_indirect(b->start, ftbl, arg(a, 0), a->data[1]);
}

static call_fn *const calls[CANON_COUNT] = {
	[CANON_RESOURCE_NEW] = call_resource_new,
	[CANON_RESOURCE_DROP] = call_resource_drop,
	[CANON_RESOURCE_REP] = call_resource_rep,
	[CANON_CONTEXT_GET] = call_context_get,
	[CANON_CONTEXT_SET] = call_context_set,
	[CANON_BACKPRESSURE_INC] = call_backpressure_inc,
	[CANON_BACKPRESSURE_DEC] = call_backpressure_dec,
	[CANON_TASK_RETURN] = call_task_return,
	[CANON_TASK_CANCEL] = call_task_cancel,
	[CANON_WAITABLE_SET_NEW] = call_waitable_set_new,
	[CANON_WAITABLE_SET_WAIT] = call_waitable_set_wait,
	[CANON_WAITABLE_SET_POLL] = call_waitable_set_poll,
	[CANON_WAITABLE_SET_DROP] = call_waitable_set_drop,
	[CANON_WAITABLE_JOIN] = call_waitable_join,
	[CANON_SUBTASK_CANCEL] = call_subtask_cancel,
	[CANON_SUBTASK_DROP] = call_subtask_drop,
	[CANON_STREAM_NEW] = call_stream_new,
	[CANON_STREAM_READ] = call_stream_read,
	[CANON_STREAM_WRITE] = call_stream_write,
	[CANON_STREAM_CANCEL_READ] = call_stream_cancel_read,
	[CANON_STREAM_CANCEL_WRITE] = call_stream_cancel_write,
	[CANON_STREAM_DROP_READABLE] = call_stream_drop_readable,
	[CANON_STREAM_DROP_WRITABLE] = call_stream_drop_writable,
	[CANON_FUTURE_NEW] = call_future_new,
	[CANON_FUTURE_READ] = call_future_read,
	[CANON_FUTURE_WRITE] = call_future_write,
	[CANON_FUTURE_CANCEL_READ] = call_future_cancel_read,
	[CANON_FUTURE_CANCEL_WRITE] = call_future_cancel_write,
	[CANON_FUTURE_DROP_READABLE] = call_future_drop_readable,
	[CANON_FUTURE_DROP_WRITABLE] = call_future_drop_writable,
	[CANON_THREAD_INDEX] = call_thread_index,
	[CANON_THREAD_NEW_INDIRECT] = call_thread_new_indirect,
	[CANON_THREAD_RESUME_LATER] = call_thread_resume_later,
	[CANON_THREAD_SUSPEND] = call_thread_suspend,
	[CANON_THREAD_YIELD] = call_thread_yield,
	[CANON_THREAD_SUSPEND_THEN_RESUME] = call_thread_suspend_then_resume,
	[CANON_THREAD_YIELD_THEN_RESUME] = call_thread_yield_then_resume,
	[CANON_THREAD_SUSPEND_THEN_PROMOTE] = call_thread_suspend_then_promote,
	[CANON_THREAD_YIELD_THEN_PROMOTE] = call_thread_yield_then_promote,
	[CANON_ERROR_CONTEXT_NEW] = call_error_context_new,
	[CANON_ERROR_CONTEXT_DEBUG_MESSAGE] = call_error_context_debug_message,
	[CANON_ERROR_CONTEXT_DROP] = call_error_context_drop,
	[CANON_VALUE_LOWER] = call_value_lower,
	[CANON_VALUE_DROP] = call_value_drop,
};

bool
builtin_can_run(enum comp_canon_kind kind)
{
	return calls[kind];
}

/* Results get the types of the core function: with a 64-bit memory some are i64. */
static CoreValues
call_builtin(void *env, CoreValues args)
{
	struct callable_builtin *c = env;
	CoreValues results = calls[c->b.kind](&c->b, &args);
	for (uint32_t i = 0; i < results.len && i < c->type.results.len; i++)
		results.data[i].t = c->type.results.data[i];
	return results;
}

CoreFuncInst
builtin_func(struct arena *a, const struct builtin *b)
{
	struct callable_builtin *c = arena_new_of(a, struct callable_builtin);
	*c = (struct callable_builtin){*b, builtin_type(a, b)};
	return (CoreFuncInst){call_builtin, c};
}

/* ---- core function types ---- */

static void
add_letters(struct arena *a, CoreTypes *ts, const char *letters, CoreType address)
{
	for (; *letters; letters++)
		vec_push(a, ts, *letters == 'p' ? address : *letters == 'l' ? i64 : i32);
}

static CoreType
address_type(const struct builtin *b)
{
	const MemInst *memory = b->memory || !b->opts ? b->memory : b->opts->memory;
	return memory ? memory->addrtype : i32;
}

/* Flattening allocates from the running heap. */
static CoreTypes
task_return_params(struct arena *a, const struct builtin *b)
{
	struct arena *before = heap_swap(a);
	CoreTypes flat = flatten_types(b->result, b->opts);
	heap_swap(before);
	if (flat.len <= MAX_FLAT_PARAMS)
		return flat;
	CoreTypes pointer = {0};
	vec_push(a, &pointer, address_type(b));
	return pointer;
}

static void
new_indirect_type(struct arena *a, const struct builtin *b, CoreFuncType *type)
{
	vec_push(a, &type->params, b->table.addrtype);
	vec_push(a, &type->params, b->start.params.data[0]);
	vec_push(a, &type->results, i32);
}

CoreFuncType
builtin_type(struct arena *a, const struct builtin *b)
{
	const struct comp_canon_info *info = &comp_canon_infos[b->kind];
	CoreFuncType type = {0};
	switch (b->kind) {
	case CANON_CONTEXT_GET: vec_push(a, &type.results, b->slot_type); break;
	case CANON_CONTEXT_SET: vec_push(a, &type.params, b->slot_type); break;
	case CANON_TASK_RETURN: type.params = task_return_params(a, b); break;
	case CANON_THREAD_NEW_INDIRECT: new_indirect_type(a, b, &type); break;
	default:
		add_letters(a, &type.params, info->params, address_type(b));
		add_letters(a, &type.results, info->results, address_type(b));
		break;
	}
	return type;
}
