#include "script/match.h"

#include <stdio.h>

#include "unit.h"

static enum match_result
match(enum expectation want, const char *text, enum error_kind kind, const char *reason)
{
	struct error err = {.kind = kind, .reason = reason};
	return match_error(want, str_of(text), &err);
}

START_TEST(a_row_gives_the_reasons)
{
	ck_assert_int_eq(match(EXPECT_TRAP, "string content out-of-bounds", ERR_TRAP,
				 "string-out-of-bounds"),
		MATCH_YES);
	ck_assert_int_eq(
		match(EXPECT_TRAP, "string content out-of-bounds", ERR_TRAP, "list-out-of-bounds"),
		MATCH_OTHER_REASON);
	ck_assert_int_eq(
		match(EXPECT_TRAP, "unknown handle index 7", ERR_TRAP, "unknown-handle-index"),
		MATCH_YES);
	ck_assert_int_eq(match(EXPECT_TRAP, "unknown handle index 7", ERR_TRAP, "unreachable"),
		MATCH_OTHER_REASON);
}
END_TEST

static enum match_result
match_message(const char *text, const char *message)
{
	struct error err = {.kind = ERR_INVALID, .reason = "unknown-memory"};
	snprintf(err.message, sizeof err.message, "%s", message);
	return match_error(EXPECT_INVALID, str_of(text), &err);
}

START_TEST(a_detail_is_in_the_message)
{
	ck_assert_int_eq(match_message("unknown memory", "unknown memory 1"), MATCH_YES);
	ck_assert_int_eq(match_message("unknown memory 1", "unknown memory 1"), MATCH_YES);
	ck_assert_int_eq(match_message("unknown memory 1", "unknown memory 1: no"), MATCH_YES);
	ck_assert_int_eq(match_message("unknown memory 1", "unknown memory 0"), MATCH_OTHER_REASON);
	ck_assert_int_eq(
		match_message("unknown memory 1", "unknown memory 10"), MATCH_OTHER_REASON);
	ck_assert_int_eq(
		match_message("unknown memory 1", "unknown memory 21"), MATCH_OTHER_REASON);
}
END_TEST

START_TEST(the_prefix_of_an_engine_is_dropped)
{
	ck_assert_int_eq(
		match(EXPECT_TRAP, "wasm trap: unreachable", ERR_TRAP, "unreachable"), MATCH_YES);
}
END_TEST

START_TEST(the_kind_has_to_fit)
{
	ck_assert_int_eq(
		match(EXPECT_TRAP, "unreachable", ERR_EXHAUSTED, "unreachable"), MATCH_OTHER_KIND);
	ck_assert_int_eq(match(EXPECT_INVALID, "type mismatch", ERR_MALFORMED, "type-mismatch"),
		MATCH_OTHER_KIND);
	ck_assert_int_eq(match(EXPECT_EXHAUSTION, "call stack exhausted", ERR_EXHAUSTED, "fuel"),
		MATCH_UNKNOWN_TEXT);
	ck_assert_int_eq(match(EXPECT_EXHAUSTION, "call stack exhausted", ERR_EXHAUSTED,
				 "call-stack-exhausted"),
		MATCH_YES);
}
END_TEST

START_TEST(a_row_may_ask_for_another_kind)
{
	ck_assert_int_eq(match(EXPECT_INVALID, "invalid leading byte", ERR_MALFORMED,
				 "leading-byte-module-type"),
		MATCH_YES);
	ck_assert_int_eq(match(EXPECT_INVALID, "invalid leading byte", ERR_INVALID,
				 "leading-byte-module-type"),
		MATCH_OTHER_REASON);
}
END_TEST

static enum match_result
by_text(enum expectation want, const char *text, enum error_kind kind, const char *message)
{
	struct error err = {.kind = kind, .reason = "whatever"};
	snprintf(err.message, sizeof err.message, "%s", message);
	return match_text(want, str_of(text), &err);
}

START_TEST(a_text_is_a_part_of_the_message)
{
	ck_assert_int_eq(
		by_text(EXPECT_INVALID, "type index", ERR_INVALID, "a type index 3"), MATCH_YES);
	ck_assert_int_eq(by_text(EXPECT_INVALID, "type indices", ERR_INVALID, "a type index 3"),
		MATCH_OTHER_REASON);
	ck_assert_int_eq(
		by_text(EXPECT_INVALID, "index", ERR_MALFORMED, "a type index 3"), MATCH_YES);
	ck_assert_int_eq(by_text(EXPECT_TRAP, "wasm trap: deadlock", ERR_TRAP, "deadlock detected"),
		MATCH_YES);
	ck_assert_int_eq(
		by_text(EXPECT_TRAP, "deadlock", ERR_EXHAUSTED, "deadlock"), MATCH_OTHER_KIND);
}
END_TEST

START_TEST(a_standard_text_is_its_own_reason)
{
	ck_assert_int_eq(
		match(EXPECT_INVALID, "unknown label", ERR_INVALID, "unknown-label"), MATCH_YES);
	ck_assert_int_eq(match(EXPECT_INVALID, "unknown label", ERR_INVALID, "unknown-label-x"),
		MATCH_UNKNOWN_TEXT);
	ck_assert_int_eq(
		match(EXPECT_INVALID, "unknown label", ERR_INVALID, "unknown"), MATCH_UNKNOWN_TEXT);
	ck_assert_int_eq(
		match(EXPECT_INVALID, "Unknown  label!", ERR_INVALID, "unknown-label"), MATCH_YES);
}
END_TEST

START_TEST(an_unknown_text_never_passes)
{
	ck_assert_int_eq(
		match(EXPECT_TRAP, "something else", ERR_TRAP, "unreachable"), MATCH_UNKNOWN_TEXT);
}
END_TEST

START_TEST(an_empty_text_wants_the_kind_alone)
{
	ck_assert_int_eq(match(EXPECT_MALFORMED, "", ERR_MALFORMED, "whatever"), MATCH_YES);
	ck_assert_int_eq(match(EXPECT_MALFORMED, "", ERR_INVALID, "whatever"), MATCH_OTHER_KIND);
	ck_assert_int_eq(match(EXPECT_EXCEPTION, "", ERR_EXCEPTION, "whatever"), MATCH_YES);
}
END_TEST

START_TEST(only_malformed_may_leave_the_text_out)
{
	ck_assert_int_eq(match(EXPECT_TRAP, "", ERR_TRAP, "unreachable"), MATCH_UNKNOWN_TEXT);
	ck_assert_int_eq(
		match(EXPECT_TRAP, "wasm trap: ", ERR_TRAP, "unreachable"), MATCH_UNKNOWN_TEXT);
	ck_assert_int_eq(
		match(EXPECT_INVALID, "", ERR_INVALID, "type-mismatch"), MATCH_UNKNOWN_TEXT);
}
END_TEST

UNIT_MAIN("script/match", a_row_gives_the_reasons, a_detail_is_in_the_message,
	the_prefix_of_an_engine_is_dropped, the_kind_has_to_fit, a_row_may_ask_for_another_kind,
	a_text_is_a_part_of_the_message, a_standard_text_is_its_own_reason,
	an_unknown_text_never_passes, an_empty_text_wants_the_kind_alone,
	only_malformed_may_leave_the_text_out)
