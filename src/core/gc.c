/* gc.c - see gc.h. */
#include "core/gc.h"

#include "core/types.h"

_Static_assert(sizeof(void *) == sizeof(uint64_t), "a reference takes all bits of a slot");

uint32_t
core_storage_size(struct core_valtype t)
{
	switch (t.kind) {
	case CORE_KIND_I8: return 1;
	case CORE_KIND_I16: return 2;
	case CORE_KIND_I32:
	case CORE_KIND_F32: return 4;
	case CORE_KIND_V128: return 16;
	default: return 8;
	}
}

uint32_t
core_field_slot(const struct core_subtype *t, uint32_t field)
{
	uint32_t slot = 0;
	for (uint32_t i = 0; i < field; i++)
		slot += t->fields[i].type.kind == CORE_KIND_V128 ? 2 : 1;
	return slot;
}

/* ---- references ---- */

#define TAG_I31      1u
#define TAG_EXTERNAL 2u
#define TAG_BITS     2

enum core_ref_kind
core_ref_kind(union core_raw v)
{
	if (!v.i64)
		return CORE_REF_NULL;
	switch (v.i64 & 3) {
	case TAG_I31: return CORE_REF_I31;
	case TAG_EXTERNAL: return CORE_REF_EXTERNAL;
	default: return CORE_REF_OBJECT;
	}
}

union core_raw
core_ref_i31(uint32_t value)
{
	return (union core_raw){.i64 = (uint64_t)(value & 0x7fffffff) << TAG_BITS | TAG_I31};
}

uint32_t
core_ref_i31_value(union core_raw v)
{
	return (uint32_t)(v.i64 >> TAG_BITS);
}

union core_raw
core_ref_external(uint32_t number)
{
	return (union core_raw){.i64 = (uint64_t)number << TAG_BITS | TAG_EXTERNAL};
}

uint32_t
core_ref_external_number(union core_raw v)
{
	return (uint32_t)(v.i64 >> TAG_BITS);
}

static bool
any_has_type(const struct core_types *ts, union core_raw v, struct core_valtype type)
{
	struct core_valtype own = {CORE_KIND_REF, CORE_HEAP_I31, false, 0};
	switch (core_ref_kind(v)) {
	case CORE_REF_I31: break;
	case CORE_REF_OBJECT:
		own.heap = CORE_HEAP_INDEX;
		own.index = ((const struct core_object *)v.ref)->type_id;
		break;
	default: own.heap = CORE_HEAP_ANY;
	}
	return core_types_valtype_matches(ts, own, type);
}

bool
core_ref_has_type(const struct core_types *ts, union core_raw v, struct core_valtype type)
{
	if (!v.ref)
		return type.nullable;
	enum core_heap top = core_types_top(ts, type);
	if (type.heap == top)
		return true;
	if (top == CORE_HEAP_ANY)
		return any_has_type(ts, v, type);
	if (type.heap != CORE_HEAP_INDEX)
		return false; /* nofunc, noextern, noexn */
	return core_types_match(ts, ((const struct core_func *)v.ref)->type_id, type.index);
}
