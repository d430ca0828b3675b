/* exec.c - the interpreter: core specification, "Execution", "Instructions", over the
 * pre-decoded code of code.h. One dispatch loop; calls between WebAssembly functions, of
 * whatever instance, push a frame and stay in it. C recursion happens only when a host
 * function calls core_call again.
 *
 * Fuel: one unit for each instruction that a branch goes back over, and for each call one,
 * plus one for every 16 instructions of the callee; bulk operations count by size. */
#include "core/exec.h"

#include <string.h>

#include "base/budget.h"
#include "base/error.h"
#include "base/fiber.h"
#include "core/code.h"
#include "core/exec_bulk.h"
#include "core/exec_simd.h"
#include "core/exec_gc.h"
#include "core/exec_stack.h"
#include "core/numeric.h"
#include "core/types.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "linear memory is the host's memory");

/* What the loop keeps in registers. It never escapes: out-of-line helpers get values. */
struct machine {
	const struct core_insn *pc;
	union core_raw *base, *sp; /* the first local; above the last operand */
	struct core_instance *inst;
	const struct core_func *func;
	struct exec_stack *stack;
	uint32_t depth; /* frames of callers */
	uint32_t fuel;  /* units until budget_spend */
};

static ALWAYS_INLINE void
spend(struct machine *m, uint64_t units)
{
	if (unlikely(units >= m->fuel)) {
		budget_spend(BUDGET_SLICE - m->fuel + units);
		m->fuel = BUDGET_SLICE;
	} else {
		m->fuel -= (uint32_t)units;
	}
}

/* Starts f, whose arguments are on top of the stack. */
static ALWAYS_INLINE void
enter(struct machine *m, const struct core_func *f)
{
	const struct core_code *code = f->code;
	uint32_t base = (uint32_t)(m->sp - m->stack->slots) - code->nparams;
	exec_stack_need_slots(m->stack, base + code->nslots);
	m->func = f;
	m->inst = f->inst;
	m->pc = code->insns;
	m->base = m->stack->slots + base;
	m->sp = m->base + code->nlocals;
	memset(m->base + code->nparams, 0, (code->nlocals - code->nparams) * sizeof *m->base);
	spend(m, 1 + code->ninsns / 16);
}

static ALWAYS_INLINE void
push_frame(struct machine *m)
{
	exec_stack_need_frames(m->stack, m->depth + 1);
	m->stack->frames[m->depth++] =
		(struct exec_frame){m->func, m->pc, (uint32_t)(m->base - m->stack->slots)};
}

/* Back to the caller; false when there is none. */
static ALWAYS_INLINE bool
leave(struct machine *m, uint32_t nresults)
{
	memmove(m->base, m->sp - nresults, nresults * sizeof *m->base);
	m->sp = m->base + nresults;
	if (m->depth == 0)
		return false;
	const struct exec_frame *up = &m->stack->frames[--m->depth];
	m->func = up->func;
	m->inst = up->func->inst;
	m->pc = up->pc;
	m->base = m->stack->slots + up->base;
	return true;
}

/* Calls a host function with the arguments below sp; the new sp, above its results. The
 * stack does not move meanwhile: whoever calls back in takes another one. */
static union core_raw *
call_host(struct exec_stack *stack, const struct core_func *f, union core_raw *sp)
{
	uint32_t nparams = f->nparams, nresults = f->nresults;
	uint32_t args = (uint32_t)(sp - stack->slots) - nparams;
	exec_stack_need_slots(stack, args + nparams + nresults);
	union core_raw *at = stack->slots + args;
	f->host(f->env, at, at + nparams);
	memmove(at, at + nparams, nresults * sizeof *at);
	return at + nresults;
}

static ALWAYS_INLINE void
call(struct machine *m, const struct core_func *f)
{
	if (likely(f->code != NULL)) {
		push_frame(m);
		enter(m, f);
		return;
	}
	uint32_t base = (uint32_t)(m->base - m->stack->slots);
	spend(m, 1);
	m->sp = call_host(m->stack, f, m->sp);
	m->base = m->stack->slots + base;
}

static ALWAYS_INLINE const struct core_func *
callee_indirect(struct machine *m, const struct core_insn *i)
{
	const struct core_table *table = m->inst->tables[i->b];
	uint64_t at = core_address(&table->type.limits, *--m->sp);
	if (unlikely(at >= table->len))
		raise_error(ERR_TRAP, NO_LOC, "undefined-element", "undefined element %llu",
			(unsigned long long)at);
	const struct core_func *f = table->elems[at].ref;
	if (unlikely(!f))
		raise_error(ERR_TRAP, NO_LOC, "uninitialized-element", "uninitialized element %llu",
			(unsigned long long)at);
	uint32_t want = m->inst->type_ids[i->a];
	if (unlikely(f->type_id != want) &&
		!core_types_match(m->inst->store->types, f->type_id, want))
		raise_error(ERR_TRAP, NO_LOC, "indirect-call-type-mismatch",
			"indirect call type mismatch");
	return f;
}

static const struct core_func *
non_null_func(const void *ref)
{
	if (!ref)
		raise_error(ERR_TRAP, NO_LOC, "null-function-reference", "null function reference");
	return ref;
}

/* f takes the place of the running function. */
static ALWAYS_INLINE bool
tail_call(struct machine *m, const struct core_func *f)
{
	uint32_t n = f->nparams;
	if (n)
		memmove(m->base, m->sp - n, n * sizeof *m->base);
	m->sp = m->base + n;
	if (likely(f->code != NULL)) {
		enter(m, f);
		return true;
	}
	uint32_t base = (uint32_t)(m->base - m->stack->slots);
	spend(m, 1);
	m->sp = call_host(m->stack, f, m->sp);
	m->base = m->stack->slots + base;
	return leave(m, f->nresults);
}

static ALWAYS_INLINE void
branch(struct machine *m, const struct core_insn *i)
{
	const struct core_insn *to = m->func->code->insns + i->a;
	if (i->c) {
		memmove(m->sp - i->b - i->c, m->sp - i->b, i->b * sizeof *m->sp);
		m->sp -= i->c;
	}
	if (to < m->pc)
		spend(m, (uint64_t)(m->pc - to));
	m->pc = to;
}

/* The `size` bytes of a memory that an access with this address operand means. */
static ALWAYS_INLINE uint8_t *
access(const struct machine *m, const struct core_insn *i, union core_raw address, unsigned size)
{
	return core_memory_at(m->inst->memories[i->a], address, i->imm, size);
}

static ALWAYS_INLINE void
select_one(struct machine *m)
{
	m->sp -= 2;
	if (!m->sp[1].i32)
		m->sp[-1] = m->sp[0];
}

static ALWAYS_INLINE void
select_wide(struct machine *m)
{
	m->sp -= 3;
	if (!m->sp[2].i32) {
		m->sp[-2] = m->sp[0];
		m->sp[-1] = m->sp[1];
	}
}

/* Executes a vector instruction whose operands are below sp; the new sp. */
static union core_raw *
simd_below(struct machine *m, const struct core_insn *i)
{
	uint32_t slots[2] = {0, 0};
	bool results = false;
	for (const char *p = core_ops[i->op].sig; *p; p++)
		if (*p == ':')
			results = true;
		else
			slots[results] += *p == 'V' ? 2 : 1;
	exec_simd(m->inst, i, m->sp - slots[0]);
	return m->sp - slots[0] + slots[1];
}

/* ---- exceptions ---- */

/* A thrown exception, as exnref refers to it; in the store's arena. */
struct exception {
	const struct core_tag *tag;
	union core_raw args[];
};

/* Takes the tag's arguments from below sp. */
static struct exception *
new_exception(struct core_instance *inst, uint32_t tag, const union core_raw *sp)
{
	const struct core_tag *t = inst->tags[tag];
	size_t size = t->nparams * sizeof *sp;
	struct exception *exn = arena_alloc(inst->store->arena, sizeof *exn + size);
	exn->tag = t;
	if (size)
		memcpy(exn->args, sp - t->nparams, size);
	return exn;
}

static struct exception *
thrown_again(void *ref)
{
	if (!ref)
		raise_error(
			ERR_TRAP, NO_LOC, "null-exception-reference", "null exception reference");
	return ref;
}

static bool
catches(const struct core_instance *inst, const struct core_catch *clause,
	const struct exception *exn)
{
	return !core_catch_has_tag(clause->kind) || inst->tags[clause->tag] == exn->tag;
}

/* The innermost clause around an instruction that catches: as its number, and its try_table. */
static const struct core_try *
find_clause(const struct core_func *f, const struct core_insn *at, const struct exception *exn,
	uint32_t *clause)
{
	uint32_t pc = (uint32_t)(at - f->code->insns);
	for (uint32_t k = f->code->ntries; k-- > 0;) {
		const struct core_try *t = &f->code->tries[k];
		if (pc < t->start || pc >= t->end)
			continue;
		for (*clause = 0; *clause < t->handler->ncatches; ++*clause)
			if (catches(f->inst, &t->handler->catches[*clause], exn))
				return t;
	}
	return NULL;
}

/* Goes on at the clause of this activation or one of its callers that catches the exception. */
static ALWAYS_INLINE void
unwind(struct machine *m, struct exception *exn)
{
	const struct core_try *t;
	uint32_t clause;
	while (!(t = find_clause(m->func, m->pc - 1, exn, &clause))) {
		if (m->depth == 0)
			raise_error(ERR_EXCEPTION, NO_LOC, "uncaught-exception",
				"an exception was not caught");
		m->sp = m->base;
		leave(m, 0);
	}
	m->sp = m->base + t->height;
	m->pc = m->func->code->insns + t->pads + clause;
	enum core_catch_kind kind = t->handler->catches[clause].kind;
	uint32_t n = core_catch_has_tag(kind) ? exn->tag->nparams : 0;
	for (uint32_t k = 0; k < n; k++)
		*m->sp++ = exn->args[k];
	if (core_catch_has_ref(kind))
		(m->sp++)->ref = exn;
}

/* Runs until the function that was entered first returns. */
static void
run(struct exec_stack *stack, const struct core_func *f)
{
	struct machine machine = {.stack = stack, .fuel = BUDGET_SLICE}, *m = &machine;
	m->sp = stack->slots + f->code->nparams;
	enter(m, f);
	for (;;) {
		const struct core_insn *i = m->pc++;
		switch (i->op) {
		case CORE_OP_UNREACHABLE:
			raise_error(ERR_TRAP, NO_LOC, "unreachable",
				"wasm `unreachable` instruction executed");
		case LOW_BR: branch(m, i); break;
		case LOW_BR_IF:
			if ((--m->sp)->i32)
				branch(m, i);
			break;
		case LOW_BR_UNLESS:
			if (!(--m->sp)->i32)
				m->pc = m->func->code->insns + i->a;
			break;
		case LOW_BR_TABLE: {
			uint32_t at = (--m->sp)->i32;
			m->pc += at < i->a ? at : i->a;
			break;
		}
		case LOW_RETURN:
			if (!leave(m, i->b))
				goto returned;
			break;
		case CORE_OP_CALL: call(m, m->inst->funcs[i->a]); break;
		case CORE_OP_CALL_INDIRECT: call(m, callee_indirect(m, i)); break;
		case CORE_OP_CALL_REF: call(m, non_null_func((--m->sp)->ref)); break;
		case CORE_OP_RETURN_CALL:
			if (!tail_call(m, m->inst->funcs[i->a]))
				goto returned;
			break;
		case CORE_OP_RETURN_CALL_INDIRECT:
			if (!tail_call(m, callee_indirect(m, i)))
				goto returned;
			break;
		case CORE_OP_RETURN_CALL_REF:
			if (!tail_call(m, non_null_func((--m->sp)->ref)))
				goto returned;
			break;
		case CORE_OP_THROW: unwind(m, new_exception(m->inst, i->a, m->sp)); break;
		case CORE_OP_THROW_REF: unwind(m, thrown_again((--m->sp)->ref)); break;
		case CORE_OP_DROP: m->sp--; break;
		case CORE_OP_SELECT: select_one(m); break;
		case LOW_SELECT_WIDE: select_wide(m); break;
		case CORE_OP_LOCAL_GET: *m->sp++ = m->base[i->a]; break;
		case CORE_OP_LOCAL_SET: m->base[i->a] = *--m->sp; break;
		case CORE_OP_LOCAL_TEE: m->base[i->a] = m->sp[-1]; break;
		case CORE_OP_GLOBAL_GET: *m->sp++ = m->inst->globals[i->a]->value[i->b]; break;
		case CORE_OP_GLOBAL_SET: m->inst->globals[i->a]->value[i->b] = *--m->sp; break;
		case CORE_OP_I32_CONST:
		case CORE_OP_I64_CONST:
		case CORE_OP_F32_CONST:
		case CORE_OP_F64_CONST: (m->sp++)->i64 = i->imm; break;
		case CORE_OP_REF_NULL: (m->sp++)->ref = NULL; break;
		case CORE_OP_REF_IS_NULL: m->sp[-1].i32 = !m->sp[-1].ref; break;
		case CORE_OP_REF_FUNC: (m->sp++)->ref = m->inst->funcs[i->a]; break;
		case CORE_OP_MEMORY_SIZE:
			(m->sp++)->i64 = m->inst->memories[i->a]->bytes.len >> 16;
			break;
#define UNARY(op, f, result, operand) \
	case CORE_OP_##op: \
		m->sp[-1].result = f(m->sp[-1].operand); \
		break;
#define BINARY(op, f, result, operand) \
	case CORE_OP_##op: \
		m->sp--; \
		m->sp[-1].result = f(m->sp[-1].operand, m->sp[0].operand); \
		break;
#define LOAD(op, result, as, from) \
	case CORE_OP_##op: { \
		from x; \
		memcpy(&x, access(m, i, m->sp[-1], sizeof x), sizeof x); \
		m->sp[-1].result = (as)x; \
		break; \
	}
#define STORE(op, operand, to) \
	case CORE_OP_##op: { \
		m->sp -= 2; \
		to x = (to)m->sp[1].operand; \
		memcpy(access(m, i, m->sp[0], sizeof x), &x, sizeof x); \
		break; \
	}
#include "core/numeric.def"
		default: {
			uint64_t units = 0;
			if (exec_is_simd(i->op)) {
				m->sp = simd_below(m, i);
				break;
			}
			if (i->d) {
				exec_gc(m->inst, i, m->base + i->d - 1, &units);
				m->sp = m->base + i->d - 1 + exec_gc_results(i);
			} else {
				m->sp = exec_bulk(m->inst, i, m->sp, &units);
			}
			spend(m, units);
		}
		}
	}
returned:
	budget_spend(BUDGET_SLICE - m->fuel);
}

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
