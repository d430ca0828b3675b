#include "base/str.h"
#include "base/utf8.h"

#include "unit.h"

START_TEST(strings_compare_by_bytes)
{
	ck_assert(str_eq(STR("abc"), str_of("abc")));
	ck_assert(!str_eq(STR("abc"), STR("abd")));
	ck_assert(str_eq(STR(""), (struct str){0}));
	ck_assert_int_lt(str_cmp(STR("ab"), STR("abc")), 0);
	ck_assert_int_gt(str_cmp(STR("b"), STR("abc")), 0);
	ck_assert(str_starts(STR("[method]x"), "[method]"));
	ck_assert(!str_starts(STR("[m"), "[method]"));
	ck_assert(str_ends(STR("a.wast"), ".wast"));
}
END_TEST

START_TEST(a_builder_grows)
{
	struct arena *a = arena_new(0);
	struct strbuf b = {.arena = a};
	for (int i = 0; i < 300; i++)
		strbuf_printf(&b, "%d,", i % 10);
	strbuf_addc(&b, '!');
	ck_assert_uint_eq(strbuf_str(&b).len, 601);
	ck_assert(str_ends(strbuf_str(&b), "8,9,!"));
	ck_assert_uint_eq(strlen(strbuf_cstr(&b)), 601);
	arena_free(a);
}
END_TEST

START_TEST(a_map_keeps_the_first)
{
	struct arena *a = arena_new(0);
	struct strmap m = {.arena = a};
	uint32_t v = 0;
	ck_assert(!strmap_get(&m, STR("k0"), &v));
	for (uint32_t i = 0; i < 500; i++)
		ck_assert(strmap_put(&m, str_of(arena_printf(a, "k%u", i)), i));
	ck_assert(!strmap_put(&m, STR("k7"), 99));
	for (uint32_t i = 0; i < 500; i++) {
		ck_assert(strmap_get(&m, str_of(arena_printf(a, "k%u", i)), &v));
		ck_assert_uint_eq(v, i);
	}
	ck_assert(!strmap_get(&m, STR("k500"), &v));
	strmap_set(&m, STR("k500"), 1);
	strmap_set(&m, STR("k7"), 2);
	ck_assert(strmap_get(&m, STR("k500"), &v) && v == 1);
	ck_assert(strmap_get(&m, STR("k7"), &v) && v == 2);
	arena_free(a);
}
END_TEST

START_TEST(utf8_round_trips)
{
	static const uint32_t edges[] = {
		0, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff};
	for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
		unsigned char buf[4];
		uint32_t c = 0;
		int n = utf8_encode(edges[i], buf);
		ck_assert_int_eq(utf8_decode(buf, (size_t)n, &c), n);
		ck_assert_uint_eq(c, edges[i]);
		if (n > 1)
			ck_assert_int_eq(utf8_decode(buf, (size_t)n - 1, &c), 0);
	}
}
END_TEST

START_TEST(ill_formed_utf8_is_refused)
{
	static const char *const bad[] = {"\x80", "\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf",
		"\xed\xa0\x80", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80",
		"\xff", "\xc3(", "a\xe2\x82"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ck_assert_msg(!utf8_valid(bad[i], strlen(bad[i])), "case %zu", i);
	ck_assert(utf8_valid("\xe2\x98\x83 \xf0\x9f\x98\x80", 8));
	ck_assert(utf8_valid("", 0));
}
END_TEST

UNIT_MAIN("base/str", strings_compare_by_bytes, a_builder_grows, a_map_keeps_the_first,
	utf8_round_trips, ill_formed_utf8_is_refused)
