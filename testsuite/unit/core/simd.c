/* simd.c - tests of core/exec_simd, numeric_simd and numeric_relaxed: of each family of vector
 * instructions a few, with results worked out by hand, and vectors where values lie. All
 * instructions are the core suite's business. */
#include "core/exec_simd.h"

#include <stdio.h>

#include "base/choose.h"
#include "module.h"

static struct world w;

/* Makes a function of a body, after the other fields, and calls it; whether it returned. */
static const char *
run(const char *fields, const char *type, const char *body)
{
	char text[2000];
	snprintf(text, sizeof text, "%s (func (export \"f\") (result %s) %s)", fields, type, body);
	make(&w, text);
	return call2(&w, "f", 0, 0);
}

/* As four lanes of 32 bits. */
static void
vector_of(const char *fields, const char *body, uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
	uint32_t want[4] = {a, b, c, d}, got[4];
	ck_assert_str_eq(run(fields, "v128", body), "none");
	memcpy(got, w.results, sizeof got);
	for (int k = 0; k < 4; k++)
		ck_assert_msg(got[k] == want[k], "%s: lane %d is %08x, not %08x", body, k, got[k],
			want[k]);
	world_free(&w);
}

#define vector(body, a, b, c, d) vector_of("", body, a, b, c, d)
#define all(body, a)             vector_of("", body, a, a, a, a)

static void
scalar(const char *type, const char *body, uint64_t want)
{
	ck_assert_str_eq(run("", type, body), "none");
	uint64_t got = strchr(type, '6') ? w.results[0].i64 : w.results[0].i32;
	ck_assert_msg(got == want, "%s: %llx, not %llx", body, (unsigned long long)got,
		(unsigned long long)want);
	world_free(&w);
}

/* An operator on a vector of equal lanes, or two. */
#define SPLAT(shape, n) "(" shape ".splat (i32.const " #n "))"
#define OF(op, a)       "(" op " " a ")"
#define OF2(op, a, b)   "(" op " " a " " b ")"

START_TEST(narrow_integers)
{
	all(OF2("i8x16.add_sat_s", SPLAT("i8x16", 100), SPLAT("i8x16", 100)), 0x7f7f7f7f);
	all(OF2("i8x16.add_sat_s", SPLAT("i8x16", -100), SPLAT("i8x16", -100)), 0x80808080);
	all(OF2("i8x16.add_sat_u", SPLAT("i8x16", 200), SPLAT("i8x16", 100)), 0xffffffff);
	all(OF2("i8x16.add", SPLAT("i8x16", 200), SPLAT("i8x16", 100)), 0x2c2c2c2c);
	all(OF2("i8x16.sub_sat_u", SPLAT("i8x16", 1), SPLAT("i8x16", 2)), 0);
	all(OF2("i16x8.sub_sat_s", SPLAT("i16x8", -32768), SPLAT("i16x8", 1)), 0x80008000);
	all(OF2("i16x8.mul", SPLAT("i16x8", 0xffff), SPLAT("i16x8", 0xffff)), 0x00010001);
	all(OF2("i16x8.q15mulr_sat_s", SPLAT("i16x8", -32768), SPLAT("i16x8", -32768)), 0x7fff7fff);
	all(OF2("i16x8.q15mulr_sat_s", SPLAT("i16x8", 0x4000), SPLAT("i16x8", 3)), 0x00020002);
	all(OF2("i8x16.avgr_u", SPLAT("i8x16", 255), SPLAT("i8x16", 254)), 0xffffffff);
	all(OF2("i8x16.min_s", SPLAT("i8x16", -1), SPLAT("i8x16", 1)), 0xffffffff);
	all(OF2("i8x16.min_u", SPLAT("i8x16", -1), SPLAT("i8x16", 1)), 0x01010101);
	all(OF("i8x16.abs", SPLAT("i8x16", -128)), 0x80808080);
	all(OF("i8x16.popcnt", SPLAT("i8x16", 0xef)), 0x07070707);
	all(OF2("i8x16.shl", SPLAT("i8x16", 0x81), "(i32.const 9)"), 0x02020202);
	all(OF2("i16x8.shr_s", SPLAT("i16x8", 0x8000), "(i32.const 17)"), 0xc000c000);
	all(OF2("i16x8.shr_u", SPLAT("i16x8", 0x8000), "(i32.const 17)"), 0x40004000);
	vector("(i8x16.narrow_i16x8_u (v128.const i16x8 -1 0 255 256 0 0 0 0) (i16x8.splat "
	       "(i32.const 7)))",
		0xffff0000, 0, 0x07070707, 0x07070707);
	vector("(i16x8.narrow_i32x4_s (v128.const i32x4 -40000 40000 0 -1) (v128.const i32x4 1 2 3 "
	       "4))",
		0x7fff8000, 0xffff0000, 0x00020001, 0x00040003);
}
END_TEST

START_TEST(wide_integers)
{
	vector("(i64x2.mul (v128.const i64x2 -1 0x100000000) (v128.const i64x2 2 0x100000001))",
		0xfffffffe, 0xffffffff, 0, 1);
	vector("(i64x2.neg (v128.const i64x2 1 0x8000000000000000))", 0xffffffff, 0xffffffff, 0,
		0x80000000);
	vector("(i64x2.shr_s (v128.const i64x2 -8 8) (i32.const 66))", 0xfffffffe, 0xffffffff, 2,
		0);
	vector("(i64x2.lt_s (v128.const i64x2 -1 1) (v128.const i64x2 0 0))", 0xffffffff,
		0xffffffff, 0, 0);
	vector("(i32x4.gt_u (v128.const i32x4 -1 0 1 2) (v128.const i32x4 1 1 1 1))", 0xffffffff, 0,
		0, 0xffffffff);
	all(OF2("i32x4.dot_i16x8_s", SPLAT("i16x8", -32768), SPLAT("i16x8", -32768)), 0x80000000);
	all(OF("i16x8.extadd_pairwise_i8x16_s", SPLAT("i8x16", -128)), 0xff00ff00);
	all(OF("i16x8.extadd_pairwise_i8x16_u", SPLAT("i8x16", -128)), 0x01000100);
	vector("(i64x2.extmul_high_i32x4_u (v128.const i32x4 7 7 -1 2) (v128.const i32x4 7 7 -1 "
	       "2))",
		1, 0xfffffffe, 4, 0);
	vector("(i32x4.extmul_low_i16x8_s (v128.const i16x8 -2 3 4 5 9 9 9 9) (i16x8.splat "
	       "(i32.const -1)))",
		2, -3u, -4u, -5u);
	vector("(i16x8.extend_high_i8x16_s (v128.const i8x16 0 0 0 0 0 0 0 0 -1 -2 127 -128 0 1 2 "
	       "3))",
		0xfffeffff, 0xff80007f, 0x00010000, 0x00030002);
	vector("(i32x4.extend_low_i16x8_u (v128.const i16x8 -1 1 2 3 9 9 9 9))", 0xffff, 1, 2, 3);
}
END_TEST

START_TEST(bits)
{
	all(OF2("v128.andnot", SPLAT("i8x16", 0x0f), SPLAT("i8x16", 0x55)), 0x0a0a0a0a);
	all("(v128.not (v128.const i64x2 0 0))", 0xffffffff);
	vector("(v128.bitselect (v128.const i32x4 -1 -1 -1 -1) (v128.const i32x4 0 0 0 0) "
	       "(v128.const i32x4 1 2 4 8))",
		1, 2, 4, 8);
	scalar("i32", "(v128.any_true (v128.const i64x2 0 0x100000000))", 1);
	scalar("i32", "(v128.any_true (v128.const i64x2 0 0))", 0);
	scalar("i32", "(i8x16.all_true (v128.const i32x4 0x01010101 -1 -1 0xff00ffff))", 0);
	scalar("i32", "(i64x2.all_true (v128.const i64x2 0x100000000 1))", 1);
	scalar("i32", "(i8x16.bitmask (v128.const i32x4 0x7f7f7f80 0 0 0x80000000))", 0x8001);
	scalar("i32", "(i64x2.bitmask (v128.const i64x2 1 -1))", 2);
}
END_TEST

START_TEST(floats)
{
	/* a NaN is no less: the first operand stays */
	vector("(f32x4.pmin (v128.const f32x4 nan 0 1 2) (v128.const f32x4 1 -0 nan 1))",
		0x7fc00000, 0, 0x3f800000, 0x3f800000);
	vector("(f32x4.pmax (v128.const f32x4 nan 0 1 2) (v128.const f32x4 1 -0 nan 3))",
		0x7fc00000, 0, 0x3f800000, 0x40400000);
	vector("(f32x4.min (v128.const f32x4 0 -0 nan 1) (v128.const f32x4 -0 0 1 2))", 0x80000000,
		0x80000000, 0x7fc00000, 0x3f800000);
	vector("(f32x4.nearest (v128.const f32x4 2.5 -0.5 3.5 1e30))", 0x40000000, 0x80000000,
		0x40800000, 0x7149f2ca);
	vector("(f64x2.sqrt (v128.const f64x2 4 -1))", 0, 0x40000000, 0, 0x7ff80000);
	vector("(f64x2.lt (v128.const f64x2 1 nan) (v128.const f64x2 2 2))", 0xffffffff, 0xffffffff,
		0, 0);
	vector("(f32x4.ne (v128.const f32x4 nan 0 1 1) (v128.const f32x4 nan -0 1 2))", 0xffffffff,
		0, 0, 0xffffffff);
}
END_TEST

START_TEST(conversions)
{
	vector("(i32x4.trunc_sat_f64x2_s_zero (v128.const f64x2 1e10 nan))", 0x7fffffff, 0, 0, 0);
	vector("(i32x4.trunc_sat_f32x4_u (v128.const f32x4 -1 1.9 1e10 nan))", 0, 1, 0xffffffff, 0);
	vector("(f64x2.convert_low_i32x4_u (v128.const i32x4 -1 1 9 9))", 0xffe00000, 0x41efffff, 0,
		0x3ff00000);
	vector("(f32x4.convert_i32x4_s (v128.const i32x4 -1 16777217 0 1))", 0xbf800000, 0x4b800000,
		0, 0x3f800000);
	vector("(f32x4.demote_f64x2_zero (v128.const f64x2 1.5 -inf))", 0x3fc00000, 0xff800000, 0,
		0);
	vector("(f64x2.promote_low_f32x4 (v128.const f32x4 1.5 -inf 9 9))", 0, 0x3ff80000, 0,
		0xfff00000);
}
END_TEST

START_TEST(lanes)
{
	vector("(i8x16.shuffle 0 16 15 31 1 1 1 1 2 2 2 2 3 3 3 3 (v128.const i8x16 0 1 2 3 4 5 6 "
	       "7 "
	       "8 9 10 11 12 13 14 15) (i8x16.splat (i32.const 0x99)))",
		0x990f9900, 0x01010101, 0x02020202, 0x03030303);
	vector("(i8x16.swizzle (v128.const i32x4 0x03020100 0x07060504 0x0b0a0908 0x0f0e0d0c) "
	       "(v128.const i8x16 15 16 -1 0 1 1 1 1 2 2 2 2 3 3 3 3))",
		0x0000000f, 0x01010101, 0x02020202, 0x03030303);
	scalar("i32", "(i8x16.extract_lane_s 15 (v128.const i32x4 0 0 0 0x80000000))", 0xffffff80);
	scalar("i32", "(i8x16.extract_lane_u 15 (v128.const i32x4 0 0 0 0x80000000))", 0x80);
	scalar("i64", "(i64x2.extract_lane 1 (v128.const i64x2 1 -2))", UINT64_MAX - 1);
	scalar("f32", "(f32x4.extract_lane 2 (v128.const f32x4 0 0 nan:0x200000 0))", 0x7fa00000);
	vector("(i16x8.replace_lane 3 (v128.const i64x2 -1 -1) (i32.const 0x12345678))", 0xffffffff,
		0x5678ffff, 0xffffffff, 0xffffffff);
	vector("(f64x2.splat (f64.const -0))", 0, 0x80000000, 0, 0x80000000);
}
END_TEST

static const char memory[] =
	"(memory 1) (data (i32.const 16) "
	"\"\\00\\01\\80\\ff\\04\\05\\06\\07\\08\\09\\0a\\0b\\0c\\0d\\0e\\0f\")";

START_TEST(loads_and_stores)
{
	const char *m = memory;
	vector_of(m, "(v128.load (i32.const 16))", 0xff800100, 0x07060504, 0x0b0a0908, 0x0f0e0d0c);
	vector_of(m, "(v128.load offset=17 align=1 (i32.const 0))", 0x04ff8001, 0x08070605,
		0x0c0b0a09, 0x000f0e0d);
	vector_of(m, "(v128.load8x8_s (i32.const 16))", 0x00010000, 0xffffff80, 0x00050004,
		0x00070006);
	vector_of(m, "(v128.load32x2_u (i32.const 16))", 0xff800100, 0, 0x07060504, 0);
	vector_of(m, "(v128.load16_splat (i32.const 18))", 0xff80ff80, 0xff80ff80, 0xff80ff80,
		0xff80ff80);
	vector_of(m, "(v128.load64_zero (i32.const 16))", 0xff800100, 0x07060504, 0, 0);
	vector_of(m, "(v128.load32_lane offset=4 2 (i32.const 16) (v128.const i32x4 1 2 3 4))", 1,
		2, 0x07060504, 4);
	vector_of(m,
		"(v128.store16_lane 5 (i32.const 17) (v128.const i16x8 0 0 0 0 0 0xabcd 0 0)) "
		"(v128.load (i32.const 16))",
		0xffabcd00, 0x07060504, 0x0b0a0908, 0x0f0e0d0c);
	vector_of(m,
		"(v128.store (i32.const 24) (v128.load (i32.const 16))) (v128.load (i32.const 24))",
		0xff800100, 0x07060504, 0x0b0a0908, 0x0f0e0d0c);
	vector_of("(memory i64 1)",
		"(v128.store (i64.const 65520) (v128.const i32x4 1 2 3 4)) (v128.load8_lane "
		"offset=65519 0 (i64.const 1) (v128.const i32x4 0 0 0 0))",
		1, 0, 0, 0);
}
END_TEST

START_TEST(out_of_bounds)
{
	static const char *const bodies[] = {
		"(v128.load (i32.const 65521))",
		"(v128.load offset=0xffffffff (i32.const -1))",
		"(v128.load8x8_u (i32.const 65529))",
		"(v128.load64_splat (i32.const 65529))",
		"(v128.load32_zero (i32.const 65533))",
		"(v128.load64_lane 0 (i32.const 65529) (v128.const i64x2 0 0))",
		"(v128.store (i32.const 65521) (v128.const i64x2 0 0)) (v128.const i64x2 0 0)",
		("(v128.store32_lane 0 (i32.const 65533) (v128.const i64x2 0 0)) "
		 "(v128.const i64x2 0 0)"),
	};
	for (size_t k = 0; k < sizeof bodies / sizeof *bodies; k++) {
		const char *reason = run(memory, "v128", bodies[k]);
		ck_assert_msg(!strcmp(reason, "out-of-bounds-memory-access"), "%s: %s", bodies[k],
			reason);
		world_free(&w);
	}
}
END_TEST

/* Vectors in parameters, locals, globals, results, blocks, and what drops or keeps them. */
START_TEST(where_values_lie)
{
	vector_of(
		"(func $rotate (param i32 v128 i64) (result i64 i32 v128) local.get 2 local.get 0 "
		"local.get 1)",
		"(local $v v128) (i32.const 1) (v128.const i32x4 5 6 7 8) (i64.const 2) (call "
		"$rotate) (local.set $v) drop drop (local.get $v)",
		5, 6, 7, 8);
	vector_of("(global $i v128 (v128.const i32x4 1 2 3 4)) (global $g (mut v128) (global.get "
		  "$i))",
		"(global.set $g (i32x4.add (global.get $g) (v128.const i32x4 1 1 1 1))) "
		"(global.get "
		"$g)",
		2, 3, 4, 5);
}
END_TEST

START_TEST(control)
{
	vector("(block (result v128) (i32.const 3) (v128.const i32x4 9 9 9 9) (v128.const i32x4 1 "
	       "2 "
	       "3 4) (br 0))",
		1, 2, 3, 4);
	vector("(local v128) (i32.const 5) (v128.const i32x4 1 2 3 4) (block (param v128) (result "
	       "v128) (br_if 0 (i32.const 1)) drop (v128.const i64x2 0 0)) (local.set 0) drop "
	       "(local.get 0)",
		1, 2, 3, 4);
	vector("(v128.const i32x4 1 1 1 1) (v128.const i32x4 2 2 2 2) (i32.const 0) select", 2, 2,
		2, 2);
	vector("(select (result v128) (v128.const i32x4 1 1 1 1) (v128.const i32x4 2 2 2 2) "
	       "(i32.const 7))",
		1, 1, 1, 1);
	vector_of("(tag $t (param i32 v128))",
		"(block $h (result i32 v128) (try_table (catch $t $h) (throw $t (i32.const 4) "
		"(v128.const i32x4 1 2 3 4))) unreachable) (i32x4.splat (i32.const 1)) i32x4.add "
		"return",
		2, 3, 4, 5);
}
END_TEST

/* What each relaxed instruction gives with its parameter at 0, as the deterministic profile has
 * it, and at `value`. */
static void
relaxed(const char *body, uint32_t value, uint32_t plain, uint32_t other)
{
	size_t n;
	choose_seed(0);
	all(body, plain);
	choose_replay(&value, 1);
	all(body, other);
	const struct choice *made = choose_record(&n);
	ck_assert_uint_eq(n, 1);
	ck_assert_uint_eq(made->value, value);
	choose_release();
}

#define F32(x)           "(f32x4.splat (f32.const " x "))"
#define OF3(op, a, b, c) "(" op " " a " " b " " c ")"

START_TEST(relaxed_integers)
{
	relaxed("(i8x16.relaxed_swizzle (v128.const i32x4 0x03020100 0x07060504 0x0b0a0908 "
		"0x0f0e0d0c) (i8x16.splat (i32.const 18)))",
		1, 0, 0x02020202);
	relaxed(OF2("i16x8.relaxed_q15mulr_s", SPLAT("i16x8", -32768), SPLAT("i16x8", -32768)), 1,
		0x7fff7fff, 0x80008000);
	relaxed(OF3("i16x8.relaxed_laneselect", SPLAT("i16x8", 0x1234), SPLAT("i16x8", 0x5678),
			SPLAT("i16x8", 0xff00)),
		1, 0x12781278, 0x12341234);
	relaxed(OF2("i16x8.relaxed_dot_i8x16_i7x16_s", SPLAT("i8x16", 2), SPLAT("i8x16", -1)), 1,
		0xfffcfffc, 0x03fc03fc);
	relaxed(OF3("i32x4.relaxed_dot_i8x16_i7x16_add_s", SPLAT("i8x16", 2), SPLAT("i8x16", -1),
			SPLAT("i32x4", 1)),
		1, (uint32_t)-7, 2041);
	relaxed(OF("i32x4.relaxed_trunc_f32x4_s", F32("nan")), 1, 0, 0x80000000);
	relaxed(OF("i32x4.relaxed_trunc_f32x4_s", F32("3e9")), 1, 0x7fffffff, 0x80000000);
	relaxed(OF("i32x4.relaxed_trunc_f32x4_u", F32("-2")), 1, 0, 0xffffffff);
}
END_TEST

START_TEST(relaxed_floats)
{
	/* 1.000001 squared is not a float: the product's rounding makes the difference */
	relaxed(OF3("f32x4.relaxed_madd", F32("0x1.000002p0"), F32("0x1.000002p0"),
			F32("-0x1.000004p0")),
		1, 0, 0x28800000);
	relaxed(OF3("f32x4.relaxed_nmadd", F32("0x1.000002p0"), F32("0x1.000002p0"),
			F32("0x1.000004p0")),
		1, 0, 0xa8800000);
	relaxed(OF2("f32x4.relaxed_min", F32("0"), F32("-0")), 1, 0x80000000, 0);
	relaxed(OF2("f32x4.relaxed_max", F32("0"), F32("-0")), 2, 0, 0x80000000);
	relaxed(OF2("f32x4.relaxed_max", F32("-0"), F32("0")), 3, 0, 0);
	relaxed(OF2("f32x4.relaxed_min", F32("1"), F32("-nan:0x200000")), 2, 0x7fc00000,
		0x7fa00000);
	relaxed(OF2("f32x4.relaxed_min", F32("-nan:0x200000"), F32("1")), 3, 0x7fc00000,
		0x3f800000);
}
END_TEST

/* What does not differ is no choice; and a choice that was made is kept. */
START_TEST(parameters)
{
	size_t n;
	choose_seed(9);
	all(OF2("f32x4.relaxed_min", F32("1"), F32("2")), 0x3f800000);
	all(OF("i32x4.relaxed_trunc_f32x4_s", F32("-2147483648")), 0x80000000);
	all(OF2("i8x16.relaxed_swizzle", SPLAT("i8x16", 3), SPLAT("i8x16", 200)), 0);
	choose_record(&n);
	ck_assert_uint_eq(n, 0);
	choose_seed(0);
	choose_once(3, 5, "here");
	choose_once(3, 5, "here");
	choose_once(4, 5, "there");
	choose_record(&n);
	ck_assert_uint_eq(n, 2);
	uint32_t values[] = {4, 2};
	choose_replay(values, 2);
	ck_assert_uint_eq(choose_once(3, 5, "here"), 4);
	ck_assert_uint_eq(choose(3), 2);
	ck_assert_uint_eq(choose_once(3, 5, "here"), 4);
	choose_release();
}
END_TEST

UNIT_MAIN("core/simd", narrow_integers, wide_integers, bits, floats, conversions, lanes,
	loads_and_stores, out_of_bounds, where_values_lie, control, relaxed_integers,
	relaxed_floats, parameters)
