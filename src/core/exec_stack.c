/* exec_stack.c - see exec_stack.h. */
#include "core/exec_stack.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"

#define FIRST_SLOTS  512
#define FIRST_FRAMES 32
#define MAX_SLOTS    (UINT32_C(1) << 20) /* 8 MiB for one stack */
#define MAX_FRAMES   (UINT32_C(1) << 16)
#define MAX_BYTES    (UINT64_C(1) << 30) /* for all of a store */
#define MAX_KEPT     (UINT32_C(1) << 14) /* slots; a larger stack is not kept for later */

struct exec_pool {
	struct exec_stack *used, *unused;
	uint64_t bytes;
};

NORETURN void
raise_stack_exhausted(void)
{
	raise_error(ERR_EXHAUSTED, NO_LOC, "call-stack-exhausted", "call stack exhausted");
}

static void
free_stack(struct exec_stack *s)
{
	s->pool->bytes -= s->nslots * sizeof *s->slots + s->nframes * sizeof *s->frames;
	free(s->slots);
	free(s->frames);
	free(s);
}

static void
free_list(struct exec_stack *s)
{
	while (s) {
		struct exec_stack *next = s->next;
		free_stack(s);
		s = next;
	}
}

static void
release_pool(void *env)
{
	struct exec_pool *pool = env;
	free_list(pool->used);
	free_list(pool->unused);
}

struct exec_pool *
exec_pool_new(struct arena *store)
{
	struct exec_pool *pool = arena_new_of(store, struct exec_pool);
	arena_defer(store, release_pool, pool);
	return pool;
}

/* A larger array of `size`-byte items. */
static void *
resize(struct exec_pool *pool, void *old, uint32_t *count, uint32_t want, uint32_t max, size_t size)
{
	uint64_t n = *count;
	if (want > max)
		raise_stack_exhausted();
	while (n < want)
		n *= 2;
	uint64_t more = (n - *count) * size;
	if (more > MAX_BYTES - pool->bytes)
		raise_stack_exhausted();
	void *p = realloc(old, n * size);
	if (!p)
		raise_stack_exhausted();
	pool->bytes += more;
	*count = (uint32_t)n;
	return p;
}

void
exec_stack_need_slots(struct exec_stack *s, uint32_t n)
{
	uint32_t had = s->nslots;
	if (n <= had)
		return;
	s->slots = resize(s->pool, s->slots, &s->nslots, n, MAX_SLOTS, sizeof *s->slots);
	memset(s->slots + had, 0, (s->nslots - had) * sizeof *s->slots);
}

void
exec_stack_need_frames(struct exec_stack *s, uint32_t n)
{
	if (n > s->nframes)
		s->frames =
			resize(s->pool, s->frames, &s->nframes, n, MAX_FRAMES, sizeof *s->frames);
}

static struct exec_stack *
new_stack(struct exec_pool *pool)
{
	struct exec_stack *s = calloc(1, sizeof *s);
	union core_raw *slots = calloc(FIRST_SLOTS, sizeof *slots);
	struct exec_frame *frames = malloc(FIRST_FRAMES * sizeof *frames);
	if (!s || !slots || !frames || pool->bytes > MAX_BYTES / 2) {
		free(s);
		free(slots);
		free(frames);
		raise_stack_exhausted();
	}
	*s = (struct exec_stack){pool, NULL, NULL, slots, frames, FIRST_SLOTS, FIRST_FRAMES, 0};
	pool->bytes += FIRST_SLOTS * sizeof *slots + FIRST_FRAMES * sizeof *frames;
	return s;
}

struct exec_stack *
exec_stack_take(struct exec_pool *pool)
{
	struct exec_stack *s = pool->unused;
	if (s)
		pool->unused = s->next;
	else
		s = new_stack(pool);
	s->nlive = 0;
	s->prev = NULL;
	s->next = pool->used;
	if (s->next)
		s->next->prev = s;
	return pool->used = s;
}

void
exec_stack_give(struct exec_stack *s)
{
	struct exec_pool *pool = s->pool;
	if (s->prev)
		s->prev->next = s->next;
	else
		pool->used = s->next;
	if (s->next)
		s->next->prev = s->prev;
	if (s->nslots > MAX_KEPT) {
		free_stack(s);
		return;
	}
	s->next = pool->unused;
	pool->unused = s;
}

bool
exec_stacks_each(
	const struct exec_pool *pool, const union core_raw *top, exec_slots_fn *fn, void *env)
{
	bool found = false;
	for (const struct exec_stack *s = pool->used; s; s = s->next) {
		bool runs = top && top >= s->slots && top <= s->slots + s->nslots;
		fn(env, s->slots, runs ? top : s->slots + s->nlive);
		found |= runs;
	}
	return found;
}
