/* canon_error_context.c - error contexts: what they keep of their message. */
#include "abi.h"

static const uint8_t ascii[] = "what";
static const uint32_t points[] = {'w', 0x20ac};

START_TEST(an_ascii_message_is_copied)
{
	world_begin();
	String s = {.ascii = ascii, .len = 4, .encoding = utf8, .tagged_code_units = 4};
	ErrorContext *e = ErrorContext_new(world, &s);
	ck_assert_uint_eq(e->debug_message->len, 4);
	ck_assert_uint_eq(String_at(e->debug_message, 3), 't');
	ck_assert_ptr_ne(e->debug_message->ascii, ascii);
	world_end();
}
END_TEST

START_TEST(a_wide_message_is_copied)
{
	world_begin();
	String s = {.s = points, .len = 2, .encoding = utf16, .tagged_code_units = 2};
	ErrorContext *e = ErrorContext_new(world, &s);
	ck_assert_uint_eq(String_at(e->debug_message, 1), 0x20ac);
	ck_assert_ptr_ne(e->debug_message->s, points);
	world_end();
}
END_TEST

UNIT_MAIN("canon_error_context", an_ascii_message_is_copied, a_wide_message_is_copied)
