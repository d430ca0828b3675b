/* numeric.h - the numeric operators of the core specification, "Execution", "Numerics", under
 * their names there (i32.div_s is i32_div_s).
 *
 * Integers are unsigned, floats are their bit patterns, so that no NaN ever passes through a
 * register that could change it. Operators that are partial in the specification raise
 * ERR_TRAP with the reasons "integer-divide-by-zero", "integer-overflow" and
 * "invalid-conversion-to-integer". The bits of a NaN result are chosen with choose(); the
 * deterministic driver gives the positive canonical NaN. No vector operators. */
#ifndef CANON_CORE_NUMERIC_H
#define CANON_CORE_NUMERIC_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/attr.h"

/* A NaN to be the result of an operator with operands a and b (repeat a where there is one
 * only): section "NaN Propagation". */
uint32_t nan32(uint32_t a, uint32_t b);
uint64_t nan64(uint64_t a, uint64_t b);

NORETURN void trap_divide_by_zero(void);
NORETURN void trap_integer_overflow(void);

/* Float to integer. */
uint32_t i32_trunc_f32_s(uint32_t a);
uint32_t i32_trunc_f32_u(uint32_t a);
uint32_t i32_trunc_f64_s(uint64_t a);
uint32_t i32_trunc_f64_u(uint64_t a);
uint64_t i64_trunc_f32_s(uint32_t a);
uint64_t i64_trunc_f32_u(uint32_t a);
uint64_t i64_trunc_f64_s(uint64_t a);
uint64_t i64_trunc_f64_u(uint64_t a);
uint32_t i32_trunc_sat_f32_s(uint32_t a);
uint32_t i32_trunc_sat_f32_u(uint32_t a);
uint32_t i32_trunc_sat_f64_s(uint64_t a);
uint32_t i32_trunc_sat_f64_u(uint64_t a);
uint64_t i64_trunc_sat_f32_s(uint32_t a);
uint64_t i64_trunc_sat_f32_u(uint32_t a);
uint64_t i64_trunc_sat_f64_s(uint64_t a);
uint64_t i64_trunc_sat_f64_u(uint64_t a);

/* Between the floats. */
uint32_t f32_demote_f64(uint64_t a);
uint64_t f64_promote_f32(uint32_t a);

/* Integers of any width. */
#define INTEGER_COMPARISONS(I, U, S) \
	static inline uint32_t I##_eq(U a, U b) \
	{ \
		return a == b; \
	} \
	static inline uint32_t I##_ne(U a, U b) \
	{ \
		return a != b; \
	} \
	static inline uint32_t I##_lt_s(U a, U b) \
	{ \
		return (S)a < (S)b; \
	} \
	static inline uint32_t I##_lt_u(U a, U b) \
	{ \
		return a < b; \
	} \
	static inline uint32_t I##_gt_s(U a, U b) \
	{ \
		return (S)a > (S)b; \
	} \
	static inline uint32_t I##_gt_u(U a, U b) \
	{ \
		return a > b; \
	} \
	static inline uint32_t I##_le_s(U a, U b) \
	{ \
		return (S)a <= (S)b; \
	} \
	static inline uint32_t I##_le_u(U a, U b) \
	{ \
		return a <= b; \
	} \
	static inline uint32_t I##_ge_s(U a, U b) \
	{ \
		return (S)a >= (S)b; \
	} \
	static inline uint32_t I##_ge_u(U a, U b) \
	{ \
		return a >= b; \
	}

/* Integers of N bits. Signed operands are made by conversion, which gcc and clang define as
 * two's complement. */
#define INTEGER_OPERATORS(I, N, U, S) \
	static inline U I##_add(U a, U b) \
	{ \
		return a + b; \
	} \
	static inline U I##_sub(U a, U b) \
	{ \
		return a - b; \
	} \
	static inline U I##_mul(U a, U b) \
	{ \
		return a * b; \
	} \
	static inline U I##_div_s(U a, U b) \
	{ \
		if (unlikely(b == 0)) \
			trap_divide_by_zero(); \
		if (unlikely(b == (U)-1 && a == (U)1 << (N - 1))) \
			trap_integer_overflow(); \
		return (U)((S)a / (S)b); \
	} \
	static inline U I##_div_u(U a, U b) \
	{ \
		if (unlikely(b == 0)) \
			trap_divide_by_zero(); \
		return a / b; \
	} \
	static inline U I##_rem_s(U a, U b) \
	{ \
		if (unlikely(b == 0)) \
			trap_divide_by_zero(); \
		return b == (U)-1 ? 0 : (U)((S)a % (S)b); \
	} \
	static inline U I##_rem_u(U a, U b) \
	{ \
		if (unlikely(b == 0)) \
			trap_divide_by_zero(); \
		return a % b; \
	} \
	static inline U I##_and(U a, U b) \
	{ \
		return a & b; \
	} \
	static inline U I##_or(U a, U b) \
	{ \
		return a | b; \
	} \
	static inline U I##_xor(U a, U b) \
	{ \
		return a ^ b; \
	} \
	static inline U I##_shl(U a, U b) \
	{ \
		return a << (b & (N - 1)); \
	} \
	static inline U I##_shr_s(U a, U b) \
	{ \
		return (U)((S)a >> (b & (N - 1))); \
	} \
	static inline U I##_shr_u(U a, U b) \
	{ \
		return a >> (b & (N - 1)); \
	} \
	static inline U I##_rotl(U a, U b) \
	{ \
		return a << (b & (N - 1)) | a >> (-b & (N - 1)); \
	} \
	static inline U I##_rotr(U a, U b) \
	{ \
		return a >> (b & (N - 1)) | a << (-b & (N - 1)); \
	} \
	static inline uint32_t I##_eqz(U a) \
	{ \
		return a == 0; \
	} \
	INTEGER_COMPARISONS(I, U, S) \
	static inline U I##_extend8_s(U a) \
	{ \
		return (U)(S)(int8_t)a; \
	} \
	static inline U I##_extend16_s(U a) \
	{ \
		return (U)(S)(int16_t)a; \
	} \
	static inline U I##_clz(U a) \
	{ \
		return a ? (U)(__builtin_clzll(a) - (64 - N)) : N; \
	} \
	static inline U I##_ctz(U a) \
	{ \
		return a ? (U)__builtin_ctzll(a) : N; \
	} \
	static inline U I##_popcnt(U a) \
	{ \
		return (U)__builtin_popcountll(a); \
	}

INTEGER_OPERATORS(i32, 32, uint32_t, int32_t)
INTEGER_OPERATORS(i64, 64, uint64_t, int64_t)

static inline uint64_t
i64_extend32_s(uint64_t a)
{
	return (uint64_t)(int64_t)(int32_t)a;
}

static inline uint64_t
i64_extend_i32_s(uint32_t a)
{
	return (uint64_t)(int64_t)(int32_t)a;
}

static inline uint64_t
i64_extend_i32_u(uint32_t a)
{
	return a;
}

static inline uint32_t
i32_wrap_i64(uint64_t a)
{
	return (uint32_t)a;
}

/* Floats: F the type's name, N its width, U its bits, R the host's type, M the suffix of the
 * host's functions. The host rounds to nearest, ties to even. */
#define FLOAT_OPERATORS(F, N, U, R, M) \
	static inline R F##_of(U bits) \
	{ \
		R x; \
		memcpy(&x, &bits, sizeof x); \
		return x; \
	} \
	static inline U F##_bits(R x) \
	{ \
		U bits; \
		memcpy(&bits, &x, sizeof bits); \
		return bits; \
	} \
	static inline U F##_result(R x, U a, U b) \
	{ \
		return likely(x == x) ? F##_bits(x) : nan##N(a, b); \
	} \
	static inline U F##_add(U a, U b) \
	{ \
		return F##_result(F##_of(a) + F##_of(b), a, b); \
	} \
	static inline U F##_sub(U a, U b) \
	{ \
		return F##_result(F##_of(a) - F##_of(b), a, b); \
	} \
	static inline U F##_mul(U a, U b) \
	{ \
		return F##_result(F##_of(a) * F##_of(b), a, b); \
	} \
	static inline U F##_div(U a, U b) \
	{ \
		return F##_result(F##_of(a) / F##_of(b), a, b); \
	} \
	static inline U F##_min(U a, U b) \
	{ \
		R x = F##_of(a), y = F##_of(b); \
		if (unlikely(x != x || y != y)) \
			return nan##N(a, b); \
		return x == y ? a | b : x < y ? a : b; \
	} \
	static inline U F##_max(U a, U b) \
	{ \
		R x = F##_of(a), y = F##_of(b); \
		if (unlikely(x != x || y != y)) \
			return nan##N(a, b); \
		return x == y ? a & b : x > y ? a : b; \
	} \
	static inline U F##_copysign(U a, U b) \
	{ \
		U sign = (U)1 << (N - 1); \
		return (a & ~sign) | (b & sign); \
	} \
	static inline U F##_abs(U a) \
	{ \
		return a & ~((U)1 << (N - 1)); \
	} \
	static inline U F##_neg(U a) \
	{ \
		return a ^ (U)1 << (N - 1); \
	} \
	static inline U F##_sqrt(U a) \
	{ \
		return F##_result(sqrt##M(F##_of(a)), a, a); \
	} \
	static inline U F##_ceil(U a) \
	{ \
		return F##_result(ceil##M(F##_of(a)), a, a); \
	} \
	static inline U F##_floor(U a) \
	{ \
		return F##_result(floor##M(F##_of(a)), a, a); \
	} \
	static inline U F##_trunc(U a) \
	{ \
		return F##_result(trunc##M(F##_of(a)), a, a); \
	} \
	static inline U F##_nearest(U a) \
	{ \
		return F##_result(nearbyint##M(F##_of(a)), a, a); \
	} \
	static inline uint32_t F##_eq(U a, U b) \
	{ \
		return F##_of(a) == F##_of(b); \
	} \
	static inline uint32_t F##_ne(U a, U b) \
	{ \
		return F##_of(a) != F##_of(b); \
	} \
	static inline uint32_t F##_lt(U a, U b) \
	{ \
		return F##_of(a) < F##_of(b); \
	} \
	static inline uint32_t F##_gt(U a, U b) \
	{ \
		return F##_of(a) > F##_of(b); \
	} \
	static inline uint32_t F##_le(U a, U b) \
	{ \
		return F##_of(a) <= F##_of(b); \
	} \
	static inline uint32_t F##_ge(U a, U b) \
	{ \
		return F##_of(a) >= F##_of(b); \
	} \
	static inline U F##_convert_i32_s(uint32_t a) \
	{ \
		return F##_bits((R)(int32_t)a); \
	} \
	static inline U F##_convert_i32_u(uint32_t a) \
	{ \
		return F##_bits((R)a); \
	} \
	static inline U F##_convert_i64_s(uint64_t a) \
	{ \
		return F##_bits((R)(int64_t)a); \
	} \
	static inline U F##_convert_i64_u(uint64_t a) \
	{ \
		return F##_bits((R)a); \
	}

FLOAT_OPERATORS(f32, 32, uint32_t, float, f)
FLOAT_OPERATORS(f64, 64, uint64_t, double, )

static inline uint32_t
i32_reinterpret_f32(uint32_t a)
{
	return a;
}

static inline uint64_t
i64_reinterpret_f64(uint64_t a)
{
	return a;
}

static inline uint32_t
f32_reinterpret_i32(uint32_t a)
{
	return a;
}

static inline uint64_t
f64_reinterpret_i64(uint64_t a)
{
	return a;
}

#endif
