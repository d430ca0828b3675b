/* unit.h - the frame of a unit test program: one Check suite per source file.
 *
 *	START_TEST(adds) { ck_assert_int_eq(1 + 1, 2); } END_TEST
 *	UNIT_MAIN("arena", adds, ...)
 *
 * Never assert on a fiber: Check would jump to the wrong stack. Record, then assert. */
#ifndef CANON_UNIT_H
#define CANON_UNIT_H

#include <check.h>
#include <stdlib.h>

#define UNIT_MAIN(name, ...) \
	int main(void) \
	{ \
		const TTest *const tests[] = {__VA_ARGS__}; \
		Suite *suite = suite_create(name); \
		TCase *tc = tcase_create(name); \
		for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) \
			tcase_add_test(tc, tests[i]); \
		tcase_set_timeout(tc, 300); \
		suite_add_tcase(suite, tc); \
		SRunner *runner = srunner_create(suite); \
		srunner_run_all(runner, CK_NORMAL); \
		int failed = srunner_ntests_failed(runner); \
		srunner_free(runner); \
		return failed ? EXIT_FAILURE : EXIT_SUCCESS; \
	}

#endif
