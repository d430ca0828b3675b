/* instance.c - stores, and what of instance.h is neither memory nor table. */
#include "core/instance.h"

#include <inttypes.h>
#include <string.h>

#include "core/collect.h"
#include "core/engine.h"
#include "core/exec_stack.h"
#include "core/types.h"

struct core_store *
core_store_new(struct arena *a)
{
	core_engine_start();
	struct core_store *s = arena_new_of(a, struct core_store);
	s->arena = a;
	s->exec = exec_pool_new(a);
	s->types = core_types_new(a);
	s->objects = core_objects_new(a);
	return s;
}

uint32_t
core_store_type_id(struct core_store *s, const struct core_functype *type)
{
	return core_types_number_func(s->types, type);
}

const struct core_functype *
core_store_functype(const struct core_store *s, uint32_t id)
{
	const struct core_subtype *t = core_types_at(s->types, id);
	return t->kind == CORE_COMP_FUNC ? &t->func : NULL;
}

struct core_func *
core_func_new(struct core_store *s, uint32_t type_id)
{
	struct core_func *f = arena_new_of(s->arena, struct core_func);
	f->type_id = type_id;
	f->type = core_store_functype(s, type_id);
	f->nparams = core_valtypes_slots(f->type->params, f->type->nparams);
	f->nresults = core_valtypes_slots(f->type->results, f->type->nresults);
	return f;
}

struct core_func *
core_host_func(struct core_store *s, const struct core_functype *type, core_host_fn *fn, void *env)
{
	struct core_func *f = core_func_new(s, core_store_type_id(s, type));
	f->host = fn;
	f->env = env;
	return f;
}

struct core_global *
core_global_new(struct core_store *s, struct core_globaltype type, const union core_raw *value)
{
	struct core_global *g = arena_new_of(s->arena, struct core_global);
	g->type = type;
	memcpy(g->value, value, core_valtype_slots(type.type) * sizeof *value);
	g->next = s->globals;
	s->globals = g;
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
	default: x.tag = inst->tags[index]; break;
	}
	return x;
}

static const struct core_export_def *
find_export(const struct core_instance *inst, struct str name)
{
	const struct core_module *m = inst->module;
	uint32_t at;
	if (inst->exports.len)
		return strmap_get(&inst->exports, name, &at) ? &m->exports.data[at] : NULL;
	for (uint32_t i = 0; i < m->exports.len; i++)
		if (str_eq(m->exports.data[i].name, name))
			return &m->exports.data[i];
	return NULL;
}

bool
core_instance_export(const struct core_instance *inst, struct str name, struct core_extern *out)
{
	const struct core_export_def *e = find_export(inst, name);
	if (e)
		*out = extern_at(inst, e->sort, e->index);
	return e != NULL;
}

/* ---- messages ---- */

static void
print_functype(struct strbuf *out, const struct core_functype *t)
{
	if (t->nparams + t->nresults)
		strbuf_addc(out, ' ');
	core_functype_print(out, t);
}

static void
print_limits(struct strbuf *out, const struct core_limits *l, uint64_t size)
{
	strbuf_printf(out, "%s %" PRIu64, l->is_64 ? " i64" : "", size);
	if (l->has_max)
		strbuf_printf(out, " %" PRIu64, l->max);
}

void
core_extern_print(struct strbuf *out, const struct core_extern *x)
{
	strbuf_adds(out, core_sort_name(x->sort));
	switch (x->sort) {
	case CORE_SORT_FUNC: print_functype(out, x->func->type); break;
	case CORE_SORT_TABLE:
		print_limits(out, &x->table->type.limits, x->table->len);
		strbuf_printf(out, " %s", core_valtype_name(x->table->type.elem));
		break;
	case CORE_SORT_MEMORY:
		print_limits(out, &x->memory->type.limits, x->memory->bytes.len / CORE_PAGE);
		break;
	case CORE_SORT_GLOBAL:
		strbuf_printf(out, x->global->type.mutable ? " (mut %s)" : " %s",
			core_valtype_name(x->global->type.type));
		break;
	default: print_functype(out, x->tag->type);
	}
}
