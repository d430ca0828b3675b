/* adapt_core.c - see adapt_core.h. Memories are of 32 bits: those of 64 are not in 1.0-pre. */
#include "oracle/adapt_core.h"

#include "base/error.h"

/* Of the text of one module. Types are trees of bounded size, but have names of any length. */
#define TEXT_MAX (16u << 20)

struct gen {
	struct arena *arena;
	struct adapt_source source;
	struct strbuf funcs;
	VEC(const char *) types;
	size_t types_len;             /* all bytes of them */
	struct strmap type_numbers;   /* by their text */
	struct strmap ranges, visits; /* the functions of types, by their ids */
	uint32_t nfuncs;
};

static void
need_room(const struct gen *g, size_t len)
{
	if (len + g->types_len + g->funcs.len > TEXT_MAX)
		raise_error(ERR_EXHAUSTED, g->source.at, "adapt-size-limit",
			"the core code to adapt this would be too long");
}

static struct str
key_of(const struct ctype *t)
{
	return (struct str){(const char *)&t->id, sizeof t->id};
}

/* The two fields of a pair of a map. */
static struct layout
layout_of_pair(const struct ctype *map, uint32_t *second)
{
	struct layout l = {0, 1};
	layout_add(&l, &map->key->layout32);
	*second = (uint32_t)layout_add(&l, &map->elem->layout32);
	layout_end(&l);
	return l;
}

/* ---- types as text ---- */

static void write_type(struct gen *g, struct strbuf *b, const struct ctype *t);

/* Fields or cases, or the types of a tuple where `part` is null. */
static void
write_parts(struct gen *g, struct strbuf *b, const struct ctype *t, const char *part)
{
	for (uint32_t i = 0; i < t->nlabels; i++) {
		const struct ctype_label *l = &t->labels[i];
		if (part)
			strbuf_printf(b, " (%s \"" STR_FMT "\"", part, STR_ARG(l->name));
		if (l->type)
			write_type(g, b, l->type);
		strbuf_adds(b, part ? ")" : "");
	}
}

static void
write_names(struct strbuf *b, const struct ctype *t)
{
	for (uint32_t i = 0; i < t->nlabels; i++)
		strbuf_printf(b, " \"" STR_FMT "\"", STR_ARG(t->labels[i].name));
}

static void
write_type(struct gen *g, struct strbuf *b, const struct ctype *t)
{
	need_room(g, b->len);
	if (t->kind == CT_PRIM) {
		strbuf_printf(b, " %s", comp_prim_name(t->prim));
		return;
	}
	if (t->kind == CT_OWN || t->kind == CT_BORROW) {
		strbuf_printf(b, " (%s %u)", ctype_kind_name(t),
			g->source.resource_index(g->source.env, t->elem->resource, g->source.at));
		return;
	}
	strbuf_printf(b, " (%s", ctype_kind_name(t));
	if (t->kind == CT_RECORD)
		write_parts(g, b, t, "field");
	else if (t->kind == CT_VARIANT)
		write_parts(g, b, t, "case");
	else if (t->kind == CT_TUPLE)
		write_parts(g, b, t, NULL);
	else if (t->nlabels)
		write_names(b, t);
	if (t->key)
		write_type(g, b, t->key);
	if (t->elem)
		write_type(g, b, t->elem);
	if (t->error) {
		strbuf_adds(b, " (error");
		write_type(g, b, t->error);
		strbuf_adds(b, ")");
	}
	strbuf_adds(b, ")");
}

/* The number of the value.lower for a type. */
static uint32_t
lower_of(struct gen *g, const char *type)
{
	uint32_t n = g->types.len;
	if (strmap_get(&g->type_numbers, str_of(type), &n))
		return n;
	vec_push(g->arena, &g->types, type);
	g->types_len += strlen(type);
	strmap_put(&g->type_numbers, str_of(type), n);
	return n;
}

static const char *
type_text(struct gen *g, const struct ctype *t)
{
	struct strbuf b = {.arena = g->arena};
	write_type(g, &b, t);
	return strbuf_cstr(&b) + 1;
}

/* ---- functions ---- */

static uint32_t visit_func(struct gen *g, const struct ctype *t);

static bool
is_range(const struct ctype *t)
{
	return t->kind == CT_LIST || t->kind == CT_MAP ||
	       (t->kind == CT_PRIM && t->prim == VAL_STRING);
}

/* The bytes of a string with so many code units. */
static const char *
string_size(enum adapt_encoding encoding)
{
	static const char *const sizes[] = {[ADAPT_UTF8] = "(local.get $n)",
		[ADAPT_UTF16] = "(i32.shl (local.get $n) (i32.const 1))",
		[ADAPT_LATIN1_UTF16] = "(if (result i32) (i32.lt_s (local.get $n) (i32.const 0))\n"
				       "      (then (i32.shl (local.get $n) (i32.const 1)))\n"
				       "      (else (local.get $n)))"};
	return sizes[encoding];
}

/* What goes over the elements, if there is something in them: a call with the address of each. */
static void
write_loop(struct strbuf *b, uint32_t size, const char *calls)
{
	strbuf_printf(b,
		"  (block $done (loop $more\n"
		"    (br_if $done (i32.ge_u (local.get $k) (local.get $n)))\n"
		"    (local.set $e (i32.add (local.get $at) (i32.mul (local.get $k) (i32.const "
		"%u))))\n"
		"%s    (local.set $k (i32.add (local.get $k) (i32.const 1)))\n"
		"    (br $more)))\n",
		size, calls);
}

/* The calls for the parts of an element at $e. */
static const char *
element_calls(struct gen *g, const struct ctype *t)
{
	struct strbuf b = {.arena = g->arena};
	uint32_t second = 0;
	strbuf_adds(&b, "");
	if (t->kind == CT_MAP)
		layout_of_pair(t, &second);
	if (t->kind == CT_MAP && t->key->has_pointer)
		strbuf_printf(&b, "    (call $v%u (local.get $e))\n", visit_func(g, t->key));
	if (t->elem && t->elem->has_pointer)
		strbuf_printf(&b, "    (call $v%u (i32.add (local.get $e) (i32.const %u)))\n",
			visit_func(g, t->elem), second);
	return strbuf_cstr(&b);
}

/* (index, length) -> pointer, of a string, a list or a map. */
static uint32_t
range_func(struct gen *g, const struct ctype *t)
{
	uint32_t second, n;
	if (strmap_get(&g->ranges, key_of(t), &n))
		return n;
	uint32_t lower = lower_of(g, type_text(g, t));
	struct layout elem = {1, g->source.encoding == ADAPT_UTF8 ? 1 : 2};
	if (t->kind == CT_LIST)
		elem = t->elem->layout32;
	if (t->kind == CT_MAP)
		elem = layout_of_pair(t, &second);
	const char *calls = t->kind == CT_PRIM ? "" : element_calls(g, t);
	n = g->nfuncs++;
	strmap_put(&g->ranges, key_of(t), n);
	strbuf_printf(&g->funcs,
		"(func $r%u (param $i i32) (param $n i32) (result i32)\n"
		"  (local $at i32) (local $k i32) (local $e i32)\n"
		"  (local.set $at (call $realloc (i32.const 0) (i32.const 0) (i32.const %u)\n    ",
		n, elem.alignment);
	if (t->kind == CT_PRIM)
		strbuf_adds(&g->funcs, string_size(g->source.encoding));
	else
		strbuf_printf(
			&g->funcs, "(i32.mul (local.get $n) (i32.const %u))", (unsigned)elem.size);
	strbuf_printf(&g->funcs, "))\n  (call $lower%u (local.get $i) (local.get $at))\n", lower);
	if (*calls)
		write_loop(&g->funcs, (uint32_t)elem.size, calls);
	strbuf_adds(&g->funcs, "  (local.get $at))\n");
	return n;
}

static void
write_visit_fields(struct gen *g, struct strbuf *b, const struct ctype *t)
{
	struct layout l = {0, 1};
	for (uint32_t i = 0; i < t->nlabels; i++) {
		const struct ctype *field = t->labels[i].type;
		unsigned offset = (unsigned)layout_add(&l, &field->layout32);
		if (field->has_pointer)
			strbuf_printf(b, "  (call $v%u (i32.add (local.get $at) (i32.const %u)))\n",
				visit_func(g, field), offset);
	}
}

static void
write_visit_cases(struct gen *g, struct strbuf *b, const struct ctype *t)
{
	uint32_t size = ctype_discriminant_size(t);
	unsigned payload = (unsigned)ctype_payload_offset(t, false);
	const char *load = size == 1 ? "i32.load8_u" : size == 2 ? "i32.load16_u" : "i32.load";
	for (uint32_t c = 0; c < ctype_ncases(t); c++) {
		const struct ctype *p = ctype_case(t, c);
		if (!p || !p->has_pointer)
			continue;
		strbuf_printf(b,
			"  (if (i32.eq (%s (local.get $at)) (i32.const %u))\n"
			"    (then (call $v%u (i32.add (local.get $at) (i32.const %u)))))\n",
			load, c, visit_func(g, p), payload);
	}
}

/* (address) -> (), of what has a string or a list somewhere in it. */
static uint32_t
visit_func(struct gen *g, const struct ctype *t)
{
	struct strbuf body = {.arena = g->arena};
	uint32_t n;
	if (strmap_get(&g->visits, key_of(t), &n))
		return n;
	if (is_range(t))
		strbuf_printf(&body,
			"  (i32.store (local.get $at) (call $r%u (i32.load (local.get $at))\n"
			"    (i32.load offset=4 (local.get $at))))\n",
			range_func(g, t));
	else if (t->kind == CT_RECORD || t->kind == CT_TUPLE || t->kind == CT_FUNC)
		write_visit_fields(g, &body, t);
	else
		write_visit_cases(g, &body, t);
	need_room(g, body.len);
	n = g->nfuncs++;
	strmap_put(&g->visits, key_of(t), n);
	strbuf_printf(&g->funcs, "(func $v%u (param $at i32)\n%s)\n", n, strbuf_cstr(&body));
	return n;
}

/* ---- flat parameters ---- */

static bool
slot_is_wide(const struct gen *g, uint32_t slot)
{
	return g->source.core->params[slot].kind == CORE_KIND_I64;
}

static const char *
get_slot(const struct gen *g, uint32_t slot)
{
	return arena_printf(g->arena,
		slot_is_wide(g, slot) ? "(i32.wrap_i64 (local.get %u))" : "(local.get %u)", slot);
}

static void write_flat(struct gen *g, struct strbuf *b, const struct ctype *t, uint32_t slot);

static void
write_flat_range(struct gen *g, struct strbuf *b, const struct ctype *t, uint32_t slot)
{
	bool wide = slot_is_wide(g, slot);
	strbuf_printf(b, "  (local.set %u %s(call $r%u %s %s))%s\n", slot,
		wide ? "(i64.extend_i32_u " : "", range_func(g, t), get_slot(g, slot),
		get_slot(g, slot + 1), wide ? ")" : "");
}

static void
write_flat_cases(struct gen *g, struct strbuf *b, const struct ctype *t, uint32_t slot)
{
	for (uint32_t c = 0; c < ctype_ncases(t); c++) {
		const struct ctype *p = ctype_case(t, c);
		if (!p || !p->has_pointer)
			continue;
		strbuf_printf(b, "  (if (i32.eq %s (i32.const %u)) (then\n", get_slot(g, slot), c);
		write_flat(g, b, p, slot + 1);
		strbuf_adds(b, "  ))\n");
	}
}

/* What is at a slot and behind it, where there is a string or a list in it. */
static void
write_flat(struct gen *g, struct strbuf *b, const struct ctype *t, uint32_t slot)
{
	if (!t->has_pointer)
		return;
	if (is_range(t)) {
		write_flat_range(g, b, t, slot);
	} else if (t->kind == CT_RECORD || t->kind == CT_TUPLE) {
		for (uint32_t i = 0; i < t->nlabels; slot += t->labels[i++].type->flat32.n)
			write_flat(g, b, t->labels[i].type, slot);
	} else {
		write_flat_cases(g, b, t, slot);
	}
}

/* ---- modules ---- */

static void
write_core_type(struct strbuf *b, const struct core_functype *t)
{
	strbuf_adds(b, " (param");
	for (uint32_t i = 0; i < t->nparams; i++)
		strbuf_printf(b, " %s", core_valtype_name(t->params[i]));
	strbuf_adds(b, ") (result");
	for (uint32_t i = 0; i < t->nresults; i++)
		strbuf_printf(b, " %s", core_valtype_name(t->results[i]));
	strbuf_adds(b, ")");
}

static void
write_call(struct strbuf *b, const struct gen *g)
{
	strbuf_adds(b, "(call $f");
	for (uint32_t i = 0; i < g->source.core->nparams; i++)
		strbuf_printf(b, " (local.get %u)", i);
	strbuf_adds(b, ")");
}

static struct adapt_core
finish(struct gen *g, struct strbuf *body, bool waits)
{
	struct strbuf b = {.arena = g->arena};
	strbuf_adds(&b, "(import \"\" \"mem\" (memory 0))\n"
			"(import \"\" \"realloc\" (func $realloc (param i32 i32 i32 i32) (result "
			"i32)))\n(import \"\" \"f\" (func $f");
	write_core_type(&b, g->source.core);
	strbuf_adds(&b, "))\n");
	for (uint32_t i = 0; i < g->types.len; i++)
		strbuf_printf(
			&b, "(import \"\" \"lower%u\" (func $lower%u (param i32 i32)))\n", i, i);
	if (waits)
		strbuf_adds(&b, adapt_waiting_imports);
	strbuf_adds(&b, g->funcs.len ? strbuf_cstr(&g->funcs) : "");
	strbuf_adds(&b, "(func (export \"f\")");
	write_core_type(&b, g->source.core);
	strbuf_printf(&b, "\n%s)", strbuf_cstr(body));
	need_room(g, b.len);
	return (struct adapt_core){.fields = strbuf_cstr(&b),
		.types = g->types.data,
		.ntypes = g->types.len,
		.memory = true,
		.realloc = true,
		.waiting = waits};
}

static struct gen
start(struct arena *a, const struct adapt_source *source)
{
	return (struct gen){.arena = a,
		.source = *source,
		.funcs = {.arena = a},
		.type_numbers = {.arena = a},
		.ranges = {.arena = a},
		.visits = {.arena = a}};
}

/* Many parameters are one index, of the tuple of them. */
static void
write_tuple(struct gen *g, struct strbuf *b, const struct ctype *ft)
{
	struct strbuf type = {.arena = g->arena};
	struct layout l = ctype_fields_layout(ft, false);
	strbuf_adds(&type, "(tuple");
	write_parts(g, &type, ft, NULL);
	strbuf_adds(&type, ")");
	strbuf_printf(b,
		"  (local $at i32)\n"
		"  (local.set $at (call $realloc (i32.const 0) (i32.const 0) (i32.const %u) "
		"(i32.const %u)))\n"
		"  (call $lower%u (local.get 0) (local.get $at))\n",
		l.alignment, (unsigned)l.size, lower_of(g, strbuf_cstr(&type)));
	strbuf_printf(b, "  (call $v%u (local.get $at))\n  (local.set 0 (local.get $at))\n",
		visit_func(g, ft));
}

struct adapt_core
adapt_core_lift(struct arena *a, const struct adapt_source *source, const struct ctype *ft)
{
	struct gen g = start(a, source);
	struct strbuf body = {.arena = a};
	uint32_t flat = 0;
	for (uint32_t i = 0; i < ft->nlabels; i++)
		flat += ft->labels[i].type->flat32.n;
	if (flat > FLAT_MAX)
		write_tuple(&g, &body, ft);
	for (uint32_t i = 0, slot = 0; flat <= FLAT_MAX && i < ft->nlabels; i++) {
		write_flat(&g, &body, ft->labels[i].type, slot);
		slot += ft->labels[i].type->flat32.n;
	}
	write_call(&body, &g);
	return finish(&g, &body, false);
}

/* ---- values that come ---- */

/* (address, count) -> (), of values that lie one behind the other. */
static void
write_all_func(struct gen *g, const struct ctype *t)
{
	uint32_t visit = visit_func(g, t);
	strbuf_printf(&g->funcs,
		"(func $all (param $at i32) (param $n i32)\n"
		"  (block $done (loop $more\n"
		"    (br_if $done (i32.eqz (local.get $n)))\n"
		"    (call $v%u (local.get $at))\n"
		"    (local.set $at (i32.add (local.get $at) (i32.const %u)))\n"
		"    (local.set $n (i32.sub (local.get $n) (i32.const 1)))\n"
		"    (br $more))))\n",
		visit, (unsigned)t->layout32.size);
}

struct adapt_core
adapt_core_call(
	struct arena *a, const struct adapt_source *source, const struct ctype *t, uint32_t at)
{
	struct gen g = start(a, source);
	struct strbuf body = {.arena = a};
	write_all_func(&g, t);
	write_call(&body, &g);
	strbuf_printf(&body, "\n  (call $all (local.get %u) (i32.const 1))", at);
	return finish(&g, &body, false);
}

/* What a call gives: is it to be waited for, for whom, and else, how many values are there? */
static const struct {
	const char *waits, *waitable, *count;
} given[] = {
	[ADAPT_SUBTASK] = {"(i32.lt_u (i32.and (local.get $r) (i32.const 15)) (i32.const 2))",
		"(i32.shr_u (local.get $r) (i32.const 4))", "(i32.const 1)"},
	[ADAPT_STREAM] = {"(i32.eq (local.get $r) (i32.const -1))", "(local.get 0)",
		"(i32.shr_u (local.get $r) (i32.const 4))"},
	[ADAPT_FUTURE] = {"(i32.eq (local.get $r) (i32.const -1))", "(local.get 0)",
		"(i32.eqz (local.get $r))"},
};

struct adapt_core
adapt_core_later(struct arena *a, const struct adapt_source *source, const struct ctype *t,
	uint32_t at, enum adapt_later kind, uint32_t number)
{
	struct gen g = start(a, source);
	struct strbuf body = {.arena = a};
	write_all_func(&g, t);
	strbuf_printf(&g.funcs, "(elem (i32.const %u) $all)\n", number);
	strbuf_adds(&body, "  (local $r i32)\n  (local.set $r ");
	write_call(&body, &g);
	strbuf_printf(&body,
		")\n"
		"  (if %s\n"
		"    (then (call $wait %s (i32.const %u) (local.get %u)))\n"
		"    (else (call $all (local.get %u) %s)))\n"
		"  (local.get $r)",
		given[kind].waits, given[kind].waitable, number, at, at, given[kind].count);
	return finish(&g, &body, true);
}
