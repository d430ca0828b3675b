/* Unit tests of component/types_core: matching of core definitions, and of modules. */
#include "component/types_core.h"

#include "component/matching.h"
#include "core/types.h"
#include "unit.h"

static struct mismatch why;
static struct core_types *types; /* where a test needs them */

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
		ck_assert(!match_core(types, &a, &e, &why)); \
		ck_assert_str_eq(why.reason, r); \
	} while (0)

START_TEST(memories)
{
	struct core_sig one = memory(1, -1), two = memory(2, -1), capped = memory(2, 3);
	struct core_sig more = memory(2, 4), wide = memory(2, -1), shared = memory(2, 3);
	wide.memory.limits.is_64 = true;
	shared.memory.limits.is_shared = true;
	ck_assert(match_core(types, &two, &one, &why));
	MISMATCH(one, two, "core-memory-limits-mismatch");
	MISMATCH(two, capped, "core-memory-limits-mismatch");
	MISMATCH(more, capped, "core-memory-limits-mismatch");
	ck_assert(match_core(types, &capped, &more, &why));
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
	ck_assert(match_core(types, &large, &funcs, &why));
	MISMATCH(funcs, large, "core-table-limits-mismatch");
	MISMATCH(externs, funcs, "core-table-elem-mismatch");
	ck_assert_str_eq(why.text, "expected table element type funcref, found externref");
}
END_TEST

START_TEST(globals)
{
	struct core_sig i32 = global(CORE_I32, false), i64 = global(CORE_I64, false);
	struct core_sig var = global(CORE_I32, true);
	ck_assert(match_core(types, &i32, &i32, &why));
	MISMATCH(i64, i32, "core-global-type-mismatch");
	MISMATCH(var, i32, "core-global-mutability-mismatch");
}
END_TEST

static const struct core_sig *
function(struct arena *a, uint32_t nparams)
{
	struct core_valtype i32 = CORE_I32;
	struct core_functype type = {.nparams = nparams, .params = &i32};
	return core_sig_of_func(a, types, core_types_number_func(types, &type));
}

START_TEST(functions)
{
	struct arena *a = arena_new(0);
	types = core_types_new(a);
	const struct core_sig *f = function(a, 0), *g = function(a, 1), *same = function(a, 1);
	struct core_sig t = *f;
	t.sort = SORT_CORE_TAG;
	ck_assert(match_core(types, same, g, &why));
	MISMATCH(*g, *f, "core-func-type-mismatch");
	ck_assert_ptr_nonnull(strstr(why.text, "expected: (func)"));
	MISMATCH(t, *f, "core-sort-mismatch");
	ck_assert_str_eq(why.text, "expected func, found tag");
	arena_free(a);
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
	ck_assert(match_module(a, NULL, &rich, &poor, &why));
	ck_assert(!match_module(a, NULL, &poor, &rich, &why));
	ck_assert_str_eq(why.reason, "core-memory-limits-mismatch");
	ck_assert(!match_module(a, NULL, &needy, &poor, &why));
	ck_assert_str_eq(why.reason, "missing-core-import");
	ck_assert(!match_module(a, NULL, &(struct module_type){0}, &poor, &why));
	ck_assert_str_eq(why.reason, "missing-core-module-export");
	ck_assert(match_module(a, NULL, &(struct module_type){0}, &needy, &why));
	arena_free(a);
}
END_TEST

UNIT_MAIN("types_core", memories, tables, globals, functions, modules)
