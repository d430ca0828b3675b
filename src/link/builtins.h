/* builtins.h - the canonical built-ins other than lift and lower, as core functions.
 * CanonicalABI.md, "Canonical Definitions", from `canon resource.new` on. */
#ifndef CANON_LINK_BUILTINS_H
#define CANON_LINK_BUILTINS_H

#include "link/scope.h"

/* A built-in with its immediates; those that it has not are zero. */
struct builtin {
	enum comp_canon_kind kind;
	ResourceType *rt;       /* resource.* */
	ValType *type;          /* the stream or future type */
	ValTypes result;        /* task.return: none or one */
	CanonicalOptions *opts; /* may be null where a built-in takes none */
	MemInst *memory;        /* waitable-set.wait and .poll */
	bool async_, cancellable;
	CoreType slot_type; /* context.* */
	uint32_t slot;
	CoreFuncType start; /* thread.new-indirect: (i32) or (i64) to nothing */
	struct {
		/* The table as one of CoreFuncRefs; entries other than `at` may be missing. */
		Table *(*view)(void *env, num at);
		void *env;
		CoreType addrtype;
	} table; /* thread.new-indirect */
};

/* False for those that the document does not define yet. */
bool builtin_can_run(enum comp_canon_kind kind);

/* The type of the core function, with its parts in `a`. */
CoreFuncType builtin_type(struct arena *a, const struct builtin *b);

/* The core function, which keeps a copy of *b in `a`. The built-in has to be one that can run.
 * What a call may raise is what the definition of the built-in traps for. */
CoreFuncInst builtin_func(struct arena *a, const struct builtin *b);

/* The core function that a built-in of a component defines, with its options evaluated.
 * Internal to link/. Raises ERR_UNSUPPORTED, with the gate as the reason, for those that cannot
 * run. */
struct core_func *builtin_define(
	struct scope *s, const struct comp_canon *canon, CanonicalOptions *opts, struct loc at);

#endif
