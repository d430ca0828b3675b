/* py.c - see py.h. */
#include "cabi/py.h"

static struct arena *current_heap;

struct arena *
heap(void)
{
	if (!current_heap)
		internal_error("the Canonical ABI runs without a heap");
	return current_heap;
}

struct arena *
heap_swap(struct arena *a)
{
	struct arena *old = current_heap;
	current_heap = a;
	return old;
}

NORETURN void
assert_failed(const char *file, int line, const char *function, const char *text)
{
	internal_error("%s:%d: %s: assert(%s)", file, line, function, text);
}
