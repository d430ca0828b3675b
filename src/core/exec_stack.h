/* exec_stack.h - the stacks of activations: one for each call that comes into core
 * WebAssembly from outside, since several fibers may be in the middle of such calls.
 *
 * They are malloc'd, grow in place (never during a call out) and belong to a pool, which
 * belongs to a store. A stack that nobody gives back, because its fiber was dropped, is
 * released with the store's arena. What no frame has written is 0, or left over. */
#ifndef CANON_CORE_EXEC_STACK_H
#define CANON_CORE_EXEC_STACK_H

#include <stdint.h>

#include "base/arena.h"
#include "core/instance.h"

struct core_insn;
struct exec_pool;

/* A call into another instance: from where. */
struct exec_frame {
	const struct core_insn *at;
	struct core_instance *inst;
};

struct exec_stack {
	struct exec_pool *pool;
	struct exec_stack *prev, *next; /* in the pool's list of used or unused ones */
	union core_raw *slots;
	struct exec_frame *frames;
	uint32_t nslots, nframes; /* how many there is room for */
	uint32_t nlive;           /* slots that matter while it calls a host function */
};

/* In the store's arena. */
struct exec_pool *exec_pool_new(struct arena *store);

/* A stack with room for a few frames. Raises ERR_EXHAUSTED ("call-stack-exhausted") when the
 * stacks of the pool are too large together. */
struct exec_stack *exec_stack_take(struct exec_pool *pool);
void exec_stack_give(struct exec_stack *s);

/* Makes room for n slots, or n frames, in all. What they hold is kept; they may move. Raises
 * ERR_EXHAUSTED ("call-stack-exhausted"). */
void exec_stack_need_slots(struct exec_stack *s, uint32_t n);
void exec_stack_need_frames(struct exec_stack *s, uint32_t n);

/* Shows fn the slots that matter of each stack in use: of the one in which `top` lies, which runs,
 * those below it. Whether there is such a stack. */
typedef void exec_slots_fn(void *env, const union core_raw *from, const union core_raw *to);
bool exec_stacks_each(
	const struct exec_pool *pool, const union core_raw *top, exec_slots_fn *fn, void *env);

NORETURN void raise_stack_exhausted(void);

#endif
