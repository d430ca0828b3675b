/* heaps.c - see heaps.h. A vector of live heaps; those that are made last go first, mostly,
 * so they are looked for from the end. */
#include "cabi/heaps.h"

#include "base/error.h"
#include "base/vec.h"

struct heaps {
	struct arena *arena;
	VEC(struct arena *) live;
};

static void
free_all(void *env)
{
	struct heaps *hs = env;
	while (hs->live.len)
		arena_free(vec_pop(&hs->live));
}

struct heaps *
heaps_new(struct arena *a)
{
	struct heaps *hs = arena_new_of(a, struct heaps);
	hs->arena = a;
	arena_defer(a, free_all, hs);
	return hs;
}

struct arena *
heaps_add(struct heaps *hs)
{
	struct arena **slot = vec_add(hs->arena, &hs->live);
	*slot = arena_new(0);
	return *slot;
}

void
heaps_remove(struct heaps *hs, struct arena *heap)
{
	uint32_t i = hs->live.len;
	while (i && hs->live.data[i - 1] != heap)
		i--;
	if (!i)
		internal_error("a heap is removed that is not there");
	hs->live.data[i - 1] = hs->live.data[hs->live.len - 1];
	hs->live.len--;
	arena_free(heap);
}

uint32_t
heaps_count(const struct heaps *hs)
{
	return hs->live.len;
}
