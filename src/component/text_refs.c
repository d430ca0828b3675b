/* text_refs.c - the small words of the component text format: references to definitions,
 * names of imports and exports with their attributes, inline imports and exports.
 * Explainer.md, "Index Spaces" and "Import and Export Definitions".
 *
 * References are not resolved here but noted, see text_names.h. */
#include "component/text_parse.h"

/* ---- sorts ---- */

static const struct {
	const char *keyword;
	enum comp_sort sort;
} core_sorts[] =
	{
		{"func", SORT_CORE_FUNC},
		{"table", SORT_CORE_TABLE},
		{"memory", SORT_CORE_MEMORY},
		{"global", SORT_CORE_GLOBAL},
		{"tag", SORT_CORE_TAG},
		{"type", SORT_CORE_TYPE},
		{"module", SORT_CORE_MODULE},
		{"instance", SORT_CORE_INSTANCE},
},
  sorts[] = {
	  {"func", SORT_FUNC},
	  {"value", SORT_VALUE},
	  {"type", SORT_TYPE},
	  {"component", SORT_COMPONENT},
	  {"instance", SORT_INSTANCE},
};

enum comp_sort
parse_sort(struct cursor *c, bool in_core)
{
	if (in_core || take_keyword(c, "core")) {
		for (size_t i = 0; i < sizeof core_sorts / sizeof *core_sorts; i++)
			if (take_keyword(c, core_sorts[i].keyword))
				return core_sorts[i].sort;
		unexpected(c, "a core sort");
	}
	for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++)
		if (take_keyword(c, sorts[i].keyword))
			return sorts[i].sort;
	unexpected(c, "a sort");
}

/* ---- references ---- */

/* <idx>, and "name"* if `exports` are allowed. */
static void
parse_target(
	struct comp_parser *p, struct cursor *c, enum comp_sort sort, bool exports, uint32_t *out)
{
	const struct sexpr *idx = item(c);
	if (!idx || (!is_id(idx) && !is_number(idx)))
		unexpected(c, "an index or a name");
	struct pending_ref ref = {.sort = sort, .idx = take_item(c), .out = out};
	if (exports) {
		ref.exports = *c;
		while (at_string(c))
			take_name(c);
	}
	pending_add(p, ref);
}

void
parse_externidx(struct comp_parser *p, struct cursor *c, bool in_core, struct comp_ref *out)
{
	out->at = here(c);
	struct cursor in = take_list(c, "a reference");
	out->sort = parse_sort(&in, in_core);
	parse_target(p, &in, out->sort, true, &out->index);
	expect_end(&in);
}

static void
parse_sortidx_into(
	struct comp_parser *p, struct cursor *c, bool in_core, enum comp_sort sort, uint32_t *out)
{
	struct cursor in = take_list(c, comp_sort_name(sort));
	struct cursor start = in;
	if (parse_sort(&in, in_core) != sort)
		unexpected(&start, comp_sort_name(sort));
	parse_target(p, &in, sort, true, out);
	expect_end(&in);
}

void
parse_sortidx(struct comp_parser *p, struct cursor *c, enum comp_sort sort, struct comp_ref *out)
{
	*out = (struct comp_ref){.sort = sort, .at = here(c)};
	parse_sortidx_into(p, c, sort <= SORT_CORE_INSTANCE, sort, &out->index);
}

void
parse_idx_into(struct comp_parser *p, struct cursor *c, enum comp_sort sort, uint32_t *out)
{
	if (at_list(c))
		parse_sortidx_into(p, c, sort <= SORT_CORE_INSTANCE, sort, out);
	else
		parse_target(p, c, sort, false, out);
}

void
parse_idx(struct comp_parser *p, struct cursor *c, enum comp_sort sort, struct comp_ref *out)
{
	*out = (struct comp_ref){.sort = sort, .at = here(c)};
	parse_idx_into(p, c, sort, &out->index);
}

void
parse_core_sortidx(
	struct comp_parser *p, struct cursor *c, enum comp_sort sort, struct comp_ref *out)
{
	*out = (struct comp_ref){.sort = sort, .at = here(c)};
	bool old = p->old_indices && !at_list_of(c, "core");
	parse_sortidx_into(p, c, old, sort, &out->index);
}

void
parse_core_idx(struct comp_parser *p, struct cursor *c, enum comp_sort sort, struct comp_ref *out)
{
	if (at_list(c)) {
		parse_core_sortidx(p, c, sort, out);
		return;
	}
	*out = (struct comp_ref){.sort = sort, .at = here(c)};
	parse_target(p, c, sort, p->old_indices, &out->index);
}

/* ---- names of imports and exports ---- */

static const struct {
	const char *keyword;
	enum comp_attr_kind kind;
} attrs[] = {
	{"implements", ATTR_IMPLEMENTS},
	{"versionsuffix", ATTR_VERSION_SUFFIX},
	{"external-id", ATTR_EXTERNAL_ID},
};

static bool
parse_attr(struct comp_parser *p, struct cursor *c, struct comp_name *out)
{
	for (size_t i = 0; i < sizeof attrs / sizeof *attrs; i++) {
		if (!at_list_of(c, attrs[i].keyword))
			continue;
		for (uint32_t j = 0; j < out->attrs.len; j++)
			if (out->attrs.data[j].kind == attrs[i].kind)
				unexpected(c, "each attribute once");
		struct comp_attr attr = {.kind = attrs[i].kind, .at = here(c)};
		struct cursor in = take_list(c, "an attribute");
		take_item(&in);
		attr.text = take_name(&in);
		expect_end(&in);
		vec_push(p->arena, &out->attrs, attr);
		return true;
	}
	return false;
}

void
parse_extern_name(struct comp_parser *p, struct cursor *c, struct comp_name *out)
{
	*out = (struct comp_name){.at = here(c)};
	if (at_list_of(c, "interface")) { /* the old spelling */
		struct cursor in = take_list(c, "a name");
		take_item(&in);
		out->name = take_name(&in);
		expect_end(&in);
	} else {
		out->name = take_name(c);
	}
	while (parse_attr(p, c, out))
		;
}

/* Whether the next item is (head "name" attribute*) and nothing more. */
static bool
at_bare_name(struct comp_parser *p, const struct cursor *c, const char *head)
{
	if (!at_list_of(c, head))
		return false;
	struct cursor copy = *c;
	struct cursor in = take_list(&copy, head);
	take_item(&in);
	if (!at_string(&in) && !at_list_of(&in, "interface"))
		return false;
	struct comp_name name;
	parse_extern_name(p, &in, &name);
	return at_end(&in);
}

static void
parse_bare_name(struct comp_parser *p, struct cursor *c, struct comp_name *out)
{
	struct cursor in = take_list(c, "a name");
	take_item(&in);
	parse_extern_name(p, &in, out);
}

bool
parse_inline_names(struct comp_parser *p, struct cursor *c, struct comp_names *exports,
	struct comp_name *import)
{
	while (at_bare_name(p, c, "export"))
		parse_bare_name(p, c, vec_add(p->arena, exports));
	if (!import || !at_bare_name(p, c, "import"))
		return false;
	parse_bare_name(p, c, import);
	return true;
}

void
add_inline_exports(struct comp_parser *p, const struct comp_names *names, enum comp_sort sort,
	uint32_t index, struct loc at)
{
	for (uint32_t i = 0; i < names->len; i++) {
		struct inline_export e = {names->data[i], {sort, index, at}};
		vec_push(p->arena, &p->scope->exports, e);
	}
}
