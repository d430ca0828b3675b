/* Unit tests of component/names: the grammar of names, versions, and strong uniqueness. */
#include "component/names.h"
#include "unit.h"

static const char *
why(const char *s, struct name_forms forms)
{
	static struct name_error err;
	struct extern_name n;
	return name_parse(str_of(s), forms, &n, &err) ? "" : err.reason;
}

static const char *
text_of(const char *s)
{
	static struct name_error err;
	struct extern_name n;
	return name_parse(str_of(s), (struct name_forms){0}, &n, &err) ? "" : err.text;
}

#define VALID(s)          ck_assert_str_eq(why(s, (struct name_forms){0}), "")
#define INVALID(s, r)     ck_assert_str_eq(why(s, (struct name_forms){0}), r)
#define EXPLAINED(s, msg) ck_assert_ptr_nonnull(strstr(text_of(s), msg))

START_TEST(labels)
{
	static const char *const good[] = {"a", "a1", "a-1", "a-b-c", "a1-2-3", "A", "A-B-C",
		"A1-2-3", "a11-w0rds", "A11-4CR0NYMS", "m1x3d-4CR0NYMS", "is-XML"};
	static const char *const bad[] = {"", "1", "1-a", "-", "-a", "a-", "a--b", "aB", "Ab",
		"a_b", "a b", "\xc3\xa9", "1-2-3", "a.b"};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		ck_assert_msg(name_is_kebab(str_of(good[i])), "%s", good[i]);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ck_assert_msg(!name_is_kebab(str_of(bad[i])), "%s", bad[i]);
	ck_assert(!name_is_kebab((struct str){"a\0b", 3}));
}
END_TEST

START_TEST(plain_names)
{
	VALID("a-B");
	INVALID("", "not-kebab-case");
	INVALID("aBc", "not-kebab-case");
	INVALID("wasi/http", "not-kebab-case");
	INVALID("url=<https://x>", "not-kebab-case");
	EXPLAINED("wasi/http", "`wasi/http` is not in kebab case");
}
END_TEST

START_TEST(annotations)
{
	struct extern_name n;
	struct name_error err;
	ck_assert(name_parse(STR("[method]a-b.c-d"), (struct name_forms){0}, &n, &err));
	ck_assert_int_eq(n.kind, NAME_METHOD);
	ck_assert(str_is(n.resource, "a-b") && str_is(n.label, "c-d"));
	ck_assert(name_parse(STR("[constructor]R"), (struct name_forms){0}, &n, &err));
	ck_assert_int_eq(n.kind, NAME_CONSTRUCTOR);
	ck_assert(str_is(n.resource, "R"));
	VALID("[static]a.a");
	INVALID("[constructor]", "not-kebab-case");
	INVALID("[method]", "name-missing-dot");
	INVALID("[static]a", "name-missing-dot");
	INVALID("[method]a.", "not-kebab-case");
	INVALID("[method].a", "not-kebab-case");
	INVALID("[static]a.b.c", "not-kebab-case");
	INVALID("[what]a", "not-kebab-case");
}
END_TEST

START_TEST(interfaces)
{
	struct extern_name n;
	struct name_error err;
	struct name_forms nested = {.nested = true};
	ck_assert(name_parse(STR("a-b:c/D-2@1.0.0"), (struct name_forms){0}, &n, &err));
	ck_assert_int_eq(n.kind, NAME_INTERFACE);
	ck_assert(str_is(n.namespace, "a-b") && str_is(n.package, "c"));
	ck_assert(str_is(n.projection, "D-2") && str_is(n.version, "1.0.0"));
	INVALID("wasi:", "not-kebab-case");
	INVALID(":/", "not-kebab-case");
	INVALID("wasi:http/TyPeS", "not-kebab-case");
	INVALID("A:b/c", "name-not-lowercase");
	INVALID("ns:pkg-A/b", "name-not-lowercase");
	INVALID("ns:pkg", "name-missing-projection");
	INVALID("foo:bar:baz/qux", "name-missing-projection");
	INVALID("foo:bar/baz/qux", "name-trailing-characters");
	EXPLAINED("foo:bar/baz/qux", "trailing characters found: `/qux`");
	ck_assert_str_eq(why("foo:bar:baz/qux/q", nested), "");
	ck_assert_str_eq(why("foo:bar:A/qux", nested), "name-not-lowercase");
	ck_assert_str_eq(why("foo:bar/a//b", nested), "not-kebab-case");
}
END_TEST

START_TEST(versions)
{
	struct name_forms canonical = {.canonical_version = true};
	VALID("a:b/c@123456.7890.488");
	VALID("a:b/c@0.0.0-abcd.1.2+efg.4.ee.05");
	VALID("a:b/c@0.0.0+abcd-efg");
	INVALID("a:b/c@1", "name-version");
	INVALID("a:b/c@1.0.0-01", "name-version");
	INVALID("a:b/c@01.0.0", "name-version");
	INVALID("a:b/c@1.0.0 ", "name-version");
	EXPLAINED("a:b/c@", "empty string");
	EXPLAINED("a:b/c@.", "unexpected character '.'");
	EXPLAINED("a:b/c@1.", "unexpected end of input");
	EXPLAINED("a:b/c@a.2", "unexpected character 'a'");
	EXPLAINED("a:b/c@2.0x0", "unexpected character 'x'");
	EXPLAINED("a:b/c@2.0.0+", "empty identifier segment");
	EXPLAINED("a:b/c@2.0.0-", "empty identifier segment");
	ck_assert_str_eq(why("a:b/c@1", canonical), "");
	ck_assert_str_eq(why("a:b/c@0.2", canonical), "");
	ck_assert_str_eq(why("a:b/c@0.0.3", canonical), "");
	ck_assert_str_eq(why("a:b/c@0", canonical), "name-version");
	ck_assert_str_eq(why("a:b/c@1.2", canonical), "name-version");
	ck_assert(name_is_canonical_version(STR("0.0.0")));
	ck_assert(!name_is_canonical_version(STR("0.0")));
}
END_TEST

/* Do two names collide? */
static bool
alike(const char *a, const char *b)
{
	struct arena *arena = arena_new(0);
	struct extern_name x, y;
	struct name_error err;
	ck_assert(name_parse(str_of(a), (struct name_forms){0}, &x, &err));
	ck_assert(name_parse(str_of(b), (struct name_forms){0}, &y, &err));
	bool eq = str_eq(name_unique_key(arena, &x), name_unique_key(arena, &y));
	arena_free(arena);
	return eq;
}

START_TEST(uniqueness)
{
	static const char *const unique[] = {"foo", "foo-bar", "[constructor]foo",
		"[method]foo.bar", "[static]foo.baz", "foo:bar/baz", "foo:bar/baz@1.0.0",
		"foo:bar/baz@1.0.0-A"};
	size_t n = sizeof unique / sizeof *unique;
	for (size_t i = 0; i < n; i++) {
		for (size_t j = 0; j < n; j++)
			ck_assert_msg(alike(unique[i], unique[j]) == (i == j), "%s %s", unique[i],
				unique[j]);
	}
	ck_assert(alike("foo", "FOO"));
	ck_assert(alike("foo-bar", "foo-BAR"));
	ck_assert(alike("[constructor]foo", "[constructor]FOO"));
	ck_assert(alike("[method]foo.bar", "[static]foo.BAR"));
	ck_assert(alike("[method]foo.foo", "foo"));
	ck_assert(alike("[static]foo-BAR.FOO-bar", "foo-bar"));
	ck_assert(alike("foo:bar/baz", "foo:bar/BAZ"));
	ck_assert(!alike("foo:bar/baz@1.0.0-a", "foo:bar/baz@1.0.0-A"));
}
END_TEST

UNIT_MAIN("names", labels, plain_names, annotations, interfaces, versions, uniqueness)
