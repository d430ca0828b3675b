/* Unit tests of component/types_core: matching of core definitions, and of modules. */
#include "component/types_core.h"

#include "component/matching.h"
#include "unit.h"

static struct mismatch why;

static struct core_sig
memory(uint64_t min, int64_t max)
{
	struct core_sig s = {.sort = SORT_CORE_MEMORY};
	s.memory.limits.min = min;
	s.memory.limits.has_max = max >= 0;
	s.memory.limits.max = max >= 0 ? (uint64_t)max : 0;
	return s;
}

static struct core_sig
global(struct core_valtype type, bool mutable)
{
	return (struct core_sig){.sort = SORT_CORE_GLOBAL, .global = {type, mutable}};
}

#define MISMATCH(a, e, r) \
	do { \
		ck_assert(!match_core(&a, &e, &why)); \
		ck_assert_str_eq(why.reason, r); \
	} while (0)

START_TEST(memories)
{
	struct core_sig one = memory(1, -1), two = memory(2, -1), capped = memory(2, 3);
	struct core_sig more = memory(2, 4), wide = memory(2, -1), shared = memory(2, 3);
	wide.memory.limits.is_64 = true;
	shared.memory.limits.is_shared = true;
	ck_assert(match_core(&two, &one, &why));
	MISMATCH(one, two, "core-memory-limits-mismatch");
	MISMATCH(two, capped, "core-memory-limits-mismatch");
	MISMATCH(more, capped, "core-memory-limits-mismatch");
	ck_assert(match_core(&capped, &more, &why));
	MISMATCH(two, wide, "core-memory-address-mismatch");
	MISMATCH(capped, shared, "core-memory-shared-mismatch");
}
END_TEST

START_TEST(tables)
{
	struct core_sig funcs = {.sort = SORT_CORE_TABLE, .table.elem = CORE_FUNCREF};
	struct core_sig externs = {.sort = SORT_CORE_TABLE, .table.elem = CORE_EXTERNREF};
	struct core_sig large = funcs;
	large.table.limits.min = 1;
	ck_assert(match_core(&large, &funcs, &why));
	MISMATCH(funcs, large, "core-table-limits-mismatch");
	MISMATCH(externs, funcs, "core-table-elem-mismatch");
	ck_assert_str_eq(why.text, "expected table element type funcref, found externref");
}
END_TEST

START_TEST(globals)
{
	struct core_sig i32 = global(CORE_I32, false), i64 = global(CORE_I64, false);
	struct core_sig var = global(CORE_I32, true);
	ck_assert(match_core(&i32, &i32, &why));
	MISMATCH(i64, i32, "core-global-type-mismatch");
	MISMATCH(var, i32, "core-global-mutability-mismatch");
}
END_TEST

START_TEST(functions)
{
	struct core_valtype i32 = CORE_I32;
	struct core_functype none = {0}, takes = {.nparams = 1, .params = &i32};
	struct core_sig f = {.sort = SORT_CORE_FUNC, .func = &none};
	struct core_sig g = {.sort = SORT_CORE_FUNC, .func = &takes};
	struct core_sig t = {.sort = SORT_CORE_TAG, .func = &none};
	MISMATCH(g, f, "core-func-type-mismatch");
	ck_assert_ptr_nonnull(strstr(why.text, "expected: (func)"));
	MISMATCH(t, f, "core-sort-mismatch");
	ck_assert_str_eq(why.text, "expected func, found tag");
}
END_TEST

START_TEST(modules)
{
	struct arena *a = arena_new(0);
	struct core_sig small = memory(1, -1), large = memory(2, -1);
	struct module_type rich = {0}, poor = {0}, needy = {0};
	core_list_add(
		a, &rich.exports, STR("m"), (struct core_item){.name = STR("m"), .type = &large});
	core_list_add(
		a, &poor.exports, STR("m"), (struct core_item){.name = STR("m"), .type = &small});
	core_import_add(a, &needy, STR("a"), STR("b"), &small, NO_LOC);
	ck_assert(match_module(a, &rich, &poor, &why));
	ck_assert(!match_module(a, &poor, &rich, &why));
	ck_assert_str_eq(why.reason, "core-memory-limits-mismatch");
	ck_assert(!match_module(a, &needy, &poor, &why));
	ck_assert_str_eq(why.reason, "missing-core-import");
	ck_assert(!match_module(a, &(struct module_type){0}, &poor, &why));
	ck_assert_str_eq(why.reason, "missing-core-module-export");
	ck_assert(match_module(a, &(struct module_type){0}, &needy, &why));
	arena_free(a);
}
END_TEST

UNIT_MAIN("types_core", memories, tables, globals, functions, modules)
