/* explore.c - tests of oracle/explore: that what the search leaves out adds no outcome. */
#include "oracle/explore.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "script/catalogue.h"
#include "unit.h"

static struct explored
explore(struct arena *a, const char *path, bool unreduced)
{
	const struct explore_options o = {
		.run = {.timeout = 60, .features = features_of(PROFILE_P3)},
		.max_runs = 200,
		.unreduced = unreduced};
	return explore_file(a, path, &o);
}

static uint32_t
runs_of(const struct explored *e)
{
	uint32_t runs = 0;
	for (uint32_t i = 0; i < e->groups.len; i++)
		runs += e->groups.data[i].runs;
	return runs;
}

static bool
has(const struct explored_directive *d, const char *did)
{
	for (uint32_t i = 0; i < d->outcomes.len; i++)
		if (!strcmp(d->outcomes.data[i].did, did))
			return true;
	return false;
}

/* Both sets of outcomes are the same, where all choices were tried without the reduction. */
static void
compare(const struct explored *reduced, const struct explored *all)
{
	ck_assert_uint_eq(reduced->directives.len, all->directives.len);
	for (uint32_t i = 0; i < all->directives.len; i++) {
		const struct explored_directive *d = &all->directives.data[i];
		if (!explored_group_whole(&all->groups.data[d->group]))
			continue;
		ck_assert_msg(d->outcomes.len == reduced->directives.data[i].outcomes.len, "%s:%u",
			all->path, d->line);
		for (uint32_t k = 0; k < d->outcomes.len; k++)
			ck_assert_msg(has(&reduced->directives.data[i], d->outcomes.data[k].did),
				"%s:%u: %s", all->path, d->line, d->outcomes.data[k].did);
	}
}

static void
compare_files(const char *pattern, uint32_t *several, uint32_t *spared)
{
	glob_t found;
	if (glob(pattern, 0, NULL, &found))
		return;
	for (size_t i = 0; i < found.gl_pathc; i++) {
		struct arena *a = arena_new(0);
		struct explored reduced = explore(a, found.gl_pathv[i], false);
		struct explored all = explore(a, found.gl_pathv[i], true);
		compare(&reduced, &all);
		for (uint32_t k = 0; k < all.directives.len; k++)
			*several += all.directives.data[k].outcomes.len > 1;
		*spared += runs_of(&all) - runs_of(&reduced);
		arena_free(a);
	}
	globfree(&found);
}

START_TEST(reduction_keeps_all_outcomes)
{
	uint32_t several = 0, spared = 0;
	catalogue_install();
	compare_files("testsuite/wast/*/*.wast", &several, &spared);
	compare_files("testsuite/explore/*.wast", &several, &spared);
	ck_assert_uint_gt(several, 1);
	ck_assert_uint_gt(spared, 0);
}
END_TEST

UNIT_MAIN("explore", reduction_keeps_all_outcomes)
