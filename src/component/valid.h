/* valid.h - validation of components: Explainer.md, Binary.md (the notes), and
 * CanonicalABI.md ("Canonical Definitions"), over the AST. */
#ifndef CANON_COMPONENT_VALID_H
#define CANON_COMPONENT_VALID_H

#include "base/arena.h"

struct component;
struct features;

/* Validates a component with everything in it, core modules included; what core validation
 * leaves in the core AST is kept there. What is worked out on the way is left in the arena.
 *
 * `features` are those that it may use; null: all of them. Raises ERR_INVALID with a reason per
 * rule, ERR_UNSUPPORTED for features that are known but not built, ERR_EXHAUSTED ("nesting-limit",
 * "type-size-limit", "type-depth-limit") for what exceeds this program's own limits, and what
 * core_validate raises. */
void component_validate(struct arena *a, struct component *c, const struct features *features);

#endif
