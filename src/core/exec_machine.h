/* exec_machine.h - the state of the interpreter's loop in exec.c, and what that loop does out of
 * line, since it is rare or slow anyway: calls that leave the instance or the frame, the first call
 * of a function, exceptions. Private to the two files. */
#ifndef CANON_CORE_EXEC_MACHINE_H
#define CANON_CORE_EXEC_MACHINE_H

#include "base/attr.h"
#include "core/code.h"
#include "core/exec_exception.h"
#include "core/exec_stack.h"
#include "core/instance.h"

struct machine {
	struct exec_stack *stack;
	union core_raw *limit; /* the end of the stack's slots */
	struct core_instance *inst;
	struct core_global **globals; /* the instance's */
	uint8_t *memory;              /* the bytes of its memory 0 */
	const struct core_code *code; /* that runs */
	uint32_t depth;               /* how many calls into other instances there are */
	/* for what is out of line: */
	const struct core_insn *at;
	union core_raw *fp;
	int64_t fuel;
};

/* Where the first frame returns to: as if the first of the two had called. */
extern const struct core_insn machine_halt[2];

/* Takes what was used of a slice of the budget from it; the fuel of the next slice. */
int64_t machine_refuel(int64_t fuel);

void machine_set_instance(struct machine *m, struct core_instance *inst);

/* Room for n slots from `to` on, which may move; where it is then. Raises ERR_EXHAUSTED
 * ("call-stack-exhausted"), and so does what makes frames. */
union core_raw *machine_room(struct machine *m, const union core_raw *to, uint32_t n);

/* Makes the frame of a function whose arguments lie at `to`; where it lies then. */
static ALWAYS_INLINE union core_raw *
machine_push_frame(struct machine *m, const struct core_code *code, union core_raw *to,
	const struct core_insn *from, const struct core_code *caller)
{
	if (unlikely(m->limit - to < code->nslots))
		to = machine_room(m, to, code->nslots);
	union core_raw *link = to + code->nlocals;
	for (union core_raw *p = to + code->nparams; p < link; p++)
		p->i64 = 0;
	link[0].ref = (void *)(uintptr_t)from;
	link[1].ref = (void *)(uintptr_t)caller;
	m->code = code;
	return to;
}

/* Back into the instance that called this one; at which instruction. */
const struct core_insn *machine_switch_from(struct machine *m);

/* Calls what is not in this instance's code, from m->at, with arguments at its d; goes on at
 * m->at. */
void machine_call_far(struct machine *m, const struct core_func *f);

/* Calls f in place of the running function. */
void machine_tail_call(struct machine *m, const struct core_func *f);

/* The function that was just entered is called for the first time: goes on at what it becomes. */
void machine_first_call(struct machine *m);

/* Goes on at the clause of this activation or one of its callers that catches the exception. Raises
 * ERR_EXCEPTION ("uncaught-exception"). */
void machine_unwind(struct machine *m, struct core_object *exn);

#endif
