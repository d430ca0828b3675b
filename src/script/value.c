/* value.c - see value.h. The keyword stands at the head of a list, or, in a record's field,
 * without parentheses of its own. */
#include "script/value.h"

#include "base/error.h"
#include "base/utf8.h"
#include "text/cursor.h"
#include "text/number.h"

/* Parses what stands behind the keyword. */
typedef void parse_fn(struct arena *a, struct cursor *c, struct link_value *v);

static struct link_value parse_at(struct arena *a, struct cursor *c);

NORETURN static void
bad_value(struct loc at, const char *what)
{
	raise_error(ERR_SCRIPT, at, "component-value", "%s", what);
}

static const struct sexpr *
take_kind(struct cursor *c, enum sexpr_kind kind, const char *what)
{
	if (at_end(c) || item(c)->kind != kind)
		bad_value(here(c), what);
	return take_item(c);
}

static unsigned
bits_of(enum link_value_kind kind)
{
	static const unsigned bits[] = {[LV_S8] = 8,
		[LV_U8] = 8,
		[LV_S16] = 16,
		[LV_U16] = 16,
		[LV_S32] = 32,
		[LV_U32] = 32,
		[LV_S64] = 64,
		[LV_U64] = 64};
	return bits[kind];
}

static void
parse_bool(struct arena *a, struct cursor *c, struct link_value *v)
{
	(void)a;
	const struct sexpr *sx = take_kind(c, SEXPR_KEYWORD, "expected true or false");
	v->bits = str_is(sx->text, "true");
	if (!v->bits && !str_is(sx->text, "false"))
		bad_value(sx->at, "expected true or false");
}

static void
parse_signed(struct arena *a, struct cursor *c, struct link_value *v)
{
	(void)a;
	const struct sexpr *sx = take_kind(c, SEXPR_NUMBER, "expected an integer");
	if (number_signed(sx->text, bits_of(v->kind), &v->bits) != NUMBER_OK)
		bad_value(sx->at, "the integer does not fit its type");
}

static void
parse_unsigned(struct arena *a, struct cursor *c, struct link_value *v)
{
	(void)a;
	const struct sexpr *sx = take_kind(c, SEXPR_NUMBER, "expected an integer");
	if (number_unsigned(sx->text, bits_of(v->kind), &v->bits) != NUMBER_OK)
		bad_value(sx->at, "the integer does not fit its type");
}

static void
parse_float(struct arena *a, struct cursor *c, struct link_value *v)
{
	(void)a;
	const struct sexpr *sx = take_kind(c, SEXPR_NUMBER, "expected a float");
	uint32_t half = 0;
	enum number_result r =
		v->kind == LV_F32 ? number_f32(sx->text, &half) : number_f64(sx->text, &v->bits);
	if (v->kind == LV_F32)
		v->bits = half;
	if (r != NUMBER_OK)
		bad_value(sx->at, "expected a float in range");
}

static void
parse_char(struct arena *a, struct cursor *c, struct link_value *v)
{
	(void)a;
	const struct sexpr *sx = take_kind(c, SEXPR_STRING, "expected a string of one character");
	uint32_t scalar;
	if (!sx->text.len || utf8_decode(sx->text.ptr, sx->text.len, &scalar) != (int)sx->text.len)
		bad_value(sx->at, "expected a string of one character");
	v->bits = scalar;
}

static void
parse_string(struct arena *a, struct cursor *c, struct link_value *v)
{
	(void)a;
	const struct sexpr *sx = take_kind(c, SEXPR_STRING, "expected a string");
	if (!utf8_valid(sx->text.ptr, sx->text.len))
		bad_value(sx->at, "the string is not UTF-8");
	v->text = sx->text;
}

static void
add_item(struct arena *a, struct link_value *v, struct link_value x)
{
	/* Capacities are the powers of two. */
	if ((v->nitems & (v->nitems - 1)) == 0)
		v->items = arena_grow(a, v->items, v->nitems * sizeof x,
			(v->nitems ? v->nitems * 2u : 1u) * sizeof x);
	v->items[v->nitems++] = x;
}

static void
parse_items(struct arena *a, struct cursor *c, struct link_value *v)
{
	while (!at_end(c))
		add_item(a, v, value_parse(a, take_item(c)));
}

static void
parse_optional_item(struct arena *a, struct cursor *c, struct link_value *v)
{
	if (!at_end(c))
		add_item(a, v, value_parse(a, take_item(c)));
}

static void
parse_some(struct arena *a, struct cursor *c, struct link_value *v)
{
	add_item(a, v, value_parse(a, take_kind(c, SEXPR_LIST, "expected a value")));
}

static void
parse_err(struct arena *a, struct cursor *c, struct link_value *v)
{
	v->bits = 1;
	parse_optional_item(a, c, v);
}

static void
parse_fields(struct arena *a, struct cursor *c, struct link_value *v)
{
	while (!at_end(c)) {
		const struct sexpr *list = take_kind(c, SEXPR_LIST, "expected (field ...)");
		struct cursor in = cursor_from(list, 0);
		if (!at_keyword(&in, "field"))
			bad_value(list->at, "expected (field ...)");
		take_item(&in);
		struct str label = take_kind(&in, SEXPR_STRING, "expected a field's name")->text;
		struct link_value x =
			at_list(&in) ? value_parse(a, take_item(&in)) : parse_at(a, &in);
		if (!at_end(&in))
			bad_value(here(&in), "a field has one value");
		x.label = label;
		add_item(a, v, x);
	}
}

static void
parse_label(struct arena *a, struct cursor *c, struct link_value *v)
{
	(void)a;
	v->text = take_kind(c, SEXPR_STRING, "expected a label")->text;
}

static void
parse_variant(struct arena *a, struct cursor *c, struct link_value *v)
{
	parse_label(a, c, v);
	parse_optional_item(a, c, v);
}

static void
parse_flags(struct arena *a, struct cursor *c, struct link_value *v)
{
	while (!at_end(c)) {
		struct link_value flag = {.kind = LV_STRING};
		parse_label(a, c, &flag);
		add_item(a, v, flag);
	}
}

static void
parse_nothing(struct arena *a, struct cursor *c, struct link_value *v)
{
	(void)a, (void)c, (void)v;
}

static const struct {
	const char *keyword;
	enum link_value_kind kind;
	parse_fn *parse;
} forms[] = {
	{"bool.const", LV_BOOL, parse_bool},
	{"s8.const", LV_S8, parse_signed},
	{"u8.const", LV_U8, parse_unsigned},
	{"s16.const", LV_S16, parse_signed},
	{"u16.const", LV_U16, parse_unsigned},
	{"s32.const", LV_S32, parse_signed},
	{"u32.const", LV_U32, parse_unsigned},
	{"s64.const", LV_S64, parse_signed},
	{"u64.const", LV_U64, parse_unsigned},
	{"f32.const", LV_F32, parse_float},
	{"f64.const", LV_F64, parse_float},
	{"char.const", LV_CHAR, parse_char},
	{"str.const", LV_STRING, parse_string},
	{"list.const", LV_LIST, parse_items},
	{"tuple.const", LV_TUPLE, parse_items},
	{"record.const", LV_RECORD, parse_fields},
	{"variant.const", LV_VARIANT, parse_variant},
	{"enum.const", LV_ENUM, parse_label},
	{"option.none", LV_OPTION, parse_nothing},
	{"option.some", LV_OPTION, parse_some},
	{"result.ok", LV_RESULT, parse_optional_item},
	{"result.err", LV_RESULT, parse_err},
	{"flags.const", LV_FLAGS, parse_flags},
};

static struct link_value
parse_at(struct arena *a, struct cursor *c)
{
	const struct sexpr *sx = take_kind(c, SEXPR_KEYWORD, "expected a component value");
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		if (str_is(sx->text, forms[i].keyword)) {
			struct link_value v = {.kind = forms[i].kind};
			forms[i].parse(a, c, &v);
			return v;
		}
	}
	raise_error(ERR_SCRIPT, sx->at, "component-value", STR_FMT " is no component value",
		STR_ARG(sx->text));
}

struct link_value
value_parse(struct arena *a, const struct sexpr *sx)
{
	if (sx->kind != SEXPR_LIST)
		bad_value(sx->at, "expected a value in parentheses");
	struct cursor c = cursor_from(sx, 0);
	struct link_value v = parse_at(a, &c);
	if (!at_end(&c))
		bad_value(here(&c), "the value ends before this");
	return v;
}
