/* builtins_define.c - from a definition of a canonical built-in in a component to a core function:
 * evaluates its immediates. See builtins.h. */
#include "base/error.h"
#include "link/builtins.h"
#include "link/callable.h"
#include "link/types.h"

/* ---- the table of thread.new-indirect ---- */

struct table_view {
	struct scope *scope;
	struct core_table *table;
};

static CoreFuncRef *
func_ref(struct scope *s, struct core_func *f)
{
	CoreFuncRef *ref = NEW(CoreFuncRef);
	for (uint32_t i = 0; i < f->type->nparams; i++)
		append(&ref->t.params, core_type_of(f->type->params[i]));
	for (uint32_t i = 0; i < f->type->nresults; i++)
		append(&ref->t.results, core_type_of(f->type->results[i]));
	ref->callee = *callable_of_core(s, f, (struct called_as){.name = "thread"});
	return ref;
}

/* The core table as a table of the ABI, in which only the entry that is asked for is filled. */
static Table *
view_table(void *env, num at)
{
	const struct table_view *v = env;
	Table *view = NEW(Table);
	view->arena = heap();
	for (uint32_t i = 0; i < v->table->len; i++) {
		struct core_func *f = i == at ? v->table->elems[i].ref : NULL;
		append(&view->array, f ? (void *)func_ref(v->scope, f) : NULL);
	}
	return view;
}

static void
start_and_table(struct scope *s, struct builtin *b, const struct comp_canon *canon)
{
	struct arena *a = s->linked->arena;
	const struct core_functype *start =
		space_at(s, SORT_CORE_TYPE, canon->core_type.index)->core_type->func;
	struct table_view *v = arena_new_of(a, struct table_view);
	*v = (struct table_view){s, space_at(s, SORT_CORE_TABLE, canon->table.index)->table};
	b->table.view = view_table;
	b->table.env = v;
	b->table.addrtype = v->table->type.limits.is_64 ? i64 : i32;
	vec_push(a, &b->start.params, core_type_of(start->params[0]));
}

/* ---- the other immediates ---- */

static void
task_result(struct scope *s, struct builtin *b, const struct comp_canon *canon)
{
	ValType *t = valtype_eval(s, canon->result);
	if (t)
		vec_push(s->linked->arena, &b->result, t);
}

/* What value.lower stores inside of the value waits, too. */
static void
lazy_value(struct scope *s, struct builtin *b, const struct comp_canon *canon)
{
	b->type = valtype_eval(s, canon->result);
	b->opts->lazy = true;
}

static void
typed_immediate(struct scope *s, struct builtin *b, const struct comp_canon *canon)
{
	const struct link_type *t = space_at(s, SORT_TYPE, canon->type.index)->type;
	if (canon->kind <= CANON_RESOURCE_REP)
		b->rt = t->resource;
	else
		b->type = t->value;
}

static void
context_slot(struct builtin *b, const struct comp_canon *canon)
{
	b->slot_type = core_type_of(canon->slot_type);
	b->slot = canon->slot;
}

struct core_func *
builtin_define(
	struct scope *s, const struct comp_canon *canon, CanonicalOptions *opts, struct loc at)
{
	const struct comp_canon_info *info = &comp_canon_infos[canon->kind];
	if (!builtin_can_run(canon->kind))
		raise_error(ERR_UNSUPPORTED, at, info->gate,
			"`canon %s` has no definition that can run", info->text);
	struct builtin b = {.kind = canon->kind,
		.opts = opts,
		.async_ = canon->is_async,
		.cancellable = canon->is_cancellable};
	switch (info->imm) {
	case IMM_CONTEXT: context_slot(&b, canon); break;
	case IMM_RESULT_OPTS: task_result(s, &b, canon); break;
	case IMM_VALTYPE_OPTS: lazy_value(s, &b, canon); break;
	case IMM_CORETYPE_TABLE: start_and_table(s, &b, canon); break;
	case IMM_CANCEL_MEMORY: b.memory = memory_at(s, canon->memory.index); break;
	case IMM_TYPE:
	case IMM_TYPE_OPTS:
	case IMM_TYPE_ASYNC: typed_immediate(s, &b, canon); break;
	default: break;
	}
	struct arena *a = s->linked->arena;
	return core_of_callable(s, builtin_func(a, &b), builtin_type(a, &b),
		(struct called_as){.name = info->text, .how = canon->is_async ? "async" : NULL});
}
