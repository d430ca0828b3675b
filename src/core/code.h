/* code.h - pre-decoded function bodies: what the validator (valid_func) lowers to and the
 * interpreter (exec) runs. Nothing here is part of a document; the semantics of each
 * instruction is that of the core specification, "Execution", "Instructions".
 *
 * A frame is a run of 8-byte slots: the parameters and the other locals, then the operands.
 * A v128 takes two slots, the low half first; local.*, global.* and drop are emitted once for
 * each. Heights are static, so a branch carries how many slots it keeps and how many it drops
 * below them. Arguments of a call become the first locals of the callee where they lie, and
 * its results end up in the same place. Code that cannot be reached is not emitted. */
#ifndef CANON_CORE_CODE_H
#define CANON_CORE_CODE_H

#include <stdint.h>

#include "core/ast.h"

/* Operations that stand for several or none of the instructions of the specification. All
 * others go by their enum core_op. Block, loop, else, end and nop leave nothing behind. */
enum core_lowered {
	LOW_BR = CORE_OP_COUNT, /* to pc a, dropping c slots below the top b */
	LOW_BR_IF,              /* pop; the same when it is not 0 */
	LOW_BR_UNLESS,          /* pop; to pc a when it is 0; nothing is dropped */
	LOW_BR_TABLE,           /* pop i; goes on at the i-th of the a + 1 LOW_BRs behind it, or at
	                           the last of them */
	LOW_RETURN,             /* the top b slots are the results */
	LOW_SELECT_WIDE,        /* between two v128 */
	LOW_TEST_NULL,          /* keeps the reference, and pushes whether it is null */
	LOW_TEST_NON_NULL,      /* likewise, whether it is not null */
	LOW_TEST_CAST,          /* likewise, whether it has a type: see exec_gc.h */
	LOW_TEST_CAST_FAIL,     /* likewise, whether it has not */
	LOW_COUNT
};

/* Immediates by operation:
 *   i32/i64/f32/f64.const  imm: the bits
 *   local.*                a: slot
 *   global.*               a: index, b: which slot of it
 *   loads, stores          a: memory, imm: offset
 *   memory.size/grow/fill  a: memory
 *   memory.init            a: data segment, b: memory    data.drop  a: data segment
 *   memory.copy            a: destination, b: source memory
 *   table.get/set/size/grow/fill  a: table
 *   table.init             a: element segment, b: table  elem.drop  a: element segment
 *   table.copy             a: destination, b: source table
 *   call, return_call, ref.func  a: function
 *   throw                  a: tag
 *   call_indirect, return_call_indirect  a: type, b: table
 *   what exec_gc executes  d: 1 + the slot of the first operand; the others: see exec_gc.h */
struct core_insn {
	uint16_t op, d;
	uint32_t a;
	union {
		uint64_t imm;
		struct {
			uint32_t b, c;
		};
	};
};

/* A try_table: the instructions from `start` to before `end` are in it. For its k-th clause the
 * branch stands at `pads` + k; it expects the exception's values above `height` slots of the
 * frame. */
struct core_try {
	uint32_t start, end, pads, height;
	const struct core_handler *handler;
};

struct core_code {
	const struct core_insn
		*insns; /* ends with a LOW_RETURN or an instruction that never goes on */
	uint32_t ninsns;
	const struct core_try *tries; /* an inner one behind those around it */
	uint32_t ntries;
	uint32_t nparams, nresults; /* these are in slots */
	uint32_t nlocals;           /* with the parameters */
	uint32_t nslots;            /* locals and the most operands there can be */
};

/* Vector instructions are generic. Of those that access a lane in memory imm is the address of
 * one of these, and a the memory; of v128.const and i8x16.shuffle that of their 16 bytes; of
 * others with a lane its number. */
struct core_lane_access {
	uint64_t offset;
	uint8_t lane;
};

#endif
