/* vec.c - the growth of vectors. */
#include "base/vec.h"

#include "base/error.h"

void *
vec_grow_(struct arena *a, void *data, uint32_t len, uint32_t *cap, uint32_t n, size_t size)
{
	uint64_t want = (uint64_t)len + n;
	if (want <= *cap)
		return data;
	uint64_t room = *cap ? (uint64_t)*cap * 2 : 8;
	if (room < want)
		room = want;
	if (room > UINT32_MAX)
		raise_error(ERR_EXHAUSTED, NO_LOC, "memory-limit", "too many elements");
	void *p = arena_grow(a, data, len * size, room * size);
	*cap = (uint32_t)room;
	return p;
}
