/* heaps.h - the heaps of a store: an arena for each thread that lives, and for each call out
 * of core code. Not of the document: what Python leaves to garbage collection.
 *
 * A heap that is not removed, because its thread trapped or never ended, goes with the
 * store's arena. */
#ifndef CANON_CABI_HEAPS_H
#define CANON_CABI_HEAPS_H

#include <stdint.h>

#include "base/arena.h"

struct heaps;

/* The collection of one store; it is in `a`, and its heaps are freed with it. */
struct heaps *heaps_new(struct arena *a);

struct arena *heaps_add(struct heaps *hs);

/* Frees a heap and what is in it. */
void heaps_remove(struct heaps *hs, struct arena *heap);

/* How many there are. */
uint32_t heaps_count(const struct heaps *hs);

#endif
