/* clean.c - tests of base/clean. */
#define _POSIX_C_SOURCE 200809L
#include "base/clean.h"

#include <stdio.h>

#include "unit.h"

static void
check(const char *text, const char *expected)
{
	char *printed;
	size_t len;
	FILE *out = open_memstream(&printed, &len);
	put_clean(out, text);
	fclose(out);
	ck_assert_str_eq(printed, expected);
	free(printed);
}

START_TEST(what_is_printable_stays)
{
	check("", "");
	check("a \\ \"~\xc2\xa0\xc3\xa9\xf0\x9f\x98\x80\xef\xbf\xbd",
		"a \\ \"~\xc2\xa0\xc3\xa9\xf0\x9f\x98\x80\xef\xbf\xbd");
}
END_TEST

START_TEST(what_moves_the_cursor_does_not)
{
	check("\x1b[2J\n\t\x7f", "\\1b[2J\\0a\\09\\7f");
	check("\xc2\x9b"
	      "1m",
		"\\c2\\9b"
		"1m");
	check("\xe2\x80\xae\xe2\x81\xa6", "\\e2\\80\\ae\\e2\\81\\a6");
}
END_TEST

START_TEST(what_is_no_utf8)
{
	check("\xff"
	      "a\xc3",
		"\\ffa\\c3");
}
END_TEST

START_TEST(a_line)
{
	char *printed;
	size_t len;
	FILE *out = open_memstream(&printed, &len);
	put_clean_line(out, "%s: %u", "\x1b", 7u);
	fclose(out);
	ck_assert_str_eq(printed, "\\1b: 7\n");
	free(printed);
}
END_TEST

UNIT_MAIN("base/clean", a_line, what_is_printable_stays, what_moves_the_cursor_does_not,
	what_is_no_utf8)
