/* canon_resource.c - making, dropping and looking into resources.
 * CanonicalABI.md, "canon resource.new", "canon resource.drop", "canon resource.rep". */
#include "cabi/cabi.h"

/// ### `canon resource.new`

CoreValues
canon_resource_new(ResourceType *rt, num rep)
{
	ComponentInstance *inst = current_instance();
	trap_if(!inst->may_leave);
	ResourceHandle *h =
		ResourceHandle_new(arena_child(inst->store->arena), rt, (uint32_t)rep, true, NULL);
	uint32_t i = Table_add(inst->handles, h);
	CoreValues results = {0};
	append(&results, ((CoreValue){i32, i}));
	return results;
}

/// ### `canon resource.drop`

static CoreValues
no_dtor(void *env, CoreValues args)
{
	(void)env, (void)args;
	return (CoreValues){0};
}

CoreValues
canon_resource_drop(ResourceType *rt, num i)
{
	ComponentInstance *inst = current_instance();
	trap_if(!inst->may_leave);
	ResourceHandle *h = Table_remove(inst->handles, i);
	trap_if(!isinstance(h, ResourceHandle_class));
	trap_if(h->rt != rt);
	trap_if(h->num_lends != 0);
	if (h->own) {
		assert(!h->borrow_scope);
		CanonicalOptions *opts = NEW(CanonicalOptions);
		FuncType *ft = NEW(FuncType);
		append(&ft->params, ((ParamType){NULL, ValType_new(heap(), U32Type)}));
		CoreFuncInst dtor = rt->dtor ? *rt->dtor : (CoreFuncInst){no_dtor, NULL};
		FuncInst callee = Store_lift(inst->store, dtor, ft, opts, rt->impl);
		CoreFuncInst caller = Store_lower(inst->store, callee, ft, opts, inst);
		CoreValues args = {0};
		append(&args, ((CoreValue){i32, h->rep}));
		caller.fn(caller.env, args);
	} else {
		h->borrow_scope->num_borrows -= 1;
	}
	/* C: nobody holds it any more; Python's collector finds that out */
	arena_free(h->arena);
	return (CoreValues){0};
}

/// ### `canon resource.rep`

CoreValues
canon_resource_rep(ResourceType *rt, num i)
{
	ResourceHandle *h = Table_get(current_instance()->handles, i);
	trap_if(!isinstance(h, ResourceHandle_class));
	trap_if(h->rt != rt);
	CoreValues results = {0};
	append(&results, ((CoreValue){i32, h->rep}));
	return results;
}
