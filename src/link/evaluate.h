/* evaluate.h - the types of a component as the Canonical ABI's types, with nothing instantiated:
 * for who wants to compute with types alone. */
#ifndef CANON_LINK_EVALUATE_H
#define CANON_LINK_EVALUATE_H

#include "base/arena.h"
#include "cabi/cabi.h"
#include "component/ast.h"

struct linked;

/* A type definition: one of the three. */
struct link_evaluated_type {
	ValType *value;
	FuncType *func;
	ResourceType *resource; /* implemented by the instance below */
};

struct link_evaluated {
	struct linked *linked; /* free with link_free, and all of this is gone */
	struct arena *arena;
	Store *store;
	ComponentInstance *inst;
	struct link_evaluated_type *types; /* in their order */
	uint32_t ntypes;
};

/* Evaluates the type definitions of a validated component that holds nothing else. The result
 * borrows nothing. Raises ERR_UNSUPPORTED for types that are not built, ERR_EXHAUSTED. */
struct link_evaluated link_evaluate(const struct component *c);

#endif
