/* component_instances.c - the state of a component instance, and the rules of entering one.
 * CanonicalABI.md, "Component Instances". */
#include "cabi/cabi.h"

/// ## Component Instances

ComponentInstance *
ComponentInstance_new(Store *store, ComponentInstance *parent)
{
	assert(!parent || parent->store == store);
	ComponentInstance *self = arena_new_of(store->arena, ComponentInstance);
	self->store = store;
	self->parent = parent;
	self->handles = Table_new(store->arena);
	self->threads = Table_new(store->arena);
	self->lazy_values = Table_new(store->arena); /* C: spec/lazy.md */
	self->may_enter = true;
	self->may_leave = true;
	self->backpressure = 0;
	self->num_waiting_to_enter = 0;
	self->exclusive_thread = NULL;
	return self;
}

bool
ComponentInstance_may_enter_from(ComponentInstance *self, ComponentInstance *caller)
{
	ComponentInstances set = ComponentInstance_entering_set(self, caller);
	for (uint32_t i = 0; i < set.len; i++)
		if (!set.data[i]->may_enter)
			return false;
	return true;
}

void
ComponentInstance_enter_from(ComponentInstance *self, ComponentInstance *caller)
{
	ComponentInstances set = ComponentInstance_entering_set(self, caller);
	for (uint32_t i = 0; i < set.len; i++) {
		assert(set.data[i]->may_enter);
		set.data[i]->may_enter = false;
	}
}

void
ComponentInstance_leave_to(ComponentInstance *self, ComponentInstance *caller)
{
	ComponentInstances set = ComponentInstance_entering_set(self, caller);
	for (uint32_t i = 0; i < set.len; i++) {
		assert(!set.data[i]->may_enter);
		set.data[i]->may_enter = true;
	}
}

static bool
in_set(const ComponentInstances *set, const ComponentInstance *inst)
{
	for (uint32_t i = 0; i < set->len; i++)
		if (set->data[i] == inst)
			return true;
	return false;
}

ComponentInstances
ComponentInstance_entering_set(ComponentInstance *self, ComponentInstance *caller)
{
	if (caller) {
		ComponentInstances mine = ComponentInstance_self_and_ancestors(self);
		ComponentInstances theirs = ComponentInstance_self_and_ancestors(caller);
		ComponentInstances set = {0};
		for (uint32_t i = 0; i < mine.len; i++)
			if (!in_set(&theirs, mine.data[i]))
				append(&set, mine.data[i]);
		return set;
	} else {
		return ComponentInstance_self_and_ancestors(self);
	}
}

ComponentInstances
ComponentInstance_self_and_ancestors(ComponentInstance *self)
{
	ComponentInstances s = {0};
	append(&s, self);
	ComponentInstance *ancestor = self->parent;
	while (ancestor) {
		append(&s, ancestor);
		ancestor = ancestor->parent;
	}
	return s;
}
