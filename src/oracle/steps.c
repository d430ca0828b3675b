/* steps.c - see steps.h. */
#include "oracle/steps.h"

#include <string.h>

#include "base/base64.h"
#include "component/load.h"
#include "link/types.h"
#include "oracle/runtime_value.h"

struct recorder {
	struct arena *arena;
	struct steps out;
	VEC(struct step) pending; /* of the running directive */
};

/* The members of an object, without its braces; the object is used up. */
static const char *
members(struct arena *a, struct json_object *o)
{
	const char *text = json_object_to_json_string_ext(o, JSON_C_TO_STRING_PLAIN);
	const char *copy = arena_strndup(a, text + 1, strlen(text) - 2);
	json_object_put(o);
	return copy;
}

static struct json_object *
request(const char *what)
{
	struct json_object *o = json_object_new_object();
	json_object_object_add(o, "do", json_object_new_string(what));
	return o;
}

static void
put_text(struct json_object *o, const char *key, const char *ptr, size_t len)
{
	json_object_object_add(o, key, json_object_new_string_len(ptr ? ptr : "", (int)len));
}

/* The name of what a directive made: "d3", "i3". */
static struct json_object *
made_by(struct recorder *r, char kind, uint32_t directive)
{
	return json_object_new_string(arena_printf(r->arena, "%c%u", kind, directive));
}

static void
add_name(void *list, const char *name)
{
	json_object_array_add(list, json_object_new_string(name));
}

static struct json_object *
feature_names(const struct features *f)
{
	struct json_object *list = json_object_new_array();
	features_tell(*f, add_name, list);
	return list;
}

/* ---- definitions ---- */

struct encoding {
	struct recorder *recorder;
	const struct run_definition *d;
	struct strbuf binary;
	uint32_t features, off;
};

static void
encode(void *env)
{
	struct encoding *e = env;
	const struct loaded l = {e->d->module, e->d->component};
	if (l.component) {
		e->features = features_missing((struct features){0}, l.component);
		e->off = features_missing(e->d->features, l.component);
	}
	if (!e->d->binary.len)
		load_encode(&e->binary, &l);
}

static const char *
base64(struct arena *a, struct str bytes)
{
	struct strbuf out = {.arena = a};
	base64_encode(&out, bytes.ptr, bytes.len);
	return strbuf_cstr(&out);
}

/* What a file would hold. */
static struct str
whole_text(struct recorder *r, const struct run_definition *d)
{
	const char *start = d->is_component ? "(component " : "(module ";
	const char *at = d->text.ptr;
	while (at < d->text.ptr + d->text.len && strchr(" \t\r\n", *at))
		at++;
	struct str rest = {at, (size_t)(d->text.ptr + d->text.len - at)};
	if (str_starts(rest, d->is_component ? "(component" : "(module"))
		return d->text;
	return str_of(arena_printf(r->arena, "%s" STR_FMT "\n)", start, STR_ARG(d->text)));
}

static void
on_define(void *env, uint32_t directive, const struct run_definition *d)
{
	struct recorder *r = env;
	struct encoding e = {.recorder = r, .d = d, .binary = {.arena = r->arena}};
	struct step s = {.kind = STEP_DEFINE, .is_core = !d->is_component};
	struct json_object *o = request("define");
	struct error err;
	bool parsed = d->module || d->component;
	bool encoded = parsed && protect(encode, &e, &err);
	struct str binary = d->binary.len ? d->binary : strbuf_str(&e.binary);
	json_object_object_add(o, "definition", made_by(r, 'd', directive));
	json_object_object_add(
		o, "kind", json_object_new_string(d->is_component ? "component" : "module"));
	json_object_object_add(o, "features", feature_names(&d->features));
	s.features = e.features;
	s.off = e.off;
	s.is_text = !binary.len || (parsed && !encoded);
	if (!s.is_text) {
		const char *text = base64(r->arena, binary);
		put_text(o, "binary", text, strlen(text));
	} else if (d->text.len) {
		struct str text = whole_text(r, d);
		put_text(o, "text", text.ptr, text.len);
	} else {
		s.unsent = "Canon has no binary of it";
	}
	s.request = members(r->arena, o);
	vec_push(r->arena, &r->pending, s);
}

/* ---- instances ---- */

static void
on_instantiate(void *env, uint32_t directive, const struct run_instantiation *i)
{
	struct recorder *r = env;
	struct step s = {.kind = STEP_INSTANTIATE, .from_host = i->from_host};
	struct json_object *o = request("instantiate"), *imports = json_object_new_object();
	json_object_object_add(o, "instance", made_by(r, 'i', directive));
	json_object_object_add(o, "definition", made_by(r, 'd', i->definition));
	vec_push(r->arena, &s.needs, i->definition);
	for (uint32_t k = 0; k < i->nimports; k++) {
		json_object_object_add(imports, str_cstr(r->arena, i->imports[k].name),
			made_by(r, 'i', i->imports[k].instance));
		vec_push(r->arena, &s.needs, i->imports[k].instance);
	}
	json_object_object_add(o, "imports", imports);
	s.request = members(r->arena, o);
	vec_push(r->arena, &r->pending, s);
}

/* ---- calls ---- */

struct typing {
	const struct run_call *call;
	struct json_object *params, *args, *result;
};

static void
type_component_call(struct typing *t)
{
	const FuncType *f = link_func_type(t->call->func);
	for (uint32_t i = 0; i < f->params.len; i++)
		json_object_array_add(t->params, runtime_type(f->params.data[i].t));
	for (uint32_t i = 0; i < t->call->nargs; i++)
		json_object_array_add(t->args, runtime_value(&t->call->args[i]));
	if (f->result.len)
		t->result = runtime_type(f->result.data[0].t);
}

static void
type_core_call(struct typing *t)
{
	const struct core_functype *f = t->call->core;
	const union core_raw *arg = t->call->core_args;
	t->result = json_object_new_array();
	for (uint32_t i = 0; i < f->nparams; i++) {
		json_object_array_add(t->params, runtime_core_type(f->params[i]));
		json_object_array_add(t->args, runtime_core_value(f->params[i], arg));
		arg += core_valtype_slots(f->params[i]);
	}
	for (uint32_t i = 0; i < f->nresults; i++)
		json_object_array_add(t->result, runtime_core_type(f->results[i]));
}

static void
type_call(void *env)
{
	struct typing *t = env;
	if (t->call->func)
		type_component_call(t);
	else
		type_core_call(t);
}

static void
on_call(void *env, uint32_t directive, const struct run_call *c)
{
	struct recorder *r = env;
	struct step s = {.kind = STEP_CALL, .is_core = c->core != NULL};
	struct typing t = {c, json_object_new_array(), json_object_new_array(), NULL};
	struct json_object *o = request("invoke");
	struct error err;
	(void)directive;
	if (!protect(type_call, &t, &err))
		s.unsent = arena_strdup(r->arena, err.message);
	if (t.result)
		s.result = arena_strdup(
			r->arena, json_object_to_json_string_ext(t.result, JSON_C_TO_STRING_PLAIN));
	json_object_object_add(o, "instance", made_by(r, 'i', c->instance));
	put_text(o, "function", c->name.ptr, c->name.len);
	json_object_object_add(o, "params", t.params);
	json_object_object_add(o, "args", t.args);
	json_object_object_add(o, "result", t.result);
	vec_push(r->arena, &s.needs, c->instance);
	s.request = members(r->arena, o);
	vec_push(r->arena, &r->pending, s);
}

/* ---- the run ---- */

static void
on_done(void *env, uint32_t directive, const struct record *rec, const char *did)
{
	struct recorder *r = env;
	(void)did;
	struct stepped d = {.directive = directive,
		.line = rec->line,
		.column = rec->column,
		.kind = arena_strdup(r->arena, rec->kind)};
	/* What a thread does on the side has no requests of its own. */
	if (strcmp(rec->kind, "thread"))
		for (uint32_t i = 0; i < r->pending.len; i++)
			vec_push(r->arena, &d.steps, r->pending.data[i]);
	r->pending.len = 0;
	vec_push(r->arena, &r->out.directives, d);
}

struct steps
steps_record(struct arena *a, const char *path, const struct run_options *options)
{
	struct recorder r = {.arena = a};
	struct report report = {.arena = arena_new(0)};
	const struct run_watch watch = {.env = &r,
		.done = on_done,
		.defines = on_define,
		.instantiates = on_instantiate,
		.calls = on_call};
	struct run_options o = *options;
	o.filter = NULL;
	o.expectations = NULL;
	o.leaning = false;
	o.watch = &watch;
	run_file(&report, path, &o, NULL, NULL);
	arena_free(report.arena);
	return r.out;
}

const char *
steps_of_script(struct arena *a, const char *path, struct str source, const struct features *f)
{
	struct json_object *o = request("script");
	json_object_object_add(o, "path", json_object_new_string(path));
	put_text(o, "source", source.ptr, source.len);
	json_object_object_add(o, "features", feature_names(f));
	return members(a, o);
}
