/* adapt.h - from realloc to lazy: a component that 1.0-pre accepts, and that does the same.
 *
 * Where a lift or a lower has a realloc, core code is put between it and the component's own: it calls
 * the same realloc for the same sizes in the same order, and value.lower for what realloc would have
 * been called for by the ABI. */
#ifndef CANON_ORACLE_ADAPT_H
#define CANON_ORACLE_ADAPT_H

#include "component/ast.h"

struct adapted {
	uint32_t lifts, lowers; /* that got core code */
	uint32_t dropped;       /* options that were not needed */
};

/* A component that 1.0-pre accepts, from one that was validated, with all in it; that one is used up.
 * What was done is added to `done`. Raises ERR_INVALID where other features keep it out of 1.0-pre,
 * and ERR_UNSUPPORTED ("adapt-...") for what cannot be adapted: results of asynchronous lowers, reads of
 * streams and futures, debug messages of error contexts. */
struct component *component_adapt(struct arena *a, struct component *c, struct adapted *done);

#endif
