/* valid.h - validates core modules: core specification, "Validation", "Modules". */
#ifndef CANON_CORE_VALID_H
#define CANON_CORE_VALID_H

#include "base/arena.h"
#include "core/ast.h"

/* Validates m, and sets the code of each function in it, which is to be lowered yet. What it makes
 * is in `a`, which has to live as long as m. Does nothing when m is validated already. Raises
 * ERR_INVALID, with the reasons of the core suite's texts. */
void core_validate(struct arena *a, struct core_module *m);

/* Lowers a function of a validated module to what exec runs, which the first call of it does; the
 * code is in the arena that the module was validated with. Takes no fuel, so that no call costs
 * more than another one. Raises ERR_EXHAUSTED ("timeout", "memory-limit"); then it is as before. */
void core_lower(const struct core_module *m, uint32_t index);

#endif
