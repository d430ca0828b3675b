/* exec_machine.c - see exec_machine.h. */
#include "core/exec_machine.h"

#include <string.h>

#include "base/budget.h"
#include "base/error.h"
#include "core/valid.h"

const struct core_insn machine_halt[2] = {{.op = LOW_HALT}, {.op = LOW_HALT}};

/* Where a frame returns to that was called from another instance, likewise. */
static const struct core_insn switch_back[] = {{.op = LOW_SWITCH_BACK}, {.op = LOW_SWITCH_BACK}};

int64_t
machine_refuel(int64_t fuel)
{
	budget_spend((uint64_t)(BUDGET_SLICE - fuel));
	return BUDGET_SLICE;
}

void
machine_set_instance(struct machine *m, struct core_instance *inst)
{
	m->inst = inst;
	m->globals = inst->globals;
	m->memory = inst->module->mems.len ? inst->memories[0]->bytes.data : NULL;
}

union core_raw *
machine_room(struct machine *m, const union core_raw *to, uint32_t n)
{
	uint32_t offset = (uint32_t)(to - m->stack->slots);
	exec_stack_need_slots(m->stack, offset + n);
	m->limit = m->stack->slots + m->stack->nslots;
	return m->stack->slots + offset;
}

/* ---- calls ---- */

/* Into another instance, from an instruction; what the frame there is to return to. */
static const struct core_insn *
switch_to(struct machine *m, struct core_instance *inst, const struct core_insn *from)
{
	if (from != switch_back) {
		exec_stack_need_frames(m->stack, m->depth + 1);
		m->stack->frames[m->depth++] = (struct exec_frame){from, m->inst};
	}
	machine_set_instance(m, inst);
	return switch_back;
}

const struct core_insn *
machine_switch_from(struct machine *m)
{
	const struct exec_frame *up = &m->stack->frames[--m->depth];
	machine_set_instance(m, up->inst);
	return up->at;
}

/* Calls a host function with the arguments at `to`, where its results come to lie; where that is
 * then. The stack does not move meanwhile: whoever calls back in takes another one. */
static union core_raw *
call_host(struct machine *m, const struct core_func *f, union core_raw *to)
{
	uint32_t n = f->nparams + f->nresults;
	if (m->limit - to < n)
		to = machine_room(m, to, n);
	m->stack->nlive = (uint32_t)(to - m->stack->slots) + n;
	f->host(f->env, to, to + f->nparams);
	memmove(to, to + f->nparams, f->nresults * sizeof *to);
	return to;
}

void
machine_call_far(struct machine *m, const struct core_func *f)
{
	union core_raw *to = m->fp + m->at->d;
	if (!f->code) {
		m->fuel--;
		m->fp = call_host(m, f, to) - m->at->d;
		m->at++;
		return;
	}
	const struct core_insn *from = m->at;
	if (f->inst != m->inst)
		from = switch_to(m, f->inst, from);
	m->fp = machine_push_frame(m, f->code, to, from, m->code);
	m->at = f->code->insns;
	m->fuel -= f->code->cost;
}

void
machine_tail_call(struct machine *m, const struct core_func *f)
{
	const union core_raw *link = m->fp + m->code->nlocals;
	const struct core_insn *from = link[0].ref;
	const struct core_code *caller = link[1].ref;
	memmove(m->fp, m->fp + m->at->d, f->nparams * sizeof *m->fp);
	m->fuel--;
	if (!f->code) {
		m->fp = call_host(m, f, m->fp) - from->d;
		m->code = caller;
		m->at = from + 1;
		return;
	}
	if (f->inst != m->inst)
		from = switch_to(m, f->inst, from);
	m->fp = machine_push_frame(m, f->code, m->fp, from, caller);
	m->at = f->code->insns;
	m->fuel -= f->code->cost;
}

void
machine_first_call(struct machine *m)
{
	core_lower(m->inst->module, m->code->index);
	m->at = m->code->insns;
	m->fuel -= m->code->cost;
}

/* ---- exceptions ---- */

/* The innermost clause around an instruction that catches: as its number, and its try_table. */
static const struct core_try *
find_clause(const struct machine *m, const struct core_object *exn, uint32_t *clause)
{
	uint32_t at = (uint32_t)(m->at - m->code->insns);
	for (uint32_t k = m->code->ntries; k-- > 0;) {
		const struct core_try *t = &m->code->tries[k];
		if (at < t->start || at >= t->end)
			continue;
		for (*clause = 0; *clause < t->handler->ncatches; ++*clause)
			if (exception_is_caught(m->inst, &t->handler->catches[*clause], exn))
				return t;
	}
	return NULL;
}

void
machine_unwind(struct machine *m, struct core_object *exn)
{
	const struct core_try *t;
	uint32_t clause;
	while (!(t = find_clause(m, exn, &clause))) {
		const union core_raw *link = m->fp + m->code->nlocals;
		m->at = link[0].ref;
		m->code = link[1].ref;
		if (m->at == switch_back) /* perhaps to the end: after a tail call */
			m->at = machine_switch_from(m);
		if (m->at == machine_halt)
			raise_error(ERR_EXCEPTION, NO_LOC, "uncaught-exception",
				"an exception was not caught");
		m->fp -= m->at->d;
	}
	union core_raw *to = m->fp + t->height;
	m->at = m->code->insns + t->pads + clause;
	enum core_catch_kind kind = t->handler->catches[clause].kind;
	if (core_catch_has_tag(kind))
		to = exception_values(exn, to);
	if (core_catch_has_ref(kind))
		to->ref = exn;
}
