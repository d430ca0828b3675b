/* catalogue.c - see catalogue.h. */
#include "script/catalogue.h"

#include <stddef.h>
#include <string.h>

#include "base/site.h"

static const struct catalogue_row rows[] = {
#include "traps.inc"
};

const struct catalogue_row *
catalogue_rows(int *count)
{
	*count = (int)(sizeof rows / sizeof *rows);
	return rows;
}

const struct catalogue_row *
catalogue_find(const char *function, int ordinal)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (rows[i].ordinal == ordinal && !strcmp(rows[i].function, function))
			return &rows[i];
	}
	return NULL;
}

const struct catalogue_row *
catalogue_of(const struct trap_site *site)
{
	return site ? catalogue_find(site->function, trap_site_ordinal(site)) : NULL;
}

unsigned long
catalogue_hits(const struct catalogue_row *row)
{
	int n;
	const struct trap_site *sites = trap_sites(&n);
	for (int i = 0; i < n; i++) {
		if (!strcmp(sites[i].function, row->function) &&
			trap_site_ordinal(&sites[i]) == row->ordinal)
			return *sites[i].hits;
	}
	return 0;
}

static const char *
class_of(const char *function, int ordinal)
{
	const struct catalogue_row *row = catalogue_find(function, ordinal);
	return row ? row->class : NULL;
}

void
catalogue_install(void)
{
	trap_class_of = class_of;
}
