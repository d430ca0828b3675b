/* valid.h - validates core modules: core specification, "Validation", "Modules". */
#ifndef CANON_CORE_VALID_H
#define CANON_CORE_VALID_H

#include "base/arena.h"
#include "core/ast.h"

/* Validates m, and sets the code of each function in it. What it makes is in `a`, which has
 * to live as long as m. Does nothing when m is validated already. Raises ERR_INVALID, with the
 * reasons of the core suite's texts. */
void core_validate(struct arena *a, struct core_module *m);

/* Lowers the functions of a validated module to what exec runs, unless that was done; the code
 * is in the arena that it was validated with. */
void core_lower(const struct core_module *m);

#endif
