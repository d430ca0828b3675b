/* lower.h - from valid instructions to the code of code.h, on the way of the validator: a rule
 * pops its operands, then says what to emit, then pushes the results, which are taken to be in
 * their homes unless the rule says otherwise. Nothing is emitted where validation is all that is
 * wanted, or where code cannot be reached. Raises nothing.
 *
 * Operands that are in a local or constant stay there until an instruction takes them; they are
 * moved home when the local is set, at the beginning of a block, and for what wants its operands
 * in their homes. The last instruction may still be changed: a result is redirected to the local
 * that it is stored into, and a comparison or an addition becomes part of the branch, load or
 * store that takes it. Nothing is changed over a place that a branch may lead to.
 *
 * core_lower_plain turns all this off, and with it what would hide a mistake in it: a test. */
#ifndef CANON_CORE_LOWER_H
#define CANON_CORE_LOWER_H

#include "core/valid_func_state.h"

/* ---- lower.c ---- */

/* A generic operation, see code.h, whose operands were just popped. Null when nothing is emitted. */
struct core_insn *emit(struct checker *c, unsigned op, uint32_t a);

/* The operand that was just pushed is that local, that constant, or where the one that was just
 * popped in its place is. */
void lower_get(struct checker *c, uint32_t slot);
void lower_const(struct checker *c, uint64_t bits);
void lower_same(struct checker *c);

/* Stores what was just popped into the local at a slot. */
void lower_set(struct checker *c, uint32_t slot);

/* Moves operands home: those in locals, and the n that were just popped. */
void lower_settle(struct checker *c, uint32_t n);

/* What lower*.c share. Code: a new instruction; the last one, if it may be changed and it alone
 * makes the operand, or null; a move of n slots, or of an
 * operand. Operands: the slot to read one from, and one
 * that is moved home. */
struct core_insn *lower_add(struct checker *c, unsigned op);
struct core_insn *lower_maker(struct checker *c, const struct operand *o);
void lower_move(struct checker *c, uint32_t to, uint32_t from, uint32_t n);
void lower_put(struct checker *c, const struct operand *o, uint32_t slot);
uint16_t lower_slot(struct checker *c, struct operand *o);
void lower_home(struct checker *c, struct operand *o);

/* A condition: what tests it, as the branch if it holds, without form NOT and target. What made the
 * operand is taken back where the branch can do it itself (lower_control.c). */
struct condition {
	struct core_insn branch;
	bool negated;
};
struct condition lower_condition(struct checker *c, struct operand *o);

/* The operands that were just popped, from the lowest on. */
struct operand *lower_popped(struct checker *c);

/* The home of what will be pushed next. */
uint16_t lower_next(const struct checker *c);

/* ---- lower_plain.c ---- */

/* Instructions that numeric.def lists, and constants: the first before its results are pushed,
 * the second after. */
void lower_numeric(struct checker *c, const struct core_instr *i);
void lower_numeric_result(struct checker *c, const struct core_instr *i);

void lower_select(struct checker *c, uint32_t slots);
void lower_global(struct checker *c, const struct core_instr *i, uint32_t slots);
void lower_ref_func(struct checker *c, uint32_t index);
void lower_is_null(struct checker *c);
void lower_non_null(struct checker *c);

/* ---- lower_control.c ---- */

/* A block begins, after its parameters and the condition of an if were popped, and before its
 * label is pushed; what is returned goes into the label's `otherwise`. */
uint32_t lower_block(struct checker *c, enum core_op op, uint32_t nparams);

/* Before the label of a block's end, or of its then, is popped; and after it. */
void lower_end(struct checker *c);
void lower_then_end(struct checker *c);
void lower_leave(struct checker *c, const struct label *was);
void lower_land(struct checker *c, uint32_t chain);

/* Branches; the values that they take along were just popped, but those of br_table are still
 * there, below the index. The reference of br_on_null was popped last, but is not one of them; that
 * of br_on_non_null is, and that of br_on_cast. */
void lower_br(struct checker *c, uint32_t depth);
void lower_br_if(struct checker *c, uint32_t depth, uint32_t nvalues);
void lower_br_on_null(struct checker *c, uint32_t depth, uint32_t nvalues);
void lower_br_on_non_null(struct checker *c, uint32_t depth, uint32_t nvalues);
void lower_br_on_cast(struct checker *c, const struct core_instr *i, uint32_t nvalues);
void lower_br_table(struct checker *c, uint32_t nvalues, uint32_t nlabels);
void lower_br_table_entry(struct checker *c, uint32_t depth);
void lower_br_table_end(struct checker *c, uint32_t nlabels);
void lower_return(struct checker *c);

/* The clauses of a try_table, after its parameters were popped and before its label is pushed: the
 * jump over them; then one for each, whose values lie in their homes; then the body begins, and what
 * is returned goes into the label's `attempt`. */
uint32_t lower_try(struct checker *c, uint32_t nparams);
void lower_catch(struct checker *c, uint32_t depth);
uint32_t lower_try_body(struct checker *c, uint32_t pads, const struct core_handler *handler);

/* Calls, and throw: arguments, then the index or reference, were just popped. */
void lower_call(struct checker *c, unsigned op, uint32_t index);
void lower_call_indirect(struct checker *c, unsigned op, uint32_t type, uint32_t table);
void lower_call_ref(struct checker *c, unsigned op);
void lower_throw(struct checker *c, uint32_t tag);
void lower_throw_ref(struct checker *c);

#endif
