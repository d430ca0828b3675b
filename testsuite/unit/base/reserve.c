/* reserve.c - tests of base/reserve: what is in use is memory, what is not raises, here and on a
 * fiber. */
#include "base/reserve.h"

#include "base/error.h"
#include "base/fiber.h"
#include "unit.h"

#define KIB_64 65536
#define SIZE   ((size_t)1 << 33)

static struct reserve *r;
static size_t where;

static void
raise_here(void)
{
	raise_error(ERR_TRAP, NO_LOC, "outside", "outside");
}

static void
touch(void *env)
{
	volatile uint8_t *base = reserve_base(r);
	(void)env;
	base[where] = (uint8_t)(base[where] + 1);
}

static const char *
touching(size_t at)
{
	static struct error err;
	where = at;
	return protect(touch, NULL, &err) ? "none" : err.reason;
}

START_TEST(in_use)
{
	if (!reserve_is_there())
		return;
	r = reserve_new(SIZE, raise_here);
	ck_assert_ptr_nonnull(r);
	ck_assert_str_eq(touching(0), "outside");
	ck_assert(reserve_use(r, KIB_64));
	ck_assert_str_eq(touching(KIB_64 - 1), "none");
	ck_assert_str_eq(touching(KIB_64), "outside");
	ck_assert_str_eq(touching(SIZE - 1), "outside");
	ck_assert(reserve_use(r, 3 * KIB_64));
	ck_assert_uint_eq(reserve_base(r)[KIB_64 - 1], 1);
	ck_assert_uint_eq(reserve_base(r)[KIB_64], 0);
	ck_assert_str_eq(touching(3 * KIB_64 - 1), "none");
	ck_assert_str_eq(touching(3 * KIB_64), "outside");
	reserve_free(r);
}
END_TEST

static void
resume(void *env)
{
	fiber_resume(env);
}

START_TEST(on_fibers)
{
	struct error err;
	if (!reserve_is_there())
		return;
	struct arena *a = arena_new(0);
	r = reserve_new(SIZE, raise_here);
	for (int k = 0; k < 100; k++) {
		where = (size_t)k;
		ck_assert(!protect(resume, fiber_new(a, touch, NULL), &err));
		ck_assert_str_eq(err.reason, "outside");
	}
	reserve_free(r);
	arena_free(a);
	fiber_release_pool();
}
END_TEST

/* Many live at once, and the space comes back. */
START_TEST(many)
{
	struct reserve *all[500];
	if (!reserve_is_there())
		return;
	for (int round = 0; round < 40; round++) {
		for (int k = 0; k < 500; k++) {
			all[k] = reserve_new(SIZE, raise_here);
			ck_assert_ptr_nonnull(all[k]);
			ck_assert(reserve_use(all[k], KIB_64));
		}
		r = all[17];
		ck_assert_str_eq(touching(KIB_64), "outside");
		for (int k = 0; k < 500; k++)
			reserve_free(all[k]);
	}
}
END_TEST

UNIT_MAIN("reserve", in_use, on_fibers, many)
