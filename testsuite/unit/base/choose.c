#include "base/budget.h"
#include "base/choose.h"
#include "base/error.h"

#include "unit.h"

START_TEST(seed_zero_always_takes_the_first)
{
	choose_seed(0);
	ck_assert(choose_is_deterministic());
	for (uint32_t n = 1; n < 100; n++)
		ck_assert_uint_eq(choose(n), 0);
	choose_release();
}
END_TEST

START_TEST(a_seed_repeats_itself_and_reaches_all)
{
	uint32_t first[200], seen[5] = {0};
	choose_seed(7);
	ck_assert(!choose_is_deterministic());
	for (int i = 0; i < 200; i++)
		seen[first[i] = choose(5)]++;
	choose_seed(7);
	for (int i = 0; i < 200; i++)
		ck_assert_uint_eq(choose(5), first[i]);
	for (int i = 0; i < 5; i++)
		ck_assert_uint_gt(seen[i], 0);
	choose_release();
}
END_TEST

START_TEST(a_record_replays)
{
	uint32_t got[20], copy[20];
	size_t n;
	choose_seed(3);
	for (uint32_t i = 0; i < 20; i++)
		got[i] = choose(i + 1);
	const struct choice *record = choose_record(&n);
	ck_assert_uint_eq(n, 19); /* choose(1) is no choice */
	for (size_t i = 0; i < n; i++) {
		copy[i] = record[i].value;
		ck_assert_uint_eq(record[i].n, i + 2);
		ck_assert_str_eq(record[i].where, "a_record_replays_fn");
	}
	choose_replay(copy, n);
	for (uint32_t i = 0; i < 20; i++)
		ck_assert_uint_eq(choose(i + 1), got[i]);
	ck_assert_uint_eq(choose(9), 0);
	choose_release();
}
END_TEST

START_TEST(a_record_does_not_grow_forever)
{
	size_t n;
	choose_seed(1);
	for (uint32_t i = 0; i < CHOOSE_RECORD_MAX + 10; i++)
		choose(2);
	choose_record(&n);
	ck_assert_uint_eq(n, CHOOSE_RECORD_MAX);
	choose_release();
}
END_TEST

static void
choose_of_two(void *env)
{
	(void)env;
	choose(2);
}

START_TEST(a_record_that_does_not_fit_is_refused)
{
	struct error err;
	choose_replay((uint32_t[]){5}, 1);
	ck_assert(!protect(choose_of_two, NULL, &err));
	ck_assert_int_eq(err.kind, ERR_SCRIPT);
	choose_release();
}
END_TEST

static void
spend_forever(void *env)
{
	(void)env;
	for (;;)
		budget_spend(1000);
}

START_TEST(fuel_runs_out)
{
	struct error err;
	budget_start(1000000, 0);
	ck_assert(!protect(spend_forever, NULL, &err));
	ck_assert_str_eq(err.reason, "fuel");
}
END_TEST

START_TEST(time_runs_out)
{
	struct error err;
	budget_start(0, 0.02);
	ck_assert(!protect(spend_forever, NULL, &err));
	ck_assert_int_eq(err.kind, ERR_EXHAUSTED);
	ck_assert_str_eq(err.reason, "timeout");
}
END_TEST

UNIT_MAIN("base/choose", seed_zero_always_takes_the_first, a_seed_repeats_itself_and_reaches_all,
	a_record_replays, a_record_does_not_grow_forever, a_record_that_does_not_fit_is_refused,
	fuel_runs_out, time_runs_out)
