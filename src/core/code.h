/* code.h - pre-decoded function bodies: what lowering (lower.h) makes of a valid body and the
 * interpreter (exec) runs, a machine of registers. Nothing here is part of a document; the
 * semantics of each instruction is that of the core specification, "Execution", "Instructions".
 *
 * A frame is a run of 8-byte slots: the parameters, the other locals, two slots that say where
 * the caller goes on, and the operands, each of which has a home by its height on the operand
 * stack. A v128 takes two slots, the low half first. Instructions name the slots that they read
 * and write, so that most operands are never moved: a local is read where it is, a constant is in
 * the instruction, and a result that is stored into a local is written there.
 *
 * Arguments of a call lie in their homes, and become the first locals of the callee there; its
 * results end up in the same place. Branches and calls leave operands in their homes, too. Code
 * that cannot be reached is not emitted. */
#ifndef CANON_CORE_CODE_H
#define CANON_CORE_CODE_H

#include <stdint.h>

#include "core/ast.h"

/* Of one frame: slot numbers have 16 bits. */
#define CORE_MAX_FRAME 65535

/* Slots between the locals and the operands: the caller's call instruction, and its code. */
#define CORE_FRAME_LINK 2

/* Operations that are not numbered by their enum core_op. In struct core_insn, d is the slot of the
 * result, x and y those of the operands; targets of branches count from the branch.
 *
 *   BR, BACK         to b; BACK goes back and spends fuel
 *   BR_TABLE         x: the index i; goes on where the i-th of the c + 1 BRs behind it leads, or
 *                    the last of them
 *   RETURN           d: the slot of the link. RETURN_1: x: the result. RETURN_MANY: x: where
 *                    the results are, y: how many slots
 *   HALT             the end of the first frame. SWITCH_BACK: into the instance that called
 *   LOWER            all that a body has before its first call, which lowers it and goes on there
 *   CALL             in the same instance: d: the arguments, code
 *   MOVE             d from x. MOVE_2: then b from y; MOVE_3: then low c from high c
 *   MOVE_WIDE        two slots. MOVES: b slots
 *   CONST            d is imm
 *   SELECT_WIDE      x or y by the slot b, two slots
 *   GLOBAL_GET       d from half c of global b     GLOBAL_SET  from x
 *   REF_FUNC         d, function b
 *
 * The forms of numeric instructions, with their name NAME before:
 *   _K               y is imm
 *   _BR, _NOT        branches to b when the comparison of x and y holds, or does not; K: of x and
 *                    c, which is extended with its sign; BACK for BR as above
 *   _NEAR            loads and stores in memory 0, which is reserved address space (reserve.h), at
 *                    x + imm; a store's value is y
 *   _INDEX           likewise at (x + y) + imm, the inner sum in 32 bits; a store's value is d
 *   _SELECT          d is low b when the comparison holds, else high b; K as for branches
 *   _PLUS            as _NEAR, at (x + c) + b, the inner sum in 32 bits
 *   _AT              as _NEAR, at imm; a store's value is x
 *   _K, of a store   likewise, the value is c, and the offset b
 *
 * Of two operators, see lowered.def: d, x, y; z is b, a constant imm.
 *
 * Those that go by their enum core_op:
 *   numeric          d, x, y
 *   loads, stores    x: address, imm: offset; d: result, y: memory; or d: memory, y: value. In any
 *                    memory; the bounds are checked
 *   call, return_call           d: the arguments, b: function
 *   call_indirect, return_...   d: the arguments, x: index, b: type, c: table
 *   call_ref, return_call_ref   d: the arguments, x: reference
 *   ref.as_non_null  x
 *   throw            d: the arguments, b: tag. throw_ref: x: reference
 *
 * All others are generic: their operands lie in their homes from slot d on, and their results
 * come to lie there; a, b, c and imm are:
 *   memory.size/grow/fill  a: memory
 *   memory.init            a: data segment, b: memory    data.drop  a: data segment
 *   memory.copy            a: destination, b: source memory
 *   table.get/set/size/grow/fill  a: table
 *   table.init             a: element segment, b: table  elem.drop  a: element segment
 *   table.copy             a: destination, b: source table
 *   vectors                see struct core_lane_access
 *   structs, arrays, casts see exec_gc.h */
enum core_lowered {
	LOW_FIRST = CORE_OP_COUNT - 1,
#define LOWERED(name) LOW_##name,
#define BRANCHES(name, function, operands) \
	LOW_##name##_BR, LOW_##name##_BR_K, LOW_##name##_NOT, LOW_##name##_NOT_K, \
		LOW_##name##_BACK, LOW_##name##_BACK_K, LOW_##name##_BACK_NOT, \
		LOW_##name##_BACK_NOT_K, LOW_##name##_SELECT, LOW_##name##_SELECT_K,
#define CHAIN(A, a, B, b, operands)        LOW_##A##_##B,
#define CHAIN_RIGHT(A, a, B, b, operands)  LOW_##A##_RIGHT_##B,
#define CHAIN_K(A, a, B, b, operands)      LOW_##A##_K_##B,
#define CHAIN_THEN_K(A, a, B, b, operands) LOW_##A##_##B##_K,
#define UNARY(op, function, result, operand)
#define BINARY(op, function, result, operands)   LOW_##op##_K,
#define COMPARE(op, function, operands, swapped) LOW_##op##_K, BRANCHES(op, function, operands)
#define LOAD(op, result, as, from) \
	LOW_##op##_NEAR, LOW_##op##_INDEX, LOW_##op##_AT, LOW_##op##_PLUS,
#define STORE(op, operand, to) LOAD(op, operand, to, to) LOW_##op##_K,
#include "core/lowered.def"
	LOW_COUNT
};

/* What to add to the first of eight branches. */
enum core_branch_form { BRANCH_K = 1, BRANCH_NOT = 2, BRANCH_BACK = 4, BRANCH_SELECT = 8 };

struct core_code;

struct core_insn {
	uint16_t op, d;
	union {
		uint32_t a;
		struct {
			uint16_t x, y;
		};
	};
	union {
		uint64_t imm;
		struct {
			uint32_t b, c;
		};
		const struct core_code *code;
	};
};

/* A try_table: the instructions from `start` to before `end` are in it. For its k-th clause the
 * branch stands at `pads` + k; it expects the exception's values from the slot `height` on. */
struct core_try {
	uint32_t start, end, pads, height;
	const struct core_handler *handler;
};

/* Vector instructions are generic. Of those that access a lane in memory imm is the address of
 * one of these, and a the memory; of v128.const and i8x16.shuffle that of their 16 bytes; of
 * others with a lane its number. */
struct core_lane_access {
	uint64_t offset;
	uint8_t lane;
};

struct core_code {
	uint32_t index;             /* of the function, in its module */
	uint32_t nparams, nresults; /* these are in slots */
	uint32_t nlocals;           /* with the parameters; the link is behind them */
	uint32_t nslots;            /* of the whole frame */
	/* LOWER alone, until the first call: */
	uint32_t cost;                 /* in fuel, of a call */
	const struct core_insn *insns; /* ends with an instruction that never goes on */
	const struct core_try *tries;  /* an inner one behind those around it */
	uint32_t ninsns, ntries;
};

#endif
