/* name_section.c - see name_section.h. */
#include "component/name_section.h"

#include "base/error.h"
#include "component/codes.h"
#include "core/reader.h"
#include "core/writer.h"

#define COMPONENT_NAME 0
#define SORT_NAMES     1

/* ---- reading ---- */

struct reading {
	struct arena *arena;
	struct component *c;
	struct str bytes;
};

static void
read_sort_names(struct reader *r, struct component *c)
{
	struct sort_code code = read_sort_code(r);
	enum comp_sort sort = sort_of_code(code);
	uint32_t n = read_len(r);
	for (uint32_t i = 0; i < n && sort != SORT_COUNT; i++) {
		struct comp_id id = {.sort = sort};
		id.index = read_u32(r);
		id.name = read_name(r);
		if (id.name.len)
			vec_push(r->arena, &c->ids, id);
	}
}

static void
read_all(void *env)
{
	struct reading *g = env;
	struct reader r = reader_of(g->arena, g->bytes, NULL);
	const uint8_t *end = r.end;
	while (r.p < end) {
		uint8_t id = read_byte(&r);
		uint32_t size = read_len(&r);
		const uint8_t *next = size < (size_t)(end - r.p) ? r.p + size : end;
		r.end = next;
		if (id == COMPONENT_NAME)
			g->c->id = read_name(&r);
		else if (id == SORT_NAMES)
			read_sort_names(&r, g->c);
		r.p = next;
		r.end = end;
	}
}

void
name_section_read(struct arena *a, struct component *c, struct str bytes)
{
	struct reading g = {a, c, bytes};
	struct error ignored;
	protect(read_all, &g, &ignored);
}

/* ---- writing ---- */

static void
write_sort_names(struct strbuf *out, const struct component *c, enum comp_sort sort)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < c->ids.len; i++)
		n += c->ids.data[i].sort == sort;
	if (!n)
		return;
	write_byte(out, SORT_NAMES);
	size_t mark = write_size_begin(out);
	write_sort_code(out, sort);
	write_u32(out, n);
	for (uint32_t i = 0; i < c->ids.len; i++) {
		if (c->ids.data[i].sort != sort)
			continue;
		write_u32(out, c->ids.data[i].index);
		write_name(out, c->ids.data[i].name);
	}
	write_size_end(out, mark);
}

void
name_section_write(struct strbuf *out, const struct component *c)
{
	if (c->id.len) {
		write_byte(out, COMPONENT_NAME);
		size_t mark = write_size_begin(out);
		write_name(out, c->id);
		write_size_end(out, mark);
	}
	for (int sort = 0; sort < SORT_COUNT; sort++)
		write_sort_names(out, c, (enum comp_sort)sort);
}

bool
name_section_needed(const struct component *c)
{
	return c->id.len || c->ids.len;
}
