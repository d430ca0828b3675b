/* values.c - scenarios of run_tests.py about values: each row is lifted from core values and
 * memory, lowered into a memory of five times the size, and lifted again; and what functions are
 * flattened to. test, test_pairs, test_nan32, test_nan64, test_string, test_heap, test_flatten. */
#include "scenario.h"

/* Where a row stands, for messages. */
static const char *row_type;
static int row_number;

#define ROW_ASSERT(c) ck_assert_msg(c, "row %d, %s: %s", row_number, row_type, #c)

struct lift_env {
	struct memory *m;
	ValType *t;
	CoreValues flat;
	Value result;
	bool all_used;
};

static void
run_lift(void *env)
{
	struct lift_env *e = env;
	CoreValueIter *vi = CoreValueIter_new(e->flat);
	e->result = lift_flat(e->m->cx, vi, e->t);
	e->all_used = CoreValueIter_done(vi);
}

static CoreValues
typed(struct memory *m, ValType *t, const uint64_t *bits)
{
	CoreTypes types = flatten_type(t, m->opts);
	CoreValues vs = {0};
	for (uint32_t i = 0; i < types.len; i++)
		append(&vs, ((CoreValue){types.data[i], bits[i]}));
	return vs;
}

/* Lifts core values to the value of this text; null: that traps. Then there and back. */
static void
lift_and_back(struct memory *m, ValType *t, const uint64_t *bits, const char *expected,
	StringEncoding to, ValType *lower_t)
{
	struct lift_env e = {.m = m, .t = t, .flat = typed(m, t, bits)};
	struct error err = raised_by(run_lift, &e);
	if (!expected) {
		ROW_ASSERT(err.kind == ERR_TRAP && err.site);
		return;
	}
	ROW_ASSERT(err.kind == ERR_NONE && e.all_used);
	ROW_ASSERT(!strcmp(V(t, e.result), expected));

	struct memory *n =
		memory_new(NULL, 0, 5 * m->bytes.len + 1, MemInst_ptr_type(&m->inst), to);
	struct lift_env again = {
		.m = n, .t = lower_t, .flat = lower_flat(n->cx, e.result, lower_t)};
	err = raised_by(run_lift, &again);
	ROW_ASSERT(err.kind == ERR_NONE && again.all_used);
	ROW_ASSERT(!strcmp(V(lower_t, again.result), expected));
}

static struct memory *
empty(void)
{
	return memory_new(NULL, 0, 0, i32, utf8);
}

struct row {
	const char *type;
	uint64_t flat[6];
	const char *value; /* null: a trap */
};

#define PI_F32 0x4048f5c3 /* 3.14 */

START_TEST(test)
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
		{"variant(x:u8,y:f32,z)", {1, PI_F32}, "y(0x4048f5c3)"},
		{"variant(x:u8,y:f32,z)", {2, 0xffffffff}, "z"},
		{"option(f32)", {0, PI_F32}, "none"},
		{"option(f32)", {1, PI_F32}, "some(0x4048f5c3)"},
		{"result(u8,u32)", {0, 42}, "ok(42)"},
		{"result(u8,u32)", {1, 1000}, "error(1000)"},
		{"variant(w:u8,y:u8)", {0, 42}, "w(42)"},
		{"variant(w:u8,y:u8)", {1, 42}, "y(42)"},
	};
	scenario_begin();
	for (row_number = 0; row_number < (int)(sizeof rows / sizeof *rows); row_number++) {
		const struct row *r = &rows[row_number];
		row_type = r->type;
		lift_and_back(empty(), T(r->type), r->flat, r->value, utf8, T(r->type));
	}
	/* All 32 flags; and a value that is lowered as another type with the same case. */
	struct strbuf type = {.arena = world}, value = {.arena = world};
	for (int i = 0; i < 32; i++) {
		strbuf_printf(&type, "%s%d", i ? "," : "flags(", i);
		strbuf_printf(&value, "%s%d", i ? "," : "{", i);
	}
	row_type = "flags of 32";
	ValType *flags = T(arena_printf(world, "%s)", strbuf_cstr(&type)));
	lift_and_back(empty(), flags, (uint64_t[]){0xffffffff},
		arena_printf(world, "%s}", strbuf_cstr(&value)), utf8, flags);
	row_type = "variant(w:u8) for variant(w:u8,y:u8)";
	lift_and_back(empty(), T("variant(w:u8,y:u8)"), (uint64_t[]){0, 42}, "w(42)", utf8,
		T("variant(w:u8)"));
	scenario_end();
}
END_TEST

START_TEST(test_pairs)
{
	static const struct row rows[] = {
		{"bool", {0}, "false"},
		{"bool", {1}, "true"},
		{"bool", {2}, "true"},
		{"bool", {4294967295}, "true"},
		{"u8", {127}, "127"},
		{"u8", {128}, "128"},
		{"u8", {255}, "255"},
		{"u8", {256}, "0"},
		{"u8", {4294967295}, "255"},
		{"u8", {4294967168}, "128"},
		{"u8", {4294967167}, "127"},
		{"s8", {127}, "127"},
		{"s8", {128}, "-128"},
		{"s8", {255}, "-1"},
		{"s8", {256}, "0"},
		{"s8", {4294967295}, "-1"},
		{"s8", {4294967168}, "-128"},
		{"s8", {4294967167}, "127"},
		{"u16", {32767}, "32767"},
		{"u16", {32768}, "32768"},
		{"u16", {65535}, "65535"},
		{"u16", {65536}, "0"},
		{"u16", {4294967295}, "65535"},
		{"u16", {4294967295 - 32767}, "32768"},
		{"u16", {4294967295 - 32768}, "32767"},
		{"s16", {32767}, "32767"},
		{"s16", {32768}, "-32768"},
		{"s16", {65535}, "-1"},
		{"s16", {65536}, "0"},
		{"s16", {4294967295}, "-1"},
		{"s16", {4294967295 - 32767}, "-32768"},
		{"s16", {4294967295 - 32768}, "32767"},
		{"u32", {0x7fffffff}, "2147483647"},
		{"u32", {0x80000000}, "2147483648"},
		{"u32", {0xffffffff}, "4294967295"},
		{"s32", {0x7fffffff}, "2147483647"},
		{"s32", {0x80000000}, "-2147483648"},
		{"s32", {0xffffffff}, "-1"},
		{"u64", {INT64_MAX}, "9223372036854775807"},
		{"u64", {UINT64_C(1) << 63}, "9223372036854775808"},
		{"u64", {UINT64_MAX}, "18446744073709551615"},
		{"s64", {INT64_MAX}, "9223372036854775807"},
		{"s64", {UINT64_C(1) << 63}, "-9223372036854775808"},
		{"s64", {UINT64_MAX}, "-1"},
		{"f32", {PI_F32}, "0x4048f5c3"},
		{"f64", {0x40091eb851eb851f}, "0x40091eb851eb851f"},
		{"char", {0}, "U+0"},
		{"char", {65}, "U+41"},
		{"char", {0xd7ff}, "U+D7FF"},
		{"char", {0xd800}, NULL},
		{"char", {0xdfff}, NULL},
		{"char", {0xe000}, "U+E000"},
		{"char", {0x10ffff}, "U+10FFFF"},
		{"char", {0x110000}, NULL},
		{"char", {0xffffffff}, NULL},
		{"enum(a,b)", {0}, "a"},
		{"enum(a,b)", {1}, "b"},
		{"enum(a,b)", {2}, NULL},
	};
	scenario_begin();
	for (row_number = 0; row_number < (int)(sizeof rows / sizeof *rows); row_number++) {
		const struct row *r = &rows[row_number];
		row_type = r->type;
		lift_and_back(empty(), T(r->type), r->flat, r->value, utf8, T(r->type));
	}
	scenario_end();
}
END_TEST

/* ---- NaNs: lifted from a core value and loaded from memory ---- */

static void
lift_and_load(const char *type, CoreType core, uint64_t in, uint64_t out)
{
	ValType *t = T(type);
	CoreValues flat = {0};
	append(&flat, ((CoreValue){core, in}));
	struct memory *m = memory_new(&in, 8, 8, i32, utf8);
	ck_assert_uint_eq(lift_flat(m->cx, CoreValueIter_new(flat), t).f, out);
	ck_assert_uint_eq(load(m->cx, 0, t).f, out);
}

START_TEST(test_nan32)
{
	scenario_begin();
	static const uint32_t nans[] = {0x7fc00000, 0x7fc00001, 0x7fe00000, 0x7fffffff, 0xffffffff};
	for (int i = 0; i < 5; i++)
		lift_and_load("f32", f32, nans[i], CANONICAL_FLOAT32_NAN);
	lift_and_load("f32", f32, 0x7f800000, 0x7f800000);
	lift_and_load("f32", f32, 0x3fc00000, 0x3fc00000);
	scenario_end();
}
END_TEST

START_TEST(test_nan64)
{
	scenario_begin();
	static const uint64_t nans[] = {0x7ff8000000000000, 0x7ff8000000000001, 0x7ffc000000000000,
		0x7fffffffffffffff, 0xffffffffffffffff};
	for (int i = 0; i < 5; i++)
		lift_and_load("f64", f64, nans[i], CANONICAL_FLOAT64_NAN);
	lift_and_load("f64", f64, 0x7ff0000000000000, 0x7ff0000000000000);
	lift_and_load("f64", f64, 0x3ff0000000000000, 0x3ff0000000000000);
	scenario_end();
}
END_TEST

/* ---- strings: in every encoding that can hold them, to every encoding ---- */

struct code_points {
	uint32_t len;
	uint32_t s[12];
};

static const struct code_points strings[] = {
	{0, {0}},
	{1, {'a'}},
	{2, {'h', 'i'}},
	{1, {0}},
	{3, {'a', 0, 'b'}},
	{1, {0x80}},
	{2, {0x80, 'b'}},
	{4, {'a', 'b', 0xef, 'c'}},
	{2, {0x1ff, 'y'}},
	{3, {'x', 'y', 0x1ff}},
	{3, {'a', 0xd7ff, 'b'}},
	{6, {'a', 0x2ff, 0x3ff, 0x4ff, 'b', 'c'}},
	{1, {0xf123}},
	{5, {0xf123, 0xf123, 'a', 'b', 'c'}},
	{7, {'a', 'b', 'c', 'd', 'e', 'f', 0xf123}},
};

/* Of these strings, all below U+10000. The bytes; their number; false where Latin-1 cannot. */
static bool
encode_string(const struct code_points *s, StringEncoding e, uint8_t *out, size_t *n)
{
	*n = 0;
	for (uint32_t i = 0; i < s->len; i++) {
		if (e == utf8) {
			*n += (size_t)utf8_encode(s->s[i], out + *n);
		} else if (e == utf16) {
			out[(*n)++] = (uint8_t)s->s[i];
			out[(*n)++] = (uint8_t)(s->s[i] >> 8);
		} else if (s->s[i] > 0xff) {
			return false;
		} else {
			out[(*n)++] = (uint8_t)s->s[i];
		}
	}
	return true;
}

static void
string_there_and_back(const struct code_points *s, StringEncoding memory_encoding,
	StringEncoding stored, StringEncoding to, CoreType addrtype)
{
	uint8_t bytes[64];
	size_t n;
	if (!encode_string(s, stored, bytes, &n))
		return;
	num units = stored == utf16 ? (num)n / 2 : (num)n;
	if (memory_encoding == latin1_utf16 && stored == utf16)
		units |= utf16_tag(addrtype);
	struct strbuf text = {.arena = world};
	String whole = {.s = s->s, .len = s->len};
	print_string(&text, &whole);
	struct memory *m = memory_new(bytes, n, n, addrtype, memory_encoding);
	lift_and_back(m, T("string"), (uint64_t[]){0, (uint64_t)units}, strbuf_cstr(&text), to,
		T("string"));
}

static void
string_in_every_encoding(const struct code_points *s, StringEncoding to, CoreType addrtype)
{
	string_there_and_back(s, utf8, utf8, to, addrtype);
	string_there_and_back(s, utf16, utf16, to, addrtype);
	string_there_and_back(s, latin1_utf16, latin1, to, addrtype);
	string_there_and_back(s, latin1_utf16, utf16, to, addrtype);
}

START_TEST(test_string)
{
	static const StringEncoding encodings[] = {utf8, utf16, latin1_utf16};
	scenario_begin();
	row_type = "string";
	for (int wide = 0; wide < 2; wide++)
		for (int to = 0; to < 3; to++)
			for (row_number = 0; row_number < 15; row_number++)
				string_in_every_encoding(
					&strings[row_number], encodings[to], wide ? i64 : i32);
	scenario_end();
}
END_TEST

/* ---- lists in memory ---- */

struct heap_row {
	const char *type;
	uint64_t flat[2];
	const char *bytes; /* hexadecimal, with spaces */
	const char *value; /* null: a trap */
	bool wide;
};

static struct memory *
memory_of_hex(const char *hex, CoreType addrtype)
{
	uint8_t bytes[128];
	size_t n = 0;
	for (char *end; *hex; hex = end + strspn(end, " "))
		bytes[n++] = (uint8_t)strtoul(hex, &end, 16);
	return memory_new(bytes, n, n, addrtype, utf8);
}

static const char *
with_flags(int n, const char *list)
{
	struct strbuf out = {.arena = world};
	for (int i = 0; i < n; i++)
		strbuf_printf(&out, "%s%d", i ? "," : list, i);
	return strbuf_cstr(&out);
}

static void
run_heap_rows(const struct heap_row *rows, int n)
{
	for (row_number = 0; row_number < n; row_number++) {
		const struct heap_row *r = &rows[row_number];
		row_type = r->type;
		struct memory *m = memory_of_hex(r->bytes, r->wide ? i64 : i32);
		lift_and_back(m, T(r->type), r->flat, r->value, utf8, T(r->type));
	}
}

static const struct heap_row number_rows[] = {
	{"list(bool)", {0, 3}, "1 0 1", "[true,false,true]", false},
	{"list(bool)", {0, 3}, "1 0 2", "[true,false,true]", false},
	{"list(bool)", {3, 3}, "ff ff ff 1 0 1", "[true,false,true]", false},
	{"list(u8)", {0, 3}, "1 2 3", "[1,2,3]", false},
	{"list(u16)", {0, 3}, "1 0 2 0 3 0", "[1,2,3]", false},
	{"list(u16)", {1, 3}, "0 1 0 2 0 3 0", NULL, false},
	{"list(u32)", {0, 3}, "1 0 0 0 2 0 0 0 3 0 0 0", "[1,2,3]", false},
	{"list(u64)", {0, 2}, "1 0 0 0 0 0 0 0 2 0 0 0 0 0 0 0", "[1,2]", false},
	{"list(s8)", {0, 3}, "ff fe fd", "[-1,-2,-3]", false},
	{"list(s16)", {0, 3}, "ff ff fe ff fd ff", "[-1,-2,-3]", false},
	{"list(s32)", {0, 3}, "ff ff ff ff fe ff ff ff fd ff ff ff", "[-1,-2,-3]", false},
	{"list(s64)", {0, 2}, "ff ff ff ff ff ff ff ff fe ff ff ff ff ff ff ff", "[-1,-2]", false},
	{"list(char)", {0, 3}, "41 0 0 0 42 0 0 0 63 0 0 0", "[U+41,U+42,U+63]", false},
};

static const struct heap_row nested_rows[] = {
	{"list(string)", {0, 2}, "10 0 0 0 2 0 0 0 15 0 0 0 3 0 0 0 68 69 f f f 77 61 74",
		"[\"hi\",\"wat\"]", false},
	{"list(string)", {0, 2},
		"20 0 0 0 0 0 0 0 2 0 0 0 0 0 0 0 25 0 0 0 0 0 0 0 3 0 0 0 0 0 0 0"
		" 68 69 f f f 77 61 74",
		"[\"hi\",\"wat\"]", true},
	{"list(list(u8))", {0, 3}, "18 0 0 0 3 0 0 0 0 0 0 0 0 0 0 0 1b 0 0 0 2 0 0 0 3 4 5 6 7",
		"[[3,4,5],[],[6,7]]", false},
	{"list(list(u8))", {0, 3},
		"30 0 0 0 0 0 0 0 3 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0"
		" 33 0 0 0 0 0 0 0 2 0 0 0 0 0 0 0 3 4 5 6 7",
		"[[3,4,5],[],[6,7]]", true},
	{"list(list(u16))", {0, 1}, "8 0 0 0 2 0 0 0 5 0 6 0", "[[5,6]]", false},
	{"list(list(u16))", {0, 1}, "10 0 0 0 0 0 0 0 2 0 0 0 0 0 0 0 5 0 6 0", "[[5,6]]", true},
	{"list(list(u16))", {0, 1}, "9 0 0 0 2 0 0 0 0 5 0 6 0", NULL, false},
	{"list(list(u16))", {0, 1}, "11 0 0 0 0 0 0 0 2 0 0 0 0 0 0 0 0 5 0 6 0", NULL, true},
	{"list(list(u8,2))", {0, 2}, "1 2 3 4", "[[1,2],[3,4]]", false},
	{"list(list(u32,2))", {0, 2}, "1 0 0 0 2 0 0 0 3 0 0 0 4 0 0 0", "[[1,2],[3,4]]", false},
	{"list(list(u32,2))", {1, 2}, "0 1 0 0 0 2 0 0 0 3 0 0 0 4 0 0 0", NULL, false},
	{"list(tuple(u8,u8,u16,u32))", {0, 2}, "6 7 8 0 9 0 0 0 4 5 6 0 7 0 0 0",
		"[(6,7,8,9),(4,5,6,7)]", false},
	{"list(tuple(u8,u16,u8,u32))", {0, 2},
		"6 ff 7 0 8 ff ff ff 9 0 0 0 4 ff 5 0 6 ff ff ff 7 0 0 0", "[(6,7,8,9),(4,5,6,7)]",
		false},
	{"list(tuple(u16,u8))", {0, 2}, "6 0 7 ff 8 0 9 ff", "[(6,7),(8,9)]", false},
	{"list(tuple(tuple(u16,u8),u8))", {0, 2}, "4 0 5 ff 6 ff 7 0 8 ff 9 ff",
		"[((4,5),6),((7,8),9)]", false},
	{"list(flags(a,b))", {0, 3}, "0 2 3", "[{},{b},{a,b}]", false},
	{"list(flags(a,b))", {0, 3}, "0 2 4", "[{},{b},{}]", false},
	{"map(u8,u16)", {0, 2}, "2a ff 53 0 2b ff 54 0", "[(42,83),(43,84)]", false},
};

START_TEST(test_heap)
{
	scenario_begin();
	run_heap_rows(number_rows, sizeof number_rows / sizeof *number_rows);
	run_heap_rows(nested_rows, sizeof nested_rows / sizeof *nested_rows);
	static const struct {
		int flags;
		const char *bytes;
	} wide_flags[] = {{9, "ff 1 0 0"}, {9, "ff 3 0 0"}, {17, "ff ff 1 0 0 0 0 0"},
		{17, "ff ff 3 0 0 0 0 0"}, {32, "ff ff ff ff 0 0 0 0"}};
	for (int i = 0; i < 5; i++) {
		int n = wide_flags[i].flags;
		const char *type = arena_printf(world, "%s))", with_flags(n, "list(flags("));
		const char *value = arena_printf(world, "%s},{}]", with_flags(n, "[{"));
		const struct heap_row row = {type, {0, 2}, wide_flags[i].bytes, value, false};
		run_heap_rows(&row, 1);
	}
	scenario_end();
}
END_TEST

/* ---- flattening of functions ---- */

static const char *
letters(CoreTypes ts)
{
	struct strbuf out = {.arena = world};
	for (uint32_t i = 0; i < ts.len; i++)
		strbuf_addc(&out, "ilfd"[ts.data[i]]);
	return strbuf_cstr(&out);
}

/* Parameters and results, lifted and lowered, as letters of native_type. */
static void
flatten(FuncType *ft, CoreType addrtype, const char *lift_, const char *lower_)
{
	MemInst memory = {NULL, addrtype};
	CanonicalOptions *opts = options_new();
	opts->memory = &memory;
	CoreFuncType lifted = flatten_functype(opts, ft, context_lift);
	CoreFuncType lowered = flatten_functype(opts, ft, context_lower);
	ck_assert_str_eq(
		arena_printf(world, "%s:%s", letters(lifted.params), letters(lifted.results)),
		lift_);
	ck_assert_str_eq(
		arena_printf(world, "%s:%s", letters(lowered.params), letters(lowered.results)),
		lower_);
}

START_TEST(test_flatten)
{
	scenario_begin();
	ValType *const *three = PARAMS(T("u8"), T("f32"), T("f64"));
	flatten(functype(false, NULL, three), i32, "ifd:", "ifd:");
	flatten(functype(false, T("f32"), three), i32, "ifd:f", "ifd:f");
	flatten(functype(false, T("u8"), three), i32, "ifd:i", "ifd:i");
	flatten(functype(false, T("tuple(f32)"), three), i32, "ifd:f", "ifd:f");
	flatten(functype(false, T("tuple(f32,f32)"), three), i32, "ifd:i", "ifdi:");
	FuncType *two = functype(false, T("f32"), three);
	vec_push(world, &two->result, ((ParamType){NULL, T("f32")}));
	flatten(two, i32, "ifd:i", "ifdi:");
	ValType *many[18] = {NULL};
	for (int i = 0; i < 17; i++)
		many[i] = T("u8");
	flatten(functype(false, NULL, many), i32, "i:", "i:");
	flatten(functype(false, NULL, many), i64, "l:", "l:");
	flatten(functype(false, T("tuple(u8,u8)"), many), i32, "i:i", "ii:");
	flatten(functype(false, T("tuple(u8,u8)"), many), i64, "l:l", "ll:");
	scenario_end();
}
END_TEST

UNIT_MAIN("values", test, test_pairs, test_nan32, test_nan64, test_string, test_heap, test_flatten)
