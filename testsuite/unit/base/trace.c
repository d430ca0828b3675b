/* trace.c - tests of base/trace: events come to whoever listens, cut where they are too long. */
#include "base/trace.h"

#include <string.h>

#include "unit.h"

static char last[2000];
static int count;

static void
keep(void *env, const char *event)
{
	*(int *)env += 1;
	strcpy(last, event);
}

START_TEST(events)
{
	char longest[3000] = {0};
	ck_assert(!trace_is_on);
	trace_event("nobody %d", 1);
	trace_to(keep, &count);
	ck_assert(trace_is_on);
	trace_event("call %s %d", "realloc", 16);
	ck_assert_str_eq(last, "call realloc 16");
	memset(longest, 'x', sizeof longest - 1);
	trace_event("%s", longest);
	ck_assert_uint_eq(strlen(last), 1023);
	ck_assert_int_eq(count, 2);
	trace_to(NULL, NULL);
	ck_assert(!trace_is_on);
	trace_event("nobody %d", 2);
	ck_assert_int_eq(count, 2);
}
END_TEST

UNIT_MAIN("trace", events)
