/* exec.h - calling core functions: core specification, "Execution", "Invocation". */
#ifndef CANON_CORE_EXEC_H
#define CANON_CORE_EXEC_H

#include "core/instance.h"

/* Calls f, WebAssembly or host, with as many slots as its type's parameters take, and fills as
 * many as its results take. A host function that it reaches may call core_call again, and may suspend
 * the running fiber. For how long references are good: collect.h. Raises what host functions raise,
 * ERR_TRAP with the reasons of the core suite's texts, and ERR_EXHAUSTED ("call-stack-exhausted",
 * "fuel", "timeout", "object-limit"). */
void core_call(struct core_func *f, const union core_raw *args, union core_raw *results);

#endif
