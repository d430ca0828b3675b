/* grid.h - what came of directives in one or more runtimes, as one static page: the grid of runtimes,
 * files and directives.
 *
 * The page needs no network and no other file. Files are collapsed; rows can be filtered by class of
 * outcome, by a text in the file's path, and by runtime; a click on a cell shows its details. Without
 * scripting all is there, open. */
#ifndef CANON_SCRIPT_GRID_H
#define CANON_SCRIPT_GRID_H

#include <stdio.h>

#include "script/report.h"

/* How a class of outcomes is painted. */
enum grid_tone { GRID_QUIET, GRID_GOOD, GRID_BAD, GRID_KNOWN };

struct grid_class {
	const char *name;
	enum grid_tone tone;
};

/* A runtime. */
struct grid_column {
	const char *name, *version; /* the version may be null */
};

struct grid_cell {
	uint32_t class;   /* an index */
	const char *text; /* a few words beside the class; or null */
	const struct detail *details;
	uint32_t ndetails;
};

/* A directive, with a cell for each column. */
struct grid_row {
	uint32_t line, column;
	const char *kind;
	const struct grid_cell *cells;
};

struct grid_file {
	const char *path;
	VEC(struct grid_row) rows;
};

/* Whoever makes it owns all of it. Texts may hold any bytes. */
struct grid {
	const char *title;
	const char *note; /* a line about the run */
	const struct grid_class *classes;
	uint32_t nclasses;
	const struct grid_column *columns;
	uint32_t ncolumns;
	VEC(struct grid_file) files;
};

void grid_html(FILE *out, const struct grid *g);

#endif
