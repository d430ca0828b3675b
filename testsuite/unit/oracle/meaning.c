/* meaning.c - tests of oracle/meaning: packed numbers by what was called. */
#include "oracle/meaning.h"

#include "unit.h"

static const struct trace_value nothing[2];

static const struct {
	enum trace_kind kind;
	const char *name, *how;
	struct trace_value values[3];
	uint32_t nvalues;
	struct trace_value stored[2];
	const char *want;
} cases[] = {
	{TRACE_LEAVE, "lower", "async", {{2, 'i'}}, 1, {{0}}, "RETURNED"},
	{TRACE_LEAVE, "lower", "async", {{0x50, 'i'}}, 1, {{0}}, "STARTING, subtask 5"},
	{TRACE_LEAVE, "lower", NULL, {{0x50, 'i'}}, 1, {{0}}, ""},
	{TRACE_LEAVE, "lower", "async", {{0}}, 0, {{0}}, ""},
	{TRACE_LEAVE, "subtask.cancel", NULL, {{4, 'i'}}, 1, {{0}}, "CANCELLED_BEFORE_RETURNED"},
	{TRACE_LEAVE, "subtask.cancel", "async", {{0xffffffff, 'i'}}, 1, {{0}}, "BLOCKED"},
	{TRACE_LEAVE, "stream.new", NULL, {{0x200000001, 'l'}}, 1, {{0}}, "readable 1, writable 2"},
	{TRACE_LEAVE, "stream.read", "async", {{0xffffffff, 'i'}}, 1, {{0}}, "BLOCKED"},
	{TRACE_LEAVE, "stream.write", "async", {{0x41, 'i'}}, 1, {{0}}, "DROPPED, 4 elements"},
	{TRACE_LEAVE, "future.cancel-read", NULL, {{2, 'i'}}, 1, {{0}}, "CANCELLED"},
	{TRACE_LEAVE, "waitable-set.poll", NULL, {{0, 'i'}}, 1, {{0}}, "NONE"},
	{TRACE_LEAVE, "waitable-set.wait", NULL, {{2, 'i'}}, 1, {{7, 'i'}, {0x30, 'i'}},
		"STREAM_READ of 7: COMPLETED, 3 elements"},
	{TRACE_LEAVE, "waitable-set.wait", NULL, {{5, 'i'}}, 1, {{7, 'i'}, {1, 'i'}},
		"FUTURE_WRITE of 7: DROPPED"},
	{TRACE_LEAVE, "thread.yield", NULL, {{0, 'i'}}, 1, {{0}}, ""},
	{TRACE_LEAVE, "thread.yield", NULL, {{1, 'i'}}, 1, {{0}}, "CANCELLED"},
	{TRACE_CALL, "callback", NULL, {{1, 'i'}, {9, 'i'}, {2, 'i'}}, 3, {{0}},
		"SUBTASK of 9: RETURNED"},
	{TRACE_DONE, "callback", NULL, {{0x32, 'i'}}, 1, {{0}}, "WAIT for set 3"},
	{TRACE_DONE, "callback", NULL, {{0xf, 'i'}}, 1, {{0}}, "15"},
	{TRACE_DONE, "lift", "async callback", {{1, 'i'}}, 1, {{0}}, "YIELD"},
	{TRACE_DONE, "lift", NULL, {{1, 'i'}}, 1, {{0}}, ""},
	{TRACE_DONE, "realloc", NULL, {{1, 'i'}}, 1, {{0}}, ""},
};

START_TEST(numbers)
{
	struct arena *a = arena_new(0);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct strbuf out = {.arena = a};
		const struct trace_event e = {.kind = cases[i].kind,
			.name = cases[i].name,
			.how = cases[i].how,
			.values = cases[i].values,
			.nvalues = cases[i].nvalues};
		meaning_print(&out, &e, cases[i].stored);
		ck_assert_str_eq(strbuf_cstr(&out), cases[i].want);
	}
	arena_free(a);
}
END_TEST

START_TEST(events_without_values)
{
	struct arena *a = arena_new(0);
	struct strbuf out = {.arena = a};
	const struct trace_event e = {.kind = TRACE_LEAVE, .name = "waitable-set.wait"};
	meaning_print(&out, &e, nothing);
	ck_assert_uint_eq(out.len, 0);
	arena_free(a);
}
END_TEST

UNIT_MAIN("meaning", numbers, events_without_values)
