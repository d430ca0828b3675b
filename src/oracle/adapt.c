/* adapt.c - see adapt.h: which definitions get core code, and how it is put in their place. */
#include "oracle/adapt.h"

#include "base/error.h"
#include "component/decode.h"
#include "component/encode.h"
#include "component/features.h"
#include "component/refs.h"
#include "component/text.h"
#include "component/valid.h"
#include "oracle/adapt_core.h"

/* Indices in the text of new definitions count from them; those of what was there stand above. */
#define THERE 1000000u

/* Putting definitions between others goes over all that are there: so many steps are enough for
 * thousands of definitions, and take seconds. */
#define STEPS_MAX (1u << 28)
#define TEXT_MAX  (64u << 20) /* of the text of all new definitions */

/* Types that were put before those that had the index `from`, and all further ones. */
struct type_shift {
	uint32_t from, by;
};

struct adapting {
	struct arena *arena;
	struct adapted done;
	uint32_t ndefs; /* of the whole component: what one insertion goes over */
	uint64_t steps, written;

	/* of the component that is being adapted */
	VEC(struct type_shift) shifts;
	struct strmap resources; /* the first index of each resource type, by its address */
	bool waits;      /* values come with events: there is the instance of adapt_waiting */
	uint32_t nlater; /* definitions that they come by */
};

/* ---- options ---- */

static const struct comp_opt *
option(const struct comp_canon *c, enum comp_opt_kind kind)
{
	for (uint32_t i = 0; i < c->opts.len; i++)
		if (c->opts.data[i].kind == kind)
			return &c->opts.data[i];
	return NULL;
}

/* Takes realloc away; with `lazy` there is that in its place. */
static void
replace_realloc(struct comp_canon *c, bool lazy)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < c->opts.len; i++) {
		struct comp_opt opt = c->opts.data[i];
		if (opt.kind == OPT_REALLOC && !lazy)
			continue;
		if (opt.kind == OPT_REALLOC)
			opt = (struct comp_opt){.kind = OPT_LAZY, .at = opt.at};
		c->opts.data[n++] = opt;
	}
	c->opts.len = n;
}

static enum adapt_encoding
encoding_of(const struct comp_canon *c)
{
	if (option(c, OPT_UTF16))
		return ADAPT_UTF16;
	return option(c, OPT_LATIN1_UTF16) ? ADAPT_LATIN1_UTF16 : ADAPT_UTF8;
}

static uint32_t
memory_of(const struct comp_canon *c)
{
	bool has = comp_canon_infos[c->kind].imm == IMM_CANCEL_MEMORY;
	return has ? c->memory.index : option(c, OPT_MEMORY)->ref.index;
}

/* ---- new definitions ---- */

struct remap {
	uint32_t base[SORT_COUNT];
};

static void
remap_index(void *env, enum comp_sort sort, uint32_t *index)
{
	const struct remap *m = env;
	*index = *index >= THERE ? *index - THERE : *index + m->base[sort];
}

static struct component *
parse(struct arena *a, const char *text)
{
	struct source *src = source_in_arena(a, "adapter", str_of(text), false);
	return component_parse_fields(a, sexpr_read(a, src), 0, (struct str){0}, NULL);
}

static void
add_shift(struct adapting *g, uint32_t from, uint32_t by)
{
	uint32_t before = g->shifts.len ? vec_last(&g->shifts).by : 0;
	if (by)
		vec_push(g->arena, &g->shifts, ((struct type_shift){from - before, before + by}));
}

static void
need_room(struct adapting *g, uint32_t n, struct loc at)
{
	g->ndefs += n;
	g->steps += g->ndefs;
	if (g->steps > STEPS_MAX || g->written > TEXT_MAX)
		raise_error(ERR_EXHAUSTED, at, "adapt-size-limit",
			"there is too much in this component to adapt");
}

/* Puts what a text says before the definition at a place: how many definitions that were. With
 * `around` that definition comes first, in the place of the first one of the text, and the last one of
 * the text in its place. */
static uint32_t
insert(struct adapting *g, struct component *c, uint32_t place, struct strbuf *text, bool around)
{
	g->written += text->len;
	struct component *new = parse(g->arena, strbuf_cstr(text));
	struct remap m;
	comp_count_indices(c, place, m.base);
	for (uint32_t i = 0; i < new->defs.len; i++)
		comp_def_refs(&new->defs.data[i], 0, remap_index, &m);
	uint32_t n = new->defs.len - (around ? 1 : 0), made[SORT_COUNT];
	struct comp_def last = vec_last(&new->defs);
	if (around)
		new->defs.data[0] = c->defs.data[place];
	comp_count_indices(new, n, made);
	add_shift(g, m.base[SORT_TYPE], made[SORT_TYPE]);
	need_room(g, n, c->defs.data[place].at);
	comp_insert_defs(g->arena, c, place, new->defs.data, n);
	if (around)
		c->defs.data[place + n] = last;
	return n;
}

static const char *
encoding_option(enum adapt_encoding encoding)
{
	static const char *const names[] = {[ADAPT_UTF8] = "",
		[ADAPT_UTF16] = " string-encoding=utf16",
		[ADAPT_LATIN1_UTF16] = " string-encoding=latin1+utf16"};
	return names[encoding];
}

/* The built-ins, the core module, its instance, and its function "f". `first` is the number of core
 * functions that stand before. */
static void
write_definitions(struct strbuf *b, const struct adapt_core *core, const struct comp_canon *c,
	uint32_t first, uint32_t inner)
{
	for (uint32_t i = 0; i < core->ntypes; i++)
		strbuf_printf(b, "(canon value.lower %s%s (memory %u) (core func))\n",
			core->types[i], encoding_option(encoding_of(c)), THERE + memory_of(c));
	strbuf_printf(b, "(core module\n%s)\n(core instance (instantiate 0 ", core->fields);
	if (core->waiting)
		strbuf_printf(b, "(with \"waiting\" (instance %u)) ", THERE);
	strbuf_printf(b, "(with \"\" (instance (export \"f\" (func %u))", inner);
	if (core->memory)
		strbuf_printf(b, " (export \"mem\" (memory %u))", THERE + memory_of(c));
	if (core->realloc)
		strbuf_printf(b, " (export \"realloc\" (func %u))",
			THERE + option(c, OPT_REALLOC)->ref.index);
	for (uint32_t i = 0; i < core->ntypes; i++)
		strbuf_printf(b, " (export \"lower%u\" (func %u))", i, first + i);
	strbuf_adds(b, "))))\n(alias core export 1 \"f\" (core func))\n");
}

/* Core code that is called by what was called by the core function at a place. */
static uint32_t
put_before(struct adapting *g, struct component *c, uint32_t place, const struct adapt_core *core,
	uint32_t func)
{
	struct strbuf text = {.arena = g->arena};
	write_definitions(&text, core, &c->defs.data[place].canon, 0, THERE + func);
	return insert(g, c, place, &text, false);
}

/* Core code that takes the place of a definition and calls that, which is a core function. */
static uint32_t
put_around(struct adapting *g, struct component *c, uint32_t place, const struct adapt_core *core)
{
	struct comp_canon *canon = &c->defs.data[place].canon;
	struct strbuf text = {.arena = g->arena};
	strbuf_adds(&text, "(canon waitable-set.new (core func))\n");
	write_definitions(&text, core, canon, 1, 0);
	if (core->realloc)
		replace_realloc(canon, true);
	return insert(g, c, place, &text, true);
}

static uint32_t
last_core_func(const struct component *c, uint32_t place)
{
	uint32_t counts[SORT_COUNT];
	comp_count_indices(c, place, counts);
	return counts[SORT_CORE_FUNC] - 1;
}

/* ---- resource types ---- */

struct naming {
	const struct adapting *adapting;
	const struct comp_canon *canon;
};

static struct str
key_of(const struct resource *const *r)
{
	return (struct str){(const char *)r, sizeof *r};
}

/* Types are known by the indices that they had when the component was validated. */
static uint32_t
resource_index(void *env, const struct resource *r, struct loc at)
{
	const struct naming *n = env;
	const struct adapting *g = n->adapting;
	uint32_t index;
	if (!strmap_get(&g->resources, key_of(&r), &index) || index >= n->canon->ntypes)
		raise_error(ERR_UNSUPPORTED, at, "adapt-handle",
			"a handle of a type that has no name here cannot be adapted");
	uint32_t least = 0, most = g->shifts.len; /* the last shift that it is behind of */
	while (least < most) {
		uint32_t middle = (least + most) / 2;
		if (g->shifts.data[middle].from <= index)
			least = middle + 1;
		else
			most = middle;
	}
	return THERE + index + (least ? g->shifts.data[least - 1].by : 0);
}

/* The types in sight of the last definition are those of all. */
static void
note_resources(struct adapting *g, const struct component *c)
{
	const struct comp_canon *last = NULL;
	for (uint32_t i = 0; i < c->defs.len; i++)
		if (c->defs.data[i].kind == DEF_CANON && c->defs.data[i].canon.types)
			last = &c->defs.data[i].canon;
	g->resources = (struct strmap){.arena = g->arena};
	for (uint32_t i = 0; last && i < last->ntypes; i++) {
		const struct ctype *t = last->types[i];
		if (t->kind == CT_RESOURCE)
			strmap_put(&g->resources,
				key_of((const struct resource *const *)&t->resource), i);
	}
}

static struct adapt_source
source_of(const struct naming *n, struct loc at)
{
	return (struct adapt_source){
		encoding_of(n->canon), n->canon->core_functype, at, resource_index, (void *)n};
}

/* ---- lift and lower ---- */

static bool
lift_needs_realloc(const struct ctype *ft)
{
	uint32_t flat = 0;
	bool points = false;
	for (uint32_t i = 0; i < ft->nlabels; i++) {
		flat += ft->labels[i].type->flat32.n;
		points = points || ft->labels[i].type->has_pointer;
	}
	return points || flat > FLAT_MAX;
}

/* Is a realloc there, and for a value that points into memory? */
static bool
needs_realloc(const struct comp_canon *c)
{
	if (!option(c, OPT_REALLOC))
		return false;
	switch (c->kind) {
	case CANON_LIFT: return lift_needs_realloc(c->functype);
	case CANON_LOWER:
	case CANON_STREAM_READ:
	case CANON_FUTURE_READ: return c->functype->elem && c->functype->elem->has_pointer;
	case CANON_ERROR_CONTEXT_DEBUG_MESSAGE: return true;
	default: return false;
	}
}

/* The lifted core function is called by core code, which is lifted in its stead. */
static uint32_t
adapt_lift(struct adapting *g, struct component *c, uint32_t place)
{
	struct comp_canon canon = c->defs.data[place].canon;
	struct naming naming = {g, &canon};
	struct adapt_source source = source_of(&naming, c->defs.data[place].at);
	struct adapt_core core = adapt_core_lift(g->arena, &source, canon.functype);
	uint32_t n = put_before(g, c, place, &core, canon.func.index);
	struct comp_canon *lift = &c->defs.data[place + n].canon;
	lift->func.index = last_core_func(c, place + n);
	replace_realloc(lift, true);
	g->done.lifts++;
	return n;
}

static uint32_t
adapt_lower(struct adapting *g, struct component *c, uint32_t place)
{
	struct comp_canon canon = c->defs.data[place].canon;
	struct naming naming = {g, &canon};
	struct adapt_source source = source_of(&naming, c->defs.data[place].at);
	const struct ctype *result = canon.functype->elem;
	uint32_t out = canon.core_functype->nparams - 1;
	struct adapt_core core = option(&canon, OPT_ASYNC)
					 ? adapt_core_later(g->arena, &source, result, out,
						   ADAPT_SUBTASK, g->nlater++)
					 : adapt_core_call(g->arena, &source, result, out);
	g->done.lowers++;
	return put_around(g, c, place, &core);
}

static uint32_t
adapt_read(struct adapting *g, struct component *c, uint32_t place)
{
	struct comp_canon canon = c->defs.data[place].canon;
	struct naming naming = {g, &canon};
	struct adapt_source source = source_of(&naming, c->defs.data[place].at);
	enum adapt_later kind = canon.kind == CANON_STREAM_READ ? ADAPT_STREAM : ADAPT_FUTURE;
	struct adapt_core core =
		adapt_core_later(g->arena, &source, canon.functype->elem, 1, kind, g->nlater++);
	g->done.reads++;
	return put_around(g, c, place, &core);
}

static uint32_t
adapt_message(struct adapting *g, struct component *c, uint32_t place)
{
	static const struct ctype string = {
		.kind = CT_PRIM, .prim = VAL_STRING, .has_pointer = true, .layout32 = {8, 4}};
	struct comp_canon canon = c->defs.data[place].canon;
	struct naming naming = {g, &canon};
	struct adapt_source source = source_of(&naming, c->defs.data[place].at);
	struct adapt_core core = adapt_core_call(g->arena, &source, &string, 1);
	g->done.messages++;
	return put_around(g, c, place, &core);
}

/* ---- events ---- */

static bool
gives_later(const struct comp_def *d)
{
	if (d->kind != DEF_CANON || !needs_realloc(&d->canon))
		return false;
	return d->canon.kind == CANON_STREAM_READ || d->canon.kind == CANON_FUTURE_READ ||
	       (d->canon.kind == CANON_LOWER && option(&d->canon, OPT_ASYNC));
}

/* The instance that all know who wait stands before everything else. */
static void
add_waiting(struct adapting *g, struct component *c)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < c->defs.len; i++)
		n += gives_later(&c->defs.data[i]);
	g->nlater = 0;
	g->waits = n > 0;
	if (!n)
		return;
	struct strbuf text = {.arena = g->arena};
	strbuf_printf(&text, "(core module\n%s)\n(core instance (instantiate 0))\n",
		adapt_waiting(g->arena, n));
	insert(g, c, 0, &text, false);
}

/* A callback gets events, and some built-ins give them. */
static uint32_t
adapt_events_of(struct adapting *g, struct component *c, uint32_t place)
{
	struct comp_canon canon = c->defs.data[place].canon;
	const struct comp_opt *callback = option(&canon, OPT_CALLBACK);
	struct adapt_core core;
	if (!g->waits || !adapt_events(canon.kind, &core) ||
		(canon.kind == CANON_LIFT && !callback))
		return 0;
	g->done.events++;
	if (canon.kind != CANON_LIFT)
		return put_around(g, c, place, &core);
	uint32_t n = put_before(g, c, place, &core, callback->ref.index);
	struct comp_canon *lift = &c->defs.data[place + n].canon;
	for (uint32_t i = 0; i < lift->opts.len; i++)
		if (lift->opts.data[i].kind == OPT_CALLBACK)
			lift->opts.data[i].ref.index = last_core_func(c, place + n);
	return n;
}

/* ---- everything ---- */

static uint32_t
adapt_values_of(struct adapting *g, struct component *c, uint32_t place)
{
	switch (c->defs.data[place].canon.kind) {
	case CANON_LIFT: return adapt_lift(g, c, place);
	case CANON_LOWER: return adapt_lower(g, c, place);
	case CANON_ERROR_CONTEXT_DEBUG_MESSAGE: return adapt_message(g, c, place);
	default: return adapt_read(g, c, place);
	}
}

/* How many definitions were put before the one at a place. */
static uint32_t
adapt_def(struct adapting *g, struct component *c, uint32_t place)
{
	if (c->defs.data[place].kind != DEF_CANON)
		return 0;
	uint32_t n = adapt_events_of(g, c, place);
	struct comp_def *d = &c->defs.data[place + n];
	if (d->kind != DEF_CANON || !option(&d->canon, OPT_REALLOC))
		return n;
	if (needs_realloc(&d->canon))
		return n + adapt_values_of(g, c, place + n);
	replace_realloc(&d->canon, false);
	g->done.dropped++;
	return n;
}

static void
adapt_all(struct adapting *g, struct component *c)
{
	for (uint32_t i = 0; i < c->defs.len; i++)
		if (c->defs.data[i].kind == DEF_COMPONENT)
			adapt_all(g, c->defs.data[i].component);
	g->shifts.len = 0;
	note_resources(g, c);
	add_waiting(g, c);
	for (uint32_t i = 0; i < c->defs.len; i++)
		i += adapt_def(g, c, i);
}

static uint32_t
count_defs(const struct component *c)
{
	uint32_t n = c->defs.len;
	for (uint32_t i = 0; i < c->defs.len; i++)
		if (c->defs.data[i].kind == DEF_COMPONENT)
			n += count_defs(c->defs.data[i].component);
	return n;
}

struct component *
component_adapt(struct arena *a, struct component *c, struct adapted *done)
{
	struct features pre = features_of(PROFILE_1_0_PRE), with_realloc = pre;
	struct adapting g = {.arena = a, .done = *done, .ndefs = count_defs(c)};
	struct strbuf bytes = {.arena = a};
	feature_set(&with_realloc, feature_find(STR("realloc")), true);
	features_check(with_realloc, c);
	adapt_all(&g, c);
	component_encode(&bytes, c);
	struct str all = strbuf_str(&bytes);
	struct component *adapted =
		component_decode(a, all, source_in_arena(a, "adapted", all, true));
	component_validate(a, adapted, &pre);
	*done = g.done;
	return adapted;
}
