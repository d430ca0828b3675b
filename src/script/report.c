/* report.c - counting, the report for a person, and the exit status. */
#include "script/report.h"

#include <string.h>

const char *
outcome_name(enum outcome o)
{
	static const char *const names[] = {
		[OUTCOME_PASS] = "pass",
		[OUTCOME_FAIL] = "fail",
		[OUTCOME_SKIP] = "skip",
		[OUTCOME_UNSUPPORTED] = "unsupported",
		[OUTCOME_ERROR] = "error",
		[OUTCOME_XFAIL] = "xfail",
		[OUTCOME_XPASS] = "xpass",
	};
	return names[o];
}

void
report_add(struct report *r, struct file_report *f, struct record rec)
{
	vec_push(r->arena, &f->records, rec);
	r->counts[rec.outcome]++;
	r->internal |= rec.internal;
}

void
report_change(struct report *r, struct record *rec, enum outcome outcome)
{
	r->counts[rec->outcome]--;
	r->counts[outcome]++;
	rec->outcome = outcome;
}

static const char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

/* For a shell, between single quotes. */
static void
put_quoted(FILE *out, const char *s)
{
	for (; *s; s++)
		fputs(*s == '\'' ? "'\\''" : (char[]){*s, 0}, out);
}

/* The same, as a regular expression that matches nothing else. */
static void
put_quoted_regex(FILE *out, const char *s)
{
	for (; *s; s++) {
		if (strchr(".[]()*+?{}|^$\\", *s))
			fputc('\\', out);
		put_quoted(out, (char[]){*s, 0});
	}
}

void
report_again(
	FILE *out, const struct report *r, const char *path, uint32_t line, const char *choices)
{
	fprintf(out, "%s run%s --filter '", r->program, r->options);
	put_quoted_regex(out, base_name(path));
	fprintf(out, ":%u:'", line);
	if (choices)
		fprintf(out, " --choices %s", choices);
	fprintf(out, " -- '");
	put_quoted(out, path);
	fputc('\'', out);
}

static void
report_failure(
	FILE *out, const struct report *r, const struct file_report *f, const struct record *rec)
{
	fprintf(out, "%s %s:%u:%u: %s (%s)\n", outcome_name(rec->outcome), f->path, rec->line,
		rec->column, rec->kind, rec->phase);
	if (rec->expected)
		fprintf(out, "  expected  %s\n", rec->expected);
	if (rec->actual)
		fprintf(out, "  actual    %s\n", rec->actual);
	if (rec->trap_site)
		fprintf(out, "  clause    %s (%s), \"%s\"\n", rec->trap_site, rec->trap_class,
			rec->section ? rec->section : "?");
	if (rec->known)
		fprintf(out, "  known     %s\n", rec->known);
	if (rec->leans_on)
		fprintf(out, "  leans on  %s; it passes at seed 0\n", rec->leans_on);
	fprintf(out, "  again     ");
	report_again(out, r, f->path, rec->line, rec->choices);
	fputc('\n', out);
}

static void
report_line(FILE *out, const struct file_report *f, const struct record *rec)
{
	fprintf(out, "%s %s:%u:%u: %s", outcome_name(rec->outcome), f->path, rec->line, rec->column,
		rec->kind);
	if (rec->trap_site)
		fprintf(out, ": %s (%s)", rec->trap_class, rec->trap_site);
	else if (rec->trap_class)
		fprintf(out, ": %s", rec->trap_class);
	if (rec->known)
		fprintf(out, ": %s", rec->known);
	fprintf(out, "\n");
}

void
report_file(FILE *out, const struct report *r, const struct file_report *f, bool all)
{
	for (uint32_t i = 0; i < f->records.len; i++) {
		const struct record *rec = &f->records.data[i];
		enum outcome o = rec->outcome;
		if (o == OUTCOME_FAIL || o == OUTCOME_ERROR || o == OUTCOME_XPASS)
			report_failure(out, r, f, rec);
		else if (all)
			report_line(out, f, rec);
	}
}

void
report_summary(FILE *out, const struct report *r)
{
	uint32_t directives = 0;
	for (int o = 0; o < OUTCOME_COUNT; o++)
		directives += r->counts[o];
	if (!directives) {
		fprintf(out, "no directive ran\n");
		return;
	}
	fprintf(out, "%u file%s, %u directive%s: %u pass, %u fail", r->files.len,
		r->files.len == 1 ? "" : "s", directives, directives == 1 ? "" : "s",
		r->counts[OUTCOME_PASS], r->counts[OUTCOME_FAIL]);
	for (int o = OUTCOME_SKIP; o < OUTCOME_COUNT; o++) {
		if (r->counts[o])
			fprintf(out, ", %u %s", r->counts[o], outcome_name(o));
	}
	fprintf(out, "\n");
}

int
report_status(const struct report *r)
{
	uint32_t ran = 0;
	for (int o = 0; o < OUTCOME_COUNT; o++)
		ran += o == OUTCOME_SKIP ? 0 : r->counts[o];
	if (r->internal)
		return 3;
	if (!ran)
		return 4;
	return r->counts[OUTCOME_FAIL] || r->counts[OUTCOME_ERROR] || r->counts[OUTCOME_XPASS];
}
