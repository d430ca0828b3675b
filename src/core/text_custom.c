/* text_custom.c - custom sections in the core text format: core specification, appendix "Custom
 * Sections and Annotations", "Custom Annotations". */
#include "core/text_parse.h"

/* Sections by the words of the text format, in the order of the binary format; `id` is the number
 * there. */
static const struct {
	const char *word;
	uint8_t id;
} sections[] = {
	{"first", 0},
	{"type", 1},
	{"import", 2},
	{"func", 3},
	{"table", 4},
	{"memory", 5},
	{"tag", 13},
	{"global", 6},
	{"export", 7},
	{"start", 8},
	{"elem", 9},
	{"datacount", 12},
	{"code", 10},
	{"data", 11},
	{"last", 11},
};

#define COUNT (sizeof sections / sizeof *sections)

/* (before <section>) or (after <section>): the section that it stands behind. */
static uint8_t
parse_place(struct cursor *c)
{
	bool before = at_list_of(c, "before");
	struct cursor in = take_list_of(c, before ? "before" : "after");
	for (size_t i = 0; i < COUNT; i++) {
		if (!take_keyword(&in, sections[i].word))
			continue;
		expect_end(&in);
		return before && i ? sections[i - 1].id : sections[i].id;
	}
	unexpected(&in, "a section");
}

void
parse_custom(struct core_parser *p, const struct sexpr_note *note)
{
	struct cursor c = cursor_from(note->list, 0);
	struct core_custom custom = {.at = note->list->at, .place = 11};
	custom.name = take_name(&c);
	if (at_list(&c))
		custom.place = parse_place(&c);
	custom.bytes = take_bytes(p->arena, &c);
	vec_push(p->arena, &p->m->customs, custom);
}
