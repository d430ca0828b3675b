/* boilerplate.c - what the definitions need of Python before their first section: the classes of
 * types, and whether core values fit core types. */
#include "cabi/cabi.h"

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
