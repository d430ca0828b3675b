/* adapt.h - from realloc to lazy: a component that 1.0-pre accepts, and that does the same.
 *
 * Where something is lowered with a realloc, core code is put between that definition and the
 * component's own: it calls the same realloc for the same sizes in the same order, and value.lower for
 * what realloc would have been called for by the ABI. Values that come with an event are lowered when
 * it is delivered, so that there is core code wherever events come by, too. spec/lazy.md, "Adapting
 * from `realloc`", says what cannot be carried over. */
#ifndef CANON_ORACLE_ADAPT_H
#define CANON_ORACLE_ADAPT_H

#include "component/ast.h"

struct adapted {
	uint32_t lifts, lowers, reads, messages; /* that got core code */
	uint32_t events;  /* callbacks, and built-ins that give events: the same */
	uint32_t dropped; /* options that were not needed */
};

/* A component that 1.0-pre accepts, from one that was validated, with all in it; that one is used up.
 * What was done is added to `done`. Raises ERR_INVALID where other features keep it out of 1.0-pre,
 * ERR_UNSUPPORTED ("adapt-handle") where a handle is of a type that has no name there, and ERR_EXHAUSTED
 * ("adapt-size-limit"). */
struct component *component_adapt(struct arena *a, struct component *c, struct adapted *done);

#endif
