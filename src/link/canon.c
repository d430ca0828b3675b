/* canon.c - see canon.h: options, lift and lower by the functions of the store. */
#include "link/canon.h"

#include "link/builtins.h"
#include "link/callable.h"
#include "link/traced.h"

static CoreFuncInst *
func_option(struct scope *s, const struct comp_opt *opt)
{
	return callable_of_core(s, space_at(s, SORT_CORE_FUNC, opt->ref.index)->core_func,
		(struct called_as){.name = comp_opt_name(opt->kind)});
}

static CanonicalOptions *
options(struct scope *s, const struct comp_canon *canon)
{
	CanonicalOptions *o = arena_new_of(s->linked->arena, CanonicalOptions);
	o->string_encoding = utf8;
	for (uint32_t i = 0; i < canon->opts.len; i++) {
		const struct comp_opt *opt = &canon->opts.data[i];
		switch (opt->kind) {
		case OPT_UTF8: o->string_encoding = utf8; break;
		case OPT_UTF16: o->string_encoding = utf16; break;
		case OPT_LATIN1_UTF16: o->string_encoding = latin1_utf16; break;
		case OPT_MEMORY: o->memory = memory_at(s, opt->ref.index); break;
		case OPT_REALLOC: o->realloc = func_option(s, opt); break;
		case OPT_POST_RETURN: o->post_return = func_option(s, opt); break;
		case OPT_ASYNC: o->async_ = true; break;
		case OPT_LAZY: o->lazy = true; break;
		case OPT_CALLBACK: o->callback = func_option(s, opt); break;
		}
	}
	return o;
}

static void
push_core(struct scope *s, struct core_func *f)
{
	space_push(s, (struct link_item){.sort = SORT_CORE_FUNC, .core_func = f});
}

static const char *
lift_options(const CanonicalOptions *opts)
{
	if (opts->callback)
		return "async callback";
	return opts->async_ ? "async" : NULL;
}

static void
lift(struct scope *s, const struct comp_canon *canon)
{
	struct link_func *f = arena_new_of(s->linked->arena, struct link_func);
	struct core_func *callee = space_at(s, SORT_CORE_FUNC, canon->func.index)->core_func;
	f->type = space_at(s, SORT_TYPE, canon->type.index)->type->func;
	CanonicalOptions *opts = options(s, canon);
	struct called_as as = {.name = "lift", .how = lift_options(opts)};
	f->inst = Store_lift(
		s->linked->store, *callable_of_core(s, callee, as), f->type, opts, s->inst);
	if (trace_has_details)
		traced_lift(s, f, traced_core_name(s, callee), as.how);
	space_push(s, (struct link_item){.sort = SORT_FUNC, .func = f});
}

static void
lower(struct scope *s, const struct comp_canon *canon)
{
	const struct link_func *f = space_at(s, SORT_FUNC, canon->func.index)->func;
	CanonicalOptions *opts = options(s, canon);
	CoreFuncInst lowered = Store_lower(s->linked->store, f->inst, f->type, opts, s->inst);
	CoreFuncType type = flatten_functype(opts, f->type, context_lower);
	struct called_as as = {"lower", f->name, opts->async_ ? "async" : NULL};
	push_core(s, core_of_callable(s, lowered, type, as));
}

void
canon_define(struct scope *s, const struct comp_canon *canon, struct loc at)
{
	switch (canon->kind) {
	case CANON_LIFT: lift(s, canon); break;
	case CANON_LOWER: lower(s, canon); break;
	default: push_core(s, builtin_define(s, canon, options(s, canon), at)); break;
	}
}
