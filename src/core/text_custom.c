/* text_custom.c - annotations in the core text format: core specification, appendix "Custom Sections
 * and Annotations", "Custom Annotations" and "Name Annotations". */
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

/* What is before the first section and behind the last: orders of their own. */
#define ORDER_FIRST 0
#define ORDER_LAST  (CORE_CUSTOM_ORDERS - 1)

/* Where a section stands among all that there can be, from 1 on. */
static uint8_t
order_of(enum core_section section, bool before)
{
	uint8_t n = 0;
	while (core_section_order[n] != section)
		n++;
	return (uint8_t)(1 + 2 * n + !before);
}

/* (before <section>) or (after <section>). */
static void
parse_place(struct cursor *c, struct core_custom *custom)
{
	bool before = at_list_of(c, "before");
	if (!before && !at_list_of(c, "after"))
		raise_error(ERR_MALFORMED, here(c), "custom-placement",
			"malformed placement in an annotation");
	struct cursor in = take_list_of(c, before ? "before" : "after");
	enum core_section section = CORE_SECTION_CUSTOM;
	while (section < CORE_SECTION_COUNT && !take_keyword(&in, words[section]))
		section++;
	if (section == CORE_SECTION_COUNT && !take_keyword(&in, "last"))
		raise_error(ERR_MALFORMED, here(&in), "custom-section-kind",
			"malformed section kind in an annotation");
	expect_end(&in);
	if (section == CORE_SECTION_COUNT)
		return;
	if (section == CORE_SECTION_CUSTOM)
		custom->order = ORDER_FIRST;
	else
		custom->order = order_of(section, before);
	custom->place = (uint8_t)(before ? core_section_before(section) : section);
}

/* ---- where they stand ---- */

/* What may be named, with what has to stand behind the name: one item, or anything. */
static const struct {
	const char *keyword;
	bool one;
} named[] = {
	{"func", false},
	{"table", false},
	{"memory", false},
	{"global", false},
	{"tag", false},
	{"type", false},
	{"elem", false},
	{"data", false},
	{"param", true},
	{"local", true},
	{"field", true},
};

/* Whether a name annotation before this item of a list is where the list's $id is, or behind it. */
static bool
is_binding(const struct sexpr *list, uint32_t before)
{
	bool has_id = list->len > 1 && is_id(&list->items[1]);
	if (before != (has_id ? 2 : 1) || !is_keyword(&list->items[0]))
		return false;
	for (size_t i = 0; i < sizeof named / sizeof *named; i++)
		if (str_is(list->items[0].text, named[i].keyword))
			return !named[i].one || list->len == before + 1;
	return false;
}

NORETURN static void
misplaced(const struct sexpr_note *note)
{
	raise_error(ERR_MALFORMED, note->list->at, "misplaced-annotation",
		"misplaced @%s annotation", note->kind == NOTE_NAME ? "name" : "custom");
}

/* The name of an annotation, which is the only one at its place. */
static struct str
name_of_note(const struct sexpr_note *note)
{
	struct cursor c = cursor_from(note->list, 0);
	struct str name = take_name(&c);
	expect_end(&c);
	for (const struct sexpr_note *n = note->next; n && n->before == note->before; n = n->next)
		if (n->kind == NOTE_NAME)
			raise_error(ERR_MALFORMED, n->list->at, "several-names",
				"@name annotation: multiple names of one thing");
	return name;
}

/* Those in the fields of a module; the lists nest as deep as the reader lets them. */
static void
check_notes(const struct sexpr *list)
{
	for (const struct sexpr_note *n = list->notes; n; n = n->next) {
		if (n->kind != NOTE_NAME || !is_binding(list, n->before))
			misplaced(n);
		name_of_note(n);
	}
	for (uint32_t i = 0; i < list->len; i++)
		if (list->items[i].has_notes)
			check_notes(&list->items[i]);
}

void
parse_module_notes(struct core_parser *p, const struct cursor *c)
{
	const struct sexpr *list = c->list;
	for (const struct sexpr_note *n = list->notes; n; n = n->next) {
		if (n->kind != NOTE_NAME)
			continue;
		if (!c->pos || n->before != c->pos)
			misplaced(n);
		p->m->name = name_of_note(n);
	}
	for (uint32_t i = c->pos; i < list->len; i++)
		if (list->items[i].has_notes)
			check_notes(&list->items[i]);
}

struct str
take_binder(struct cursor *c)
{
	struct str name = take_id(c);
	for (const struct sexpr_note *n = c->list ? c->list->notes : NULL; n; n = n->next)
		if (n->kind == NOTE_NAME && n->before == c->pos)
			return name_of_note(n);
	return name;
}

/* ---- custom sections ---- */

void
parse_custom(struct core_parser *p, const struct sexpr_note *note)
{
	struct cursor c = cursor_from(note->list, 0);
	struct core_custom custom = {
		.at = note->list->at, .place = CORE_SECTION_DATA, .order = ORDER_LAST};
	if (!at_string(&c))
		raise_error(ERR_MALFORMED, here(&c), "custom-section-name",
			"missing section name in an annotation");
	custom.name = take_name(&c);
	if (at_list(&c))
		parse_place(&c, &custom);
	custom.bytes = take_bytes(p->arena, &c);
	vec_push(p->arena, &p->m->customs, custom);
}
