/* decode.c - modules and their sections: core specification, "Binary Format", "Modules". */
#include "core/decode.h"

#include "base/error.h"
#include "core/name_section.h"
#include "core/reader.h"
#include "core/valid_func.h"

/* ---- types ---- */

static struct core_fieldtype
read_fieldtype(struct reader *r)
{
	struct core_fieldtype f = {0};
	if (r->p < r->end && (*r->p == 0x78 || *r->p == 0x77))
		f.type.kind = *r->p++ == 0x78 ? CORE_KIND_I8 : CORE_KIND_I16;
	else
		f.type = read_valtype(r);
	f.mutable = read_mutability(r);
	return f;
}

static void
read_comptype(struct reader *r, struct core_subtype *t)
{
	struct loc at = read_at(r);
	switch (read_type_byte(r)) {
	case 0x60:
		t->kind = CORE_COMP_FUNC;
		t->func.params = read_valtypes(r, &t->func.nparams);
		t->func.results = read_valtypes(r, &t->func.nresults);
		break;
	case 0x5f:
		t->kind = CORE_COMP_STRUCT;
		t->nfields = read_len(r);
		t->fields = arena_array_of(r->arena, t->nfields, struct core_fieldtype);
		for (uint32_t i = 0; i < t->nfields; i++)
			t->fields[i] = read_fieldtype(r);
		break;
	case 0x5e:
		t->kind = CORE_COMP_ARRAY;
		t->nfields = 1;
		t->fields = arena_new_of(r->arena, struct core_fieldtype);
		*t->fields = read_fieldtype(r);
		break;
	default:
		raise_error(ERR_MALFORMED, at, "malformed-definition-type",
			"malformed definition type");
	}
}

static void
read_subtype(struct reader *r, struct core_subtype *t)
{
	*t = (struct core_subtype){.at = read_at(r)};
	if (r->p < r->end && (*r->p == 0x50 || *r->p == 0x4f)) {
		t->open = *r->p++ == 0x50;
		t->nsupers = read_len(r);
		uint32_t *supers = arena_array_of(r->arena, t->nsupers, uint32_t);
		for (uint32_t i = 0; i < t->nsupers; i++)
			supers[i] = read_u32(r);
		t->supers = supers;
	}
	read_comptype(r, t);
}

void
read_rectype(struct reader *r, struct core_rectype *out)
{
	out->at = read_at(r);
	out->ntypes = 1;
	if (r->p < r->end && *r->p == 0x4e) {
		r->p++;
		out->ntypes = read_len(r);
	}
	out->types = arena_array_of(r->arena, out->ntypes, struct core_subtype);
	for (uint32_t i = 0; i < out->ntypes; i++)
		read_subtype(r, &out->types[i]);
}

static void
read_type(struct reader *r)
{
	struct core_module *m = r->module;
	struct core_rectype rec;
	read_rectype(r, &rec);
	if (rec.ntypes)
		vec_push(r->arena, &m->rec_starts, m->types.len);
	for (uint32_t i = 0; i < rec.ntypes; i++)
		vec_push(r->arena, &m->types, rec.types[i]);
}

/* ---- imports and definitions ---- */

static void
add_imported(struct reader *r, const struct core_externtype *t)
{
	struct core_module *m = r->module;
	switch (t->sort) {
	case CORE_SORT_FUNC: {
		struct core_func_def f = {.at = t->at, .imported = true, .type = t->type};
		vec_push(r->arena, &m->funcs, f);
		break;
	}
	case CORE_SORT_TABLE: {
		struct core_table_def d = {.at = t->at, .imported = true, .type = t->table};
		vec_push(r->arena, &m->tables, d);
		break;
	}
	case CORE_SORT_MEMORY: {
		struct core_mem_def d = {.at = t->at, .imported = true, .type = t->memory};
		vec_push(r->arena, &m->mems, d);
		break;
	}
	case CORE_SORT_GLOBAL: {
		struct core_global_def d = {.at = t->at, .imported = true, .type = t->global};
		vec_push(r->arena, &m->globals, d);
		break;
	}
	default: {
		struct core_tag_def d = {.at = t->at, .imported = true, .type = t->type};
		vec_push(r->arena, &m->tags, d);
	}
	}
}

static uint32_t
read_tagtype(struct reader *r)
{
	if (read_byte(r) != 0) {
		r->p--;
		malformed(r, "malformed-tag-attribute", "malformed tag attribute");
	}
	return read_u32(r);
}

void
read_externtype(struct reader *r, struct core_externtype *out)
{
	*out = (struct core_externtype){.at = read_at(r)};
	uint8_t sort = read_byte(r);
	switch (sort) {
	case 0: out->type = read_u32(r); break;
	case 1: out->table = read_tabletype(r); break;
	case 2: out->memory.limits = read_limits(r); break;
	case 3: out->global = read_globaltype(r); break;
	case 4: out->type = read_tagtype(r); break;
	default: r->p--; malformed(r, "malformed-import-kind", "malformed import kind");
	}
	out->sort = sort;
}

static void
read_import(struct reader *r)
{
	struct core_import_def *i = vec_add(r->arena, &r->module->imports);
	i->at = read_at(r);
	i->module = read_name(r);
	i->name = read_name(r);
	read_externtype(r, &i->type);
	i->type.at = i->at;
	add_imported(r, &i->type);
}

static void
read_func(struct reader *r)
{
	struct core_func_def *f = vec_add(r->arena, &r->module->funcs);
	f->at = read_at(r);
	f->type = read_u32(r);
}

static void
read_table(struct reader *r)
{
	struct core_table_def *t = vec_add(r->arena, &r->module->tables);
	t->at = read_at(r);
	if (r->p < r->end && *r->p == 0x40) {
		r->p++;
		if (read_byte(r) != 0)
			malformed(r, "zero-byte-expected", "zero byte expected");
		t->type = read_tabletype(r);
		t->has_init = true;
		t->init = read_expr(r);
		return;
	}
	t->type = read_tabletype(r);
}

static void
read_memory(struct reader *r)
{
	struct core_mem_def *d = vec_add(r->arena, &r->module->mems);
	d->at = read_at(r);
	d->type.limits = read_limits(r);
}

static void
read_global(struct reader *r)
{
	struct core_global_def *g = vec_add(r->arena, &r->module->globals);
	g->at = read_at(r);
	g->type = read_globaltype(r);
	g->init = read_expr(r);
}

static void
read_tag(struct reader *r)
{
	struct core_tag_def *t = vec_add(r->arena, &r->module->tags);
	t->at = read_at(r);
	t->type = read_tagtype(r);
}

static void
read_export(struct reader *r)
{
	struct core_export_def *e = vec_add(r->arena, &r->module->exports);
	e->at = read_at(r);
	e->name = read_name(r);
	uint8_t sort = read_byte(r);
	if (sort >= CORE_SORT_COUNT) {
		r->p--;
		malformed(r, "malformed-export-kind", "malformed export kind");
	}
	e->sort = sort;
	e->index = read_u32(r);
}

/* A function index as the expression that it stands for. */
static struct core_expr
index_item(struct reader *r)
{
	struct core_instr *i = arena_array_of(r->arena, 2, struct core_instr);
	struct loc at = read_at(r);
	i[0].pos = i[1].pos = at.pos;
	i[0].op = CORE_OP_REF_FUNC;
	i[0].index = read_u32(r);
	i[1].op = CORE_OP_END;
	return (struct core_expr){at, i, 2};
}

static void
read_elem_head(struct reader *r, struct core_elem_def *e, uint32_t flags)
{
	if (flags & 1)
		e->mode = flags & 2 ? CORE_DECLARATIVE : CORE_PASSIVE;
	else
		e->mode = CORE_ACTIVE;
	if (e->mode == CORE_ACTIVE) {
		if (flags & 2)
			e->table = read_u32(r);
		e->offset = read_expr(r);
	}
	e->type = CORE_FUNCREF;
	e->type.nullable = flags & 4;
	if (!(flags & 3))
		return;
	if (flags & 4)
		e->type = read_reftype(r);
	else if (read_byte(r) != 0)
		malformed(r, "malformed-element-kind", "malformed element kind");
}

static void
read_elem(struct reader *r)
{
	struct core_elem_def *e = vec_add(r->arena, &r->module->elems);
	e->at = read_at(r);
	uint32_t flags = read_u32(r);
	if (flags > 7)
		malformed(r, "malformed-elements-segment-kind", "malformed elements segment kind");
	read_elem_head(r, e, flags);
	e->by_index = !(flags & 4);
	e->nitems = read_len(r);
	e->items = arena_array_of(r->arena, e->nitems, struct core_expr);
	for (uint32_t i = 0; i < e->nitems; i++)
		e->items[i] = e->by_index ? index_item(r) : read_expr(r);
}

static void
read_data(struct reader *r)
{
	struct core_data_def *d = vec_add(r->arena, &r->module->datas);
	d->at = read_at(r);
	uint32_t flags = read_u32(r);
	if (flags > 2)
		malformed(r, "malformed-data-segment-kind", "malformed data segment kind");
	d->mode = flags == 1 ? CORE_PASSIVE : CORE_ACTIVE;
	if (flags == 2)
		d->memory = read_u32(r);
	if (flags != 1)
		d->offset = read_expr(r);
	d->bytes = read_bytes(r, read_len(r));
}

static void
check_size(const struct reader *r, const uint8_t *start, uint32_t size)
{
	if (r->p != start + size)
		malformed(r, "section-size-mismatch", "section size mismatch");
}

/* It is read to see that it can be, and only its bytes are kept. */
static void
check_body(struct reader *r, struct core_func_def *f)
{
	struct core_bodies *room = r->room;
	struct arena *a = r->arena;
	const uint8_t *start = r->p;
	r->arena = room->parts;
	f->body = (struct core_expr){.at = read_at(r)};
	read_locals(r);
	read_instrs(r);
	f->bytes = (struct str){(const char *)start, (size_t)(r->p - start)};
	r->arena = a;
	if (arena_used(room->parts)) {
		arena_free(room->parts);
		room->parts = arena_child(room->arena);
	}
}

/* The bodies of the functions that are not imported. Whether there are as many is checked at
 * the end of the module. */
static void
read_code(struct reader *r, uint32_t n)
{
	struct core_module *m = r->module;
	uint32_t next = 0;
	while (next < m->funcs.len && m->funcs.data[next].imported)
		next++;
	for (uint32_t i = 0; i < n; i++) {
		struct core_func_def none,
			*f = next < m->funcs.len ? &m->funcs.data[next++] : &none;
		uint32_t size = read_len(r);
		const uint8_t *start = r->p;
		check_body(r, f);
		check_size(r, start, size);
	}
}

static void
read_vector(struct reader *r, void (*read_one)(struct reader *r))
{
	uint32_t n = read_len(r);
	for (uint32_t i = 0; i < n; i++)
		read_one(r);
}

static void
read_custom(struct reader *r, uint32_t size, uint8_t place)
{
	const uint8_t *start = r->p;
	struct core_custom c = {.at = read_at(r), .place = place};
	c.name = read_name(r);
	if ((size_t)(r->p - start) > size)
		malformed(r, "unexpected-end-of-section-or-function",
			"unexpected end of section or function");
	c.bytes = read_bytes(r, size - (uint32_t)(r->p - start));
	vec_push(r->arena, &r->module->customs, c);
}

struct progress {
	unsigned rank; /* of the last section, in the order in which they have to come */
	uint8_t place; /* its number */
	uint32_t bodies;
	bool has_data_count;
	uint32_t data_count;
};

static void
read_contents(struct reader *r, enum core_section id, struct progress *p)
{
	static void (*const vectors[CORE_SECTION_COUNT])(struct reader * r) = {
		[CORE_SECTION_TYPE] = read_type,
		[CORE_SECTION_IMPORT] = read_import,
		[CORE_SECTION_FUNC] = read_func,
		[CORE_SECTION_TABLE] = read_table,
		[CORE_SECTION_MEMORY] = read_memory,
		[CORE_SECTION_GLOBAL] = read_global,
		[CORE_SECTION_EXPORT] = read_export,
		[CORE_SECTION_ELEM] = read_elem,
		[CORE_SECTION_DATA] = read_data,
		[CORE_SECTION_TAG] = read_tag,
	};
	switch (id) {
	case CORE_SECTION_START:
		r->module->has_start = true;
		r->module->start_at = read_at(r);
		r->module->start = read_u32(r);
		break;
	case CORE_SECTION_DATA_COUNT:
		p->has_data_count = true;
		p->data_count = read_u32(r);
		break;
	case CORE_SECTION_CODE:
		p->bodies = read_len(r);
		read_code(r, p->bodies);
		break;
	default: read_vector(r, vectors[id]);
	}
}

/* From 1 on, in the order in which sections have to come. */
static unsigned
rank_of(uint8_t id)
{
	unsigned rank = 0;
	while (core_section_order[rank] && core_section_order[rank] != id)
		rank++;
	return rank + 1;
}

static void
read_section(struct reader *r, struct progress *p)
{
	uint8_t id = *r->p;
	if (id >= CORE_SECTION_COUNT)
		malformed(r, "malformed-section-id", "malformed section id");
	unsigned rank = rank_of(id);
	if (id != CORE_SECTION_CUSTOM && rank <= p->rank)
		malformed(r, "unexpected-content-after-last-section",
			"unexpected content after last section: section out of order");
	r->p++;
	uint32_t size = read_len(r);
	const uint8_t *start = r->p;
	if (id == CORE_SECTION_CUSTOM) {
		read_custom(r, size, p->place);
	} else {
		p->rank = rank;
		p->place = id;
		read_contents(r, id, p);
	}
	check_size(r, start, size);
}

/* What holds between sections. */
static void
check_counts(struct reader *r, const struct progress *p)
{
	const struct core_module *m = r->module;
	uint32_t defined = 0;
	for (uint32_t i = 0; i < m->funcs.len; i++)
		defined += !m->funcs.data[i].imported;
	if (defined != p->bodies)
		malformed(r, "function-and-code-section-have-inconsistent-lengths",
			"function and code section have inconsistent lengths");
	if (p->has_data_count && p->data_count != m->datas.len)
		malformed(r, "data-count-and-data-section-have-inconsistent-lengths",
			"data count and data section have inconsistent lengths");
	if (!p->has_data_count && r->uses_data)
		raise_error(ERR_MALFORMED, r->data_use, "data-count-section-required",
			"data count section required");
}

static void
read_header(struct reader *r)
{
	const uint8_t *start = r->p;
	if (read_bits(r, 4) != 0x6d736100) {
		r->p = start;
		malformed(r, "magic-header-not-detected", "magic header not detected");
	}
	uint64_t version = read_bits(r, 4);
	r->p = start + 4;
	if (version >> 16 == 1)
		malformed(r, "not-a-module",
			"expected a version header for a module, found one for a component");
	if (version != 1)
		malformed(r, "unknown-binary-version", "unknown binary version");
	r->p = start + 8;
}

struct core_module *
core_decode_part(struct arena *a, struct reader *outer)
{
	struct core_module *m = arena_new_of(a, struct core_module);
	struct reader r = *outer;
	struct progress p = {0};
	struct core_bodies room;
	struct arena *scratch = arena_child(a);
	core_bodies_init(&room, scratch);
	r.arena = a;
	r.module = m;
	r.room = &room;
	m->at = read_at(&r);
	read_header(&r);
	while (r.p < r.end)
		read_section(&r, &p);
	check_counts(&r, &p);
	m->has_data_count = r.uses_data;
	core_module_place_customs(a, m);
	for (uint32_t i = 0; i < m->customs.len; i++)
		if (str_is(m->customs.data[i].name, CORE_NAME_SECTION))
			core_names_read(a, m, m->customs.data[i].bytes);
	outer->p = r.p;
	arena_free(scratch);
	return m;
}

struct core_module *
core_decode(struct arena *a, struct str bytes, const struct source *src)
{
	struct reader r = reader_of(a, bytes, src);
	return core_decode_part(a, &r);
}
