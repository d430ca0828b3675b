/* seen.h - a set of numbers that are hashes already. */
#ifndef CANON_ORACLE_SEEN_H
#define CANON_ORACLE_SEEN_H

#include <stdbool.h>
#include <stdint.h>

/* Starts empty as {0}. Its table is on the heap: seen_free. */
struct seen {
	uint64_t *table; /* open addressing; 0 is free */
	uint32_t size, count;
};

/* Adds a number. False when it was there. */
bool seen_add(struct seen *s, uint64_t hash);

void seen_free(struct seen *s);

#endif
