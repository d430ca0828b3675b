/* writer.c - see writer.h. */
#include "core/writer.h"

#include "base/leb128.h"

void
write_byte(struct strbuf *out, uint8_t byte)
{
	strbuf_addc(out, (char)byte);
}

void
write_u32(struct strbuf *out, uint32_t value)
{
	write_u64(out, value);
}

void
write_u64(struct strbuf *out, uint64_t value)
{
	uint8_t bytes[10];
	strbuf_add(out, bytes, leb_put_unsigned(bytes, value));
}

void
write_signed(struct strbuf *out, int64_t value)
{
	uint8_t bytes[10];
	strbuf_add(out, bytes, leb_put_signed(bytes, value));
}

void
write_bits(struct strbuf *out, uint64_t value, unsigned bytes)
{
	for (unsigned i = 0; i < bytes; i++)
		write_byte(out, (uint8_t)(value >> 8 * i));
}

void
write_name(struct strbuf *out, struct str name)
{
	write_u32(out, (uint32_t)name.len);
	strbuf_add(out, name.ptr, name.len);
}

size_t
write_size_begin(struct strbuf *out)
{
	static const char room[5];
	size_t mark = out->len;
	strbuf_add(out, room, sizeof room);
	return mark;
}

void
write_size_end(struct strbuf *out, size_t mark)
{
	uint8_t bytes[10];
	size_t start = mark + 5, len = out->len - start;
	unsigned n = leb_put_unsigned(bytes, len);
	memcpy(out->ptr + mark, bytes, n);
	memmove(out->ptr + mark + n, out->ptr + start, len);
	out->len = mark + n + len;
}

/* ---- types ---- */

void
write_heaptype(struct strbuf *out, struct core_valtype type)
{
	if (type.heap == CORE_HEAP_INDEX)
		write_signed(out, type.index);
	else
		write_byte(out, core_heap_byte((enum core_heap)type.heap));
}

static void
write_reftype(struct strbuf *out, struct core_valtype type)
{
	if (type.nullable && type.heap != CORE_HEAP_INDEX) {
		write_heaptype(out, type);
		return;
	}
	write_byte(out, type.nullable ? 0x63 : 0x64);
	write_heaptype(out, type);
}

void
write_valtype(struct strbuf *out, struct core_valtype type)
{
	switch ((enum core_kind)type.kind) {
	case CORE_KIND_NONE: write_byte(out, 0x40); break;
	case CORE_KIND_I32: write_byte(out, 0x7f); break;
	case CORE_KIND_I64: write_byte(out, 0x7e); break;
	case CORE_KIND_F32: write_byte(out, 0x7d); break;
	case CORE_KIND_F64: write_byte(out, 0x7c); break;
	case CORE_KIND_V128: write_byte(out, 0x7b); break;
	case CORE_KIND_I8: write_byte(out, 0x78); break;
	case CORE_KIND_I16: write_byte(out, 0x77); break;
	case CORE_KIND_REF: write_reftype(out, type); break;
	}
}

void
write_valtypes(struct strbuf *out, const struct core_valtype *types, uint32_t n)
{
	write_u32(out, n);
	for (uint32_t i = 0; i < n; i++)
		write_valtype(out, types[i]);
}

void
write_limits(struct strbuf *out, const struct core_limits *l)
{
	write_byte(out, (uint8_t)(l->has_max | l->is_shared << 1 | l->is_64 << 2));
	write_u64(out, l->min);
	if (l->has_max)
		write_u64(out, l->max);
}

void
write_tabletype(struct strbuf *out, const struct core_tabletype *t)
{
	write_valtype(out, t->elem);
	write_limits(out, &t->limits);
}

void
write_globaltype(struct strbuf *out, const struct core_globaltype *g)
{
	write_valtype(out, g->type);
	write_byte(out, g->mutable);
}

void
write_externtype(struct strbuf *out, const struct core_externtype *t)
{
	write_byte(out, (uint8_t)t->sort);
	switch (t->sort) {
	case CORE_SORT_FUNC: write_u32(out, t->type); break;
	case CORE_SORT_TABLE: write_tabletype(out, &t->table); break;
	case CORE_SORT_MEMORY: write_limits(out, &t->memory.limits); break;
	case CORE_SORT_GLOBAL: write_globaltype(out, &t->global); break;
	default: write_byte(out, 0); write_u32(out, t->type);
	}
}

static void
write_fieldtypes(struct strbuf *out, const struct core_subtype *t)
{
	for (uint32_t i = 0; i < t->nfields; i++) {
		write_valtype(out, t->fields[i].type);
		write_byte(out, t->fields[i].mutable);
	}
}

void
write_subtype(struct strbuf *out, const struct core_subtype *t)
{
	if (t->open || t->nsupers) {
		write_byte(out, t->open ? 0x50 : 0x4f);
		write_u32(out, t->nsupers);
		for (uint32_t i = 0; i < t->nsupers; i++)
			write_u32(out, t->supers[i]);
	}
	switch (t->kind) {
	case CORE_COMP_FUNC:
		write_byte(out, 0x60);
		write_valtypes(out, t->func.params, t->func.nparams);
		write_valtypes(out, t->func.results, t->func.nresults);
		break;
	case CORE_COMP_STRUCT:
		write_byte(out, 0x5f);
		write_u32(out, t->nfields);
		write_fieldtypes(out, t);
		break;
	case CORE_COMP_ARRAY:
		write_byte(out, 0x5e);
		write_fieldtypes(out, t);
		break;
	}
}

void
write_rectype(struct strbuf *out, const struct core_subtype *types, uint32_t n)
{
	if (n != 1) {
		write_byte(out, 0x4e);
		write_u32(out, n);
	}
	for (uint32_t i = 0; i < n; i++)
		write_subtype(out, &types[i]);
}
