/* callable.c - values cross here between the core engine, which knows no types at run time,
 * and the Canonical ABI, which carries them with the values. */
#include "link/callable.h"

#include "base/error.h"
#include "base/trace.h"
#include "core/exec.h"
#include "link/traced.h"

CoreType
core_type_of(struct core_valtype t)
{
	switch (t.kind) {
	case CORE_KIND_I32: return i32;
	case CORE_KIND_I64: return i64;
	case CORE_KIND_F32: return f32;
	case CORE_KIND_F64: return f64;
	default: internal_error("the Canonical ABI meets a core value that is no number");
	}
}

static CoreValue
value_of_raw(struct core_valtype type, union core_raw raw)
{
	CoreType t = core_type_of(type);
	return (CoreValue){t, t == i32 || t == f32 ? raw.i32 : raw.i64};
}

static CoreValues
values_of_raw(const struct core_valtype *types, const union core_raw *raw, uint32_t n)
{
	CoreValues vs = {0};
	for (uint32_t i = 0; i < n; i++)
		append(&vs, value_of_raw(types[i], raw[i]));
	return vs;
}

static void
raw_of_values(union core_raw *raw, CoreValues vs, uint32_t n)
{
	if (vs.len != n)
		internal_error("%u core values where %u are wanted", vs.len, n);
	for (uint32_t i = 0; i < n; i++) {
		bool narrow = vs.data[i].t == i32 || vs.data[i].t == f32;
		if (narrow)
			raw[i].i32 = (uint32_t)vs.data[i].bits;
		else
			raw[i].i64 = vs.data[i].bits;
	}
}

/* A core function that the ABI calls as something. */
struct lifted {
	struct core_func *f;
	struct called_as as;
};

static CoreValues
call_core(void *env, CoreValues args)
{
	const struct lifted *l = env;
	const struct core_functype *type = l->f->type;
	union core_raw *in = arena_array_of(heap(), type->nparams, union core_raw);
	union core_raw *out = arena_array_of(heap(), type->nresults, union core_raw);
	raw_of_values(in, args, type->nparams);
	core_call(l->f, in, out);
	return values_of_raw(type->results, out, type->nresults);
}

static CoreValues
call_lifted(void *env, CoreValues args)
{
	const struct lifted *l = env;
	if (likely(!trace_is_on))
		return call_core(env, args);
	return traced_call(TRACE_CALL, (CoreFuncInst){call_core, env}, args, &l->as);
}

CoreFuncInst *
callable_of_core(struct scope *s, struct core_func *f, struct called_as as)
{
	CoreFuncInst *callable = arena_new_of(s->linked->arena, CoreFuncInst);
	struct lifted *l = arena_new_of(s->linked->arena, struct lifted);
	if (trace_has_details)
		as.of = traced_core_name(s, f);
	*l = (struct lifted){f, as};
	*callable = (CoreFuncInst){call_lifted, l};
	return callable;
}

struct lowered {
	CoreFuncInst f;
	const struct core_functype *type;
	struct arena *store; /* of which each call takes a child */
	struct called_as as;
};

/* Each call has a heap of its own, so that a loop of calls does not pile up what they made. */
static void
call_lowered(void *env, const union core_raw *args, union core_raw *results)
{
	struct lowered *l = env;
	struct arena *mine = arena_child(l->store);
	struct arena *callers = heap_swap(mine);
	CoreValues vs = values_of_raw(l->type->params, args, l->type->nparams);
	if (likely(!trace_is_on))
		vs = l->f.fn(l->f.env, vs);
	else
		vs = traced_call(TRACE_ENTER, l->f, vs, &l->as);
	raw_of_values(results, vs, l->type->nresults);
	heap_swap(callers);
	arena_free(mine);
}

static struct core_valtype *
core_types(struct arena *a, CoreTypes ts)
{
	static const uint8_t kinds[] = {
		[i32] = CORE_KIND_I32,
		[i64] = CORE_KIND_I64,
		[f32] = CORE_KIND_F32,
		[f64] = CORE_KIND_F64,
	};
	struct core_valtype *types = arena_array_of(a, ts.len, struct core_valtype);
	for (uint32_t i = 0; i < ts.len; i++)
		types[i].kind = kinds[ts.data[i]];
	return types;
}

struct core_func *
core_of_callable(struct scope *s, CoreFuncInst f, CoreFuncType type, struct called_as as)
{
	struct arena *a = s->linked->arena;
	struct core_functype ft = {type.params.len, type.results.len, core_types(a, type.params),
		core_types(a, type.results)};
	struct lowered *l = arena_new_of(a, struct lowered);
	*l = (struct lowered){f, NULL, s->linked->store->arena, as};
	struct core_func *func = core_host_func(s->linked->core, &ft, call_lowered, l);
	l->type = func->type;
	return func;
}

MemInst *
memory_at(struct scope *s, uint32_t index)
{
	struct linked *l = s->linked;
	struct core_memory *m = space_at(s, SORT_CORE_MEMORY, index)->memory;
	for (uint32_t i = 0; i < l->memories.len; i++) {
		if (l->memories.data[i]->bytes == &m->bytes)
			return l->memories.data[i];
	}
	MemInst *mem = arena_new_of(l->arena, MemInst);
	*mem = (MemInst){&m->bytes, m->type.limits.is_64 ? i64 : i32};
	vec_push(l->arena, &l->memories, mem);
	return mem;
}
