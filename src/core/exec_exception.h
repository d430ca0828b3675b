/* exec_exception.h - exceptions as they are at run time: core specification, "Execution", "Runtime
 * Structure", "Exception Instances". Finding the clause that catches one is exec.c's. */
#ifndef CANON_CORE_EXEC_EXCEPTION_H
#define CANON_CORE_EXEC_EXCEPTION_H

#include "core/instance.h"

/* A thrown exception, as exnref refers to it; in the store's arena. */
struct exception {
	const struct core_tag *tag;
	union core_raw args[];
};

/* An exception with a tag of the instance, whose arguments are taken from `args` on. None is
 * collected: raises as objects do (gc.h) when they take too much together. */
struct exception *
exception_new(struct core_instance *inst, uint32_t tag, const union core_raw *args);

/* What throw_ref throws; traps with "null-exception-reference". */
struct exception *exception_again(void *ref);

/* Whether a clause of code of the instance catches it. */
bool exception_is_caught(const struct core_instance *inst, const struct core_catch *clause,
	const struct exception *exn);

#endif
