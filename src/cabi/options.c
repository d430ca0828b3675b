/* options.c - the options of canonical definitions, and memories.
 * CanonicalABI.md, "Canonical ABI Options". */
#include "cabi/cabi.h"

/// ## Canonical ABI Options

num
ptr_size(CoreType ptr_type)
{
	switch (ptr_type) {
	case i32: return 4;
	case i64: return 8;
	default: internal_error("a pointer is neither an i32 nor an i64");
	}
}

num
MemInst___len__(const MemInst *self)
{
	return self->bytes->len;
}

CoreType
MemInst_ptr_type(const MemInst *self)
{
	if (self->addrtype == i64)
		only_for(MEMORY64);
	return self->addrtype;
}

num
MemInst_ptr_size(const MemInst *self)
{
	return ptr_size(MemInst_ptr_type(self));
}

bool
LiftOptions_equal(const LiftOptions *lhs, const LiftOptions *rhs)
{
	/* C: each definition has a MemInst of its own; the memory is what it points at. */
	struct bytes *left = lhs->memory ? lhs->memory->bytes : NULL;
	struct bytes *right = rhs->memory ? rhs->memory->bytes : NULL;
	return lhs->string_encoding == rhs->string_encoding && left == right;
}
