/* flat_lowering.c - CanonicalABI.md, "Flat Lowering" and "Lifting and Lowering Values": from
 * values to core values, and whole lists of either. */
#include "cabi/short.h"

/// ## Flat Lowering

static void
extend(CoreValues *vs, CoreValues more)
{
	for (uint32_t i = 0; i < more.len; i++)
		append(vs, more.data[i]);
}

/* [ptr, length] */
static CoreValues
pair(LiftLowerContext *cx, Range r)
{
	CoreValues vs = one(mem_type(cx), r.ptr);
	extend(&vs, one(mem_type(cx), r.length));
	return vs;
}

CoreValues
lower_flat(LiftLowerContext *cx, Value v, ValType *t)
{
	t = despecialize(t);
	switch (t->kind) {
	case BoolType: return one(i32, v.b);
	case U8Type: return one(i32, v.i);
	case U16Type: return one(i32, v.i);
	case U32Type: return one(i32, v.i);
	case U64Type: return one(i64, v.i);
	case S8Type: return one(i32, lower_flat_signed(v.i, 32));
	case S16Type: return one(i32, lower_flat_signed(v.i, 32));
	case S32Type: return one(i32, lower_flat_signed(v.i, 32));
	case S64Type: return one(i64, lower_flat_signed(v.i, 64));
	case F32Type: return one(f32, (num)maybe_scramble_nan32(v.f));
	case F64Type: return one(f64, (num)maybe_scramble_nan64(v.f));
	case CharType: return one(i32, char_to_i32(v.c));
	case StringType: return lower_flat_string(cx, v.s);
	case ErrorContextType: return one(i32, lower_error_context(cx, v.shared));
	case ListType: return lower_flat_list(cx, v.list, t->t, t->l);
	case RecordType: return lower_flat_record(cx, v.list, t->fields);
	case VariantType: return lower_flat_variant(cx, v, t->cases);
	case FlagsType: return lower_flat_flags(v.flags, t->labels);
	case OwnType: return one(i32, lower_own(cx, v.rep, t));
	case BorrowType: return one(i32, lower_borrow(cx, v.rep, t));
	case StreamType: return one(i32, lower_stream(cx, v.shared, t->t));
	case FutureType: return one(i32, lower_future(cx, v.shared, t->t));
	default: internal_error("lower_flat: no such type");
	}
}

num
lower_flat_signed(num i, num core_bits)
{
	if (i < 0)
		i += (num)1 << core_bits;
	return i;
}

CoreValues
lower_flat_string(LiftLowerContext *cx, const String *v)
{
	Range r = store_string_into_range(cx, v);
	return pair(cx, r);
}

CoreValues
lower_flat_list(LiftLowerContext *cx, Values v, ValType *elem_type, const uint32_t *maybe_length)
{
	if (maybe_length) {
		only_for(FIXED_LENGTH_LISTS);
		assert(*maybe_length == v.len);
		CoreValues flat = {0};
		for (uint32_t i = 0; i < v.len; i++)
			extend(&flat, lower_flat(cx, Values_at(&v, i, elem_type), elem_type));
		return flat;
	}
	Range r = store_list_into_range(cx, v, elem_type);
	return pair(cx, r);
}

CoreValues
lower_flat_record(LiftLowerContext *cx, Values v, FieldTypes fields)
{
	CoreValues flat = {0};
	for (uint32_t i = 0; i < fields.len; i++)
		extend(&flat, lower_flat(cx, v.data[i], fields.data[i].t));
	return flat;
}

static CoreValue
coerce(CoreType want, num bits)
{
	return (CoreValue){want, (uint64_t)bits};
}

CoreValues
lower_flat_variant(LiftLowerContext *cx, Value v, CaseTypes cases)
{
	Value *case_value;
	num case_index = match_case(v, cases, &case_value);
	CoreTypes flat_types = flatten_variant(cases, cx->opts);
	uint32_t popped = 0; /* how many flat_types.pop(0) there were */
	assert(flat_types.data[popped++] == i32);
	CaseType c = cases.data[case_index];
	CoreValues payload = {0};
	if (c.t) {
		payload = lower_flat(cx, *case_value, c.t);
		CoreTypes haves = flatten_type(c.t, cx->opts);
		for (uint32_t i = 0; i < payload.len && i < haves.len; i++) {
			CoreType have = haves.data[i], want = flat_types.data[popped++];
			uint64_t fv = payload.data[i].bits;
			if (have == f32 && want == i32)
				payload.data[i] = coerce(want, encode_float_as_i32(fv));
			else if (have == i32 && want == i64)
				payload.data[i] = coerce(want, (num)fv);
			else if (have == f32 && want == i64)
				payload.data[i] = coerce(want, encode_float_as_i32(fv));
			else if (have == f64 && want == i64)
				payload.data[i] = coerce(want, encode_float_as_i64(fv));
			else
				assert(have == want);
		}
	}
	/* C: a zero has a type */
	while (popped < flat_types.len)
		append(&payload, coerce(flat_types.data[popped++], 0));
	CoreValues flat = one(i32, case_index);
	extend(&flat, payload);
	return flat;
}

CoreValues
lower_flat_flags(uint32_t v, Labels labels)
{
	assert(0 < labels.len && labels.len <= 32);
	return one(i32, pack_flags_into_int(v, labels));
}

/// ## Lifting and Lowering Values

static ValType *
tuple_of(ValTypes ts)
{
	ValType *tuple = ValType_new(heap(), TupleType);
	tuple->ts = ts;
	return tuple;
}

Values
lift_flat_values(LiftLowerContext *cx, num max_flat, CoreValueIter *vi, ValTypes ts)
{
	CoreTypes flat_types = flatten_types(ts, cx->opts);
	if (flat_types.len > max_flat) {
		CoreType ptr_type = mem_type(cx);
		num ptr = vi->next(vi, ptr_type);
		ValType *tuple_type = tuple_of(ts);
		trap_if(ptr != align_to(ptr, alignment(tuple_type, ptr_type)));
		trap_if(ptr + elem_size(tuple_type, ptr_type) > mem_len(cx));
		return load(cx, ptr, tuple_type).list;
	}
	Values vs = {0};
	for (uint32_t i = 0; i < ts.len; i++)
		append(&vs, lift_flat(cx, vi, ts.data[i]));
	return vs;
}

CoreValues
lower_flat_values(
	LiftLowerContext *cx, num max_flat, Values vs, ValTypes ts, CoreValueIter *out_param)
{
	CoreTypes flat_types = flatten_types(ts, cx->opts);
	CoreValues flat_vals = {0};
	if (flat_types.len > max_flat) {
		ValType *tuple_type = tuple_of(ts);
		Value tuple_value = {.list = vs};
		CoreType ptr_type = mem_type(cx);
		num ptr;
		/* C: spec/lazy.md */
		if (!out_param && cx->opts->lazy)
			return one(ptr_type, lower_lazily(cx, tuple_value, tuple_type));
		if (!out_param) {
			ptr = LiftLowerContext_allocate(cx, alignment(tuple_type, ptr_type),
				elem_size(tuple_type, ptr_type));
			flat_vals = one(ptr_type, ptr);
		} else {
			ptr = out_param->next(out_param, ptr_type);
		}
		trap_if(ptr != align_to(ptr, alignment(tuple_type, ptr_type)));
		trap_if(ptr + elem_size(tuple_type, ptr_type) > mem_len(cx));
		store(cx, tuple_value, tuple_type, ptr);
	} else {
		for (uint32_t i = 0; i < vs.len; i++)
			extend(&flat_vals, lower_flat(cx, vs.data[i], ts.data[i]));
	}
	return flat_vals;
}
