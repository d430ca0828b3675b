/* match.c - see match.h. */
#define _GNU_SOURCE
#include "script/match.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "script/catalogue.h"

struct wording {
	const char *group, *mode, *text, *reasons;
};

static const struct wording wordings[] = {
#include "wordings.inc"
};

static const struct {
	const char *function;
	int ordinal;
	const char *text, *note;
} trap_texts[] = {
#include "trap-texts.inc"
};

static const struct {
	const char *group;
	enum error_kind kind;
} expectations[] = {
	[EXPECT_MALFORMED] = {"malformed", ERR_MALFORMED},
	[EXPECT_INVALID] = {"invalid", ERR_INVALID},
	[EXPECT_UNLINKABLE] = {"unlinkable", ERR_UNLINKABLE},
	[EXPECT_TRAP] = {"trap", ERR_TRAP},
	[EXPECT_EXHAUSTION] = {"exhaustion", ERR_EXHAUSTED},
	[EXPECT_EXCEPTION] = {"exception", ERR_EXCEPTION},
};

static bool
knows(const struct wording *w, const char *group, struct str text)
{
	if (strcmp(w->group, group))
		return false;
	return !strcmp(w->mode, "exact") ? str_is(text, w->text) : str_starts(text, w->text);
}

/* Whether the words of a text, from `i` on, stand in a message, not as a part of longer ones. */
static bool
says(const char *message, struct str text, size_t i)
{
	while (i < text.len && text.ptr[i] == ' ')
		i++;
	if (i == text.len)
		return true;
	for (const char *p = message; *p; p++) {
		bool starts = p == message || p[-1] == ' ';
		if (starts && !strncmp(p, text.ptr + i, text.len - i) &&
			(!p[text.len - i] || strchr(" :,;", p[text.len - i])))
			return true;
	}
	return false;
}

/* One reason of a row, perhaps with its kind before a colon. */
static bool
allows(struct str reason, enum error_kind kind, const struct error *err)
{
	static const enum error_kind named[] = {ERR_MALFORMED, ERR_INVALID};
	for (size_t i = 0; i < 2; i++) {
		const char *name = error_kind_name(named[i]);
		size_t n = strlen(name);
		if (str_starts(reason, name) && reason.len > n && reason.ptr[n] == ':') {
			kind = named[i];
			reason = (struct str){reason.ptr + n + 1, reason.len - n - 1};
		}
	}
	return err->kind == kind && str_is(reason, err->reason);
}

static bool
row_allows(const struct wording *w, enum error_kind kind, struct str text, const struct error *err)
{
	const char *p = w->reasons;
	if (!strcmp(w->mode, "detail") && !says(err->message, text, strlen(w->text)))
		return false;
	while (*p) {
		size_t n = strcspn(p, ",");
		if (allows((struct str){p, n}, kind, err))
			return true;
		p += n + (p[n] == ',');
	}
	return false;
}

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Whether `kebab` is the text with every run of other characters as one hyphen. */
static bool
is_kebab_of(const char *kebab, struct str text)
{
	bool gap = false, first = true;
	for (size_t i = 0; i < text.len; i++) {
		char c =
			text.ptr[i] >= 'A' && text.ptr[i] <= 'Z' ? text.ptr[i] | 0x20 : text.ptr[i];
		if (!is_word(c)) {
			gap = true;
			continue;
		}
		if (gap && !first && *kebab++ != '-')
			return false;
		if (*kebab++ != c)
			return false;
		gap = first = false;
	}
	return !*kebab;
}

static struct str
without_prefix(enum expectation want, struct str text)
{
	if (want == EXPECT_TRAP && str_starts(text, "wasm trap: "))
		return (struct str){text.ptr + 11, text.len - 11};
	return text;
}

enum match_result
match_error(enum expectation want, struct str text, const struct error *err)
{
	enum error_kind kind = expectations[want].kind;
	enum match_result other = err->kind == kind ? MATCH_OTHER_REASON : MATCH_OTHER_KIND;
	bool known = false;
	text = without_prefix(want, text);
	if (!text.len && (want == EXPECT_MALFORMED || want == EXPECT_EXCEPTION))
		return err->kind == kind ? MATCH_YES : MATCH_OTHER_KIND;
	for (size_t i = 0; i < sizeof wordings / sizeof *wordings; i++) {
		if (!knows(&wordings[i], expectations[want].group, text))
			continue;
		known = true;
		if (row_allows(&wordings[i], kind, text, err))
			return MATCH_YES;
	}
	if (known)
		return other;
	if (is_kebab_of(err->reason, text))
		return err->kind == kind ? MATCH_YES : other;
	return MATCH_UNKNOWN_TEXT;
}

/* ---- by text ---- */

/* Whether `text` starts with all of `pattern` that there is of it; an N stands for digits. */
static bool
starts_as(const char *pattern, struct str text)
{
	size_t i = 0;
	for (; *pattern && i < text.len; pattern++) {
		if (*pattern != 'N') {
			if (text.ptr[i++] != *pattern)
				return false;
			continue;
		}
		size_t start = i;
		while (i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9')
			i++;
		if (i == start)
			return false;
	}
	return i == text.len;
}

static bool
is_in(struct str text, const char *pattern)
{
	for (; *pattern; pattern++)
		if (starts_as(pattern, text))
			return true;
	return !text.len;
}

static bool
is_text_of_site(const struct trap_site *site, struct str text)
{
	const struct catalogue_row *row = catalogue_of(site);
	for (size_t i = 0; row && i < sizeof trap_texts / sizeof *trap_texts; i++)
		if (!strcmp(trap_texts[i].function, row->function) &&
			trap_texts[i].ordinal == row->ordinal && is_in(text, trap_texts[i].text))
			return true;
	return false;
}

static bool
is_static_error(enum error_kind kind)
{
	return kind == ERR_MALFORMED || kind == ERR_INVALID;
}

enum match_result
match_text(enum expectation want, struct str text, const struct error *err)
{
	enum error_kind kind = expectations[want].kind;
	if (err->kind != kind && !(is_static_error(kind) && is_static_error(err->kind)))
		return MATCH_OTHER_KIND;
	text = without_prefix(want, text);
	bool good =
		err->site ? is_text_of_site(err->site, text)
			  : memmem(err->message, strlen(err->message), text.ptr, text.len) != NULL;
	return good ? MATCH_YES : MATCH_OTHER_REASON;
}

/* Whether `words` start with all of `pattern`; an N stands for digits. */
static bool
starts_with(struct str words, const char *pattern)
{
	size_t i = 0;
	for (; *pattern; pattern++) {
		size_t start = i;
		while (*pattern == 'N' && i < words.len && words.ptr[i] >= '0' &&
			words.ptr[i] <= '9')
			i++;
		if (*pattern == 'N' ? i == start : i == words.len || words.ptr[i++] != *pattern)
			return false;
	}
	return true;
}

bool
match_site(const char *site, struct str words)
{
	words = without_prefix(EXPECT_TRAP, words);
	for (size_t i = 0; i < sizeof trap_texts / sizeof *trap_texts; i++) {
		size_t n = strlen(trap_texts[i].function);
		if (!strncmp(site, trap_texts[i].function, n) && site[n] == '#' &&
			atoi(site + n + 1) == trap_texts[i].ordinal &&
			starts_with(words, trap_texts[i].text))
			return true;
	}
	return false;
}
