/* sexpr.c - lexer and reader in one pass, with a stack of open lists of its own, so that no
 * nesting of the input becomes a nesting of calls. */
#include "text/sexpr.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#include "base/error.h"
#include "base/fiber.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "text/number.h"

/* Bytes of the stack, more than a parser needs for a list inside of another one. */
#define STACK_A_LIST 2048

/* An open list: its children are the pending nodes from `first` on. */
struct open_list {
	uint32_t first;
	uint32_t pos;
	bool annotation;         /* one that is left out */
	enum sexpr_note_kind as; /* one that is kept */
	bool has_notes;
	struct sexpr_note *notes, **last_note;
};

struct reader {
	struct arena *arena;
	const struct source *src;
	const char *text;
	uint32_t pos, len;
	uint32_t annotations; /* how many of the open lists are annotations */
	VEC(struct sexpr) pending;
	VEC(struct open_list) open;
	struct open_list top; /* around all of them */
};

NORETURN static void
fail(const struct reader *r, uint32_t pos, const char *reason, const char *message)
{
	raise_error(ERR_MALFORMED, (struct loc){r->src, pos}, reason, "%s", message);
}

NORETURN static void
illegal(const struct reader *r)
{
	uint32_t scalar = 0;
	utf8_decode(r->text + r->pos, r->len - r->pos, &scalar);
	raise_error(ERR_MALFORMED, (struct loc){r->src, r->pos}, "illegal-character",
		"illegal character U+%04" PRIX32, scalar);
}

static int
peek(const struct reader *r, uint32_t ahead)
{
	return r->pos + ahead < r->len ? (uint8_t)r->text[r->pos + ahead] : -1;
}

static bool
is_idchar(int c)
{
	return c > 0x20 && c < 0x7f && !strchr("\"(),;[]{}", c);
}

/* ---- white space and comments ---- */

static void
skip_line_comment(struct reader *r)
{
	while (r->pos < r->len && r->text[r->pos] != '\n' && r->text[r->pos] != '\r')
		r->pos++;
}

static void
skip_block_comment(struct reader *r)
{
	uint32_t start = r->pos, depth = 0;
	do {
		if (peek(r, 0) == '(' && peek(r, 1) == ';') {
			depth++;
			r->pos += 2;
		} else if (peek(r, 0) == ';' && peek(r, 1) == ')') {
			depth--;
			r->pos += 2;
		} else if (r->pos >= r->len) {
			fail(r, start, "unclosed-comment", "unclosed comment");
		} else {
			r->pos++;
		}
	} while (depth);
}

static void
skip_space(struct reader *r)
{
	for (;;) {
		int c = peek(r, 0);
		if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
			r->pos++;
		else if (c == ';' && peek(r, 1) == ';')
			skip_line_comment(r);
		else if (c == '(' && peek(r, 1) == ';')
			skip_block_comment(r);
		else
			return;
	}
}

/* ---- strings ---- */

static int
hex_digit(int c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
		return (c | 0x20) - 'a' + 10;
	return -1;
}

/* Behind "\u": {hexnum}. */
static void
read_unicode_escape(struct reader *r, struct strbuf *out)
{
	uint32_t c = 0, digits = 0;
	char utf8[4];
	if (peek(r, 0) != '{')
		fail(r, r->pos, "invalid-string-escape", "invalid string escape");
	r->pos++;
	while (hex_digit(peek(r, 0)) >= 0 || (digits && peek(r, 0) == '_')) {
		if (peek(r, 0) != '_') {
			c = c * 16 + (uint32_t)hex_digit(peek(r, 0));
			digits++;
		}
		r->pos++;
		if (c > 0x10ffff)
			break;
	}
	if (!digits || peek(r, 0) != '}' || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		fail(r, r->pos, "invalid-string-escape", "invalid string escape");
	r->pos++;
	strbuf_add(out, utf8, (size_t)utf8_encode(c, utf8));
}

static void
read_escape(struct reader *r, struct strbuf *out)
{
	static const char plain[] = "tnr\"'\\", meaning[] = "\t\n\r\"'\\";
	int c = peek(r, 0);
	const char *found = c > 0 ? strchr(plain, c) : NULL;
	if (found) {
		strbuf_addc(out, meaning[found - plain]);
		r->pos++;
	} else if (c == 'u') {
		r->pos++;
		read_unicode_escape(r, out);
	} else if (hex_digit(c) >= 0 && hex_digit(peek(r, 1)) >= 0) {
		strbuf_addc(out, (char)(hex_digit(c) << 4 | hex_digit(peek(r, 1))));
		r->pos += 2;
	} else {
		fail(r, r->pos, "invalid-string-escape", "invalid string escape");
	}
}

/* At a quotation mark; leaves the cursor behind the closing one. */
static struct str
read_string(struct reader *r)
{
	struct strbuf out = {.arena = r->arena};
	uint32_t start = r->pos++;
	for (;;) {
		uint32_t run = r->pos;
		while (r->pos < r->len && r->text[r->pos] != '"' && r->text[r->pos] != '\\' &&
			(uint8_t)r->text[r->pos] >= 0x20 && r->text[r->pos] != 0x7f)
			r->pos++;
		strbuf_add(&out, r->text + run, r->pos - run);
		int c = peek(r, 0);
		if (c < 0 || c == '\n' || c == '\r')
			fail(r, start, "unclosed-string", "unclosed string");
		if (c != '"' && c != '\\')
			illegal(r);
		r->pos++;
		if (c == '"')
			return strbuf_str(&out);
		read_escape(r, &out);
	}
}

/* ---- tokens ---- */

static bool
in_reserved(const struct reader *r)
{
	int c = peek(r, 0);
	return is_idchar(c) || c == '"' || c == ',' || (c == ';' && peek(r, 1) != ';') ||
	       c == '[' || c == ']' || c == '{' || c == '}';
}

static struct str
quoted_id(struct reader *r, struct sexpr *node)
{
	if (!node->text.len)
		fail(r, node->at.pos, "empty-identifier", "empty identifier");
	if (!utf8_valid(node->text.ptr, node->text.len))
		fail(r, node->at.pos, "malformed-utf-8-encoding", "malformed UTF-8 encoding");
	return node->text;
}

/* What a token without strings is. False for a reserved one. */
static bool
classify(struct reader *r, struct sexpr *node)
{
	struct str s = node->text;
	for (size_t i = 0; i < s.len; i++) {
		if (!is_idchar(s.ptr[i]))
			return false;
	}
	if (s.ptr[0] == '$') {
		if (s.len == 1)
			fail(r, node->at.pos, "empty-identifier", "empty identifier");
		node->kind = SEXPR_ID;
		node->text = (struct str){s.ptr + 1, s.len - 1};
	} else if (number_is_literal(s)) {
		node->kind = SEXPR_NUMBER;
	} else {
		node->kind = SEXPR_KEYWORD;
		return s.ptr[0] >= 'a' && s.ptr[0] <= 'z';
	}
	return true;
}

/* 'c': false, with nothing read, where it is none. */
static bool
read_char(struct reader *r)
{
	struct sexpr node = {.kind = SEXPR_CHAR, .at = {r->src, r->pos}};
	struct strbuf out = {.arena = r->arena};
	uint32_t start = r->pos++, scalar;
	int c = peek(r, 0);
	if (c == '\\') {
		r->pos++;
		read_escape(r, &out);
	} else if (c >= 0x20 && c != 0x7f && c != '\'') {
		int n = utf8_decode(r->text + r->pos, r->len - r->pos, &scalar);
		strbuf_add(&out, r->text + r->pos, (size_t)n);
		r->pos += (uint32_t)n;
	}
	node.text = strbuf_str(&out);
	if (peek(r, 0) != '\'' || !node.text.len ||
		utf8_decode(node.text.ptr, node.text.len, &scalar) != (int)node.text.len) {
		r->pos = start;
		return false;
	}
	r->pos++;
	vec_push(r->arena, &r->pending, node);
	return true;
}

/* A maximal run of token characters and strings. */
static void
read_token(struct reader *r)
{
	struct sexpr node = {.kind = SEXPR_STRING, .at = {r->src, r->pos}};
	uint32_t strings = 0, first_string = 0, start = r->pos;
	bool other = false;
	while (in_reserved(r)) {
		if (peek(r, 0) != '"') {
			r->pos++;
			other = true;
			continue;
		}
		if (!strings++)
			first_string = r->pos;
		node.text = read_string(r);
	}
	bool good = strings == 1 && !other;
	if (strings == 0) {
		node.text = (struct str){r->text + start, r->pos - start};
		good = classify(r, &node);
	} else if (strings == 1 && first_string == start + 1 && r->text[start] == '$' &&
		   r->text[r->pos - 1] == '"') {
		node.kind = SEXPR_ID;
		node.text = quoted_id(r, &node);
		good = true;
	}
	if (r->annotations)
		return;
	if (!good)
		raise_error(ERR_MALFORMED, node.at, "unknown-operator", "unknown operator " STR_FMT,
			(int)(r->pos - start > 60 ? 60 : r->pos - start), r->text + start);
	vec_push(r->arena, &r->pending, node);
}

/* ---- lists ---- */

/* Behind "(@". */
static void
read_annotation_id(struct reader *r)
{
	uint32_t start = r->pos;
	if (peek(r, 0) == '"') {
		struct sexpr node = {.at = {r->src, r->pos}};
		node.text = read_string(r);
		if (!node.text.len)
			fail(r, start, "empty-annotation-id", "empty annotation id");
		quoted_id(r, &node);
		return;
	}
	while (is_idchar(peek(r, 0)))
		r->pos++;
	if (r->pos == start)
		fail(r, start, "empty-annotation-id", "empty annotation id");
}

/* Behind a closing parenthesis: as a note of the list around it. */
static void
add_note(struct reader *r, enum sexpr_note_kind kind, struct sexpr list)
{
	struct open_list *around = r->open.len ? &vec_last(&r->open) : &r->top;
	struct sexpr *copy = arena_new_of(r->arena, struct sexpr);
	struct sexpr_note *note = arena_new_of(r->arena, struct sexpr_note);
	*copy = list;
	*note = (struct sexpr_note){kind, copy, r->pending.len - around->first, NULL};
	*(around->notes ? around->last_note : &around->notes) = note;
	around->last_note = &note->next;
	around->has_notes = true;
}

static void
open_list(struct reader *r)
{
	struct open_list l = {.first = r->pending.len, .pos = r->pos};
	if (r->open.len >= SEXPR_MAX_DEPTH)
		raise_error(ERR_MALFORMED, (struct loc){r->src, r->pos}, "nesting-limit",
			"nesting deeper than %d parentheses", SEXPR_MAX_DEPTH);
	if ((long)r->open.len * STACK_A_LIST > stack_left())
		raise_error(ERR_EXHAUSTED, (struct loc){r->src, r->pos}, "nesting-limit",
			"nesting deeper than the stack of this process allows");
	r->pos++;
	/* Inside an annotation anything goes, as long as its parentheses match. */
	if (peek(r, 0) == '@' && !r->annotations) {
		uint32_t id = ++r->pos;
		read_annotation_id(r);
		struct str name = {r->text + id, r->pos - id};
		l.as = str_is(name, "custom") ? NOTE_CUSTOM
		       : str_is(name, "name") ? NOTE_NAME
					      : NOTE_NONE;
		l.annotation = !l.as;
		r->annotations += l.annotation;
	}
	vec_push(r->arena, &r->open, l);
}

static struct sexpr
finish_list(struct reader *r, const struct open_list *l)
{
	struct sexpr list = {.kind = SEXPR_LIST, .at = {r->src, l->pos}, .end = r->pos};
	list.len = r->pending.len - l->first;
	list.items = arena_array_of(r->arena, list.len, struct sexpr);
	list.notes = l->notes;
	list.has_notes = l->has_notes;
	if (list.len)
		memcpy(list.items, r->pending.data + l->first, list.len * sizeof *list.items);
	r->pending.len = l->first;
	return list;
}

static void
close_list(struct reader *r)
{
	if (!r->open.len)
		fail(r, r->pos, "unexpected-token", "unexpected token )");
	r->pos++;
	struct open_list l = vec_pop(&r->open);
	if (l.annotation)
		r->annotations--;
	if (l.annotation || r->annotations)
		return;
	struct sexpr list = finish_list(r, &l);
	if (l.as)
		add_note(r, l.as, list);
	else
		vec_push(r->arena, &r->pending, list);
	if (list.has_notes)
		(r->open.len ? &vec_last(&r->open) : &r->top)->has_notes = true;
}

static void
check_utf8(const struct reader *r)
{
	uint32_t c;
	for (uint32_t i = 0; i < r->len;) {
		int n = utf8_decode(r->text + i, r->len - i, &c);
		if (!n)
			fail(r, i, "malformed-utf-8-encoding", "malformed UTF-8 encoding");
		i += (uint32_t)n;
	}
}

static void
check_closed(const struct reader *r)
{
	if (!r->open.len)
		return;
	for (uint32_t i = 0; i < r->open.len; i++) {
		if (r->open.data[i].annotation || r->open.data[i].as)
			fail(r, r->open.data[i].pos, "unclosed-annotation", "unclosed annotation");
	}
	fail(r, vec_last(&r->open).pos, "unexpected-token",
		"unexpected token: the input ends inside this parenthesis");
}

const struct sexpr *
sexpr_read(struct arena *a, const struct source *src)
{
	struct reader r = {.arena = a, .src = src, .text = src->text, .len = (uint32_t)src->len};
	if (src->len > UINT32_MAX / 2)
		fail(&r, 0, "nesting-limit", "the input is larger than 2 GiB");
	check_utf8(&r);
	for (skip_space(&r); r.pos < r.len; skip_space(&r)) {
		int c = peek(&r, 0);
		if (c == '(')
			open_list(&r);
		else if (c == ')')
			close_list(&r);
		else if (c == '\'' && !r.annotations && read_char(&r))
			continue;
		else if (in_reserved(&r))
			read_token(&r);
		else
			illegal(&r);
	}
	check_closed(&r);
	struct sexpr *top = arena_new_of(a, struct sexpr);
	*top = finish_list(&r, &r.top);
	return top;
}

bool
sexpr_is_plain_id(struct str name)
{
	for (size_t i = 0; i < name.len; i++)
		if (!is_idchar((unsigned char)name.ptr[i]))
			return false;
	return name.len > 0;
}
