/* valid.c - core specification, "Validation", "Modules" and "Types". Bodies and constant
 * expressions are valid_func's. */
#include "core/valid.h"

#include "base/budget.h"
#include "base/error.h"
#include "core/types.h"
#include "core/valid_func.h"

/* By the address type. */
#define MAX_PAGES_32   (UINT64_C(1) << 16)
#define MAX_PAGES_64   (UINT64_C(1) << 48)
#define MAX_ENTRIES_32 UINT64_C(0xffffffff)
#define MAX_ENTRIES_64 UINT64_MAX

static void
check_limits(const struct core_limits *l, uint64_t most, const char *reason, const char *what,
	struct loc at)
{
	require(!l->is_shared || l->has_max, at, "shared-without-maximum",
		"shared memory must have maximum size");
	require(l->min <= most && (!l->has_max || l->max <= most), at, reason, "%s", what);
	require(!l->has_max || l->min <= l->max, at,
		"size-minimum-must-not-be-greater-than-maximum",
		"size minimum must not be greater than maximum");
}

static void
check_memtype(const struct core_memtype *t, struct loc at)
{
	bool wide = t->limits.is_64;
	check_limits(&t->limits, wide ? MAX_PAGES_64 : MAX_PAGES_32, "memory-size",
		wide ? "memory size must be at most 2^48 pages (2^64 bytes)"
		     : "memory size must be at most 65536 pages (4 GiB)",
		at);
}

static void
check_tabletype(const struct core_module *m, const struct core_tabletype *t, struct loc at)
{
	check_limits(&t->limits, t->limits.is_64 ? MAX_ENTRIES_64 : MAX_ENTRIES_32, "table-size",
		"table size must be at most 2^32-1 entries", at);
	valid_valtype(m, t->elem, at);
}

static void
check_func_type_index(const struct core_module *m, uint32_t type, struct loc at)
{
	const struct core_functype *t = core_module_functype(m, type);
	require(t != NULL, at, "unknown-type", "unknown type %u", type);
	for (uint32_t k = 0; k < t->nparams; k++)
		valid_valtype(m, t->params[k], at);
	for (uint32_t k = 0; k < t->nresults; k++)
		valid_valtype(m, t->results[k], at);
}

static void
check_tag(const struct core_module *m, uint32_t type, struct loc at)
{
	check_func_type_index(m, type, at);
	require(core_module_functype(m, type)->nresults == 0, at, "tag-result-type",
		"non-empty tag result type");
}

static void
check_import(const struct core_module *m, const struct core_import_def *i)
{
	const struct core_externtype *t = &i->type;
	switch (t->sort) {
	case CORE_SORT_FUNC: check_func_type_index(m, t->type, i->at); break;
	case CORE_SORT_TABLE: check_tabletype(m, &t->table, i->at); break;
	case CORE_SORT_MEMORY: check_memtype(&t->memory, i->at); break;
	case CORE_SORT_GLOBAL: valid_valtype(m, t->global.type, i->at); break;
	default: check_tag(m, t->type, i->at);
	}
}

static void
declare_in(const struct core_module *m, bool *declared, const struct core_expr *e)
{
	for (uint32_t i = 0; i < e->ninstrs; i++)
		if (e->instrs[i].op == CORE_OP_REF_FUNC && e->instrs[i].index < m->funcs.len)
			declared[e->instrs[i].index] = true;
}

/* The functions that ref.func may name in a body: those that the module names anywhere but in
 * bodies and as its start function. */
static const bool *
declared_funcs(struct arena *a, const struct core_module *m)
{
	bool *declared = arena_array_of(a, m->funcs.len, bool);
	for (uint32_t i = 0; i < m->globals.len; i++)
		declare_in(m, declared, &m->globals.data[i].init);
	for (uint32_t i = 0; i < m->tables.len; i++)
		declare_in(m, declared, &m->tables.data[i].init);
	for (uint32_t i = 0; i < m->elems.len; i++) {
		const struct core_elem_def *e = &m->elems.data[i];
		declare_in(m, declared, &e->offset);
		for (uint32_t k = 0; k < e->nitems; k++)
			declare_in(m, declared, &e->items[k]);
	}
	for (uint32_t i = 0; i < m->exports.len; i++) {
		const struct core_export_def *e = &m->exports.data[i];
		if (e->sort == CORE_SORT_FUNC && e->index < m->funcs.len)
			declared[e->index] = true;
	}
	return declared;
}

static uint32_t
imported_globals(const struct core_module *m)
{
	uint32_t n = 0;
	while (n < m->globals.len && m->globals.data[n].imported)
		n++;
	return n;
}

/* A table's initialiser sees the imported globals only, a global's those before it. */
static void
check_definitions(struct valid_env *env, const struct core_module *m)
{
	for (uint32_t i = 0; i < m->funcs.len; i++)
		check_func_type_index(m, m->funcs.data[i].type, m->funcs.data[i].at);
	for (uint32_t i = 0; i < m->tags.len; i++)
		check_tag(m, m->tags.data[i].type, m->tags.data[i].at);
	for (uint32_t i = 0; i < m->mems.len; i++)
		check_memtype(&m->mems.data[i].type, m->mems.data[i].at);
	for (uint32_t i = 0; i < m->tables.len; i++) {
		const struct core_table_def *t = &m->tables.data[i];
		check_tabletype(m, &t->type, t->at);
		require(t->imported || t->has_init || core_valtype_has_default(t->type.elem), t->at,
			"type-mismatch", "type mismatch: a table of %s needs a value to start with",
			core_valtype_name(t->type.elem));
		if (t->has_init)
			valid_const_expr(env, &t->init, t->type.elem, imported_globals(m));
	}
	for (uint32_t i = 0; i < m->globals.len; i++) {
		const struct core_global_def *g = &m->globals.data[i];
		valid_valtype(m, g->type.type, g->at);
		if (!g->imported)
			valid_const_expr(env, &g->init, g->type.type, i);
	}
}

static void
check_datas(struct valid_env *env, const struct core_module *m)
{
	for (uint32_t i = 0; i < m->datas.len; i++) {
		const struct core_data_def *d = &m->datas.data[i];
		if (d->mode != CORE_ACTIVE)
			continue;
		require(d->memory < m->mems.len, d->at, "unknown-memory", "unknown memory %u",
			d->memory);
		valid_const_expr(env, &d->offset,
			core_address_type(&m->mems.data[d->memory].type.limits), m->globals.len);
	}
}

static void
check_elems(struct valid_env *env, const struct core_module *m)
{
	for (uint32_t i = 0; i < m->elems.len; i++) {
		const struct core_elem_def *e = &m->elems.data[i];
		valid_valtype(m, e->type, e->at);
		for (uint32_t k = 0; k < e->nitems; k++)
			valid_const_expr(env, &e->items[k], e->type, m->globals.len);
		if (e->mode != CORE_ACTIVE)
			continue;
		require(e->table < m->tables.len, e->at, "unknown-table", "unknown table %u",
			e->table);
		const struct core_tabletype *table = &m->tables.data[e->table].type;
		struct core_valtype to = table->elem;
		require(valid_matches(m, e->type, to), e->at, "type-mismatch",
			"type mismatch: a segment of %s for a table of %s",
			core_valtype_name(e->type), core_valtype_name(to));
		valid_const_expr(
			env, &e->offset, core_address_type(&table->limits), m->globals.len);
	}
}

static void
check_start(const struct core_module *m)
{
	if (!m->has_start)
		return;
	require(m->start < m->funcs.len, m->start_at, "unknown-function", "unknown function %u",
		m->start);
	const struct core_functype *t = core_module_functype(m, m->funcs.data[m->start].type);
	require(t->nparams == 0 && t->nresults == 0, m->start_at, "start-function",
		"start function must not have parameters or results");
}

static uint32_t
space_size(const struct core_module *m, enum core_sort sort)
{
	switch (sort) {
	case CORE_SORT_FUNC: return m->funcs.len;
	case CORE_SORT_TABLE: return m->tables.len;
	case CORE_SORT_MEMORY: return m->mems.len;
	case CORE_SORT_GLOBAL: return m->globals.len;
	default: return m->tags.len;
	}
}

static void
check_exports(struct arena *a, const struct core_module *m)
{
	static const char *const reasons[CORE_SORT_COUNT] = {"unknown-function", "unknown-table",
		"unknown-memory", "unknown-global", "unknown-tag"};
	struct strmap names = {.arena = a};
	for (uint32_t i = 0; i < m->exports.len; i++) {
		const struct core_export_def *e = &m->exports.data[i];
		require(e->index < space_size(m, e->sort), e->at, reasons[e->sort], "unknown %s %u",
			reasons[e->sort] + sizeof "unknown", e->index);
		require(strmap_put(&names, e->name, i), e->at, "duplicate-export-name",
			"duplicate export name");
	}
}

void
core_validate(struct arena *a, struct core_module *m)
{
	if (m->validated)
		return;
	struct core_types *ts = core_types_new(a);
	m->types_in = ts;
	m->type_ids = core_module_type_ids(a, ts, m);
	for (uint32_t i = 0; i < m->imports.len; i++)
		check_import(m, &m->imports.data[i]);
	struct valid_env *env = arena_new_of(a, struct valid_env);
	*env = (struct valid_env){.module = m, .declared = declared_funcs(a, m), .arena = a};
	check_definitions(env, m);
	check_datas(env, m);
	check_elems(env, m);
	for (uint32_t i = 0; i < m->funcs.len; i++)
		if (!m->funcs.data[i].imported)
			m->funcs.data[i].code = valid_func(env, i);
	check_start(m);
	check_exports(a, m);
	m->validated = env;
}

void
core_lower(const struct core_module *m, uint32_t index)
{
	uint64_t fuel = budget_fuel();
	budget_put_back(UINT64_MAX);
	valid_func_lower(m->validated, m->funcs.data[index].code);
	budget_put_back(fuel);
}
