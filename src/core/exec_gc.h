/* exec_gc.h - the instructions on structs, arrays, i31 and casts, out of the dispatch loop: core
 * specification, "Execution", "Reference Instructions" and "Aggregate Instructions". */
#ifndef CANON_CORE_EXEC_GC_H
#define CANON_CORE_EXEC_GC_H

#include "core/code.h"
#include "core/instance.h"

/* The immediates a, b and c of such an instruction, which is valid, as exec_gc wants them:
 *   struct.new, .new_default   a: type, b: slots of all fields
 *   struct.get*, struct.set    a: slot, b: bytes of what is stored, as for arrays
 *   array.new*                 a: type, b: bytes of an element, c: how many (new_fixed), or segment
 *   other array.*              b: bytes of an element, c: segment
 *   ref.test, ref.cast, br_on_cast*   a: type index, b: heap type, c: whether it allows null */
void
exec_gc_immediates(const struct core_module *m, const struct core_instr *i, struct core_insn *out);

/* Whether an operation is such an instruction. */
bool exec_is_gc(unsigned op);

/* How many slots the operands take, of what makes an object or may be in a constant expression; of
 * array.new_data and array.new_elem, which have numbers, it does not matter. */
uint32_t exec_gc_operands(const struct core_insn *i);

/* How many slots the results take. */
uint32_t exec_gc_results(const struct core_insn *i);

/* Executes *i with its operands from *at on, where its results are then. Adds to *units what it
 * cost. Raises ERR_TRAP with the reasons of the core suite's texts, and ERR_EXHAUSTED
 * ("object-limit"). Where it makes an object, the stack ends with its operands: collect.h. */
void
exec_gc(struct core_instance *inst, const struct core_insn *i, union core_raw *at, uint64_t *units);

#endif
