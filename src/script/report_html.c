/* report_html.c - the report as a page: a grid whose only runtime is Canon. */
#include "script/format.h"

#include <inttypes.h>
#include <string.h>

#include "base/version.h"
#include "pin.inc"
#include "script/grid.h"

static const enum grid_tone tones[OUTCOME_COUNT] = {
	[OUTCOME_PASS] = GRID_GOOD,
	[OUTCOME_FAIL] = GRID_BAD,
	[OUTCOME_ERROR] = GRID_BAD,
	[OUTCOME_XFAIL] = GRID_KNOWN,
	[OUTCOME_XPASS] = GRID_BAD,
};

static struct grid_row
row_of(struct arena *a, const struct report *r, const struct file_report *f,
	const struct record *rec)
{
	struct grid_cell *cell = arena_new_of(a, struct grid_cell);
	const struct details d = report_details(a, r, f, rec);
	struct detail *rows = arena_array_of(a, d.len, struct detail);
	memcpy(rows, d.rows, d.len * sizeof *rows);
	*cell = (struct grid_cell){
		.class = (uint32_t)rec->outcome, .details = rows, .ndetails = d.len};
	return (struct grid_row){rec->line, rec->column, rec->kind, cell};
}

static struct grid_file
file_of(struct arena *a, const struct report *r, const struct file_report *f)
{
	struct grid_file file = {.path = f->path};
	for (uint32_t i = 0; i < f->records.len; i++)
		vec_push(a, &file.rows, row_of(a, r, f, &f->records.data[i]));
	return file;
}

void
report_html(FILE *out, const struct report *r)
{
	static const struct grid_column canon = {"canon", CANON_VERSION};
	struct grid_class classes[OUTCOME_COUNT];
	struct arena *a = arena_new(UINT64_C(8) << 30);
	struct grid g = {.title = "canon run",
		.classes = classes,
		.nclasses = OUTCOME_COUNT,
		.columns = &canon,
		.ncolumns = 1};
	g.note = arena_printf(a, "Specification %.7s of %s, profile %s, seed %" PRIu64, PIN_COMMIT,
		PIN_DATE, r->profile, r->seed);
	for (int o = 0; o < OUTCOME_COUNT; o++)
		classes[o] = (struct grid_class){outcome_name((enum outcome)o), tones[o]};
	for (uint32_t i = 0; i < r->files.len; i++)
		vec_push(a, &g.files, file_of(a, r, &r->files.data[i]));
	grid_html(out, &g);
	arena_free(a);
}
