/* builtins.c - see builtins.h. Each built-in is a call of the canon_ function of the same name,
 * with its immediates from the definition and its arguments from core code. */
#include "link/builtins.h"

#include "base/error.h"
#include "link/callable.h"
#include "link/types.h"

/* A built-in with its immediates. */
struct builtin {
	CoreFuncType core_type;
	ValType *type; /* stream or future */
	ResourceType *rt;
	CanonicalOptions *opts;
	MemInst *memory;
	ValTypes result; /* task.return */
	bool async_, cancellable;
	CoreType slot_type; /* context.* */
	uint32_t slot;
	CoreFuncType start; /* thread.new-indirect */
	struct core_table *table;
	struct scope *scope;
	CoreValues (*call)(struct builtin *b, const CoreValues *args);
};

typedef CoreValues call_fn(struct builtin *b, const CoreValues *args);

static num
arg(const CoreValues *args, uint32_t i)
{
	return (num)args->data[i].bits;
}

/* ---- one function for each built-in: what it passes on ---- */

#define CALL(name, ...) \
	static CoreValues call_##name(UNUSED struct builtin *b, UNUSED const CoreValues *a) \
	{ \
		return canon_##name(__VA_ARGS__); \
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
CALL(waitable_set_wait, b->cancellable, b->memory, arg(a, 0), arg(a, 1))
CALL(waitable_set_poll, b->cancellable, b->memory, arg(a, 0), arg(a, 1))
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
CALL(error_context_debug_message, b->opts, arg(a, 0), arg(a, 1))
CALL(error_context_drop, arg(a, 0))

static CoreType
core_type_of(struct core_valtype t)
{
	static const CoreType types[] = {[CORE_KIND_I32] = i32,
		[CORE_KIND_I64] = i64,
		[CORE_KIND_F32] = f32,
		[CORE_KIND_F64] = f64};
	return types[t.kind];
}

static CoreFuncRef *
func_ref(struct builtin *b, struct core_func *f)
{
	CoreFuncRef *ref = NEW(CoreFuncRef);
	for (uint32_t i = 0; i < f->type->nparams; i++)
		append(&ref->t.params, core_type_of(f->type->params[i]));
	for (uint32_t i = 0; i < f->type->nresults; i++)
		append(&ref->t.results, core_type_of(f->type->results[i]));
	ref->callee = *callable_of_core(b->scope, f);
	return ref;
}

/* The core table as a table of the ABI, in which only the entry that is asked for is filled. */
static CoreValues
call_thread_new_indirect(struct builtin *b, const CoreValues *a)
{
	Table view = {.arena = heap()};
	num at = arg(a, 0);
	for (uint32_t i = 0; i < b->table->len; i++) {
		struct core_func *f = i == at ? b->table->elems[i].ref : NULL;
		append(&view.array, f ? (void *)func_ref(b, f) : NULL);
	}
	return canon_thread_new_indirect(b->start, &view, at, a->data[1]);
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
};

/* Results get the types of the core function: with a 64-bit memory some are i64. */
static CoreValues
call_builtin(void *env, CoreValues args)
{
	struct builtin *b = env;
	CoreValues results = b->call(b, &args);
	for (uint32_t i = 0; i < results.len && i < b->core_type.results.len; i++)
		results.data[i].t = b->core_type.results.data[i];
	return results;
}

/* ---- immediates ---- */

static void
add_letters(struct arena *a, CoreTypes *ts, const char *letters, CoreType address)
{
	for (; *letters; letters++)
		vec_push(a, ts, *letters == 'p' ? address : *letters == 'l' ? i64 : i32);
}

static void
letters_type(struct scope *s, struct builtin *b, const struct comp_canon_info *info,
	const MemInst *memory)
{
	CoreType address = memory ? memory->addrtype : i32;
	add_letters(s->linked->arena, &b->core_type.params, info->params, address);
	add_letters(s->linked->arena, &b->core_type.results, info->results, address);
}

static void
context_type(struct scope *s, struct builtin *b, const struct comp_canon *canon)
{
	b->slot_type = core_type_of(canon->slot_type);
	b->slot = canon->slot;
	vec_push(s->linked->arena,
		canon->kind == CANON_CONTEXT_GET ? &b->core_type.results : &b->core_type.params,
		b->slot_type);
}

static void
task_return_type(struct scope *s, struct builtin *b, const struct comp_canon *canon)
{
	ValType *t = valtype_eval(s, canon->result);
	if (t)
		vec_push(s->linked->arena, &b->result, t);
	CoreTypes flat = flatten_types(b->result, b->opts);
	if (flat.len <= MAX_FLAT_PARAMS)
		b->core_type.params = flat;
	else
		vec_push(s->linked->arena, &b->core_type.params, b->opts->memory->addrtype);
}

static void
new_indirect_type(struct scope *s, struct builtin *b, const struct comp_canon *canon)
{
	struct arena *a = s->linked->arena;
	const struct core_functype *start =
		space_at(s, SORT_CORE_TYPE, canon->core_type.index)->core_type->func;
	b->table = space_at(s, SORT_CORE_TABLE, canon->table.index)->table;
	vec_push(a, &b->start.params, core_type_of(start->params[0]));
	vec_push(a, &b->core_type.params, b->table->type.limits.is_64 ? i64 : i32);
	vec_push(a, &b->core_type.params, b->start.params.data[0]);
	vec_push(a, &b->core_type.results, i32);
}

static void
typed_immediate(struct scope *s, struct builtin *b, const struct comp_canon *canon)
{
	const struct link_type *t = space_at(s, SORT_TYPE, canon->type.index)->type;
	if (canon->kind <= CANON_RESOURCE_REP)
		b->rt = t->resource;
	else
		b->type = t->value;
}

struct core_func *
builtin_define(
	struct scope *s, const struct comp_canon *canon, CanonicalOptions *opts, struct loc at)
{
	const struct comp_canon_info *info = &comp_canon_infos[canon->kind];
	struct builtin *b = arena_new_of(s->linked->arena, struct builtin);
	if (!calls[canon->kind])
		raise_error(ERR_UNSUPPORTED, at, info->gate,
			"`canon %s` has no definition that can run", info->text);
	*b = (struct builtin){.call = calls[canon->kind], .opts = opts, .scope = s};
	b->async_ = canon->is_async;
	b->cancellable = canon->is_cancellable;
	switch (info->imm) {
	case IMM_CONTEXT: context_type(s, b, canon); break;
	case IMM_RESULT_OPTS: task_return_type(s, b, canon); break;
	case IMM_CORETYPE_TABLE: new_indirect_type(s, b, canon); break;
	case IMM_CANCEL_MEMORY: b->memory = memory_at(s, canon->memory.index); break;
	case IMM_TYPE:
	case IMM_TYPE_OPTS:
	case IMM_TYPE_ASYNC: typed_immediate(s, b, canon); break;
	default: break;
	}
	letters_type(s, b, info, b->memory ? b->memory : opts->memory);
	return core_of_callable(s, (CoreFuncInst){call_builtin, b}, b->core_type);
}
