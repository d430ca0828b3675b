/* numeric_simd.h - the operators on lanes that numeric.h lacks: core specification, "Execution",
 * "Numerics". Names and conventions are those of numeric.h; i8 and i16 are lanes of that width.
 *
 * Relaxed operators depend on global parameters R of the specification: each is chosen with
 * choose() where it first matters, and kept as long as the driver of choices is. The
 * deterministic driver gives the deterministic profile. */
#ifndef CANON_CORE_NUMERIC_SIMD_H
#define CANON_CORE_NUMERIC_SIMD_H

#include <stdint.h>

#include "core/numeric.h"

/* What narrow lanes have in common with i32 and i64. C computes in int. */
#define NARROW_OPERATORS(I, N, U, S) \
	static inline U I##_add(U a, U b) \
	{ \
		return (U)(a + b); \
	} \
	static inline U I##_sub(U a, U b) \
	{ \
		return (U)(a - b); \
	} \
	static inline U I##_mul(U a, U b) \
	{ \
		return (U)((uint32_t)a * b); \
	} \
	static inline U I##_shl(U a, uint32_t n) \
	{ \
		return (U)((uint32_t)a << (n & (N - 1))); \
	} \
	static inline U I##_shr_s(U a, uint32_t n) \
	{ \
		return (U)((S)a >> (n & (N - 1))); \
	} \
	static inline U I##_shr_u(U a, uint32_t n) \
	{ \
		return (U)(a >> (n & (N - 1))); \
	} \
	INTEGER_COMPARISONS(I, U, S) \
	static inline U I##_sat_s(int32_t x) \
	{ \
		const int32_t most = (1 << (N - 1)) - 1; \
		return (U)(x < -most - 1 ? -most - 1 : x > most ? most : x); \
	} \
	static inline U I##_sat_u(int32_t x) \
	{ \
		const int32_t most = (1 << N) - 1; \
		return (U)(x < 0 ? 0 : x > most ? most : x); \
	} \
	static inline U I##_add_sat_s(U a, U b) \
	{ \
		return I##_sat_s((S)a + (S)b); \
	} \
	static inline U I##_add_sat_u(U a, U b) \
	{ \
		return I##_sat_u(a + b); \
	} \
	static inline U I##_sub_sat_s(U a, U b) \
	{ \
		return I##_sat_s((S)a - (S)b); \
	} \
	static inline U I##_sub_sat_u(U a, U b) \
	{ \
		return I##_sat_u(a - b); \
	} \
	static inline U I##_avgr_u(U a, U b) \
	{ \
		return (U)((a + b + 1) / 2); \
	}

NARROW_OPERATORS(i8, 8, uint8_t, int8_t)
NARROW_OPERATORS(i16, 16, uint16_t, int16_t)

/* Lanes of all widths. */
#define LANE_OPERATORS(I, N, U, S) \
	static inline U I##_neg(U a) \
	{ \
		return (U)(0 - a); \
	} \
	static inline U I##_abs(U a) \
	{ \
		return (S)a < 0 ? I##_neg(a) : a; \
	} \
	static inline U I##_min_s(U a, U b) \
	{ \
		return (S)a < (S)b ? a : b; \
	} \
	static inline U I##_min_u(U a, U b) \
	{ \
		return a < b ? a : b; \
	} \
	static inline U I##_max_s(U a, U b) \
	{ \
		return (S)a > (S)b ? a : b; \
	} \
	static inline U I##_max_u(U a, U b) \
	{ \
		return a > b ? a : b; \
	} \
	static inline U I##_bitselect(U a, U b, U mask) \
	{ \
		return (U)((a & mask) | (b & ~mask)); \
	}

LANE_OPERATORS(i8, 8, uint8_t, int8_t)
LANE_OPERATORS(i16, 16, uint16_t, int16_t)
LANE_OPERATORS(i32, 32, uint32_t, int32_t)
LANE_OPERATORS(i64, 64, uint64_t, int64_t)

static inline uint8_t
i8_popcnt(uint8_t a)
{
	return (uint8_t)__builtin_popcount(a);
}

static inline uint64_t
i64_not(uint64_t a)
{
	return ~a;
}

static inline uint64_t
i64_andnot(uint64_t a, uint64_t b)
{
	return a & ~b;
}

/* What is narrowed is signed, and saturates as what comes out. */
static inline uint8_t
i8_narrow_i16_s(uint16_t a)
{
	return i8_sat_s((int16_t)a);
}

static inline uint8_t
i8_narrow_i16_u(uint16_t a)
{
	return i8_sat_u((int16_t)a);
}

static inline uint16_t
i16_narrow_i32_s(uint32_t a)
{
	return i16_sat_s((int32_t)a);
}

static inline uint16_t
i16_narrow_i32_u(uint32_t a)
{
	return i16_sat_u((int32_t)a);
}

static inline uint16_t
i16_q15mulr_sat_s(uint16_t a, uint16_t b)
{
	return i16_sat_s(((int16_t)a * (int16_t)b + 0x4000) >> 15);
}

static inline uint32_t
f32_pmin(uint32_t a, uint32_t b)
{
	return f32_lt(b, a) ? b : a;
}

static inline uint32_t
f32_pmax(uint32_t a, uint32_t b)
{
	return f32_lt(a, b) ? b : a;
}

static inline uint64_t
f64_pmin(uint64_t a, uint64_t b)
{
	return f64_lt(b, a) ? b : a;
}

static inline uint64_t
f64_pmax(uint64_t a, uint64_t b)
{
	return f64_lt(a, b) ? b : a;
}

/* ---- relaxed operators (numeric_relaxed.c) ---- */

uint32_t f32_relaxed_madd(uint32_t a, uint32_t b, uint32_t c);
uint32_t f32_relaxed_nmadd(uint32_t a, uint32_t b, uint32_t c);
uint64_t f64_relaxed_madd(uint64_t a, uint64_t b, uint64_t c);
uint64_t f64_relaxed_nmadd(uint64_t a, uint64_t b, uint64_t c);
uint32_t f32_relaxed_min(uint32_t a, uint32_t b);
uint32_t f32_relaxed_max(uint32_t a, uint32_t b);
uint64_t f64_relaxed_min(uint64_t a, uint64_t b);
uint64_t f64_relaxed_max(uint64_t a, uint64_t b);
uint32_t i32_relaxed_trunc_f32_s(uint32_t a);
uint32_t i32_relaxed_trunc_f32_u(uint32_t a);
uint32_t i32_relaxed_trunc_f64_s(uint64_t a);
uint32_t i32_relaxed_trunc_f64_u(uint64_t a);
uint8_t i8_relaxed_laneselect(uint8_t a, uint8_t b, uint8_t mask);
uint16_t i16_relaxed_laneselect(uint16_t a, uint16_t b, uint16_t mask);
uint32_t i32_relaxed_laneselect(uint32_t a, uint32_t b, uint32_t mask);
uint64_t i64_relaxed_laneselect(uint64_t a, uint64_t b, uint64_t mask);
uint16_t i16_relaxed_q15mulr_s(uint16_t a, uint16_t b);

/* The lane that an index picks out of the 16. */
uint8_t i8_relaxed_swizzle_lane(const uint8_t lanes[16], uint8_t index);

/* The product of a signed lane with one that is signed, or not. */
uint16_t i16_relaxed_mul_i8_s(uint8_t a, uint8_t b);

#endif
