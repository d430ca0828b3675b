/* site.h - identities for traps: every place that can trap is a static record that the
 * linker collects, so that the program can list them all and count which were reached.
 *
 * A site's ordinal is its rank by line among the sites of its function, from 1. */
#ifndef CANON_BASE_SITE_H
#define CANON_BASE_SITE_H

#include "base/attr.h"
#include "base/error.h"

struct trap_site {
	const char *function;
	int line;
	const char *condition; /* the C text, for reports */
	unsigned long *hits;   /* how often it trapped in this process */
};

/* The class that the trap catalogue gives to a function's n-th site, or null. Set once at
 * start by whoever owns the catalogue; without it the reason of a trap is "trap". */
extern const char *(*trap_class_of)(const char *function, int ordinal);

/* Raises ERR_TRAP for a site, with the catalogue's class as its reason. */
NORETURN void trap_at(const struct trap_site *site);

int trap_site_ordinal(const struct trap_site *site);

/* All sites of the program, in link order. */
const struct trap_site *trap_sites(int *count);

#define TRAP_SITE(cond) \
	static unsigned long trap_hits_; \
	static const struct trap_site trap_site_ __attribute__((section("canon_trap_sites"), used, \
		aligned(8))) = {__func__, __LINE__, cond, &trap_hits_}

#define trap_if(c) \
	do { \
		TRAP_SITE(#c); \
		if (unlikely(c)) \
			trap_at(&trap_site_); \
	} while (0)

#define trap() \
	do { \
		TRAP_SITE("trap()"); \
		trap_at(&trap_site_); \
	} while (0)

#endif
