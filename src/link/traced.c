/* traced.c - see traced.h. */
#include "link/traced.h"

#include "base/budget.h"
#include "core/instance.h"
#include "link/convert.h"

/* ---- core values ---- */

static void
tell_call(enum trace_kind kind, const struct called_as *as, CoreValues vs)
{
	static const char letters[] = {[i32] = 'i', [i64] = 'l', [f32] = 'f', [f64] = 'd'};
	struct trace_value *values = arena_array_of(heap(), vs.len, struct trace_value);
	for (uint32_t i = 0; i < vs.len; i++)
		values[i] = (struct trace_value){vs.data[i].bits, letters[vs.data[i].t]};
	trace_tell(&(struct trace_event){.kind = kind,
		.name = as->name,
		.of = as->of,
		.how = as->how,
		.values = values,
		.nvalues = vs.len});
}

struct traced_call_env {
	CoreFuncInst f;
	CoreValues args, results;
};

static void
run_call(void *env)
{
	struct traced_call_env *e = env;
	e->results = e->f.fn(e->f.env, e->args);
}

CoreValues
traced_call(enum trace_kind kind, CoreFuncInst f, CoreValues args, const struct called_as *as)
{
	struct traced_call_env e = {.f = f, .args = args};
	tell_call(kind, as, args);
	trace_inside(run_call, &e);
	tell_call(kind + 1, as, e.results);
	return e.results;
}

void
traced(const char *name, const char *of, void (*fn)(void *env), void *env)
{
	trace_tell(&(struct trace_event){.kind = TRACE_BEGIN, .name = name, .of = of});
	trace_inside(fn, env);
	trace_tell(&(struct trace_event){.kind = TRACE_END, .name = name, .of = of});
}

/* ---- lifted values ---- */

/* What is larger is not printed: it would take longer than the call. */
#define PRINT_ARENA (UINT64_C(1) << 20)

struct print_env {
	struct arena *arena;
	const Value *v;
	ValType *t;
	struct strbuf out;
};

static void
print_value(void *env)
{
	struct print_env *e = env;
	e->out.arena = e->arena;
	struct link_value v = value_of_abi(e->arena, e->v, e->t);
	link_value_print(&e->out, &v);
}

static const char *
value_text(const Value *v, ValType *t)
{
	struct print_env e = {.arena = arena_new(PRINT_ARENA), .v = v, .t = t};
	struct error err;
	uint64_t fuel = budget_fuel();
	bool printed = protect(print_value, &e, &err);
	budget_put_back(fuel);
	const char *text = arena_strdup(heap(), printed ? strbuf_cstr(&e.out) : "(...)");
	arena_free(e.arena);
	return text;
}

static void
tell_values(const char *name, const char *how, const Values *vs, ValTypes ts)
{
	uint32_t n = vs ? vs->len : 0;
	const char **texts = arena_array_of(heap(), n, const char *);
	for (uint32_t i = 0; i < n; i++)
		texts[i] = value_text(&vs->data[i], ts.data[i]);
	trace_tell(&(struct trace_event){
		.kind = TRACE_LIFTED, .name = name, .how = how, .texts = texts, .ntexts = n});
}

/* ---- canon_lift ---- */

struct traced_func {
	FuncInst f;
	FuncType *ft;
	const char *name, *how;
	struct arena *arena; /* of the store: calls may outlive the one that began them */
};

/* One call. */
struct traced_task {
	const struct traced_func *func;
	OnStart on_start;
	OnResolve on_resolve;
	OnCancel on_cancel;
	ComponentInstance *caller;
	Values args;
	const Values *result;
};

static void
run_on_start(void *env)
{
	struct traced_task *t = env;
	t->args = t->on_start.fn(t->on_start.env);
}

static Values
on_start(void *env)
{
	struct traced_task *t = env;
	trace_inside(run_on_start, t);
	tell_values("on_start", NULL, &t->args, FuncType_param_types(t->func->ft));
	return t->args;
}

static void
run_on_resolve(void *env)
{
	struct traced_task *t = env;
	t->on_resolve.fn(t->on_resolve.env, t->result);
}

static void
on_resolve(void *env, const Values *result)
{
	struct traced_task *t = env;
	t->result = result;
	tell_values("on_resolve", result ? NULL : "cancelled", result,
		FuncType_result_type(t->func->ft));
	trace_inside(run_on_resolve, t);
}

static void
run_on_cancel(void *env)
{
	struct traced_task *t = env;
	t->on_cancel.fn(t->on_cancel.env, t->caller);
}

static void
on_cancel(void *env, ComponentInstance *caller)
{
	struct traced_task *t = env;
	t->caller = caller;
	traced("on_cancel", t->func->name, run_on_cancel, t);
}

static void
run_lift(void *env)
{
	struct traced_task *t = env;
	FuncInst f = t->func->f;
	t->on_cancel = f.fn(f.env, (OnStart){on_start, t}, (OnResolve){on_resolve, t}, t->caller);
}

static OnCancel
call_lift(void *env, OnStart start, OnResolve resolve, ComponentInstance *caller)
{
	const struct traced_func *f = env;
	struct traced_task *t = arena_new_of(f->arena, struct traced_task);
	*t = (struct traced_task){
		.func = f, .on_start = start, .on_resolve = resolve, .caller = caller};
	struct trace_event e = {
		.kind = TRACE_BEGIN, .name = "canon_lift", .of = f->name, .how = f->how};
	trace_tell(&e);
	trace_inside(run_lift, t);
	e.kind = TRACE_END;
	trace_tell(&e);
	return (OnCancel){on_cancel, t};
}

void
traced_lift(struct scope *s, struct link_func *f, const char *name, const char *how)
{
	struct arena *a = s->linked->arena;
	struct traced_func *t = arena_new_of(a, struct traced_func);
	f->name = name;
	*t = (struct traced_func){f->inst, f->type, name, how, a};
	f->inst = (FuncInst){call_lift, t};
}

/* ---- names ---- */

static uint32_t
index_of(const struct core_func *f)
{
	uint32_t i = 0;
	while (f->inst->funcs[i] != f)
		i++;
	return i;
}

static const struct core_export_def *
export_of(const struct core_module *m, uint32_t func)
{
	for (uint32_t i = 0; i < m->exports.len; i++) {
		const struct core_export_def *e = &m->exports.data[i];
		if (e->sort == CORE_SORT_FUNC && e->index == func)
			return e;
	}
	return NULL;
}

const char *
traced_module_name(struct scope *s, const struct core_module *m)
{
	return m->name.len ? arena_printf(s->linked->arena, "$" STR_FMT, STR_ARG(m->name)) : NULL;
}

const char *
traced_core_name(struct scope *s, const struct core_func *f)
{
	struct strbuf out = {.arena = s->linked->arena};
	struct str id = s->ast->id;
	if (!f->inst)
		return NULL;
	if (id.len)
		strbuf_printf(&out, "$" STR_FMT " ", STR_ARG(id));
	uint32_t i = index_of(f);
	const struct core_export_def *e = export_of(f->inst->module, i);
	struct str name = f->inst->module->funcs.data[i].name;
	if (e)
		strbuf_printf(&out, "\"" STR_FMT "\"", STR_ARG(e->name));
	else if (name.len)
		strbuf_printf(&out, "$" STR_FMT, STR_ARG(name));
	else
		strbuf_printf(&out, "func %u", i);
	return strbuf_cstr(&out);
}
