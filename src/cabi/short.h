/* short.h - short names for what the definitions write in a few characters of Python. */
#ifndef CANON_CABI_SHORT_H
#define CANON_CABI_SHORT_H

#include "cabi/cabi.h"

/* cx.opts.memory.ptr_type() */
static inline CoreType
mem_type(const LiftLowerContext *cx)
{
	/* C: spec/lazy.md: there may be no memory */
	return cx->opts->memory ? MemInst_ptr_type(cx->opts->memory) : i32;
}

/* len(cx.opts.memory) */
static inline num
mem_len(const LiftLowerContext *cx)
{
	return MemInst___len__(cx->opts->memory);
}

/* [v] */
static inline CoreValues
one(CoreType t, num v)
{
	CoreValues vs = {0};
	append(&vs, ((CoreValue){t, (uint64_t)v}));
	return vs;
}

/* math.isnan, of a float's bits. */

static inline bool
math_isnan32(uint64_t f)
{
	return (f & 0x7fffffff) > 0x7f800000;
}

static inline bool
math_isnan64(uint64_t f)
{
	return (f & INT64_MAX) > UINT64_C(0x7ff0000000000000);
}

#endif
