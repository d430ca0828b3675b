#include "base/error.h"

#include <string.h>

#include "unit.h"

static void
fail_invalid(void *env)
{
	*(int *)env += 1;
	raise_error(ERR_INVALID, NO_LOC, "type-mismatch", "expected %s", "i32");
}

static void
succeed(void *env)
{
	*(int *)env += 10;
}

static void
catch_and_go_on(void *env)
{
	struct error inner;
	if (protect(fail_invalid, env, &inner))
		return;
	succeed(env);
	raise_again(&inner);
}

START_TEST(an_error_is_caught_whole)
{
	int n = 0;
	struct error err;
	ck_assert(!protect(fail_invalid, &n, &err));
	ck_assert_int_eq(err.kind, ERR_INVALID);
	ck_assert_str_eq(err.reason, "type-mismatch");
	ck_assert_str_eq(err.message, "expected i32");
	ck_assert_int_eq(n, 1);
}
END_TEST

START_TEST(no_error_is_no_error)
{
	int n = 0;
	struct error err;
	ck_assert(protect(succeed, &n, &err));
	ck_assert_int_eq(n, 10);
}
END_TEST

START_TEST(protects_nest)
{
	int n = 0;
	struct error err;
	ck_assert(!protect(catch_and_go_on, &n, &err));
	ck_assert_int_eq(n, 11);
	ck_assert_str_eq(err.reason, "type-mismatch");
	ck_assert(protect(succeed, &n, &err));
}
END_TEST

START_TEST(long_messages_are_cut)
{
	struct error err;
	char text[2000];
	memset(text, 'x', sizeof text);
	text[sizeof text - 1] = 0;
	struct error big = {.kind = ERR_TRAP, .reason = "trap"};
	memcpy(big.message, text, sizeof big.message - 1);
	ck_assert(!protect((void (*)(void *))raise_again, &big, &err));
	ck_assert_uint_eq(strlen(err.message), sizeof err.message - 1);
}
END_TEST

START_TEST(locations_count_from_one)
{
	struct source src = {.name = "a.wast", .text = "ab\n\ncd", .len = 6};
	uint32_t line, col;
	char buf[40];
	loc_line_col((struct loc){&src, 0}, &line, &col);
	ck_assert(line == 1 && col == 1);
	loc_line_col((struct loc){&src, 2}, &line, &col);
	ck_assert(line == 1 && col == 3);
	loc_line_col((struct loc){&src, 3}, &line, &col);
	ck_assert(line == 2 && col == 1);
	loc_format((struct loc){&src, 5}, buf, sizeof buf);
	ck_assert_str_eq(buf, "a.wast:3:2");
	src.binary = true;
	loc_format((struct loc){&src, 5}, buf, sizeof buf);
	ck_assert_str_eq(buf, "a.wast:0x5");
	loc_format(NO_LOC, buf, sizeof buf);
	ck_assert_str_eq(buf, "");
	source_release(&src);
}
END_TEST

UNIT_MAIN("base/error", an_error_is_caught_whole, no_error_is_no_error, protects_nest,
	long_messages_are_cut, locations_count_from_one)
