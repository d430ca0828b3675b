/* constant.h - value definitions and component-level start functions: Explainer.md, "Value
 * Definitions" and "Start Definitions"; Binary.md, val(t). */
#ifndef CANON_LINK_CONSTANT_H
#define CANON_LINK_CONSTANT_H

#include "link/scope.h"

/* Adds the value of a validated definition to the index space. Raises ERR_EXHAUSTED. */
void value_define(struct scope *s, const struct comp_value *v);

/* Calls the function and waits for it; adds its result to the index space. Raises what the call
 * raises, and the trap of a deadlock. */
void start_define(struct scope *s, const struct comp_start *start, struct loc at);

#endif
