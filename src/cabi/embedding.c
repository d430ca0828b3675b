/* embedding.c - the store: calls from the host, lifting and lowering of functions, and the
 * progress of threads that wait. CanonicalABI.md, "Embedding". */
#include "base/choose.h"
#include "cabi/cabi.h"

/// ## Embedding API

Store *
Store_new(struct arena *a)
{
	Store *self = arena_new_of(a, Store);
	self->arena = a;
	self->nesting_depth = 0;
	return self;
}

OnCancel
Store_invoke(Store *self, FuncInst f, OnStart on_start, OnResolve on_resolve)
{
	self->nesting_depth += 1;
	OnCancel on_cancel = f.fn(f.env, on_start, on_resolve, NULL);
	self->nesting_depth -= 1;
	return on_cancel;
}

typedef struct {
	CoreFuncInst f;
	FuncType *ft;
	CanonicalOptions *opts;
	ComponentInstance *inst;
} Store_lift_env;

static OnCancel
Store_lift__func_inst(void *env, OnStart on_start, OnResolve on_resolve, ComponentInstance *caller)
{
	Store_lift_env *e = env;
	assert(!caller || caller == current_instance());
	trap_if(!ComponentInstance_may_enter_from(e->inst, caller));
	ComponentInstance_enter_from(e->inst, caller);
	OnCancel on_cancel = canon_lift(e->f, e->ft, e->opts, e->inst, on_start, on_resolve);
	ComponentInstance_leave_to(e->inst, caller);
	return on_cancel;
}

FuncInst
Store_lift(
	Store *self, CoreFuncInst f, FuncType *ft, CanonicalOptions *opts, ComponentInstance *inst)
{
	/* C: in the running heap; who keeps a function makes the store's arena that. */
	(void)self;
	Store_lift_env *e = NEW(Store_lift_env);
	*e = (Store_lift_env){f, ft, opts, inst};
	return (FuncInst){Store_lift__func_inst, e};
}

typedef struct {
	FuncInst f;
	FuncType *ft;
	CanonicalOptions *opts;
	ComponentInstance *inst;
} Store_lower_env;

static bool
none_may_enter(ComponentInstances set)
{
	for (uint32_t i = 0; i < set.len; i++)
		if (set.data[i]->may_enter)
			return false;
	return true;
}

static CoreValues
Store_lower__core_func_inst(void *env, CoreValues args)
{
	Store_lower_env *e = env;
	assert(e->inst == current_instance());
	assert(none_may_enter(ComponentInstance_self_and_ancestors(e->inst)));
	CoreValues results = canon_lower(e->f, e->ft, e->opts, args);
	assert(none_may_enter(ComponentInstance_self_and_ancestors(e->inst)));
	return results;
}

CoreFuncInst
Store_lower(Store *self, FuncInst f, FuncType *ft, CanonicalOptions *opts, ComponentInstance *inst)
{
	(void)self;
	Store_lower_env *e = NEW(Store_lower_env);
	*e = (Store_lower_env){f, ft, opts, inst};
	return (CoreFuncInst){Store_lower__core_func_inst, e};
}

static bool
all_may_be_entered(const Store *self)
{
	for (uint32_t i = 0; i < self->waiting.len; i++)
		if (!ComponentInstance_may_enter_from(self->waiting.data[i]->task->inst, NULL))
			return false;
	return true;
}

void
Store_tick(Store *self)
{
	/* C: what a tick makes goes with it. */
	struct arena *mine = arena_child(self->arena), *before = heap_swap(mine);
	assert(self->nesting_depth == 0);
	assert(all_may_be_entered(self));
	self->nesting_depth += 1;
	LIST(Thread *) candidates = {0};
	for (uint32_t i = 0; i < self->waiting.len; i++)
		if (Thread_ready(self->waiting.data[i]))
			append(&candidates, self->waiting.data[i]);
	if (candidates.len) {
		Thread *thread = candidates.data[choose(candidates.len)];
		/* C: a thread that ends is gone after resume, and its task with it. */
		ComponentInstance *inst = thread->task->inst;
		ComponentInstance_enter_from(inst, NULL);
		Thread_resume(thread, Cancelled_FALSE);
		ComponentInstance_leave_to(inst, NULL);
	}
	self->nesting_depth -= 1;
	heap_swap(before);
	arena_free(mine);
}
