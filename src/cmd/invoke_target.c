/* invoke_target.c - see invoke_target.h. */
#include "cmd/invoke_target.h"

#include "base/error.h"
#include "core/exec.h"
#include "core/instantiate.h"
#include "host/wasi.h"
#include "link/link.h"
#include "link/types.h"
#include "script/wave_print.h"

/* ---- components ---- */

static void
add_func(void *env, struct str name, const struct link_func *f)
{
	struct target *t = env;
	vec_push(t->arena, &t->funcs, ((struct target_func){name, f, NULL}));
}

static void
open_component(struct target *t, const struct component *c, bool stubs)
{
	uint32_t n;
	t->linked = stubs ? link_instantiate_alone(c) : link_instantiate(c, NULL, 0, NULL);
	link_each_func(t->linked, add_func, t);
	const char *const *names = link_stubbed(t->linked, &n);
	for (uint32_t i = 0; i < n; i++)
		vec_push(t->arena, &t->stubbed, names[i]);
}

/* ---- core modules ---- */

struct imports {
	struct target *target;
	struct core_store *store;
	const struct core_module *module;
	struct wasi *wasi;
	bool stubs;
};

static void
call_stub(void *env, const union core_raw *args, union core_raw *results)
{
	(void)args, (void)results;
	raise_error(ERR_TRAP, NO_LOC, "missing-import",
		"`%s` was called, an import that nothing provides", (const char *)env);
}

static bool
resolve(void *env, struct str module, struct str name, struct core_extern *out)
{
	const struct imports *im = env;
	struct arena *a = im->target->arena;
	if (wasi_find(im->wasi, module, name, out))
		return true;
	for (uint32_t i = 0; im->stubs && i < im->module->imports.len; i++) {
		const struct core_import_def *def = &im->module->imports.data[i];
		if (!str_eq(def->module, module) || !str_eq(def->name, name) ||
			def->type.sort != CORE_SORT_FUNC)
			continue;
		char *full = arena_printf(a, STR_FMT "#" STR_FMT, STR_ARG(module), STR_ARG(name));
		const struct core_functype *type = core_module_functype(im->module, def->type.type);
		vec_push(a, &im->target->stubbed, full);
		out->sort = CORE_SORT_FUNC;
		out->func = core_host_func(im->store, type, call_stub, full);
		return true;
	}
	return false;
}

static void
open_module(struct target *t, const struct core_module *m, const struct target_options *o)
{
	struct imports im = {t, core_store_new(t->arena), m, NULL, o->stubs};
	im.wasi = t->wasi = wasi_new(im.store, o->seed, o->out, stderr);
	struct core_instance *inst = core_instantiate(im.store, m, resolve, &im);
	wasi_attach(im.wasi, inst);
	for (uint32_t i = 0; i < m->exports.len; i++) {
		struct core_extern x;
		struct str name = m->exports.data[i].name;
		if (!core_instance_export(inst, name, &x) || x.sort != CORE_SORT_FUNC)
			continue;
		vec_push(t->arena, &t->funcs, ((struct target_func){name, NULL, x.func}));
		if (str_is(name, "_initialize") && !x.func->type->nparams &&
			!x.func->type->nresults)
			t->initialize = x.func;
	}
}

/* ---- both ---- */

void
target_open(struct target *t, const struct loaded *l, const struct target_options *o)
{
	t->arena = arena_new(0);
	if (l->component)
		open_component(t, l->component, o->stubs);
	else
		open_module(t, l->module, o);
}

void
target_close(struct target *t)
{
	link_free(t->linked);
	arena_free(t->arena);
}

/* ---- names ---- */

/* The instance and the function of a name; false without an instance. */
static bool
split(struct str full, struct str *instance, struct str *func)
{
	for (size_t i = full.len; i-- > 0;)
		if (full.ptr[i] == '#') {
			*instance = (struct str){full.ptr, i};
			*func = (struct str){full.ptr + i + 1, full.len - i - 1};
			return true;
		}
	return false;
}

static bool
is_full(struct arena *a, struct str full, struct str name)
{
	(void)a;
	return str_eq(full, name);
}

/* "ns:pkg/iface@1.0.0#func" as "ns:pkg/iface.func@1.0.0". */
static bool
is_dotted(struct arena *a, struct str full, struct str name)
{
	struct str instance, func;
	if (!split(full, &instance, &func))
		return false;
	const char *at = memchr(instance.ptr, '@', instance.len);
	size_t n = at ? (size_t)(at - instance.ptr) : instance.len;
	struct strbuf b = {.arena = a};
	strbuf_add(&b, instance.ptr, n);
	strbuf_printf(&b, "." STR_FMT, STR_ARG(func));
	strbuf_add(&b, instance.ptr + n, instance.len - n);
	return str_eq(strbuf_str(&b), name);
}

static bool
is_short(struct arena *a, struct str full, struct str name)
{
	struct str instance, func;
	(void)a;
	return split(full, &instance, &func) && str_eq(func, name);
}

const char *
target_name(const struct target *t, const struct target_func *f)
{
	struct strbuf out = {.arena = t->arena};
	wave_print_name(&out, f->name);
	return strbuf_cstr(&out);
}

/* As many names as a message has room for. */
static const char *
list_names(const struct target *t)
{
	struct strbuf names = {.arena = t->arena};
	for (uint32_t i = 0; i < t->funcs.len; i++) {
		const char *name = target_name(t, &t->funcs.data[i]);
		if (names.len + strlen(name) > 250) {
			strbuf_adds(&names, i ? ", ..." : "...");
			break;
		}
		strbuf_printf(&names, "%s%s", i ? ", " : "", name);
	}
	return names.len ? strbuf_cstr(&names) : "none";
}

NORETURN static void
no_such_func(const struct target *t, struct str name, struct loc at)
{
	raise_error(ERR_SCRIPT, at, "unknown-export",
		"there is no exported function `%.60s`; there %s %s", str_cstr(t->arena, name),
		t->funcs.len == 1 ? "is" : "are", list_names(t));
}

const struct target_func *
target_find(const struct target *t, struct str name, struct loc at)
{
	static bool (*const ways[])(struct arena * a, struct str full, struct str name) = {
		is_full, is_dotted, is_short};
	for (size_t way = 0; way < sizeof ways / sizeof *ways; way++) {
		const struct target_func *found = NULL;
		for (uint32_t i = 0; i < t->funcs.len; i++) {
			const struct target_func *f = &t->funcs.data[i];
			if (!ways[way](t->arena, f->name, name))
				continue;
			if (found)
				raise_error(ERR_SCRIPT, at, "ambiguous-export",
					"several functions are called so, such as `%s` and `%s`",
					target_name(t, found), target_name(t, f));
			found = f;
		}
		if (found)
			return found;
	}
	no_such_func(t, name, at);
}

/* ---- calls ---- */

static void
call_component(struct target *t, const struct link_func *f, struct wave *w, struct strbuf *out)
{
	struct link_value result;
	uint32_t n = link_func_nparams(f);
	struct loc at = {w->src, (uint32_t)w->pos};
	const struct link_value *args = wave_args(w, link_func_type(f));
	if (link_invoke(t->linked, f, at, args, n, t->arena, &result))
		wave_print(out, &result);
	else
		strbuf_adds(out, "()");
}

struct core_call_env {
	struct target *target;
	struct core_func *func;
	const union core_raw *args;
	union core_raw *results;
};

static void
make_core_call(void *env)
{
	const struct core_call_env *call = env;
	struct core_func *initialize = call->target->initialize;
	if (initialize && initialize != call->func)
		core_call(initialize, NULL, NULL);
	core_call(call->func, call->args, call->results);
}

/* A program that ends itself, and all is well, gives no result. */
static void
call_core(struct target *t, struct core_func *f, struct wave *w, struct strbuf *out)
{
	for (uint32_t i = 0; i < f->type->nresults; i++)
		if (f->type->results[i].kind == CORE_KIND_V128)
			raise_error(ERR_UNSUPPORTED, NO_LOC, "simd", "a v128 has no form in WAVE");
	struct core_call_env call = {.target = t, .func = f, .args = wave_core_args(w, f->type)};
	struct error err;
	call.results = arena_array_of(t->arena, f->type->nresults, union core_raw);
	if (protect(make_core_call, &call, &err))
		wave_core_print(out, f->type, call.results);
	else if (wasi_is_done(t->wasi))
		strbuf_adds(out, "()");
	else
		raise_again(&err);
}

const char *
target_call(struct target *t, const struct target_func *f, struct wave *w)
{
	struct strbuf out = {.arena = t->arena};
	if (f->core)
		call_core(t, f->core, w, &out);
	else
		call_component(t, f->func, w, &out);
	return strbuf_cstr(&out);
}

const char *
target_type(const struct target *t, const struct target_func *f)
{
	struct strbuf out = {.arena = t->arena};
	if (!f->core) {
		link_func_print(&out, f->func);
		return strbuf_cstr(&out);
	}
	const struct core_functype *type = f->core->type;
	strbuf_adds(&out, type->nparams || type->nresults ? "(func " : "(func");
	core_functype_print(&out, type);
	strbuf_addc(&out, ')');
	return strbuf_cstr(&out);
}
