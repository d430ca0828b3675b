#include "base/site.h"

#include <string.h>

#include "unit.h"

static void
three_sites(void *env)
{
	int n = *(int *)env;
	trap_if(n == 1);
	trap_if(n == 2);
	if (n == 3)
		trap();
}

static void
another_function(void *env)
{
	trap_if(*(int *)env == 1);
}

static const char *
classes(const char *function, int ordinal)
{
	return !strcmp(function, "three_sites") && ordinal == 2 ? "the-second" : NULL;
}

static struct error
trap_of(void (*fn)(void *), int n)
{
	struct error err = {0};
	protect(fn, &n, &err);
	return err;
}

START_TEST(each_site_knows_its_rank)
{
	for (int n = 1; n <= 3; n++) {
		struct error err = trap_of(three_sites, n);
		ck_assert_int_eq(err.kind, ERR_TRAP);
		ck_assert_str_eq(err.site->function, "three_sites");
		ck_assert_int_eq(trap_site_ordinal(err.site), n);
	}
	ck_assert_int_eq(trap_site_ordinal(trap_of(another_function, 1).site), 1);
	ck_assert_int_eq(trap_of(three_sites, 4).kind, ERR_NONE);
}
END_TEST

START_TEST(the_catalogue_gives_the_class)
{
	ck_assert_str_eq(trap_of(three_sites, 2).reason, "trap");
	trap_class_of = classes;
	ck_assert_str_eq(trap_of(three_sites, 2).reason, "the-second");
	ck_assert_str_eq(trap_of(three_sites, 1).reason, "trap");
	trap_class_of = NULL;
}
END_TEST

START_TEST(hits_are_counted)
{
	int count, here = 0;
	const struct trap_site *all = trap_sites(&count);
	unsigned long before = *trap_of(another_function, 1).site->hits;
	ck_assert_uint_eq(*trap_of(another_function, 1).site->hits, before + 1);
	for (int i = 0; i < count; i++)
		here += !strcmp(all[i].function, "three_sites");
	ck_assert_int_eq(here, 3);
}
END_TEST

UNIT_MAIN("base/site", each_site_knows_its_rank, the_catalogue_gives_the_class, hits_are_counted)
