/* value.c - component values: equality and printing. */
#include "link/value.h"

#include "unit.h"

static struct link_value
scalar(enum link_value_kind kind, uint64_t bits)
{
	return (struct link_value){.kind = kind, .bits = bits};
}

static struct link_value
text(enum link_value_kind kind, const char *s)
{
	return (struct link_value){.kind = kind, .text = str_of(s)};
}

static struct link_value
group(enum link_value_kind kind, struct link_value *items, uint32_t n)
{
	return (struct link_value){.kind = kind, .items = items, .nitems = n};
}

static void
check_print(struct link_value v, const char *expected)
{
	struct arena *a = arena_new(0);
	struct strbuf b = {.arena = a};
	link_value_print(&b, &v);
	ck_assert_str_eq(strbuf_cstr(&b), expected);
	arena_free(a);
}

static bool
equal(struct link_value a, struct link_value b)
{
	return link_value_equal(&a, &b);
}

START_TEST(scalars_are_equal_by_kind_and_bits)
{
	ck_assert(equal(scalar(LV_U32, 1), scalar(LV_U32, 1)));
	ck_assert(!equal(scalar(LV_U32, 1), scalar(LV_U32, 2)));
	ck_assert(!equal(scalar(LV_U32, 1), scalar(LV_S32, 1)));
	ck_assert(!equal(scalar(LV_F32, 0), scalar(LV_F32, 0x80000000)));
	ck_assert(equal(scalar(LV_F32, 0x7fc00000), scalar(LV_F32, 0x7fc00000)));
}
END_TEST

START_TEST(flags_are_equal_as_sets)
{
	struct link_value ab[] = {text(LV_STRING, "a"), text(LV_STRING, "b")};
	struct link_value ba[] = {text(LV_STRING, "b"), text(LV_STRING, "a")};
	ck_assert(equal(group(LV_FLAGS, ab, 2), group(LV_FLAGS, ba, 2)));
	ck_assert(!equal(group(LV_FLAGS, ab, 1), group(LV_FLAGS, ba, 2)));
	ck_assert(!equal(group(LV_FLAGS, ab, 2), group(LV_FLAGS, ba, 1)));
}
END_TEST

START_TEST(lists_are_equal_item_by_item)
{
	struct link_value xs[] = {scalar(LV_U8, 1), scalar(LV_U8, 2)};
	struct link_value ys[] = {scalar(LV_U8, 2), scalar(LV_U8, 1)};
	ck_assert(equal(group(LV_LIST, xs, 2), group(LV_LIST, xs, 2)));
	ck_assert(!equal(group(LV_LIST, xs, 2), group(LV_LIST, ys, 2)));
	ck_assert(!equal(group(LV_LIST, xs, 2), group(LV_LIST, xs, 1)));
	ck_assert(!equal(group(LV_LIST, xs, 2), group(LV_TUPLE, xs, 2)));
}
END_TEST

START_TEST(records_compare_their_labels)
{
	struct link_value x = scalar(LV_U8, 1), y = x;
	x.label = STR("x");
	y.label = STR("y");
	ck_assert(equal(group(LV_RECORD, &x, 1), group(LV_RECORD, &x, 1)));
	ck_assert(!equal(group(LV_RECORD, &x, 1), group(LV_RECORD, &y, 1)));
}
END_TEST

START_TEST(variants_compare_case_and_payload)
{
	struct link_value one = scalar(LV_U8, 1), two = scalar(LV_U8, 2);
	struct link_value a1 = text(LV_VARIANT, "a"), b1 = text(LV_VARIANT, "b"), a2 = a1;
	a1.items = b1.items = &one;
	a2.items = &two;
	a1.nitems = b1.nitems = a2.nitems = 1;
	ck_assert(equal(a1, a1));
	ck_assert(!equal(a1, b1));
	ck_assert(!equal(a1, a2));
	ck_assert(!equal(a1, text(LV_VARIANT, "a")));
}
END_TEST

START_TEST(results_compare_their_side)
{
	struct link_value ok = scalar(LV_RESULT, 0), err = scalar(LV_RESULT, 1);
	ck_assert(equal(ok, ok));
	ck_assert(!equal(ok, err));
}
END_TEST

START_TEST(handles_are_equal_to_nothing)
{
	ck_assert(!equal(scalar(LV_HANDLE, 1), scalar(LV_HANDLE, 1)));
}
END_TEST

START_TEST(prints_scalars)
{
	check_print(scalar(LV_BOOL, 1), "(bool.const true)");
	check_print(scalar(LV_S8, (uint64_t)-5), "(s8.const -5)");
	check_print(scalar(LV_U64, UINT64_MAX), "(u64.const 18446744073709551615)");
	check_print(scalar(LV_F32, 0x3fc00000), "(f32.const 1.5)");
	check_print(scalar(LV_F32, 0xff800000), "(f32.const -inf)");
	check_print(scalar(LV_F64, 0x7ff8000000000000), "(f64.const nan:0x8000000000000)");
	check_print(scalar(LV_CHAR, 'x'), "(char.const \"x\")");
	check_print(scalar(LV_CHAR, 0x1f600), "(char.const \"\\u{1f600}\")");
	check_print(text(LV_STRING, "a\"\n"), "(str.const \"a\\\"\\0a\")");
}
END_TEST

START_TEST(prints_groups)
{
	struct link_value x = scalar(LV_U8, 7), s = text(LV_STRING, "f");
	struct link_value v = text(LV_VARIANT, "c");
	x.label = STR("n");
	v.items = &x, v.nitems = 1;
	check_print(group(LV_LIST, NULL, 0), "(list.const)");
	check_print(group(LV_TUPLE, &x, 1), "(tuple.const (u8.const 7))");
	check_print(group(LV_RECORD, &x, 1), "(record.const (field \"n\" u8.const 7))");
	check_print(v, "(variant.const \"c\" (u8.const 7))");
	check_print(group(LV_OPTION, NULL, 0), "(option.none)");
	check_print(group(LV_OPTION, &x, 1), "(option.some (u8.const 7))");
	check_print(scalar(LV_RESULT, 1), "(result.err)");
	check_print(group(LV_FLAGS, &s, 1), "(flags.const \"f\")");
}
END_TEST

UNIT_MAIN("value", scalars_are_equal_by_kind_and_bits, flags_are_equal_as_sets,
	lists_are_equal_item_by_item, records_compare_their_labels,
	variants_compare_case_and_payload, results_compare_their_side, handles_are_equal_to_nothing,
	prints_scalars, prints_groups)
