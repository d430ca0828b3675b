/* vector_value.c - tests of script/vector_value: values of all shapes, and patterns lane by lane. */
#include "script/vector_value.h"

#include "base/error.h"
#include "unit.h"

struct job {
	const char *text;
	bool as_pattern, matches;
	union core_raw value[2];
	struct arena *arena;
};

static struct error err;

static void
work(void *env)
{
	struct job *j = env;
	struct source *src = arena_new_of(j->arena, struct source);
	*src = (struct source){.name = "test", .text = j->text, .len = strlen(j->text)};
	struct cursor c = cursor_from(sexpr_read(j->arena, src), 0);
	if (j->as_pattern)
		j->matches = vector_value_matches(&c, j->value);
	else
		vector_value_parse(&c, j->value);
}

static const char *
reason_of(struct job *j)
{
	j->arena = arena_new(0);
	const char *reason = protect(work, j, &err) ? "none" : err.reason;
	arena_free(j->arena);
	return reason;
}

static void
parses(const char *text, uint64_t low, uint64_t high)
{
	struct job j = {.text = text};
	ck_assert_str_eq(reason_of(&j), "none");
	ck_assert_uint_eq(j.value[0].i64, low);
	ck_assert_uint_eq(j.value[1].i64, high);
}

static bool
matches(const char *text, uint64_t low, uint64_t high)
{
	struct job j = {.text = text, .as_pattern = true, .value = {{.i64 = low}, {.i64 = high}}};
	ck_assert_str_eq(reason_of(&j), "none");
	return j.matches;
}

static void
fails(const char *text, bool as_pattern)
{
	struct job j = {.text = text, .as_pattern = as_pattern};
	ck_assert_str_eq(reason_of(&j), "core-value");
	ck_assert_int_eq(err.kind, ERR_SCRIPT);
}

START_TEST(shapes)
{
	parses("i8x16 0 1 2 3 4 5 6 7 -1 255 -128 0 0 0 0 15", UINT64_C(0x0706050403020100),
		UINT64_C(0x0f0000000080ffff));
	parses("i16x8 1 2 3 4 -1 65535 -32768 0", UINT64_C(0x0004000300020001),
		UINT64_C(0x00008000ffffffff));
	parses("i32x4 1 2 0xffffffff -2147483648", UINT64_C(0x200000001),
		UINT64_C(0x80000000ffffffff));
	parses("i64x2 -1 0x123456789abcdef0", UINT64_MAX, UINT64_C(0x123456789abcdef0));
	parses("f32x4 1 -0 inf nan:0x200000", UINT64_C(0x800000003f800000),
		UINT64_C(0x7fa000007f800000));
	parses("f64x2 1 nan", UINT64_C(0x3ff0000000000000), UINT64_C(0x7ff8000000000000));
}
END_TEST

START_TEST(wrong_values)
{
	static const char *const texts[] = {"", "1 2 3 4", "i32x4 1 2 3", "i32x4 1 2 3 4 5",
		"i8x16 256 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0", "i32x4 1 2 3 1.5", "i16x4 1 2 3 4",
		"f32x4 1 2 3 x"};
	for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
		fails(texts[k], false);
		fails(texts[k], true);
	}
	fails("f32x4 nan:canonical 0 0 0", false);
	fails("i32x4 nan:canonical 0 0 0", true);
}
END_TEST

START_TEST(patterns)
{
	const uint64_t ones = UINT64_C(0x3f8000003f800000);
	ck_assert(matches("f32x4 1 1 1 1", ones, ones));
	ck_assert(!matches("f32x4 1 1 1 2", ones, ones));
	ck_assert(!matches("f32x4 2 1 1 1", ones, ones));
	ck_assert(matches("f32x4 nan:canonical 1 nan:arithmetic nan:arithmetic",
		UINT64_C(0x3f800000ffc00000), UINT64_C(0xffc000017fc00000)));
	ck_assert(!matches("f32x4 nan:canonical 1 1 1", UINT64_C(0x3f8000007fc00001), ones));
	ck_assert(!matches("f32x4 nan:arithmetic 1 1 1", UINT64_C(0x3f8000007fa00000), ones));
	ck_assert(matches("f64x2 nan:canonical nan:arithmetic", UINT64_C(0xfff8000000000000),
		UINT64_C(0x7ff8000000000001)));
	ck_assert(!matches("f64x2 nan:canonical 0", UINT64_C(0x7ff8000000000001), 0));
}
END_TEST

START_TEST(printed)
{
	struct arena *a = arena_new(0);
	struct strbuf out = {.arena = a};
	union core_raw v[2] = {{.i64 = UINT64_C(0xfffffffe00000001)}, {.i64 = 3}};
	vector_value_print(&out, v);
	ck_assert_str_eq(strbuf_cstr(&out),
		"(v128.const i32x4 0x00000001 0xfffffffe 0x00000003 0x00000000)");
	arena_free(a);
}
END_TEST

UNIT_MAIN("script/vector_value", shapes, wrong_values, patterns, printed)
