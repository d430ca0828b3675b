/* name_section.c - see name_section.h. */
#include "core/name_section.h"

#include "base/error.h"
#include "core/reader.h"
#include "core/writer.h"

#define MODULE_NAME 0

/* A vector of definitions, each with a name: by the number of its subsection. */
struct names {
	uint8_t id;
	uint32_t n;
	void *defs;
	size_t offset, stride; /* of the name in a definition; from one definition to the next */
};

#define NAMES(id, v) \
	{ \
		id, m->v.len, m->v.data, offsetof(__typeof__(*m->v.data), name), sizeof *m->v.data \
	}
#define NAME_SORTS 7

static void
list_names(const struct core_module *m, struct names out[NAME_SORTS])
{
	struct names all[NAME_SORTS] = {NAMES(1, funcs), NAMES(5, tables), NAMES(6, mems),
		NAMES(7, globals), NAMES(8, elems), NAMES(9, datas), NAMES(11, tags)};
	memcpy(out, all, sizeof all);
}

static struct str *
name_at(const struct names *n, uint32_t i)
{
	return (struct str *)(void *)((char *)n->defs + i * n->stride + n->offset);
}

/* ---- reading ---- */

struct reading {
	struct core_module *m;
	struct str bytes;
};

static void
read_names(struct reader *r, const struct names *n)
{
	uint32_t count = read_len(r);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t index = read_u32(r);
		struct str name = read_name(r);
		if (index < n->n)
			*name_at(n, index) = name;
	}
}

static void
read_subsection(struct reader *r, struct core_module *m, uint8_t id)
{
	struct names all[NAME_SORTS];
	list_names(m, all);
	if (id == MODULE_NAME)
		m->name = read_name(r);
	for (int i = 0; i < NAME_SORTS; i++)
		if (all[i].id == id)
			read_names(r, &all[i]);
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
		read_subsection(&r, g->m, id);
		r.p = next;
		r.end = end;
	}
}

void
core_names_read(struct core_module *m, struct str bytes)
{
	struct reading g = {m, bytes};
	struct error ignored;
	protect(read_all, &g, &ignored);
}

/* ---- writing ---- */

static uint32_t
count_named(const struct names *n)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < n->n; i++)
		count += name_at(n, i)->len > 0;
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
write_names(struct strbuf *out, const struct names *n)
{
	uint32_t count = count_named(n);
	if (!count)
		return;
	write_byte(out, n->id);
	size_t mark = write_size_begin(out);
	write_u32(out, count);
	for (uint32_t i = 0; i < n->n; i++) {
		if (!name_at(n, i)->len)
			continue;
		write_u32(out, i);
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
