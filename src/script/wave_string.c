/* wave_string.c - see wave_string.h. */
#include "script/wave_string.h"

#include "base/error.h"
#include "base/utf8.h"

/* A piece of the text. */
struct piece {
	const struct wave *w;
	size_t pos, end;
};

NORETURN static void
bad(const struct piece *p, const char *what)
{
	raise_error(ERR_SCRIPT, (struct loc){p->w->src, (uint32_t)p->pos}, "wave", "%s", what);
}

static struct piece
rest(const struct wave *w)
{
	return (struct piece){w, w->pos, w->src->len};
}

static char
at(const struct piece *p, size_t pos)
{
	return pos < p->end ? p->w->src->text[pos] : 0;
}

static int
hex_value(char c)
{
	const char *digits = "0123456789abcdef", *d = c ? strchr(digits, c | 0x20) : NULL;
	return d ? (int)(d - digits) : -1;
}

/* {X}, with one to six digits. */
static uint32_t
unicode_escape(struct piece *p, size_t escape)
{
	uint32_t scalar = 0, n = 0;
	bool open = at(p, p->pos) == '{';
	for (p->pos++; open && n < 6 && hex_value(at(p, p->pos)) >= 0; n++)
		scalar = scalar << 4 | (uint32_t)hex_value(at(p, p->pos++));
	bool good = open && n && at(p, p->pos) == '}';
	p->pos++;
	if (!good || scalar > 0x10ffff || (scalar >= 0xd800 && scalar < 0xe000)) {
		p->pos = escape;
		bad(p, "expected \\u{...} with the number of a Unicode scalar value");
	}
	return scalar;
}

/* The next character, escaped or not. */
static uint32_t
next(struct piece *p)
{
	static const char names[] = "'\"\\tnr", values[] = "'\"\\\t\n\r";
	uint32_t scalar;
	size_t start = p->pos;
	if (at(p, start) != '\\') {
		p->pos += (size_t)utf8_decode(
			p->w->src->text + start, p->w->src->len - start, &scalar);
		return scalar;
	}
	const char *name = at(p, start + 1) ? strchr(names, at(p, start + 1)) : NULL;
	p->pos += 2;
	if (name)
		return (uint32_t)values[name - names];
	if (at(p, start + 1) == 'u')
		return unicode_escape(p, start);
	p->pos = start;
	bad(p, "expected an escape: \\' \\\" \\\\ \\t \\n \\r or \\u{...}");
}

static void
add(struct strbuf *out, uint32_t scalar)
{
	char bytes[4];
	strbuf_add(out, bytes, (size_t)utf8_encode(scalar, bytes));
}

uint32_t
wave_char(struct wave *w)
{
	struct piece p = rest(w);
	p.pos++;
	if (p.pos == p.end || at(&p, p.pos) == '\'' || at(&p, p.pos) == '\n')
		bad(&p, "expected one character between the single quotes");
	uint32_t scalar = next(&p);
	if (at(&p, p.pos) != '\'')
		bad(&p, "expected `'` after one character");
	w->pos = p.pos + 1;
	return scalar;
}

static struct str
one_line(struct wave *w)
{
	struct piece p = rest(w);
	struct strbuf out = {.arena = w->arena};
	for (p.pos++; at(&p, p.pos) != '"' || p.pos == p.end;) {
		if (p.pos == p.end)
			bad(&p, "expected `\"`, and the text ends here");
		if (at(&p, p.pos) == '\n')
			bad(&p, "expected `\"`: a line break in a string is written \\n");
		add(&out, next(&p));
	}
	w->pos = p.pos + 1;
	return strbuf_str(&out);
}

/* ---- several lines ---- */

static size_t
line_end(const struct piece *p, size_t pos)
{
	const char *text = p->w->src->text, *nl = memchr(text + pos, '\n', p->end - pos);
	return nl ? (size_t)(nl - text) : p->end;
}

static size_t
closing_quotes(const struct piece *p, size_t pos)
{
	while (pos + 3 <= p->end && memcmp(p->w->src->text + pos, "\"\"\"", 3))
		pos++;
	return pos;
}

/* A line without its indentation, and without the end of its line break. */
static void
add_line(struct strbuf *out, struct piece line, size_t indent)
{
	if (line.end > line.pos && at(&line, line.end - 1) == '\r')
		line.end--;
	for (; indent; indent--, line.pos++)
		if (at(&line, line.pos) != ' ')
			bad(&line, "expected as many spaces as before the closing quotes");
	while (line.pos < line.end)
		add(out, next(&line));
}

static struct str
several_lines(struct wave *w)
{
	struct piece p = rest(w);
	struct strbuf out = {.arena = w->arena};
	size_t close = closing_quotes(&p, p.pos + 3), last = close;
	p.pos += 3;
	if (close + 3 > p.end)
		bad(&p, "expected three closing quotes, and there are none");
	p.end = close;
	if (at(&p, p.pos) == '\r')
		p.pos++;
	if (at(&p, p.pos) != '\n')
		bad(&p, "expected a line break after three quotes");
	while (at(&p, last - 1) == ' ')
		last--;
	if (at(&p, last - 1) != '\n') {
		p.pos = close;
		bad(&p, "expected nothing but spaces before three closing quotes");
	}
	for (size_t pos = p.pos + 1; pos < last;) {
		size_t end = line_end(&p, pos);
		if (pos != p.pos + 1)
			strbuf_addc(&out, '\n');
		add_line(&out, (struct piece){w, pos, end}, close - last);
		pos = end + 1;
	}
	w->pos = close + 3;
	return strbuf_str(&out);
}

struct str
wave_string(struct wave *w)
{
	struct piece p = rest(w);
	bool three = at(&p, p.pos + 1) == '"' && at(&p, p.pos + 2) == '"';
	return three ? several_lines(w) : one_line(w);
}
