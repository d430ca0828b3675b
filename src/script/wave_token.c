/* wave_token.c - see wave_token.h. */
#include "script/wave_token.h"

#include "base/error.h"
#include "base/utf8.h"

/* ---- errors ---- */

struct loc
wave_place(const struct wave *w, size_t pos)
{
	return (struct loc){w->src, (uint32_t)pos};
}

size_t
wave_left(const struct wave *w)
{
	return w->src->len - w->pos;
}

char
wave_peek(const struct wave *w, size_t offset)
{
	return offset < wave_left(w) ? w->src->text[w->pos + offset] : 0;
}

static bool
is_word_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '-';
}

/* What stands here, for messages: a word or a number, or else one character. */
static struct str
token(const struct wave *w)
{
	uint32_t scalar;
	size_t n = wave_peek(w, 0) == '%' || is_word_char(wave_peek(w, 0));
	while (n && n < 40 && (is_word_char(wave_peek(w, n)) || wave_peek(w, n) == '.'))
		n++;
	if (!n)
		n = (size_t)utf8_decode(w->src->text + w->pos, wave_left(w), &scalar);
	return (struct str){w->src->text + w->pos, n};
}

void
wave_expected(const struct wave *w, const char *what)
{
	if (!wave_left(w))
		raise_error(ERR_SCRIPT, wave_place(w, w->pos), "wave",
			"expected %s, and the text ends here", what);
	struct str found = token(w);
	raise_error(ERR_SCRIPT, wave_place(w, w->pos), "wave", "expected %s, found `" STR_FMT "`",
		what, STR_ARG(found));
}

/* ---- tokens ---- */

void
wave_skip_space(struct wave *w)
{
	for (bool comment = false; wave_left(w); w->pos++) {
		char c = wave_peek(w, 0);
		comment = c != '\n' && (comment || (c == '/' && wave_peek(w, 1) == '/'));
		if (!comment && c != ' ' && c != '\t' && c != '\n' && c != '\r')
			return;
	}
}

bool
wave_take(struct wave *w, char c)
{
	wave_skip_space(w);
	if (!wave_left(w) || wave_peek(w, 0) != c)
		return false;
	w->pos++;
	return true;
}

void
wave_need(struct wave *w, char c)
{
	if (!wave_take(w, c))
		wave_expected(w, arena_printf(w->arena, "`%c`", c));
}

void
wave_need_end(struct wave *w)
{
	wave_skip_space(w);
	if (wave_left(w))
		wave_expected(w, "the end of the text");
}

struct str
wave_word(struct wave *w)
{
	wave_skip_space(w);
	size_t start = wave_peek(w, 0) == '%', n = start;
	char first = wave_peek(w, start);
	bool is_word = first != '-' && !(first >= '0' && first <= '9');
	while (is_word && is_word_char(wave_peek(w, n)))
		n++;
	return (struct str){w->src->text + w->pos, n > start ? n : 0};
}

bool
wave_take_word(struct wave *w, const char *keyword)
{
	struct str word = wave_word(w);
	if (!str_is(word, keyword))
		return false;
	w->pos += word.len;
	return true;
}

/* ---- numbers ---- */

static size_t
digits(const struct wave *w, size_t n)
{
	while (wave_peek(w, n) >= '0' && wave_peek(w, n) <= '9')
		n++;
	return n;
}

/* Behind a fraction or an exponent that starts with one of `marks` at n; n where there is none. */
static size_t
number_part(const struct wave *w, size_t n, const char *marks, const char *signs)
{
	size_t first = n + 1;
	if (!wave_peek(w, n) || !strchr(marks, wave_peek(w, n)))
		return n;
	first += wave_peek(w, first) && strchr(signs, wave_peek(w, first));
	return digits(w, first) > first ? digits(w, first) : n;
}

struct str
wave_number(struct wave *w, bool *whole)
{
	struct str word = wave_word(w);
	size_t n = wave_peek(w, 0) == '-', start = n;
	struct str s = {w->src->text + w->pos, wave_left(w)};
	*whole = false;
	if (str_is(word, "inf") || str_is(word, "nan"))
		return word;
	if (str_starts(s, "-inf")) {
		n = 4;
	} else {
		n = wave_peek(w, n) == '0' ? n + 1 : digits(w, n);
		size_t fraction = number_part(w, n, ".", ""), end;
		end = number_part(w, fraction, "eE", "+-");
		*whole = n == end;
		n = n == start ? n : end;
	}
	bool ends = n > start && !is_word_char(wave_peek(w, n)) && wave_peek(w, n) != '.';
	return (struct str){s.ptr, ends ? n : 0};
}
