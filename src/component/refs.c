/* refs.c - see refs.h. */
#include "component/refs.h"

struct visit {
	comp_ref_fn *fn;
	void *env;
	uint32_t depth;
};

static void
at(const struct visit *v, struct comp_ref *ref)
{
	if (!v->depth)
		v->fn(v->env, ref->sort, &ref->index);
}

static void
at_index(const struct visit *v, enum comp_sort sort, uint32_t *index)
{
	if (!v->depth)
		v->fn(v->env, sort, index);
}

static void
at_valtype(const struct visit *v, struct comp_valtype *t)
{
	if (t->kind == VAL_INDEX)
		at_index(v, SORT_TYPE, &t->index);
}

static void
visit_defs(const struct visit *v, struct component *c)
{
	for (uint32_t i = 0; i < c->defs.len; i++)
		comp_def_refs(&c->defs.data[i], v->depth + 1, v->fn, v->env);
}

static void
visit_instance(const struct visit *v, struct comp_instance *i)
{
	if (i->is_instantiate)
		at(v, &i->target);
	for (uint32_t k = 0; k < i->args.len; k++)
		at(v, &i->args.data[k].ref);
	for (uint32_t k = 0; k < i->exports.len; k++)
		at(v, &i->exports.data[k].ref);
}

static void
visit_alias(const struct visit *v, struct comp_alias *a)
{
	if (a->kind != ALIAS_OUTER)
		at(v, &a->instance);
	else if (a->outer_count == v->depth)
		v->fn(v->env, a->sort, &a->outer_index);
}

/* A module type is a scope, too. */
static void
visit_core_type(const struct visit *v, struct comp_core_type *t)
{
	for (uint32_t i = 0; i < t->decls.len; i++) {
		struct comp_module_decl *d = &t->decls.data[i];
		if (d->kind == MODULE_DECL_ALIAS && d->outer_count == v->depth + 1)
			v->fn(v->env, SORT_CORE_TYPE, &d->outer_index);
	}
}

static void
visit_type(const struct visit *v, struct comp_type *t)
{
	for (uint32_t i = 0; i < t->labels.len; i++)
		at_valtype(v, &t->labels.data[i].type);
	at_valtype(v, &t->elem);
	at_valtype(v, &t->error);
	at_valtype(v, &t->key);
	if (t->kind == CT_OWN || t->kind == CT_BORROW)
		at_index(v, SORT_TYPE, &t->resource);
	if (t->has_dtor)
		at(v, &t->dtor);
	if (t->decls)
		visit_defs(v, t->decls);
}

static void
visit_canon(const struct visit *v, struct comp_canon *c)
{
	enum comp_canon_imm imm = comp_canon_infos[c->kind].imm;
	if (imm == IMM_LIFT || imm == IMM_LOWER)
		at(v, &c->func);
	if (imm == IMM_LIFT || imm == IMM_TYPE || imm == IMM_TYPE_OPTS || imm == IMM_TYPE_ASYNC)
		at(v, &c->type);
	for (uint32_t i = 0; i < c->opts.len; i++)
		if (comp_opt_sort(c->opts.data[i].kind) != SORT_COUNT)
			at(v, &c->opts.data[i].ref);
	at_valtype(v, &c->result);
	if (imm == IMM_CANCEL_MEMORY)
		at(v, &c->memory);
	if (imm == IMM_CORETYPE_TABLE || imm == IMM_SHARED_CORETYPE ||
		imm == IMM_SHARED_CORETYPE_TABLE)
		at(v, &c->core_type);
	if (imm == IMM_CORETYPE_TABLE || imm == IMM_SHARED_CORETYPE_TABLE)
		at(v, &c->table);
}

static void
visit_extern(const struct visit *v, struct comp_extern_type *t)
{
	switch (t->how) {
	case EXTERN_TYPE:
		at_index(v, t->sort == SORT_CORE_MODULE ? SORT_CORE_TYPE : SORT_TYPE, &t->index);
		break;
	case EXTERN_TYPE_EQ: at_index(v, SORT_TYPE, &t->index); break;
	case EXTERN_VALUE_EQ: at_index(v, SORT_VALUE, &t->index); break;
	case EXTERN_VALUE_TYPE: at_valtype(v, &t->valtype); break;
	case EXTERN_SUB_RESOURCE: break;
	}
}

static void
visit_export(const struct visit *v, struct comp_export *x)
{
	if (!x->is_decl)
		at(v, &x->ref);
	if (x->is_decl || x->has_type)
		visit_extern(v, &x->type);
}

static void
visit_start(const struct visit *v, struct comp_start *s)
{
	at(v, &s->func);
	for (uint32_t i = 0; i < s->args.len; i++)
		at(v, &s->args.data[i]);
}

void
comp_def_refs(struct comp_def *d, uint32_t depth, comp_ref_fn *fn, void *env)
{
	struct visit v = {fn, env, depth};
	switch (d->kind) {
	case DEF_CORE_MODULE: break;
	case DEF_CORE_TYPE: visit_core_type(&v, d->core_type); break;
	case DEF_COMPONENT: visit_defs(&v, d->component); break;
	case DEF_CORE_INSTANCE:
	case DEF_INSTANCE: visit_instance(&v, &d->instance); break;
	case DEF_ALIAS: visit_alias(&v, &d->alias); break;
	case DEF_TYPE: visit_type(&v, d->type); break;
	case DEF_CANON: visit_canon(&v, &d->canon); break;
	case DEF_START: visit_start(&v, &d->start); break;
	case DEF_IMPORT: visit_extern(&v, &d->import.type); break;
	case DEF_EXPORT: visit_export(&v, &d->export); break;
	case DEF_VALUE: at_valtype(&v, &d->value.type); break;
	}
}

/* ---- more definitions ---- */

void
comp_count_indices(const struct component *c, uint32_t n, uint32_t counts[SORT_COUNT])
{
	for (int sort = 0; sort < SORT_COUNT; sort++)
		counts[sort] = 0;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t count;
		enum comp_sort sort = comp_def_sort(&c->defs.data[i], &count);
		if (sort != SORT_COUNT)
			counts[sort] += count;
	}
}

struct shift {
	uint32_t from[SORT_COUNT], by[SORT_COUNT];
};

static void
shift_index(void *env, enum comp_sort sort, uint32_t *index)
{
	const struct shift *s = env;
	if (*index >= s->from[sort])
		*index += s->by[sort];
}

void
comp_insert_defs(struct arena *a, struct component *c, uint32_t place, const struct comp_def *defs,
	uint32_t n)
{
	struct shift s;
	const struct component added = {.defs = {(struct comp_def *)defs, n, n}};
	comp_count_indices(c, place, s.from);
	comp_count_indices(&added, n, s.by);
	for (uint32_t i = place; i < c->defs.len; i++)
		comp_def_refs(&c->defs.data[i], 0, shift_index, &s);
	for (uint32_t i = 0; i < c->ids.len; i++)
		shift_index(&s, c->ids.data[i].sort, &c->ids.data[i].index);
	for (uint32_t i = 0; i < c->customs.len; i++)
		c->customs.data[i].place += c->customs.data[i].place > place ? n : 0;
	vec_reserve(a, &c->defs, n);
	struct comp_def *at_place = c->defs.data + place;
	memmove(at_place + n, at_place, (c->defs.len - place) * sizeof *defs);
	memcpy(at_place, defs, n * sizeof *defs);
	c->defs.len += n;
}
