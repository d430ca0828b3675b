/* enumerate_types.c - see enumerate.h. */
#include "oracle/enumerate.h"

#include "base/str.h"
#include "link/types.h"

struct types {
	struct arena *arena;
	ResourceType *rt;
	ValTypes *out;
};

static ValType *
add(struct types *g, ValTypeKind kind)
{
	ValType *t = ValType_new(g->arena, kind);
	vec_push(g->arena, g->out, t);
	return t;
}

static void
add_labels(struct types *g, ValTypeKind kind, uint32_t n)
{
	ValType *t = add(g, kind);
	for (uint32_t i = 0; i < n; i++)
		vec_push(g->arena, &t->labels, arena_printf(g->arena, "l%u", i));
}

/* Enums of 1 and of 257 cases have discriminants of different sizes; so have flags, in bytes. */
static void
leaves(struct types *g)
{
	for (int kind = BoolType; kind <= ErrorContextType; kind++)
		add(g, (ValTypeKind)kind);
	add_labels(g, EnumType, 1);
	add_labels(g, EnumType, 257);
	add_labels(g, FlagsType, 1);
	add_labels(g, FlagsType, 9);
	add_labels(g, FlagsType, 32);
	add(g, OwnType)->rt = g->rt;
	add(g, BorrowType)->rt = g->rt;
	add(g, StreamType)->t = ValType_new(g->arena, U8Type);
	add(g, FutureType)->t = ValType_new(g->arena, U8Type);
}

static void
add_field(struct types *g, ValType *record, const char *label, ValType *t)
{
	vec_push(g->arena, &record->fields, ((FieldType){label, t}));
}

static void
add_case(struct types *g, ValType *variant, const char *label, ValType *t)
{
	vec_push(g->arena, &variant->cases, ((CaseType){label, t}));
}

static void
of_one(struct types *g, ValType *t)
{
	ValType *fixed, *result, *tuple;
	add(g, ListType)->t = t;
	fixed = add(g, ListType);
	fixed->t = t;
	fixed->l = arena_new_of(g->arena, uint32_t);
	*fixed->l = 2;
	add_field(g, add(g, RecordType), "a", t);
	tuple = add(g, TupleType);
	vec_push(g->arena, &tuple->ts, t);
	add_case(g, add(g, VariantType), "a", t);
	add(g, OptionType)->t = t;
	result = add(g, ResultType);
	result->error = t;
}

static bool
is_key(const ValType *t)
{
	switch (t->kind) {
	case BoolType:
	case CharType:
	case StringType: return true;
	default: return t->kind >= S8Type && t->kind <= U64Type;
	}
}

static void
of_two(struct types *g, ValType *t, ValType *u)
{
	ValType *record = add(g, RecordType), *tuple = add(g, TupleType);
	ValType *variant = add(g, VariantType), *result = add(g, ResultType);
	add_field(g, record, "a", t);
	add_field(g, record, "b", u);
	vec_push(g->arena, &tuple->ts, t);
	vec_push(g->arena, &tuple->ts, u);
	add_case(g, variant, "a", t);
	add_case(g, variant, "b", NULL);
	add_case(g, variant, "c", u);
	result->ok = t;
	result->error = u;
	if (is_key(t)) {
		ValType *map = add(g, MapType);
		map->k = t;
		map->v = u;
	}
}

ValTypes
enumerate_types(struct arena *a, uint32_t size, ResourceType *rt)
{
	ValTypes out = {0};
	struct types g = {a, rt, &out};
	if (size == 1)
		leaves(&g);
	if (size < 2)
		return out;
	ValTypes smaller = enumerate_types(a, size - 1, rt);
	for (uint32_t i = 0; i < smaller.len; i++)
		of_one(&g, smaller.data[i]);
	for (uint32_t first = 1; first + 1 < size; first++) {
		ValTypes ts = enumerate_types(a, first, rt);
		ValTypes us = enumerate_types(a, size - 1 - first, rt);
		for (uint32_t i = 0; i < ts.len; i++)
			for (uint32_t k = 0; k < us.len; k++)
				of_two(&g, ts.data[i], us.data[k]);
	}
	return out;
}

/* ---- names ---- */

static void
put(struct strbuf *b, const ValType *t)
{
	if (!t) {
		strbuf_adds(b, "_");
		return;
	}
	strbuf_adds(b, valtype_kind_name(t->kind));
	if (t->labels.len)
		strbuf_printf(b, "<%u labels>", t->labels.len);
	const ValType *parts[] = {t->t, t->k, t->v, t->ok, t->error};
	bool result = t->kind == ResultType, any = false;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (!parts[i] && !(result && i >= 3))
			continue;
		strbuf_adds(b, any ? "," : "<");
		put(b, parts[i]);
		any = true;
	}
	for (uint32_t i = 0; i < t->fields.len + t->ts.len + t->cases.len; i++) {
		strbuf_adds(b, i ? "," : "<");
		put(b, t->fields.len ? t->fields.data[i].t
			: t->ts.len  ? t->ts.data[i]
				     : t->cases.data[i].t);
		any = true;
	}
	if (t->l)
		strbuf_printf(b, ",%u", *t->l);
	strbuf_adds(b, any ? ">" : "");
}

const char *
enumerate_name(struct arena *a, const ValType *t)
{
	struct strbuf b = {.arena = a};
	put(&b, t);
	return strbuf_cstr(&b);
}
