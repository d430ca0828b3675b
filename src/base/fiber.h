/* fiber.h - stacks to switch between: over ucontext, with pooled stacks, a guard page below
 * each, and the sanitizers told of every switch.
 *
 * An error that leaves a fiber's function never jumps across stacks: the fiber's base
 * catches it, and fiber_resume raises it again on the resumer's stack. */
#ifndef CANON_BASE_FIBER_H
#define CANON_BASE_FIBER_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"

struct fiber;

/* A fiber that will run fn(env) at its first resume. The record is in the arena; its stack is
 * taken at the first resume and given back when fn ends or the arena is freed, whichever is
 * first. Raises ERR_EXHAUSTED ("fiber-limit") when too many stacks are in use. */
struct fiber *fiber_new(struct arena *a, void (*fn)(void *env), void *env);

/* Runs f until it suspends or ends. Raises again what f raised. f must be neither running
 * nor ended. */
void fiber_resume(struct fiber *f);

/* Back to whoever resumed the running fiber; returns when it is resumed again. */
void fiber_suspend(void);

/* The running fiber; null on the program's own stack. */
struct fiber *fiber_current(void);

bool fiber_ended(const struct fiber *f);

/* Bytes left on the running stack, fiber or not, with a margin taken off: what recursive
 * code checks before it goes deeper. */
long stack_left(void);

/* Raises ERR_EXHAUSTED ("nesting-limit", "WHAT are nested too deep") when nothing is left. */
void need_stack(struct loc at, const char *what);

/* Frees the pool of unused stacks (at exit, so that leak checkers stay quiet). */
void fiber_release_pool(void);

#endif
