/* storing.c - CanonicalABI.md, "Storing": from values to linear memory. The section goes on in
 * storing_strings.c and storing_values.c. */
#include "cabi/short.h"

#include "base/choose.h"

/// ## Storing

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
	/* C: where Python's memory would grow; no caller but error-context.debug-message gets here */
	if (ptr + nbytes > mem_len(cx))
		internal_error("store_int: beyond the end of memory");
	uint8_t *p = cx->opts->memory->bytes->data + ptr;
	/* C: where Python raises OverflowError */
	if (!fits(v, nbytes, signed_))
		internal_error("store_int: the value does not fit");
	for (num n = 0; n < nbytes; n++)
		p[n] = (uint8_t)(v >> 8 * n);
}

/* C: a float is its bits, since a NaN must not lose its payload on the way */

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
