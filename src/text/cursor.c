/* cursor.c - walking over the items of an s-expression. */
#include "text/cursor.h"

#include <stdio.h>

#include "base/utf8.h"
#include "text/number.h"

struct cursor
cursor_from(const struct sexpr *list, uint32_t n)
{
	return (struct cursor){list, n};
}

const struct sexpr *
item(const struct cursor *c)
{
	return at_end(c) ? NULL : &c->list->items[c->pos];
}

uint32_t
items_left(const struct cursor *c)
{
	return c->list ? c->list->len - c->pos : 0;
}

bool
at_end(const struct cursor *c)
{
	return !c->list || c->pos >= c->list->len;
}

bool
is_last(const struct cursor *c)
{
	return items_left(c) == 1;
}

bool
last_is_list(const struct cursor *c)
{
	return !at_end(c) && c->list->items[c->list->len - 1].kind == SEXPR_LIST;
}

struct loc
here(const struct cursor *c)
{
	const struct sexpr *sx = item(c);
	if (sx)
		return sx->at;
	struct loc at = c->list->at;
	if (c->list->end)
		at.pos = c->list->end - 1;
	return at;
}

bool
is_id(const struct sexpr *sx)
{
	return sx->kind == SEXPR_ID;
}

bool
is_number(const struct sexpr *sx)
{
	return sx->kind == SEXPR_NUMBER;
}

bool
is_keyword(const struct sexpr *sx)
{
	return sx->kind == SEXPR_KEYWORD;
}

bool
at_list(const struct cursor *c)
{
	const struct sexpr *sx = item(c);
	return sx && sx->kind == SEXPR_LIST;
}

bool
at_list_of(const struct cursor *c, const char *keyword)
{
	const struct sexpr *sx = item(c);
	return sx && sx->kind == SEXPR_LIST && sx->len && is_keyword(&sx->items[0]) &&
	       str_is(sx->items[0].text, keyword);
}

bool
at_char(const struct cursor *c)
{
	const struct sexpr *sx = item(c);
	return sx && sx->kind == SEXPR_CHAR;
}

bool
at_string(const struct cursor *c)
{
	const struct sexpr *sx = item(c);
	return sx && sx->kind == SEXPR_STRING;
}

bool
at_number(const struct cursor *c)
{
	const struct sexpr *sx = item(c);
	return sx && is_number(sx);
}

bool
at_keyword(const struct cursor *c, const char *keyword)
{
	const struct sexpr *sx = item(c);
	return sx && is_keyword(sx) && str_is(sx->text, keyword);
}

const struct sexpr *
take_item(struct cursor *c)
{
	const struct sexpr *sx = item(c);
	if (!sx)
		unexpected(c, "something more");
	c->pos++;
	return sx;
}

const struct sexpr *
take_idx(struct cursor *c)
{
	const struct sexpr *sx = item(c);
	if (!sx || (!is_id(sx) && !is_number(sx)))
		unexpected(c, "an index or a name");
	return take_item(c);
}

struct str
take_id(struct cursor *c)
{
	const struct sexpr *sx = item(c);
	return sx && is_id(sx) ? take_item(c)->text : NO_ID;
}

struct str
take_name(struct cursor *c)
{
	if (!at_string(c))
		unexpected(c, "a string");
	struct str s = c->list->items[c->pos].text;
	if (!utf8_valid(s.ptr, s.len))
		raise_error(ERR_MALFORMED, here(c), "malformed-utf-8-encoding",
			"malformed UTF-8 encoding");
	c->pos++;
	return s;
}

static uint64_t
unsigned_value(const struct sexpr *sx, unsigned bits)
{
	uint64_t value;
	switch (number_unsigned(sx->text, bits, &value)) {
	case NUMBER_OK: return value;
	case NUMBER_RANGE:
		raise_error(ERR_MALFORMED, sx->at, "constant-out-of-range",
			"i%u constant out of range: " STR_FMT, bits, STR_ARG(sx->text));
	case NUMBER_SYNTAX: break;
	}
	raise_error(ERR_MALFORMED, sx->at, "unexpected-token",
		"unexpected token, expected a number without sign or fraction");
}

uint32_t
u32_value(const struct sexpr *sx)
{
	return (uint32_t)unsigned_value(sx, 32);
}

uint64_t
u64_value(const struct sexpr *sx)
{
	return unsigned_value(sx, 64);
}

uint32_t
take_u32(struct cursor *c)
{
	if (!at_number(c))
		unexpected(c, "a number");
	return u32_value(take_item(c));
}

uint64_t
take_u64(struct cursor *c)
{
	if (!at_number(c))
		unexpected(c, "a number");
	return u64_value(take_item(c));
}

bool
take_keyword(struct cursor *c, const char *keyword)
{
	if (!at_keyword(c, keyword))
		return false;
	c->pos++;
	return true;
}

struct str
take_bytes(struct arena *a, struct cursor *c)
{
	struct strbuf b = {.arena = a};
	while (!at_end(c)) {
		if (!at_string(c))
			unexpected(c, "a string");
		struct str s = take_item(c)->text;
		strbuf_add(&b, s.ptr, s.len);
	}
	return strbuf_str(&b);
}

struct cursor
take_list(struct cursor *c, const char *expected)
{
	if (!at_list(c))
		unexpected(c, expected);
	return cursor_from(take_item(c), 0);
}

struct cursor
take_list_of(struct cursor *c, const char *keyword)
{
	if (!at_list_of(c, keyword)) {
		char expected[80];
		snprintf(expected, sizeof expected, "`(%s ...)`", keyword);
		unexpected(c, expected);
	}
	return cursor_from(take_item(c), 1);
}

void
expect_end(const struct cursor *c)
{
	if (!at_end(c))
		unexpected(c, "`)`");
}

void
unexpected(const struct cursor *c, const char *what)
{
	raise_error(
		ERR_MALFORMED, here(c), "unexpected-token", "unexpected token, expected %s", what);
}
