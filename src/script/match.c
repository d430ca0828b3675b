/* match.c - see match.h. */
#include "script/match.h"

#include <stddef.h>
#include <string.h>

struct wording {
	const char *group, *mode, *text, *reasons;
};

static const struct wording wordings[] = {
#include "wordings.inc"
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
	return !strcmp(w->mode, "prefix") ? str_starts(text, w->text) : str_is(text, w->text);
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
row_allows(const struct wording *w, enum error_kind kind, const struct error *err)
{
	const char *p = w->reasons;
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

enum match_result
match_error(enum expectation want, struct str text, const struct error *err)
{
	enum error_kind kind = expectations[want].kind;
	enum match_result other = err->kind == kind ? MATCH_OTHER_REASON : MATCH_OTHER_KIND;
	bool known = false;
	if (want == EXPECT_TRAP && str_starts(text, "wasm trap: "))
		text = (struct str){text.ptr + 11, text.len - 11};
	if (!text.len && (want == EXPECT_MALFORMED || want == EXPECT_EXCEPTION))
		return err->kind == kind ? MATCH_YES : MATCH_OTHER_KIND;
	for (size_t i = 0; i < sizeof wordings / sizeof *wordings; i++) {
		if (!knows(&wordings[i], expectations[want].group, text))
			continue;
		known = true;
		if (row_allows(&wordings[i], kind, err))
			return MATCH_YES;
	}
	if (known)
		return other;
	if (is_kebab_of(err->reason, text))
		return err->kind == kind ? MATCH_YES : other;
	return MATCH_UNKNOWN_TEXT;
}
