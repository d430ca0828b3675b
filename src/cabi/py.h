/* py.h - how the Python of definitions.py is written in C.
 *
 *	trap_if(c), trap()     the same (base/site.h); every one has an identity
 *	assert(c)              the same; always on, and an internal error when it fails
 *	int                    `num`, 128 bits wide: no bound check wraps
 *	match t: case X()      switch (t->kind) { case X: }, the cases in the same order
 *	isinstance(e, X)       isinstance(e, X_class): classes with a common base carry their class
 *	Optional[X]            a pointer that may be null
 *	list[X]                LIST(X): append, and .len and .data
 *	Callable               { fn, env }: called as f.fn(f.env, ...)
 *	a nested function      outer__inner, its captured variables in struct outer_env
 *	garbage collection     heap(): the arena of the running call
 *	random.*               choose(n)
 *
 * only_for(FEATURE) stands where only a feature leads: see base/mark.h.
 */
#ifndef CANON_CABI_PY_H
#define CANON_CABI_PY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mark.h"
#include "base/site.h"
#include "base/vec.h"
#include "base/wide.h"

typedef int_wide num;

/* Where what the running call makes lives: each thread has a heap of its own, which goes when
 * the thread ends. Outside of threads it is the store's arena. What outlives a call (handles,
 * tasks, instances) is allocated from the store's arena explicitly. */
struct arena *heap(void);

/* Makes `a` the heap; returns the one before. Who switches stacks switches heaps. */
struct arena *heap_swap(struct arena *a);

#define NEW(T) arena_new_of(heap(), T)

#define LIST(T) VEC(T)

#define append(list, x) vec_push(heap(), list, x)

NORETURN void assert_failed(const char *file, int line, const char *function, const char *text);

#define assert(c) \
	do { \
		if (unlikely(!(c))) \
			assert_failed(__FILE__, __LINE__, __func__, #c); \
	} while (0)

#define isinstance(e, C) (((Object *)(e))->cls == (C))

#endif
