/* storing.c - CanonicalABI.md, "Storing": from values to linear memory, but for strings, which
 * stand in storing_strings.c. */
#include "cabi/cabi.h"

#include "base/budget.h"
#include "base/choose.h"

/// ## Storing

static CoreType
mem_type(LiftLowerContext *cx)
{
	return MemInst_ptr_type(cx->opts->memory);
}

static num
mem_len(LiftLowerContext *cx)
{
	return MemInst___len__(cx->opts->memory);
}

void
store(LiftLowerContext *cx, Value v, ValType *t, num ptr)
{
	assert(ptr == align_to(ptr, alignment(t, mem_type(cx))));
	assert(ptr + elem_size(t, mem_type(cx)) <= mem_len(cx));
	t = despecialize(t);
	switch (t->kind) {
	case BoolType: store_int(cx, v.b, ptr, 1, false); break;
	case U8Type: store_int(cx, v.i, ptr, 1, false); break;
	case U16Type: store_int(cx, v.i, ptr, 2, false); break;
	case U32Type: store_int(cx, v.i, ptr, 4, false); break;
	case U64Type: store_int(cx, v.i, ptr, 8, false); break;
	case S8Type: store_int(cx, v.i, ptr, 1, true); break;
	case S16Type: store_int(cx, v.i, ptr, 2, true); break;
	case S32Type: store_int(cx, v.i, ptr, 4, true); break;
	case S64Type: store_int(cx, v.i, ptr, 8, true); break;
	case F32Type: store_int(cx, encode_float_as_i32(v.f), ptr, 4, false); break;
	case F64Type: store_int(cx, encode_float_as_i64(v.f), ptr, 8, false); break;
	case CharType: store_int(cx, char_to_i32(v.c), ptr, 4, false); break;
	case StringType: store_string(cx, v.s, ptr); break;
	case ErrorContextType:
		store_int(cx, lower_error_context(cx, v.shared), ptr, 4, false);
		break;
	case ListType: store_list(cx, v.list, ptr, t->t, t->l); break;
	case RecordType: store_record(cx, v.list, ptr, t->fields); break;
	case VariantType: store_variant(cx, v, ptr, t->cases); break;
	case FlagsType: store_flags(cx, v.flags, ptr, t->labels); break;
	case OwnType: store_int(cx, lower_own(cx, v.rep, t), ptr, 4, false); break;
	case BorrowType: store_int(cx, lower_borrow(cx, v.rep, t), ptr, 4, false); break;
	case StreamType: store_int(cx, lower_stream(cx, v.shared, t->t), ptr, 4, false); break;
	case FutureType: store_int(cx, lower_future(cx, v.shared, t->t), ptr, 4, false); break;
	default: internal_error("store: no such type");
	}
}

static bool
fits(num v, num nbytes, bool signed_)
{
	num half = (num)1 << (8 * nbytes - 1);
	return signed_ ? -half <= v && v < half : 0 <= v && v < 2 * half;
}

void
store_int(LiftLowerContext *cx, num v, num ptr, num nbytes, bool signed_)
{
	uint8_t *p = cx->opts->memory->bytes->data + ptr;
	/* C: where Python raises OverflowError */
	if (!fits(v, nbytes, signed_))
		internal_error("store_int: the value does not fit");
	for (num n = 0; n < nbytes; n++)
		p[n] = (uint8_t)(v >> 8 * n);
}

/* C: a float is its bits, since a NaN must not lose its payload on the way */

static bool
math_isnan32(uint64_t f)
{
	return (f & 0x7fffffff) > 0x7f800000;
}

static bool
math_isnan64(uint64_t f)
{
	return (f & INT64_MAX) > UINT64_C(0x7ff0000000000000);
}

uint64_t
maybe_scramble_nan32(uint64_t f)
{
	if (math_isnan32(f)) {
		if (choose_is_deterministic())
			f = core_f32_reinterpret_i32(CANONICAL_FLOAT32_NAN);
		else
			f = core_f32_reinterpret_i32(random_nan_bits(32, 8));
		assert(math_isnan32(f));
	}
	return f;
}

uint64_t
maybe_scramble_nan64(uint64_t f)
{
	if (math_isnan64(f)) {
		if (choose_is_deterministic())
			f = core_f64_reinterpret_i64(CANONICAL_FLOAT64_NAN);
		else
			f = core_f64_reinterpret_i64((num)random_nan_bits(64, 11));
		assert(math_isnan64(f));
	}
	return f;
}

static uint64_t
random_getrandbits(num n)
{
	uint64_t bits = 0;
	for (num i = 0; i < n; i += 16)
		bits |= (uint64_t)choose(1u << 16) << i;
	return bits;
}

uint64_t
random_nan_bits(num total_bits, num exponent_bits)
{
	num fraction_bits = total_bits - exponent_bits - 1;
	uint64_t bits = random_getrandbits(total_bits);
	bits |= ((UINT64_C(1) << exponent_bits) - 1) << fraction_bits;
	bits |= UINT64_C(1) << choose((uint32_t)(fraction_bits - 1));
	return bits;
}

num
encode_float_as_i32(uint64_t f)
{
	return core_i32_reinterpret_f32(maybe_scramble_nan32(f));
}

num
encode_float_as_i64(uint64_t f)
{
	return core_i64_reinterpret_f64(maybe_scramble_nan64(f));
}

num
core_i32_reinterpret_f32(uint64_t f)
{
	return (uint32_t)f;
}

num
core_i64_reinterpret_f64(uint64_t f)
{
	return (num)f;
}

num
char_to_i32(uint32_t c)
{
	num i = c;
	assert((0 <= i && i <= 0xd7ff) || (0xe000 <= i && i <= 0x10ffff));
	return i;
}

/* C: store_string and what it calls, up to store_probably_utf16_to_latin1_or_utf16, stand in
   storing_strings.c */

num
lower_error_context(LiftLowerContext *cx, void *v)
{
	return Table_add(cx->inst->handles, v);
}

void
store_list(
	LiftLowerContext *cx, Values v, num ptr, ValType *elem_type, const uint32_t *maybe_length)
{
	if (maybe_length) {
		assert(*maybe_length == v.len);
		store_list_into_valid_range(cx, v, ptr, elem_type);
		return;
	}
	Range r = store_list_into_range(cx, v, elem_type);
	store_int(cx, r.ptr, ptr, MemInst_ptr_size(cx->opts->memory), false);
	store_int(cx, r.length, ptr + MemInst_ptr_size(cx->opts->memory),
		MemInst_ptr_size(cx->opts->memory), false);
}

Range
store_list_into_range(LiftLowerContext *cx, Values v, ValType *elem_type)
{
	num byte_length = v.len * elem_size(elem_type, mem_type(cx));
	assert(byte_length <= REALLOC_I32_MAX);
	num ptr = LiftLowerContext_allocate(cx, alignment(elem_type, mem_type(cx)), byte_length);
	trap_if(ptr != align_to(ptr, alignment(elem_type, mem_type(cx))));
	trap_if(ptr + byte_length > mem_len(cx));
	store_list_into_valid_range(cx, v, ptr, elem_type);
	return (Range){ptr, v.len};
}

void
store_list_into_valid_range(LiftLowerContext *cx, Values v, num ptr, ValType *elem_type)
{
	for (uint32_t i = 0; i < v.len; i++) {
		budget_spend(1);
		store(cx, v.data[i], elem_type, ptr + i * elem_size(elem_type, mem_type(cx)));
	}
}

void
store_record(LiftLowerContext *cx, Values v, num ptr, FieldTypes fields)
{
	for (uint32_t i = 0; i < fields.len; i++) {
		FieldType f = fields.data[i];
		ptr = align_to(ptr, alignment(f.t, mem_type(cx)));
		store(cx, v.data[i], f.t, ptr);
		ptr += elem_size(f.t, mem_type(cx));
	}
}

void
store_variant(LiftLowerContext *cx, Value v, num ptr, CaseTypes cases)
{
	Value *case_value;
	num case_index = match_case(v, cases, &case_value);
	num disc_size = elem_size(discriminant_type(cases), mem_type(cx));
	store_int(cx, case_index, ptr, disc_size, false);
	ptr += disc_size;
	ptr = align_to(ptr, max_case_alignment(cases, mem_type(cx)));
	CaseType c = cases.data[case_index];
	if (c.t)
		store(cx, *case_value, c.t, ptr);
}

num
match_case(Value v, CaseTypes cases, Value **value)
{
	/* C: a variant's value has its case by number, not by label */
	if (v.variant.case_index >= cases.len)
		internal_error("match_case: no such case");
	*value = v.variant.v;
	return v.variant.case_index;
}

void
store_flags(LiftLowerContext *cx, uint32_t v, num ptr, Labels labels)
{
	num i = pack_flags_into_int(v, labels);
	store_int(cx, i, ptr, elem_size_flags(labels), false);
}

num
pack_flags_into_int(uint32_t v, Labels labels)
{
	num i = 0;
	num shift = 0;
	for (uint32_t l = 0; l < labels.len; l++) {
		i |= (num)(v >> l & 1) << shift;
		shift += 1;
	}
	return i;
}

num
lower_own(LiftLowerContext *cx, uint32_t rep, ValType *t)
{
	ResourceHandle *h = ResourceHandle_new(cx->inst->store->arena, t->rt, rep, true, NULL);
	return Table_add(cx->inst->handles, h);
}

num
lower_borrow(LiftLowerContext *cx, uint32_t rep, ValType *t)
{
	assert(isinstance(cx->borrow_scope, Task_class));
	if (cx->inst == t->rt->impl)
		return rep;
	ResourceHandle *h = ResourceHandle_new(
		cx->inst->store->arena, t->rt, rep, false, (Task *)cx->borrow_scope);
	h->borrow_scope->num_borrows += 1;
	return Table_add(cx->inst->handles, h);
}

num
lower_stream(LiftLowerContext *cx, void *v, ValType *t)
{
	assert(isinstance(v, SharedStreamImpl_class));
	assert(!contains_borrow(t));
	struct arena *a = cx->inst->store->arena;
	return Table_add(cx->inst->handles, CopyEnd_new(a, ReadableStreamEnd_class, v));
}

num
lower_future(LiftLowerContext *cx, void *v, ValType *t)
{
	assert(isinstance(v, SharedFutureImpl_class));
	assert(!contains_borrow(t));
	struct arena *a = cx->inst->store->arena;
	return Table_add(cx->inst->handles, CopyEnd_new(a, ReadableFutureEnd_class, v));
}
