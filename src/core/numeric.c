/* numeric.c - the numeric operators that trap, convert between floats and integers, or choose
 * the bits of a NaN: core specification, "Execution", "Numerics". The plain ones are inline
 * in numeric.h. */
#include "core/numeric.h"

#include <float.h>
#include <stdbool.h>

#include "base/choose.h"
#include "base/error.h"

_Static_assert(FLT_EVAL_METHOD == 0, "floats are not kept in wider registers");
_Static_assert(FLT_MANT_DIG == 24 && DBL_MANT_DIG == 53, "the host's floats are IEEE 754's");

#define CANONICAL_NAN32 UINT32_C(0x7fc00000)
#define CANONICAL_NAN64 UINT64_C(0x7ff8000000000000)

/* When every NaN among the operands is canonical, so is the result, of either sign; else any
 * arithmetic NaN may come out. The extra candidates are what hardware gives: an operand made
 * quiet. A candidate that is no better than canonical may stand twice. */
#define DEFINE_NAN(N, U) \
	U nan##N(U a, U b) \
	{ \
		const U canonical = CANONICAL_NAN##N, sign = (U)1 << (N - 1); \
		const U infinity = canonical & canonical << 1 & ~sign; \
		bool other = (a & ~sign) > infinity || (b & ~sign) > infinity; \
		switch (choose(other ? 4 : 2)) { \
		case 0: return canonical; \
		case 1: return canonical | sign; \
		case 2: return (a & ~sign) > infinity ? a | canonical : b | canonical; \
		default: return (b & ~sign) > infinity ? b | canonical : a | canonical; \
		} \
	}

DEFINE_NAN(32, uint32_t)
DEFINE_NAN(64, uint64_t)

NORETURN void
trap_divide_by_zero(void)
{
	raise_error(ERR_TRAP, NO_LOC, "integer-divide-by-zero", "integer divide by zero");
}

NORETURN void
trap_integer_overflow(void)
{
	raise_error(ERR_TRAP, NO_LOC, "integer-overflow", "integer overflow");
}

/* x, when it lies strictly between the limits; every float is a double, too, so that one
 * check does for both. */
static double
in_range(double x, double above, double below)
{
	if (x != x)
		raise_error(ERR_TRAP, NO_LOC, "invalid-conversion-to-integer",
			"invalid conversion to integer");
	if (!(x > above && x < below))
		trap_integer_overflow();
	return x;
}

/* -2^63 is included, but -2^63 - 1 is no double: the next double below is. */
#define BELOW_I64 -0x1.0000000000001p63

/* The four integer types, with the exclusive limits of what truncates into them, and what
 * saturation gives below and above. */
#define DEFINE_TRUNC(I, SX, C, U, ABOVE, BELOW, MIN, MAX, F, FU) \
	U I##_trunc_##F##_##SX(FU a) \
	{ \
		return (U)(C)in_range((double)F##_of(a), ABOVE, BELOW); \
	} \
	U I##_trunc_sat_##F##_##SX(FU a) \
	{ \
		double x = (double)F##_of(a); \
		if (x != x) \
			return 0; \
		return x <= ABOVE ? (U)MIN : x >= BELOW ? (U)MAX : (U)(C)x; \
	}

#define DEFINE_TRUNCS(F, FU) \
	DEFINE_TRUNC( \
		i32, s, int32_t, uint32_t, -0x1.00000002p31, 0x1p31, INT32_MIN, INT32_MAX, F, FU) \
	DEFINE_TRUNC(i32, u, uint32_t, uint32_t, -1.0, 0x1p32, 0, UINT32_MAX, F, FU) \
	DEFINE_TRUNC(i64, s, int64_t, uint64_t, BELOW_I64, 0x1p63, INT64_MIN, INT64_MAX, F, FU) \
	DEFINE_TRUNC(i64, u, uint64_t, uint64_t, -1.0, 0x1p64, 0, UINT64_MAX, F, FU)

DEFINE_TRUNCS(f32, uint32_t)
DEFINE_TRUNCS(f64, uint64_t)

uint32_t
f32_demote_f64(uint64_t a)
{
	double x = f64_of(a);
	if (x == x)
		return f32_bits((float)x);
	uint32_t same = (uint32_t)(a >> 32 & 0x80000000) | CANONICAL_NAN32 |
			(uint32_t)(a >> 29 & 0x007fffff);
	return nan32(same, same);
}

uint64_t
f64_promote_f32(uint32_t a)
{
	float x = f32_of(a);
	if (x == x)
		return f64_bits((double)x);
	uint64_t same = (uint64_t)(a & 0x80000000) << 32 | UINT64_C(0x7ff0000000000000) |
			(uint64_t)(a & 0x007fffff) << 29;
	return nan64(same, same);
}
