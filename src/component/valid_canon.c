/* valid_canon.c - canonical definitions: their options, lift and lower. CanonicalABI.md,
 * "canonopt Validation", "canon lift", "canon lower", "Flattening". */
#include "component/valid_canon.h"

#include "base/error.h"
#include "core/types.h"

#define MAX_FLAT_PARAMS       FLAT_MAX
#define MAX_FLAT_ASYNC_PARAMS 4
#define MAX_FLAT_RESULTS      1

/* ---- flattening ---- */

const struct flat_types *
flat_value(const struct ctype *t, bool wide)
{
	return wide ? &t->flat64 : &t->flat32;
}

void
flat_add(struct flat_types *f, enum flat t)
{
	flat_append(f, &(struct flat_types){1, {t}});
}

void
flat_add_pointer(struct flat_types *f, bool wide)
{
	flat_add(f, wide ? FLAT_I64 : FLAT_I32);
}

static struct flat_types
flat_params(const struct ctype *ft, bool wide)
{
	struct flat_types flat = {0};
	for (uint32_t i = 0; i < ft->nlabels; i++)
		flat_append(&flat, flat_value(ft->labels[i].type, wide));
	return flat;
}

static struct flat_types
flat_result(const struct ctype *ft, bool wide)
{
	return ft->elem ? *flat_value(ft->elem, wide) : (struct flat_types){0};
}

static void
flatten_sync(struct flat_func *f, bool wide, bool lift)
{
	struct flat_types none = {0};
	if (f->params.n > MAX_FLAT_PARAMS) {
		f->params = none;
		flat_add_pointer(&f->params, wide);
	}
	if (f->results.n <= MAX_FLAT_RESULTS)
		return;
	f->results = none;
	if (lift) {
		flat_add_pointer(&f->results, wide);
	} else {
		/* May be one more than values can be passed flat. */
		f->out_pointer = true;
	}
}

static void
flatten_async(struct flat_func *f, const struct canon_opts *o, bool lift)
{
	struct flat_types none = {0};
	bool has_result = f->results.n > 0;
	if (f->params.n > (lift ? MAX_FLAT_PARAMS : MAX_FLAT_ASYNC_PARAMS)) {
		f->params = none;
		flat_add_pointer(&f->params, o->wide);
	}
	f->out_pointer = !lift && has_result;
	f->results = none;
	if (!lift || o->callback)
		flat_add(&f->results, FLAT_I32);
}

struct flat_func
flat_functype(const struct canon_opts *o, const struct ctype *ft, bool lift)
{
	struct flat_func f = {flat_params(ft, o->wide), flat_result(ft, o->wide), false, o->wide};
	if (o->is_async)
		flatten_async(&f, o, lift);
	else
		flatten_sync(&f, o->wide, lift);
	return f;
}

static struct core_valtype
core_type_of(uint8_t flat)
{
	static const uint8_t kinds[] = {
		[FLAT_I32] = CORE_KIND_I32,
		[FLAT_I64] = CORE_KIND_I64,
		[FLAT_F32] = CORE_KIND_F32,
		[FLAT_F64] = CORE_KIND_F64,
	};
	return (struct core_valtype){.kind = kinds[flat]};
}

static struct core_valtype *
core_types_of(struct arena *a, const struct flat_types *flat, uint32_t extra)
{
	struct core_valtype *types = arena_array_of(a, flat->n + extra, struct core_valtype);
	for (uint8_t i = 0; i < flat->n; i++)
		types[i] = core_type_of(flat->list[i]);
	return types;
}

static struct core_functype *
core_func_of(struct arena *a, const struct flat_func *f)
{
	struct core_functype *type = arena_new_of(a, struct core_functype);
	type->params = core_types_of(a, &f->params, 1);
	type->nparams = f->params.n;
	if (f->out_pointer)
		type->params[type->nparams++] = core_type_of(f->wide ? FLAT_I64 : FLAT_I32);
	type->results = core_types_of(a, &f->results, 0);
	type->nresults = f->results.n;
	return type;
}

const struct core_functype *
add_core_func(struct scope *s, const struct flat_func *f)
{
	struct core_types *ts = s->ts->core;
	uint32_t id = core_types_number_func(ts, core_func_of(s->arena, f));
	const struct core_sig *e = core_sig_of_func(s->arena, ts, id);
	scope_add(s, SORT_CORE_FUNC, e);
	return e->func;
}

/* ---- options ---- */

static const char *
encoding_name(enum comp_opt_kind kind)
{
	return kind == OPT_UTF8 ? "utf8" : kind == OPT_UTF16 ? "utf16" : "latin1-utf16";
}

static void
need_first(const struct comp_opt *opt, bool seen)
{
	require(!seen, opt->at, "duplicate-canon-option",
		"canonical option `%s` is specified more than once", comp_opt_name(opt->kind));
}

static void
take_encoding(struct canon_opts *o, const struct comp_opt *opt)
{
	if (o->encoding)
		raise_error(ERR_INVALID, opt->at, "encoding-conflict",
			"canonical encoding option `%s` conflicts with option `%s`",
			encoding_name(o->encoding->kind), encoding_name(opt->kind));
	o->encoding = opt;
}

static void
take_memory(struct scope *s, struct canon_opts *o, const struct comp_opt *opt)
{
	need_first(opt, o->memory);
	const struct core_sig *e = scope_get(s, SORT_CORE_MEMORY, opt->ref.index, opt->ref.at);
	require(!e->memory.limits.is_shared, opt->at, "memory-option-shared",
		"canonical option `memory` cannot refer to a shared memory");
	o->memory = &e->memory;
	o->wide = e->memory.limits.is_64;
}

static void
take_opt(struct scope *s, struct canon_opts *o, const struct comp_opt *opt)
{
	switch (opt->kind) {
	case OPT_UTF8:
	case OPT_UTF16:
	case OPT_LATIN1_UTF16: take_encoding(o, opt); break;
	case OPT_MEMORY: take_memory(s, o, opt); break;
	case OPT_REALLOC:
		need_first(opt, o->realloc);
		o->realloc = scope_core_func(s, opt->ref);
		break;
	case OPT_POST_RETURN:
		need_first(opt, o->post_return);
		o->post_return = scope_core_func(s, opt->ref);
		break;
	case OPT_ASYNC:
		need_first(opt, o->is_async);
		o->is_async = true;
		break;
	case OPT_LAZY:
		need_first(opt, o->lazy);
		o->lazy = true;
		break;
	case OPT_CALLBACK:
		need_first(opt, o->callback);
		o->callback = scope_core_func(s, opt->ref);
		break;
	}
}

static bool
has_types(const struct core_valtype *types, uint32_t n, const struct flat_types *flat)
{
	if (n != flat->n)
		return false;
	for (uint32_t i = 0; i < n; i++) {
		if (!core_valtype_equal(types[i], core_type_of(flat->list[i])))
			return false;
	}
	return true;
}

static void
need_signature(const struct core_functype *f, const struct flat_types *params,
	const struct flat_types *results, const char *option, const char *reason, struct loc at)
{
	require(has_types(f->params, f->nparams, params) &&
			has_types(f->results, f->nresults, results),
		at, reason,
		"canonical option `%s` uses a core function with an incorrect signature", option);
}

static void
valid_realloc(const struct canon_opts *o)
{
	uint8_t p = o->wide ? FLAT_I64 : FLAT_I32;
	struct flat_types params = {4, {p, p, p, p}}, result = {1, {p}};
	require(o->memory, o->at, "realloc-without-memory",
		"canonical option `realloc` requires `memory` to also be specified");
	need_signature(o->realloc, &params, &result, "realloc", "realloc-signature", o->at);
}

static void
valid_callback(const struct canon_opts *o)
{
	struct flat_types params = {3, {FLAT_I32, FLAT_I32, FLAT_I32}}, result = {1, {FLAT_I32}};
	require(o->is_async, o->at, "callback-without-async",
		"canonical option `callback` requires the `async` option");
	need_signature(o->callback, &params, &result, "callback", "callback-signature", o->at);
}

static bool
may_be_lazy(enum comp_canon_kind kind)
{
	return kind == CANON_LIFT || kind == CANON_LOWER || kind == CANON_STREAM_READ ||
	       kind == CANON_FUTURE_READ || kind == CANON_ERROR_CONTEXT_DEBUG_MESSAGE;
}

struct canon_opts
valid_opts(struct scope *s, const struct comp_canon *c, struct loc at)
{
	struct canon_opts o = {.at = at};
	for (uint32_t i = 0; i < c->opts.len; i++)
		take_opt(s, &o, &c->opts.data[i]);
	if (o.realloc)
		valid_realloc(&o);
	require(!o.lazy || !o.realloc, at, "lazy-realloc",
		"canonical option `lazy` conflicts with option `realloc`");
	require(!o.lazy || may_be_lazy(c->kind), at, "lazy-not-lowering",
		"canonical option `lazy` cannot be specified for `%s`",
		comp_canon_infos[c->kind].text);
	if (o.callback)
		valid_callback(&o);
	return o;
}

void
need_memory(const struct canon_opts *o, bool needed)
{
	require(!needed || o->memory, o->at, "memory-required",
		"canonical option `memory` is required");
}

void
need_realloc(const struct canon_opts *o, bool needed)
{
	require(!needed || o->realloc || o->lazy, o->at, "realloc-required",
		"canonical option `realloc` is required");
}

static void
need_async_type(const struct canon_opts *o, const struct ctype *ft)
{
	require(!o->is_async || ft->is_async, o->at, "async-option-sync-type",
		"the `async` canonical option requires an async function type");
}

/* ---- lift and lower ---- */

static bool
params_point(const struct ctype *ft)
{
	for (uint32_t i = 0; i < ft->nlabels; i++) {
		if (ft->labels[i].type->has_pointer)
			return true;
	}
	return false;
}

static bool
result_points(const struct ctype *ft)
{
	return ft->elem && ft->elem->has_pointer;
}

/* "[I32, I64]" */
static const char *
print_types(struct arena *a, const struct core_valtype *types, uint32_t n)
{
	struct strbuf b = {.arena = a};
	strbuf_adds(&b, "[");
	for (uint32_t i = 0; i < n && i <= FLAT_MAX; i++) {
		const char *name = core_valtype_name(types[i]);
		strbuf_adds(&b, i ? ", " : "");
		for (const char *p = name; *p; p++)
			strbuf_addc(&b, *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A') : *p);
	}
	strbuf_adds(&b, n > FLAT_MAX + 1 ? ", ...]" : "]");
	return strbuf_cstr(&b);
}

static void
need_callee_type(struct scope *s, const struct canon_opts *o, const struct core_functype *callee,
	const struct flat_func *want)
{
	const struct core_functype *f = core_func_of(s->arena, want);
	require(has_types(callee->params, callee->nparams, &want->params), o->at, "lift-params",
		"lowered parameter types `%s` do not match parameter types `%s` of core function",
		print_types(s->arena, f->params, f->nparams),
		print_types(s->arena, callee->params, callee->nparams));
	require(has_types(callee->results, callee->nresults, &want->results), o->at, "lift-results",
		"lowered result types `%s` do not match result types `%s` of core function",
		print_types(s->arena, f->results, f->nresults),
		print_types(s->arena, callee->results, callee->nresults));
}

static void
valid_post_return(const struct canon_opts *o, const struct flat_func *callee)
{
	struct flat_types none = {0};
	require(!o->is_async, o->at, "post-return-async",
		"canonical option `post-return` cannot be specified with `async`");
	need_signature(o->post_return, &callee->results, &none, "post-return",
		"post-return-signature", o->at);
}

void
note_types(const struct scope *s, struct comp_canon *c, const struct ctype *t)
{
	c->functype = t;
	c->types = s->spaces[SORT_TYPE].data;
	c->ntypes = s->spaces[SORT_TYPE].len;
}

static void
valid_lift(struct scope *s, struct comp_canon *c, struct loc at)
{
	const struct core_functype *callee = scope_core_func(s, c->func);
	const struct ctype *ft = scope_type(s, c->type.index, c->type.at);
	require(ft->kind == CT_FUNC, c->type.at, "not-a-func-type",
		"type index %u is not a function type", c->type.index);
	struct canon_opts o = valid_opts(s, c, at);
	need_async_type(&o, ft);
	bool many_params = flat_params(ft, o.wide).n > MAX_FLAT_PARAMS;
	bool many_results =
		flat_result(ft, o.wide).n > (o.is_async ? MAX_FLAT_PARAMS : MAX_FLAT_RESULTS);
	bool realloc = params_point(ft) || many_params;
	need_memory(&o, (realloc && !o.lazy) || result_points(ft) || many_results);
	need_realloc(&o, realloc);
	struct flat_func want = flat_functype(&o, ft, true);
	need_callee_type(s, &o, callee, &want);
	if (o.post_return)
		valid_post_return(&o, &want);
	note_types(s, c, ft);
	c->core_functype = callee;
	scope_add(s, SORT_FUNC, ft);
}

static void
valid_lower(struct scope *s, struct comp_canon *c, struct loc at)
{
	const struct ctype *ft = scope_func(s, c->func);
	struct canon_opts o = valid_opts(s, c, at);
	require(!o.post_return, at, "post-return-lower",
		"canonical option `post-return` cannot be specified for lowerings");
	require(!o.callback, at, "callback-lower",
		"canonical option `callback` cannot be specified for lowerings");
	need_async_type(&o, ft);
	bool many_params =
		flat_params(ft, o.wide).n > (o.is_async ? MAX_FLAT_ASYNC_PARAMS : MAX_FLAT_PARAMS);
	bool many_results = flat_result(ft, o.wide).n > (o.is_async ? 0 : MAX_FLAT_RESULTS);
	/* The document asks for a memory of every async lowering; the suite does not. */
	need_memory(&o,
		many_params || many_results || params_point(ft) || (result_points(ft) && !o.lazy));
	need_realloc(&o, result_points(ft));
	struct flat_func f = flat_functype(&o, ft, false);
	note_types(s, c, ft);
	c->core_functype = add_core_func(s, &f);
}

void
valid_canon(struct scope *s, struct comp_canon *c, struct loc at)
{
	switch (c->kind) {
	case CANON_LIFT: valid_lift(s, c, at); break;
	case CANON_LOWER: valid_lower(s, c, at); break;
	default: valid_builtin(s, c, at); break;
	}
}
