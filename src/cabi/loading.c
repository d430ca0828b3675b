/* loading.c - CanonicalABI.md, "Loading": from linear memory to values. */
#include "cabi/short.h"

#include "base/budget.h"
#include "cabi/codec.h"
#include "cabi/fast.h"

/// ## Loading

Value
load(LiftLowerContext *cx, num ptr, ValType *t)
{
	assert(ptr == align_to(ptr, alignment(t, mem_type(cx))));
	assert(ptr + elem_size(t, mem_type(cx)) <= mem_len(cx));
	t = despecialize(t);
	switch (t->kind) {
	case BoolType: return (Value){.b = convert_int_to_bool(load_int(cx, ptr, 1, false))};
	case U8Type: return (Value){.i = load_int(cx, ptr, 1, false)};
	case U16Type: return (Value){.i = load_int(cx, ptr, 2, false)};
	case U32Type: return (Value){.i = load_int(cx, ptr, 4, false)};
	case U64Type: return (Value){.i = load_int(cx, ptr, 8, false)};
	case S8Type: return (Value){.i = load_int(cx, ptr, 1, true)};
	case S16Type: return (Value){.i = load_int(cx, ptr, 2, true)};
	case S32Type: return (Value){.i = load_int(cx, ptr, 4, true)};
	case S64Type: return (Value){.i = load_int(cx, ptr, 8, true)};
	case F32Type: return (Value){.f = decode_i32_as_float(load_int(cx, ptr, 4, false))};
	case F64Type: return (Value){.f = decode_i64_as_float(load_int(cx, ptr, 8, false))};
	case CharType: return (Value){.c = convert_i32_to_char(cx, load_int(cx, ptr, 4, false))};
	case StringType: return (Value){.s = load_string(cx, ptr)};
	case ErrorContextType:
		return (Value){.shared = lift_error_context(cx, load_int(cx, ptr, 4, false))};
	case ListType: return (Value){.list = load_list(cx, ptr, t->t, t->l)};
	case RecordType: return (Value){.list = load_record(cx, ptr, t->fields)};
	case VariantType: return load_variant(cx, ptr, t->cases);
	case FlagsType: return (Value){.flags = load_flags(cx, ptr, t->labels)};
	case OwnType: return (Value){.rep = lift_own(cx, load_int(cx, ptr, 4, false), t)};
	case BorrowType: return (Value){.rep = lift_borrow(cx, load_int(cx, ptr, 4, false), t)};
	case StreamType:
		return (Value){.shared = lift_stream(cx, load_int(cx, ptr, 4, false), t->t)};
	case FutureType:
		return (Value){.shared = lift_future(cx, load_int(cx, ptr, 4, false), t->t)};
	default: internal_error("load: no such type");
	}
}

num
load_int(LiftLowerContext *cx, num ptr, num nbytes, bool signed_)
{
	const uint8_t *p = cx->opts->memory->bytes->data + ptr;
	num i = 0;
	for (num n = nbytes; n-- > 0;)
		i = i << 8 | p[n];
	if (signed_ && i >> (8 * nbytes - 1))
		i -= (num)1 << 8 * nbytes;
	return i;
}

bool
convert_int_to_bool(num i)
{
	assert(i >= 0);
	return i != 0;
}

/* C: a float is its bits, since a NaN must not lose its payload on the way */

uint64_t
canonicalize_nan32(uint64_t f)
{
	if (math_isnan32(f)) {
		f = core_f32_reinterpret_i32(CANONICAL_FLOAT32_NAN);
		assert(math_isnan32(f));
	}
	return f;
}

uint64_t
canonicalize_nan64(uint64_t f)
{
	if (math_isnan64(f)) {
		f = core_f64_reinterpret_i64(CANONICAL_FLOAT64_NAN);
		assert(math_isnan64(f));
	}
	return f;
}

uint64_t
decode_i32_as_float(num i)
{
	return canonicalize_nan32(core_f32_reinterpret_i32(i));
}

uint64_t
decode_i64_as_float(num i)
{
	return canonicalize_nan64(core_f64_reinterpret_i64(i));
}

uint64_t
core_f32_reinterpret_i32(num i)
{
	return (uint32_t)i;
}

uint64_t
core_f64_reinterpret_i64(num i)
{
	return (uint64_t)i;
}

uint32_t
convert_i32_to_char(UNUSED LiftLowerContext *cx, num i)
{
	assert(i >= 0);
	trap_if(i >= 0x110000);
	trap_if(0xd800 <= i && i <= 0xdfff);
	return (uint32_t)i;
}

String *
load_string(LiftLowerContext *cx, num ptr)
{
	num begin = load_int(cx, ptr, MemInst_ptr_size(cx->opts->memory), false);
	num tagged_code_units = load_int(cx, ptr + MemInst_ptr_size(cx->opts->memory),
		MemInst_ptr_size(cx->opts->memory), false);
	return load_string_from_range(cx, begin, tagged_code_units);
}

num
utf16_tag(CoreType ptr_type)
{
	return (num)1 << (ptr_size(ptr_type) * 8 - 1);
}

String *
load_string_from_range(LiftLowerContext *cx, num ptr, num tagged_code_units)
{
	num tag = utf16_tag(mem_type(cx)), alignment = 1, byte_length = 0;
	StringEncoding encoding = utf8;
	switch (cx->opts->string_encoding) {
	case utf8:
		alignment = 1;
		byte_length = tagged_code_units;
		encoding = utf8;
		break;
	case utf16:
		alignment = 2;
		byte_length = 2 * tagged_code_units;
		encoding = utf16;
		break;
	default:
		alignment = 2;
		if (tagged_code_units & tag) {
			byte_length = 2 * (tagged_code_units ^ tag);
			encoding = utf16;
		} else {
			byte_length = tagged_code_units;
			encoding = latin1;
		}
		break;
	}
	trap_if(byte_length > MAX_STRING_BYTE_LENGTH);
	trap_if(ptr != align_to(ptr, alignment));
	trap_if(ptr + byte_length > mem_len(cx));
	String *s = NEW(String);
	if (!decode(cx->opts->memory->bytes->data + ptr, byte_length, encoding, s))
		trap();

	s->encoding = cx->opts->string_encoding;
	s->tagged_code_units = tagged_code_units;
	return s;
}

void *
lift_error_context(LiftLowerContext *cx, num i)
{
	void *errctx = Table_get(cx->inst->handles, i);
	trap_if(!isinstance(errctx, ErrorContext_class));
	ErrorContext_hold_in(heap(), errctx); /* C: as long as the value */
	return errctx;
}

Values
load_list(LiftLowerContext *cx, num ptr, ValType *elem_type, const uint32_t *maybe_length)
{
	if (maybe_length)
		return load_list_from_valid_range(cx, ptr, *maybe_length, elem_type);
	num begin = load_int(cx, ptr, MemInst_ptr_size(cx->opts->memory), false);
	num length = load_int(cx, ptr + MemInst_ptr_size(cx->opts->memory),
		MemInst_ptr_size(cx->opts->memory), false);
	return load_list_from_range(cx, begin, length, elem_type);
}

Values
load_list_from_range(LiftLowerContext *cx, num ptr, num length, ValType *elem_type)
{
	trap_if(length * elem_size(elem_type, mem_type(cx)) > MAX_LIST_BYTE_LENGTH);
	trap_if(ptr != align_to(ptr, alignment(elem_type, mem_type(cx))));
	trap_if(ptr + length * elem_size(elem_type, mem_type(cx)) > mem_len(cx));
	return load_list_from_valid_range(cx, ptr, length, elem_type);
}

Values
load_list_from_valid_range(LiftLowerContext *cx, num ptr, num length, ValType *elem_type)
{
	Values a = {0};
	/* C: lists of integers go a shorter way to the same values */
	if (fast_load_list(cx, ptr, length, elem_type, &a))
		return a;
	for (num i = 0; i < length; i++) {
		budget_spend(1);
		append(&a, load(cx, ptr + i * elem_size(elem_type, mem_type(cx)), elem_type));
	}
	return a;
}

Values
load_record(LiftLowerContext *cx, num ptr, FieldTypes fields)
{
	/* C: a record is its fields' values in order, not by label */
	Values record = {0};
	for (uint32_t i = 0; i < fields.len; i++) {
		FieldType field = fields.data[i];
		ptr = align_to(ptr, alignment(field.t, mem_type(cx)));
		append(&record, load(cx, ptr, field.t));
		ptr += elem_size(field.t, mem_type(cx));
	}
	return record;
}

/* A variant's value: its case by number instead of by label. */
static Value
case_value(num case_index, Value *v)
{
	return (Value){.variant = {.case_index = (uint32_t)case_index, .v = v}};
}

static Value *
new_value(Value v)
{
	Value *p = NEW(Value);
	*p = v;
	return p;
}

Value
load_variant(LiftLowerContext *cx, num ptr, CaseTypes cases)
{
	num disc_size = elem_size(discriminant_type(cases), mem_type(cx));
	num case_index = load_int(cx, ptr, disc_size, false);
	ptr += disc_size;
	trap_if(case_index >= cases.len);
	CaseType c = cases.data[case_index];
	ptr = align_to(ptr, max_case_alignment(cases, mem_type(cx)));
	if (!c.t)
		return case_value(case_index, NULL);
	return case_value(case_index, new_value(load(cx, ptr, c.t)));
}

uint32_t
load_flags(LiftLowerContext *cx, num ptr, Labels labels)
{
	num i = load_int(cx, ptr, elem_size_flags(labels), false);
	return unpack_flags_from_int(i, labels);
}

uint32_t
unpack_flags_from_int(num i, Labels labels)
{
	/* C: a set of flags is a bit for each label in order, not a record of booleans */
	uint32_t record = 0;
	for (uint32_t l = 0; l < labels.len; l++) {
		record |= (uint32_t)(i & 1) << l;
		i >>= 1;
	}
	return record;
}

uint32_t
lift_own(LiftLowerContext *cx, num i, ValType *t)
{
	ResourceHandle *h = Table_remove(cx->inst->handles, i);
	trap_if(!isinstance(h, ResourceHandle_class));
	trap_if(h->rt != t->rt);
	trap_if(h->num_lends != 0);
	trap_if(!h->own);
	uint32_t rep = h->rep;
	/* C: nobody holds it any more; Python's collector finds that out */
	arena_free(h->arena);
	return rep;
}

uint32_t
lift_borrow(LiftLowerContext *cx, num i, ValType *t)
{
	assert(isinstance(cx->borrow_scope, Subtask_class));
	ResourceHandle *h = Table_get(cx->inst->handles, i);
	trap_if(!isinstance(h, ResourceHandle_class));
	trap_if(h->rt != t->rt);
	Subtask_add_lender((Subtask *)cx->borrow_scope, h);
	return h->rep;
}

void *
lift_stream(LiftLowerContext *cx, num i, ValType *t)
{
	return lift_async_value(ReadableStreamEnd_class, cx, i, t);
}

void *
lift_future(LiftLowerContext *cx, num i, ValType *t)
{
	return lift_async_value(ReadableFutureEnd_class, cx, i, t);
}

void *
lift_async_value(Class ReadableEndT, LiftLowerContext *cx, num i, ValType *t)
{
	assert(!contains_borrow(t));
	CopyEnd *e = Table_remove(cx->inst->handles, i);
	trap_if(!isinstance(e, ReadableEndT));
	trap_if(!ValType___eq__(e->shared->t, t));
	trap_if(e->state != CopyState_IDLE);
	trap_if(Waitable_in_waitable_set(&e->base));
	SharedBase *shared = e->shared;
	/* C: nobody holds it any more; Python's collector finds that out */
	CopyEnd_free(e);
	return shared;
}
