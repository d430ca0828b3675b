/* alignment.c - CanonicalABI.md, "Alignment" and "Element Size". */
#include "cabi/cabi.h"

static num
max(num a, num b)
{
	return a > b ? a : b;
}

/// ## Alignment

static num
alignment_of(ValType *t, CoreType ptr_type)
{
	t = despecialize(t);
	switch (t->kind) {
	case BoolType: return 1;
	case S8Type:
	case U8Type: return 1;
	case S16Type:
	case U16Type: return 2;
	case S32Type:
	case U32Type: return 4;
	case S64Type:
	case U64Type: return 8;
	case F32Type: return 4;
	case F64Type: return 8;
	case CharType: return 4;
	case StringType: return ptr_size(ptr_type);
	case ErrorContextType: return 4;
	case ListType: return alignment_list(t->t, t->l, ptr_type);
	case RecordType: return alignment_record(t->fields, ptr_type);
	case VariantType: return alignment_variant(t->cases, ptr_type);
	case FlagsType: return alignment_flags(t->labels);
	case OwnType:
	case BorrowType: return 4;
	case StreamType:
	case FutureType: return 4;
	default: internal_error("alignment: no such type");
	}
}

num
alignment(ValType *t, CoreType ptr_type)
{
	/* C: kept with the type once it is known */
	if (!t->alignment[ptr_type])
		t->alignment[ptr_type] = alignment_of(t, ptr_type);
	return t->alignment[ptr_type];
}

num
alignment_list(ValType *elem_type, const uint32_t *maybe_length, CoreType ptr_type)
{
	if (maybe_length)
		return alignment(elem_type, ptr_type);
	return ptr_size(ptr_type);
}

num
alignment_record(FieldTypes fields, CoreType ptr_type)
{
	num a = 1;
	for (uint32_t i = 0; i < fields.len; i++)
		a = max(a, alignment(fields.data[i].t, ptr_type));
	return a;
}

num
alignment_variant(CaseTypes cases, CoreType ptr_type)
{
	return max(
		alignment(discriminant_type(cases), ptr_type), max_case_alignment(cases, ptr_type));
}

ValType *
discriminant_type(CaseTypes cases)
{
	/* C: constants, whose despecializations are themselves; math.ceil(math.log2(n)/8) is the
	   number of bytes that n-1 takes */
	static ValType U8 = {.kind = U8Type, .despecialized = &U8};
	static ValType U16 = {.kind = U16Type, .despecialized = &U16};
	static ValType U32 = {.kind = U32Type, .despecialized = &U32};
	num n = cases.len;
	assert(0 < n && n < ((num)1 << 32));
	switch (n <= 1 ? 0 : n <= 1 << 8 ? 1 : n <= 1 << 16 ? 2 : 3) {
	case 0: return &U8;
	case 1: return &U8;
	case 2: return &U16;
	default: return &U32;
	}
}

num
max_case_alignment(CaseTypes cases, CoreType ptr_type)
{
	num a = 1;
	for (uint32_t i = 0; i < cases.len; i++) {
		if (cases.data[i].t)
			a = max(a, alignment(cases.data[i].t, ptr_type));
	}
	return a;
}

num
alignment_flags(Labels labels)
{
	num n = labels.len;
	assert(0 < n && n <= 32);
	if (n <= 8)
		return 1;
	if (n <= 16)
		return 2;
	return 4;
}

/// ## Element Size

static num
elem_size_of(ValType *t, CoreType ptr_type)
{
	t = despecialize(t);
	switch (t->kind) {
	case BoolType: return 1;
	case S8Type:
	case U8Type: return 1;
	case S16Type:
	case U16Type: return 2;
	case S32Type:
	case U32Type: return 4;
	case S64Type:
	case U64Type: return 8;
	case F32Type: return 4;
	case F64Type: return 8;
	case CharType: return 4;
	case StringType: return 2 * ptr_size(ptr_type);
	case ErrorContextType: return 4;
	case ListType: return elem_size_list(t->t, t->l, ptr_type);
	case RecordType: return elem_size_record(t->fields, ptr_type);
	case VariantType: return elem_size_variant(t->cases, ptr_type);
	case FlagsType: return elem_size_flags(t->labels);
	case OwnType:
	case BorrowType: return 4;
	case StreamType:
	case FutureType: return 4;
	default: internal_error("elem_size: no such type");
	}
}

num
elem_size(ValType *t, CoreType ptr_type)
{
	/* C: kept with the type once it is known */
	if (!t->elem_size[ptr_type])
		t->elem_size[ptr_type] = elem_size_of(t, ptr_type);
	return t->elem_size[ptr_type];
}

num
elem_size_list(ValType *elem_type, const uint32_t *maybe_length, CoreType ptr_type)
{
	if (maybe_length)
		return *maybe_length * elem_size(elem_type, ptr_type);
	return 2 * ptr_size(ptr_type);
}

num
elem_size_record(FieldTypes fields, CoreType ptr_type)
{
	num s = 0;
	for (uint32_t i = 0; i < fields.len; i++) {
		s = align_to(s, alignment(fields.data[i].t, ptr_type));
		s += elem_size(fields.data[i].t, ptr_type);
	}
	assert(s > 0);
	return align_to(s, alignment_record(fields, ptr_type));
}

num
align_to(num ptr, num alignment)
{
	/* C: exact for every ptr, where the Python divides floats; and a division of 128 bits is
	   slow, so that it is done only where it is needed */
	if (ptr >= 0 && ptr < INT64_MAX - 8)
		return ((uint64_t)ptr + (uint64_t)alignment - 1) / (uint64_t)alignment *
		       (uint64_t)alignment;
	return (ptr + alignment - 1) / alignment * alignment;
}

num
elem_size_variant(CaseTypes cases, CoreType ptr_type)
{
	num s = elem_size(discriminant_type(cases), ptr_type);
	s = align_to(s, max_case_alignment(cases, ptr_type));
	num cs = 0;
	for (uint32_t i = 0; i < cases.len; i++) {
		if (cases.data[i].t)
			cs = max(cs, elem_size(cases.data[i].t, ptr_type));
	}
	s += cs;
	return align_to(s, alignment_variant(cases, ptr_type));
}

num
elem_size_flags(Labels labels)
{
	num n = labels.len;
	assert(0 < n && n <= 32);
	if (n <= 8)
		return 1;
	if (n <= 16)
		return 2;
	return 4;
}
