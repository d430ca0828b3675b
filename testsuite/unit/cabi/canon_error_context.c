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

START_TEST(one_that_nothing_holds_is_used_again)
{
	world_begin();
	String s = {.ascii = ascii, .len = 4, .encoding = utf8, .tagged_code_units = 4};
	Store *store = Store_new(world);
	ErrorContext *e = ErrorContext_in_store(store, &s);
	struct arena *value = arena_child(world);
	ErrorContext_hold(e);
	ErrorContext_hold_in(value, e);
	ErrorContext_release(e);
	ck_assert_ptr_ne(e->arena, NULL);
	ck_assert_uint_eq(String_at(e->debug_message, 0), 'w');
	arena_free(value);
	ck_assert_ptr_eq(e->arena, NULL);
	ck_assert_uint_eq(arena_children(world), 0);
	ck_assert_ptr_eq(ErrorContext_in_store(store, &s), e);
	world_end();
}
END_TEST

START_TEST(one_may_be_held_longer_than_its_store)
{
	world_begin();
	String s = {.ascii = ascii, .len = 4, .encoding = utf8, .tagged_code_units = 4};
	Store *store = Store_new(world);
	struct arena *value = arena_child(world);
	ErrorContext_hold_in(value, ErrorContext_in_store(store, &s));
	world_end(); /* its message goes first */
}
END_TEST

UNIT_MAIN("canon_error_context", an_ascii_message_is_copied, a_wide_message_is_copied,
	one_that_nothing_holds_is_used_again, one_may_be_held_longer_than_its_store)
