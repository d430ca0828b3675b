/* words.c - tests of oracle/words. */
#include "oracle/words.h"

#include "unit.h"

static void
says(const char *text, const char *wanted)
{
	struct strbuf out = {.arena = arena_new(0)};
	words_of_text(&out, text);
	ck_assert_str_eq(strbuf_cstr(&out), wanted);
	arena_free(out.arena);
}

START_TEST(details_are_left_out)
{
	says("handle index 17 used", "handle index # used ");
	says("import name `a-b` (at offset 0x3c)", "import name # (at offset #) ");
	says("no `end", "no `end ");
	says("latin1 and utf8", "latin1 and utf8 ");
	says("", "");
}
END_TEST

START_TEST(places_are_left_out)
{
	says("error while executing at wasm backtrace:\n    0:     0x43 - M!<wasm function 0>\n"
	     "                    at s.wast:145:10\n\nCaused by:\n    wasm trap: unaligned "
	     "pointer\n",
		"wasm trap: unaligned pointer ");
	says("failed to run script file 's.wast'\n\nCaused by:\n    0: failed directive on "
	     "s.wast:5\n"
	     "    1: expected trap, got Component([])",
		"#: expected trap, got Component([]) ");
}
END_TEST

START_TEST(cut_first_lines_are_left_out)
{
	says("ended with status 70: ings/x.rs:12:4:\nnot implemented: this\nstack backtrace:\n",
		"ended with status 70not implemented: this ");
	says("signal 11, Segmentation fault", "signal 11, Segmentation fault");
}
END_TEST

UNIT_MAIN("words", details_are_left_out, places_are_left_out, cut_first_lines_are_left_out)
