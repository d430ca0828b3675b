/* report_tap.c - the report in the Test Anything Protocol, version 14, without subtests. */
#include "script/format.h"

#include <inttypes.h>
#include <string.h>

#include "base/utf8.h"
#include "base/version.h"
#include "pin.inc"

static void
put_char(FILE *out, uint32_t c)
{
	char bytes[4];
	fwrite(bytes, 1, (size_t)utf8_encode(c, bytes), out);
}

static bool
is_control(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
}

/* Inside a line of TAP: a number sign would start a directive. */
static void
put_inline(FILE *out, const char *text)
{
	for (uint32_t c; (c = utf8_next(&text));) {
		if (c == '#' || c == '\\')
			fputc('\\', out);
		put_char(out, is_control(c) ? ' ' : c);
	}
}

/* A double-quoted scalar of YAML, with what is not printable there as an escape. */
static void
put_yaml(FILE *out, const char *text)
{
	fputc('"', out);
	for (uint32_t c; (c = utf8_next(&text));) {
		if (c == '"' || c == '\\')
			fprintf(out, "\\%c", (char)c);
		else if (is_control(c) || c == 0xfeff || c == 0xfffe || c == 0xffff)
			fprintf(out, "\\u%04x", c);
		else
			put_char(out, c);
	}
	fputs("\"\n", out);
}

static void
put_member(FILE *out, const char *key, const char *text)
{
	if (!text)
		return;
	fputs("  ", out);
	for (; *key; key++)
		fputc(*key == ' ' ? '_' : *key, out);
	fputs(": ", out);
	put_yaml(out, text);
}

static void
put_block(FILE *out, const struct report *r, const struct file_report *f, const struct record *rec)
{
	struct arena *a = arena_new(0);
	const struct details d = report_details(a, r, f, rec);
	fputs("  ---\n", out);
	put_member(out, "outcome", outcome_name(rec->outcome));
	put_member(out, "phase", rec->phase);
	for (uint32_t i = 0; i < d.len; i++)
		put_member(out, d.rows[i].label, d.rows[i].text);
	put_member(out, "section", rec->section);
	fputs("  ...\n", out);
	arena_free(a);
}

static const char *const directives[OUTCOME_COUNT] = {
	[OUTCOME_SKIP] = "SKIP",
	[OUTCOME_UNSUPPORTED] = "SKIP",
	[OUTCOME_XFAIL] = "TODO",
};

static void
put_point(FILE *out, uint32_t number, const struct report *r, const struct file_report *f,
	const struct record *rec)
{
	bool bad = outcome_is_unexpected(rec->outcome) || rec->outcome == OUTCOME_XFAIL;
	fprintf(out, "%s %u - ", bad ? "not ok" : "ok", number);
	put_inline(out, f->path);
	fprintf(out, ":%u:%u ", rec->line, rec->column);
	put_inline(out, rec->kind);
	if (directives[rec->outcome]) {
		struct arena *a = arena_new(0);
		fprintf(out, " # %s ", directives[rec->outcome]);
		put_inline(out, report_reason(a, rec));
		arena_free(a);
	}
	fputc('\n', out);
	if (bad)
		put_block(out, r, f, rec);
}

void
report_tap(FILE *out, const struct report *r)
{
	uint32_t n = report_directives(r), number = 0;
	fprintf(out, "TAP version 14\n1..%u%s\n", n, n ? "" : " # SKIP no directive ran");
	fprintf(out, "# canon %s, specification %s, profile %s, seed %" PRIu64 "\n", CANON_VERSION,
		PIN_COMMIT, r->profile, r->seed);
	for (uint32_t i = 0; i < r->files.len; i++) {
		const struct file_report *f = &r->files.data[i];
		for (uint32_t k = 0; k < f->records.len; k++)
			put_point(out, ++number, r, f, &f->records.data[k]);
	}
}
