#include "base/arena.h"
#include "base/error.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "unit.h"

static void
note(void *env)
{
	char *s = env;
	s[strlen(s)] = "abc"[strlen(s)];
}

/* Checked at once: an assertion for each byte takes minutes under Valgrind. */
static bool
is_zeroed(const unsigned char *p, size_t n)
{
	size_t zeros = 0;
	while (zeros < n && !p[zeros])
		zeros++;
	return zeros == n;
}

START_TEST(memory_is_zeroed_and_aligned)
{
	struct arena *a = arena_new(0);
	for (size_t n = 0; n < 100000; n = n * 3 + 1) {
		unsigned char *p = arena_alloc(a, n);
		ck_assert_uint_eq((uintptr_t)p % 16, 0);
		ck_assert(is_zeroed(p, n));
		memset(p, 0xff, n);
	}
	arena_free(a);
}
END_TEST

START_TEST(deferred_run_last_first)
{
	char log[8] = "";
	struct arena *a = arena_new(0);
	char *second = arena_strdup(a, "second");
	arena_defer(a, note, log);
	arena_defer(a, note, log);
	ck_assert_str_eq(second, "second");
	arena_free(a);
	ck_assert_str_eq(log, "ab");
}
END_TEST

START_TEST(a_child_goes_early_or_with_its_parent)
{
	char log[8] = "";
	struct arena *a = arena_new(0);
	struct arena *first = arena_child(a), *second = arena_child(a), *third = arena_child(a);
	arena_defer(first, note, log);
	arena_defer(second, note, log);
	arena_defer(a, note, log);
	ck_assert_uint_eq(arena_children(a), 3);
	arena_free(second);
	ck_assert_str_eq(log, "a");
	ck_assert_uint_eq(arena_children(a), 2);
	arena_free(third);
	arena_free(a);
	ck_assert_str_eq(log, "abc");
}
END_TEST

START_TEST(a_child_that_comes_again_is_empty)
{
	struct arena *a = arena_new(0);
	for (int round = 0; round < 1000; round++) {
		struct arena *child = arena_child(a);
		ck_assert_uint_eq(arena_used(child), 0);
		for (size_t n = 1; n < 5000; n *= 7) {
			unsigned char *p = arena_alloc(child, n);
			ck_assert(is_zeroed(p, n));
			memset(p, 0xff, n);
		}
		arena_free(child);
	}
	ck_assert_uint_eq(arena_used(a), 0);
	arena_free(a);
}
END_TEST

static void
ask_too_much(void *env)
{
	for (int i = 0; i < 100; i++)
		arena_alloc(env, 1000);
}

static void
ask_overflow(void *env)
{
	arena_array(env, SIZE_MAX / 2, 16);
}

START_TEST(the_limit_raises)
{
	struct error err;
	struct arena *a = arena_new(50000);
	ck_assert(!protect(ask_too_much, a, &err));
	ck_assert_int_eq(err.kind, ERR_EXHAUSTED);
	ck_assert_str_eq(err.reason, "memory-limit");
	ck_assert(!protect(ask_overflow, a, &err));
	ck_assert_str_eq(err.reason, "memory-limit");
	arena_free(a);
}
END_TEST

START_TEST(vectors_keep_their_elements)
{
	struct arena *a = arena_new(0);
	VEC(int) v = {0};
	for (int i = 0; i < 1000; i++)
		vec_push(a, &v, i * i);
	*vec_add(a, &v) = -1;
	ck_assert_uint_eq(v.len, 1001);
	for (int i = 0; i < 1000; i++)
		ck_assert_int_eq(v.data[i], i * i);
	ck_assert_int_eq(vec_pop(&v), -1);
	ck_assert_int_eq(vec_last(&v), 999 * 999);
	arena_free(a);
}
END_TEST

START_TEST(printf_fits)
{
	struct arena *a = arena_new(0);
	ck_assert_str_eq(arena_printf(a, "%s-%d", "x", 42), "x-42");
	ck_assert_str_eq(arena_strndup(a, "hello", 2), "he");
	arena_free(a);
}
END_TEST

UNIT_MAIN("base/arena", memory_is_zeroed_and_aligned, deferred_run_last_first,
	a_child_goes_early_or_with_its_parent, a_child_that_comes_again_is_empty, the_limit_raises,
	vectors_keep_their_elements, printf_fits)
