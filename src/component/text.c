/* text.c - components in the text format: fields, start functions and nested components.
 * Explainer.md, "Component Definitions" and "Start Definitions".
 *
 * The other definitions have a file each: text_types, text_decls, text_core, text_instance,
 * text_canon, text_value. All sugar is expanded while parsing; see text_names.h for how
 * definitions get their order. */
#include "component/text.h"
#include "component/text_parse.h"

#include "core/text.h"
#include "text/bidi.h"

static void parse_fields(struct comp_parser *p, struct cursor *c, struct component *body);

/* ---- fields ---- */

static void
parse_core_module_field(struct comp_parser *p, struct cursor *c, struct loc at)
{
	uint32_t index;
	struct str id = take_id(c);
	struct comp_names exports = {0};
	struct comp_name import;
	if (parse_inline_names(p, c, &exports, &import)) {
		index = emit_inline_import(p, c, &import, SORT_CORE_MODULE, id, at);
	} else if (!parse_inverted_alias(p, c, SORT_CORE_MODULE, id, &index)) {
		struct comp_def def = {.kind = DEF_CORE_MODULE, .at = at};
		def.module = parse_core_module(p, c, id, at);
		index = emit_def(p, pending_mark(p), &def, id);
	}
	expect_end(c);
	add_inline_exports(p, &exports, SORT_CORE_MODULE, index, at);
}

static void
parse_component_field(struct comp_parser *p, struct cursor *c, struct loc at)
{
	uint32_t index;
	struct str id = take_id(c);
	struct comp_names exports = {0};
	struct comp_name import;
	if (parse_inline_names(p, c, &exports, &import)) {
		index = emit_inline_import(p, c, &import, SORT_COMPONENT, id, at);
	} else if (!parse_inverted_alias(p, c, SORT_COMPONENT, id, &index)) {
		struct comp_def def = {.kind = DEF_COMPONENT, .at = at};
		def.component = arena_new_of(p->arena, struct component);
		*def.component = (struct component){.at = at, .id = id};
		parse_fields(p, c, def.component);
		index = emit_def(p, pending_mark(p), &def, id);
	}
	expect_end(c);
	add_inline_exports(p, &exports, SORT_COMPONENT, index, at);
}

/* (start <func> (value <idx>)* (result (value $id?))*) */
static void
parse_start_field(struct comp_parser *p, struct cursor *c, struct loc at)
{
	uint32_t mark = pending_mark(p);
	struct comp_def def = {.kind = DEF_START, .at = at};
	struct comp_start *start = &def.start;
	parse_idx(p, c, SORT_FUNC, &start->func);
	vec_reserve(p->arena, &start->args, items_left(c));
	while (at_list_of(c, "value")) {
		struct comp_ref *arg = vec_add(p->arena, &start->args);
		parse_sortidx(p, c, SORT_VALUE, arg);
	}
	struct cursor results = *c;
	for (; !at_end(c); start->results++)
		take_list_of(c, "result");
	uint32_t first = emit_def(p, mark, &def, NO_ID);
	for (uint32_t i = 0; i < start->results; i++) {
		struct cursor in = take_list_of(&results, "result");
		struct cursor value = take_list_of(&in, "value");
		struct loc id_at = here(&value);
		name_bind(p, SORT_VALUE, first + i, take_id(&value), id_at);
		expect_end(&value);
		expect_end(&in);
	}
}

/* A core sort that is defined by an alias alone. */
static void
parse_core_alias_only(struct comp_parser *p, struct cursor *c, enum comp_sort sort)
{
	uint32_t index;
	struct str id = take_id(c);
	if (!parse_inverted_alias(p, c, sort, id, &index))
		unexpected(c, "an alias");
	expect_end(c);
}

static void
parse_core_field(struct comp_parser *p, struct cursor *c, struct loc at)
{
	if (at_keyword(c, "type") || at_keyword(c, "rec"))
		parse_core_type_field(p, c, at);
	else if (take_keyword(c, "module"))
		parse_core_module_field(p, c, at);
	else if (take_keyword(c, "instance"))
		parse_core_instance_field(p, c, at);
	else if (take_keyword(c, "func"))
		parse_core_func_field(p, c, at);
	else
		parse_core_alias_only(p, c, parse_sort(c, true));
}

static const struct {
	const char *keyword;
	void (*parse)(struct comp_parser *p, struct cursor *c, struct loc at);
} fields[] = {
	{"core", parse_core_field},
	{"component", parse_component_field},
	{"instance", parse_instance_field},
	{"alias", parse_alias_field},
	{"type", parse_type_field},
	{"canon", parse_canon_field},
	{"func", parse_func_field},
	{"start", parse_start_field},
	{"import", parse_import_field},
	{"export", parse_export_field},
	{"value", parse_value_field},
};

static void
parse_field(struct comp_parser *p, struct cursor *c)
{
	struct loc at = here(c);
	struct cursor in = take_list(c, "a field of a component");
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		if (take_keyword(&in, fields[i].keyword)) {
			fields[i].parse(p, &in, at);
			return;
		}
	}
	unexpected(&in, "a field of a component");
}

static void
emit_inline_exports(struct comp_parser *p)
{
	struct scope *s = p->scope;
	for (uint32_t i = 0; i < s->exports.len; i++) {
		struct comp_def def = {.kind = DEF_EXPORT, .at = s->exports.data[i].ref.at};
		def.export.name = s->exports.data[i].name;
		def.export.ref = s->exports.data[i].ref;
		emit_def(p, pending_mark(p), &def, NO_ID);
	}
}

/* (@custom "name" "bytes"*), before what is to be defined next. */
static void
add_custom(struct comp_parser *p, const struct sexpr *list, struct component *body)
{
	struct cursor c = cursor_from(list, 0);
	struct comp_custom custom = {.at = list->at, .place = body->defs.len};
	custom.name = take_name(&c);
	custom.bytes = take_bytes(p->arena, &c);
	vec_push(p->arena, &body->customs, custom);
}

static void
parse_fields(struct comp_parser *p, struct cursor *c, struct component *body)
{
	const struct sexpr_note *note = c->list ? c->list->notes : NULL;
	scope_push(p, body, body->id);
	for (;; parse_field(p, c)) {
		for (; note && note->before <= c->pos; note = note->next)
			if (note->kind == NOTE_CUSTOM)
				add_custom(p, note->list, body);
		if (at_end(c))
			break;
	}
	emit_inline_exports(p);
	scope_pop(p);
}

/* ---- entry points ---- */

static struct component *
parse_component(struct arena *a, struct cursor *c, struct str id,
	const struct component_text_options *options)
{
	struct comp_parser p = {.arena = a};
	struct loc at = c->list->at;
	bidi_refuse(at.src, at.pos, c->list->end);
	if (options)
		p.old_indices = options->old_indices;
	struct component *body = arena_new_of(a, struct component);
	*body = (struct component){.at = at, .id = id};
	parse_fields(&p, c, body);
	return body;
}

struct component *
component_parse_fields(struct arena *a, const struct sexpr *list, uint32_t n, struct str id,
	const struct component_text_options *options)
{
	struct cursor c = cursor_from(list, n);
	return parse_component(a, &c, id, options);
}

struct component *
component_parse(struct arena *a, const struct sexpr *list)
{
	struct cursor c = cursor_from(list, 0);
	if (!take_keyword(&c, "component"))
		unexpected(&c, "`component`");
	struct str id = take_id(&c);
	return parse_component(a, &c, id, NULL);
}
