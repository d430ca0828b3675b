/* name_section.c - tests of component/name_section: what is read of it, and how far; and that
 * what is written is read again. */
#include "component/name_section.h"

#include "hex.h"
#include "unit.h"

static struct arena *arena;

/* The names that contents give, as "id; sort index name; ...". */
static const char *
names_of(const char *hex)
{
	struct strbuf bytes = {.arena = arena}, out = {.arena = arena}, back = {.arena = arena};
	struct component c = {0}, again = {0};
	add_hex(&bytes, hex);
	name_section_read(arena, &c, strbuf_str(&bytes));
	strbuf_printf(&out, STR_FMT ";", STR_ARG(c.id));
	for (uint32_t i = 0; i < c.ids.len; i++)
		strbuf_printf(&out, " %s %u " STR_FMT ";", comp_sort_name(c.ids.data[i].sort),
			c.ids.data[i].index, STR_ARG(c.ids.data[i].name));
	ck_assert(name_section_needed(&c) == (c.id.len || c.ids.len));
	name_section_write(&back, &c);
	name_section_read(arena, &again, strbuf_str(&back));
	ck_assert(str_eq(c.id, again.id));
	ck_assert_uint_eq(c.ids.len, again.ids.len);
	for (uint32_t i = 0; i < c.ids.len; i++)
		ck_assert(str_eq(c.ids.data[i].name, again.ids.data[i].name));
	return strbuf_cstr(&out);
}

START_TEST(names)
{
	arena = arena_new(0);
	ck_assert_str_eq(names_of(""), ";");
	ck_assert_str_eq(names_of("00 03 02 61 62"), "ab;");
	ck_assert_str_eq(names_of("00 02 01 63 01 05 03 01 07 01 74"), "c; type 7 t;");
	ck_assert_str_eq(names_of("01 06 00 11 01 00 01 6d 01 08 01 02 00 01 66 02 01 67"),
		"; core module 0 m; func 0 f; func 2 g;");
	arena_free(arena);
}
END_TEST

/* Names do not matter for what a component means: bad ones end them. */
START_TEST(bad_contents)
{
	arena = arena_new(0);
	ck_assert_str_eq(names_of("00 03 02 61"), ";");
	ck_assert_str_eq(names_of("00 02 01 63 01 05 03 01 07 02 74"), "c;");
	ck_assert_str_eq(names_of("00 02 01 63 01 04 03 ff ff ff ff 0f"), "c;");
	ck_assert_str_eq(names_of("00 02 01 63 01 05 09 01 00 01 74"), "c;");
	ck_assert_str_eq(names_of("00 02 01 ff"), ";");
	ck_assert_str_eq(names_of("07 01 00 00 02 01 63"), "c;"); /* an unknown subsection */
	arena_free(arena);
}
END_TEST

UNIT_MAIN("component/name_section", names, bad_contents)
