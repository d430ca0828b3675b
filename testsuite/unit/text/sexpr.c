#include "text/sexpr.h"

#include "base/error.h"

#include "unit.h"

struct reading {
	struct arena *arena;
	struct source src;
	const struct sexpr *top;
	struct error err;
	bool good;
};

static void
read_it(void *env)
{
	struct reading *r = env;
	r->top = sexpr_read(r->arena, &r->src);
}

static struct reading
reading_of(const char *text, size_t len)
{
	struct reading r = {.arena = arena_new(0), .src = {.name = "t", .text = text, .len = len}};
	r.good = protect(read_it, &r, &r.err);
	return r;
}

static struct reading
reading(const char *text)
{
	return reading_of(text, strlen(text));
}

START_TEST(lists_nest_and_know_their_places)
{
	struct reading r = reading("(a (b $c \"d\") 12)\n(e)");
	ck_assert(r.good);
	ck_assert_uint_eq(r.top->len, 2);
	const struct sexpr *a = &r.top->items[0], *b = &a->items[1];
	ck_assert_uint_eq(a->len, 3);
	ck_assert_int_eq(a->items[0].kind, SEXPR_KEYWORD);
	ck_assert_int_eq(b->kind, SEXPR_LIST);
	ck_assert_int_eq(b->items[1].kind, SEXPR_ID);
	ck_assert(str_is(b->items[1].text, "c"));
	ck_assert_int_eq(b->items[2].kind, SEXPR_STRING);
	ck_assert_int_eq(a->items[2].kind, SEXPR_NUMBER);
	ck_assert_uint_eq(b->at.pos, 3);
	ck_assert_uint_eq(b->end, 13);
	ck_assert_uint_eq(r.top->items[1].at.pos, 18);
	arena_free(r.arena);
}
END_TEST

START_TEST(strings_hold_any_byte)
{
	struct reading r = reading("\"a\\00\\ff\\t\\n\\r\\'\\\"\\\\\\u{1_F600}\"");
	ck_assert(r.good);
	struct str s = r.top->items[0].text;
	ck_assert(str_eq(s, (struct str){"a\0\xff\t\n\r'\"\\\xf0\x9f\x98\x80", 13}));
	arena_free(r.arena);
}
END_TEST

START_TEST(comments_and_annotations_are_left_out)
{
	struct reading r =
		reading(";; one\r(a (; two (; three ;) ;) b (@x \"y\" ,; (z) @ (@)) c);; end");
	ck_assert(r.good);
	ck_assert_uint_eq(r.top->len, 1);
	ck_assert_uint_eq(r.top->items[0].len, 3);
	arena_free(r.arena);
}
END_TEST

START_TEST(quoted_ids_are_ids)
{
	struct reading r = reading("$\"a b\" $a\\b");
	ck_assert(r.good);
	ck_assert_int_eq(r.top->items[0].kind, SEXPR_ID);
	ck_assert(str_is(r.top->items[0].text, "a b"));
	ck_assert(str_is(r.top->items[1].text, "a\\b"));
	arena_free(r.arena);
}
END_TEST

START_TEST(what_is_malformed_says_why_and_where)
{
	static const struct {
		const char *text, *reason;
		uint32_t pos;
	} cases[] = {
		{"(a", "unexpected-token", 0},
		{"a)", "unexpected-token", 1},
		{" \"abc", "unclosed-string", 1},
		{"\"a\nb\"", "unclosed-string", 0},
		{"(; (; ;)", "unclosed-comment", 0},
		{"(a (@x (b)", "unclosed-annotation", 3},
		{"(@)", "empty-annotation-id", 2},
		{"$", "empty-identifier", 0},
		{"$\"\"", "empty-identifier", 0},
		{"\"a\"b", "unknown-operator", 0},
		{"a,b", "unknown-operator", 0},
		{"A", "unknown-operator", 0},
		{"0x", "unknown-operator", 0},
		{"\"\\x\"", "invalid-string-escape", 2},
		{"\"\\u{d800}\"", "invalid-string-escape", 8},
		{"\"\\u{110000}\"", "invalid-string-escape", 10},
		{"\"\x01\"", "illegal-character", 1},
		{"\x07", "illegal-character", 0},
		{"a \xff", "malformed-utf-8-encoding", 2},
		{"$\"\\ff\"", "malformed-utf-8-encoding", 0},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct reading r = reading(cases[i].text);
		ck_assert_msg(!r.good, "%s", cases[i].text);
		ck_assert_int_eq(r.err.kind, ERR_MALFORMED);
		ck_assert_msg(!strcmp(r.err.reason, cases[i].reason), "%s: %s", cases[i].text,
			r.err.reason);
		ck_assert_msg(
			r.err.at.pos == cases[i].pos, "%s: at %u", cases[i].text, r.err.at.pos);
		arena_free(r.arena);
	}
}
END_TEST

START_TEST(nesting_has_a_limit)
{
	char text[2 * SEXPR_MAX_DEPTH + 2];
	memset(text, '(', SEXPR_MAX_DEPTH + 1);
	memset(text + SEXPR_MAX_DEPTH, ')', SEXPR_MAX_DEPTH);
	struct reading r = reading_of(text, 2 * SEXPR_MAX_DEPTH);
	ck_assert(r.good);
	arena_free(r.arena);
	memset(text, '(', SEXPR_MAX_DEPTH + 1);
	r = reading_of(text, SEXPR_MAX_DEPTH + 1);
	ck_assert_str_eq(r.err.reason, "nesting-limit");
	arena_free(r.arena);
}
END_TEST

START_TEST(nothing_is_an_empty_list)
{
	struct reading r = reading(" \t\r\n");
	ck_assert(r.good);
	ck_assert_uint_eq(r.top->len, 0);
	arena_free(r.arena);
}
END_TEST

UNIT_MAIN("text/sexpr", lists_nest_and_know_their_places, strings_hold_any_byte,
	comments_and_annotations_are_left_out, quoted_ids_are_ids,
	what_is_malformed_says_why_and_where, nesting_has_a_limit, nothing_is_an_empty_list)
