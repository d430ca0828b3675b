/* table_state.c - "Table State": indices, reuse, and traps. */
#include "abi.h"

struct get {
	Table *t;
	num i;
};

static void
run_get(void *env)
{
	struct get *g = env;
	Table_get(g->t, g->i);
}

static bool
get_traps(Table *t, num i, int ordinal)
{
	struct get g = {t, i};
	struct error err = raised_by(run_get, &g);
	return is_trap(&err, "Table_get", ordinal);
}

START_TEST(indices_start_at_1)
{
	world_begin();
	Table *t = Table_new(world);
	int a, b;
	ck_assert_uint_eq(Table_add(t, &a), 1);
	ck_assert_uint_eq(Table_add(t, &b), 2);
	ck_assert_ptr_eq(Table_get(t, 1), &a);
	ck_assert_ptr_eq(Table_get(t, 2), &b);
	world_end();
}
END_TEST

START_TEST(what_was_freed_last_is_used_first)
{
	world_begin();
	Table *t = Table_new(world);
	int e;
	for (int i = 1; i <= 3; i++)
		Table_add(t, &e);
	Table_remove(t, 1);
	Table_remove(t, 3);
	ck_assert_uint_eq(Table_add(t, &e), 3);
	ck_assert_uint_eq(Table_add(t, &e), 1);
	ck_assert_uint_eq(Table_add(t, &e), 4);
	world_end();
}
END_TEST

START_TEST(traps_on_what_is_not_there)
{
	world_begin();
	Table *t = Table_new(world);
	int e;
	Table_add(t, &e);
	Table_add(t, &e);
	Table_remove(t, 1);
	ck_assert(get_traps(t, 0, 2));
	ck_assert(get_traps(t, 1, 2));
	ck_assert(!get_traps(t, 2, 1));
	ck_assert(get_traps(t, 3, 1));
	ck_assert(get_traps(t, UINT32_MAX, 1));
	ck_assert(get_traps(t, (num)1 << 64, 1));
	world_end();
}
END_TEST

START_TEST(iterates_over_what_is_there)
{
	world_begin();
	Table *t = Table_new(world);
	int e;
	for (int i = 1; i <= 3; i++)
		Table_add(t, &e);
	Table_remove(t, 2);
	ck_assert_uint_eq(Table___iter__(t, 0), 1);
	ck_assert_uint_eq(Table___iter__(t, 2), 3);
	ck_assert_uint_eq(Table___iter__(t, 4), 0);
	world_end();
}
END_TEST

UNIT_MAIN("table_state", indices_start_at_1, what_was_freed_last_is_used_first,
	traps_on_what_is_not_there, iterates_over_what_is_there)
