/* resource_state.c - resource handles and resource types.
 * CanonicalABI.md, "Resource State". */
#include "cabi/cabi.h"

/// ### Resource State

ResourceHandle *
ResourceHandle_new(struct arena *a, ResourceType *rt, uint32_t rep, bool own, Task *borrow_scope)
{
	ResourceHandle *self = arena_new_of(a, ResourceHandle);
	self->base.cls = ResourceHandle_class;
	self->arena = a;
	self->rt = rt;
	self->rep = rep;
	self->own = own;
	self->borrow_scope = borrow_scope;
	self->num_lends = 0;
	return self;
}

ResourceType *
ResourceType_new(struct arena *a, ComponentInstance *impl, CoreFuncInst *dtor)
{
	ResourceType *self = arena_new_of(a, ResourceType);
	self->impl = impl;
	self->dtor = dtor;
	return self;
}
