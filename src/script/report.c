/* report.c - counting, the report for a person, and the exit status. */
#include "script/report.h"

#include <string.h>

#include "base/clean.h"
#include "base/str.h"

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

bool
outcome_is_unexpected(enum outcome o)
{
	return o == OUTCOME_FAIL || o == OUTCOME_ERROR || o == OUTCOME_XPASS;
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
add_quoted(struct strbuf *out, const char *s)
{
	for (; *s; s++)
		strbuf_adds(out, *s == '\'' ? "'\\''" : (char[]){*s, 0});
}

/* The same, as a regular expression that matches nothing else. */
static void
add_quoted_regex(struct strbuf *out, const char *s)
{
	for (; *s; s++) {
		if (strchr(".[]()*+?{}|^$\\", *s))
			strbuf_addc(out, '\\');
		add_quoted(out, (char[]){*s, 0});
	}
}

const char *
report_again(struct arena *a, const struct report *r, const char *path, uint32_t line,
	const char *choices)
{
	struct strbuf out = {.arena = a};
	strbuf_printf(&out, "%s %s%s", r->program, r->command ? r->command : "run", r->options);
	if (line) {
		strbuf_adds(&out, " --filter '");
		add_quoted_regex(&out, base_name(path));
		strbuf_printf(&out, ":%u:'", line);
	}
	if (choices)
		strbuf_printf(&out, " --choices %s", choices);
	strbuf_adds(&out, " -- '");
	add_quoted(&out, path);
	strbuf_addc(&out, '\'');
	return strbuf_cstr(&out);
}

/* ---- what there is to say of a record ---- */

static void
add_detail(struct details *d, const char *label, const char *text)
{
	if (text)
		d->rows[d->len++] = (struct detail){label, text};
}

static const char *
clause(struct arena *a, const struct record *rec)
{
	if (!rec->trap_site)
		return NULL;
	return arena_printf(a, "%s (%s), \"%s\"", rec->trap_site, rec->trap_class,
		rec->section ? rec->section : "?");
}

static const char *
leaning(struct arena *a, const struct record *rec)
{
	return rec->leans_on ? arena_printf(a, "%s; it passes at seed 0", rec->leans_on) : NULL;
}

struct details
report_details(struct arena *a, const struct report *r, const struct file_report *f,
	const struct record *rec)
{
	struct details d = {0};
	add_detail(&d, "expected", rec->expected);
	add_detail(&d, "actual", rec->actual);
	add_detail(&d, "clause", clause(a, rec));
	add_detail(&d, "known", rec->known);
	add_detail(&d, "leans on", leaning(a, rec));
	if (outcome_is_unexpected(rec->outcome) || rec->outcome == OUTCOME_XFAIL)
		add_detail(&d, "again", report_again(a, r, f->path, rec->line, rec->choices));
	return d;
}

static const char *
because(struct arena *a, const char *what, const char *why)
{
	return why && *why ? arena_printf(a, "%s: %s", what, why) : what;
}

const char *
report_reason(struct arena *a, const struct record *rec)
{
	const char *actual = rec->actual ? rec->actual : "nothing";
	switch (rec->outcome) {
	case OUTCOME_FAIL:
		return rec->expected ? arena_printf(a, "expected %s, got %s", rec->expected, actual)
				     : actual;
	case OUTCOME_SKIP: return because(a, "skipped", rec->actual);
	case OUTCOME_UNSUPPORTED: return because(a, "unsupported", rec->actual);
	case OUTCOME_ERROR: return because(a, "error", rec->actual);
	case OUTCOME_XFAIL: return because(a, "known to fail", rec->known);
	case OUTCOME_XPASS: return because(a, "passes, but is known to fail", rec->known);
	default: return "passes";
	}
}

/* ---- for a person ---- */

static void
report_failure(
	FILE *out, const struct report *r, const struct file_report *f, const struct record *rec)
{
	struct arena *a = arena_new(0);
	const struct details d = report_details(a, r, f, rec);
	put_clean_line(out, "%s %s:%u:%u: %s (%s)", outcome_name(rec->outcome), f->path, rec->line,
		rec->column, rec->kind, rec->phase);
	for (uint32_t i = 0; i < d.len; i++)
		put_clean_line(out, "  %-9s %s", d.rows[i].label, d.rows[i].text);
	arena_free(a);
}

static void
report_line(FILE *out, const struct file_report *f, const struct record *rec)
{
	struct arena *a = arena_new(0);
	const char *trap = rec->trap_site
				   ? arena_printf(a, "%s (%s)", rec->trap_class, rec->trap_site)
				   : rec->trap_class;
	const char *known = rec->known;
	put_clean_line(out, "%s %s:%u:%u: %s%s%s%s%s", outcome_name(rec->outcome), f->path,
		rec->line, rec->column, rec->kind, trap ? ": " : "", trap ? trap : "",
		known ? ": " : "", known ? known : "");
	arena_free(a);
}

void
report_file(FILE *out, const struct report *r, const struct file_report *f, bool all)
{
	for (uint32_t i = 0; i < f->records.len; i++) {
		const struct record *rec = &f->records.data[i];
		if (outcome_is_unexpected(rec->outcome))
			report_failure(out, r, f, rec);
		else if (all)
			report_line(out, f, rec);
	}
}

uint32_t
report_directives(const struct report *r)
{
	uint32_t n = 0;
	for (int o = 0; o < OUTCOME_COUNT; o++)
		n += r->counts[o];
	return n;
}

void
report_summary(FILE *out, const struct report *r)
{
	uint32_t directives = report_directives(r);
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
	if (r->internal)
		return 3;
	if (report_directives(r) == r->counts[OUTCOME_SKIP])
		return 4;
	for (int o = 0; o < OUTCOME_COUNT; o++) {
		if (r->counts[o] && outcome_is_unexpected(o))
			return 1;
	}
	return 0;
}
