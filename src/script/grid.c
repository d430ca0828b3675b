/* grid.c - see grid.h. The style and the script of the page are in grid.css and grid.js. */
#include "script/grid.h"

#include <stdlib.h>

#include "script/markup.h"

static const char style[] =
#include "grid-css.inc"
	;

static const char script[] =
#include "grid-js.inc"
	;

static const char *const tones[] = {
	[GRID_QUIET] = "quiet",
	[GRID_GOOD] = "good",
	[GRID_BAD] = "bad",
	[GRID_KNOWN] = "known",
};

static const char *
tone_of(const struct grid *g, uint32_t class)
{
	return tones[g->classes[class].tone];
}

/* ---- the top of the page ---- */

static void
put_head(FILE *out, const struct grid *g)
{
	fputs("<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
	      "<meta name=\"viewport\" content=\"width=device-width\">\n"
	      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
	      "style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n<title>",
		out);
	put_markup(out, g->title);
	fprintf(out,
		"</title>\n<style>\n%s:root { --columns: %u; }\n</style>\n"
		"<script>document.documentElement.className = 'js';</script>\n<h1>",
		style, g->ncolumns);
	put_markup(out, g->title);
	fputs("</h1>\n<p class=\"note\">", out);
	put_markup(out, g->note);
	fputs("</p>\n", out);
}

static void
put_class_filters(FILE *out, const struct grid *g, const uint32_t *counts)
{
	fputs("<fieldset><legend>Outcome</legend>\n", out);
	for (uint32_t i = 0; i < g->nclasses; i++) {
		if (!counts[i])
			continue;
		fprintf(out,
			"<label><input type=\"checkbox\" name=\"class\" value=\"%u\" checked> "
			"<span class=\"tag %s\">",
			i, tone_of(g, i));
		put_markup(out, g->classes[i].name);
		fprintf(out, "</span> %u</label>\n", counts[i]);
	}
	fputs("</fieldset>\n", out);
}

static void
put_column_filters(FILE *out, const struct grid *g)
{
	if (g->ncolumns < 2)
		return;
	fputs("<fieldset><legend>Runtime</legend>\n", out);
	for (uint32_t i = 0; i < g->ncolumns; i++) {
		fprintf(out,
			"<label><input type=\"checkbox\" name=\"column\" value=\"%u\" checked> ",
			i);
		put_markup(out, g->columns[i].name);
		fputs("</label>\n", out);
	}
	fputs("</fieldset>\n", out);
}

static void
put_filters(FILE *out, const struct grid *g, const uint32_t *counts)
{
	fputs("<form>\n", out);
	put_class_filters(out, g, counts);
	put_column_filters(out, g);
	fputs("<label>File <input type=\"search\" name=\"path\" autocomplete=\"off\"></label>\n"
	      "<span><button type=\"button\" name=\"open\">Open all</button>\n"
	      "<button type=\"button\" name=\"close\">Close all</button></span>\n"
	      "<p role=\"status\"></p>\n</form>\n",
		out);
}

static void
put_columns(FILE *out, const struct grid *g)
{
	fputs("<div class=\"columns\"><span>File</span>", out);
	for (uint32_t i = 0; i < g->ncolumns; i++) {
		fprintf(out, "<span class=\"c%u\">", i);
		put_markup(out, g->columns[i].name);
		if (g->columns[i].version) {
			fputs(" <small>", out);
			put_markup(out, g->columns[i].version);
			fputs("</small>", out);
		}
		fputs("</span>", out);
	}
	fputs("</div>\n", out);
}

/* ---- directives ---- */

static void
put_cell(FILE *out, const struct grid *g, uint32_t column, const struct grid_cell *cell)
{
	const char *tag = cell->ndetails ? "button" : "span";
	fprintf(out, "<td class=\"c%u\"><%s class=\"tag %s\"%s>", column, tag,
		tone_of(g, cell->class),
		cell->ndetails ? " type=\"button\" aria-expanded=\"false\"" : "");
	put_markup(out, g->classes[cell->class].name);
	fprintf(out, "</%s>", tag);
	if (cell->text) {
		fputs(" <span class=\"text\">", out);
		put_markup(out, cell->text);
		fputs("</span>", out);
	}
	fputs("</td>", out);
}

static void
put_details(FILE *out, const struct grid *g, uint32_t column, const struct grid_cell *cell)
{
	if (!cell->ndetails)
		return;
	fprintf(out, "<dl class=\"c%u\">", column);
	if (g->ncolumns > 1) {
		fputs("<dt class=\"who\">", out);
		put_markup(out, g->columns[column].name);
		fputs("</dt><dd></dd>", out);
	}
	for (uint32_t i = 0; i < cell->ndetails; i++) {
		fputs("<dt>", out);
		put_markup(out, cell->details[i].label);
		fputs("</dt><dd>", out);
		put_markup(out, cell->details[i].text);
		fputs("</dd>", out);
	}
	fputs("</dl>", out);
}

/* A body of the table for each directive: its row, and the row of its details. */
static void
put_row(FILE *out, const struct grid *g, const struct grid_row *row)
{
	uint32_t details = 0;
	fputs("<tbody data-classes=\"", out);
	for (uint32_t i = 0; i < g->ncolumns; i++)
		fprintf(out, "%s%u", i ? " " : "", row->cells[i].class);
	fprintf(out, "\"><tr><th scope=\"row\">%u:%u ", row->line, row->column);
	put_markup(out, row->kind);
	fputs("</th>", out);
	for (uint32_t i = 0; i < g->ncolumns; i++) {
		put_cell(out, g, i, &row->cells[i]);
		details += row->cells[i].ndetails;
	}
	if (details) {
		fprintf(out, "<tr class=\"more\"><td colspan=\"%u\">", g->ncolumns + 1);
		for (uint32_t i = 0; i < g->ncolumns; i++)
			put_details(out, g, i, &row->cells[i]);
	}
	fputs("\n", out);
}

/* ---- files ---- */

/* Of a file or of all, how many cells of each class are in a column; in all columns, for column -1. */
static void
count(const struct grid *g, const struct grid_file *f, int column, uint32_t *counts)
{
	for (uint32_t i = 0; i < f->rows.len; i++)
		for (uint32_t c = 0; c < g->ncolumns; c++)
			if (column < 0 || (uint32_t)column == c)
				counts[f->rows.data[i].cells[c].class]++;
}

static void
put_tally(FILE *out, const struct grid *g, const struct grid_file *f, uint32_t column)
{
	uint32_t *counts = calloc(g->nclasses, sizeof *counts);
	if (!counts)
		return;
	count(g, f, (int)column, counts);
	fprintf(out, "<span class=\"c%u\">", column);
	for (uint32_t i = 0; i < g->nclasses; i++) {
		if (!counts[i])
			continue;
		fprintf(out, "<span class=\"tag %s\">%u ", tone_of(g, i), counts[i]);
		put_markup(out, g->classes[i].name);
		fputs("</span> ", out);
	}
	fputs("</span>", out);
	free(counts);
}

static void
put_file(FILE *out, const struct grid *g, const struct grid_file *f)
{
	fputs("<details><summary><span class=\"path\">", out);
	put_markup(out, f->path);
	fputs("</span>", out);
	for (uint32_t i = 0; i < g->ncolumns; i++)
		put_tally(out, g, f, i);
	fputs("</summary>\n<table><thead><tr><th scope=\"col\">Directive</th>", out);
	for (uint32_t i = 0; i < g->ncolumns; i++) {
		fprintf(out, "<th scope=\"col\" class=\"c%u\">", i);
		put_markup(out, g->columns[i].name);
		fputs("</th>", out);
	}
	fputs("</thead>\n", out);
	for (uint32_t i = 0; i < f->rows.len; i++)
		put_row(out, g, &f->rows.data[i]);
	fputs("</table></details>\n", out);
}

void
grid_html(FILE *out, const struct grid *g)
{
	uint32_t *counts = calloc(g->nclasses, sizeof *counts);
	if (!counts)
		return;
	for (uint32_t i = 0; i < g->files.len; i++)
		count(g, &g->files.data[i], -1, counts);
	put_head(out, g);
	put_filters(out, g, counts);
	fputs("<main>\n", out);
	put_columns(out, g);
	for (uint32_t i = 0; i < g->files.len; i++)
		put_file(out, g, &g->files.data[i]);
	fprintf(out, "</main>\n<script>\n%s</script>\n", script);
	free(counts);
}
