/* mark.c - see mark.h. */
#include "base/mark.h"

#include <string.h>

#include "base/error.h"

uint32_t marks_forbidden;

static const char *const names[MARK_COUNT] = {
#define MARK(ID, name) name,
	MARKS(MARK)
#undef MARK
};

void
mark_forbid(const char *feature, bool forbidden)
{
	for (int i = 0; i < MARK_COUNT; i++) {
		if (strcmp(names[i], feature))
			continue;
		uint32_t bit = UINT32_C(1) << i;
		marks_forbidden = forbidden ? marks_forbidden | bit : marks_forbidden & ~bit;
	}
}

void
mark_entered(enum mark mark)
{
	internal_error("%s is off, but was entered", names[mark]);
}
