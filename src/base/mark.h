/* mark.h - marks what only a feature needs. Where that feature is off, validation has to keep
 * components away from such a place: to come there is an internal error. A mark tells nothing about
 * features or profiles to the code that has it. */
#ifndef CANON_BASE_MARK_H
#define CANON_BASE_MARK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"

/* Everything that is outside of 1.0-pre and runs: spec/features.tsv. */
#define MARKS(M) \
	M(REALLOC, "realloc") \
	M(MORE_ASYNC_BUILTINS, "more-async-builtins") \
	M(ASYNC_STACKFUL, "async-stackful") \
	M(THREADING, "threading") \
	M(FIXED_LENGTH_LISTS, "fixed-length-lists") \
	M(MEMORY64, "memory64") \
	M(VALUES, "values")

enum mark {
#define MARK(ID, name) MARK_##ID,
	MARKS(MARK)
#undef MARK
		MARK_COUNT,
};

extern uint32_t marks_forbidden;

/* Forbids the marks of a feature, or allows them again. Does nothing for a feature without any. */
void mark_forbid(const char *feature, bool forbidden);

NORETURN void mark_entered(enum mark mark);

/* What follows is only for this feature. */
#define only_for(ID) \
	do { \
		if (unlikely(marks_forbidden >> MARK_##ID & 1)) \
			mark_entered(MARK_##ID); \
	} while (0)

#endif
