/* mark.c - tests of base/mark: a forbidden mark is an internal error, and no other one is. */
#include "base/mark.h"

#include "base/error.h"
#include "unit.h"

static void
realloc_only(void *env)
{
	(void)env;
	only_for(REALLOC);
}

static void
threads_only(void *env)
{
	(void)env;
	only_for(THREADING);
}

START_TEST(marks)
{
	struct error err;
	ck_assert(protect(realloc_only, NULL, &err));
	mark_forbid("realloc", true);
	ck_assert(!protect(realloc_only, NULL, &err));
	ck_assert_int_eq(err.kind, ERR_INTERNAL);
	ck_assert(strstr(err.message, "realloc is off, but was entered"));
	ck_assert(protect(threads_only, NULL, &err));
	mark_forbid("map", true); /* which has no mark */
	mark_forbid("realloc", false);
	ck_assert(protect(realloc_only, NULL, &err));
	ck_assert_uint_eq(marks_forbidden, 0);
}
END_TEST

UNIT_MAIN("mark", marks)
