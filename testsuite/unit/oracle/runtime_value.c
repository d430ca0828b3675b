/* runtime_value.c - tests of oracle/runtime_value: every value of every type up to a size comes back
 * from its JSON, and what is no value of its type is refused. */
#include "oracle/runtime_value.h"

#include "base/error.h"
#include "link/convert.h"
#include "oracle/enumerate.h"
#include "oracle/runtime_result.h"
#include "unit.h"

static struct arena *arena;
static ResourceType *rt;

static void
begin(void)
{
	arena = arena_new(0);
	heap_swap(arena);
	rt = ResourceType_new(arena, NULL, NULL);
}

static void
end(void)
{
	heap_swap(NULL);
	arena_free(arena);
}

static void
release(void *o)
{
	json_object_put(o);
}

/* Released with the arena. */
static struct json_object *
kept(struct json_object *o)
{
	if (o)
		arena_defer(arena, release, o);
	return o;
}

static struct json_object *
parse(const char *text)
{
	return kept(json_tokener_parse(text));
}

static const char *
json(struct json_object *o)
{
	return json_object_to_json_string_ext(o, JSON_C_TO_STRING_PLAIN);
}

static bool
is_handle(const ValType *t)
{
	return t->kind == OwnType || t->kind == BorrowType || t->kind == StreamType ||
	       t->kind == FutureType || t->kind == ErrorContextType;
}

struct trip {
	ValType *type;
	const Value *value;
};

/* There and back, through the text of both. */
static void
go(void *env)
{
	struct trip *trip = env;
	struct link_value v = value_of_abi(arena, trip->value, trip->type), back;
	struct json_object *type = parse(json(kept(runtime_type(trip->type))));
	struct json_object *value = parse(json(kept(runtime_value(&v))));
	bool read = runtime_value_read(arena, type, value, &back);
	struct strbuf want = {.arena = arena}, got = {.arena = arena};
	link_value_print(&want, &v);
	if (read)
		link_value_print(&got, &back);
	ck_assert_msg(read && !strcmp(strbuf_cstr(&want), strbuf_cstr(&got)), "%s: %s: %s, not %s",
		json(type), json(value), strbuf_cstr(&got), strbuf_cstr(&want));
}

static bool
has_nan(const Value *value, ValType *t)
{
	struct link_value v = value_of_abi(arena, value, t);
	struct strbuf text = {.arena = arena};
	link_value_print(&text, &v);
	return strstr(strbuf_cstr(&text), "nan") != NULL;
}

static uint32_t
trips_of(ValType *t, uint32_t size, const struct enumerate_handles *handles)
{
	const struct enumerate_source from = {utf8, i32};
	Values vs = enumerate_values(arena, t, size, from, handles);
	uint32_t n = 0;
	for (uint32_t i = 0; i < vs.len; i++) {
		Value value = Values_at(&vs, i, t);
		struct trip trip = {t, &value};
		struct error err;
		if (has_nan(&value, t))
			continue;
		n += protect(go, &trip, &err);
		ck_assert(n || err.kind == ERR_UNSUPPORTED);
	}
	return n;
}

START_TEST(values_come_back)
{
	uint32_t n = 0;
	begin();
	const struct enumerate_handles handles = {.rt = rt};
	for (uint32_t size = 1; size <= 2; size++) {
		ValTypes ts = enumerate_types(arena, size, rt);
		for (uint32_t i = 0; i < ts.len; i++)
			if (!is_handle(ts.data[i]) && !contains(ts.data[i], is_handle))
				for (uint32_t k = 1; k <= 2; k++)
					n += trips_of(ts.data[i], k, &handles);
	}
	ck_assert_uint_gt(n, 1000);
	end();
}
END_TEST

static bool
reads(const char *type, const char *value)
{
	struct link_value v;
	return runtime_value_read(arena, parse(type), parse(value), &v);
}

START_TEST(what_fits)
{
	static const char *const fits[][2] = {{"\"u8\"", "255"}, {"\"s8\"", "-128"},
		{"\"u64\"", "\"18446744073709551615\""}, {"\"s64\"", "\"-9223372036854775808\""},
		{"\"f32\"", "1"}, {"\"f64\"", "\"nan:0x7ff8000000000000\""}, {"\"f32\"", "\"-0\""},
		{"\"char\"", "\"\\u20ac\""}, {"\"own\"", "\"handle\""},
		{"{\"list\":\"u8\",\"length\":2}", "[1,2]"},
		{"{\"option\":\"u8\"}", "{\"none\":null}"},
		{"{\"result\":[null,\"u8\"]}", "{\"ok\":null}"},
		{"{\"flags\":[\"a\",\"b\"]}", "[\"b\",\"a\"]"},
		{"{\"map\":[\"u8\",\"bool\"]}", "[[1,true]]"},
		{"{\"variant\":[[\"a\",null],[\"b\",\"u8\"]]}", "{\"b\":1}"},
		{"{\"record\":[[\"a\",\"u8\"]]}", "{\"a\":1}"}};
	begin();
	for (size_t i = 0; i < sizeof fits / sizeof *fits; i++)
		ck_assert_msg(reads(fits[i][0], fits[i][1]), "%s: %s", fits[i][0], fits[i][1]);
	end();
}
END_TEST

START_TEST(what_does_not_fit)
{
	static const char *const unfit[][2] = {{"\"u8\"", "256"}, {"\"u8\"", "-1"},
		{"\"s8\"", "128"}, {"\"u8\"", "1.5"}, {"\"u8\"", "\"1\""}, {"\"u8\"", "null"},
		{"\"u32\"", "18446744073709551615"}, {"\"u64\"", "1"},
		{"\"u64\"", "\"18446744073709551616\""}, {"\"u64\"", "\"-1\""},
		{"\"s64\"", "\"9223372036854775808\""}, {"\"u64\"", "\"1x\""}, {"\"u64\"", "\"\""},
		{"\"f32\"", "\"many\""}, {"\"char\"", "\"ab\""}, {"\"char\"", "\"\""},
		{"\"bool\"", "1"}, {"\"string\"", "1"}, {"\"own\"", "1"}, {"\"sausage\"", "1"},
		{"{\"sausage\":\"u8\"}", "1"}, {"{\"list\":\"u8\"}", "{}"},
		{"{\"list\":\"u8\",\"length\":2}", "[1]"}, {"{\"list\":\"u8\"}", "[256]"},
		{"{\"tuple\":[\"u8\",\"u8\"]}", "[1]"}, {"{\"option\":\"u8\"}", "{\"none\":1}"},
		{"{\"option\":\"u8\"}", "null"},
		{"{\"option\":\"u8\"}", "{\"some\":1,\"none\":null}"},
		{"{\"result\":[null,\"u8\"]}", "{\"ok\":1}"},
		{"{\"result\":[null,null]}", "{\"no\":null}"},
		{"{\"flags\":[\"a\",\"b\"]}", "[\"c\"]"},
		{"{\"flags\":[\"a\",\"b\"]}", "[\"a\",\"a\"]"}, {"{\"enum\":[\"a\"]}", "\"b\""},
		{"{\"map\":[\"u8\",\"bool\"]}", "[[1]]"},
		{"{\"variant\":[[\"a\",null]]}", "{\"a\":1}"},
		{"{\"variant\":[[\"a\",\"u8\"]]}", "{\"b\":1}"},
		{"{\"record\":[[\"a\",\"u8\"]]}", "{\"a\":1,\"b\":2}"},
		{"{\"record\":[[\"a\",\"u8\"]]}", "{\"b\":1}"}};
	begin();
	for (size_t i = 0; i < sizeof unfit / sizeof *unfit; i++)
		ck_assert_msg(!reads(unfit[i][0], unfit[i][1]), "%s: %s", unfit[i][0], unfit[i][1]);
	end();
}
END_TEST

START_TEST(flags_in_the_order_of_their_type)
{
	struct link_value v;
	struct strbuf out = {0};
	begin();
	out.arena = arena;
	ck_assert(runtime_value_read(
		arena, parse("{\"flags\":[\"a\",\"b\"]}"), parse("[\"b\",\"a\"]"), &v));
	link_value_print(&out, &v);
	ck_assert_str_eq(strbuf_cstr(&out), "(flags.const \"a\" \"b\")");
	end();
}
END_TEST

static const char *
core(const char *type, const char *value)
{
	struct strbuf out = {.arena = arena};
	bool good = runtime_core_value_read(&out, parse(type), parse(value));
	return good ? strbuf_cstr(&out) : NULL;
}

START_TEST(core_values)
{
	begin();
	ck_assert_str_eq(core("\"i32\"", "-1"), "(i32.const -1)");
	ck_assert_str_eq(core("\"i64\"", "\"-1\""), "(i64.const -1)");
	ck_assert_ptr_null(core("\"i32\"", "4294967296"));
	ck_assert_ptr_null(core("\"funcref\"", "null"));
	ck_assert_ptr_null(core("\"i64\"", "1"));
	ck_assert_str_eq(core("\"v128\"", "[1, 0, 4294967295, 16]"),
		"(v128.const i32x4 0x00000001 0x00000000 0xffffffff 0x00000010)");
	ck_assert_ptr_null(core("\"v128\"", "[1, 0, 4294967296, 16]"));
	ck_assert_ptr_null(core("\"v128\"", "[1, 0, 2]"));
	ck_assert_ptr_null(core("\"v128\"", "\"1\""));
	end();
}
END_TEST

UNIT_MAIN("oracle/runtime_value", values_come_back, what_fits, what_does_not_fit,
	flags_in_the_order_of_their_type, core_values)
