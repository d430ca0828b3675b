/* numeric_relaxed.c - the relaxed operators of numeric_simd.h: core specification, "Execution",
 * "Numerics", "Relaxed Operations". A parameter is asked for only where its values differ. */
#include "core/numeric_simd.h"

#include <stdbool.h>

#include "base/choose.h"

/* The global parameters, R_fmadd and so on. */
enum parameter {
	R_fmadd,
	R_fmin,
	R_fmax,
	R_idot,
	R_iq15mulr,
	R_trunc_u,
	R_trunc_s,
	R_swizzle,
	R_laneselect,
};

_Static_assert(R_laneselect < CHOOSE_ONCE, "every parameter has its place");

#define ask(R, n) choose_once(R, n, #R)

/* Unfused, or fused. A NaN among the operands makes no difference between them, but of three
 * operands nan32 and nan64 take two: of the factors, the one that is a NaN. */
#define DEFINE_MADD(F, N, U, M) \
	U F##_relaxed_madd(U a, U b, U c) \
	{ \
		U plain = F##_bits(F##_of(a) * F##_of(b)); \
		plain = F##_bits(F##_of(plain) + F##_of(c)); \
		U fused = F##_bits(fma##M(F##_of(a), F##_of(b), F##_of(c))); \
		bool differ = F##_ne(plain, plain) != F##_ne(fused, fused) || \
			      (F##_eq(plain, plain) && plain != fused); \
		if (differ && ask(R_fmadd, 2)) \
			plain = fused; \
		U factor = F##_ne(a, a) ? a : b; \
		return F##_eq(plain, plain) ? plain : nan##N(factor, c); \
	} \
	U F##_relaxed_nmadd(U a, U b, U c) \
	{ \
		return F##_relaxed_madd(F##_neg(a), b, c); \
	}

DEFINE_MADD(f32, 32, uint32_t, f)
DEFINE_MADD(f64, 64, uint64_t, )

/* Of a NaN the bits without the sign; of zeros that differ in it, the one named last. */
#define DEFINE_MIN_MAX(F, U, NAME, R, ZERO) \
	U F##_relaxed_##NAME(U a, U b) \
	{ \
		const U sign = (U)1 << (sizeof(U) * 8 - 1); \
		bool is_nan = F##_ne(a, a), other_nan = F##_ne(b, b); \
		bool zeros = a != b && !((a | b) & ~sign); \
		if (!is_nan && !other_nan && !zeros) \
			return F##_##NAME(a, b); \
		U magnitude = (is_nan ? a : b) & ~sign; \
		switch (ask(R, 4)) { \
		case 0: return F##_##NAME(a, b); \
		case 1: return is_nan ? magnitude : a; \
		case 2: return is_nan || zeros ? b : magnitude; \
		default: return zeros ? ZERO : is_nan ? b : a; \
		} \
	}

DEFINE_MIN_MAX(f32, uint32_t, min, R_fmin, sign)
DEFINE_MIN_MAX(f64, uint64_t, min, R_fmin, sign)
DEFINE_MIN_MAX(f32, uint32_t, max, R_fmax, 0)
DEFINE_MIN_MAX(f64, uint64_t, max, R_fmax, 0)

/* What is a NaN, or out of range: saturated, or, as the document does not say which, what the
 * overview of the proposal says: the least integer, and the largest without a sign. */
#define DEFINE_TRUNC(F, U) \
	uint32_t i32_relaxed_trunc_##F##_s(U a) \
	{ \
		double x = (double)F##_of(a); \
		if (x > -0x1.00000002p31 && x < 0x1p31) \
			return i32_trunc_sat_##F##_s(a); \
		return ask(R_trunc_s, 2) ? UINT32_C(0x80000000) : i32_trunc_sat_##F##_s(a); \
	} \
	uint32_t i32_relaxed_trunc_##F##_u(U a) \
	{ \
		double x = (double)F##_of(a); \
		if (x > -1.0 && x < 0x1p32) \
			return i32_trunc_sat_##F##_u(a); \
		return ask(R_trunc_u, 2) ? UINT32_MAX : i32_trunc_sat_##F##_u(a); \
	}

DEFINE_TRUNC(f32, uint32_t)
DEFINE_TRUNC(f64, uint64_t)

/* Bit by bit, or by the highest bit of the lane. */
#define DEFINE_LANESELECT(I, U) \
	U I##_relaxed_laneselect(U a, U b, U mask) \
	{ \
		bool mixed = mask != 0 && mask != (U)-1; \
		if (mixed && ask(R_laneselect, 2)) \
			mask = mask >> (sizeof(U) * 8 - 1) ? (U)-1 : 0; \
		return I##_bitselect(a, b, mask); \
	}

DEFINE_LANESELECT(i8, uint8_t)
DEFINE_LANESELECT(i16, uint16_t)
DEFINE_LANESELECT(i32, uint32_t)
DEFINE_LANESELECT(i64, uint64_t)

uint16_t
i16_relaxed_q15mulr_s(uint16_t a, uint16_t b)
{
	if (a == 0x8000 && b == 0x8000 && ask(R_iq15mulr, 2))
		return 0x8000;
	return i16_q15mulr_sat_s(a, b);
}

uint8_t
i8_relaxed_swizzle_lane(const uint8_t lanes[16], uint8_t index)
{
	if (index < 16)
		return lanes[index];
	if (index < 0x80 && ask(R_swizzle, 2))
		return lanes[index % 16];
	return 0;
}

uint16_t
i16_relaxed_mul_i8_s(uint8_t a, uint8_t b)
{
	int second = (int8_t)b;
	if (second < 0 && ask(R_idot, 2))
		second = b;
	return (uint16_t)((int8_t)a * second);
}
