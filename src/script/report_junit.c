/* report_junit.c - the report as JUnit XML, in the form that CI systems have in common. */
#include "script/format.h"

#include "base/str.h"
#include "base/version.h"
#include "pin.inc"
#include "script/markup.h"

/* The element inside of a testcase; null for a pass. */
static const char *const elements[OUTCOME_COUNT] = {
	[OUTCOME_FAIL] = "failure",
	[OUTCOME_SKIP] = "skipped",
	[OUTCOME_UNSUPPORTED] = "skipped",
	[OUTCOME_ERROR] = "error",
	[OUTCOME_XFAIL] = "skipped",
	[OUTCOME_XPASS] = "failure",
};

static void
count(FILE *out, const uint32_t counts[OUTCOME_COUNT])
{
	uint32_t all = 0;
	for (int o = 0; o < OUTCOME_COUNT; o++)
		all += counts[o];
	fprintf(out, " tests=\"%u\" failures=\"%u\" errors=\"%u\" skipped=\"%u\"", all,
		counts[OUTCOME_FAIL] + counts[OUTCOME_XPASS], counts[OUTCOME_ERROR],
		counts[OUTCOME_SKIP] + counts[OUTCOME_UNSUPPORTED] + counts[OUTCOME_XFAIL]);
}

static void
put_verdict(
	FILE *out, const struct report *r, const struct file_report *f, const struct record *rec)
{
	const char *element = elements[rec->outcome];
	struct arena *a = arena_new(0);
	const struct details d = report_details(a, r, f, rec);
	fprintf(out, "      <%s", element);
	if (outcome_is_unexpected(rec->outcome))
		put_attribute(out, "type", outcome_name(rec->outcome));
	put_attribute(out, "message", report_reason(a, rec));
	fputs(">", out);
	for (uint32_t i = 0; i < d.len; i++) {
		fprintf(out, "%s: ", d.rows[i].label);
		put_markup(out, d.rows[i].text);
		fputs(i + 1 < d.len ? "\n" : "", out);
	}
	fprintf(out, "</%s>\n", element);
	arena_free(a);
}

/* The name is unique in its file: two directives do not start at the same place. */
static void
put_case(FILE *out, const struct report *r, const struct file_report *f, const struct record *rec)
{
	fprintf(out, "    <testcase name=\"%u:%u ", rec->line, rec->column);
	put_markup(out, rec->kind);
	fputc('"', out);
	put_attribute(out, "classname", f->path);
	put_attribute(out, "file", f->path);
	if (rec->line)
		fprintf(out, " line=\"%u\"", rec->line);
	if (!elements[rec->outcome]) {
		fputs("/>\n", out);
		return;
	}
	fputs(">\n", out);
	put_verdict(out, r, f, rec);
	fputs("    </testcase>\n", out);
}

static void
put_property(FILE *out, const char *name, const char *value)
{
	fprintf(out, "      <property name=\"%s\"", name);
	put_attribute(out, "value", value);
	fputs("/>\n", out);
}

static void
put_suite(FILE *out, const struct report *r, const struct file_report *f)
{
	uint32_t counts[OUTCOME_COUNT] = {0};
	char seed[24];
	for (uint32_t i = 0; i < f->records.len; i++)
		counts[f->records.data[i].outcome]++;
	fputs("  <testsuite", out);
	put_attribute(out, "name", f->path);
	count(out, counts);
	fputs(">\n    <properties>\n", out);
	snprintf(seed, sizeof seed, "%llu", (unsigned long long)r->seed);
	put_property(out, "canon", CANON_VERSION);
	put_property(out, "specification", PIN_COMMIT);
	put_property(out, "profile", r->profile);
	put_property(out, "seed", seed);
	fputs("    </properties>\n", out);
	for (uint32_t i = 0; i < f->records.len; i++)
		put_case(out, r, f, &f->records.data[i]);
	fputs("  </testsuite>\n", out);
}

void
report_junit(FILE *out, const struct report *r)
{
	fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"canon run\"", out);
	count(out, r->counts);
	fputs(">\n", out);
	for (uint32_t i = 0; i < r->files.len; i++)
		put_suite(out, r, &r->files.data[i]);
	fputs("</testsuites>\n", out);
}
