/* flattening.c - CanonicalABI.md, "Flattening": from types to core types. */
#include "cabi/cabi.h"

/// ## Flattening

uint32_t MAX_FLAT_PARAMS = 16;
uint32_t MAX_FLAT_ASYNC_PARAMS = 4;
uint32_t MAX_FLAT_RESULTS = 1;

static CoreType
ptr_type(const CanonicalOptions *opts)
{
	/* C: spec/lazy.md: there may be no memory */
	return opts->memory ? MemInst_ptr_type(opts->memory) : i32;
}

static CoreTypes
one(CoreType t)
{
	CoreTypes ts = {0};
	append(&ts, t);
	return ts;
}

static CoreTypes
two(CoreType t)
{
	CoreTypes ts = one(t);
	append(&ts, t);
	return ts;
}

static void
extend(CoreTypes *ts, CoreTypes more)
{
	for (uint32_t i = 0; i < more.len; i++)
		append(ts, more.data[i]);
}

static CoreFuncType
flatten_functype_async(const CanonicalOptions *opts, CoreTypes flat_params, CoreTypes flat_results,
	FlattenContext context)
{
	switch (context) {
	case context_lift:
		if (flat_params.len > MAX_FLAT_PARAMS)
			flat_params = one(ptr_type(opts));
		if (opts->callback)
			flat_results = one(i32);
		else
			flat_results = (CoreTypes){0};
		break;
	case context_lower:
		if (flat_params.len > MAX_FLAT_ASYNC_PARAMS)
			flat_params = one(ptr_type(opts));
		if (flat_results.len > 0)
			append(&flat_params, ptr_type(opts));
		flat_results = one(i32);
		break;
	}
	return (CoreFuncType){flat_params, flat_results};
}

CoreFuncType
flatten_functype(const CanonicalOptions *opts, const FuncType *ft, FlattenContext context)
{
	CoreTypes flat_params = flatten_types(FuncType_param_types(ft), opts);
	CoreTypes flat_results = flatten_types(FuncType_result_type(ft), opts);
	if (!opts->async_) {
		if (flat_params.len > MAX_FLAT_PARAMS)
			flat_params = one(ptr_type(opts));
		if (flat_results.len > MAX_FLAT_RESULTS) {
			switch (context) {
			case context_lift: flat_results = one(ptr_type(opts)); break;
			case context_lower:
				append(&flat_params, ptr_type(opts));
				flat_results = (CoreTypes){0};
				break;
			}
		}
		return (CoreFuncType){flat_params, flat_results};
	}
	/* C: the other branch stands above, for the length of functions */
	return flatten_functype_async(opts, flat_params, flat_results, context);
}

CoreTypes
flatten_types(ValTypes ts, const LiftOptions *opts)
{
	CoreTypes flat = {0};
	for (uint32_t i = 0; i < ts.len; i++)
		extend(&flat, flatten_type(ts.data[i], opts));
	return flat;
}

CoreTypes
flatten_type(ValType *t, const LiftOptions *opts)
{
	t = despecialize(t);
	switch (t->kind) {
	case BoolType: return one(i32);
	case U8Type:
	case U16Type:
	case U32Type: return one(i32);
	case S8Type:
	case S16Type:
	case S32Type: return one(i32);
	case S64Type:
	case U64Type: return one(i64);
	case F32Type: return one(f32);
	case F64Type: return one(f64);
	case CharType: return one(i32);
	case StringType: return two(ptr_type(opts));
	case ErrorContextType: return one(i32);
	case ListType: return flatten_list(t->t, t->l, opts);
	case RecordType: return flatten_record(t->fields, opts);
	case VariantType: return flatten_variant(t->cases, opts);
	case FlagsType: return one(i32);
	case OwnType:
	case BorrowType: return one(i32);
	case StreamType:
	case FutureType: return one(i32);
	default: internal_error("flatten_type: no such type");
	}
}

CoreTypes
flatten_list(ValType *elem_type, const uint32_t *maybe_length, const LiftOptions *opts)
{
	if (maybe_length) {
		only_for(FIXED_LENGTH_LISTS);
		CoreTypes flat = {0}, elem = flatten_type(elem_type, opts);
		for (uint32_t i = 0; i < *maybe_length; i++)
			extend(&flat, elem);
		return flat;
	}
	return two(ptr_type(opts));
}

CoreTypes
flatten_record(FieldTypes fields, const LiftOptions *opts)
{
	CoreTypes flat = {0};
	for (uint32_t i = 0; i < fields.len; i++)
		extend(&flat, flatten_type(fields.data[i].t, opts));
	return flat;
}

CoreTypes
flatten_variant(CaseTypes cases, const LiftOptions *opts)
{
	CoreTypes flat = {0};
	for (uint32_t c = 0; c < cases.len; c++) {
		if (!cases.data[c].t)
			continue;
		CoreTypes fts = flatten_type(cases.data[c].t, opts);
		for (uint32_t i = 0; i < fts.len; i++) {
			if (i < flat.len)
				flat.data[i] = join(flat.data[i], fts.data[i]);
			else
				append(&flat, fts.data[i]);
		}
	}
	CoreTypes all = flatten_type(discriminant_type(cases), opts);
	extend(&all, flat);
	return all;
}

CoreType
join(CoreType a, CoreType b)
{
	if (a == b)
		return a;
	if ((a == i32 && b == f32) || (a == f32 && b == i32))
		return i32;
	return i64;
}
