/* exec_exception.h - exceptions as they are at run time: core specification, "Execution", "Runtime
 * Structure", "Exception Instances". Finding the clause that catches one is exec.c's. */
#ifndef CANON_CORE_EXEC_EXCEPTION_H
#define CANON_CORE_EXEC_EXCEPTION_H

#include "core/instance.h"

struct core_object;

/* An exception with a tag of the instance, whose arguments are taken from `args` on, where the stack
 * ends with them. Raises what core_object_new does. */
struct core_object *
exception_new(struct core_instance *inst, uint32_t tag, const union core_raw *args);

/* Copies its values; where they end. */
union core_raw *exception_values(const struct core_object *exn, union core_raw *to);

/* What throw_ref throws; traps with "null-exception-reference". */
struct core_object *exception_again(void *ref);

/* Whether a clause of code of the instance catches it. */
bool exception_is_caught(const struct core_instance *inst, const struct core_catch *clause,
	const struct core_object *exn);

#endif
