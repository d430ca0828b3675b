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

/* Types that were put between those that there were. */
struct type_shift {
	uint32_t from, by;
};

struct adapting {
	struct arena *arena;
	struct adapted done;
	VEC(struct type_shift) shifts; /* in the component that is being adapted */
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
	struct source *src = arena_new_of(a, struct source);
	*src = (struct source){.name = "adapter", .text = text, .len = strlen(text)};
	return component_parse_fields(a, sexpr_read(a, src), 0, (struct str){0}, NULL);
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
	uint32_t memory = option(c, OPT_MEMORY)->ref.index;
	for (uint32_t i = 0; i < core->ntypes; i++)
		strbuf_printf(b, "(canon value.lower %s%s (memory %u) (core func))\n",
			core->types[i], encoding_option(encoding_of(c)), THERE + memory);
	strbuf_printf(b, "(core module\n%s)\n", core->fields);
	strbuf_printf(b,
		"(core instance (instantiate 0 (with \"\" (instance (export \"mem\" (memory %u)) "
		"(export \"realloc\" (func %u)) (export \"f\" (func %u))",
		THERE + memory, THERE + option(c, OPT_REALLOC)->ref.index, inner);
	for (uint32_t i = 0; i < core->ntypes; i++)
		strbuf_printf(b, " (export \"lower%u\" (func %u))", i, first + i);
	strbuf_adds(b, "))))\n(alias core export 1 \"f\" (core func))\n");
}

/* Puts what a text says before a definition: how many definitions that were. */
static uint32_t
insert(struct adapting *g, struct component *c, uint32_t place, const struct strbuf *text,
	struct comp_def *last)
{
	struct strbuf copy = *text;
	struct component *new = parse(g->arena, strbuf_cstr(&copy));
	struct remap m;
	comp_count_indices(c, place, m.base);
	for (uint32_t i = 0; i < new->defs.len; i++)
		comp_def_refs(&new->defs.data[i], 0, remap_index, &m);
	uint32_t n = new->defs.len - (last ? 1 : 0), made[SORT_COUNT];
	comp_count_indices(new, n, made);
	vec_push(g->arena, &g->shifts, ((struct type_shift){m.base[SORT_TYPE], made[SORT_TYPE]}));
	if (last)
		*last = new->defs.data[n];
	comp_insert_defs(g->arena, c, place, new->defs.data, n);
	return n;
}

/* ---- resource types ---- */

struct naming {
	const struct adapting *adapting;
	const struct comp_canon *canon;
};

/* Types are known by the indices that they had when the component was validated. */
static uint32_t
resource_index(void *env, const struct resource *r, struct loc at)
{
	const struct naming *n = env;
	for (uint32_t i = 0; i < n->canon->ntypes; i++) {
		const struct ctype *t = n->canon->types[i];
		if (t->kind != CT_RESOURCE || t->resource != r)
			continue;
		uint32_t index = i;
		for (uint32_t k = 0; k < n->adapting->shifts.len; k++) {
			struct type_shift s = n->adapting->shifts.data[k];
			index += index >= s.from ? s.by : 0;
		}
		return THERE + index;
	}
	raise_error(ERR_UNSUPPORTED, at, "adapt-handle",
		"a handle of a type that has no name here cannot be adapted");
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

/* The lifted core function is called by core code, which is lifted in its stead. */
static uint32_t
adapt_lift(struct adapting *g, struct component *c, uint32_t place)
{
	struct comp_canon canon = c->defs.data[place].canon;
	struct naming naming = {g, &canon};
	struct adapt_core core = adapt_core_lift(g->arena, &canon, encoding_of(&canon),
		(struct adapt_resources){resource_index, &naming});
	struct strbuf text = {.arena = g->arena};
	write_definitions(&text, &core, &canon, 0, THERE + canon.func.index);
	uint32_t n = insert(g, c, place, &text, NULL), counts[SORT_COUNT];
	comp_count_indices(c, place + n, counts);
	struct comp_canon *lift = &c->defs.data[place + n].canon;
	lift->func.index = counts[SORT_CORE_FUNC] - 1;
	replace_realloc(lift, true);
	g->done.lifts++;
	return n;
}

/* A lazy lower is called by core code, which stands where the lower stood. */
static uint32_t
adapt_lower(struct adapting *g, struct component *c, uint32_t place)
{
	struct comp_canon canon = c->defs.data[place].canon;
	if (option(&canon, OPT_ASYNC))
		raise_error(ERR_UNSUPPORTED, c->defs.data[place].at, "adapt-async-lower",
			"the result of an asynchronous lower cannot be adapted");
	struct naming naming = {g, &canon};
	struct adapt_core core = adapt_core_lower(g->arena, &canon, encoding_of(&canon),
		(struct adapt_resources){resource_index, &naming});
	struct strbuf text = {.arena = g->arena};
	strbuf_printf(&text, "(canon lower (func %u) lazy%s (memory %u) (core func))\n",
		THERE + canon.func.index, encoding_option(encoding_of(&canon)),
		THERE + option(&canon, OPT_MEMORY)->ref.index);
	write_definitions(&text, &core, &canon, 1, 0);
	struct comp_def alias;
	uint32_t n = insert(g, c, place, &text, &alias);
	c->defs.data[place + n] = alias;
	g->done.lowers++;
	return n;
}

/* What realloc is for, of what is no lift and no lower, cannot be adapted yet. */
static void
adapt_builtin(const struct comp_canon *c, struct loc at)
{
	raise_error(ERR_UNSUPPORTED, at, "adapt-builtin", "`%s` with `realloc` cannot be adapted",
		comp_canon_infos[c->kind].text);
}

/* How many definitions were put before the one at a place. */
static uint32_t
adapt_def(struct adapting *g, struct component *c, uint32_t place)
{
	struct comp_def *d = &c->defs.data[place];
	if (d->kind != DEF_CANON || !option(&d->canon, OPT_REALLOC))
		return 0;
	if (d->canon.kind == CANON_LIFT && lift_needs_realloc(d->canon.functype))
		return adapt_lift(g, c, place);
	const struct ctype *ft = d->canon.functype;
	if (d->canon.kind == CANON_LOWER && ft->elem && ft->elem->has_pointer)
		return adapt_lower(g, c, place);
	if (d->canon.kind != CANON_LIFT && d->canon.kind != CANON_LOWER)
		adapt_builtin(&d->canon, d->at);
	replace_realloc(&d->canon, false);
	g->done.dropped++;
	return 0;
}

static void
adapt_all(struct adapting *g, struct component *c)
{
	for (uint32_t i = 0; i < c->defs.len; i++)
		if (c->defs.data[i].kind == DEF_COMPONENT)
			adapt_all(g, c->defs.data[i].component);
	g->shifts.len = 0;
	for (uint32_t i = 0; i < c->defs.len; i++)
		i += adapt_def(g, c, i);
}

struct component *
component_adapt(struct arena *a, struct component *c, struct adapted *done)
{
	const struct features pre = features_of(PROFILE_1_0_PRE);
	struct adapting g = {.arena = a, .done = *done};
	struct strbuf bytes = {.arena = a};
	struct source *src = arena_new_of(a, struct source);
	adapt_all(&g, c);
	component_encode(&bytes, c);
	*src = (struct source){
		.name = "adapted", .text = bytes.ptr, .len = bytes.len, .binary = true};
	struct component *adapted = component_decode(a, strbuf_str(&bytes), src);
	component_validate(a, adapted, &pre);
	*done = g.done;
	return adapted;
}
