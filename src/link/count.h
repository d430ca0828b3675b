/* count.h - a cap on how many instances a component may make: a short text can ask for any
 * number, by components that instantiate others twice. Internal to link/. */
#ifndef CANON_LINK_COUNT_H
#define CANON_LINK_COUNT_H

#include "base/error.h"
#include "link/scope.h"

#define MAX_INSTANCES 100000u

/* Counts one more core or component instance. Raises ERR_EXHAUSTED ("instance-limit"). */
static inline void
count_instance(struct linked *l)
{
	if (++l->ninstances > MAX_INSTANCES)
		raise_error(ERR_EXHAUSTED, NO_LOC, "instance-limit", "more than %u instances",
			MAX_INSTANCES);
}

#endif
