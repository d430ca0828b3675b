/* action.c - what a directive does: invoke a function, get a global, or instantiate. */
#include "script/state.h"
#include "script/syntax.h"

#include "base/utf8.h"
#include "core/exec.h"
#include "link/link.h"
#include "script/core_value.h"
#include "script/value.h"

void
note_need(const struct runner *r, uint32_t earlier, bool shared)
{
	const struct run_watch *w = r->options->watch;
	if (w && w->needs)
		w->needs(w->env, r->index, earlier, shared);
}

void
note_definition(const struct runner *r, struct run_definition *d)
{
	const struct run_watch *w = r->options->watch;
	d->features = r->features;
	if (w && w->defines)
		w->defines(w->env, r->index, d);
}

void
note_instantiation(const struct runner *r, const struct run_instantiation *i)
{
	const struct run_watch *w = r->options->watch;
	if (w && w->instantiates)
		w->instantiates(w->env, r->index, i);
}

void
note_call(const struct runner *r, const struct run_call *c)
{
	const struct run_watch *w = r->options->watch;
	if (w && w->calls)
		w->calls(w->env, r->index, c);
}

struct thing
find_thing(const struct runner *r, struct str id)
{
	struct thing t = r->current;
	if (id.len) {
		t = (struct thing){.why = ERR_SCRIPT};
		for (uint32_t i = 0; i < r->instances.len; i++) {
			if (str_eq(r->instances.data[i].name, id))
				t = r->instances.data[i].thing;
		}
	}
	if (t.line)
		note_need(r, t.maker, true);
	return t;
}

const struct thing *
usable(const struct thing *t, struct loc at)
{
	if (t->why == ERR_NONE)
		return t;
	if (!t->line)
		raise_error(ERR_SCRIPT, at, "unknown-instance", "there is no instance");
	if (t->why == ERR_UNSUPPORTED)
		raise_error(ERR_UNSUPPORTED, at, "depends",
			"the instance of line %u needs what is not built yet", t->line);
	raise_error(ERR_SCRIPT, at, "unknown-instance", "the instance of line %u could not be made",
		t->line);
}

/* ---- core ---- */

struct core_call_env {
	struct core_func *func;
	const union core_raw *args;
	union core_raw *results;
};

static struct core_func *
exported_func(struct core_instance *inst, struct str name, struct loc at)
{
	struct core_extern x;
	if (!core_instance_export(inst, name, &x) || x.sort != CORE_SORT_FUNC)
		raise_error(ERR_SCRIPT, at, "unknown-export",
			"there is no exported function \"" STR_FMT "\"", STR_ARG(name));
	return x.func;
}

static struct action_result
invoke_core(struct runner *r, const struct thing *t, struct str name, struct cursor *c)
{
	struct core_func *f = exported_func(t->core, name, here(c));
	uint32_t n = f->type->nparams;
	union core_raw *args = arena_array_of(r->arena, f->nparams, union core_raw), *arg = args;
	if (items_left(c) != n)
		raise_error(ERR_SCRIPT, here(c), "argument-count", "%u arguments for %u parameters",
			items_left(c), n);
	for (uint32_t i = 0; i < n; i++) {
		core_value_parse(r->store->types, take_item(c), f->type->params[i], arg);
		arg += core_valtype_slots(f->type->params[i]);
	}
	struct action_result out = {.is_core = true, .n = f->type->nresults};
	out.types = f->type->results;
	out.values = arena_array_of(r->arena, f->nresults, union core_raw);
	r->phase = "execute";
	note_call(r, &(struct run_call){.instance = t->maker,
			     .name = name,
			     .core = f->type,
			     .core_args = args,
			     .nargs = n});
	core_call(f, args, out.values);
	return out;
}

/* ---- components ---- */

static struct action_result
invoke_component(struct runner *r, const struct thing *t, struct str name, struct cursor *c)
{
	const struct link_func *f = link_find_func(t->linked, name);
	struct action_result out = {.value = arena_new_of(r->arena, struct link_value)};
	struct loc at = here(c);
	if (!f)
		raise_error(ERR_SCRIPT, at, "unknown-export",
			"there is no exported function \"" STR_FMT "\"", STR_ARG(name));
	VEC(struct link_value) args = {0};
	while (!at_end(c))
		vec_push(r->arena, &args, value_parse(r->arena, take_item(c)));
	r->phase = "execute";
	note_call(r, &(struct run_call){.instance = t->maker,
			     .name = name,
			     .func = f,
			     .args = args.data,
			     .nargs = args.len});
	out.has_value = link_invoke(t->linked, f, at, args.data, args.len, r->arena, out.value);
	return out;
}

/* ---- actions ---- */

static struct action_result
run_invoke(struct runner *r, struct cursor *c)
{
	struct loc at = here(c);
	struct str id = take_id(c);
	if (!at_string(c))
		script_unexpected(c, "the name of a function");
	struct str name = take_item(c)->text;
	struct thing t = find_thing(r, id);
	usable(&t, at);
	return t.core ? invoke_core(r, &t, name, c) : invoke_component(r, &t, name, c);
}

static struct action_result
run_get(struct runner *r, struct cursor *c)
{
	struct core_extern x;
	struct loc at = here(c);
	struct thing t = find_thing(r, take_id(c));
	usable(&t, at);
	struct str name = script_name(c);
	script_end(c);
	if (!t.core || !core_instance_export(t.core, name, &x) || x.sort != CORE_SORT_GLOBAL)
		raise_error(ERR_SCRIPT, at, "unknown-export",
			"there is no exported global \"" STR_FMT "\"", STR_ARG(name));
	r->phase = "execute";
	return (struct action_result){
		.is_core = true, .types = &x.global->type.type, .values = x.global->value, .n = 1};
}

static struct action_result
run_instantiate(struct runner *r, struct cursor *c, bool is_component, struct loc at)
{
	struct unit u = unit_parse(r, c, is_component, at);
	unit_instantiate(r, &u);
	return (struct action_result){.is_core = true};
}

struct action_result
action_run(struct runner *r, const struct sexpr *sx)
{
	struct cursor c = cursor_from(sx, 0);
	r->phase = "parse";
	if (take_keyword(&c, "invoke"))
		return run_invoke(r, &c);
	if (take_keyword(&c, "get"))
		return run_get(r, &c);
	if (take_keyword(&c, "module"))
		return run_instantiate(r, &c, false, sx->at);
	if (take_keyword(&c, "component"))
		return run_instantiate(r, &c, true, sx->at);
	raise_error(ERR_SCRIPT, sx->at, "unknown-action",
		"expected (invoke ...), (get ...), a module "
		"or a component");
}

const char *
action_result_print(struct runner *r, const struct action_result *a)
{
	struct strbuf out = {.arena = r->arena};
	const union core_raw *value = a->values;
	for (uint32_t i = 0; i < a->n; i++) {
		if (i)
			strbuf_addc(&out, ' ');
		core_value_print(&out, r->store->types, a->types[i], value);
		value += core_valtype_slots(a->types[i]);
	}
	if (a->has_value)
		link_value_print(&out, a->value);
	return out.len ? strbuf_cstr(&out) : "no value";
}
