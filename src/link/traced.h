/* traced.h - the calls between core code and the Canonical ABI as events of base/trace. What stands
 * here is called only where somebody listens. Internal to link/. */
#ifndef CANON_LINK_TRACED_H
#define CANON_LINK_TRACED_H

#include "base/trace.h"
#include "link/callable.h"

/* Calls f between two events: of a kind that begins a call, and of the next kind, which ends it. */
CoreValues
traced_call(enum trace_kind kind, CoreFuncInst f, CoreValues args, const struct called_as *as);

/* Makes f a function that tells when it is called, and what its caller's functions give and take:
 * `canon_lift`, `on_start`, `on_resolve`, `on_cancel`. `name` becomes its name, `how` are
 * its options. */
void traced_lift(struct scope *s, struct link_func *f, const char *name, const char *how);

/* `$name`, or null; and a core function in the component of a scope: `$Component "export"`, or `$name`
 * or `func 3` for the export; null for what another function was lowered to. In the arena of the
 * linked instance. */
const char *traced_module_name(struct scope *s, const struct core_module *m);
const char *traced_core_name(struct scope *s, const struct core_func *f);

/* Calls fn(env) between the events of a call inside of the definitions. */
void traced(const char *name, const char *of, void (*fn)(void *env), void *env);

#endif
