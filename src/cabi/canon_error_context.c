/* canon_error_context.c - CanonicalABI.md, "Canonical Definitions": error contexts. */
#include "cabi/cabi.h"

#include "base/choose.h"
#include "cabi/value_copy.h"

/// ### 📝 `canon error-context.new`

ErrorContext *
ErrorContext_new(struct arena *a, const String *debug_message)
{
	/* C: copied, as the message is in the heap of the running call */
	ErrorContext *self = arena_new_of(a, ErrorContext);
	self->base.cls = ErrorContext_class;
	self->debug_message = String_copy(a, debug_message);
	return self;
}

static void
forget_message(void *env)
{
	ErrorContext *self = env;
	self->arena = NULL;
}

ErrorContext *
ErrorContext_in_store(Store *store, const String *debug_message)
{
	ErrorContext *self = store->spare_error_contexts;
	if (self)
		store->spare_error_contexts = self->spare;
	else
		self = arena_new_of(store->arena, ErrorContext);
	struct arena *a = arena_child(store->arena);
	*self = *ErrorContext_new(a, debug_message);
	self->store = store;
	self->arena = a;
	arena_defer(a, forget_message, self);
	return self;
}

void
ErrorContext_hold(ErrorContext *self)
{
	self->holders++;
}

void
ErrorContext_release(ErrorContext *self)
{
	if (--self->holders > 0 || !self->arena)
		return;
	arena_free(self->arena);
	self->spare = self->store->spare_error_contexts;
	self->store->spare_error_contexts = self;
}

static void
release(void *env)
{
	ErrorContext_release(env);
}

void
ErrorContext_hold_in(struct arena *a, ErrorContext *self)
{
	ErrorContext_hold(self);
	arena_defer(a, release, self);
}

static String *
host_defined_transformation(String *s)
{
	return s;
}

CoreValues
canon_error_context_new(LiftOptions *opts, num ptr, num tagged_code_units)
{
	ComponentInstance *inst = current_instance();
	trap_if(!inst->may_leave);
	String *s;
	if (choose_is_deterministic() || choose(2)) {
		s = NEW(String);
		*s = (String){.encoding = utf8, .tagged_code_units = 0};
	} else {
		LiftLowerContext *cx = LiftLowerContext_new(opts, inst, NULL);
		s = load_string_from_range(cx, ptr, tagged_code_units);
		s = host_defined_transformation(s);
	}
	ErrorContext *errctx = ErrorContext_in_store(inst->store, s);
	uint32_t i = Table_add(inst->handles, errctx);
	ErrorContext_hold(errctx);
	CoreValues result = {0};
	append(&result, ((CoreValue){i32, i}));
	return result;
}

/// ### 📝 `canon error-context.debug-message`

CoreValues
canon_error_context_debug_message(LiftLowerOptions *opts, num i, num ptr)
{
	ComponentInstance *inst = current_instance();
	trap_if(!inst->may_leave);
	ErrorContext *errctx = Table_get(inst->handles, i);
	trap_if(!isinstance(errctx, ErrorContext_class));
	LiftLowerContext *cx = LiftLowerContext_new(opts, inst, NULL);
	store_string(cx, errctx->debug_message, ptr);
	return (CoreValues){0};
}

/// ### 📝 `canon error-context.drop`

CoreValues
canon_error_context_drop(num i)
{
	ComponentInstance *inst = current_instance();
	trap_if(!inst->may_leave);
	ErrorContext *errctx = Table_remove(inst->handles, i);
	trap_if(!isinstance(errctx, ErrorContext_class));
	ErrorContext_release(errctx);
	return (CoreValues){0};
}
