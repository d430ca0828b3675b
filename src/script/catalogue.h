/* catalogue.h - the trap catalogue (spec/traps.tsv), compiled in. */
#ifndef CANON_SCRIPT_CATALOGUE_H
#define CANON_SCRIPT_CATALOGUE_H

struct trap_site;

struct catalogue_row {
	const char *function;
	int ordinal;
	const char *class, *section, *meaning;
};

/* The row of a function's n-th trap; null when there is none. */
const struct catalogue_row *catalogue_find(const char *function, int ordinal);
const struct catalogue_row *catalogue_of(const struct trap_site *site);

/* All rows. */
const struct catalogue_row *catalogue_rows(int *count);

/* How often the trap of a row was raised in this process. */
unsigned long catalogue_hits(const struct catalogue_row *row);

/* Lets traps take their classes from the catalogue: once, at start. */
void catalogue_install(void);

#endif
