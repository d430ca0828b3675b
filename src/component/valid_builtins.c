/* valid_builtins.c - the canonical built-ins: which core function each of them is, and what
 * it asks of its immediates. CanonicalABI.md, "Canonical Definitions", but lift and lower. */
#include "component/valid_canon.h"

#include "base/error.h"

static void
add_letters(struct flat_types *f, const char *letters, bool wide)
{
	for (; *letters; letters++)
		flat_add(f, *letters == 'l' || (*letters == 'p' && wide) ? FLAT_I64 : FLAT_I32);
}

static const struct core_functype *
add_builtin(struct scope *s, enum comp_canon_kind kind, bool wide)
{
	struct flat_func f = {.wide = wide};
	add_letters(&f.params, comp_canon_infos[kind].params, wide);
	add_letters(&f.results, comp_canon_infos[kind].results, wide);
	return add_core_func(s, &f);
}

/* ---- resources ---- */

static const struct resource *
valid_resource_type(struct scope *s, const struct comp_canon *c)
{
	const struct ctype *t = scope_type(s, c->type.index, c->type.at);
	require(t->kind == CT_RESOURCE, c->type.at, "not-a-resource-type",
		"type index %u is not a resource type", c->type.index);
	return t->resource;
}

static void
valid_resource_builtin(struct scope *s, const struct comp_canon *c)
{
	const struct resource *r = valid_resource_type(s, c);
	if (c->kind == CANON_RESOURCE_DROP) {
		add_builtin(s, c->kind, false);
		return;
	}
	require(r->local && r->scope == s, c->type.at, "resource-not-local",
		"type index %u is not a local resource", c->type.index);
	struct flat_func f = {0};
	bool new = c->kind == CANON_RESOURCE_NEW;
	flat_add_pointer(&f.params, new && r->rep64);
	flat_add_pointer(&f.results, !new && r->rep64);
	add_core_func(s, &f);
}

/* ---- tasks ---- */

static void
valid_context(struct scope *s, const struct comp_canon *c, struct loc at)
{
	bool wide = core_valtype_equal(c->slot_type, CORE_I64);
	require(wide || core_valtype_equal(c->slot_type, CORE_I32), at, "context-type",
		"the type of context storage has to be `i32` or `i64`");
	require(c->slot < 2, at, "context-slot", "context storage has no slot %u", c->slot);
	require(!s->has_context_type || core_valtype_equal(s->context_type, c->slot_type), at,
		"context-type-conflict",
		"all of a component's context storage has to be of the same type");
	s->has_context_type = true;
	s->context_type = c->slot_type;
	struct flat_func f = {0};
	flat_add_pointer(c->kind == CANON_CONTEXT_GET ? &f.results : &f.params, wide);
	add_core_func(s, &f);
}

static void
valid_task_return(struct scope *s, const struct comp_canon *c, struct loc at)
{
	struct canon_opts o = valid_opts(s, c, at);
	require(!o.realloc && !o.post_return && !o.is_async && !o.callback, at,
		"task-return-options",
		"`task.return` can only have the options `memory` and `string-encoding`");
	const struct ctype *t = valid_value_type(s, &c->result);
	require(!t || !t->has_borrow, at, "result-borrow",
		"function result cannot contain a `borrow` type");
	struct flat_func f = {.wide = o.wide};
	if (t)
		f.params = *flat_value(t, o.wide);
	bool many = f.params.n > FLAT_MAX;
	need_memory(&o, t && (t->has_pointer || many));
	if (many) {
		f.params.n = 0;
		flat_add_pointer(&f.params, o.wide);
	}
	add_core_func(s, &f);
}

static void
valid_waitable_set(struct scope *s, const struct comp_canon *c)
{
	const struct core_sig *m = scope_get(s, SORT_CORE_MEMORY, c->memory.index, c->memory.at);
	add_builtin(s, c->kind, m->memory.limits.is_64);
}

/* ---- streams and futures ---- */

static bool
is_stream_builtin(enum comp_canon_kind kind)
{
	return kind >= CANON_STREAM_NEW && kind <= CANON_STREAM_DROP_WRITABLE;
}

static const struct ctype *
valid_async_type(struct scope *s, const struct comp_canon *c)
{
	bool stream = is_stream_builtin(c->kind);
	const struct ctype *t = scope_type(s, c->type.index, c->type.at);
	require(t->kind == (stream ? CT_STREAM : CT_FUTURE), c->type.at,
		stream ? "not-a-stream-type" : "not-a-future-type", "`%s` requires a %s type",
		comp_canon_infos[c->kind].text, stream ? "stream" : "future");
	return t;
}

static void
valid_copy(struct scope *s, struct comp_canon *c, struct loc at)
{
	const struct ctype *t = valid_async_type(s, c);
	struct canon_opts o = valid_opts(s, c, at);
	bool read = c->kind == CANON_STREAM_READ || c->kind == CANON_FUTURE_READ;
	require(!o.post_return, at, "post-return-builtin",
		"canonical option `post-return` cannot be specified for `%s`",
		comp_canon_infos[c->kind].text);
	require(!o.callback, at, "callback-builtin",
		"canonical option `callback` cannot be specified for `%s`",
		comp_canon_infos[c->kind].text);
	need_memory(&o, t->elem);
	need_realloc(&o, read && t->elem && t->elem->has_pointer);
	note_types(s, c, t);
	c->core_functype = add_builtin(s, c->kind, o.wide);
}

static void
valid_error_context(struct scope *s, struct comp_canon *c, struct loc at)
{
	struct canon_opts o = valid_opts(s, c, at);
	require(!o.is_async && !o.post_return && !o.callback, at, "error-context-options",
		"`%s` can only have the options `memory`, `realloc` and `string-encoding`",
		comp_canon_infos[c->kind].text);
	need_memory(&o, true);
	need_realloc(&o, c->kind == CANON_ERROR_CONTEXT_DEBUG_MESSAGE);
	c->core_functype = add_builtin(s, c->kind, o.wide);
}

/* ---- lazy values: spec/lazy.md ---- */

static void
valid_value_lower(struct scope *s, const struct comp_canon *c, struct loc at)
{
	struct canon_opts o = valid_opts(s, c, at);
	require(!o.realloc && !o.is_async && !o.post_return && !o.callback, at,
		"value-lower-options",
		"`value.lower` can only have the options `memory` and `string-encoding`");
	const struct ctype *t = valid_value_type(s, &c->result);
	require(t->kind == CT_LIST || t->kind == CT_MAP || t->kind == CT_TUPLE ||
			(t->kind == CT_PRIM && t->prim == VAL_STRING),
		c->result.at, "value-lower-type",
		"`value.lower` requires a string, a list, a map or a tuple");
	need_memory(&o, true);
	add_builtin(s, c->kind, o.wide);
}

/* ---- threads ---- */

static void
valid_new_indirect(struct scope *s, const struct comp_canon *c)
{
	const struct core_typedef *t =
		scope_get(s, SORT_CORE_TYPE, c->core_type.index, c->core_type.at);
	const struct core_sig *table = scope_get(s, SORT_CORE_TABLE, c->table.index, c->table.at);
	bool is_func = t->sub && t->sub->kind == CORE_COMP_FUNC;
	const struct core_functype *f = is_func ? &t->sub->func : NULL;
	bool wide = f && f->nparams == 1 && core_valtype_equal(f->params[0], CORE_I64);
	require(f && f->nparams == 1 && f->nresults == 0 &&
			(wide || core_valtype_equal(f->params[0], CORE_I32)),
		c->core_type.at, "thread-start-type",
		"start function must take a single `i32` or `i64` argument and return nothing");
	require(core_valtype_equal(table->table.elem, CORE_FUNCREF), c->table.at,
		"thread-table-type", "threads start from tables of `funcref`");
	struct flat_func new = {0};
	flat_add_pointer(&new.params, table->table.limits.is_64);
	flat_add_pointer(&new.params, wide);
	flat_add(&new.results, FLAT_I32);
	add_core_func(s, &new);
}

void
valid_builtin(struct scope *s, struct comp_canon *c, struct loc at)
{
	switch (comp_canon_infos[c->kind].imm) {
	case IMM_TYPE:
		if (c->kind <= CANON_RESOURCE_REP) {
			valid_resource_builtin(s, c);
			return;
		}
		valid_async_type(s, c);
		break;
	case IMM_TYPE_ASYNC: valid_async_type(s, c); break;
	case IMM_TYPE_OPTS: valid_copy(s, c, at); return;
	case IMM_CONTEXT: valid_context(s, c, at); return;
	case IMM_RESULT_OPTS: valid_task_return(s, c, at); return;
	case IMM_VALTYPE_OPTS: valid_value_lower(s, c, at); return;
	case IMM_CANCEL_MEMORY: valid_waitable_set(s, c); return;
	case IMM_OPTS: valid_error_context(s, c, at); return;
	case IMM_CORETYPE_TABLE: valid_new_indirect(s, c); return;
	case IMM_SHARED:
	case IMM_SHARED_CORETYPE:
	case IMM_SHARED_CORETYPE_TABLE:
		raise_error(ERR_UNSUPPORTED, at, "shared-threads", "`%s`",
			comp_canon_infos[c->kind].text);
	default: break;
	}
	add_builtin(s, c->kind, false);
}
