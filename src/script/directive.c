/* directive.c - the directives of scripts, each by its keyword. */
#include "script/threads.h"
#include "script/state.h"
#include "script/syntax.h"

#include "link/link.h"
#include "script/core_value.h"
#include "script/value.h"

typedef void handler_fn(struct runner *r, struct cursor *c, const struct sexpr *sx);

/* ---- verdicts ---- */

static const char *
quote(struct runner *r, const char *what, struct str text)
{
	return arena_printf(r->arena, "%s \"" STR_FMT "\"", what, STR_ARG(text));
}

/* An error that nobody expected, or that says that there is no verdict. */
static enum outcome
outcome_of_error(const struct error *err)
{
	switch (err->kind) {
	case ERR_UNSUPPORTED: return OUTCOME_UNSUPPORTED;
	case ERR_SCRIPT:
	case ERR_INTERNAL: return OUTCOME_ERROR;
	default: return OUTCOME_FAIL;
	}
}

static const char *
describe(struct runner *r, const struct error *err)
{
	char where[200];
	uint32_t line, column;
	if (err->at.src && err->at.src->binary) {
		snprintf(where, sizeof where, " (at byte 0x%x)", err->at.pos);
	} else {
		loc_line_col(err->at, &line, &column);
		snprintf(where, sizeof where, " (at %u:%u)", line, column);
	}
	return arena_printf(r->arena, "%s %s: %s%s", error_kind_name(err->kind), err->reason,
		err->message, err->at.src ? where : "");
}

static void
set_error(struct runner *r, const struct error *err)
{
	r->verdict.has_error = true;
	r->verdict.error = *err;
	r->verdict.actual = describe(r, err);
}

static void
set_result(struct runner *r, const struct action_result *a)
{
	struct action_result *copy = arena_new_of(r->arena, struct action_result);
	*copy = *a;
	r->verdict.result = copy;
}

static void
judge_error(struct runner *r, enum expectation want, struct str text, const struct error *err)
{
	set_error(r, err);
	bool by_text = want == EXPECT_TRAP ? r->options->trap_text : r->options->text;
	enum match_result m = by_text ? match_text(want, text, err) : match_error(want, text, err);
	if (m == MATCH_YES) {
		r->verdict.outcome = OUTCOME_PASS;
	} else if (outcome_of_error(err) != OUTCOME_FAIL) {
		r->verdict.outcome = outcome_of_error(err);
	} else {
		r->verdict.outcome = OUTCOME_FAIL;
		if (m == MATCH_UNKNOWN_TEXT)
			r->verdict.actual = arena_printf(r->arena,
				"%s; no row of spec/wordings.tsv knows the expected text",
				r->verdict.actual);
	}
}

static struct str
take_text(struct cursor *c)
{
	if (!at_string(c) || !is_last(c))
		script_unexpected(c, "the expected text, and nothing behind it");
	return take_item(c)->text;
}

static const struct sexpr *
take_action(struct cursor *c)
{
	if (!at_list(c))
		script_unexpected(c, "a list");
	return take_item(c);
}

/* ---- definitions and instances ---- */

static void
remember(struct runner *r, struct str id, struct thing t)
{
	r->current = t;
	if (id.len)
		vec_push(r->arena, &r->instances, ((struct named_thing){id, t, t.maker}));
}

struct make_env {
	struct runner *r;
	struct cursor *c;
	bool is_component;
	struct loc at;
	const struct unit *unit; /* null: parse first */
	struct unit parsed;
	struct thing made;
};

static void
make(void *env)
{
	struct make_env *e = env;
	struct unit u = e->unit ? *e->unit : unit_parse(e->r, e->c, e->is_component, e->at);
	e->made = unit_instantiate(e->r, &u);
}

/* Makes an instance, or remembers why there is none; an error goes on to the caller. */
static void
make_instance(struct make_env *e, struct str id)
{
	struct error err;
	struct runner *r = e->r;
	if (protect(make, e, &err)) {
		remember(r, id, e->made);
		return;
	}
	remember(r, id, (struct thing){.why = err.kind, .line = r->line, .maker = r->index});
	raise_again(&err);
}

static void
parse_definition(void *env)
{
	struct make_env *e = env;
	e->parsed = unit_parse(e->r, e->c, e->is_component, e->at);
	unit_validate(e->r, &e->parsed);
}

/* Like make_instance, for a definition. */
static void
define(struct make_env *e)
{
	struct error err;
	struct runner *r = e->r;
	struct cursor id_at = *e->c;
	struct named_unit d = {.name = take_id(&id_at),
		.is_component = e->is_component,
		.line = r->line,
		.maker = r->index};
	bool good = protect(parse_definition, e, &err);
	d.unit = e->parsed;
	d.why = good ? ERR_NONE : err.kind;
	vec_push(r->arena, &r->definitions, d);
	if (!good)
		raise_again(&err);
}

static const struct named_unit *
find_definition(struct runner *r, struct str id, bool is_component, struct loc at)
{
	for (uint32_t i = r->definitions.len; i-- > 0;) {
		const struct named_unit *d = &r->definitions.data[i];
		if (d->is_component == is_component && (!id.len || str_eq(d->name, id))) {
			note_need(r, d->maker, false);
			return d;
		}
	}
	raise_error(ERR_SCRIPT, at, "unknown-definition", "there is no %s definition $" STR_FMT,
		is_component ? "component" : "module", STR_ARG(id));
}

/* (module|component instance $inst? $def?): the first id names the instance. */
static void
instance_of_definition(struct runner *r, struct cursor *c, bool is_component, struct loc at)
{
	struct str inst = take_id(c), def = take_id(c);
	script_end(c);
	const struct named_unit *d = find_definition(r, def, is_component, at);
	if (d->why == ERR_NONE) {
		struct make_env e = {.r = r, .at = at, .unit = &d->unit};
		make_instance(&e, inst);
		return;
	}
	struct thing broken = {.why = d->why, .line = d->line, .maker = r->index};
	remember(r, inst, broken);
	usable(&broken, at);
}

static void
module_or_component(struct runner *r, struct cursor *c, const struct sexpr *sx, bool is_component)
{
	if (take_keyword(c, "definition")) {
		struct make_env e = {.r = r, .c = c, .is_component = is_component, .at = sx->at};
		define(&e);
	} else if (take_keyword(c, "instance")) {
		instance_of_definition(r, c, is_component, sx->at);
	} else {
		struct cursor id_at = *c;
		struct str id = take_id(&id_at);
		struct make_env e = {.r = r, .c = c, .is_component = is_component, .at = sx->at};
		make_instance(&e, id);
	}
}

static void
do_module(struct runner *r, struct cursor *c, const struct sexpr *sx)
{
	module_or_component(r, c, sx, false);
}

static void
do_component(struct runner *r, struct cursor *c, const struct sexpr *sx)
{
	module_or_component(r, c, sx, true);
}

static void
do_register(struct runner *r, struct cursor *c, const struct sexpr *sx)
{
	struct str name = script_name(c);
	struct thing t = find_thing(r, take_id(c));
	script_end(c);
	vec_push(r->arena, &r->registered, ((struct named_thing){name, t, r->index}));
	usable(&t, sx->at);
}

/* ---- assertions ---- */

struct action_env {
	struct runner *r;
	const struct sexpr *action;
	struct action_result result;
};

static void
run_action(void *env)
{
	struct action_env *e = env;
	e->result = action_run(e->r, e->action);
}

static void
assert_action_error(struct runner *r, struct cursor *c, enum expectation want, const char *what)
{
	struct action_env e = {.r = r, .action = take_action(c)};
	struct str text = STR("");
	if (want == EXPECT_EXCEPTION)
		script_end(c);
	else
		text = take_text(c);
	struct error err;
	r->verdict.expected = quote(r, what, text);
	if (protect(run_action, &e, &err)) {
		set_result(r, &e.result);
		r->verdict.outcome = OUTCOME_FAIL;
		r->verdict.actual =
			arena_printf(r->arena, "returned %s", action_result_print(r, &e.result));
		return;
	}
	judge_error(r, want, text, &err);
}

static void
do_assert_trap(struct runner *r, struct cursor *c, const struct sexpr *sx)
{
	(void)sx;
	assert_action_error(r, c, EXPECT_TRAP, "trap");
}

static void
do_assert_exhaustion(struct runner *r, struct cursor *c, const struct sexpr *sx)
{
	(void)sx;
	assert_action_error(r, c, EXPECT_EXHAUSTION, "exhaustion");
}

static void
do_assert_exception(struct runner *r, struct cursor *c, const struct sexpr *sx)
{
	(void)sx;
	assert_action_error(r, c, EXPECT_EXCEPTION, "exception");
}

static void
do_assert_unlinkable(struct runner *r, struct cursor *c, const struct sexpr *sx)
{
	(void)sx;
	assert_action_error(r, c, EXPECT_UNLINKABLE, "unlinkable");
}

static void
do_assert_uninstantiable(struct runner *r, struct cursor *c, const struct sexpr *sx)
{
	(void)sx;
	assert_action_error(r, c, EXPECT_TRAP, "trap during instantiation");
}

struct check_env {
	struct runner *r;
	const struct sexpr *unit;
};

static void
parse_and_validate(void *env)
{
	struct check_env *e = env;
	struct cursor c = cursor_from(e->unit, 0);
	bool is_component = take_keyword(&c, "component");
	if (!is_component && !take_keyword(&c, "module"))
		raise_error(ERR_SCRIPT, e->unit->at, "unknown-action",
			"expected a module or a component");
	take_keyword(&c, "definition");
	struct unit u = unit_parse(e->r, &c, is_component, e->unit->at);
	unit_validate(e->r, &u);
}

static void
assert_unit_error(struct runner *r, struct cursor *c, enum expectation want, const char *what)
{
	struct check_env e = {.r = r, .unit = take_action(c)};
	struct str text = take_text(c);
	struct error err;
	r->verdict.expected = quote(r, what, text);
	if (protect(parse_and_validate, &e, &err)) {
		r->verdict.outcome = OUTCOME_FAIL;
		r->verdict.actual = "it is valid";
		return;
	}
	judge_error(r, want, text, &err);
}

static void
do_assert_invalid(struct runner *r, struct cursor *c, const struct sexpr *sx)
{
	(void)sx;
	assert_unit_error(r, c, EXPECT_INVALID, "invalid");
}

static void
do_assert_malformed(struct runner *r, struct cursor *c, const struct sexpr *sx)
{
	(void)sx;
	assert_unit_error(r, c, EXPECT_MALFORMED, "malformed");
}

static const char *
print_expected(struct runner *r, const struct cursor *c)
{
	if (at_end(c))
		return "no value";
	/* The script's own text, from the first expected value to the last. */
	const struct sexpr *first = item(c), *last = &c->list->items[c->list->len - 1];
	if (last->kind != SEXPR_LIST)
		return "values";
	return arena_strndup(
		r->arena, first->at.src->text + first->at.pos, last->end - first->at.pos);
}

static bool
results_match(struct runner *r, struct cursor *c, const struct action_result *a)
{
	if (!a->is_core) {
		if (items_left(c) != a->has_value)
			return false;
		if (!a->has_value)
			return true;
		struct link_value want = value_parse(r->arena, take_item(c));
		return link_value_equal(&want, a->value);
	}
	if (items_left(c) != a->n)
		return false;
	const union core_raw *value = a->values;
	for (uint32_t i = 0; i < a->n; i++) {
		if (!core_value_matches(r->store->types, take_item(c), a->types[i], value))
			return false;
		value += core_valtype_slots(a->types[i]);
	}
	return true;
}

static void
do_assert_return(struct runner *r, struct cursor *c, const struct sexpr *sx)
{
	(void)sx;
	const struct sexpr *action = take_action(c);
	r->verdict.expected = print_expected(r, c);
	struct action_result a = action_run(r, action);
	set_result(r, &a);
	if (!results_match(r, c, &a)) {
		r->verdict.outcome = OUTCOME_FAIL;
		r->verdict.actual = action_result_print(r, &a);
	}
}

static void
do_action(struct runner *r, struct cursor *c, const struct sexpr *sx)
{
	(void)c;
	struct action_result a = action_run(r, sx);
	set_result(r, &a);
}

static void
do_thread(struct runner *r, struct cursor *c, const struct sexpr *sx)
{
	thread_run(r, c, sx->at);
}

static void
do_wait(struct runner *r, struct cursor *c, const struct sexpr *sx)
{
	(void)sx;
	thread_wait(r, c);
}

/* Only the instructions of stack switching suspend. */
static void
do_assert_suspension(struct runner *r, struct cursor *c, const struct sexpr *sx)
{
	(void)r, (void)c;
	raise_error(ERR_UNSUPPORTED, sx->at, "stack-switching",
		"core WebAssembly has no stack switching here");
}

static const struct {
	const char *keyword;
	handler_fn *run;
} handlers[] = {
	{"module", do_module},
	{"component", do_component},
	{"register", do_register},
	{"invoke", do_action},
	{"get", do_action},
	{"assert_return", do_assert_return},
	{"assert_trap", do_assert_trap},
	{"assert_exhaustion", do_assert_exhaustion},
	{"assert_exception", do_assert_exception},
	{"assert_unlinkable", do_assert_unlinkable},
	{"assert_uninstantiable", do_assert_uninstantiable},
	{"assert_invalid", do_assert_invalid},
	{"assert_malformed", do_assert_malformed},
	{"assert_invalid_custom", do_assert_invalid},
	{"assert_malformed_custom", do_assert_malformed},
	{"assert_suspension", do_assert_suspension},
	{"thread", do_thread},
	{"wait", do_wait},
};

static handler_fn *
handler_of(const struct sexpr *sx)
{
	if (sx->kind != SEXPR_LIST || !sx->len || !is_keyword(&sx->items[0]))
		return NULL;
	for (size_t i = 0; i < sizeof handlers / sizeof *handlers; i++) {
		if (str_is(sx->items[0].text, handlers[i].keyword))
			return handlers[i].run;
	}
	return NULL;
}

bool
directive_is_known(const struct sexpr *sx)
{
	return handler_of(sx) != NULL;
}

struct directive_env {
	struct runner *r;
	const struct sexpr *sx;
};

static void
run_handler(void *env)
{
	struct directive_env *e = env;
	handler_fn *run = handler_of(e->sx);
	struct cursor c = cursor_from(e->sx, 1);
	if (!run)
		raise_error(ERR_SCRIPT, e->sx->at, "unknown-directive", "this is no directive");
	run(e->r, &c, e->sx);
}

void
directive_run(struct runner *r, const struct sexpr *sx)
{
	struct directive_env e = {r, sx};
	struct error err;
	r->phase = "parse";
	r->verdict = (struct verdict){.outcome = OUTCOME_PASS};
	if (protect(run_handler, &e, &err))
		return;
	set_error(r, &err);
	r->verdict.outcome = outcome_of_error(&err);
}
