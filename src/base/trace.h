/* trace.h - what happens between core code and the Canonical ABI, event by event, for whoever wants
 * to see or compare it. Off unless somebody listens. */
#ifndef CANON_BASE_TRACE_H
#define CANON_BASE_TRACE_H

#include <stdbool.h>

#include "base/attr.h"

/* `event` is one line of text, borrowed. */
typedef void trace_fn(void *env, const char *event);

/* Starts listening; a null function stops it. */
void trace_to(trace_fn *fn, void *env);

extern bool trace_is_on;

/* An event. Ask trace_is_on first, where the arguments cost something. */
void trace_event(const char *fmt, ...) PRINTF(1, 2);

#endif
