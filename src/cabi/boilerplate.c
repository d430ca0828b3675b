/* boilerplate.c - what the definitions need of Python before their first section: the classes of
 * types, and whether core values fit core types. */
#include "cabi/cabi.h"

#include <string.h>

bool
types_match_values(CoreTypes ts, CoreValues vs)
{
	if (ts.len != vs.len)
		return false;
	for (uint32_t i = 0; i < ts.len; i++) {
		if (ts.data[i] != vs.data[i].t)
			return false;
	}
	return true;
}

ValType *
ValType_new(struct arena *a, ValTypeKind kind)
{
	ValType *t = arena_new_of(a, ValType);
	t->kind = kind;
	t->arena = a;
	return t;
}

ValTypes
FuncType_param_types(const FuncType *ft)
{
	ValTypes ts = {0};
	for (uint32_t i = 0; i < ft->params.len; i++)
		append(&ts, ft->params.data[i].t);
	return ts;
}

ValTypes
FuncType_result_type(const FuncType *ft)
{
	ValTypes ts = {0};
	for (uint32_t i = 0; i < ft->result.len; i++)
		append(&ts, ft->result.data[i].t);
	return ts;
}

bool
CoreFuncType___eq__(CoreFuncType a, CoreFuncType b)
{
	CoreTypes *x[] = {&a.params, &a.results}, *y[] = {&b.params, &b.results};
	for (int k = 0; k < 2; k++) {
		if (x[k]->len != y[k]->len)
			return false;
		for (uint32_t i = 0; i < x[k]->len; i++) {
			if (x[k]->data[i] != y[k]->data[i])
				return false;
		}
	}
	return true;
}

static bool
fields_equal(FieldTypes a, FieldTypes b)
{
	for (uint32_t i = 0; i < a.len && i < b.len; i++) {
		if (strcmp(a.data[i].label, b.data[i].label) ||
			!ValType___eq__(a.data[i].t, b.data[i].t))
			return false;
	}
	return a.len == b.len;
}

static bool
cases_equal(CaseTypes a, CaseTypes b)
{
	for (uint32_t i = 0; i < a.len && i < b.len; i++) {
		if (strcmp(a.data[i].label, b.data[i].label) ||
			!ValType___eq__(a.data[i].t, b.data[i].t))
			return false;
	}
	return a.len == b.len;
}

static bool
types_equal(ValTypes a, ValTypes b)
{
	for (uint32_t i = 0; i < a.len && i < b.len; i++) {
		if (!ValType___eq__(a.data[i], b.data[i]))
			return false;
	}
	return a.len == b.len;
}

static bool
labels_equal(Labels a, Labels b)
{
	for (uint32_t i = 0; i < a.len && i < b.len; i++) {
		if (strcmp(a.data[i], b.data[i]))
			return false;
	}
	return a.len == b.len;
}

static bool
lengths_equal(const uint32_t *a, const uint32_t *b)
{
	return a && b ? *a == *b : a == b;
}

bool
ValType___eq__(const ValType *a, const ValType *b)
{
	if (a == b)
		return true;
	if (!a || !b || a->kind != b->kind)
		return false;
	switch (a->kind) {
	default: return true;
	case ListType: return lengths_equal(a->l, b->l) && ValType___eq__(a->t, b->t);
	case RecordType: return fields_equal(a->fields, b->fields);
	case TupleType: return types_equal(a->ts, b->ts);
	case VariantType: return cases_equal(a->cases, b->cases);
	case EnumType:
	case FlagsType: return labels_equal(a->labels, b->labels);
	case ResultType: return ValType___eq__(a->ok, b->ok) && ValType___eq__(a->error, b->error);
	case MapType: return ValType___eq__(a->k, b->k) && ValType___eq__(a->v, b->v);
	case OwnType:
	case BorrowType: return a->rt == b->rt;
	case OptionType:
	case StreamType:
	case FutureType: return ValType___eq__(a->t, b->t);
	}
}
