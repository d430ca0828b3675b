/* reader.c - see reader.h. */
#include "core/reader.h"

#include "base/error.h"
#include "base/leb128.h"
#include "base/utf8.h"

struct reader
reader_of(struct arena *a, struct str bytes, const struct source *src)
{
	const uint8_t *start = (const uint8_t *)(bytes.len ? bytes.ptr : "");
	if (bytes.len > UINT32_MAX)
		raise_error(ERR_EXHAUSTED, NO_LOC, "memory-limit", "a binary of more than 4 GiB");
	return (struct reader){
		.arena = a, .src = src, .start = start, .p = start, .end = start + bytes.len};
}

struct loc
read_at(const struct reader *r)
{
	return (struct loc){r->src, (uint32_t)(r->p - r->start)};
}

NORETURN void
malformed(const struct reader *r, const char *reason, const char *message)
{
	raise_error(ERR_MALFORMED, read_at(r), reason, "%s", message);
}

void
bad_end(const struct reader *r)
{
	malformed(r, "unexpected-end-of-section-or-function",
		"unexpected end of section or function: unexpected end-of-file");
}

static void
check_leb(const struct reader *r, enum leb_result result)
{
	switch (result) {
	case LEB_OK: return;
	case LEB_END: bad_end(r);
	case LEB_TOO_LONG:
		malformed(r, "integer-representation-too-long", "integer representation too long");
	case LEB_TOO_LARGE: malformed(r, "integer-too-large", "integer too large");
	}
}

uint64_t
read_unsigned(struct reader *r, unsigned bits)
{
	uint64_t x = 0;
	check_leb(r, leb_unsigned(&r->p, r->end, bits, &x));
	return x;
}

uint64_t
read_u64(struct reader *r)
{
	if (likely(r->p < r->end && *r->p < 0x80))
		return *r->p++;
	return read_unsigned(r, 64);
}

int64_t
read_signed(struct reader *r, unsigned bits)
{
	int64_t x = 0;
	if (likely(r->p < r->end && *r->p < 0x80 && bits >= 7)) {
		uint8_t byte = *r->p++;
		return byte & 0x40 ? (int64_t)byte - 0x80 : byte;
	}
	check_leb(r, leb_signed(&r->p, r->end, bits, &x));
	return x;
}

uint64_t
read_bits(struct reader *r, unsigned bytes)
{
	uint64_t x = 0;
	for (unsigned i = 0; i < bytes; i++)
		x |= (uint64_t)read_byte(r) << 8 * i;
	return x;
}

uint32_t
read_len(struct reader *r)
{
	size_t left = (size_t)(r->end - r->p); /* with the length itself, as the suite has it */
	uint32_t n = read_u32(r);
	if (n > left)
		malformed(
			r, "length-out-of-bounds", "length out of bounds: unexpected end-of-file");
	return n;
}

struct str
read_bytes(struct reader *r, uint32_t n)
{
	if (n > (size_t)(r->end - r->p))
		bad_end(r);
	struct str s = {(const char *)r->p, n};
	r->p += n;
	return s;
}

struct str
read_name(struct reader *r)
{
	uint32_t n = read_len(r);
	struct loc at = read_at(r);
	struct str s = read_bytes(r, n);
	if (!utf8_valid(s.ptr, s.len))
		raise_error(
			ERR_MALFORMED, at, "malformed-utf-8-encoding", "malformed UTF-8 encoding");
	return s;
}

uint8_t
read_type_byte(struct reader *r)
{
	return (uint8_t)(read_signed(r, 7) & 0x7f);
}

/* The abstract heap types by their byte; CORE_HEAP_INDEX for what is none. */
static enum core_heap
abstract_heap(uint8_t byte)
{
	enum core_heap heap = CORE_HEAP_FUNC;
	while (heap < CORE_HEAP_INDEX && core_heap_byte(heap) != byte)
		heap++;
	return heap;
}

struct core_valtype
read_heaptype(struct reader *r)
{
	struct core_valtype t = {CORE_KIND_REF, CORE_HEAP_INDEX, true, 0};
	if (r->p < r->end)
		t.heap = (uint8_t)abstract_heap(*r->p);
	if (t.heap != CORE_HEAP_INDEX) {
		r->p++;
		return t;
	}
	int64_t index = read_signed(r, 33);
	if (index < 0)
		malformed(r, "malformed-heap-type", "malformed heap type");
	t.index = (uint32_t)index;
	return t;
}

struct core_valtype
read_reftype(struct reader *r)
{
	uint8_t byte = read_type_byte(r);
	if (byte == 0x63 || byte == 0x64) {
		struct core_valtype t = read_heaptype(r);
		t.nullable = byte == 0x63;
		return t;
	}
	enum core_heap heap = abstract_heap(byte);
	if (heap == CORE_HEAP_INDEX) {
		r->p--;
		malformed(r, "malformed-reference-type", "malformed reference type");
	}
	return (struct core_valtype){CORE_KIND_REF, (uint8_t)heap, true, 0};
}

struct core_valtype
read_valtype(struct reader *r)
{
	if (r->p == r->end)
		bad_end(r);
	switch (*r->p) {
	case 0x7f: r->p++; return CORE_I32;
	case 0x7e: r->p++; return CORE_I64;
	case 0x7d: r->p++; return CORE_F32;
	case 0x7c: r->p++; return CORE_F64;
	case 0x7b: r->p++; return (struct core_valtype){.kind = CORE_KIND_V128};
	default: return read_reftype(r);
	}
}

struct core_valtype *
read_valtypes(struct reader *r, uint32_t *n)
{
	*n = read_len(r);
	struct core_valtype *types = arena_array_of(r->arena, *n, struct core_valtype);
	for (uint32_t i = 0; i < *n; i++)
		types[i] = read_valtype(r);
	return types;
}

struct core_limits
read_limits(struct reader *r)
{
	uint8_t flags = read_byte(r);
	if (flags & 0xf8) {
		r->p--;
		malformed(r, "malformed-limits-flags", "malformed limits flags");
	}
	struct core_limits l = {.has_max = flags & 1, .is_shared = flags & 2, .is_64 = flags & 4};
	l.min = read_u64(r);
	if (l.has_max)
		l.max = read_u64(r);
	return l;
}

bool
read_mutability(struct reader *r)
{
	uint8_t mutable = read_byte(r);
	if (mutable > 1) {
		r->p--;
		malformed(r, "malformed-mutability", "malformed mutability");
	}
	return mutable;
}

struct core_globaltype
read_globaltype(struct reader *r)
{
	struct core_globaltype g = {.type = read_valtype(r)};
	g.mutable = read_mutability(r);
	return g;
}

struct core_tabletype
read_tabletype(struct reader *r)
{
	struct core_tabletype t = {.elem = read_reftype(r)};
	struct loc at = read_at(r);
	t.limits = read_limits(r);
	if (t.limits.is_shared)
		raise_error(ERR_MALFORMED, at, "malformed-limits-flags",
			"malformed limits flags: a shared table");
	return t;
}
