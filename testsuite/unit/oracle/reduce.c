/* reduce.c - tests of oracle/reduce: the search, with predicates that look at the text alone. */
#include "oracle/reduce.h"

#include <stdio.h>
#include <string.h>

#include "unit.h"

/* Holds where the text has all of the words, and `(use $x)` just where it has `(def $x)`. */
struct wish {
	const char *words[4];
	uint32_t runs, random;
	bool never, needs_line;
	volatile int stop;
	uint32_t stop_after;
};

/* Whether each of one kind has its partner of the other. */
static bool
has_partners(const char *text, const char *one, const char *other)
{
	size_t n = strlen(one);
	for (const char *at = text; (at = strstr(at, one)); at += n) {
		char partner[32];
		snprintf(partner, sizeof partner, "%s%.*s)", other, (int)strcspn(at + n, ") "),
			at + n);
		if (!strstr(text, partner))
			return false;
	}
	return true;
}

static bool
holds(void *env, const struct reduce_candidate *c)
{
	struct wish *w = env;
	struct arena *a = arena_new(0);
	const char *text = str_cstr(a, c->text);
	bool good = !w->never && has_partners(text, "(use $", "(def $") &&
		    has_partners(text, "(def $", "(use $");
	w->stop = w->stop_after && ++w->runs >= w->stop_after;
	for (int i = 0; i < 4 && w->words[i]; i++)
		good &= strstr(text, w->words[i]) != NULL;
	if (w->random) {
		w->random = w->random * 1664525 + 1013904223;
		good &= w->random >> 31;
	}
	arena_free(a);
	return good;
}

static struct tree *
read(struct arena *a, const char *text)
{
	struct source *src = arena_new_of(a, struct source);
	*src = (struct source){.name = "t", .text = text, .len = strlen(text)};
	return tree_read(a, sexpr_read(a, src), src);
}

static struct reduced
reduce(struct arena *a, const char *text, struct wish *w, uint32_t max_runs)
{
	const struct reduce_options o = {
		.holds = holds, .env = w, .max_runs = max_runs, .stopped = &w->stop};
	return reduce_tree(a, read(a, text), NULL, NULL, &o);
}

static void
becomes(const char *text, struct wish w, const char *wanted)
{
	struct arena *a = arena_new(0);
	struct reduced r = reduce(a, text, &w, 10000);
	ck_assert(r.holds);
	ck_assert(!r.cut);
	ck_assert_str_eq(str_cstr(a, r.text), wanted);
	arena_free(a);
}

START_TEST(drops_directives_and_items)
{
	becomes("(a) (b x (y z) w) (c)", (struct wish){.words = {"z"}}, "z\n");
	becomes("(a (b)) (c (d))", (struct wish){.words = {"(b)", "(d)"}}, "(b)\n(d)\n");
}
END_TEST

START_TEST(drops_what_goes_together)
{
	/* Neither can be dropped alone, and the word is in between. */
	becomes("(m (def $x) (keep here (use $x)))", (struct wish){.words = {"here"}}, "here\n");
	becomes("(m (def $x) (use $x) (def $y) (use $y))", (struct wish){.words = {"(use $x)"}},
		"(def $x)\n(use $x)\n");
}
END_TEST

START_TEST(bodies_become_trivial)
{
	becomes("(module (func (export \"f\") (result i32) (a) (b) (c)))",
		(struct wish){.words = {"(module (func", "(result i32) ("}},
		"(module (func (result i32) (i32.const)))\n");
}
END_TEST

START_TEST(operands_are_dropped)
{
	becomes("(module (func (consume $is (i32.const 1) (call $f))))",
		(struct wish){.words = {"(module (func (", " (call $f))))"}},
		"(module (func (drop (call $f))))\n");
}
END_TEST

START_TEST(numbers_and_bytes_shrink)
{
	becomes("(a 0x1234)", (struct wish){.words = {"(a "}}, "(a 0)\n");
	becomes("(a 100)", (struct wish){.words = {"(a 1", "00"}}, "(a 100)\n");
	becomes("(a 0x44)", (struct wish){.words = {"(a ", "4"}}, "(a 34)\n");
	becomes("(data \"abcdefgh\")", (struct wish){.words = {"(data \"", "e"}}, "(data \"e\")\n");
	becomes("(name \"abcdefgh\")", (struct wish){.words = {"(name \""}},
		"(name \"abcdefgh\")\n");
}
END_TEST

START_TEST(headers_go_too)
{
	becomes(";;! a = true\n;;! b = true\n(x)", (struct wish){.words = {"b = true"}},
		";;! b = true\n");
}
END_TEST

START_TEST(target_stays)
{
	struct arena *a = arena_new(0);
	struct wish w = {.words = {"x"}};
	const struct reduce_options o = {.holds = holds, .env = &w, .max_runs = 1000};
	struct tree *top = read(a, ";;! a = true\n(a)\n(b x)\n(c\n d)\n(e)");
	const bool needed[] = {false, false, true, true, false};
	struct reduced r = reduce_tree(a, top, top->items[3], needed, &o);
	ck_assert(r.holds);
	ck_assert_str_eq(str_cstr(a, r.text), "x\n(c)\n");
	ck_assert_uint_eq(r.target, 1);
	ck_assert_uint_eq(r.line, 2);
	ck_assert_uint_eq(r.directives, 2);
	arena_free(a);
}
END_TEST

START_TEST(says_where_it_does_not_hold)
{
	struct arena *a = arena_new(0);
	struct wish w = {.never = true};
	struct reduced r = reduce(a, "(a) (b)", &w, 1000);
	ck_assert(!r.holds);
	ck_assert_uint_eq(r.runs, 1);
	arena_free(a);
}
END_TEST

static const char large[] =
	"(m (def $x) (a 1 2 3 \"b\") (use $x) (c (d (e 400) 5) $f) (g \"h\" \"i\"))"
	"(module (func (x) (y (z 1))) (func (x) (y (z 1))))"
	"(m (def $x) (a 1 2 3 \"b\") (use $x) (c (d (e 400) 5) $f) (g \"h\" \"i\"))";

START_TEST(runs_are_bounded)
{
	struct arena *a = arena_new(0);
	struct wish w = {.words = {"(e 400)"}}, all = w;
	struct reduced whole = reduce(a, large, &all, 100000);
	ck_assert_str_eq(str_cstr(a, whole.text), "(e 400)\n");
	for (uint32_t max = 1; max < whole.runs; max++) {
		struct reduced r = reduce(a, large, &w, max);
		ck_assert(r.holds && r.cut);
		ck_assert_uint_eq(r.runs, max);
		ck_assert(strstr(str_cstr(a, r.text), "(e 400)"));
	}
	arena_free(a);
}
END_TEST

START_TEST(can_be_stopped)
{
	struct arena *a = arena_new(0);
	struct wish w = {.words = {"(e 400)"}, .stop_after = 7};
	struct reduced r = reduce(a, large, &w, 1000);
	ck_assert(r.cut);
	ck_assert_uint_eq(r.runs, 7);
	arena_free(a);
}
END_TEST

START_TEST(is_deterministic)
{
	struct arena *a = arena_new(0);
	struct wish one = {.words = {"(e 400)", "$f"}}, two = one;
	struct reduced r = reduce(a, large, &one, 1000), s = reduce(a, large, &two, 1000);
	ck_assert(str_eq(r.text, s.text));
	ck_assert_uint_eq(r.runs, s.runs);
	arena_free(a);
}
END_TEST

/* Answers that change from time to time end the search, too. */
START_TEST(random_answers_end)
{
	for (uint32_t seed = 1; seed < 200; seed++) {
		struct arena *a = arena_new(0);
		struct wish w = {.random = seed};
		struct reduced r = reduce(a, large, &w, UINT32_MAX);
		ck_assert(!r.cut);
		ck_assert_uint_lt(r.runs, 5000);
		arena_free(a);
	}
}
END_TEST

UNIT_MAIN("reduce", drops_directives_and_items, drops_what_goes_together, bodies_become_trivial,
	operands_are_dropped, numbers_and_bytes_shrink, headers_go_too, target_stays,
	says_where_it_does_not_hold, runs_are_bounded, can_be_stopped, is_deterministic,
	random_answers_end)
