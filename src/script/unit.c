/* unit.c - modules and components in scripts: in text, quoted or binary; validated and
 * instantiated. */
#include "script/state.h"

#include "component/ast.h"
#include "component/decode.h"
#include "component/load.h"
#include "component/text.h"
#include "component/valid.h"
#include "core/decode.h"
#include "core/instantiate.h"
#include "core/text.h"
#include "core/valid.h"
#include "host/suite.h"
#include "link/link.h"
#include "script/spectest.h"
#include "text/sexpr.h"

/* The strings up to the end, joined by `between`, as a source of its own. */
static struct source *
join_strings(struct runner *r, struct cursor *c, const char *between, const char *name, bool binary)
{
	struct strbuf text = {.arena = r->arena};
	for (bool first = true; !at_end(c); first = false) {
		if (!at_string(c))
			raise_error(ERR_SCRIPT, here(c), "bad-quote", "expected a string");
		if (!first)
			strbuf_adds(&text, between);
		struct str piece = take_item(c)->text;
		strbuf_add(&text, piece.ptr, piece.len);
	}
	return source_in_arena(r->arena, name, strbuf_str(&text), binary);
}

/* A quoted module may be one (module ...), or the fields of one. */
static struct core_module *
parse_module_source(struct runner *r, const struct source *src)
{
	const struct sexpr *top = sexpr_read(r->arena, src);
	struct cursor c = cursor_from(top, 0);
	if (top->len == 1 && at_list_of(&c, "module"))
		return core_parse_module(r->arena, &top->items[0]);
	return core_parse_fields(r->arena, &c, NO_ID, top->at);
}

struct parse_env {
	struct runner *r;
	struct cursor *c;
	struct loc at;
	struct run_definition d;
};

static void
parse_quote(struct parse_env *e, struct cursor *c)
{
	struct runner *r = e->r;
	struct source *src = join_strings(r, c, " ", "quote", false);
	e->d.text = (struct str){src->text, src->len};
	if (e->d.is_component)
		e->d.component =
			component_parse_fields(r->arena, sexpr_read(r->arena, src), 0, NO_ID, NULL);
	else
		e->d.module = parse_module_source(r, src);
}

static void
decode_binary(struct parse_env *e, struct cursor *c)
{
	struct runner *r = e->r;
	struct source *src = join_strings(r, c, "", "binary", true);
	e->d.binary = (struct str){src->text, src->len};
	if (e->d.is_component)
		e->d.component = component_decode(r->arena, e->d.binary, src);
	else
		e->d.module = core_decode(r->arena, e->d.binary, src);
}

static void
parse(void *env)
{
	struct parse_env *e = env;
	struct cursor fields = *e->c;
	struct str id = take_id(&fields);
	if (take_keyword(&fields, "quote"))
		parse_quote(e, &fields);
	else if (take_keyword(&fields, "binary"))
		decode_binary(e, &fields);
	else if (e->d.is_component)
		e->d.component =
			component_parse_fields(e->r->arena, e->c->list, fields.pos, id, NULL);
	else
		e->d.module = core_parse_fields(e->r->arena, &fields, id, e->at);
}

struct unit
unit_parse(struct runner *r, struct cursor *c, bool is_component, struct loc at)
{
	struct parse_env e = {.r = r, .c = c, .at = at, .d = {.is_component = is_component}};
	struct error err;
	r->phase = "parse";
	bool good = protect(parse, &e, &err);
	note_definition(r, &e.d);
	if (!good)
		raise_again(&err);
	return (struct unit){e.d.module, e.d.component, r->index};
}

struct unit
unit_parse_fields(struct runner *r, const struct sexpr *top)
{
	r->phase = "parse";
	struct loaded l = load_text(r->arena, top);
	note_definition(r, &(struct run_definition){.is_component = l.component != NULL,
				   .module = l.module,
				   .component = l.component});
	return (struct unit){l.module, l.component, r->index};
}

struct validation {
	struct runner *runner;
	struct unit *unit;
};

static void
validate(void *env)
{
	const struct validation *v = env;
	struct runner *r = v->runner;
	const struct run_options *o = r->options;
	if (v->unit->module) {
		core_validate(r->arena, v->unit->module);
		return;
	}
	component_validate(r->arena, v->unit->component, &r->features);
	if (o->adapt)
		v->unit->component = o->adapt(o->adapt_env, r->arena, v->unit->component);
}

void
unit_validate(struct runner *r, struct unit *u)
{
	struct validation v = {r, u};
	struct error err;
	r->phase = "validate";
	if (protect(validate, &v, &err))
		return;
	enum feature first = feature_of_message(err.message);
	if (first != FEATURE_COUNT)
		r->refused |= features_missing(r->features, u->component) | UINT32_C(1) << first;
	raise_again(&err);
}

/* ---- instantiation ---- */

static void
note_thing(const struct runner *r, const struct named_thing *t)
{
	note_need(r, t->namer, false);
	note_need(r, t->thing.maker, true);
}

static const struct named_thing *
find_registered(const struct runner *r, struct str module)
{
	for (uint32_t i = r->registered.len; i-- > 0;)
		if (str_eq(r->registered.data[i].name, module) &&
			!r->registered.data[i].thing.linked)
			return &r->registered.data[i];
	return NULL;
}

static bool
resolve(void *env, struct str module, struct str name, struct core_extern *out)
{
	struct runner *r = env;
	const struct named_thing *t = find_registered(r, module);
	if (t) {
		note_thing(r, t);
		return core_instance_export(usable(&t->thing, NO_LOC)->core, name, out);
	}
	return str_is(module, "spectest") && spectest_find(r->spectest, name, out);
}

static const struct thing *
find_component(
	const struct runner *r, const struct named_thing *things, uint32_t n, struct str name)
{
	for (uint32_t i = n; i-- > 0;) {
		if (!str_eq(things[i].name, name) || things[i].thing.core)
			continue;
		note_thing(r, &things[i]);
		return &things[i].thing;
	}
	return NULL;
}

/* The latest component instance of this name, which may be one that could not be made, or
 * null: named ones before registered ones. */
static const struct thing *
find_offered(const struct runner *r, struct str name)
{
	const struct thing *t = find_component(r, r->instances.data, r->instances.len, name);
	return t ? t : find_component(r, r->registered.data, r->registered.len, name);
}

typedef VEC(struct run_import) RunImports;

static bool
is_among(const RunImports *imports, struct str name)
{
	for (uint32_t i = 0; i < imports->len; i++)
		if (str_eq(imports->data[i].name, name))
			return true;
	return false;
}

static void
note_core(struct runner *r, const struct unit *u)
{
	RunImports imports = {0};
	struct run_instantiation in = {.definition = u->maker};
	for (uint32_t i = 0; i < u->module->imports.len; i++) {
		struct str name = u->module->imports.data[i].module;
		const struct named_thing *t = find_registered(r, name);
		in.from_host |= !t;
		if (t && !is_among(&imports, name))
			vec_push(r->arena, &imports, ((struct run_import){name, t->thing.maker}));
	}
	in.imports = imports.data;
	in.nimports = imports.len;
	note_instantiation(r, &in);
}

static struct linked *
instantiate_component(struct runner *r, const struct unit *u)
{
	const struct component *c = u->component;
	VEC(struct link_import) imports = {0};
	RunImports makers = {0};
	bool from_host = false;
	for (uint32_t i = 0; i < c->defs.len; i++) {
		const struct comp_def *def = &c->defs.data[i];
		if (def->kind != DEF_IMPORT)
			continue;
		struct str name = def->import.name.name;
		const struct thing *t = find_offered(r, name);
		from_host |= !t && suite_exports(name);
		if (!t)
			continue;
		vec_push(r->arena, &imports,
			((struct link_import){name, usable(t, def->at)->linked}));
		vec_push(r->arena, &makers, ((struct run_import){name, t->maker}));
	}
	note_instantiation(r, &(struct run_instantiation){.definition = u->maker,
				      .imports = makers.data,
				      .nimports = makers.len,
				      .from_host = from_host});
	struct linked *l = link_instantiate(
		c, imports.data, imports.len, from_host ? suite_component(r->arena) : NULL);
	vec_push(r->arena, &r->linked, l);
	return l;
}

struct thing
unit_instantiate(struct runner *r, struct unit *u)
{
	struct thing t = {.line = r->line, .maker = r->index};
	unit_validate(r, u);
	r->phase = "link";
	if (u->module) {
		note_core(r, u);
		t.core = core_instantiate(r->store, u->module, resolve, r);
	} else {
		t.linked = instantiate_component(r, u);
	}
	return t;
}
