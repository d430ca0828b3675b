/* subtask_state.c - a call, as its caller sees it.
 * CanonicalABI.md, "Subtask State". */
#include "cabi/cabi.h"

/// ### Subtask State

Subtask *
Subtask_new(struct arena *a)
{
	Subtask *self = arena_new_of(a, Subtask);
	Waitable_new(&self->base, Subtask_class);
	self->state = Subtask_State_STARTING;
	self->on_cancel = (OnCancel){0};
	self->lenders = arena_new_of(a, Lenders);
	self->cancellation_requested = false;
	self->flat_results = (CoreValues){0};
	self->arena = a;
	return self;
}

bool
Subtask_resolved(Subtask *self)
{
	switch (self->state) {
	case Subtask_State_STARTING:
	case Subtask_State_STARTED: return false;
	case Subtask_State_RETURNED:
	case Subtask_State_CANCELLED_BEFORE_STARTED:
	case Subtask_State_CANCELLED_BEFORE_RETURNED: return true;
	}
	return false;
}

void
Subtask_add_lender(Subtask *self, ResourceHandle *lending_handle)
{
	assert(!Subtask_resolve_delivered(self) && !Subtask_resolved(self));
	lending_handle->num_lends += 1;
	vec_push(self->arena, self->lenders, lending_handle);
}

void
Subtask_resolve(Subtask *self, Subtask_State state, CoreValues flat_results)
{
	assert(state == Subtask_State_RETURNED || flat_results.len == 0);
	assert(!Subtask_resolved(self));
	self->state = state;
	/* C: copied, since the results are in the heap of the callee's thread. */
	for (uint32_t i = 0; i < flat_results.len; i++)
		vec_push(self->arena, &self->flat_results, flat_results.data[i]);
	assert(Subtask_resolved(self));
}

void
Subtask_deliver_resolve(Subtask *self)
{
	assert(!Subtask_resolve_delivered(self) && Subtask_resolved(self));
	for (uint32_t i = 0; i < self->lenders->len; i++)
		self->lenders->data[i]->num_lends -= 1;
	self->lenders = NULL;
}

bool
Subtask_resolve_delivered(Subtask *self)
{
	assert(self->lenders || Subtask_resolved(self));
	return !self->lenders;
}

void
Subtask_drop(Subtask *self)
{
	trap_if(!Subtask_resolve_delivered(self));
	Waitable_drop(&self->base);
}
