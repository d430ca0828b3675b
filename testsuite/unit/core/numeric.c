/* numeric.c - tests of core/numeric: the corners that the definitions in the specification
 * spell out, not arithmetic in general. */
#include "core/numeric.h"

#include <stdbool.h>

#include "base/choose.h"
#include "base/error.h"
#include "unit.h"

#define NAN32     UINT32_C(0x7fc00000)
#define NAN64     UINT64_C(0x7ff8000000000000)
#define BITS32(x) f32_bits((float)(x))
#define BITS64(x) f64_bits((double)(x))

/* The reason of the trap of one operator, or "none". */
struct probe {
	uint32_t (*op32)(uint32_t, uint32_t);
	uint64_t (*op64)(uint64_t, uint64_t);
	uint32_t (*trunc32)(uint64_t);
	uint64_t (*trunc64)(uint64_t);
	uint64_t a, b, result;
};

static void
run_probe(void *env)
{
	struct probe *p = env;
	if (p->op32)
		p->result = p->op32((uint32_t)p->a, (uint32_t)p->b);
	else if (p->op64)
		p->result = p->op64(p->a, p->b);
	else if (p->trunc32)
		p->result = p->trunc32(p->a);
	else
		p->result = p->trunc64(p->a);
}

static const char *
reason_of(struct probe p)
{
	struct error err = {0};
	return protect(run_probe, &p, &err) ? "none" : err.reason;
}

#define ck_traps(reason, ...) ck_assert_str_eq(reason_of((struct probe){__VA_ARGS__}), reason)

START_TEST(division)
{
	ck_traps("integer-divide-by-zero", .op32 = i32_div_s, .a = 1);
	ck_traps("integer-divide-by-zero", .op32 = i32_div_u, .a = 1);
	ck_traps("integer-divide-by-zero", .op32 = i32_rem_s, .a = 1);
	ck_traps("integer-divide-by-zero", .op64 = i64_rem_u, .a = 1);
	ck_traps("integer-overflow", .op32 = i32_div_s, .a = 0x80000000, .b = 0xffffffff);
	ck_traps("integer-overflow", .op64 = i64_div_s, .a = UINT64_C(1) << 63, .b = UINT64_MAX);
	ck_assert_uint_eq(i32_rem_s(0x80000000, 0xffffffff), 0);
	ck_assert_uint_eq(i32_div_s((uint32_t)-7, 2), (uint32_t)-3);
	ck_assert_uint_eq(i32_rem_s((uint32_t)-7, 2), (uint32_t)-1);
	ck_assert_uint_eq(i64_div_u(UINT64_MAX, 2), UINT64_MAX / 2);
}
END_TEST

START_TEST(shifts_and_counts)
{
	ck_assert_uint_eq(i32_shl(1, 32), 1);
	ck_assert_uint_eq(i32_shr_s(0x80000000, 63), 0xffffffff);
	ck_assert_uint_eq(i32_rotl(0xabcd9876, 0), 0xabcd9876);
	ck_assert_uint_eq(i32_rotl(0x80000001, 1), 3);
	ck_assert_uint_eq(i32_rotr(1, 33), 0x80000000);
	ck_assert_uint_eq(i64_rotr(1, 1), UINT64_C(1) << 63);
	ck_assert_uint_eq(i32_clz(0), 32);
	ck_assert_uint_eq(i32_clz(1), 31);
	ck_assert_uint_eq(i32_ctz(0), 32);
	ck_assert_uint_eq(i64_clz(0), 64);
	ck_assert_uint_eq(i64_ctz(UINT64_C(1) << 63), 63);
	ck_assert_uint_eq(i64_popcnt(UINT64_MAX), 64);
	ck_assert_uint_eq(i32_extend8_s(0x80), 0xffffff80);
	ck_assert_uint_eq(i64_extend16_s(0x8000), UINT64_C(0xffffffffffff8000));
	ck_assert_uint_eq(i64_extend32_s(0x80000000), UINT64_C(0xffffffff80000000));
	ck_assert_uint_eq(i64_extend_i32_u(0x80000000), 0x80000000);
}
END_TEST

START_TEST(zeros_and_minimum)
{
	uint32_t plus = BITS32(0.0), minus = BITS32(-0.0);
	ck_assert_uint_eq(f32_min(plus, minus), minus);
	ck_assert_uint_eq(f32_min(minus, plus), minus);
	ck_assert_uint_eq(f32_max(plus, minus), plus);
	ck_assert_uint_eq(f32_max(minus, plus), plus);
	ck_assert_uint_eq(f64_min(BITS64(-INFINITY), BITS64(1)), BITS64(-INFINITY));
	ck_assert_uint_eq(f64_max(BITS64(2), BITS64(1)), BITS64(2));
	ck_assert_uint_eq(f32_min(NAN32, plus), NAN32);
	ck_assert_uint_eq(f32_max(plus, NAN32 | 0x80000000), NAN32);
	ck_assert_uint_eq(f32_eq(plus, minus), 1);
	ck_assert_uint_eq(f32_ne(NAN32, NAN32), 1);
	ck_assert_uint_eq(f64_le(NAN64, NAN64), 0);
}
END_TEST

START_TEST(rounding)
{
	ck_assert_uint_eq(f32_nearest(BITS32(0.5)), BITS32(0.0));
	ck_assert_uint_eq(f32_nearest(BITS32(-0.5)), BITS32(-0.0));
	ck_assert_uint_eq(f32_nearest(BITS32(1.5)), BITS32(2));
	ck_assert_uint_eq(f64_nearest(BITS64(-2.5)), BITS64(-2));
	ck_assert_uint_eq(f64_ceil(BITS64(-0.5)), BITS64(-0.0));
	ck_assert_uint_eq(f64_floor(BITS64(-0.5)), BITS64(-1));
	ck_assert_uint_eq(f64_trunc(BITS64(-1.9)), BITS64(-1));
	ck_assert_uint_eq(f64_sqrt(BITS64(-1)), NAN64);
	ck_assert_uint_eq(f32_convert_i32_u(0x01000001), BITS32(16777216.0));
	ck_assert_uint_eq(f32_convert_i64_u(UINT64_C(0x7fffff4000000001)), 0x5effffff);
	ck_assert_uint_eq(f64_convert_i64_u(UINT64_MAX), BITS64(0x1p64));
	ck_assert_uint_eq(f64_convert_i64_s(UINT64_MAX), BITS64(-1));
}
END_TEST

START_TEST(signs_keep_nan_bits)
{
	ck_assert_uint_eq(f32_neg(0x7fa12345), 0xffa12345);
	ck_assert_uint_eq(f32_abs(0xffa12345), 0x7fa12345);
	ck_assert_uint_eq(f32_copysign(0x7fa12345, BITS32(-1)), 0xffa12345);
	ck_assert_uint_eq(f64_neg(NAN64), NAN64 | UINT64_C(1) << 63);
}
END_TEST

START_TEST(truncation)
{
	ck_assert_uint_eq(i32_trunc_f64_s(BITS64(-2147483648.9)), 0x80000000);
	ck_assert_uint_eq(i32_trunc_f64_s(BITS64(2147483647.9)), 0x7fffffff);
	ck_assert_uint_eq(i32_trunc_f64_u(BITS64(-0.9)), 0);
	ck_assert_uint_eq(i64_trunc_f64_s(BITS64(-0x1p63)), UINT64_C(1) << 63);
	ck_assert_uint_eq(i64_trunc_f32_u(BITS32(0x1p63)), UINT64_C(1) << 63);
	ck_traps("integer-overflow", .trunc32 = i32_trunc_f64_s, .a = BITS64(-2147483649.0));
	ck_traps("integer-overflow", .trunc32 = i32_trunc_f64_s, .a = BITS64(2147483648.0));
	ck_traps("integer-overflow", .trunc32 = i32_trunc_f64_u, .a = BITS64(-1.0));
	ck_traps("integer-overflow", .trunc32 = i32_trunc_f64_u, .a = BITS64(INFINITY));
	ck_traps("integer-overflow", .trunc64 = i64_trunc_f64_s, .a = BITS64(0x1p63));
	ck_traps(
		"integer-overflow", .trunc64 = i64_trunc_f64_s, .a = BITS64(-0x1.0000000000001p63));
	ck_traps("integer-overflow", .trunc64 = i64_trunc_f64_u, .a = BITS64(0x1p64));
	ck_traps("invalid-conversion-to-integer", .trunc32 = i32_trunc_f64_s, .a = NAN64);
}
END_TEST

START_TEST(saturation)
{
	ck_assert_uint_eq(i32_trunc_sat_f32_s(NAN32), 0);
	ck_assert_uint_eq(i32_trunc_sat_f32_s(BITS32(-INFINITY)), 0x80000000);
	ck_assert_uint_eq(i32_trunc_sat_f64_s(BITS64(1e10)), 0x7fffffff);
	ck_assert_uint_eq(i32_trunc_sat_f64_u(BITS64(-1.0)), 0);
	ck_assert_uint_eq(i32_trunc_sat_f64_u(BITS64(-0.5)), 0);
	ck_assert_uint_eq(i64_trunc_sat_f64_u(BITS64(1e30)), UINT64_MAX);
	ck_assert_uint_eq(i64_trunc_sat_f64_s(BITS64(-1e30)), UINT64_C(1) << 63);
	ck_assert_uint_eq(i64_trunc_sat_f32_s(BITS32(-3.7)), (uint64_t)-3);
}
END_TEST

START_TEST(between_floats)
{
	ck_assert_uint_eq(f32_demote_f64(BITS64(1e300)), BITS32(INFINITY));
	ck_assert_uint_eq(f32_demote_f64(BITS64(0x1.000001p0)), BITS32(1));
	ck_assert_uint_eq(f32_demote_f64(UINT64_C(0xfff0000000000001)), NAN32);
	ck_assert_uint_eq(f64_promote_f32(0xffa00000), NAN64);
	ck_assert_uint_eq(f64_promote_f32(1), BITS64(0x1p-149));
}
END_TEST

/* With another driver each result is still one that the specification allows. */
START_TEST(chosen_nans)
{
	bool negative = false, payload = false, wide = false;
	choose_seed(7);
	for (int i = 0; i < 100; i++) {
		uint32_t canonical = f32_add(NAN32, BITS32(1));
		ck_assert_uint_eq(canonical & 0x7fffffff, NAN32);
		negative |= canonical >> 31;
		uint32_t any = f32_add(0x7fa00001, BITS32(1));
		ck_assert_uint_eq(any & NAN32, NAN32);
		payload |= any == 0x7fe00001;
		wide |= f64_mul(NAN64, BITS64(1)) != NAN64;
	}
	choose_release();
	ck_assert(negative && payload && wide);
}
END_TEST

UNIT_MAIN("numeric", division, shifts_and_counts, zeros_and_minimum, rounding, signs_keep_nan_bits,
	truncation, saturation, between_floats, chosen_nans)
