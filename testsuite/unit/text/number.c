#include "text/number.h"

#include "unit.h"

START_TEST(integers_by_width)
{
	static const struct {
		const char *text;
		unsigned bits;
		enum number_result result;
		uint64_t value;
	} cases[] = {
		{"0", 32, NUMBER_OK, 0},
		{"+1", 32, NUMBER_OK, 1},
		{"-1", 32, NUMBER_OK, 0xffffffff},
		{"4294967295", 32, NUMBER_OK, 0xffffffff},
		{"4294967296", 32, NUMBER_RANGE, 0},
		{"-2147483648", 32, NUMBER_OK, 0x80000000},
		{"-2147483649", 32, NUMBER_RANGE, 0},
		{"0xffff_FFFF", 32, NUMBER_OK, 0xffffffff},
		{"-0x80000000", 32, NUMBER_OK, 0x80000000},
		{"18446744073709551615", 64, NUMBER_OK, UINT64_MAX},
		{"18446744073709551616", 64, NUMBER_RANGE, 0},
		{"-9223372036854775808", 64, NUMBER_OK, UINT64_C(1) << 63},
		{"1_000", 16, NUMBER_OK, 1000},
		{"256", 8, NUMBER_RANGE, 0},
		{"", 32, NUMBER_SYNTAX, 0},
		{"_1", 32, NUMBER_SYNTAX, 0},
		{"1_", 32, NUMBER_SYNTAX, 0},
		{"1__0", 32, NUMBER_SYNTAX, 0},
		{"0x", 32, NUMBER_SYNTAX, 0},
		{"0x_1", 32, NUMBER_SYNTAX, 0},
		{"+-1", 32, NUMBER_SYNTAX, 0},
		{"1.0", 32, NUMBER_SYNTAX, 0},
		{"0xg", 32, NUMBER_SYNTAX, 0},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		uint64_t v = 0;
		enum number_result r = number_int(str_of(cases[i].text), cases[i].bits, &v);
		ck_assert_msg(r == cases[i].result, "%s: result %d", cases[i].text, r);
		if (r == NUMBER_OK)
			ck_assert_msg(v == cases[i].value, "%s", cases[i].text);
	}
}
END_TEST

START_TEST(signs_by_kind)
{
	uint64_t v;
	ck_assert_int_eq(number_unsigned(STR("-0"), 32, &v), NUMBER_SYNTAX);
	ck_assert_int_eq(number_unsigned(STR("255"), 8, &v), NUMBER_OK);
	ck_assert_int_eq(number_unsigned(STR("256"), 8, &v), NUMBER_RANGE);
	ck_assert_int_eq(number_signed(STR("-128"), 8, &v), NUMBER_OK);
	ck_assert_int_eq((int64_t)v, -128);
	ck_assert_int_eq(number_signed(STR("128"), 8, &v), NUMBER_RANGE);
	ck_assert_int_eq(number_signed(STR("-129"), 8, &v), NUMBER_RANGE);
	ck_assert_int_eq(number_signed(STR("9223372036854775808"), 64, &v), NUMBER_RANGE);
	ck_assert_int_eq(number_signed(STR("-9223372036854775808"), 64, &v), NUMBER_OK);
}
END_TEST

START_TEST(floats_round_once)
{
	static const struct {
		const char *text;
		enum number_result result;
		uint32_t bits;
	} cases[] = {
		{"0", NUMBER_OK, 0},
		{"-0.0", NUMBER_OK, 0x80000000},
		{"1.", NUMBER_OK, 0x3f800000},
		{"1e0", NUMBER_OK, 0x3f800000},
		{"0x1.8p1", NUMBER_OK, 0x40400000},
		{"0x1p-149", NUMBER_OK, 1},
		{"1_0.2_5e-1", NUMBER_OK, 0x3f833333},
		{"inf", NUMBER_OK, 0x7f800000},
		{"-inf", NUMBER_OK, 0xff800000},
		{"nan", NUMBER_OK, 0x7fc00000},
		{"-nan:0x1", NUMBER_OK, 0xff800001},
		{"nan:0x7f_ffff", NUMBER_OK, 0x7fffffff},
		{"nan:0x0", NUMBER_RANGE, 0},
		{"nan:0x800000", NUMBER_RANGE, 0},
		{"1e39", NUMBER_RANGE, 0},
		{"0x1p128", NUMBER_RANGE, 0},
		/* half way between two floats, and a bit more: by way of a double it rounds twice */
		{"0x1.00000100000000001p-50", NUMBER_OK, 0x26800001},
		{"+0x1.000002p+0", NUMBER_OK, 0x3f800001},
		{"0x1.fffffefffffffffffp127", NUMBER_OK, 0x7f7fffff},
		{"1e", NUMBER_SYNTAX, 0},
		{".5", NUMBER_SYNTAX, 0},
		{"0x1e+2", NUMBER_SYNTAX, 0},
		{"nan:1", NUMBER_SYNTAX, 0},
		{"infinity", NUMBER_SYNTAX, 0},
		{"1e1.0", NUMBER_SYNTAX, 0},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		uint32_t bits = 0;
		enum number_result r = number_f32(str_of(cases[i].text), &bits);
		ck_assert_msg(r == cases[i].result, "%s: result %d", cases[i].text, r);
		if (r == NUMBER_OK)
			ck_assert_msg(bits == cases[i].bits, "%s: 0x%x", cases[i].text, bits);
	}
}
END_TEST

START_TEST(doubles)
{
	uint64_t bits;
	ck_assert_int_eq(number_f64(STR("0x1.fffffffffffffp1023"), &bits), NUMBER_OK);
	ck_assert_uint_eq(bits, UINT64_C(0x7fefffffffffffff));
	ck_assert_int_eq(number_f64(STR("1e309"), &bits), NUMBER_RANGE);
	ck_assert_int_eq(number_f64(STR("nan:0xf_ffff_ffff_ffff"), &bits), NUMBER_OK);
	ck_assert_uint_eq(bits, UINT64_C(0x7fffffffffffffff));
	ck_assert_int_eq(number_f64(STR("4.9406564584124654e-324"), &bits), NUMBER_OK);
	ck_assert_uint_eq(bits, 1);
}
END_TEST

START_TEST(what_the_lexer_takes_for_a_number)
{
	static const char *const yes[] = {"1", "-0x1", "+1.5e3", "inf", "nan", "nan:0x4", "-inf"};
	static const char *const no[] = {
		"x", "nan:canonical", "1x", "i32.const", "-", "0x1.p", "in"};
	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
		ck_assert_msg(number_is_literal(str_of(yes[i])), "%s", yes[i]);
	for (size_t i = 0; i < sizeof no / sizeof *no; i++)
		ck_assert_msg(!number_is_literal(str_of(no[i])), "%s", no[i]);
	ck_assert(!number_is_integer(STR("1.0")));
}
END_TEST

UNIT_MAIN("text/number", integers_by_width, signs_by_kind, floats_round_once, doubles,
	what_the_lexer_takes_for_a_number)
