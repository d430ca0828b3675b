/* despecialization.c - CanonicalABI.md, "Despecialization", and "Type Predicates". */
#include "cabi/cabi.h"

/// ## Despecialization

static void
add_field(ValType *record, const char *label, ValType *t)
{
	FieldType f = {label, t};
	vec_push(record->arena, &record->fields, f);
}

static void
add_case(ValType *variant, const char *label, ValType *t)
{
	CaseType c = {label, t};
	vec_push(variant->arena, &variant->cases, c);
}

static ValType *
tuple_to_record(ValType *t)
{
	ValType *r = ValType_new(t->arena, RecordType);
	for (uint32_t i = 0; i < t->ts.len; i++)
		add_field(r, arena_printf(t->arena, "%u", i), t->ts.data[i]);
	return r;
}

static ValType *
enum_to_variant(ValType *t)
{
	ValType *r = ValType_new(t->arena, VariantType);
	for (uint32_t i = 0; i < t->labels.len; i++)
		add_case(r, t->labels.data[i], NULL);
	return r;
}

static ValType *
two_cases(ValType *t, const char *first, ValType *t1, const char *second, ValType *t2)
{
	ValType *r = ValType_new(t->arena, VariantType);
	add_case(r, first, t1);
	add_case(r, second, t2);
	return r;
}

static ValType *
map_to_list(ValType *t)
{
	ValType *tuple = ValType_new(t->arena, TupleType), *r = ValType_new(t->arena, ListType);
	vec_push(t->arena, &tuple->ts, t->k);
	vec_push(t->arena, &tuple->ts, t->v);
	r->t = despecialize(tuple);
	return r;
}

static ValType *
despecialize_once(ValType *t)
{
	switch (t->kind) {
	case TupleType: return tuple_to_record(t);
	case EnumType: return enum_to_variant(t);
	case OptionType: return two_cases(t, "none", NULL, "some", t->t);
	case ResultType: return two_cases(t, "ok", t->ok, "error", t->error);
	case MapType: return map_to_list(t);
	default: return t;
	}
}

ValType *
despecialize(ValType *t)
{
	/* C: made once and kept with the type, as there is no collector */
	if (!t->despecialized)
		t->despecialized = despecialize_once(t);
	return t->despecialized;
}

/// ## Type Predicates

static bool
is_borrow(const ValType *u)
{
	return u->kind == BorrowType;
}

static bool
is_async_value(const ValType *u)
{
	return u->kind == StreamType || u->kind == FutureType;
}

bool
contains_borrow(ValType *t)
{
	return contains(t, is_borrow);
}

bool
contains_async_value(ValType *t)
{
	return contains(t, is_async_value);
}

static bool
any_field_contains(FieldTypes fields, TypePredicate *p)
{
	for (uint32_t i = 0; i < fields.len; i++) {
		if (contains(fields.data[i].t, p))
			return true;
	}
	return false;
}

static bool
any_case_contains(CaseTypes cases, TypePredicate *p)
{
	for (uint32_t i = 0; i < cases.len; i++) {
		if (contains(cases.data[i].t, p))
			return true;
	}
	return false;
}

bool
contains(ValType *t, TypePredicate *p)
{
	if (!t)
		return false;
	t = despecialize(t);
	switch (t->kind) {
	default: return p(t);
	case ListType:
	case StreamType:
	case FutureType: return p(t) || contains(t->t, p);
	case RecordType: return p(t) || any_field_contains(t->fields, p);
	case VariantType: return p(t) || any_case_contains(t->cases, p);
	}
}
