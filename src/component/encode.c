/* encode.c - components and their sections: Binary.md, "Component Definitions". Types are in
 * encode_types.c, other definitions in encode_defs.c. */
#include "component/encode.h"

#include "base/fiber.h"
#include "component/encode_parts.h"
#include "component/name_section.h"
#include "core/encode.h"

static void
write_def(struct strbuf *out, const struct comp_def *d)
{
	switch (d->kind) {
	case DEF_CORE_MODULE: core_encode(out, d->module); break;
	case DEF_CORE_INSTANCE: write_core_instance(out, &d->instance); break;
	case DEF_CORE_TYPE: write_core_deftype(out, d->core_type); break;
	case DEF_COMPONENT: component_encode(out, d->component); break;
	case DEF_INSTANCE: write_instance(out, &d->instance); break;
	case DEF_ALIAS: write_alias(out, &d->alias); break;
	case DEF_TYPE: write_deftype(out, d->type); break;
	case DEF_CANON: write_canon(out, &d->canon); break;
	case DEF_START: write_comp_start(out, &d->start); break;
	case DEF_IMPORT: write_comp_import(out, &d->import); break;
	case DEF_EXPORT: write_comp_export(out, &d->export); break;
	case DEF_VALUE: write_value(out, &d->value); break;
	}
}

static const struct {
	uint8_t id;
	bool one; /* the section is one definition, not a vector */
} sections[] = {
	[DEF_CORE_MODULE] = {1, true},
	[DEF_CORE_INSTANCE] = {2, false},
	[DEF_CORE_TYPE] = {3, false},
	[DEF_COMPONENT] = {4, true},
	[DEF_INSTANCE] = {5, false},
	[DEF_ALIAS] = {6, false},
	[DEF_TYPE] = {7, false},
	[DEF_CANON] = {8, false},
	[DEF_START] = {9, true},
	[DEF_IMPORT] = {10, false},
	[DEF_EXPORT] = {11, false},
	[DEF_VALUE] = {12, false},
};

/* How many definitions from the i-th on make up one section, which ends where `stop` is. */
static uint32_t
run_length(const struct component *c, uint32_t i, uint32_t stop)
{
	uint32_t n = 1;
	if (sections[c->defs.data[i].kind].one)
		return 1;
	while (i + n < stop && c->defs.data[i + n].kind == c->defs.data[i].kind)
		n++;
	return n;
}

static void
write_section(struct strbuf *out, const struct comp_def *defs, uint32_t n)
{
	write_byte(out, sections[defs->kind].id);
	size_t mark = write_size_begin(out);
	if (!sections[defs->kind].one)
		write_u32(out, n);
	for (uint32_t i = 0; i < n; i++)
		write_def(out, &defs[i]);
	write_size_end(out, mark);
}

static void
write_custom(struct strbuf *out, struct str name, struct str bytes)
{
	write_byte(out, 0);
	size_t mark = write_size_begin(out);
	write_name(out, name);
	strbuf_add(out, bytes.ptr, bytes.len);
	write_size_end(out, mark);
}

static void
write_names(struct strbuf *out, const struct component *c)
{
	for (uint32_t i = 0; i < c->customs.len; i++)
		if (str_is(c->customs.data[i].name, COMPONENT_NAME_SECTION))
			return;
	if (!name_section_needed(c))
		return;
	struct strbuf names = {.arena = out->arena};
	name_section_write(&names, c);
	write_custom(out, STR(COMPONENT_NAME_SECTION), strbuf_str(&names));
}

void
component_encode(struct strbuf *out, const struct component *c)
{
	uint32_t custom = 0;
	need_stack(c->at, "components");
	strbuf_add(out, "\0asm\x0d\0\1\0", 8);
	for (uint32_t i = 0, n; i < c->defs.len; i += n) {
		for (; custom < c->customs.len && c->customs.data[custom].place <= i; custom++)
			write_custom(
				out, c->customs.data[custom].name, c->customs.data[custom].bytes);
		uint32_t stop =
			custom < c->customs.len ? c->customs.data[custom].place : c->defs.len;
		n = run_length(c, i, stop);
		write_section(out, &c->defs.data[i], n);
	}
	for (; custom < c->customs.len; custom++)
		write_custom(out, c->customs.data[custom].name, c->customs.data[custom].bytes);
	write_names(out, c);
}
