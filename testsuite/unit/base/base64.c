/* base64.c - tests of base/base64: the examples of RFC 4648, section 10, and the last digits. */
#include "base/base64.h"

#include "unit.h"

static const char *
encode(struct arena *a, const char *bytes, size_t len)
{
	struct strbuf out = {.arena = a};
	base64_encode(&out, bytes, len);
	return strbuf_cstr(&out);
}

START_TEST(examples)
{
	static const char *const of[] = {
		"", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"};
	struct arena *a = arena_new(0);
	for (size_t n = 0; n <= 6; n++)
		ck_assert_str_eq(encode(a, "foobar", n), of[n]);
	arena_free(a);
}
END_TEST

START_TEST(all_bits)
{
	struct arena *a = arena_new(0);
	ck_assert_str_eq(encode(a, "\xff\xff\xff", 3), "////");
	ck_assert_str_eq(encode(a, "\0\0\0\xfb\xf0", 5), "AAAA+/A=");
	arena_free(a);
}
END_TEST

UNIT_MAIN("base/base64", examples, all_bits)
