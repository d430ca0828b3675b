/* values.c - loading, storing, flat lifting and lowering, with the figures of upstream's
 * run_tests.py: test, test_pairs, test_nan32, test_nan64, test_string and test_heap. */
#include "shorthand.h"

/* test(): lifts flat values, lowers the value into a fresh memory, and lifts it again. */
struct trip {
	ValType *t;
	const uint64_t *args;
	struct memory *from, *to;
	const char *first, *second;
};

static CoreValues
flat_args(const struct trip *trip)
{
	CoreTypes ts = flatten_type(trip->t, trip->from->opts);
	CoreValues vs = {0};
	for (uint32_t i = 0; i < ts.len; i++)
		append(&vs, ((CoreValue){ts.data[i], trip->args[i]}));
	return vs;
}

static void
make_trip(void *env)
{
	struct trip *trip = env;
	CoreValueIter *vi = CoreValueIter_new(flat_args(trip));
	Value v = lift_flat(trip->from->cx, vi, trip->t);
	ck_assert(CoreValueIter_done(vi));
	trip->first = V(trip->t, v);
	CoreValues flat = lower_flat(trip->to->cx, v, trip->t);
	ck_assert(types_match_values(flatten_type(trip->t, trip->to->opts), flat));
	trip->second = V(trip->t, lift_flat(trip->to->cx, CoreValueIter_new(flat), trip->t));
}

/* What the arguments are lifted to; or, with a leading '!', the class of the trap's site. */
static void
expect(struct memory *from, struct memory *to, const char *type, const uint64_t *args,
	const char *want)
{
	struct trip trip = {.t = T(type), .args = args, .from = from, .to = to};
	struct error err = raised_by(make_trip, &trip);
	if (want[0] == '!') {
		char site[100];
		ck_assert_msg(err.kind == ERR_TRAP, "%s: no trap, but %s", type, trip.first);
		snprintf(site, sizeof site, "!%s#%d", err.site->function,
			trap_site_ordinal(err.site));
		ck_assert_str_eq(site, want);
		return;
	}
	ck_assert_msg(err.kind == ERR_NONE, "%s: %s", type, err.message);
	ck_assert_str_eq(trip.first, want);
	ck_assert_str_eq(trip.second, want);
}

struct row {
	const char *type;
	uint64_t args[8];
	const char *want;
};

static void
expect_rows(const struct row *rows, size_t n)
{
	world_begin();
	for (size_t i = 0; i < n; i++)
		expect(memory_new("", 0, 0, i32, utf8), memory_new("", 0, 1000, i32, utf8),
			rows[i].type, rows[i].args, rows[i].want);
	world_end();
}

#define ROWS(rows) expect_rows(rows, sizeof rows / sizeof *rows)

START_TEST(aggregates)
{
	static const struct row rows[] = {
		{"record(x:u8,y:u16,z:u32)", {1, 2, 3}, "(1,2,3)"},
		{"tuple(tuple(u8,u8),u8)", {1, 2, 3}, "((1,2),3)"},
		{"list(u8,3)", {1, 2, 3}, "[1,2,3]"},
		{"list(list(u8,2),3)", {1, 2, 3, 4, 5, 6}, "[[1,2],[3,4],[5,6]]"},
		{"flags(a,b)", {0}, "{}"},
		{"flags(a,b)", {2}, "{b}"},
		{"flags(a,b)", {3}, "{a,b}"},
		{"flags(a,b)", {4}, "{}"},
		{"variant(x:u8,y:f32,z)", {0, 42}, "x(42)"},
		{"variant(x:u8,y:f32,z)", {0, 256}, "x(0)"},
		{"variant(x:u8,y:f32,z)", {1, 0x4048f5c3}, "y(0x4048f5c3)"},
		{"variant(x:u8,y:f32,z)", {2, 0xffffffff}, "z"},
		{"variant(x:u8,y:f32,z)", {3, 0}, "!lift_flat_variant#1"},
		{"variant(x:f64,y:u32)", {0, 0x4009000000000000}, "x(0x4009000000000000)"},
		{"variant(x:f64,y:u32)", {1, 0xffffffff00000007}, "y(7)"},
		{"variant(x:f32,y:u64)", {0, 0xffffffff3fc00000}, "x(0x3fc00000)"},
		{"option(f32)", {0, 0x4048f5c3}, "none"},
		{"option(f32)", {1, 0x4048f5c3}, "some(0x4048f5c3)"},
		{"result(u8,u32)", {0, 42}, "ok(42)"},
		{"result(u8,u32)", {1, 1000}, "error(1000)"},
		{"result(_,_)", {1}, "error"},
		{"enum(a,b)", {0}, "a"},
		{"enum(a,b)", {1}, "b"},
		{"enum(a,b)", {2}, "!lift_flat_variant#1"},
	};
	ROWS(rows);
}
END_TEST

START_TEST(scalars)
{
	static const struct row rows[] = {
		{"bool", {0}, "false"},
		{"bool", {1}, "true"},
		{"bool", {2}, "true"},
		{"bool", {4294967295}, "true"},
		{"u8", {255}, "255"},
		{"u8", {256}, "0"},
		{"u8", {4294967168}, "128"},
		{"s8", {127}, "127"},
		{"s8", {128}, "-128"},
		{"s8", {256}, "0"},
		{"s8", {4294967168}, "-128"},
		{"s8", {4294967167}, "127"},
		{"u16", {65536}, "0"},
		{"u16", {UINT32_MAX - 32768}, "32767"},
		{"s16", {32768}, "-32768"},
		{"s16", {UINT32_MAX}, "-1"},
		{"u32", {UINT32_MAX}, "4294967295"},
		{"s32", {UINT32_C(1) << 31}, "-2147483648"},
		{"u64", {UINT64_MAX}, "18446744073709551615"},
		{"s64", {UINT64_C(1) << 63}, "-9223372036854775808"},
		{"s64", {UINT64_MAX}, "-1"},
		{"f32", {0x4048f5c3}, "0x4048f5c3"},
		{"f64", {0x40091eb851eb851f}, "0x40091eb851eb851f"},
		{"f32", {0x80000000}, "0x80000000"},
		{"f32", {0x7fc00001}, "0x7fc00000"},
		{"f32", {0xffffffff}, "0x7fc00000"},
		{"f32", {0x7f800001}, "0x7fc00000"},
		{"f32", {0x7f800000}, "0x7f800000"},
		{"f64", {0x7ff0000000000001}, "0x7ff8000000000000"},
		{"f64", {0xffffffffffffffff}, "0x7ff8000000000000"},
		{"f64", {0xfff0000000000000}, "0xfff0000000000000"},
		{"char", {0}, "U+0"},
		{"char", {0xd7ff}, "U+D7FF"},
		{"char", {0xd800}, "!convert_i32_to_char#2"},
		{"char", {0xdfff}, "!convert_i32_to_char#2"},
		{"char", {0xe000}, "U+E000"},
		{"char", {0x10ffff}, "U+10FFFF"},
		{"char", {0x110000}, "!convert_i32_to_char#1"},
		{"char", {0xffffffff}, "!convert_i32_to_char#1"},
	};
	ROWS(rows);
}
END_TEST

/* ---- memory ---- */

struct heap_row {
	const char *type;
	uint64_t ptr, length;
	size_t len;
	uint8_t bytes[64];
	const char *want;
};

static void
expect_heap_rows(const struct heap_row *rows, size_t n, CoreType addrtype)
{
	world_begin();
	for (size_t i = 0; i < n; i++) {
		uint64_t args[] = {rows[i].ptr, rows[i].length};
		expect(memory_new(rows[i].bytes, rows[i].len, rows[i].len, addrtype, utf8),
			memory_new("", 0, 1000, addrtype, utf8), rows[i].type, args, rows[i].want);
	}
	world_end();
}

START_TEST(lists_in_memory)
{
	static const struct heap_row rows[] = {
		{"list(bool)", 0, 3, 3, {1, 0, 2}, "[true,false,true]"},
		{"list(bool)", 3, 3, 6, {255, 255, 255, 1, 0, 1}, "[true,false,true]"},
		{"list(u8)", 0, 3, 3, {1, 2, 3}, "[1,2,3]"},
		{"list(u8)", 1, 3, 3, {1, 2, 3}, "!load_list_from_range#3"},
		{"list(u16)", 0, 3, 6, {1, 0, 2, 0, 3, 0}, "[1,2,3]"},
		{"list(u16)", 1, 3, 7, {0, 1, 0, 2, 0, 3, 0}, "!load_list_from_range#2"},
		{"list(s8)", 0, 3, 3, {0xff, 0xfe, 0xfd}, "[-1,-2,-3]"},
		{"list(s16)", 0, 2, 4, {0xff, 0xff, 0xfe, 0xff}, "[-1,-2]"},
		{"list(s64)", 0, 1, 8, {0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, "[-2]"},
		{"list(char)", 0, 2, 8, {65, 0, 0, 0, 99, 0, 0, 0}, "[U+41,U+63]"},
		{"list(char)", 0, 1, 4, {0, 0xd8, 0, 0}, "!convert_i32_to_char#2"},
		{"list(string)", 0, 2, 24,
			{16, 0, 0, 0, 2, 0, 0, 0, 21, 0, 0, 0, 3, 0, 0, 0, 'h', 'i', 15, 15, 15,
				'w', 'a', 't'},
			"[\"hi\",\"wat\"]"},
		{"list(list(u8))", 0, 3, 29,
			{24, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 27, 0, 0, 0, 2, 0, 0, 0,
				3, 4, 5, 6, 7},
			"[[3,4,5],[],[6,7]]"},
		{"list(list(u16))", 0, 1, 13, {9, 0, 0, 0, 2, 0, 0, 0, 0, 5, 0, 6, 0},
			"!load_list_from_range#2"},
		{"list(list(u8,2))", 0, 2, 4, {1, 2, 3, 4}, "[[1,2],[3,4]]"},
		{"list(list(u32,2))", 1, 1, 9, {0}, "!load_list_from_range#2"},
		{"list(tuple(u8,u8,u16,u32))", 0, 2, 16,
			{6, 7, 8, 0, 9, 0, 0, 0, 4, 5, 6, 0, 7, 0, 0, 0}, "[(6,7,8,9),(4,5,6,7)]"},
		{"list(tuple(u8,u16,u8,u32))", 0, 1, 12,
			{6, 255, 7, 0, 8, 255, 255, 255, 9, 0, 0, 0}, "[(6,7,8,9)]"},
		{"list(tuple(u16,u8))", 0, 2, 8, {6, 0, 7, 255, 8, 0, 9, 255}, "[(6,7),(8,9)]"},
		{"list(tuple(tuple(u16,u8),u8))", 0, 2, 12,
			{4, 0, 5, 255, 6, 255, 7, 0, 8, 255, 9, 255}, "[((4,5),6),((7,8),9)]"},
		{"list(flags(a,b))", 0, 3, 3, {0, 2, 7}, "[{},{b},{a,b}]"},
		{"list(flags(a,b,c,d,e,f,g,h,i))", 0, 2, 4, {0x81, 3, 0, 0}, "[{a,h,i},{}]"},
		{"map(u8,u16)", 0, 2, 8, {42, 255, 83, 0, 43, 255, 84, 0}, "[(42,83),(43,84)]"},
		{"list(variant(a,b:u16))", 0, 2, 8, {1, 255, 7, 0, 0, 255, 255, 255}, "[b(7),a]"},
		{"list(variant(a,b:u16))", 0, 1, 4, {2, 0, 0, 0}, "!load_variant#1"},
		{"list(u8)", 0, UINT64_C(1) << 28, 0, {0}, "!load_list_from_range#1"},
		{"list(u32)", UINT32_MAX - 3, 1, 0, {0}, "!load_list_from_range#3"},
	};
	expect_heap_rows(rows, sizeof rows / sizeof *rows, i32);
}
END_TEST

START_TEST(lists_in_wide_memory)
{
	static const struct heap_row rows[] = {
		{"list(string)", 0, 1, 18,
			{16, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 'h', 'i'}, "[\"hi\"]"},
		{"list(list(u16))", 0, 1, 20,
			{16, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 5, 0, 6, 0}, "[[5,6]]"},
		{"list(list(u16))", 0, 1, 21,
			{17, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 6, 0},
			"!load_list_from_range#2"},
		/* sums and products that wrap in 64 bits */
		{"list(u8)", UINT64_MAX, 2, 8, {0}, "!load_list_from_range#3"},
		{"list(u64)", 0, UINT64_C(1) << 61, 8, {0}, "!load_list_from_range#1"},
		{"string", UINT64_MAX, 2, 8, {0}, "!load_string_from_range#3"},
	};
	expect_heap_rows(rows, sizeof rows / sizeof *rows, i64);
}
END_TEST

/* ---- strings ---- */

static size_t
encode_test_string(
	const char *s, StringEncoding encoding, bool as_utf16, uint8_t *out, uint64_t *units)
{
	size_t n = 0, len = strlen(s), i = 0;
	while (i < len) {
		uint32_t c;
		int used = utf8_decode(s + i, len - i, &c);
		if (encoding == utf8) {
			memcpy(out + n, s + i, (size_t)used);
			n += (size_t)used;
		} else if (encoding == latin1_utf16 && !as_utf16) {
			out[n++] = (uint8_t)c;
		} else {
			out[n++] = (uint8_t)c;
			out[n++] = (uint8_t)(c >> 8);
		}
		i += (size_t)used;
	}
	*units = encoding == utf8 || (encoding == latin1_utf16 && !as_utf16) ? n : n / 2;
	return n;
}

static bool
is_latin1(const char *s)
{
	for (; *s; s++) {
		if ((unsigned char)*s > 0xc3)
			return false;
	}
	return true;
}

static void
expect_string(const char *s, StringEncoding src, StringEncoding dst, bool as_utf16, CoreType addr)
{
	uint8_t bytes[64];
	uint64_t args[2] = {0, 0};
	size_t n = encode_test_string(s, src, as_utf16, bytes, &args[1]);
	if (src == latin1_utf16 && as_utf16)
		args[1] |= (uint64_t)utf16_tag(addr);
	char want[70];
	snprintf(want, sizeof want, "\"%s\"", s);
	expect(memory_new(bytes, n, n, addr, src), memory_new("", 0, 1000, addr, dst), "string",
		args, want);
}

START_TEST(nine_transcodings)
{
	static const char *const strings[] = {"", "a", "hi", "\xc2\x80",
		"\xc2\x80"
		"b",
		"ab\xc3\xaf"
		"c",
		"\xc7\xbfy", "xy\xc7\xbf",
		"a\xed\x9f\xbf"
		"b",
		"a\xcb\xbf\xcf\xbf\xd3\xbf"
		"bc",
		"\xef\x84\xa3",
		"\xef\x84\xa3\xef\x84\xa3"
		"abc",
		"abcdef\xef\x84\xa3"};
	for (int src = utf8; src <= latin1_utf16; src++) {
		for (int dst = utf8; dst <= latin1_utf16; dst++) {
			for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) {
				for (int addr = i32; addr <= i64; addr++) {
					world_begin();
					expect_string(strings[i], src, dst, true, addr);
					if (is_latin1(strings[i]))
						expect_string(strings[i], src, dst, false, addr);
					world_end();
				}
			}
		}
	}
}
END_TEST

/* Each step of the sizes that the definitions ask realloc for. */
START_TEST(transcoding_asks_for_these_sizes)
{
	static const struct {
		const char *s;
		StringEncoding src;
		bool as_utf16;
		StringEncoding dst;
		const char *want;
	} rows[] = {
		{"ab", utf8, false, utf8, "0 1 2"},
		{"ab\xc7\xbf", utf16, false, utf8, "0 1 3; 3 1 9; 9 1 4"},
		{"\xef\x84\xa3\xef\x84\xa3", utf16, false, utf8, "0 1 2; 2 1 6"},
		{"ab\xc3\xaf", latin1_utf16, false, utf8, "0 1 3; 3 1 6; 6 1 4"},
		{"ab\xc3\xaf", utf8, false, utf16, "0 2 8; 8 2 6"},
		{"ab", utf8, false, utf16, "0 2 4"},
		{"ab\xc3\xaf", utf8, false, latin1_utf16, "0 2 4; 4 2 3"},
		{"ab\xc7\xbf", utf8, false, latin1_utf16, "0 2 4; 4 2 8; 8 2 6"},
		{"ab", utf8, false, latin1_utf16, "0 2 2"},
		{"ab", latin1_utf16, true, latin1_utf16, "0 2 4; 4 1 2"},
		{"a\xc7\xbf", latin1_utf16, true, latin1_utf16, "0 2 4"},
		{"ab", latin1_utf16, false, utf16, "0 2 4"},
	};
	world_begin();
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		uint8_t bytes[64];
		uint64_t args[2] = {0, 0};
		size_t n = encode_test_string(
			rows[i].s, rows[i].src, rows[i].as_utf16, bytes, &args[1]);
		if (rows[i].as_utf16)
			args[1] |= UINT32_C(1) << 31;
		struct memory *from = memory_new(bytes, n, n, i32, rows[i].src);
		struct memory *to = memory_new("", 0, 200, i32, rows[i].dst);
		struct trip trip = {.t = T("string"), .args = args, .from = from, .to = to};
		ck_assert_int_eq(raised_by(make_trip, &trip).kind, ERR_NONE);
		ck_assert_str_eq(strbuf_cstr(&to->log), rows[i].want);
	}
	world_end();
}
END_TEST

START_TEST(ill_formed_strings_trap)
{
	static const struct {
		StringEncoding encoding;
		uint64_t ptr, units;
		size_t len;
		uint8_t bytes[8];
		const char *want;
	} rows[] = {
		{utf8, 0, 1, 1, {0xff}, "!load_string_from_range#4"},
		{utf8, 0, 1, 1, {0xc3}, "!load_string_from_range#4"},
		{utf8, 0, 3, 3, {0xed, 0xa0, 0x80}, "!load_string_from_range#4"},
		{utf8, 0, 2, 1, {'a'}, "!load_string_from_range#3"},
		{utf8, 2, 0, 1, {'a'}, "!load_string_from_range#3"},
		{utf16, 1, 1, 4, {0}, "!load_string_from_range#2"},
		{utf16, 0, 1, 2, {0x00, 0xd8}, "!load_string_from_range#4"},
		{utf16, 0, 1, 2, {0x00, 0xdc}, "!load_string_from_range#4"},
		{utf16, 0, 2, 4, {0x00, 0xd8, 'a', 0}, "!load_string_from_range#4"},
		{latin1_utf16, 1, 1, 4, {0}, "!load_string_from_range#2"},
		{latin1_utf16, 0, 0x80000002, 2, {'a', 0}, "!load_string_from_range#3"},
		{utf8, 0, UINT64_C(1) << 28, 1, {0}, "!load_string_from_range#1"},
		{utf16, 0, UINT64_C(1) << 27, 1, {0}, "!load_string_from_range#1"},
	};
	world_begin();
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		uint64_t args[] = {rows[i].ptr, rows[i].units};
		expect(memory_new(rows[i].bytes, rows[i].len, rows[i].len, i32, rows[i].encoding),
			memory_new("", 0, 100, i32, utf8), "string", args, rows[i].want);
	}
	world_end();
}
END_TEST

/* ---- what realloc may do wrong ---- */

static CoreValues
constant_realloc(void *env, CoreValues args)
{
	CoreValues result = {0};
	(void)args;
	append(&result, ((CoreValue){i32, *(uint64_t *)env}));
	return result;
}

START_TEST(what_realloc_returns_is_checked)
{
	static uint64_t misaligned = 1, beyond = 100, at_end = 96;
	static const struct {
		uint64_t *returned;
		const char *type, *want;
	} rows[] = {
		{&misaligned, "list(u16)", "!store_list_into_range#1"},
		{&beyond, "list(u16)", "!store_list_into_range#2"},
		{&beyond, "string", "!store_string_copy#2"},
		{&at_end, "list(u16)", "[1,2]"},
	};
	static const uint8_t bytes[] = {1, 0, 2, 0};
	world_begin();
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		uint64_t args[] = {0, 2};
		struct memory *to = memory_new("", 0, 100, i32, utf8);
		to->realloc = (CoreFuncInst){constant_realloc, rows[i].returned};
		expect(memory_new(bytes, 4, 4, i32, utf8), to, rows[i].type, args, rows[i].want);
	}
	world_end();
}
END_TEST

UNIT_MAIN("cabi/values", aggregates, scalars, lists_in_memory, lists_in_wide_memory,
	nine_transcodings, transcoding_asks_for_these_sizes, ill_formed_strings_trap,
	what_realloc_returns_is_checked)
