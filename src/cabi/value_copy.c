/* value_copy.c - see value_copy.h. */
#include "cabi/value_copy.h"

#include <string.h>

#include "base/budget.h"
#include "cabi/fast.h"

String *
String_copy(struct arena *a, const String *s)
{
	String *copy = arena_new_of(a, String);
	*copy = *s;
	if (s->ascii) {
		uint8_t *ascii = arena_alloc(a, s->len);
		if (s->len)
			memcpy(ascii, s->ascii, s->len);
		copy->ascii = ascii;
		return copy;
	}
	uint32_t *points = arena_array_of(a, s->len, uint32_t);
	if (s->len)
		memcpy(points, s->s, s->len * sizeof *points);
	copy->s = points;
	return copy;
}

static bool
has_parts(const ValType *t)
{
	switch (t->kind) {
	case StringType:
	case ListType:
	case RecordType:
	case VariantType:
	case ErrorContextType: return true;
	default: return false;
	}
}

static Values
copy_list(struct arena *a, Values from, ValType *elem_type)
{
	Values to = {0};
	elem_type = despecialize(elem_type);
	budget_spend(from.len);
	if (from.cap == VALUES_PACKED) {
		size_t n = fast_packed_bytes(&from, elem_type);
		void *packed = arena_alloc(a, n);
		memcpy(packed, from.data, n);
		return (Values){packed, from.len, VALUES_PACKED};
	}
	vec_reserve(a, &to, from.len);
	to.len = from.len;
	if (!has_parts(elem_type) && from.len)
		memcpy(to.data, from.data, from.len * sizeof *from.data);
	for (uint32_t i = 0; has_parts(elem_type) && i < from.len; i++)
		to.data[i] = Value_copy(a, from.data[i], elem_type);
	return to;
}

static Values
copy_fields(struct arena *a, Values from, FieldTypes fields)
{
	Values to = {0};
	vec_reserve(a, &to, from.len);
	to.len = from.len;
	for (uint32_t i = 0; i < from.len; i++)
		to.data[i] = Value_copy(a, from.data[i], fields.data[i].t);
	return to;
}

Value
Value_copy(struct arena *a, Value v, ValType *t)
{
	t = despecialize(t);
	switch (t->kind) {
	case StringType: v.s = String_copy(a, v.s); break;
	case ErrorContextType: ErrorContext_hold_in(a, v.shared); break;
	case ListType: v.list = copy_list(a, v.list, t->t); break;
	case RecordType: v.list = copy_fields(a, v.list, t->fields); break;
	case VariantType: {
		CaseType c = t->cases.data[v.variant.case_index];
		if (c.t) {
			Value *payload = arena_new_of(a, Value);
			*payload = Value_copy(a, *v.variant.v, c.t);
			v.variant.v = payload;
		}
		break;
	}
	default: break;
	}
	return v;
}
