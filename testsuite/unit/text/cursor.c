/* Walking over the items of an s-expression. */
#include "unit.h"

#include "text/cursor.h"

static struct arena *arena;
static struct source source;

static struct cursor
over(const char *text)
{
	source = (struct source){.name = "text", .text = text, .len = strlen(text)};
	arena = arena_new(0);
	return cursor_from(sexpr_read(arena, &source), 0);
}

static void
done(void)
{
	arena_free(arena);
}

START_TEST(items_in_order)
{
	struct cursor c = over("func $x 12 \"s\" (list $y (inner))");
	ck_assert_uint_eq(items_left(&c), 5);
	ck_assert(at_keyword(&c, "func") && !at_keyword(&c, "fun"));
	ck_assert(!take_keyword(&c, "type") && take_keyword(&c, "func"));
	ck_assert(str_is(take_id(&c), "x"));
	ck_assert(!take_id(&c).len);
	ck_assert_uint_eq(take_u32(&c), 12);
	ck_assert(at_string(&c) && str_is(take_name(&c), "s"));
	ck_assert(is_last(&c) && at_list_of(&c, "list") && !at_list_of(&c, "inner"));
	struct cursor in = take_list_of(&c, "list");
	ck_assert(at_end(&c) && last_is_list(&in));
	ck_assert_uint_eq(items_left(&in), 2);
	ck_assert_ptr_null(item(&c));
	expect_end(&c);
	done();
}
END_TEST

START_TEST(nothing_is_an_end)
{
	struct cursor c = {0};
	ck_assert(at_end(&c) && !at_string(&c) && !at_list(&c));
	ck_assert_uint_eq(items_left(&c), 0);
}
END_TEST

START_TEST(strings_are_joined)
{
	struct cursor c = over("\"a\\00\" \"\\ff\"");
	struct str s = take_bytes(arena, &c);
	ck_assert_uint_eq(s.len, 3);
	ck_assert_int_eq(memcmp(s.ptr, "a\0\xff", 3), 0);
	done();
}
END_TEST

/* ---- errors ---- */

static void
take_a_name(void *env)
{
	take_name(env);
}

static void
take_a_u32(void *env)
{
	take_u32(env);
}

static void
take_a_list(void *env)
{
	take_list_of(env, "list");
}

static void
take_anything(void *env)
{
	take_item(env);
}

static void
end_here(void *env)
{
	expect_end(env);
}

static void
raises(void (*fn)(void *env), const char *text, const char *reason, uint32_t column)
{
	struct cursor c = over(text);
	if (at_list_of(&c, "in"))
		c = take_list_of(&c, "in");
	struct error err = {0};
	uint32_t line, col;
	ck_assert(!protect(fn, &c, &err));
	ck_assert_int_eq(err.kind, ERR_MALFORMED);
	ck_assert_str_eq(err.reason, reason);
	loc_line_col(err.at, &line, &col);
	ck_assert_uint_eq(col, column);
	source_release(&source);
	done();
}

START_TEST(errors_have_a_place)
{
	raises(take_a_name, "(in 1)", "unexpected-token", 5);
	raises(take_a_name, "(in \"\\ff\")", "malformed-utf-8-encoding", 5);
	raises(take_a_u32, "(in 4294967296)", "constant-out-of-range", 5);
	raises(take_a_u32, "(in -1)", "unexpected-token", 5);
	raises(take_a_u32, "(in 1.5)", "unexpected-token", 5);
	raises(take_a_list, "(in (other))", "unexpected-token", 5);
	raises(end_here, "(in $x)", "unexpected-token", 5);
	raises(take_anything, "(in )", "unexpected-token", 5); /* at the parenthesis */
}
END_TEST

UNIT_MAIN("text/cursor", items_in_order, nothing_is_an_end, strings_are_joined, errors_have_a_place)
