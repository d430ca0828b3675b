#include "base/error.h"
#include "base/fiber.h"

#include "unit.h"

struct log {
	int steps[16];
	int n;
	struct fiber *inner;
	struct arena *arena;
	struct error err;
};

static void
record(struct log *log, int step)
{
	log->steps[log->n++] = step;
}

static void
two_stops(void *env)
{
	record(env, 1);
	fiber_suspend();
	record(env, 2);
	fiber_suspend();
	record(env, 3);
}

START_TEST(a_fiber_stops_and_goes_on)
{
	struct arena *a = arena_new(0);
	struct log log = {0};
	struct fiber *f = fiber_new(a, two_stops, &log);
	for (int i = 1; i <= 3; i++) {
		ck_assert(!fiber_ended(f));
		fiber_resume(f);
		ck_assert_int_eq(log.n, i);
		ck_assert_ptr_null(fiber_current());
	}
	ck_assert(fiber_ended(f));
	ck_assert_int_eq(log.steps[2], 3);
	arena_free(a);
	fiber_release_pool();
}
END_TEST

static void
raises_late(void *env)
{
	record(env, 1);
	fiber_suspend();
	raise_error(ERR_TRAP, NO_LOC, "late", "after a stop");
}

static void
resume_it(void *env)
{
	fiber_resume(env);
}

START_TEST(an_error_reaches_the_resumer)
{
	struct arena *a = arena_new(0);
	struct log log = {0};
	struct error err = {0};
	struct fiber *f = fiber_new(a, raises_late, &log);
	ck_assert(protect(resume_it, f, &err));
	ck_assert(!protect(resume_it, f, &err));
	ck_assert_str_eq(err.reason, "late");
	ck_assert(fiber_ended(f));
	ck_assert(!protect(resume_it, f, &err));
	ck_assert_int_eq(err.kind, ERR_INTERNAL);
	arena_free(a);
	fiber_release_pool();
}
END_TEST

static void
outer(void *env)
{
	struct log *log = env;
	log->inner = fiber_new(log->arena, raises_late, log);
	fiber_resume(log->inner);
	record(log, 2);
	fiber_suspend();
	record(log, protect(resume_it, log->inner, &log->err) ? -1 : 3);
}

START_TEST(fibers_nest_and_protects_stay_apart)
{
	struct arena *a = arena_new(0);
	struct log log = {.arena = a};
	struct error err = {0};
	struct fiber *f = fiber_new(a, outer, &log);
	ck_assert(protect(resume_it, f, &err));
	ck_assert(protect(resume_it, f, &err));
	ck_assert_int_eq(log.n, 3);
	ck_assert_int_eq(log.steps[2], 3);
	ck_assert_str_eq(log.err.reason, "late");
	arena_free(a);
	fiber_release_pool();
}
END_TEST

static void
suspend_inside_protect(void *env)
{
	struct error err;
	record(env, protect(raises_late, env, &err) ? -1 : 7);
}

START_TEST(a_protect_survives_a_switch)
{
	struct arena *a = arena_new(0);
	struct log log = {0};
	struct error err = {0};
	struct fiber *f = fiber_new(a, suspend_inside_protect, &log);
	ck_assert(protect(resume_it, f, &err));
	ck_assert(protect(resume_it, f, &err));
	ck_assert_int_eq(log.steps[1], 7);
	arena_free(a);
	fiber_release_pool();
}
END_TEST

START_TEST(thousands_wait_at_once_and_are_dropped)
{
	struct arena *a = arena_new(0);
	struct log logs[1000] = {0};
	for (int i = 0; i < 1000; i++)
		fiber_resume(fiber_new(a, two_stops, &logs[i]));
	for (int i = 0; i < 1000; i++)
		ck_assert_int_eq(logs[i].n, 1);
	arena_free(a);
	fiber_release_pool();
}
END_TEST

static void
dig(void *env)
{
	volatile char room[512];
	room[0] = 1;
	if (stack_left() < 4096)
		raise_error(ERR_EXHAUSTED, NO_LOC, "deep", "deep");
	*(int *)env += room[0];
	if (room[0])
		dig(env);
	room[1] = 2;
}

static void
dig_on_fiber(void *env)
{
	int depth = 0;
	struct error err;
	record(env, protect(dig, &depth, &err) ? -1 : depth);
}

START_TEST(stack_left_stops_recursion)
{
	struct arena *a = arena_new(0);
	struct log log = {0};
	struct error err;
	int depth = 0;
	ck_assert(!protect(dig, &depth, &err));
	ck_assert_int_gt(depth, 1000);
	fiber_resume(fiber_new(a, dig_on_fiber, &log));
	ck_assert_int_gt(log.steps[0], 50);
	ck_assert_int_lt(log.steps[0], depth);
	arena_free(a);
	fiber_release_pool();
}
END_TEST

UNIT_MAIN("base/fiber", a_fiber_stops_and_goes_on, an_error_reaches_the_resumer,
	fibers_nest_and_protects_stay_apart, a_protect_survives_a_switch,
	thousands_wait_at_once_and_are_dropped, stack_left_stops_recursion)
