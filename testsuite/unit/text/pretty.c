/* pretty.c - tests of text/pretty: strings, identifiers and numbers as they can be read back. */
#include "text/pretty.h"

#include <math.h>

#include "text/number.h"
#include "unit.h"

static char *written;
static size_t len;

static struct pretty
start(void)
{
	free(written);
	written = NULL;
	return (struct pretty){.out = open_memstream(&written, &len)};
}

#define WRITES(expected, call, ...) \
	do { \
		struct pretty p = start(); \
		call(&p, __VA_ARGS__); \
		fclose(p.out); \
		ck_assert_str_eq(written, expected); \
	} while (0)

START_TEST(strings)
{
	WRITES("\"a b\"", pretty_string, STR("a b"));
	WRITES("\"\\\"\\\\\\0a\\7f\"", pretty_string, STR("\"\\\n\x7f"));
	WRITES("\"\xc3\xa4\"", pretty_string, STR("\xc3\xa4"));
	WRITES("\"\\c3\\a4\"", pretty_bytes, STR("\xc3\xa4"));
	WRITES("\"\\e2\\80\\ae\"", pretty_string, STR("\xe2\x80\xae")); /* turns the text around */
	WRITES("\"\\00\"", pretty_bytes, STR("\0"));
}
END_TEST

START_TEST(identifiers)
{
	WRITES("$a-b.c", pretty_id, STR("a-b.c"));
	WRITES("$\"a b\"", pretty_id, STR("a b"));
	WRITES("$\"\\\"\"", pretty_id, STR("\""));
	WRITES("$\"(\"", pretty_id, STR("("));
}
END_TEST

START_TEST(chars)
{
	WRITES("'a'", pretty_char, 'a');
	WRITES("'\\u{27}'", pretty_char, '\'');
	WRITES("'\\u{5c}'", pretty_char, '\\');
	WRITES("'\\u{10ffff}'", pretty_char, 0x10ffff);
}
END_TEST

static uint64_t
bits_of(double x)
{
	uint64_t bits;
	memcpy(&bits, &x, sizeof bits);
	return bits;
}

static uint32_t
bits32_of(float x)
{
	uint32_t bits;
	memcpy(&bits, &x, sizeof bits);
	return bits;
}

START_TEST(floats)
{
	WRITES("0.1", pretty_f64, bits_of(0.1));
	WRITES("-0", pretty_f64, bits_of(-0.0));
	WRITES("1e+300", pretty_f64, bits_of(1e300));
	WRITES("4.94065645841247e-324", pretty_f64, 1);
	WRITES("-inf", pretty_f64, bits_of(-INFINITY));
	WRITES("nan", pretty_f64, UINT64_C(0x7ff8000000000000));
	WRITES("-nan:0x1", pretty_f64, UINT64_C(0xfff0000000000001));
	WRITES("0.1", pretty_f32, bits32_of(0.1f));
	WRITES("16777216", pretty_f32, bits32_of(16777216.0f));
	WRITES("inf", pretty_f32, 0x7f800000);
	WRITES("nan:0x200000", pretty_f32, 0x7fa00000);
	WRITES("-nan", pretty_f32, 0xffc00000);
}
END_TEST

/* Bits to text to bits, over all exponents. */
START_TEST(floats_mean_their_bits)
{
	for (uint32_t i = 0; i < 4096; i++) {
		uint64_t bits = (uint64_t)i << 52 | (i * UINT64_C(0x9e3779b97f4a7c15) >> 12), back;
		uint32_t bits32 = i << 20 | (i * 0x9e3779b9u >> 12), back32;
		struct pretty p = start();
		pretty_f64(&p, bits);
		fclose(p.out);
		ck_assert_int_eq(number_f64(str_of(written), &back), NUMBER_OK);
		ck_assert_msg(back == bits, "%s", written);
		p = start();
		pretty_f32(&p, bits32);
		fclose(p.out);
		ck_assert_int_eq(number_f32(str_of(written), &back32), NUMBER_OK);
		ck_assert_msg(back32 == bits32, "%s", written);
	}
}
END_TEST

START_TEST(layout)
{
	struct pretty p = start();
	pretty_printf(&p, "(a %d", 1);
	p.indent++;
	pretty_open(&p, "(b \"%s\"", "x");
	pretty_line(&p);
	pretty_printf(&p, "c");
	pretty_close(&p);
	pretty_line(&p);
	pretty_printf(&p, "d");
	pretty_close(&p);
	fclose(p.out);
	ck_assert_str_eq(written, "(a 1\n  (b \"x\"\n    c)\n  d)");
	p = start();
	p.indent = 1000000;
	pretty_line(&p);
	fclose(p.out);
	ck_assert_uint_eq(len, 1 + 2 * PRETTY_MAX_INDENT);
}
END_TEST

UNIT_MAIN("text/pretty", strings, identifiers, chars, floats, floats_mean_their_bits, layout)
