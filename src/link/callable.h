/* callable.h - core functions as the Canonical ABI sees them, and the other way round.
 * Internal to link/. */
#ifndef CANON_LINK_CALLABLE_H
#define CANON_LINK_CALLABLE_H

#include "core/instance.h"
#include "link/scope.h"

/* A number type of the core engine as the ABI's. */
CoreType core_type_of(struct core_valtype t);

/* What is called, for traces: "lower", a built-in, "realloc"; of which function, and with which options
 * ("async"), where there is something to say. Static strings, or of the linked instance. */
struct called_as {
	const char *name, *of, *how;
};

/* A core function as a callable of the ABI, which calls it `as` something; of which function is
 * filled in. Raises what the function raises. */
CoreFuncInst *callable_of_core(struct scope *s, struct core_func *f, struct called_as as);

/* A callable of the ABI as a core function of this type, for core code to import. */
struct core_func *
core_of_callable(struct scope *s, CoreFuncInst f, CoreFuncType type, struct called_as as);

/* A core memory as the ABI sees it: the same one for the same memory, since options are compared
 * by the identity of their memories. */
MemInst *memory_at(struct scope *s, uint32_t index);

#endif
