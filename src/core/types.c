/* types.c - see types.h. A type's references are rewritten to numbers; within its group they
 * count from the group's start as long as it is looked for. */
#include "core/types.h"

#include "base/error.h"
#include "core/writer.h"

/* Marks a reference within the group that is being added. */
#define LOCAL UINT32_C(0x80000000)

/* How many types may stand above a type, as engines for the web have it. */
#define MAX_DEPTH 63

/* How many parameters a function type may have, or results: likewise. A block with many of them is a
 * few bytes and very much work. */
#define MAX_VALUES 1000

struct core_types {
	struct arena *arena;
	struct strmap groups; /* groups as bytes, to the number of their first type */
	VEC(const struct core_subtype *) types; /* with numbers for indices */
};

struct core_types *
core_types_new(struct arena *a)
{
	struct core_types *ts = arena_new_of(a, struct core_types);
	ts->arena = a;
	ts->groups.arena = a;
	return ts;
}

/* ---- rewriting ---- */

/* How an index turns into another number. */
struct rewriting {
	struct arena *arena;
	const struct core_type_space *space; /* null: the index is one of core_types already */
	uint32_t ngroup;
	uint32_t base; /* without space: of the group */
	struct loc at;
};

static uint32_t
rewrite_index(const struct rewriting *w, uint32_t index)
{
	if (!w->space)
		return index & LOCAL ? w->base + (index & ~LOCAL) : index;
	uint32_t n = w->space->ids.len;
	require(index < n + w->ngroup, w->at, "unknown-type", "unknown type %u", index);
	if (index >= n)
		return LOCAL | (index - n);
	uint32_t id = w->space->ids.data[index];
	require(id != CORE_TYPE_NONE, w->at, "unknown-type", "type %u is a module type", index);
	return id;
}

static struct core_valtype
rewrite_valtype(const struct rewriting *w, struct core_valtype t)
{
	if (t.kind == CORE_KIND_REF && t.heap == CORE_HEAP_INDEX)
		t.index = rewrite_index(w, t.index);
	return t;
}

static struct core_valtype *
rewrite_list(const struct rewriting *w, const struct core_valtype *types, uint32_t n)
{
	struct core_valtype *out = arena_array_of(w->arena, n, struct core_valtype);
	for (uint32_t i = 0; i < n; i++)
		out[i] = rewrite_valtype(w, types[i]);
	return out;
}

static struct core_subtype
rewrite(struct rewriting *w, const struct core_subtype *t)
{
	struct core_subtype out = *t;
	w->at = t->at;
	out.func.params = rewrite_list(w, t->func.params, t->func.nparams);
	out.func.results = rewrite_list(w, t->func.results, t->func.nresults);
	uint32_t *supers = arena_array_of(w->arena, t->nsupers, uint32_t);
	for (uint32_t i = 0; i < t->nsupers; i++)
		supers[i] = rewrite_index(w, t->supers[i]);
	out.supers = supers;
	out.fields = arena_array_of(w->arena, t->nfields, struct core_fieldtype);
	for (uint32_t i = 0; i < t->nfields; i++) {
		out.fields[i].mutable = t->fields[i].mutable;
		out.fields[i].type = rewrite_valtype(w, t->fields[i].type);
	}
	return out;
}

const struct core_subtype *
core_types_at(const struct core_types *ts, uint32_t id)
{
	return ts->types.data[id];
}

/* ---- matching ---- */

bool
core_types_match(const struct core_types *ts, uint32_t id, uint32_t of)
{
	for (;;) {
		if (id == of)
			return true;
		const struct core_subtype *t = ts->types.data[id];
		if (!t->nsupers)
			return false;
		id = t->supers[0];
	}
}

/* The abstract type right above a defined one. */
static enum core_heap
heap_above(const struct core_types *ts, uint32_t id)
{
	switch (ts->types.data[id]->kind) {
	case CORE_COMP_FUNC: return CORE_HEAP_FUNC;
	case CORE_COMP_STRUCT: return CORE_HEAP_STRUCT;
	default: return CORE_HEAP_ARRAY;
	}
}

static bool
abstract_matches(enum core_heap a, enum core_heap b)
{
	if (a == b)
		return true;
	switch (a) {
	case CORE_HEAP_NONE:
		return b == CORE_HEAP_I31 || b == CORE_HEAP_STRUCT || b == CORE_HEAP_ARRAY ||
		       b == CORE_HEAP_EQ || b == CORE_HEAP_ANY;
	case CORE_HEAP_I31:
	case CORE_HEAP_STRUCT:
	case CORE_HEAP_ARRAY: return b == CORE_HEAP_EQ || b == CORE_HEAP_ANY;
	case CORE_HEAP_EQ: return b == CORE_HEAP_ANY;
	case CORE_HEAP_NOFUNC: return b == CORE_HEAP_FUNC;
	case CORE_HEAP_NOEXTERN: return b == CORE_HEAP_EXTERN;
	case CORE_HEAP_NOEXN: return b == CORE_HEAP_EXN;
	default: return false;
	}
}

static bool
heap_matches(const struct core_types *ts, struct core_valtype a, struct core_valtype b)
{
	if (a.heap == CORE_HEAP_BOTTOM || b.heap == CORE_HEAP_BOTTOM)
		return a.heap == CORE_HEAP_BOTTOM;
	if (a.heap == CORE_HEAP_INDEX && b.heap == CORE_HEAP_INDEX)
		return core_types_match(ts, a.index, b.index);
	if (a.heap == CORE_HEAP_INDEX)
		return abstract_matches(heap_above(ts, a.index), (enum core_heap)b.heap);
	if (b.heap != CORE_HEAP_INDEX)
		return abstract_matches((enum core_heap)a.heap, (enum core_heap)b.heap);
	enum core_heap above = heap_above(ts, b.index);
	return a.heap == (above == CORE_HEAP_FUNC ? CORE_HEAP_NOFUNC : CORE_HEAP_NONE);
}

bool
core_types_valtype_matches(
	const struct core_types *ts, struct core_valtype a, struct core_valtype b)
{
	if (a.kind != CORE_KIND_REF || b.kind != CORE_KIND_REF)
		return a.kind == b.kind;
	return (b.nullable || !a.nullable) && heap_matches(ts, a, b);
}

struct core_valtype
core_valtype_numbered(const uint32_t *ids, struct core_valtype t)
{
	if (t.kind == CORE_KIND_REF && t.heap == CORE_HEAP_INDEX)
		t.index = ids[t.index];
	return t;
}

enum core_heap
core_types_top(const struct core_types *ts, struct core_valtype t)
{
	switch (t.heap == CORE_HEAP_INDEX ? heap_above(ts, t.index) : (enum core_heap)t.heap) {
	case CORE_HEAP_FUNC:
	case CORE_HEAP_NOFUNC: return CORE_HEAP_FUNC;
	case CORE_HEAP_EXTERN:
	case CORE_HEAP_NOEXTERN: return CORE_HEAP_EXTERN;
	case CORE_HEAP_EXN:
	case CORE_HEAP_NOEXN: return CORE_HEAP_EXN;
	default: return CORE_HEAP_ANY;
	}
}

static bool
list_matches(const struct core_types *ts, const struct core_valtype *a, uint32_t na,
	const struct core_valtype *b, uint32_t nb)
{
	for (uint32_t i = 0; i < na && i < nb; i++)
		if (!core_types_valtype_matches(ts, a[i], b[i]))
			return false;
	return na == nb;
}

static bool
field_matches(const struct core_types *ts, struct core_fieldtype a, struct core_fieldtype b)
{
	return a.mutable == b.mutable && core_types_valtype_matches(ts, a.type, b.type) &&
	       (!a.mutable || core_types_valtype_matches(ts, b.type, a.type));
}

/* Whether the definition of a says at least what that of b does. */
static bool
comptype_matches(
	const struct core_types *ts, const struct core_subtype *a, const struct core_subtype *b)
{
	if (a->kind != b->kind)
		return false;
	if (a->kind == CORE_COMP_FUNC)
		return list_matches(ts, b->func.params, b->func.nparams, a->func.params,
			       a->func.nparams) &&
		       list_matches(ts, a->func.results, a->func.nresults, b->func.results,
			       b->func.nresults);
	for (uint32_t i = 0; i < b->nfields && i < a->nfields; i++)
		if (!field_matches(ts, a->fields[i], b->fields[i]))
			return false;
	return a->nfields >= b->nfields;
}

/* ---- adding ---- */

static uint32_t
depth_of(const struct core_types *ts, uint32_t id)
{
	uint32_t depth = 0;
	for (; ts->types.data[id]->nsupers && depth <= MAX_DEPTH; depth++)
		id = ts->types.data[id]->supers[0];
	return depth;
}

static void
check_supers(const struct core_types *ts, uint32_t first)
{
	for (uint32_t i = first; i < ts->types.len; i++) {
		const struct core_subtype *t = ts->types.data[i];
		if (depth_of(ts, i) > MAX_DEPTH)
			raise_error(ERR_EXHAUSTED, t->at, "sub-type-depth",
				"a type with more than %d types above it", MAX_DEPTH);
		for (uint32_t k = 0; k < t->nsupers; k++) {
			const struct core_subtype *super = ts->types.data[t->supers[k]];
			require(super->open && comptype_matches(ts, t, super), t->at, "sub-type",
				"sub type does not match its super type");
		}
	}
}

/* What holds of a group before it is known which types it names. */
static void
check_group(const struct core_type_space *space, const struct core_subtype *types, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		const struct core_subtype *t = &types[i];
		if (t->func.nparams > MAX_VALUES || t->func.nresults > MAX_VALUES)
			raise_error(ERR_EXHAUSTED, t->at, "too-many-parameters",
				"a function type with more than %d parameters or results",
				MAX_VALUES);
		if (t->nfields > CORE_MAX_FIELDS)
			raise_error(ERR_EXHAUSTED, t->at, "too-many-fields",
				"a struct with more than %d fields", CORE_MAX_FIELDS);
		require(t->nsupers <= 1, t->at, "sub-type", "sub type with several super types");
		require(!t->nsupers || t->supers[0] < space->ids.len + i, t->at, "unknown-type",
			"unknown type %u: a super type has to come first", t->supers[0]);
	}
}

uint32_t
core_types_number(struct core_types *ts, const struct core_type_space *space,
	const struct core_subtype *types, uint32_t n)
{
	struct strbuf key = {.arena = ts->arena};
	struct rewriting w = {.arena = ts->arena, .space = space, .ngroup = n};
	uint32_t base = ts->types.len, found;
	check_group(space, types, n);
	struct core_subtype *group = arena_array_of(ts->arena, n, struct core_subtype);
	for (uint32_t i = 0; i < n; i++)
		group[i] = rewrite(&w, &types[i]);
	write_rectype(&key, group, n);
	if (strmap_get(&ts->groups, strbuf_str(&key), &found)) {
		base = found;
	} else {
		strmap_put(&ts->groups, strbuf_str(&key), base);
		w.space = NULL;
		w.base = base;
		for (uint32_t i = 0; i < n; i++) {
			struct core_subtype *t = arena_new_of(ts->arena, struct core_subtype);
			*t = rewrite(&w, &group[i]);
			vec_push(ts->arena, &ts->types, t);
		}
		check_supers(ts, base);
	}
	return base;
}

uint32_t
core_types_number_func(struct core_types *ts, const struct core_functype *type)
{
	const struct core_type_space none = {0};
	struct core_subtype sub = {.kind = CORE_COMP_FUNC, .func = *type};
	return core_types_number(ts, &none, &sub, 1);
}

uint32_t *
core_module_type_ids(struct arena *a, struct core_types *ts, const struct core_module *m)
{
	struct core_type_space space = {0};
	vec_reserve(a, &space.ids, m->types.len);
	for (uint32_t i = 0; i < m->rec_starts.len; i++) {
		uint32_t first = m->rec_starts.data[i];
		uint32_t next =
			i + 1 < m->rec_starts.len ? m->rec_starts.data[i + 1] : m->types.len;
		uint32_t id = core_types_number(ts, &space, &m->types.data[first], next - first);
		for (uint32_t k = first; k < next; k++)
			vec_push(a, &space.ids, id++);
	}
	return space.ids.data;
}
