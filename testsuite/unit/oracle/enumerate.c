/* enumerate.c - tests of oracle/enumerate*: that nothing is left out of a size, and nothing twice. */
#include "oracle/enumerate.h"

#include <string.h>

#include "base/str.h"
#include "cabi/cabi.h"
#include "unit.h"

static struct arena *arena;
static ResourceType *rt;
static struct enumerate_handles handles;

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

static ValType *
named(const char *name)
{
	for (uint32_t size = 1; size <= 3; size++) {
		ValTypes ts = enumerate_types(arena, size, rt);
		for (uint32_t i = 0; i < ts.len; i++)
			if (!strcmp(enumerate_name(arena, ts.data[i]), name))
				return ts.data[i];
	}
	ck_abort_msg("no type %s", name);
}

static uint32_t
values(const char *type, uint32_t size)
{
	struct enumerate_source from = {utf8, i32};
	return enumerate_values(arena, named(type), size, from, &handles).len;
}

/* 23 leaves; 7 constructors of one part; 4 of two, and maps of 11 kinds of keys. */
START_TEST(types)
{
	begin();
	ck_assert_uint_eq(enumerate_types(arena, 0, rt).len, 0);
	ck_assert_uint_eq(enumerate_types(arena, 1, rt).len, 23);
	ck_assert_uint_eq(enumerate_types(arena, 2, rt).len, 23 * 7);
	ck_assert_uint_eq(enumerate_types(arena, 3, rt).len, 23 * 7 * 7 + 23 * 23 * 4 + 11 * 23);
	end();
}
END_TEST

START_TEST(no_type_twice)
{
	begin();
	struct strmap seen = {.arena = arena};
	for (uint32_t size = 1; size <= 3; size++) {
		ValTypes ts = enumerate_types(arena, size, rt);
		for (uint32_t i = 0; i < ts.len; i++) {
			uint32_t other;
			const ValType *t = ts.data[i];
			/* flags and enums of other lengths, and of variants the middle case */
			struct str name = str_of(arena_printf(
				arena, "%s %u", enumerate_name(arena, t), t->cases.len));
			ck_assert_msg(!strmap_get(&seen, name, &other), "%s", name.ptr);
			strmap_put(&seen, name, i);
		}
	}
	end();
}
END_TEST

START_TEST(values_of_a_size)
{
	begin();
	ck_assert_uint_eq(values("bool", 1), 2);
	ck_assert_uint_eq(values("bool", 2), 0);
	ck_assert_uint_eq(values("u8", 1), 5);
	ck_assert_uint_eq(values("char", 1), 12);
	ck_assert_uint_eq(values("string", 1), 37);
	ck_assert_uint_eq(values("flags<9 labels>", 1), 11);
	ck_assert_uint_eq(values("enum<257 labels>", 1), 257);
	ck_assert_uint_eq(values("option<flags<9 labels>>", 1), 5);
	ck_assert_uint_eq(values("option<enum<257 labels>>", 1), 3);
	ck_assert_uint_eq(values("list<bool>", 1), 1); /* [] */
	ck_assert_uint_eq(values("list<bool>", 2), 2);
	ck_assert_uint_eq(values("list<bool>", 3), 4);
	ck_assert_uint_eq(values("list<bool,2>", 2), 4);
	ck_assert_uint_eq(values("list<bool,2>", 3), 0);
	ck_assert_uint_eq(values("option<bool>", 1), 3);
	ck_assert_uint_eq(values("tuple<bool,u8>", 2), 10);
	ck_assert_uint_eq(values("list<list<bool>>", 3), 3); /* [[false]] [[true]] [[],[]] */
	ck_assert_uint_eq(values("map<bool,u8>", 3), 10);
	end();
}
END_TEST

START_TEST(hints_of_strings)
{
	begin();
	static const struct {
		StringEncoding from;
		num units[3]; /* of "", U+80 and U+10000 */
	} rows[] = {{utf8, {0, 2, 4}}, {utf16, {0, 1, 2}},
		{latin1_utf16, {0, 1, (num)2 | (num)1 << 31}}};
	for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
		struct enumerate_source from = {rows[r].from, i32};
		Values vs = enumerate_values(arena, named("string"), 1, from, &handles);
		int found = 0;
		for (uint32_t i = 0; i < vs.len; i++) {
			const String *s = vs.data[i].s;
			bool one = s->len == 1;
			int k = !s->len                             ? 0
				: one && String_at(s, 0) == 0x80    ? 1
				: one && String_at(s, 0) == 0x10000 ? 2
								    : -1;
			found += k >= 0;
			if (k >= 0)
				ck_assert(s->tagged_code_units == rows[r].units[k]);
		}
		ck_assert_int_eq(found, 3);
	}
	end();
}
END_TEST

UNIT_MAIN("oracle/enumerate", types, no_type_twice, values_of_a_size, hints_of_strings)
