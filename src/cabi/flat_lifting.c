/* flat_lifting.c - CanonicalABI.md, "Flat Lifting": from core values to values. */
#include "cabi/cabi.h"

/// ## Flat Lifting

CoreValueIter *
CoreValueIter_new(CoreValues vs)
{
	CoreValueIter *self = NEW(CoreValueIter);
	self->next = CoreValueIter_next;
	self->values = vs;
	self->i = 0;
	return self;
}

num
CoreValueIter_next(CoreValueIter *self, CoreType t)
{
	CoreValue v = self->values.data[self->i];
	self->i += 1;
	switch (t) {
	case i32: assert(v.t == i32 && v.bits <= UINT32_MAX); break;
	case i64: assert(v.t == i64); break;
	case f32: assert(v.t == f32 && v.bits <= UINT32_MAX); break;
	case f64: assert(v.t == f64); break;
	default: assert(false);
	}
	return v.bits;
}

bool
CoreValueIter_done(CoreValueIter *self)
{
	return self->i == self->values.len;
}

Value
lift_flat(LiftLowerContext *cx, CoreValueIter *vi, ValType *t)
{
	t = despecialize(t);
	switch (t->kind) {
	case BoolType: return (Value){.b = convert_int_to_bool(vi->next(vi, i32))};
	case U8Type: return (Value){.i = lift_flat_unsigned(vi, 32, 8)};
	case U16Type: return (Value){.i = lift_flat_unsigned(vi, 32, 16)};
	case U32Type: return (Value){.i = lift_flat_unsigned(vi, 32, 32)};
	case U64Type: return (Value){.i = lift_flat_unsigned(vi, 64, 64)};
	case S8Type: return (Value){.i = lift_flat_signed(vi, 32, 8)};
	case S16Type: return (Value){.i = lift_flat_signed(vi, 32, 16)};
	case S32Type: return (Value){.i = lift_flat_signed(vi, 32, 32)};
	case S64Type: return (Value){.i = lift_flat_signed(vi, 64, 64)};
	case F32Type: return (Value){.f = canonicalize_nan32((uint64_t)vi->next(vi, f32))};
	case F64Type: return (Value){.f = canonicalize_nan64((uint64_t)vi->next(vi, f64))};
	case CharType: return (Value){.c = convert_i32_to_char(cx, vi->next(vi, i32))};
	case StringType: return (Value){.s = lift_flat_string(cx, vi)};
	case ErrorContextType: return (Value){.shared = lift_error_context(cx, vi->next(vi, i32))};
	case ListType: return (Value){.list = lift_flat_list(cx, vi, t->t, t->l)};
	case RecordType: return (Value){.list = lift_flat_record(cx, vi, t->fields)};
	case VariantType: return lift_flat_variant(cx, vi, t->cases);
	case FlagsType: return (Value){.flags = lift_flat_flags(vi, t->labels)};
	case OwnType: return (Value){.rep = lift_own(cx, vi->next(vi, i32), t)};
	case BorrowType: return (Value){.rep = lift_borrow(cx, vi->next(vi, i32), t)};
	case StreamType: return (Value){.shared = lift_stream(cx, vi->next(vi, i32), t->t)};
	case FutureType: return (Value){.shared = lift_future(cx, vi->next(vi, i32), t->t)};
	default: internal_error("lift_flat: no such type");
	}
}

num
lift_flat_unsigned(CoreValueIter *vi, num core_width, num t_width)
{
	num i = vi->next(vi, core_width == 32 ? i32 : i64);
	assert(0 <= i && i < (num)1 << core_width);
	return i % ((num)1 << t_width);
}

num
lift_flat_signed(CoreValueIter *vi, num core_width, num t_width)
{
	num i = vi->next(vi, core_width == 32 ? i32 : i64);
	assert(0 <= i && i < (num)1 << core_width);
	i %= (num)1 << t_width;
	if (i >= (num)1 << (t_width - 1))
		return i - ((num)1 << t_width);
	return i;
}

String *
lift_flat_string(LiftLowerContext *cx, CoreValueIter *vi)
{
	num ptr = vi->next(vi, MemInst_ptr_type(cx->opts->memory));
	num packed_length = vi->next(vi, MemInst_ptr_type(cx->opts->memory));
	return load_string_from_range(cx, ptr, packed_length);
}

Values
lift_flat_list(
	LiftLowerContext *cx, CoreValueIter *vi, ValType *elem_type, const uint32_t *maybe_length)
{
	if (maybe_length) {
		only_for(FIXED_LENGTH_LISTS);
		Values a = {0};
		for (uint32_t i = 0; i < *maybe_length; i++)
			append(&a, lift_flat(cx, vi, elem_type));
		return a;
	}
	num ptr = vi->next(vi, MemInst_ptr_type(cx->opts->memory));
	num length = vi->next(vi, MemInst_ptr_type(cx->opts->memory));
	return load_list_from_range(cx, ptr, length, elem_type);
}

Values
lift_flat_record(LiftLowerContext *cx, CoreValueIter *vi, FieldTypes fields)
{
	/* C: a record is its fields' values in order, not by label */
	Values record = {0};
	for (uint32_t i = 0; i < fields.len; i++)
		append(&record, lift_flat(cx, vi, fields.data[i].t));
	return record;
}

typedef struct {
	CoreValueIter base;
	CoreValueIter *vi;
	CoreTypes flat_types;
	uint32_t popped; /* how many flat_types.pop(0) there were */
} CoerceValueIter;

static CoreType
pop_flat_type(CoerceValueIter *e)
{
	if (e->popped >= e->flat_types.len)
		internal_error("pop from an empty list");
	return e->flat_types.data[e->popped++];
}

static num
lift_flat_variant__CoerceValueIter_next(CoreValueIter *self, CoreType want)
{
	CoerceValueIter *e = (CoerceValueIter *)self;
	CoreType have = pop_flat_type(e);
	num x = e->vi->next(e->vi, have);
	if (have == i32 && want == f32)
		return (num)decode_i32_as_float(x);
	if (have == i64 && want == i32)
		return wrap_i64_to_i32(x);
	if (have == i64 && want == f32)
		return (num)decode_i32_as_float(wrap_i64_to_i32(x));
	if (have == i64 && want == f64)
		return (num)decode_i64_as_float(x);
	assert(have == want);
	return x;
}

Value
lift_flat_variant(LiftLowerContext *cx, CoreValueIter *vi, CaseTypes cases)
{
	CoerceValueIter e = {.base = {.next = lift_flat_variant__CoerceValueIter_next}, .vi = vi};
	e.flat_types = flatten_variant(cases, cx->opts);
	assert(pop_flat_type(&e) == i32);
	num case_index = vi->next(vi, i32);
	trap_if(case_index >= cases.len);
	CaseType c = cases.data[case_index];
	Value *v;
	if (!c.t) {
		v = NULL;
	} else {
		v = NEW(Value);
		*v = lift_flat(cx, &e.base, c.t);
	}
	while (e.popped < e.flat_types.len)
		vi->next(vi, pop_flat_type(&e));
	return (Value){.variant = {.case_index = (uint32_t)case_index, .v = v}};
}

num
wrap_i64_to_i32(num i)
{
	assert(0 <= i && i < (num)1 << 64);
	return i % ((num)1 << 32);
}

uint32_t
lift_flat_flags(CoreValueIter *vi, Labels labels)
{
	assert(0 < labels.len && labels.len <= 32);
	num i = vi->next(vi, i32);
	return unpack_flags_from_int(i, labels);
}
