/* wire.c - tests of script/wire: what is written is read, and nothing that is cut short. */
#define _POSIX_C_SOURCE 200809L
#include "script/wire.h"

#include "unit.h"

static const struct record full = {.line = 3,
	.column = 70000,
	.kind = "assert_trap",
	.outcome = OUTCOME_XFAIL,
	.phase = "execute",
	.expected = "",
	.actual = "a\xff\n",
	.refused = 5,
	.trap_class = "c",
	.trap_site = "f#1",
	.section = "s",
	.choices = "0,1",
	.known = "k",
	.leans_on = "l",
	.internal = true};
static const struct record sparse = {.kind = "module", .phase = "link"};

struct written {
	char *bytes;
	size_t len;
};

static struct written
write_both(struct arena *a)
{
	struct file_report f = {.path = "not sent"};
	struct written w;
	FILE *out = open_memstream(&w.bytes, &w.len);
	vec_push(a, &f.records, full);
	vec_push(a, &f.records, sparse);
	wire_write(out, &f);
	wire_write_u32(out, 77);
	fclose(out);
	return w;
}

START_TEST(what_is_written_is_read)
{
	struct arena *a = arena_new(0);
	struct written w = write_both(a);
	struct str in = {w.bytes, w.len};
	struct file_report f = {0};
	uint32_t behind = 0;
	ck_assert(wire_read(a, &in, &f));
	ck_assert(wire_read_u32(&in, &behind));
	ck_assert_uint_eq(behind, 77);
	ck_assert_uint_eq(in.len, 0);
	ck_assert_uint_eq(f.records.len, 2);
	const struct record *r = &f.records.data[0];
	ck_assert_uint_eq(r->line, 3);
	ck_assert_uint_eq(r->column, 70000);
	ck_assert_uint_eq(r->refused, 5);
	ck_assert_int_eq(r->outcome, OUTCOME_XFAIL);
	ck_assert(r->internal);
	ck_assert_str_eq(r->kind, full.kind);
	ck_assert_str_eq(r->phase, full.phase);
	ck_assert_str_eq(r->expected, "");
	ck_assert_str_eq(r->actual, full.actual);
	ck_assert_str_eq(r->trap_class, "c");
	ck_assert_str_eq(r->trap_site, "f#1");
	ck_assert_str_eq(r->section, "s");
	ck_assert_str_eq(r->choices, "0,1");
	ck_assert_str_eq(r->known, "k");
	ck_assert_str_eq(r->leans_on, "l");
	ck_assert_ptr_null(f.records.data[1].expected);
	ck_assert(!f.records.data[1].internal);
	free(w.bytes);
	arena_free(a);
}
END_TEST

START_TEST(what_is_cut_short_is_refused)
{
	struct arena *a = arena_new(0);
	struct written w = write_both(a);
	for (size_t n = 0; n < w.len - sizeof(uint32_t); n++) {
		/* A copy of its own: reading behind it would be noticed. */
		char *part = malloc(n ? n : 1);
		struct str in = {part, n};
		struct file_report f = {0};
		memcpy(part, w.bytes, n);
		ck_assert_msg(!wire_read(a, &in, &f), "%zu bytes", n);
		free(part);
	}
	memset(w.bytes + 4 + 8, 0xff, 4);
	struct str in = {w.bytes, w.len};
	struct file_report f = {0};
	ck_assert_msg(!wire_read(a, &in, &f), "no outcome");
	free(w.bytes);
	arena_free(a);
}
END_TEST

UNIT_MAIN("script/wire", what_is_written_is_read, what_is_cut_short_is_refused)
