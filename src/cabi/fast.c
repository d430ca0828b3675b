/* fast.c - see fast.h. */
#include "cabi/fast.h"

#include <stdlib.h>
#include <string.h>

#include "base/budget.h"

bool fast_paths = true;

/* Bytes of an integer type, negative where it is signed; 0 for other types. */
static int
int_width(const ValType *t)
{
	switch (t->kind) {
	case U8Type: return 1;
	case U16Type: return 2;
	case U32Type: return 4;
	case U64Type: return 8;
	case S8Type: return -1;
	case S16Type: return -2;
	case S32Type: return -4;
	case S64Type: return -8;
	default: return 0;
	}
}

/* Inlined with a constant n, these are single loads and stores. */

static inline uint64_t
read_le(const uint8_t *p, int n)
{
	uint64_t v = 0;
	for (int i = 0; i < n; i++)
		v |= (uint64_t)p[i] << 8 * i;
	return v;
}

static inline void
write_le(uint8_t *p, uint64_t v, int n)
{
	for (int i = 0; i < n; i++)
		p[i] = (uint8_t)(v >> 8 * i);
}

static Value
unpack(const uint8_t *p, int width)
{
	int n = width < 0 ? -width : width, shift = 64 - 8 * n;
	uint64_t v = read_le(p, n);
	return (Value){.i = width < 0 ? (num)((int64_t)(v << shift) >> shift) : (num)v};
}

Value
Values_at(const Values *vs, uint32_t i, const ValType *elem_type)
{
	int width = int_width(elem_type);
	if (vs->cap != VALUES_PACKED)
		return vs->data[i];
	return unpack((const uint8_t *)vs->data + (size_t)i * (size_t)abs(width), width);
}

size_t
fast_packed_bytes(const Values *vs, const ValType *elem_type)
{
	return vs->cap == VALUES_PACKED ? (size_t)vs->len * (size_t)abs(int_width(elem_type)) : 0;
}

static inline void
write_all(uint8_t *p, const Value *from, uint32_t length, int n)
{
	for (uint32_t i = 0; i < length; i++)
		write_le(p + (size_t)i * (size_t)n, (uint64_t)from[i].i, n);
}

bool
fast_load_list(LiftLowerContext *cx, num ptr, num length, ValType *elem_type, Values *out)
{
	size_t n = (size_t)length * (size_t)abs(int_width(elem_type));
	if (!fast_paths || !n)
		return false;
	budget_spend((uint64_t)length);
	void *packed = arena_alloc(heap(), n);
	memcpy(packed, cx->opts->memory->bytes->data + ptr, n);
	*out = (Values){packed, (uint32_t)length, VALUES_PACKED};
	return true;
}

bool
fast_store_list(LiftLowerContext *cx, Values v, num ptr, ValType *elem_type)
{
	int width = int_width(elem_type);
	uint8_t *p = cx->opts->memory->bytes->data + ptr;
	if (v.cap == VALUES_PACKED) {
		budget_spend(v.len);
		memcpy(p, v.data, fast_packed_bytes(&v, elem_type));
		return true;
	}
	if (!fast_paths || !width)
		return false;
	budget_spend(v.len);
	switch (abs(width)) {
	case 1: write_all(p, v.data, v.len, 1); break;
	case 2: write_all(p, v.data, v.len, 2); break;
	case 4: write_all(p, v.data, v.len, 4); break;
	case 8: write_all(p, v.data, v.len, 8); break;
	}
	return true;
}

/* Eight bytes at a time, and what is left. */
bool
fast_is_ascii(const uint8_t *bytes, size_t n)
{
	uint64_t any = 0, word;
	size_t i = 0;
	if (!fast_paths)
		return false;
	for (; i + 8 <= n; i += 8) {
		memcpy(&word, bytes + i, 8);
		any |= word;
	}
	for (; i < n; i++)
		any |= bytes[i];
	return !(any & UINT64_C(0x8080808080808080));
}
