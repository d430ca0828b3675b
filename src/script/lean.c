/* lean.c - see lean.h. */
#include "script/lean.h"

#include "base/choose.h"
#include "base/str.h"

const char *
choices_print(struct arena *a, const struct choice *made, size_t n)
{
	struct strbuf out = {.arena = a};
	while (n && !made[n - 1].value)
		n--;
	for (size_t i = 0; i < n; i++)
		strbuf_printf(&out, "%s%u", i ? "," : "", made[i].value);
	return n ? strbuf_cstr(&out) : NULL;
}

/* One more run of the file, with the first n of the choices that were made, and zeros then. */
struct rerun {
	struct report report;
	const struct record *record; /* of the same directive; null when it was not reached */
};

static const struct record *
find_record(const struct report *r, uint32_t line, uint32_t column)
{
	for (uint32_t i = 0; r->files.len && i < r->files.data[0].records.len; i++) {
		const struct record *rec = &r->files.data[0].records.data[i];
		if (rec->line == line && rec->column == column)
			return rec;
	}
	return NULL;
}

static struct rerun
rerun(const char *path, const struct run_options *o, const struct record *rec, size_t n)
{
	struct rerun again = {.report = {.arena = arena_new(0)}};
	struct run_options opts = *o;
	uint32_t *values = arena_array_of(again.report.arena, n + 1, uint32_t);
	for (size_t i = 0; i < n; i++)
		values[i] = rec->made[i].value;
	opts.leaning = false;
	opts.expectations = NULL;
	opts.choices = values;
	opts.nchoices = n;
	run_file(&again.report, path, &opts, NULL, NULL);
	again.record = find_record(&again.report, rec->line, rec->column);
	return again;
}

static bool
passes_with(const char *path, const struct run_options *o, const struct record *rec, size_t n)
{
	struct rerun again = rerun(path, o, rec, n);
	bool passes = again.record && again.record->outcome == OUTCOME_PASS;
	arena_free(again.report.arena);
	return passes;
}

void
lean_find(struct arena *a, const char *path, const struct run_options *o, struct record *rec)
{
	size_t good = 0, bad = rec->nmade;
	bool failed = rec->outcome == OUTCOME_FAIL || rec->outcome == OUTCOME_ERROR;
	if (!failed || !rec->choices || !passes_with(path, o, rec, 0))
		return;
	while (bad - good > 1) {
		size_t middle = good + (bad - good) / 2;
		if (passes_with(path, o, rec, middle))
			good = middle;
		else
			bad = middle;
	}
	const struct choice *c = &rec->made[bad - 1];
	rec->leans_on = arena_printf(
		a, "choice %zu: %s took %u of 0 to %u", bad, c->where, c->value, c->n - 1);
	rec->choices = choices_print(a, rec->made, bad);
}
