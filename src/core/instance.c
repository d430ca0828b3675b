/* instance.c - stores, and what of instance.h is neither memory nor table. */
#include "core/instance.h"

#include "core/exec_stack.h"

struct core_store *
core_store_new(struct arena *a)
{
	struct core_store *s = arena_new_of(a, struct core_store);
	s->arena = a;
	s->exec = exec_pool_new(a);
	s->type_ids.arena = a;
	return s;
}

static struct core_valtype *
copy_types(struct arena *a, const struct core_valtype *types, uint32_t n)
{
	struct core_valtype *copy = arena_array_of(a, n, struct core_valtype);
	for (uint32_t i = 0; i < n; i++)
		copy[i] = types[i];
	return copy;
}

static void
add_key(struct strbuf *key, const struct core_valtype *types, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		strbuf_printf(key, "%u.%u.%u.%u ", types[i].kind, types[i].heap, types[i].nullable,
			types[i].index);
}

const struct core_functype *
core_store_functype(struct core_store *s, const struct core_functype *type)
{
	struct strbuf key = {.arena = s->arena};
	uint32_t id;
	add_key(&key, type->params, type->nparams);
	strbuf_addc(&key, ':');
	add_key(&key, type->results, type->nresults);
	if (strmap_get(&s->type_ids, strbuf_str(&key), &id))
		return s->types.data[id];
	struct core_functype *copy = arena_new_of(s->arena, struct core_functype);
	copy->nparams = type->nparams;
	copy->nresults = type->nresults;
	copy->params = copy_types(s->arena, type->params, type->nparams);
	copy->results = copy_types(s->arena, type->results, type->nresults);
	strmap_put(&s->type_ids, strbuf_str(&key), s->types.len);
	vec_push(s->arena, &s->types, copy);
	return copy;
}

struct core_func *
core_host_func(struct core_store *s, const struct core_functype *type, core_host_fn *fn, void *env)
{
	struct core_func *f = arena_new_of(s->arena, struct core_func);
	f->type = core_store_functype(s, type);
	f->host = fn;
	f->env = env;
	return f;
}

struct core_global *
core_global_new(struct core_store *s, struct core_globaltype type, union core_raw value)
{
	struct core_global *g = arena_new_of(s->arena, struct core_global);
	g->type = type;
	g->value = value;
	return g;
}

static struct core_extern
extern_at(const struct core_instance *inst, enum core_sort sort, uint32_t index)
{
	struct core_extern x = {.sort = sort};
	switch (sort) {
	case CORE_SORT_FUNC: x.func = inst->funcs[index]; break;
	case CORE_SORT_TABLE: x.table = inst->tables[index]; break;
	case CORE_SORT_MEMORY: x.memory = inst->memories[index]; break;
	case CORE_SORT_GLOBAL: x.global = inst->globals[index]; break;
	default: break; /* no tag has been validated */
	}
	return x;
}

bool
core_instance_export(const struct core_instance *inst, struct str name, struct core_extern *out)
{
	for (uint32_t i = 0; i < inst->module->exports.len; i++) {
		const struct core_export_def *e = &inst->module->exports.data[i];
		if (!str_eq(e->name, name))
			continue;
		*out = extern_at(inst, e->sort, e->index);
		return true;
	}
	return false;
}
