/* exec_simd.h - the vector instructions, each a function: out of the dispatch loop, since there
 * are many of them. */
#ifndef CANON_CORE_EXEC_SIMD_H
#define CANON_CORE_EXEC_SIMD_H

#include "core/code.h"
#include "core/instance.h"

/* Whether an operation is a vector instruction. */
bool exec_is_simd(unsigned op);

/* Executes *i, whose operands lie in consecutive slots from `at` on; the results come to lie
 * there. Traps with "out-of-bounds-memory-access". */
void exec_simd(struct core_instance *inst, const struct core_insn *i, union core_raw *at);

#endif
