/* decode.c - components and their sections: Binary.md, "Component Definitions" and "Name
 * Section". Types are in decode_types.c, other definitions in decode_defs.c. */
#include "component/decode.h"

#include "base/error.h"
#include "base/fiber.h"
#include "component/decode_parts.h"
#include "component/name_section.h"
#include "core/decode.h"

#define VERSION 0x0d

enum section {
	SECTION_CUSTOM,
	SECTION_CORE_MODULE,
	SECTION_CORE_INSTANCE,
	SECTION_CORE_TYPE,
	SECTION_COMPONENT,
	SECTION_INSTANCE,
	SECTION_ALIAS,
	SECTION_TYPE,
	SECTION_CANON,
	SECTION_START,
	SECTION_IMPORT,
	SECTION_EXPORT,
	SECTION_VALUE,
	SECTION_COUNT,
};

static struct component *read_component(struct reader *r);

static void
read_core_module(struct reader *r, struct comp_def *def)
{
	def->module = core_decode_part(r->arena, r);
}

static void
read_core_type(struct reader *r, struct comp_def *def)
{
	def->core_type = read_core_deftype(r);
}

static void
read_nested(struct reader *r, struct comp_def *def)
{
	def->component = read_component(r);
}

static void
read_type(struct reader *r, struct comp_def *def)
{
	def->type = read_deftype(r);
}

/* How a section becomes definitions: a vector of them, or one. */
static const struct {
	enum comp_def_kind kind;
	void (*read)(struct reader *r, struct comp_def *def);
	bool one;
} sections[SECTION_COUNT] = {
	[SECTION_CORE_MODULE] = {DEF_CORE_MODULE, read_core_module, true},
	[SECTION_CORE_INSTANCE] = {DEF_CORE_INSTANCE, read_core_instance, false},
	[SECTION_CORE_TYPE] = {DEF_CORE_TYPE, read_core_type, false},
	[SECTION_COMPONENT] = {DEF_COMPONENT, read_nested, true},
	[SECTION_INSTANCE] = {DEF_INSTANCE, read_instance, false},
	[SECTION_ALIAS] = {DEF_ALIAS, read_alias, false},
	[SECTION_TYPE] = {DEF_TYPE, read_type, false},
	[SECTION_CANON] = {DEF_CANON, read_canon, false},
	[SECTION_START] = {DEF_START, read_start, true},
	[SECTION_IMPORT] = {DEF_IMPORT, read_comp_import, false},
	[SECTION_EXPORT] = {DEF_EXPORT, read_comp_export, false},
	[SECTION_VALUE] = {DEF_VALUE, read_value, false},
};

static void
read_custom(struct reader *r, struct component *c)
{
	struct comp_custom custom = {.at = read_at(r), .place = c->defs.len};
	custom.name = read_name(r);
	custom.bytes = read_bytes(r, (uint32_t)(r->end - r->p));
	vec_push(r->arena, &c->customs, custom);
	if (str_is(custom.name, COMPONENT_NAME_SECTION))
		name_section_read(r->arena, c, custom.bytes);
}

static void
read_definitions(struct reader *r, struct component *c, enum section id)
{
	uint32_t n = sections[id].one ? 1 : read_len(r);
	for (uint32_t i = 0; i < n; i++) {
		struct comp_def def = {.kind = sections[id].kind, .at = read_at(r)};
		sections[id].read(r, &def);
		vec_push(r->arena, &c->defs, def);
	}
}

static void
read_section(struct reader *r, struct component *c)
{
	const uint8_t *end = r->end;
	uint8_t id = *r->p;
	if (id >= SECTION_COUNT)
		malformed(r, "malformed-section-id", "malformed section id");
	r->p++;
	struct loc size_at = read_at(r);
	uint32_t size = read_u32(r);
	if (size > (size_t)(end - r->p))
		raise_error(ERR_MALFORMED, size_at, "unexpected-end-of-section-or-function",
			"unexpected end-of-file: a section of %u bytes, with %zu left", size,
			(size_t)(end - r->p));
	r->end = r->p + size;
	if (id == SECTION_CUSTOM)
		read_custom(r, c);
	else
		read_definitions(r, c, id);
	if (r->p != r->end)
		malformed(r, "section-size-mismatch",
			"section size mismatch: more bytes than the section's contents need");
	r->end = end;
}

static void
read_preamble(struct reader *r)
{
	const uint8_t *start = r->p;
	if (read_bits(r, 4) != 0x6d736100) {
		r->p = start;
		malformed(r, "magic-header-not-detected", "magic header not detected");
	}
	uint64_t version = read_bits(r, 2), layer = read_bits(r, 2);
	r->p = start + 4;
	if (layer == 0 && version == 1)
		malformed(r, "not-a-component",
			"expected a version header for a component, found one for a module");
	if (version != VERSION || layer != 1)
		malformed(r, "unknown-binary-version", "unknown binary version");
	r->p = start + 8;
}

/* Up to the reader's end. */
static struct component *
read_component(struct reader *r)
{
	struct component *c = arena_new_of(r->arena, struct component);
	need_stack(read_at(r), "components");
	c->at = read_at(r);
	read_preamble(r);
	while (r->p < r->end)
		read_section(r, c);
	return c;
}

bool
component_is_binary(struct str bytes)
{
	return bytes.len >= 8 && !memcmp(bytes.ptr, "\0asm", 4) && bytes.ptr[6] == 1;
}

struct component *
component_decode(struct arena *a, struct str bytes, const struct source *src)
{
	struct reader r = reader_of(a, bytes, src);
	return read_component(&r);
}
