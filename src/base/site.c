/* site.c - the collected trap sites. */
#include "base/site.h"

#include <stdio.h>
#include <string.h>

extern const struct trap_site __start_canon_trap_sites[] __attribute__((weak));
extern const struct trap_site __stop_canon_trap_sites[] __attribute__((weak));

const char *(*trap_class_of)(const char *function, int ordinal);

const struct trap_site *
trap_sites(int *count)
{
	*count = (int)(__stop_canon_trap_sites - __start_canon_trap_sites);
	return __start_canon_trap_sites;
}

int
trap_site_ordinal(const struct trap_site *site)
{
	int n, ordinal = 1;
	const struct trap_site *all = trap_sites(&n);
	for (int i = 0; i < n; i++)
		ordinal += !strcmp(all[i].function, site->function) && all[i].line < site->line;
	return ordinal;
}

NORETURN void
trap_at(const struct trap_site *site)
{
	struct error err = {.kind = ERR_TRAP, .site = site, .reason = "trap"};
	int ordinal = trap_site_ordinal(site);
	++*site->hits;
	if (trap_class_of && trap_class_of(site->function, ordinal))
		err.reason = trap_class_of(site->function, ordinal);
	snprintf(err.message, sizeof err.message, "%s#%d: trap_if(%s)", site->function, ordinal,
		site->condition);
	raise_again(&err);
}
