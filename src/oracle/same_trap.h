/* same_trap.h - classes of traps that stand for one another in the two conventions. */
#ifndef CANON_ORACLE_SAME_TRAP_H
#define CANON_ORACLE_SAME_TRAP_H

#include <stdbool.h>

/* A pointer of realloc that is wrong is a destination of value.lower that is wrong. The same class counts
 * as the same. */
bool same_trap(const char *eager, const char *lazy);

#endif
