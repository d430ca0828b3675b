/* storing_values.c - CanonicalABI.md, "Storing", the rest: error contexts, lists, records,
 * variants, flags, handles, streams and futures. */
#include "cabi/short.h"

#include "base/budget.h"
#include "cabi/fast.h"

/// ## Storing

num
lower_error_context(LiftLowerContext *cx, void *v)
{
	num i = Table_add(cx->inst->handles, v);
	ErrorContext_hold(v); /* C: the handle does */
	return i;
}

void
store_list(
	LiftLowerContext *cx, Values v, num ptr, ValType *elem_type, const uint32_t *maybe_length)
{
	if (maybe_length) {
		only_for(FIXED_LENGTH_LISTS);
		assert(*maybe_length == v.len);
		store_list_into_valid_range(cx, v, ptr, elem_type);
		return;
	}
	Range r = store_list_into_range(cx, v, elem_type);
	store_int(cx, r.ptr, ptr, MemInst_ptr_size(cx->opts->memory), false);
	store_int(cx, r.length, ptr + MemInst_ptr_size(cx->opts->memory),
		MemInst_ptr_size(cx->opts->memory), false);
}

Range
store_list_into_range(LiftLowerContext *cx, Values v, ValType *elem_type)
{
	/* C: spec/lazy.md */
	if (cx->opts->lazy)
		return lower_list_lazily(cx, v, elem_type);
	num byte_length = v.len * elem_size(elem_type, mem_type(cx));
	assert(byte_length <= REALLOC_I32_MAX);
	num ptr = LiftLowerContext_allocate(cx, alignment(elem_type, mem_type(cx)), byte_length);
	trap_if(ptr != align_to(ptr, alignment(elem_type, mem_type(cx))));
	trap_if(ptr + byte_length > mem_len(cx));
	store_list_into_valid_range(cx, v, ptr, elem_type);
	return (Range){ptr, v.len};
}

void
store_list_into_valid_range(LiftLowerContext *cx, Values v, num ptr, ValType *elem_type)
{
	/* C: lists of integers go a shorter way to the same bytes */
	if (fast_store_list(cx, v, ptr, elem_type))
		return;
	for (uint32_t i = 0; i < v.len; i++) {
		budget_spend(1);
		store(cx, v.data[i], elem_type, ptr + i * elem_size(elem_type, mem_type(cx)));
	}
}

void
store_record(LiftLowerContext *cx, Values v, num ptr, FieldTypes fields)
{
	for (uint32_t i = 0; i < fields.len; i++) {
		FieldType f = fields.data[i];
		ptr = align_to(ptr, alignment(f.t, mem_type(cx)));
		store(cx, v.data[i], f.t, ptr);
		ptr += elem_size(f.t, mem_type(cx));
	}
}

void
store_variant(LiftLowerContext *cx, Value v, num ptr, CaseTypes cases)
{
	Value *case_value;
	num case_index = match_case(v, cases, &case_value);
	num disc_size = elem_size(discriminant_type(cases), mem_type(cx));
	store_int(cx, case_index, ptr, disc_size, false);
	ptr += disc_size;
	ptr = align_to(ptr, max_case_alignment(cases, mem_type(cx)));
	CaseType c = cases.data[case_index];
	if (c.t)
		store(cx, *case_value, c.t, ptr);
}

num
match_case(Value v, CaseTypes cases, Value **value)
{
	/* C: a variant's value has its case by number, not by label */
	if (v.variant.case_index >= cases.len)
		internal_error("match_case: no such case");
	*value = v.variant.v;
	return v.variant.case_index;
}

void
store_flags(LiftLowerContext *cx, uint32_t v, num ptr, Labels labels)
{
	num i = pack_flags_into_int(v, labels);
	store_int(cx, i, ptr, elem_size_flags(labels), false);
}

num
pack_flags_into_int(uint32_t v, Labels labels)
{
	num i = 0;
	num shift = 0;
	for (uint32_t l = 0; l < labels.len; l++) {
		i |= (num)(v >> l & 1) << shift;
		shift += 1;
	}
	return i;
}

num
lower_own(LiftLowerContext *cx, uint32_t rep, ValType *t)
{
	ResourceHandle *h =
		ResourceHandle_new(arena_child(cx->inst->store->arena), t->rt, rep, true, NULL);
	return Table_add(cx->inst->handles, h);
}

num
lower_borrow(LiftLowerContext *cx, uint32_t rep, ValType *t)
{
	assert(isinstance(cx->borrow_scope, Task_class));
	if (cx->inst == t->rt->impl)
		return rep;
	ResourceHandle *h = ResourceHandle_new(
		arena_child(cx->inst->store->arena), t->rt, rep, false, (Task *)cx->borrow_scope);
	h->borrow_scope->num_borrows += 1;
	return Table_add(cx->inst->handles, h);
}

num
lower_stream(LiftLowerContext *cx, void *v, ValType *t)
{
	assert(isinstance(v, SharedStreamImpl_class));
	assert(!contains_borrow(t));
	struct arena *a = arena_child(cx->inst->store->arena);
	return Table_add(cx->inst->handles, CopyEnd_new(a, ReadableStreamEnd_class, v));
}

num
lower_future(LiftLowerContext *cx, void *v, ValType *t)
{
	assert(isinstance(v, SharedFutureImpl_class));
	assert(!contains_borrow(t));
	struct arena *a = arena_child(cx->inst->store->arena);
	return Table_add(cx->inst->handles, CopyEnd_new(a, ReadableFutureEnd_class, v));
}
