/* valid_func_state.h - what the files of the function validator share: the state of the
 * algorithm in the core specification's appendix, "Validation Algorithm", and that of lowering,
 * which lower.h does on the way. Private to valid_func*.c and lower*.c. */
#ifndef CANON_CORE_VALID_FUNC_STATE_H
#define CANON_CORE_VALID_FUNC_STATE_H

#include "base/vec.h"
#include "core/ast.h"
#include "core/code.h"
#include "core/decode.h"
#include "core/valid_func.h"

/* Where code finds an operand. */
enum place {
	PLACE_HOME,  /* in its own slot */
	PLACE_LOCAL, /* in a local, which was not set since */
	PLACE_CONST, /* in the instruction that takes it */
};

/* An operand: its type, unknown in code that cannot be reached; and for lowering, where it is. */
struct operand {
	bool unknown;
	uint8_t place; /* enum place */
	struct core_valtype type;
	uint32_t home;  /* its own slot in the frame */
	uint32_t local; /* PLACE_LOCAL: the slot */
	uint64_t bits;  /* PLACE_CONST */
};

/* A list of value types, borrowed. */
struct typelist {
	const struct core_valtype *data;
	uint32_t len;
};

/* A control frame. Branches that are emitted before their target is known are chained through
 * their field b, as index + 1. */
struct label {
	enum core_op op; /* block, loop, if, else; the body itself is a block */
	struct typelist in, out;
	uint32_t height;    /* how many operands are below it */
	uint32_t base;      /* and how many slots they take */
	uint32_t sets;      /* how many locals had been set before it */
	bool unreachable;   /* the rest of it cannot be reached */
	bool dead;          /* nor could its beginning */
	uint32_t start;     /* loop: where it begins */
	uint32_t exits;     /* chain of branches to its end */
	uint32_t otherwise; /* if: chain of the branch to else */
	uint32_t attempt;   /* try_table: index + 1 in the checker's tries */
};

struct checker {
	const struct core_module *module;
	const bool *declared;
	struct arena *arena;    /* the module's; vectors are kept from body to body */
	struct typelist result; /* of the body */
	bool constant;          /* only constant instructions are allowed */
	bool lowering;          /* code is emitted */
	uint32_t nglobals;      /* how many globals are known */
	struct loc at;          /* of the current instruction */
	struct core_bodies bodies;
	VEC(struct core_valtype) locals;
	VEC(uint32_t) local_slots; /* where each begins */
	uint32_t nlocal_slots;     /* of all together */
	VEC(bool) unset;           /* by local: it has no value yet */
	VEC(uint32_t) sets;        /* locals that got their first value, in order */
	VEC(struct operand) operands;
	VEC(struct label) labels;
	VEC(struct core_insn) code;
	VEC(struct core_try) tries;
	uint32_t top, max_top; /* slots that the operands take, and have taken at most */
	uint8_t same;          /* where what the last operand replaced was: enum place */
	uint32_t mark;         /* how many operands there were before this instruction */
	uint32_t pending;      /* below this one, no operand is in a local */
	uint32_t table_home;   /* where the values are that a br_table takes along */
	uint32_t barrier;      /* code before this index is done: a branch may lead to here */
};

/* valid_func_stack.c: operands. Raise ERR_INVALID ("type-mismatch"). */
void push(struct checker *c, struct core_valtype type);
void push_list(struct checker *c, struct typelist types);
struct operand pop_any(struct checker *c);
void peek(struct checker *c, uint32_t depth, struct core_valtype want); /* 0: the top */
void pop(struct checker *c, struct core_valtype want);
void pop_list(struct checker *c, struct typelist want);
void push_operand(struct checker *c, struct operand o);
void need_slots(struct checker *c, uint32_t n); /* above the operands */
uint32_t operand_slots(struct operand o);
uint32_t typelist_slots(struct typelist types);

/* Forgets the operands above a height, and `top`, as they were before. */
void drop_to(struct checker *c, uint32_t height, uint32_t top);

/* Pops a reference of any type; of an unknown operand, the bottom of all heap types. */
struct core_valtype pop_ref(struct checker *c);
bool matches(const struct checker *c, struct core_valtype a, struct core_valtype b);

/* Whether all of a list may stand where another is wanted. */
bool list_matches(const struct checker *c, struct typelist a, struct typelist b);

/* Labels. The pointers are good until the next push. */
struct label *
push_label(struct checker *c, enum core_op op, struct typelist in, struct typelist out);
struct label pop_label(struct checker *c);
struct label *label_at(struct checker *c, uint32_t depth); /* raises "unknown-label" */
struct typelist label_types(const struct label *l);        /* what a branch to it takes */
void set_unreachable(struct checker *c);

/* Whether the instruction can be reached; and whether code is emitted for it, if any is at all. */
static inline bool
reachable(const struct checker *c)
{
	const struct label *l = &vec_last(&c->labels);
	return !l->unreachable && !l->dead;
}

static inline bool
emitting(const struct checker *c)
{
	return c->lowering && reachable(c);
}

/* The function type with a type index, or of a function. Raise "unknown-type" and
 * "unknown-function". */
const struct core_functype *functype_at(struct checker *c, uint32_t index);
const struct core_functype *type_of_func(struct checker *c, uint32_t index);
struct core_valtype elem_type_of_table(struct checker *c, uint32_t index);    /* "unknown-table" */
const struct core_tabletype *tabletype_at(struct checker *c, uint32_t index); /* likewise */

/* valid_func_control.c: false when the instruction is none of the control instructions. */
bool check_control(struct checker *c, const struct core_instr *i);

/* valid_func_simd.c: the lanes that an instruction names, if any; raises "invalid-lane-index". Its
 * immediate in code: see code.h. */
void check_lanes(struct checker *c, const struct core_instr *i);
uint64_t simd_immediate(struct checker *c, const struct core_instr *i);

/* valid_func_gc.c: false when the instruction is none of those; a reference to something of a
 * defined type. */
bool check_gc(struct checker *c, const struct core_instr *i);
struct core_valtype type_ref(uint32_t index, bool nullable);

/* valid_func_plain.c: all others; and what they name. Raise "unknown-elem-segment" and
 * "unknown-data-segment". */
struct core_valtype elem_type_of_segment(struct checker *c, uint32_t index);
void check_data(struct checker *c, uint32_t index);
void check_plain(struct checker *c, const struct core_instr *i);

#endif
