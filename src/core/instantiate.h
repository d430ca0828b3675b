/* instantiate.h - from a validated module to an instance: core specification, "Execution",
 * "Modules", "Instantiation", and the matching of imports. */
#ifndef CANON_CORE_INSTANTIATE_H
#define CANON_CORE_INSTANTIATE_H

#include "core/instance.h"

/* Finds what is to be imported under two names; false when there is no such thing. What it
 * gives has to be of the same store. */
typedef bool
core_resolve_fn(void *env, struct str module, struct str name, struct core_extern *out);

/* Instantiates m, which has to be validated and to outlive the store. Raises
 *   ERR_UNLINKABLE  "unknown-import", "incompatible-import-type"; nothing has changed then
 *   ERR_TRAP        a segment out of bounds, or from the start function; what was written
 *                   before stays written
 *   ERR_EXHAUSTED   "frame-limit"; the limits of instance.h and exec.h */
struct core_instance *core_instantiate(
	struct core_store *s, const struct core_module *m, core_resolve_fn *resolve, void *env);

#endif
