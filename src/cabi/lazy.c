/* lazy.c - values that are lowered when and where their receiver says: Canon's own, as far as no
 * document has it yet. spec/lazy.md, "Lazy Values", "canon value.lower", "canon value.drop". */
#include "cabi/short.h"

#include <string.h>

#include "cabi/codec.h"
#include "cabi/value_copy.h"

/// ## Lazy Values

LazyValue *
LazyValue_new(LiftLowerContext *cx, ValType *t, Value v)
{
	struct arena *a = arena_child(cx->inst->store->arena);
	LazyValue *self = arena_new_of(a, LazyValue);
	self->arena = a;
	self->t = ValType_new(a, t->kind);
	self->t->t = t->t;
	for (uint32_t i = 0; i < t->ts.len; i++)
		vec_push(a, &self->t->ts, t->ts.data[i]);
	self->v = Value_copy(a, v, self->t);
	self->string_encoding = cx->opts->string_encoding;
	self->scope = cx->lazy_scope;
	self->scope_end = cx->lazy_scope_end;
	return self;
}

num
lower_lazily(LiftLowerContext *cx, Value v, ValType *t)
{
	LazyValue *lazy = LazyValue_new(cx, t, v);
	if (lazy->scope && lazy->scope->threads.len == 0)
		lazy->scope = NULL;
	if (lazy->scope)
		lazy->scope->num_lazy_values += 1;
	return Table_add(cx->inst->lazy_values, lazy);
}

Range
lower_string_lazily(LiftLowerContext *cx, const String *v)
{
	ValType *t = ValType_new(heap(), StringType);
	num i = lower_lazily(cx, (Value){.s = (String *)v}, t);
	return (Range){i, lazy_string_length(cx, v)};
}

Range
lower_list_lazily(LiftLowerContext *cx, Values v, ValType *elem_type)
{
	ValType *t = ValType_new(heap(), ListType);
	t->t = elem_type;
	num i = lower_lazily(cx, (Value){.list = v}, t);
	return (Range){i, v.len};
}

static bool
fits_latin1(const String *v)
{
	for (uint32_t i = 0; i < v->len; i++)
		if (String_at(v, i) >= 1 << 8)
			return false;
	return true;
}

static StringEncoding
simple_encoding(LiftLowerContext *cx, const String *v)
{
	if (cx->opts->string_encoding != latin1_utf16)
		return cx->opts->string_encoding;
	return fits_latin1(v) ? latin1 : utf16;
}

num
lazy_string_length(LiftLowerContext *cx, const String *v)
{
	StringEncoding simple = simple_encoding(cx, v);
	num byte_length = encode(v, simple).len;
	if (simple != utf16)
		return byte_length;
	num tag = cx->opts->string_encoding == utf16 ? 0 : utf16_tag(mem_type(cx));
	return byte_length / 2 | tag;
}

LazyExtent
lazy_extent(LiftLowerContext *cx, const LazyValue *lazy)
{
	switch (lazy->t->kind) {
	case StringType:
		return (LazyExtent){cx->opts->string_encoding == utf8 ? 1 : 2,
			encode(lazy->v.s, simple_encoding(cx, lazy->v.s)).len};
	case ListType:
		return (LazyExtent){alignment(lazy->t->t, mem_type(cx)),
			lazy->v.list.len * elem_size(lazy->t->t, mem_type(cx))};
	case TupleType:
		return (LazyExtent){
			alignment(lazy->t, mem_type(cx)), elem_size(lazy->t, mem_type(cx))};
	default: internal_error("lazy_extent: no such type");
	}
}

void
store_lazy_value(LiftLowerContext *cx, const LazyValue *lazy, num ptr)
{
	switch (lazy->t->kind) {
	case StringType: {
		Encoded encoded = encode(lazy->v.s, simple_encoding(cx, lazy->v.s));
		if (encoded.len)
			memcpy(cx->opts->memory->bytes->data + ptr, encoded.bytes,
				(size_t)encoded.len);
		break;
	}
	case ListType: store_list_into_valid_range(cx, lazy->v.list, ptr, lazy->t->t); break;
	case TupleType: store(cx, lazy->v, lazy->t, ptr); break;
	default: internal_error("store_lazy_value: no such type");
	}
}

/* C: inst.lazy_values.remove(i), and one less to look for when the scope ends */
static LazyValue *
remove_lazy_value(ComponentInstance *inst, num i)
{
	LazyValue *lazy = Table_remove(inst->lazy_values, i);
	if (lazy->scope)
		lazy->scope->num_lazy_values -= 1;
	return lazy;
}

static bool
owns_something(const ValType *u)
{
	return u->kind == ErrorContextType || u->kind == OwnType || u->kind == StreamType ||
	       u->kind == FutureType;
}

static void
drop_values(LiftLowerContext *cx, Values vs, ValType *elem_type)
{
	for (uint32_t i = 0; i < vs.len; i++)
		drop_lifted_value(cx, vs.data[i], elem_type);
}

static void
drop_fields(LiftLowerContext *cx, Values vs, FieldTypes fields)
{
	for (uint32_t i = 0; i < fields.len; i++)
		drop_lifted_value(cx, vs.data[i], fields.data[i].t);
}

void
drop_lifted_value(LiftLowerContext *cx, Value v, ValType *t)
{
	t = despecialize(t);
	switch (t->kind) {
	case ErrorContextType: canon_error_context_drop(lower_error_context(cx, v.shared)); break;
	case ListType:
		/* C: a list is not gone over when there is nothing to drop in it */
		if (contains(t->t, owns_something))
			drop_values(cx, v.list, t->t);
		break;
	case RecordType: drop_fields(cx, v.list, t->fields); break;
	case VariantType: {
		Value *case_value;
		CaseType c = t->cases.data[match_case(v, t->cases, &case_value)];
		if (c.t)
			drop_lifted_value(cx, *case_value, c.t);
		break;
	}
	case OwnType: canon_resource_drop(t->rt, lower_own(cx, v.rep, t)); break;
	case StreamType: canon_stream_drop_readable(t, lower_stream(cx, v.shared, t->t)); break;
	case FutureType: canon_future_drop_readable(t, lower_future(cx, v.shared, t->t)); break;
	default: break;
	}
}

void
drop_lazy_value(ComponentInstance *inst, num i)
{
	LazyValue *lazy = remove_lazy_value(inst, i);
	LiftLowerContext *cx = LiftLowerContext_new(NEW(CanonicalOptions), inst, NULL);
	drop_lifted_value(cx, lazy->v, lazy->t);
	arena_free(lazy->arena);
}

void
drop_lazy_values_of(Task *task, LazyScopeEnd scope_end)
{
	ComponentInstance *inst = task->inst;
	Table *table = inst->lazy_values;
	for (uint32_t i = 1; task->num_lazy_values && i < table->array.len; i++) {
		LazyValue *lazy = table->array.data[i];
		if (lazy && lazy->scope == task && lazy->scope_end == scope_end)
			drop_lazy_value(inst, i);
	}
}

/// ### `canon value.lower`

CoreValues
canon_value_lower(ValType *t, CanonicalOptions *opts, num i, num ptr)
{
	ComponentInstance *inst = current_instance();
	trap_if(!inst->may_leave);
	LazyValue *lazy = Table_get(inst->lazy_values, i);
	trap_if(!ValType___eq__(lazy->t, t->kind == MapType ? despecialize(t) : t));
	trap_if(t->kind == StringType && lazy->string_encoding != opts->string_encoding);
	LiftLowerContext *cx = LiftLowerContext_new(opts, inst, (Object *)lazy->scope);
	cx->lazy_scope = lazy->scope;
	cx->lazy_scope_end = lazy->scope_end;
	LazyExtent extent = lazy_extent(cx, lazy);
	trap_if(ptr != align_to(ptr, extent.alignment));
	trap_if(ptr + extent.byte_length > mem_len(cx));
	remove_lazy_value(inst, i);
	store_lazy_value(cx, lazy, ptr);
	arena_free(lazy->arena);
	return (CoreValues){0};
}

/// ### `canon value.drop`

CoreValues
canon_value_drop(num i)
{
	ComponentInstance *inst = current_instance();
	trap_if(!inst->may_leave);
	drop_lazy_value(inst, i);
	return (CoreValues){0};
}
