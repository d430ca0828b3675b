/* engine.h - which of several ways that come to the same the engine takes. Set by the variable
 * CANON_ENGINE of the environment, a list of words, so that a test can run the same scripts both
 * ways:
 *   plain    operands are always in their homes, and no instructions are fused
 *   checked  bounds of memories are checked, where reserved address space would do without
 *   collect  the collector runs whenever an object is made (less often when many live), and
 *            overwrites what it releases */
#ifndef CANON_CORE_ENGINE_H
#define CANON_CORE_ENGINE_H

#include <stdbool.h>

struct core_engine {
	bool plain;
	bool collect;
	bool reserved; /* memories with 32-bit addresses are reserved address space */
};

/* Set by core_engine_start, which has no effect the second time. */
extern struct core_engine core_engine;
void core_engine_start(void);

#endif
