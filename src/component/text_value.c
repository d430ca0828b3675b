/* text_value.c - value definitions in the component text format.
 * Explainer.md, "Value Definitions".
 *
 * A value is read without regard to its type: whether it fits, and what a number or a label
 * stands for, is decided when the type is known. */
#include "component/text_parse.h"

#include "base/utf8.h"
#include "text/number.h"

static void parse_literal(struct comp_parser *p, struct cursor *c, struct comp_literal *out);

static struct comp_literal *
add_item(struct comp_parser *p, struct comp_literal *lit)
{
	return vec_add(p->arena, &lit->items);
}

static void
parse_items(struct comp_parser *p, struct cursor *c, struct comp_literal *out)
{
	while (!at_end(c))
		parse_literal(p, c, add_item(p, out));
}

static void
parse_item_opt(struct comp_parser *p, struct cursor *c, struct comp_literal *out)
{
	if (!at_end(c))
		parse_literal(p, c, add_item(p, out));
}

static void
parse_compound(struct comp_parser *p, struct cursor *c, struct comp_literal *out)
{
	switch (out->kind) {
	case LIT_RECORD:
	case LIT_LIST:
	case LIT_TUPLE: parse_items(p, c, out); break;
	case LIT_VARIANT:
		out->text = take_name(c);
		parse_item_opt(p, c, out);
		break;
	case LIT_FLAGS:
		while (!at_end(c)) {
			struct comp_literal *flag = add_item(p, out);
			*flag = (struct comp_literal){.kind = LIT_STRING, .at = here(c)};
			flag->text = take_name(c);
		}
		break;
	case LIT_ENUM: out->text = take_name(c); break;
	case LIT_BINARY: out->text = take_bytes(p->arena, c); break;
	default: parse_literal(p, c, add_item(p, out)); break; /* some, ok, error */
	}
}

static const struct {
	const char *keyword;
	enum comp_literal_kind kind;
} compounds[] = {
	{"record", LIT_RECORD},
	{"variant", LIT_VARIANT},
	{"list", LIT_LIST},
	{"tuple", LIT_TUPLE},
	{"flags", LIT_FLAGS},
	{"enum", LIT_ENUM},
	{"some", LIT_SOME},
	{"ok", LIT_OK},
	{"error", LIT_ERROR},
	{"binary", LIT_BINARY},
};

static const struct {
	const char *keyword;
	enum comp_literal_kind kind;
	uint32_t bits;
} atoms[] = {
	{"false", LIT_BOOL, 0},
	{"true", LIT_BOOL, 1},
	{"none", LIT_NONE, 0},
	{"ok", LIT_OK, 0},
	{"error", LIT_ERROR, 0},
};

static void
parse_literal_list(struct comp_parser *p, struct cursor *c, struct comp_literal *out)
{
	struct cursor in = take_list(c, "a value");
	for (size_t i = 0; i < sizeof compounds / sizeof *compounds; i++) {
		if (!take_keyword(&in, compounds[i].keyword))
			continue;
		out->kind = compounds[i].kind;
		parse_compound(p, &in, out);
		expect_end(&in);
		return;
	}
	unexpected(&in, "a value");
}

static bool
parse_atom(struct cursor *c, struct comp_literal *out)
{
	for (size_t i = 0; i < sizeof atoms / sizeof *atoms; i++) {
		if (!take_keyword(c, atoms[i].keyword))
			continue;
		out->kind = atoms[i].kind;
		out->bits = atoms[i].bits;
		return true;
	}
	return false;
}

static void
parse_literal(struct comp_parser *p, struct cursor *c, struct comp_literal *out)
{
	*out = (struct comp_literal){.at = here(c)};
	if (at_list(c)) {
		parse_literal_list(p, c, out);
	} else if (at_string(c)) {
		out->kind = LIT_STRING;
		out->text = take_name(c);
	} else if (at_char(c)) {
		const struct str text = take_item(c)->text;
		out->kind = LIT_CHAR;
		utf8_decode(text.ptr, text.len, &out->bits);
	} else if (!parse_atom(c, out)) {
		if (!at_number(c))
			unexpected(c, "a value");
		out->kind = number_is_integer(item(c)->text) ? LIT_INT : LIT_FLOAT;
		out->number = take_item(c)->text;
	}
}

void
parse_value_field(struct comp_parser *p, struct cursor *c, struct loc at)
{
	uint32_t mark = pending_mark(p), index;
	struct comp_def def = {.kind = DEF_VALUE, .at = at};
	struct str id = take_id(c);
	struct comp_names exports = {0};
	parse_inline_names(p, c, &exports, NULL);
	if (!parse_inverted_alias(p, c, SORT_VALUE, id, &index)) {
		parse_valtype(p, c, &def.value.type);
		parse_literal(p, c, &def.value.literal);
		index = emit_def(p, mark, &def, id);
	}
	expect_end(c);
	add_inline_exports(p, &exports, SORT_VALUE, index, at);
}
