/* report_github.c - the report as workflow commands of GitHub Actions, and as a job summary.
 *
 * GitHub shows ten annotations of a step; all of them are in its log, and the first MAX_ROWS in the
 * summary, which GitHub refuses beyond 1 MiB. */
#define _POSIX_C_SOURCE 200809L
#include "script/format.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "base/version.h"
#include "pin.inc"
#include "script/markup.h"

enum { MAX_ROWS = 200, MAX_TEXT = 300 };

/* The path as the repository has it: GitHub matches annotations with files by it. */
static const char *
in_workspace(const char *path)
{
	const char *root = getenv("GITHUB_WORKSPACE");
	size_t n = root ? strlen(root) : 0;
	if (n && !strncmp(path, root, n) && path[n] == '/')
		return path + n + 1;
	return !strncmp(path, "./", 2) ? path + 2 : path;
}

typedef void
put_fn(FILE *out, const struct report *r, const struct file_report *f, const struct record *rec);

/* Of the directives that did not come out as expected, the first ones. */
static void
put_unexpected(FILE *out, const struct report *r, put_fn *put, uint32_t most)
{
	for (uint32_t i = 0; i < r->files.len; i++) {
		const struct file_report *f = &r->files.data[i];
		for (uint32_t k = 0; most && k < f->records.len; k++) {
			if (!outcome_is_unexpected(f->records.data[k].outcome))
				continue;
			put(out, r, f, &f->records.data[k]);
			most--;
		}
	}
}

static uint32_t
count_unexpected(const struct report *r)
{
	return r->counts[OUTCOME_FAIL] + r->counts[OUTCOME_ERROR] + r->counts[OUTCOME_XPASS];
}

/* ---- workflow commands ---- */

/* A message, or the value of a property, which has two more escapes. Other control characters than
 * line ends could not be seen in the log, or do harm there. */
static void
put_escaped(FILE *out, const char *text, bool is_property)
{
	for (uint32_t c; (c = utf8_next(&text));) {
		char bytes[4];
		if (c == '%' || c == '\r' || c == '\n' || (is_property && (c == ':' || c == ',')))
			fprintf(out, "%%%02X", c);
		else if (c < 0x20 && c != '\t')
			fputs("\xef\xbf\xbd", out);
		else
			fwrite(bytes, 1, (size_t)utf8_encode(c, bytes), out);
	}
}

static void
put_annotation(
	FILE *out, const struct report *r, const struct file_report *f, const struct record *rec)
{
	struct arena *a = arena_new(0);
	const struct details d = report_details(a, r, f, rec);
	fputs("::error file=", out);
	put_escaped(out, in_workspace(f->path), true);
	if (rec->line)
		fprintf(out, ",line=%u,col=%u", rec->line, rec->column);
	fputs(",title=", out);
	put_escaped(out, arena_printf(a, "%s: %s", outcome_name(rec->outcome), rec->kind), true);
	fputs("::", out);
	for (uint32_t i = 0; i < d.len; i++)
		put_escaped(out,
			arena_printf(a, "%s%s: %s", i ? "\n" : "", d.rows[i].label, d.rows[i].text),
			false);
	fputc('\n', out);
	arena_free(a);
}

/* ---- the summary ---- */

static void
put_row(FILE *out, const struct report *r, const struct file_report *f, const struct record *rec)
{
	struct arena *a = arena_new(0);
	(void)r;
	fprintf(out, "| %s | <code>", outcome_name(rec->outcome));
	put_markdown(out, in_workspace(f->path), MAX_TEXT);
	fprintf(out, ":%u:%u</code> | <code>", rec->line, rec->column);
	put_markdown(out, rec->kind, MAX_TEXT);
	fputs("</code> | ", out);
	put_markdown(out, report_reason(a, rec), MAX_TEXT);
	fputs(" |\n", out);
	arena_free(a);
}

static void
put_summary(FILE *out, const struct report *r)
{
	uint32_t rows = count_unexpected(r);
	fprintf(out, "### canon run\n\n");
	report_summary(out, r);
	fprintf(out, "\nCanon %s, specification %.7s, profile %s, seed %llu\n\n", CANON_VERSION,
		PIN_COMMIT, r->profile, (unsigned long long)r->seed);
	if (rows)
		fputs("| outcome | place | directive | what |\n|---|---|---|---|\n", out);
	put_unexpected(out, r, put_row, MAX_ROWS);
	if (rows > MAX_ROWS)
		fprintf(out, "\nThere are %u more.\n", rows - MAX_ROWS);
	fputc('\n', out);
}

/* It is an addition: where it cannot be written the run is as good as without. */
static void
append_summary(const char *path, const struct report *r)
{
	FILE *out = fopen(path, "a");
	if (out)
		put_summary(out, r);
	if (!out || fclose(out) != 0)
		fprintf(stderr, "canon run: the job summary %s: %s\n", path, strerror(errno));
}

void
report_github(FILE *out, const struct report *r)
{
	const char *summary = getenv("GITHUB_STEP_SUMMARY");
	put_unexpected(out, r, put_annotation, UINT32_MAX);
	report_summary(out, r);
	if (summary && *summary)
		append_summary(summary, r);
}
