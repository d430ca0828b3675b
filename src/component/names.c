/* names.c - the grammar of import and export names, and strong uniqueness: Explainer.md,
 * "Import and Export Definitions", "Name Uniqueness", "Canonical Interface Name". What
 * annotations ask of a function's type is in valid_names.c. */
#include "component/names.h"

#include <stdarg.h>
#include <stdio.h>

static bool
is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool
is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Fills *err; false, so that callers can return it. */
PRINTF(3, 4)
static bool
fail(struct name_error *err, const char *reason, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	err->reason = reason;
	vsnprintf(err->text, sizeof err->text, fmt, ap);
	va_end(ap);
	return false;
}

/* The part of a string from `from` on, and `len` bytes of it. */
static struct str
part(struct str s, size_t from, size_t len)
{
	return (struct str){s.ptr + from, len};
}

static struct str
rest(struct str s, size_t from)
{
	return part(s, from, s.len - from);
}

/* The index of the first byte of `s` that is in `set`, or its length. */
static size_t
find(struct str s, const char *set)
{
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] != 0 && strchr(set, s.ptr[i]))
			return i;
	}
	return s.len;
}

/* ---- labels ---- */

bool
name_is_kebab(struct str s)
{
	bool lower = false, upper = false, empty = true;
	if (s.len == 0 || is_digit(s.ptr[0]))
		return false;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		if (c == '-') {
			if (empty)
				return false;
			lower = upper = false;
			empty = true;
			continue;
		}
		lower |= is_lower(c);
		upper |= is_upper(c);
		if ((lower && upper) || !(is_lower(c) || is_upper(c) || is_digit(c)))
			return false;
		empty = false;
	}
	return !empty;
}

static bool
need_kebab(struct str s, struct name_error *err)
{
	if (name_is_kebab(s))
		return true;
	return fail(err, "not-kebab-case", "`" STR_FMT "` is not in kebab case", STR_ARG(s));
}

/* Namespaces and packages are words without acronyms. */
static bool
need_words(struct str s, struct name_error *err)
{
	if (!need_kebab(s, err))
		return false;
	for (size_t i = 0; i < s.len; i++) {
		if (is_upper(s.ptr[i]))
			return fail(err, "name-not-lowercase", "`" STR_FMT "` is not in lower case",
				STR_ARG(s));
	}
	return true;
}

/* ---- versions ---- */

struct version_reader {
	struct str s;
	size_t pos;
	struct name_error *err;
};

static bool
version_number(struct version_reader *r, const char *what)
{
	size_t start = r->pos;
	while (r->pos < r->s.len && is_digit(r->s.ptr[r->pos]))
		r->pos++;
	if (r->pos == start && r->pos == r->s.len)
		return fail(r->err, "name-version",
			"unexpected end of input while parsing %s version number", what);
	if (r->pos == start)
		return fail(r->err, "name-version",
			"unexpected character '%c' while parsing %s version number",
			r->s.ptr[r->pos], what);
	if (r->pos - start > 1 && r->s.ptr[start] == '0')
		return fail(
			r->err, "name-version", "invalid leading zero in %s version number", what);
	return true;
}

static bool
version_dot(struct version_reader *r, const char *what)
{
	if (r->pos == r->s.len)
		return fail(r->err, "name-version",
			"unexpected end of input after %s version number", what);
	if (r->s.ptr[r->pos] != '.')
		return fail(r->err, "name-version",
			"unexpected character '%c' after %s version number", r->s.ptr[r->pos],
			what);
	r->pos++;
	return true;
}

/* One or more identifiers with dots between them; numbers without leading zeros, unless they
 * are build metadata. */
static bool
version_identifiers(struct version_reader *r, const char *what, bool is_build)
{
	do {
		size_t start = ++r->pos;
		bool digits = true;
		for (; r->pos < r->s.len; r->pos++) {
			char c = r->s.ptr[r->pos];
			if (!is_digit(c) && !is_lower(c) && !is_upper(c) && c != '-')
				break;
			digits &= is_digit(c);
		}
		if (r->pos == start)
			return fail(r->err, "name-version", "empty identifier segment in %s", what);
		if (!is_build && digits && r->pos - start > 1 && r->s.ptr[start] == '0')
			return fail(r->err, "name-version", "invalid leading zero in %s", what);
	} while (r->pos < r->s.len && r->s.ptr[r->pos] == '.');
	return true;
}

bool
name_parse_version(struct str s, struct name_error *err)
{
	struct version_reader r = {s, 0, err};
	if (s.len == 0)
		return fail(err, "name-version", "empty string, expected a semver version");
	if (!version_number(&r, "major") || !version_dot(&r, "major") ||
		!version_number(&r, "minor") || !version_dot(&r, "minor") ||
		!version_number(&r, "patch"))
		return false;
	if (r.pos < s.len && s.ptr[r.pos] == '-' &&
		!version_identifiers(&r, "pre-release identifier", false))
		return false;
	if (r.pos < s.len && s.ptr[r.pos] == '+' &&
		!version_identifiers(&r, "build metadata", true))
		return false;
	if (r.pos < s.len)
		return fail(err, "name-version", "unexpected character '%c' in a version",
			s.ptr[r.pos]);
	return true;
}

/* [1-9][0-9]* */
static bool
is_positive(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (!is_digit(s.ptr[i]))
			return false;
	}
	return s.len > 0 && s.ptr[0] != '0';
}

bool
name_is_canonical_version(struct str s)
{
	if (is_positive(s) || str_is(s, "0.0.0"))
		return true;
	if (str_starts(s, "0.0."))
		return is_positive(rest(s, 4));
	return str_starts(s, "0.") && is_positive(rest(s, 2));
}

/* ---- names ---- */

static bool
parse_version(struct extern_name *n, struct name_forms forms, struct name_error *err)
{
	if (forms.canonical_version && name_is_canonical_version(n->version))
		return true;
	return name_parse_version(n->version, err);
}

/* namespace:package/projection, with several of each but the package where `nested`. */
static bool
parse_interface(struct extern_name *n, struct name_forms forms, struct name_error *err)
{
	struct str s = n->text;
	size_t len = find(s, ":");
	n->kind = NAME_INTERFACE;
	n->namespace = part(s, 0, len);
	if (!need_words(n->namespace, err))
		return false;
	s = rest(s, len + 1);
	for (;;) {
		len = find(s, ":/@");
		n->package = part(s, 0, len);
		if (!need_words(n->package, err))
			return false;
		if (!forms.nested || len == s.len || s.ptr[len] != ':')
			break;
		s = rest(s, len + 1);
	}
	if (len == s.len || s.ptr[len] != '/')
		return fail(err, "name-missing-projection", "expected `/` after package name");
	do {
		s = rest(s, len + 1);
		len = find(s, "/@");
		n->projection = part(s, 0, len);
		if (!need_kebab(n->projection, err))
			return false;
	} while (forms.nested && len < s.len && s.ptr[len] == '/');
	s = rest(s, len);
	if (s.len == 0)
		return true;
	if (s.ptr[0] != '@')
		return fail(err, "name-trailing-characters",
			"trailing characters found: `" STR_FMT "`", STR_ARG(s));
	n->version = rest(s, 1);
	return parse_version(n, forms, err);
}

/* resource.label, after [method] or [static]. */
static bool
parse_member(struct extern_name *n, struct str s, enum name_kind kind, struct name_error *err)
{
	size_t dot = find(s, ".");
	n->kind = kind;
	if (dot == s.len)
		return fail(err, "name-missing-dot", "failed to find `.` character");
	n->resource = part(s, 0, dot);
	n->label = rest(s, dot + 1);
	return need_kebab(n->resource, err) && need_kebab(n->label, err);
}

bool
name_parse(struct str s, struct name_forms forms, struct extern_name *out, struct name_error *err)
{
	*out = (struct extern_name){.text = s};
	if (str_starts(s, "[constructor]")) {
		out->kind = NAME_CONSTRUCTOR;
		out->resource = rest(s, sizeof "[constructor]" - 1);
		return need_kebab(out->resource, err);
	}
	if (str_starts(s, "[method]"))
		return parse_member(out, rest(s, sizeof "[method]" - 1), NAME_METHOD, err);
	if (str_starts(s, "[static]"))
		return parse_member(out, rest(s, sizeof "[static]" - 1), NAME_STATIC, err);
	if (find(s, ":") < s.len)
		return parse_interface(out, forms, err);
	out->kind = NAME_PLAIN;
	out->label = s;
	return need_kebab(s, err);
}

/* ---- uniqueness ---- */

/* `s` with the capital letters of its first n bytes made small. */
static struct str
lower(struct arena *a, struct str s, size_t n)
{
	size_t i = 0;
	while (i < n && !is_upper(s.ptr[i]))
		i++;
	if (i == n)
		return s;
	char *p = arena_strndup(a, s.ptr, s.len);
	for (; i < n; i++) {
		if (is_upper(p[i]))
			p[i] = (char)(p[i] - 'A' + 'a');
	}
	return (struct str){p, s.len};
}

struct str
label_unique_key(struct arena *a, struct str label)
{
	return lower(a, label, label.len);
}

struct str
name_unique_key(struct arena *a, const struct extern_name *n)
{
	struct str s = n->text;
	switch (n->kind) {
	case NAME_PLAIN:
	case NAME_CONSTRUCTOR: return lower(a, s, s.len);
	case NAME_INTERFACE: return lower(a, s, find(s, "@"));
	case NAME_METHOD:
	case NAME_STATIC: break;
	}
	struct str resource = label_unique_key(a, n->resource);
	struct str label = label_unique_key(a, n->label);
	if (str_eq(resource, label))
		return label;
	return lower(a, rest(s, find(s, "]") + 1), s.len - find(s, "]") - 1);
}
