/* text.c - modules in the core text format: the two passes over the fields, and types.
 * Core specification, "Text Format", "Modules".
 */
#include "core/text_parse.h"

/* ---- first pass: indices and names ---- */

static const struct {
	const char *keyword;
	enum space space;
	const char *after; /* reason when an import follows */
	const char *message;
} entities[] = {
	{"func", (enum space)CORE_SORT_FUNC, "import-after-function", "import after function"},
	{"table", (enum space)CORE_SORT_TABLE, "import-after-table", "import after table"},
	{"memory", (enum space)CORE_SORT_MEMORY, "import-after-memory", "import after memory"},
	{"global", (enum space)CORE_SORT_GLOBAL, "import-after-global", "import after global"},
	{"tag", (enum space)CORE_SORT_TAG, "import-after-tag", "import after tag"},
};

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void
check_import_order(const struct core_parser *p, struct loc at)
{
	if (p->defined)
		raise_error(ERR_MALFORMED, at, entities[p->defined - 1].after, "%s",
			entities[p->defined - 1].message);
}

static bool
is_inline_import(struct cursor c)
{
	while (at_list_of(&c, "export"))
		take_item(&c);
	return at_list_of(&c, "import");
}

/* The (elem ...) or (data ...) in a table or memory: a segment without a name. */
static void
declare_inline_segment(struct core_parser *p, struct cursor c)
{
	while (!at_end(&c) && !at_list_of(&c, "elem") && !at_list_of(&c, "data"))
		take_item(&c);
	if (!at_end(&c))
		declare_name(p, at_list_of(&c, "elem") ? SPACE_ELEM : SPACE_DATA, NO_ID, here(&c));
}

static bool
declare_entity(struct core_parser *p, struct cursor *c, struct loc at)
{
	for (uint32_t i = 0; i < COUNT(entities); i++) {
		if (!take_keyword(c, entities[i].keyword))
			continue;
		struct loc name_at = here(c);
		declare_name(p, entities[i].space, take_id(c), name_at);
		if (is_inline_import(*c))
			check_import_order(p, at);
		else if (!p->defined)
			p->defined = i + 1;
		if (entities[i].space == (enum space)CORE_SORT_TABLE ||
			entities[i].space == (enum space)CORE_SORT_MEMORY)
			declare_inline_segment(p, *c);
		return true;
	}
	return false;
}

static void
declare_import(struct core_parser *p, struct cursor *c, struct loc at)
{
	check_import_order(p, at);
	take_name(c);
	take_name(c);
	struct cursor in = take_list(c, "a type of an import");
	for (uint32_t i = 0; i < COUNT(entities); i++) {
		if (!take_keyword(&in, entities[i].keyword))
			continue;
		struct loc name_at = here(&in);
		declare_name(p, entities[i].space, take_id(&in), name_at);
		return;
	}
	core_unexpected(&in, "`func`, `table`, `memory`, `global` or `tag`");
}

static void
declare_type(struct core_parser *p, struct cursor *c)
{
	struct loc at = here(c);
	declare_name(p, SPACE_TYPE, take_id(c), at);
}

static void
declare_field(struct core_parser *p, struct cursor *c)
{
	struct loc at = here(c);
	struct cursor in = take_list(c, "a field of a module");
	struct loc name_at;
	if (declare_entity(p, &in, at))
		return;
	if (take_keyword(&in, "import")) {
		declare_import(p, &in, at);
	} else if (take_keyword(&in, "type")) {
		declare_type(p, &in);
	} else if (take_keyword(&in, "rec")) {
		while (!at_end(&in)) {
			struct cursor type = take_list_of(&in, "type");
			declare_type(p, &type);
		}
	} else if (take_keyword(&in, "elem")) {
		name_at = here(&in);
		declare_name(p, SPACE_ELEM, take_id(&in), name_at);
	} else if (take_keyword(&in, "data")) {
		name_at = here(&in);
		declare_name(p, SPACE_DATA, take_id(&in), name_at);
	} else if (!at_keyword(&in, "export") && !at_keyword(&in, "start")) {
		core_unexpected(&in, "a field of a module");
	}
}

/* ---- second pass ---- */

static void
add_type(struct core_parser *p, struct cursor *c)
{
	struct core_subtype t;
	struct core_type_names names = p->type_names;
	names.fields = vec_add(p->arena, &p->fields);
	names.fields->arena = p->arena;
	struct str name = take_binder(c);
	core_parse_subtype(&names, c, &t);
	t.name = name;
	vec_push(p->arena, &p->m->types, t);
}

/* Types come before everything else, so that those written in place find them. */
static void
parse_types(struct core_parser *p, struct cursor *c)
{
	struct cursor in = take_list(c, "a field of a module");
	bool rec = at_keyword(&in, "rec");
	if (!rec && !at_keyword(&in, "type"))
		return;
	take_item(&in);
	if (rec && at_end(&in))
		return;
	vec_push(p->arena, &p->m->rec_starts, p->m->types.len);
	if (!rec) {
		add_type(p, &in);
		note_functype(p, p->m->types.len - 1);
		return;
	}
	while (!at_end(&in)) {
		struct cursor type = take_list_of(&in, "type");
		add_type(p, &type);
	}
}

static const struct {
	const char *keyword;
	void (*parse)(struct core_parser *p, struct cursor *c, struct loc at);
} fields[] = {
	{"func", parse_func},
	{"table", parse_table},
	{"memory", parse_memory},
	{"global", parse_global},
	{"tag", parse_tag},
	{"import", parse_import},
	{"export", parse_export},
	{"start", parse_start},
	{"elem", parse_elem},
	{"data", parse_data},
};

static void
parse_field(struct core_parser *p, struct cursor *c)
{
	struct loc at = here(c);
	struct cursor in = take_list(c, "a field of a module");
	for (size_t i = 0; i < COUNT(fields); i++) {
		if (take_keyword(&in, fields[i].keyword)) {
			fields[i].parse(p, &in, at);
			return;
		}
	}
}

static uint32_t
resolve_type(void *env, const struct sexpr *idx)
{
	return resolve_name(env, SPACE_TYPE, idx);
}

struct core_module *
core_parse_fields(struct arena *a, struct cursor *c, struct str name, struct loc at)
{
	struct core_parser p = {.arena = a, .type_names = {a, resolve_type, &p, NULL}};
	p.m = arena_new_of(a, struct core_module);
	p.m->at = at;
	p.m->name = name;
	if (c->list)
		parse_module_notes(&p, c);
	for (int i = 0; i < SPACE_COUNT; i++)
		p.names[i].arena = a;
	p.functypes.arena = a;
	for (struct cursor i = *c; !at_end(&i);)
		declare_field(&p, &i);
	for (struct cursor i = *c; !at_end(&i);)
		parse_types(&p, &i);
	for (const struct sexpr_note *n = c->list ? c->list->notes : NULL; n; n = n->next)
		if (n->kind == NOTE_CUSTOM)
			parse_custom(&p, n);
	while (!at_end(c))
		parse_field(&p, c);
	core_module_place_customs(a, p.m);
	return p.m;
}

struct core_module *
core_parse_module(struct arena *a, const struct sexpr *list)
{
	struct cursor c = cursor_from(list, 0);
	if (!take_keyword(&c, "module"))
		unexpected(&c, "`module`");
	struct str name = take_id(&c);
	return core_parse_fields(a, &c, name, list->at);
}
