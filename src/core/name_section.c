/* name_section.c - see name_section.h. */
#include "core/name_section.h"

#include "base/error.h"
#include "core/reader.h"
#include "core/writer.h"

#define MODULE_NAME 0

/* A vector of definitions, each with a name or with the names of its parts: by the number of its
 * subsection. */
struct names {
	uint8_t id;
	bool of_parts;
	uint32_t n;
	void *defs;
	size_t offset,
		stride; /* of what is named in a definition; from one definition to the next */
};

#define NAMES(id, of_parts, v, member) \
	{ \
		id, of_parts, m->v.len, m->v.data, offsetof(__typeof__(*m->v.data), member), \
			sizeof *m->v.data \
	}
#define NAME_SORTS 11

static void
list_names(const struct core_module *m, struct names out[NAME_SORTS])
{
	struct names all[NAME_SORTS] = {NAMES(1, false, funcs, name),
		NAMES(2, true, funcs, local_names), NAMES(3, true, funcs, label_names),
		NAMES(4, false, types, name), NAMES(5, false, tables, name),
		NAMES(6, false, mems, name), NAMES(7, false, globals, name),
		NAMES(8, false, elems, name), NAMES(9, false, datas, name),
		NAMES(10, true, types, field_names), NAMES(11, false, tags, name)};
	memcpy(out, all, sizeof all);
}

static void *
member_at(const struct names *n, uint32_t i)
{
	return (char *)n->defs + i * n->stride + n->offset;
}

static struct str *
name_at(const struct names *n, uint32_t i)
{
	return member_at(n, i);
}

static struct core_names *
parts_at(const struct names *n, uint32_t i)
{
	return member_at(n, i);
}

/* ---- reading ---- */

struct reading {
	struct arena *arena;
	struct core_module *m;
	struct str bytes;
};

static void
read_parts(struct arena *a, struct reader *r, struct core_names *out)
{
	uint32_t count = read_len(r);
	for (uint32_t i = 0; i < count; i++) {
		struct core_name part = {.index = read_u32(r)};
		part.name = read_name(r);
		if (out)
			vec_push(a, out, part);
	}
}

static void
read_names(struct arena *a, struct reader *r, const struct names *n)
{
	uint32_t count = read_len(r);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t index = read_u32(r);
		if (n->of_parts) {
			read_parts(a, r, index < n->n ? parts_at(n, index) : NULL);
			continue;
		}
		struct str name = read_name(r);
		if (index < n->n)
			*name_at(n, index) = name;
	}
}

static void
read_subsection(struct arena *a, struct reader *r, struct core_module *m, uint8_t id)
{
	struct names all[NAME_SORTS];
	list_names(m, all);
	if (id == MODULE_NAME)
		m->name = read_name(r);
	for (int i = 0; i < NAME_SORTS; i++)
		if (all[i].id == id)
			read_names(a, r, &all[i]);
}

static void
read_all(void *env)
{
	struct reading *g = env;
	struct reader r = reader_of(NULL, g->bytes, NULL);
	const uint8_t *end = r.end;
	while (r.p < end) {
		uint8_t id = read_byte(&r);
		uint32_t size = read_len(&r);
		r.end = r.p + (size < (size_t)(end - r.p) ? size : (size_t)(end - r.p));
		const uint8_t *next = r.end;
		read_subsection(g->arena, &r, g->m, id);
		r.p = next;
		r.end = end;
	}
}

void
core_names_read(struct arena *a, struct core_module *m, struct str bytes)
{
	struct reading g = {a, m, bytes};
	struct error ignored;
	protect(read_all, &g, &ignored);
}

/* ---- writing ---- */

static bool
is_named(const struct names *n, uint32_t i)
{
	return n->of_parts ? parts_at(n, i)->len > 0 : name_at(n, i)->len > 0;
}

static uint32_t
count_named(const struct names *n)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < n->n; i++)
		count += is_named(n, i);
	return count;
}

bool
core_names_needed(const struct core_module *m)
{
	struct names all[NAME_SORTS];
	bool any = m->name.len > 0;
	list_names(m, all);
	for (int i = 0; i < NAME_SORTS; i++)
		any = any || count_named(&all[i]);
	return any;
}

static void
write_parts(struct strbuf *out, const struct core_names *parts)
{
	write_u32(out, parts->len);
	for (uint32_t i = 0; i < parts->len; i++) {
		write_u32(out, parts->data[i].index);
		write_name(out, parts->data[i].name);
	}
}

static void
write_names(struct strbuf *out, const struct names *n)
{
	uint32_t count = count_named(n);
	if (!count)
		return;
	write_byte(out, n->id);
	size_t mark = write_size_begin(out);
	write_u32(out, count);
	for (uint32_t i = 0; i < n->n; i++) {
		if (!is_named(n, i))
			continue;
		write_u32(out, i);
		if (n->of_parts)
			write_parts(out, parts_at(n, i));
		else
			write_name(out, *name_at(n, i));
	}
	write_size_end(out, mark);
}

void
core_names_write(struct strbuf *out, const struct core_module *m)
{
	struct names all[NAME_SORTS];
	list_names(m, all);
	if (m->name.len) {
		write_byte(out, MODULE_NAME);
		size_t mark = write_size_begin(out);
		write_name(out, m->name);
		write_size_end(out, mark);
	}
	for (int i = 0; i < NAME_SORTS; i++)
		write_names(out, &all[i]);
}
