/* value.h - component values as scripts write them: (u32.const 1), (list.const ...), ...
 *
 * There is no normative grammar; this is the de-facto one of the public suites. Core values
 * are in core_value.h. */
#ifndef CANON_SCRIPT_VALUE_H
#define CANON_SCRIPT_VALUE_H

#include "link/value.h"
#include "text/sexpr.h"

/* A parenthesised value; in the arena, borrowing from the s-expression. Raises ERR_SCRIPT
 * "component-value" for what is no value, or one out of range. */
struct link_value value_parse(struct arena *a, const struct sexpr *sx);

#endif
