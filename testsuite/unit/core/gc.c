/* gc.c - tests of core/gc: what references say about themselves, and the bound on one
 * object. */
#include "core/collect.h"

#include "core/types.h"
#include "module.h"

static struct core_valtype
heap(enum core_heap h)
{
	return (struct core_valtype){CORE_KIND_REF, (uint8_t)h, false, 0};
}

START_TEST(kinds_of_references)
{
	union core_raw i31 = core_ref_i31(0xffffffff), zero = core_ref_i31(0);
	union core_raw ext = core_ref_external(0);
	ck_assert_int_eq(core_ref_kind((union core_raw){.ref = NULL}), CORE_REF_NULL);
	ck_assert_int_eq(core_ref_kind(i31), CORE_REF_I31);
	ck_assert_uint_eq(core_ref_i31_value(i31), 0x7fffffff);
	ck_assert_int_eq(core_ref_kind(zero), CORE_REF_I31);
	ck_assert_int_eq(core_ref_kind(ext), CORE_REF_EXTERNAL);
	ck_assert_uint_eq(core_ref_external_number(core_ref_external(UINT32_MAX)), UINT32_MAX);
}
END_TEST

START_TEST(types_of_references)
{
	static struct world w;
	make(&w, "(type (sub (struct))) (type (sub 0 (struct (field i32)))) (type (array i8))");
	const struct core_types *ts = w.store->types;
	const uint32_t *ids = w.inst->type_ids;
	union core_raw object = {.ref = core_object_new(w.store, NULL, ids[1], 0, 8)};
	struct core_valtype t = {CORE_KIND_REF, CORE_HEAP_INDEX, false, ids[0]};
	ck_assert_int_eq(core_ref_kind(object), CORE_REF_OBJECT);
	ck_assert(core_ref_has_type(ts, object, t));
	ck_assert(core_ref_has_type(ts, object, heap(CORE_HEAP_STRUCT)));
	ck_assert(core_ref_has_type(ts, object, heap(CORE_HEAP_EQ)));
	ck_assert(!core_ref_has_type(ts, object, heap(CORE_HEAP_I31)));
	ck_assert(!core_ref_has_type(ts, object, heap(CORE_HEAP_NONE)));
	t.index = ids[2];
	ck_assert(!core_ref_has_type(ts, object, t));
	ck_assert(!core_ref_has_type(ts, (union core_raw){.ref = NULL}, t));
	t.nullable = true;
	ck_assert(core_ref_has_type(ts, (union core_raw){.ref = NULL}, t));
	ck_assert(core_ref_has_type(ts, core_ref_i31(1), heap(CORE_HEAP_EQ)));
	ck_assert(!core_ref_has_type(ts, core_ref_i31(1), heap(CORE_HEAP_STRUCT)));
	ck_assert(core_ref_has_type(ts, core_ref_external(1), heap(CORE_HEAP_ANY)));
	ck_assert(!core_ref_has_type(ts, core_ref_external(1), heap(CORE_HEAP_EQ)));
	ck_assert(core_ref_has_type(ts, core_ref_external(1), heap(CORE_HEAP_EXTERN)));
	ck_assert(!core_ref_has_type(ts, core_ref_external(1), heap(CORE_HEAP_NOEXTERN)));
	world_free(&w);
}
END_TEST

START_TEST(the_bound_on_one_object)
{
	static struct world w;
	uint64_t cap = core_object_cap;
	core_object_cap = 4096;
	make(&w, "(type $a (array (mut i64))) "
		 "(func (export \"array\") (param i32) "
		 "  (drop (array.new_default $a (local.get 0))))");
	ck_call_fails(&w, "array", 0xffffffff, 0, "object-limit");
	ck_assert_int_eq(w.err.kind, ERR_EXHAUSTED);
	ck_call_fails(&w, "array", 600, 0, "object-limit");
	ck_call_fails(&w, "array", 255, 0, "none");
	core_object_cap = cap;
	world_free(&w);
}
END_TEST

UNIT_MAIN("core/gc", kinds_of_references, types_of_references, the_bound_on_one_object)
