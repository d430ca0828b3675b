/* utf8.c - tests of base/utf8: texts that are none. */
#include "base/utf8.h"

#include "unit.h"

static void
reads_as(const char *text, const uint32_t *want, int n)
{
	const char *at = text;
	for (int i = 0; i < n; i++)
		ck_assert_uint_eq(utf8_next(&at), want[i]);
	ck_assert_uint_eq(utf8_next(&at), 0);
	ck_assert_uint_eq(utf8_next(&at), 0);
	ck_assert_ptr_eq(at, text + strlen(text));
}

START_TEST(next_of_texts)
{
	reads_as("", NULL, 0);
	reads_as("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x94\x80",
		(const uint32_t[]){'a', 0xe9, 0x20ac, 0x1f500}, 4);
}
END_TEST

/* Cut short, too long, a surrogate, and bytes that start nothing. */
START_TEST(next_of_other_bytes)
{
	reads_as("\xe2\x82", (const uint32_t[]){0xfffd, 0xfffd}, 2);
	reads_as("\xc0\x80x", (const uint32_t[]){0xfffd, 0xfffd, 'x'}, 3);
	reads_as("\xed\xa0\x80", (const uint32_t[]){0xfffd, 0xfffd, 0xfffd}, 3);
	reads_as("\xff\xfe", (const uint32_t[]){0xfffd, 0xfffd}, 2);
	reads_as("\xf0\x9f\x94", (const uint32_t[]){0xfffd, 0xfffd, 0xfffd}, 3);
}
END_TEST

UNIT_MAIN("base/utf8", next_of_texts, next_of_other_bytes)
