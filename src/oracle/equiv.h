/* equiv.h - bounded equivalence of the two conventions: lowering by realloc and lowering by lazy
 * values give the same memory and the same handles, for all types and values up to a size.
 * spec/profiles.md, "The claim". */
#ifndef CANON_ORACLE_EQUIV_H
#define CANON_ORACLE_EQUIV_H

#include <stdint.h>

#include "base/arena.h"

struct equiv {
	uint32_t size; /* up to which; see enumerate.h */
	uint64_t types, values, comparisons;
	uint64_t allocations;   /* of the eager side */
	uint64_t lazy_values;   /* that were lowered one by one on the other */
	const char *difference; /* the first one; null: there is none */
};

/* Compares until the first difference, if there is one. What it tells is in the arena. */
void equiv_run(struct arena *a, struct equiv *e);

#endif
