/* equiv_guest.h - a guest that is written in C, for equiv.c: it gets a value by realloc or by lazy
 * values, and goes over what it got. */
#ifndef CANON_ORACLE_EQUIV_GUEST_H
#define CANON_ORACLE_EQUIV_GUEST_H

#include "base/str.h"
#include "cabi/cabi.h"
#include "oracle/equiv.h"

/* How the value gets to the guest. */
enum way { WAY_PARAM, WAY_MANY_PARAMS, WAY_RESULT, WAY_COUNT };

struct equiv_guest {
	bool lazy;
	struct equiv *equiv;
	Store *store;
	ComponentInstance *inst;
	CanonicalOptions opts, lower_opts;
	MemInst memory;
	struct bytes bytes;
	CoreFuncInst realloc;
	uint64_t top;  /* of the allocator, which only goes up */
	uint64_t skew; /* what it adds to addresses that have to be aligned: they are not, then */
	bool wrong;    /* realloc is, so that the value is not lifted again */
	ValType *t;
	Value value;
	FuncType *ft;
	enum way way;
	ValTypes params;
	CoreFuncInst lowered;
	CoreValues flat;       /* what the guest got, after it lowered what waited */
	struct strbuf handles; /* in the order in which the guest comes across them */
	bool came_back;        /* lifting it again gave the same value */
};

/* Its allocator, as a core function. */
CoreValues equiv_guest_realloc(void *env, CoreValues args);

/* Passes the value, in the guest's store; env is a struct equiv_guest. Raises what that raises. */
void equiv_guest_run(void *env);

#endif
