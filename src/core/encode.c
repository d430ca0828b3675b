/* encode.c - see encode.h: core specification, "Binary Format", "Modules". Instructions are in
 * encode_instr.c. */
#include "core/encode.h"

#include "core/decode.h"
#include "core/encode_instr.h"
#include "core/name_section.h"
#include "core/writer.h"

static void
write_types(struct strbuf *out, const struct core_module *m)
{
	write_u32(out, m->rec_starts.len);
	for (uint32_t i = 0; i < m->rec_starts.len; i++) {
		uint32_t first = m->rec_starts.data[i];
		uint32_t next =
			i + 1 < m->rec_starts.len ? m->rec_starts.data[i + 1] : m->types.len;
		write_rectype(out, &m->types.data[first], next - first);
	}
}

static void
write_imports(struct strbuf *out, const struct core_module *m)
{
	write_u32(out, m->imports.len);
	for (uint32_t i = 0; i < m->imports.len; i++) {
		write_name(out, m->imports.data[i].module);
		write_name(out, m->imports.data[i].name);
		write_externtype(out, &m->imports.data[i].type);
	}
}

/* How many of a vector of definitions are not imported; those are the last ones. */
#define DEFINED(v) (m->v.len - imported_##v(m))

#define IMPORTED(v) \
	static uint32_t imported_##v(const struct core_module *m) \
	{ \
		uint32_t n = 0; \
		while (n < m->v.len && m->v.data[n].imported) \
			n++; \
		return n; \
	}
IMPORTED(funcs)
IMPORTED(tables)
IMPORTED(mems)
IMPORTED(globals)
IMPORTED(tags)

static void
write_funcs(struct strbuf *out, const struct core_module *m)
{
	write_u32(out, DEFINED(funcs));
	for (uint32_t i = imported_funcs(m); i < m->funcs.len; i++)
		write_u32(out, m->funcs.data[i].type);
}

static void
write_tables(struct strbuf *out, const struct core_module *m)
{
	write_u32(out, DEFINED(tables));
	for (uint32_t i = imported_tables(m); i < m->tables.len; i++) {
		const struct core_table_def *t = &m->tables.data[i];
		if (t->has_init) {
			write_byte(out, 0x40);
			write_byte(out, 0x00);
		}
		write_tabletype(out, &t->type);
		if (t->has_init)
			write_expr(out, &t->init);
	}
}

static void
write_mems(struct strbuf *out, const struct core_module *m)
{
	write_u32(out, DEFINED(mems));
	for (uint32_t i = imported_mems(m); i < m->mems.len; i++)
		write_limits(out, &m->mems.data[i].type.limits);
}

static void
write_tags(struct strbuf *out, const struct core_module *m)
{
	write_u32(out, DEFINED(tags));
	for (uint32_t i = imported_tags(m); i < m->tags.len; i++) {
		write_byte(out, 0);
		write_u32(out, m->tags.data[i].type);
	}
}

static void
write_globals(struct strbuf *out, const struct core_module *m)
{
	write_u32(out, DEFINED(globals));
	for (uint32_t i = imported_globals(m); i < m->globals.len; i++) {
		write_globaltype(out, &m->globals.data[i].type);
		write_expr(out, &m->globals.data[i].init);
	}
}

static void
write_exports(struct strbuf *out, const struct core_module *m)
{
	write_u32(out, m->exports.len);
	for (uint32_t i = 0; i < m->exports.len; i++) {
		write_name(out, m->exports.data[i].name);
		write_byte(out, (uint8_t)m->exports.data[i].sort);
		write_u32(out, m->exports.data[i].index);
	}
}

static void
write_elem(struct strbuf *out, const struct core_elem_def *e)
{
	static const uint32_t modes[] = {
		[CORE_PASSIVE] = 1, [CORE_ACTIVE] = 0, [CORE_DECLARATIVE] = 3};
	bool by_index = e->by_index && e->type.heap == CORE_HEAP_FUNC;
	bool funcref = by_index || core_valtype_equal(e->type, CORE_FUNCREF);
	uint32_t flags = modes[e->mode] | (by_index ? 0 : 4);
	if (e->mode == CORE_ACTIVE && (e->table || !funcref))
		flags |= 2;
	write_u32(out, flags);
	if (e->mode == CORE_ACTIVE && flags & 2)
		write_u32(out, e->table);
	if (e->mode == CORE_ACTIVE)
		write_expr(out, &e->offset);
	if (flags & 3 && by_index)
		write_byte(out, 0);
	else if (flags & 3)
		write_valtype(out, e->type);
	write_u32(out, e->nitems);
	for (uint32_t i = 0; i < e->nitems; i++) {
		if (by_index)
			write_u32(out, e->items[i].instrs[0].index);
		else
			write_expr(out, &e->items[i]);
	}
}

static void
write_elems(struct strbuf *out, const struct core_module *m)
{
	write_u32(out, m->elems.len);
	for (uint32_t i = 0; i < m->elems.len; i++)
		write_elem(out, &m->elems.data[i]);
}

static void
write_locals(struct strbuf *out, const struct core_body *f)
{
	uint32_t runs = 0;
	for (uint32_t i = 0; i < f->nlocals; i++)
		runs += !i || !core_valtype_equal(f->locals[i], f->locals[i - 1]);
	write_u32(out, runs);
	for (uint32_t i = 0, n; i < f->nlocals; i += n) {
		for (n = 1; i + n < f->nlocals; n++)
			if (!core_valtype_equal(f->locals[i], f->locals[i + n]))
				break;
		write_u32(out, n);
		write_valtype(out, f->locals[i]);
	}
}

static void
write_code(struct strbuf *out, const struct core_module *m)
{
	struct arena *scratch = arena_child(out->arena);
	struct core_bodies bodies;
	core_bodies_init(&bodies, scratch);
	write_u32(out, DEFINED(funcs));
	for (uint32_t i = imported_funcs(m); i < m->funcs.len; i++) {
		size_t mark = write_size_begin(out);
		struct core_body body = core_body(&bodies, &m->funcs.data[i]);
		write_locals(out, &body);
		write_expr(out, &body.expr);
		write_size_end(out, mark);
	}
	arena_free(scratch);
}

static void
write_datas(struct strbuf *out, const struct core_module *m)
{
	write_u32(out, m->datas.len);
	for (uint32_t i = 0; i < m->datas.len; i++) {
		const struct core_data_def *d = &m->datas.data[i];
		uint32_t flags = d->mode == CORE_PASSIVE ? 1 : d->memory ? 2 : 0;
		write_u32(out, flags);
		if (flags == 2)
			write_u32(out, d->memory);
		if (flags != 1)
			write_expr(out, &d->offset);
		write_name(out, d->bytes);
	}
}

static void
write_start(struct strbuf *out, const struct core_module *m)
{
	write_u32(out, m->start);
}

static void
write_data_count(struct strbuf *out, const struct core_module *m)
{
	write_u32(out, m->datas.len);
}

/* ---- sections ---- */

static void
write_custom(struct strbuf *out, const struct core_custom *c)
{
	write_byte(out, CORE_SECTION_CUSTOM);
	size_t mark = write_size_begin(out);
	write_name(out, c->name);
	strbuf_add(out, c->bytes.ptr, c->bytes.len);
	write_size_end(out, mark);
}

static void
write_customs_behind(struct strbuf *out, const struct core_module *m, uint8_t place)
{
	for (uint32_t i = 0; i < m->customs.len; i++)
		if (m->customs.data[i].place == place)
			write_custom(out, &m->customs.data[i]);
}

static void
write_section(struct strbuf *out, const struct core_module *m, enum core_section id)
{
	static void (*const contents[CORE_SECTION_COUNT])(
		struct strbuf * out, const struct core_module *m) = {
		[CORE_SECTION_TYPE] = write_types,
		[CORE_SECTION_IMPORT] = write_imports,
		[CORE_SECTION_FUNC] = write_funcs,
		[CORE_SECTION_TABLE] = write_tables,
		[CORE_SECTION_MEMORY] = write_mems,
		[CORE_SECTION_TAG] = write_tags,
		[CORE_SECTION_GLOBAL] = write_globals,
		[CORE_SECTION_EXPORT] = write_exports,
		[CORE_SECTION_START] = write_start,
		[CORE_SECTION_ELEM] = write_elems,
		[CORE_SECTION_DATA_COUNT] = write_data_count,
		[CORE_SECTION_CODE] = write_code,
		[CORE_SECTION_DATA] = write_datas,
	};
	if (core_module_has_section(m, id)) {
		write_byte(out, (uint8_t)id);
		size_t mark = write_size_begin(out);
		contents[id](out, m);
		write_size_end(out, mark);
	}
	write_customs_behind(out, m, (uint8_t)id);
}

static bool
has_name_section(const struct core_module *m)
{
	for (uint32_t i = 0; i < m->customs.len; i++)
		if (str_is(m->customs.data[i].name, CORE_NAME_SECTION))
			return true;
	return false;
}

static void
write_names(struct strbuf *out, const struct core_module *m)
{
	if (has_name_section(m) || !core_names_needed(m))
		return;
	write_byte(out, CORE_SECTION_CUSTOM);
	size_t mark = write_size_begin(out);
	write_name(out, STR(CORE_NAME_SECTION));
	core_names_write(out, m);
	write_size_end(out, mark);
}

void
core_encode(struct strbuf *out, const struct core_module *m)
{
	strbuf_add(out, "\0asm\1\0\0\0", 8);
	write_customs_behind(out, m, CORE_SECTION_CUSTOM);
	for (int i = 0; core_section_order[i]; i++)
		write_section(out, m, (enum core_section)core_section_order[i]);
	write_names(out, m);
}
