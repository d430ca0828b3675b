/* text_custom.c - custom sections in the core text format: core specification, appendix "Custom
 * Sections and Annotations", "Custom Annotations". */
#include "core/text_parse.h"

/* Sections by the words of the text format; and the start and the end. */
static const char *const words[CORE_SECTION_COUNT] = {
	[CORE_SECTION_CUSTOM] = "first",
	[CORE_SECTION_TYPE] = "type",
	[CORE_SECTION_IMPORT] = "import",
	[CORE_SECTION_FUNC] = "func",
	[CORE_SECTION_TABLE] = "table",
	[CORE_SECTION_MEMORY] = "memory",
	[CORE_SECTION_TAG] = "tag",
	[CORE_SECTION_GLOBAL] = "global",
	[CORE_SECTION_EXPORT] = "export",
	[CORE_SECTION_START] = "start",
	[CORE_SECTION_ELEM] = "elem",
	[CORE_SECTION_DATA_COUNT] = "datacount",
	[CORE_SECTION_CODE] = "code",
	[CORE_SECTION_DATA] = "data",
};

const char *
core_section_word(enum core_section section)
{
	return words[section];
}

/* (before <section>) or (after <section>): the section that it stands behind. */
static uint8_t
parse_place(struct cursor *c)
{
	bool before = at_list_of(c, "before");
	struct cursor in = take_list_of(c, before ? "before" : "after");
	enum core_section section = CORE_SECTION_CUSTOM;
	if (take_keyword(&in, "last")) {
		expect_end(&in);
		return CORE_SECTION_DATA;
	}
	while (section < CORE_SECTION_COUNT && !take_keyword(&in, words[section]))
		section++;
	if (section == CORE_SECTION_COUNT)
		unexpected(&in, "a section");
	expect_end(&in);
	return before ? core_section_before(section) : section;
}

void
parse_custom(struct core_parser *p, const struct sexpr_note *note)
{
	struct cursor c = cursor_from(note->list, 0);
	struct core_custom custom = {.at = note->list->at, .place = CORE_SECTION_DATA};
	custom.name = take_name(&c);
	if (at_list(&c))
		custom.place = parse_place(&c);
	custom.bytes = take_bytes(p->arena, &c);
	vec_push(p->arena, &p->m->customs, custom);
}
