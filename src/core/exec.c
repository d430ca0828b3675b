/* exec.c - the interpreter: core specification, "Execution", "Instructions", over the
 * pre-decoded code of code.h. One dispatch loop; calls between WebAssembly functions, of
 * whatever instance, stay in it. C recursion happens only when a host function calls core_call
 * again.
 *
 * What the loop needs all the time are local variables, which it hopes to keep in registers: the
 * instruction, the frame, memory 0 and the fuel. The rest is in a struct machine, and what is
 * rare out of line.
 *
 * Fuel: one unit for each instruction that a branch goes back over, itself included, and for each
 * call one, plus one for every 16 instructions of the callee; bulk operations count by size. */
#include "core/exec.h"

#include <string.h>

#include "base/budget.h"
#include "base/dispatch.h"
#include "base/error.h"
#include "base/fiber.h"
#include "core/exec_bulk.h"
#include "core/exec_exception.h"
#include "core/exec_gc.h"
#include "core/exec_machine.h"
#include "core/exec_simd.h"
#include "core/numeric.h"
#include "core/types.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "linear memory is the host's memory");

NORETURN static void
trap_null_reference(void)
{
	raise_error(ERR_TRAP, NO_LOC, "null-reference", "null reference");
}

static const struct core_func *
non_null_func(const void *ref)
{
	if (!ref)
		raise_error(ERR_TRAP, NO_LOC, "null-function-reference", "null function reference");
	return ref;
}

static const struct core_func *
callee_indirect(const struct machine *m, const struct core_insn *i, union core_raw index)
{
	const struct core_table *table = m->inst->tables[i->c];
	uint64_t at = core_address(&table->type.limits, index);
	if (unlikely(at >= table->len))
		raise_error(ERR_TRAP, NO_LOC, "undefined-element", "undefined element %llu",
			(unsigned long long)at);
	const struct core_func *f = table->elems[at].ref;
	if (unlikely(!f))
		raise_error(ERR_TRAP, NO_LOC, "uninitialized-element", "uninitialized element %llu",
			(unsigned long long)at);
	uint32_t want = m->inst->type_ids[i->b];
	if (unlikely(f->type_id != want) &&
		!core_types_match(m->inst->store->types, f->type_id, want))
		raise_error(ERR_TRAP, NO_LOC, "indirect-call-type-mismatch",
			"indirect call type mismatch");
	return f;
}

NORETURN static void
trap_unreachable(void)
{
	raise_error(ERR_TRAP, NO_LOC, "unreachable", "wasm `unreachable` instruction executed");
}

/* ---- generic operations ---- */

NOINLINE static void
exec_generic(
	struct core_instance *inst, const struct core_insn *i, union core_raw *at, uint64_t *units)
{
	if (exec_is_simd(i->op))
		exec_simd(inst, i, at);
	else if (exec_is_gc(i->op))
		exec_gc(inst, i, at, units);
	else
		exec_bulk(inst, i, at, units);
}

/* ---- the loop: laid out as a table, by hand ---- */
/* clang-format off */

#define D fp[i->d]
#define X fp[i->x]
#define Y fp[i->y]

/* The constant of a form K, as a member of union core_raw; and of a branch or store. */
#define K_i32       ((uint32_t)i->imm)
#define K_i64       i->imm
#define SHORT_K_i32 i->c
#define SHORT_K_i64 ((uint64_t)(int64_t)(int32_t)i->c)

/* A result, made as wide as its slot, so that the slot can be read whole at once. */
#define WIDE_i32(value) ((uint32_t)(value))
#define WIDE_i64(value) ((uint64_t)(value))

/* What ends a case: on to the next instruction, to the one at i, to where i branches. */
#define NEXT \
	i++; \
	DISPATCH(table, i->op)
#define GO DISPATCH(table, i->op)
#define JUMP \
	i += (int32_t)i->b; \
	DISPATCH(table, i->op)
#define JUMP_BACK \
	fuel += (int32_t)i->b - 1; \
	i += (int32_t)i->b; \
	if (unlikely(fuel < 0)) \
		fuel = machine_refuel(fuel); \
	DISPATCH(table, i->op)

/* Around what is out of line. */
#define SAVE \
	m.at = i; \
	m.fp = fp; \
	m.fuel = fuel;
#define RESTORE \
	i = m.at; \
	fp = m.fp; \
	mem = m.memory; \
	fuel = m.fuel; \
	if (unlikely(fuel < 0)) \
		fuel = machine_refuel(fuel);

/* Not 0; the second operand is none. */
static ALWAYS_INLINE bool
truth(uint32_t x, uint32_t y)
{
	(void)y;
	return x != 0;
}

/* Runs until the function that was entered first returns. Its arguments are at the beginning of
 * the stack, and its results come to lie there. */
static void
run(struct exec_stack *stack, const struct core_func *f)
{
	static const DISPATCH_TABLE(table) = {
		DISPATCH_ALL(LOW_COUNT, generic)
		DISPATCH_TO(CORE_OP_UNREACHABLE)
		DISPATCH_TO(CORE_OP_CALL)
		DISPATCH_TO(CORE_OP_CALL_INDIRECT)
		DISPATCH_TO(CORE_OP_CALL_REF)
		DISPATCH_TO(CORE_OP_RETURN_CALL)
		DISPATCH_TO(CORE_OP_RETURN_CALL_INDIRECT)
		DISPATCH_TO(CORE_OP_RETURN_CALL_REF)
		DISPATCH_TO(CORE_OP_REF_AS_NON_NULL)
		DISPATCH_TO(CORE_OP_THROW)
		DISPATCH_TO(CORE_OP_THROW_REF)
#define LOWERED(name) DISPATCH_TO(LOW_##name)
#define BRANCHES(name, function, operands) \
	DISPATCH_TO(LOW_##name##_BR) DISPATCH_TO(LOW_##name##_BR_K) DISPATCH_TO(LOW_##name##_NOT) \
	DISPATCH_TO(LOW_##name##_NOT_K) DISPATCH_TO(LOW_##name##_BACK) \
	DISPATCH_TO(LOW_##name##_BACK_K) DISPATCH_TO(LOW_##name##_BACK_NOT) \
	DISPATCH_TO(LOW_##name##_BACK_NOT_K) DISPATCH_TO(LOW_##name##_SELECT) \
	DISPATCH_TO(LOW_##name##_SELECT_K)
#define CHAIN(A, a, B, b, operands)        DISPATCH_TO(LOW_##A##_##B)
#define CHAIN_RIGHT(A, a, B, b, operands)  DISPATCH_TO(LOW_##A##_RIGHT_##B)
#define CHAIN_K(A, a, B, b, operands)      DISPATCH_TO(LOW_##A##_K_##B)
#define CHAIN_THEN_K(A, a, B, b, operands) DISPATCH_TO(LOW_##A##_##B##_K)
#define UNARY(op, function, result, operand)   DISPATCH_TO(CORE_OP_##op)
#define BINARY(op, function, result, operands) DISPATCH_TO(CORE_OP_##op) DISPATCH_TO(LOW_##op##_K)
#define COMPARE(op, function, operands, swapped) \
	BINARY(op, function, i32, operands) BRANCHES(op, function, operands)
#define LOAD(op, result, as, from) \
	DISPATCH_TO(CORE_OP_##op) DISPATCH_TO(LOW_##op##_NEAR) DISPATCH_TO(LOW_##op##_INDEX) \
	DISPATCH_TO(LOW_##op##_AT) DISPATCH_TO(LOW_##op##_PLUS)
#define STORE(op, operand, to) LOAD(op, operand, to, to) DISPATCH_TO(LOW_##op##_K)
#include "core/lowered.def"
	};
	struct machine m = {.stack = stack, .limit = stack->slots + stack->nslots};
	machine_set_instance(&m, f->inst);
	union core_raw *fp = machine_push_frame(&m, f->code, stack->slots, machine_halt, NULL);
	const struct core_insn *i = f->code->insns;
	uint8_t *mem = m.memory;
	int64_t fuel = BUDGET_SLICE - f->code->cost;
	const struct core_func *callee;
	const struct core_code *code;
	DISPATCH_BEGIN(table, i->op)

	DISPATCH_CASE(LOW_BR) JUMP;
	DISPATCH_CASE(LOW_BACK) JUMP_BACK;
	DISPATCH_CASE(LOW_BR_TABLE) {
		uint32_t index = X.i32;
		i += 1 + (index < i->c ? index : i->c);
		if (i->op == LOW_BACK) {
			JUMP_BACK;
		}
		JUMP;
	}
	DISPATCH_CASE(LOW_RETURN) {
		const union core_raw *link = fp + i->d;
		i = link[0].ref;
		m.code = link[1].ref;
		fp -= i->d;
		NEXT;
	}
	DISPATCH_CASE(LOW_RETURN_1) {
		union core_raw result = X;
		const union core_raw *link = fp + i->d;
		i = link[0].ref;
		m.code = link[1].ref;
		fp[0] = result;
		fp -= i->d;
		NEXT;
	}
	DISPATCH_CASE(LOW_RETURN_MANY) {
		const struct core_insn *from = fp[i->d].ref;
		m.code = fp[i->d + 1].ref;
		memmove(fp, &X, i->y * sizeof *fp);
		i = from;
		fp -= i->d;
		NEXT;
	}
	DISPATCH_CASE(LOW_SWITCH_BACK) {
		i = machine_switch_from(&m);
		mem = m.memory;
		fp -= i->d;
		NEXT;
	}
	DISPATCH_CASE(LOW_HALT) {
		budget_spend((uint64_t)(BUDGET_SLICE - fuel));
		return;
	}
	DISPATCH_CASE(LOW_LOWER) {
		SAVE
		machine_first_call(&m);
		RESTORE
		GO;
	}
	DISPATCH_CASE(LOW_CALL) {
		code = i->code;
	call_code:
		fp = machine_push_frame(&m, code, fp + i->d, i, m.code);
		i = code->insns;
		fuel -= code->cost;
		if (unlikely(fuel < 0))
			fuel = machine_refuel(fuel);
		GO;
	}
	DISPATCH_CASE(CORE_OP_CALL) {
		callee = m.inst->funcs[i->b];
	call_func:
		code = callee->code;
		if (likely(code && callee->inst == m.inst))
			goto call_code;
		SAVE
		machine_call_far(&m, callee);
		RESTORE
		GO;
	}
	DISPATCH_CASE(CORE_OP_CALL_INDIRECT) {
		callee = callee_indirect(&m, i, X);
		goto call_func;
	}
	DISPATCH_CASE(CORE_OP_CALL_REF) {
		callee = non_null_func(X.ref);
		goto call_func;
	}
	DISPATCH_CASE(CORE_OP_RETURN_CALL) {
		callee = m.inst->funcs[i->b];
	tail_call:
		SAVE
		machine_tail_call(&m, callee);
		RESTORE
		GO;
	}
	DISPATCH_CASE(CORE_OP_RETURN_CALL_INDIRECT) {
		callee = callee_indirect(&m, i, X);
		goto tail_call;
	}
	DISPATCH_CASE(CORE_OP_RETURN_CALL_REF) {
		callee = non_null_func(X.ref);
		goto tail_call;
	}
	DISPATCH_CASE(CORE_OP_REF_AS_NON_NULL) {
		if (unlikely(!X.ref))
			trap_null_reference();
		NEXT;
	}
	DISPATCH_CASE(CORE_OP_THROW) {
		SAVE
		machine_unwind(&m, exception_new(m.inst, i->b, &D));
		RESTORE
		GO;
	}
	DISPATCH_CASE(CORE_OP_THROW_REF) {
		SAVE
		machine_unwind(&m, exception_again(X.ref));
		RESTORE
		GO;
	}
	DISPATCH_CASE(CORE_OP_UNREACHABLE)
	trap_unreachable();

	DISPATCH_CASE(LOW_MOVE) D = X; NEXT;
	DISPATCH_CASE(LOW_MOVE_2) D = X; fp[i->b] = Y; NEXT;
	DISPATCH_CASE(LOW_MOVE_3) {
		D = X;
		fp[i->b] = Y;
		fp[i->c & 0xffff] = fp[i->c >> 16];
		NEXT;
	}
	DISPATCH_CASE(LOW_MOVE_WIDE) {
		union core_raw low = fp[i->x], high = fp[i->x + 1];
		fp[i->d] = low;
		fp[i->d + 1] = high;
		NEXT;
	}
	DISPATCH_CASE(LOW_MOVES) memmove(&D, &X, i->b * sizeof *fp); NEXT;
	DISPATCH_CASE(LOW_CONST) D.i64 = i->imm; NEXT;
	DISPATCH_CASE(LOW_SELECT_WIDE) {
		const union core_raw *from = fp[i->b].i32 ? &X : &Y;
		union core_raw low = from[0], high = from[1];
		fp[i->d] = low;
		fp[i->d + 1] = high;
		NEXT;
	}
	DISPATCH_CASE(LOW_GLOBAL_GET) D = m.globals[i->b]->value[i->c]; NEXT;
	DISPATCH_CASE(LOW_GLOBAL_SET) m.globals[i->b]->value[i->c] = X; NEXT;
	DISPATCH_CASE(LOW_REF_FUNC) D.ref = m.inst->funcs[i->b]; NEXT;

#define LOWERED(name)
#define BRANCH_CASE(name, holds, jump) \
	DISPATCH_CASE(name) \
	if (holds) { \
		jump; \
	} \
	NEXT;
#define BRANCHES(name, f, operand) \
	BRANCH_CASE(LOW_##name##_BR, f(X.operand, Y.operand), JUMP) \
	BRANCH_CASE(LOW_##name##_BR_K, f(X.operand, SHORT_K_##operand), JUMP) \
	BRANCH_CASE(LOW_##name##_NOT, !f(X.operand, Y.operand), JUMP) \
	BRANCH_CASE(LOW_##name##_NOT_K, !f(X.operand, SHORT_K_##operand), JUMP) \
	BRANCH_CASE(LOW_##name##_BACK, f(X.operand, Y.operand), JUMP_BACK) \
	BRANCH_CASE(LOW_##name##_BACK_K, f(X.operand, SHORT_K_##operand), JUMP_BACK) \
	BRANCH_CASE(LOW_##name##_BACK_NOT, !f(X.operand, Y.operand), JUMP_BACK) \
	BRANCH_CASE(LOW_##name##_BACK_NOT_K, !f(X.operand, SHORT_K_##operand), JUMP_BACK) \
	DISPATCH_CASE(LOW_##name##_SELECT) \
	D = fp[f(X.operand, Y.operand) ? i->b & 0xffff : i->b >> 16]; NEXT; \
	DISPATCH_CASE(LOW_##name##_SELECT_K) \
	D = fp[f(X.operand, SHORT_K_##operand) ? i->b & 0xffff : i->b >> 16]; NEXT;
#define CHAIN(A, a, B, second, operand) \
	DISPATCH_CASE(LOW_##A##_##B) \
	D.i64 = second(a(X.operand, Y.operand), fp[i->b].operand); NEXT;
#define CHAIN_RIGHT(A, a, B, second, operand) \
	DISPATCH_CASE(LOW_##A##_RIGHT_##B) \
	D.i64 = second(fp[i->b].operand, a(X.operand, Y.operand)); NEXT;
#define CHAIN_K(A, a, B, second, operand) \
	DISPATCH_CASE(LOW_##A##_K_##B) D.i64 = second(a(X.operand, K_##operand), Y.operand); NEXT;
#define CHAIN_THEN_K(A, a, B, second, operand) \
	DISPATCH_CASE(LOW_##A##_##B##_K) D.i64 = second(a(X.operand, Y.operand), K_##operand); NEXT;
#define UNARY(op, f, result, operand) \
	DISPATCH_CASE(CORE_OP_##op) D.i64 = f(X.operand); NEXT;
#define BINARY(op, f, result, operand) \
	DISPATCH_CASE(CORE_OP_##op) D.i64 = f(X.operand, Y.operand); NEXT; \
	DISPATCH_CASE(LOW_##op##_K) D.i64 = f(X.operand, K_##operand); NEXT;
#define COMPARE(op, f, operand, swapped) BINARY(op, f, i32, operand) BRANCHES(op, f, operand)
#define LOAD_CASE(name, result, as, from, address) \
	DISPATCH_CASE(name) { \
		from x; \
		memcpy(&x, address, sizeof x); \
		D.i64 = WIDE_##result((as)x); \
		NEXT; \
	}
#define LOAD(op, result, as, from) \
	LOAD_CASE(CORE_OP_##op, result, as, from, \
		core_memory_at(m.inst->memories[i->y], X, i->imm, sizeof x)) \
	LOAD_CASE(LOW_##op##_NEAR, result, as, from, mem + (X.i32 + i->imm)) \
	LOAD_CASE(LOW_##op##_INDEX, result, as, from, mem + ((X.i32 + Y.i32) + i->imm)) \
	LOAD_CASE(LOW_##op##_AT, result, as, from, mem + i->imm) \
	LOAD_CASE(LOW_##op##_PLUS, result, as, from, mem + ((uint64_t)(X.i32 + i->c) + i->b))
#define STORE_CASE(name, to, value, address) \
	DISPATCH_CASE(name) { \
		to x = (to)value; \
		memcpy(address, &x, sizeof x); \
		NEXT; \
	}
#define STORE(op, operand, to) \
	STORE_CASE(CORE_OP_##op, to, Y.operand, \
		core_memory_at(m.inst->memories[i->d], X, i->imm, sizeof x)) \
	STORE_CASE(LOW_##op##_NEAR, to, Y.operand, mem + (X.i32 + i->imm)) \
	STORE_CASE(LOW_##op##_INDEX, to, D.operand, mem + ((X.i32 + Y.i32) + i->imm)) \
	STORE_CASE(LOW_##op##_AT, to, X.operand, mem + i->imm) \
	STORE_CASE(LOW_##op##_PLUS, to, Y.operand, mem + ((uint64_t)(X.i32 + i->c) + i->b)) \
	STORE_CASE(LOW_##op##_K, to, SHORT_K_##operand, mem + ((uint64_t)X.i32 + i->b))
#include "core/lowered.def"

	DISPATCH_OTHER(generic) {
		uint64_t units = 0;
		exec_generic(m.inst, i, &D, &units);
		fuel -= (int64_t)units;
		if (unlikely(fuel < 0))
			fuel = machine_refuel(fuel);
		NEXT;
	}
	DISPATCH_END
}
/* clang-format on */

struct activation {
	const struct core_func *func;
	struct exec_stack *stack;
	const union core_raw *args;
	union core_raw *results;
};

static void
activate(void *env)
{
	const struct activation *a = env;
	const struct core_code *code = a->func->code;
	exec_stack_need_slots(a->stack, code->nslots);
	if (code->nparams)
		memcpy(a->stack->slots, a->args, code->nparams * sizeof *a->args);
	run(a->stack, a->func);
	if (code->nresults)
		memcpy(a->results, a->stack->slots, code->nresults * sizeof *a->results);
}

void
core_call(struct core_func *f, const union core_raw *args, union core_raw *results)
{
	if (!f->code) {
		f->host(f->env, args, results);
		return;
	}
	if (stack_left() < 0)
		raise_stack_exhausted();
	struct activation a = {f, exec_stack_take(f->inst->store->exec), args, results};
	struct error err;
	bool returned = protect(activate, &a, &err);
	exec_stack_give(a.stack);
	if (!returned)
		raise_again(&err);
}
