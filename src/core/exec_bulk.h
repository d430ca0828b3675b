/* exec_bulk.h - the instructions that work on whole memories, tables and segments: out of the
 * dispatch loop, since none of them is short. */
#ifndef CANON_CORE_EXEC_BULK_H
#define CANON_CORE_EXEC_BULK_H

#include <stdint.h>

#include "core/code.h"
#include "core/instance.h"

/* Executes *i with its operands from *at on, where its results are then. Sets *units to what it
 * cost. Traps as memory.h and table.h say. */
void exec_bulk(
	struct core_instance *inst, const struct core_insn *i, union core_raw *at, uint64_t *units);

#endif
