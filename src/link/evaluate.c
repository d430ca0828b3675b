/* evaluate.c - see evaluate.h. */
#include "link/evaluate.h"

#include "base/error.h"
#include "link/link.h"
#include "link/types.h"

struct evaluate_env {
	struct link_evaluated *to;
	const struct component *ast;
};

static struct link_evaluated_type
evaluate_type(struct scope *s, const struct comp_type *ast)
{
	struct link_type *t = type_eval(s, ast);
	space_push(s, (struct link_item){.sort = SORT_TYPE, .type = t});
	return (struct link_evaluated_type){t->kind == TYPE_VALUE ? t->value : NULL,
		t->kind == TYPE_FUNC ? t->func : NULL,
		t->kind == TYPE_RESOURCE ? t->resource : NULL};
}

static void
evaluate(void *env)
{
	struct evaluate_env *e = env;
	struct link_evaluated *to = e->to;
	struct linked *l = to->linked;
	heap_swap(l->arena);
	to->store = l->store = Store_new(l->arena);
	to->inst = ComponentInstance_new(l->store, NULL);
	struct scope *s = arena_new_of(l->arena, struct scope);
	*s = (struct scope){.linked = l, .ast = e->ast, .inst = to->inst};
	to->types = arena_array_of(l->arena, e->ast->defs.len, struct link_evaluated_type);
	for (uint32_t i = 0; i < e->ast->defs.len; i++) {
		const struct comp_def *def = &e->ast->defs.data[i];
		if (def->kind != DEF_TYPE)
			raise_error(
				ERR_SCRIPT, def->at, "not-a-type", "this is no type definition");
		to->types[to->ntypes++] = evaluate_type(s, def->type);
	}
}

struct link_evaluated
link_evaluate(const struct component *c)
{
	struct arena *a = arena_new(0);
	struct linked *l = arena_new_of(a, struct linked);
	struct link_evaluated result = {.linked = l, .arena = a};
	struct evaluate_env e = {&result, c};
	struct error err;
	l->arena = a;
	struct arena *callers = heap_swap(NULL);
	bool ok = protect(evaluate, &e, &err);
	heap_swap(callers);
	if (!ok) {
		arena_free(a);
		raise_again(&err);
	}
	return result;
}
