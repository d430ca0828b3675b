/* context.c - what lifting and lowering carry along, and calls of realloc.
 * CanonicalABI.md, "Lifting and Lowering Context". */
#include "cabi/cabi.h"

/// ## Lifting and Lowering Context

LiftLowerContext *
LiftLowerContext_new(LiftLowerOptions *opts, ComponentInstance *inst, Object *borrow_scope)
{
	LiftLowerContext *self = NEW(LiftLowerContext);
	self->opts = opts;
	self->inst = inst;
	self->borrow_scope = borrow_scope;
	/* C: spec/lazy.md: the arguments of a task go when it resolves, what it got when it exits */
	if (opts->lazy && borrow_scope && isinstance(borrow_scope, Task_class)) {
		self->lazy_scope = (Task *)borrow_scope;
		self->lazy_scope_end = LazyScopeEnd_RESOLVED;
	} else if (opts->lazy) {
		self->lazy_scope = current_task();
		self->lazy_scope_end = LazyScopeEnd_EXITED;
	}
	return self;
}

typedef struct {
	num args[4];
	bool resolved;
	num ptr;
} LiftLowerContext_reallocate_env;

static Values
LiftLowerContext_reallocate__on_start(void *env)
{
	LiftLowerContext_reallocate_env *e = env;
	Values args = {0};
	for (int i = 0; i < 4; i++)
		append(&args, (Value){.i = e->args[i]});
	return args;
}

static void
LiftLowerContext_reallocate__on_resolve(void *env, const Values *result)
{
	LiftLowerContext_reallocate_env *e = env;
	e->ptr = result->data[0].i;
	e->resolved = true;
}

num
LiftLowerContext_reallocate(
	LiftLowerContext *self, num old, num old_byte_length, num alignment, num new_byte_length)
{
	only_for(REALLOC);
	assert(self->inst->may_leave);
	self->inst->may_leave = false;
	ValTypeKind kind = MemInst_ptr_type(self->opts->memory) == i32 ? U32Type : U64Type;
	ParamType ptrt = {NULL, ValType_new(heap(), kind)};
	FuncType *ft = NEW(FuncType);
	for (int i = 0; i < 4; i++)
		append(&ft->params, ptrt);
	append(&ft->result, ptrt);
	CanonicalOptions *opts = NEW(CanonicalOptions);
	LiftLowerContext_reallocate_env *e = NEW(LiftLowerContext_reallocate_env);
	*e = (LiftLowerContext_reallocate_env){
		{old, old_byte_length, alignment, new_byte_length}, false, 0};
	canon_lift(*self->opts->realloc, ft, opts, self->inst,
		(OnStart){LiftLowerContext_reallocate__on_start, e},
		(OnResolve){LiftLowerContext_reallocate__on_resolve, e});
	assert(e->resolved);
	self->inst->may_leave = true;
	return e->ptr;
}

num
LiftLowerContext_allocate(LiftLowerContext *self, num alignment, num byte_length)
{
	return LiftLowerContext_reallocate(self, 0, 0, alignment, byte_length);
}
