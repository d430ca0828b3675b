/* same_trap.c - see same_trap.h. */
#include "oracle/same_trap.h"

#include <stddef.h>
#include <string.h>

static const char *const same[][2] = {{"realloc-misaligned", "unaligned-pointer"},
	{"tuple-misaligned", "unaligned-pointer"},
	{"realloc-out-of-bounds", "pointer-out-of-bounds"},
	{"tuple-store-out-of-bounds", "pointer-out-of-bounds"}};

bool
same_trap(const char *eager, const char *lazy)
{
	bool found = !strcmp(eager, lazy);
	for (size_t i = 0; i < sizeof same / sizeof *same; i++)
		found = found || (!strcmp(eager, same[i][0]) && !strcmp(lazy, same[i][1]));
	return found;
}
