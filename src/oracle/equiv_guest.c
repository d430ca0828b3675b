/* equiv_guest.c - see equiv_guest.h. With `lazy` the guest allocates what it lowers in the order in which
 * realloc would have been called. */
#include "oracle/equiv_guest.h"

#include <string.h>

/* ---- the guest's memory ---- */

static uint64_t
bump(struct equiv_guest *s, uint64_t align, uint64_t size)
{
	uint64_t at = (s->top + align - 1) / align * align + (align > 1 ? s->skew : 0);
	s->top = at + size;
	return at;
}

/* A block that grows or shrinks is the last one, and stays where it is; what it gives back is zero
 * again. */
CoreValues
equiv_guest_realloc(void *env, CoreValues args)
{
	struct equiv_guest *s = env;
	uint64_t old = args.data[0].bits, old_size = args.data[1].bits;
	uint64_t align = args.data[2].bits, size = args.data[3].bits, at = old;
	if (!old_size)
		at = bump(s, align, size);
	else
		s->top = old + size;
	if (old_size > size)
		memset(s->bytes.data + old + size, 0, old_size - size);
	s->equiv->allocations++;
	CoreValues results = {0};
	append(&results, ((CoreValue){s->memory.addrtype, at}));
	return results;
}

static uint64_t
get(const struct equiv_guest *s, uint64_t at, int n)
{
	uint64_t v = 0;
	for (int i = 0; i < n; i++)
		v |= (uint64_t)s->bytes.data[at + (uint64_t)i] << 8 * i;
	return v;
}

static void
put(struct equiv_guest *s, uint64_t at, uint64_t v, int n)
{
	for (int i = 0; i < n; i++)
		s->bytes.data[at + (uint64_t)i] = (uint8_t)(v >> 8 * i);
}

static int
ptr_width(const struct equiv_guest *s)
{
	return (int)ptr_size(s->memory.addrtype);
}

/* ---- the guest goes over what it got ---- */

static void visit(struct equiv_guest *s, ValType *t, uint64_t at);

static uint64_t
string_bytes(const struct equiv_guest *s, uint64_t length, uint64_t *align)
{
	uint64_t tag = (uint64_t)utf16_tag(s->memory.addrtype);
	*align = s->opts.string_encoding == utf8 ? 1 : 2;
	switch (s->opts.string_encoding) {
	case utf8: return length;
	case utf16: return 2 * length;
	default: return length & tag ? 2 * (length ^ tag) : length;
	}
}

/* From an index and a length to a pointer: a place for the value, as realloc would have given it. */
static uint64_t
lower_now(struct equiv_guest *s, ValType *t, uint64_t index, uint64_t length)
{
	uint64_t align, size;
	if (t->kind == StringType) {
		size = string_bytes(s, length, &align);
	} else {
		align = (uint64_t)alignment(t->t, s->memory.addrtype);
		size = length * (uint64_t)elem_size(t->t, s->memory.addrtype);
	}
	uint64_t at = bump(s, align, size);
	canon_value_lower(t, &s->lower_opts, (num)index, (num)at);
	s->equiv->lazy_values++;
	return at;
}

/* A string or a list: its place, once it has one, and what is in it. */
static uint64_t
visit_range(struct equiv_guest *s, ValType *t, uint64_t first, uint64_t length)
{
	uint64_t at = s->lazy ? lower_now(s, t, first, length) : first;
	for (uint64_t i = 0; t->kind == ListType && i < length; i++)
		visit(s, t->t, at + i * (uint64_t)elem_size(t->t, s->memory.addrtype));
	return at;
}

/* Handles may have other numbers, since what is inside of a list is lowered later: the guest writes
 * down what they stand for. */
static uint64_t
visit_handle(struct equiv_guest *s, ValType *t, uint64_t i)
{
	if (t->kind == BorrowType && t->rt->impl == s->inst) {
		strbuf_printf(&s->handles, "rep %llu;", (unsigned long long)i);
		return i;
	}
	Object *o = Table_get(s->inst->handles, (num)i);
	strbuf_printf(&s->handles, "%d", (int)o->cls);
	if (o->cls == ResourceHandle_class) {
		const ResourceHandle *h = (ResourceHandle *)o;
		strbuf_printf(&s->handles, " rep %u%s", h->rep, h->own ? " own" : "");
	}
	strbuf_adds(&s->handles, ";");
	return 0;
}

static bool
is_handle(const ValType *t)
{
	return t->kind == OwnType || t->kind == BorrowType || t->kind == StreamType ||
	       t->kind == FutureType || t->kind == ErrorContextType;
}

static void
visit_fields(struct equiv_guest *s, FieldTypes fields, uint64_t at)
{
	for (uint32_t i = 0; i < fields.len; i++) {
		ValType *t = fields.data[i].t;
		at = (uint64_t)align_to((num)at, alignment(t, s->memory.addrtype));
		visit(s, t, at);
		at += (uint64_t)elem_size(t, s->memory.addrtype);
	}
}

static void
visit_case(struct equiv_guest *s, const ValType *t, uint64_t at)
{
	CoreType p = s->memory.addrtype;
	int width = (int)elem_size(discriminant_type(t->cases), p);
	CaseType c = t->cases.data[get(s, at, width)];
	if (c.t)
		visit(s, c.t, (uint64_t)align_to((num)at + width, max_case_alignment(t->cases, p)));
}

/* What lies at a place in memory. */
static void
visit(struct equiv_guest *s, ValType *t, uint64_t at)
{
	int w = ptr_width(s);
	t = despecialize(t);
	if (is_handle(t))
		put(s, at, visit_handle(s, t, get(s, at, 4)), 4);
	else if (t->kind == RecordType)
		visit_fields(s, t->fields, at);
	else if (t->kind == VariantType)
		visit_case(s, t, at);
	else if (t->kind == ListType && t->l)
		for (uint32_t i = 0; i < *t->l; i++)
			visit(s, t->t, at + i * (uint64_t)elem_size(t->t, s->memory.addrtype));
	else if (t->kind == ListType || t->kind == StringType)
		put(s, at, visit_range(s, t, get(s, at, w), get(s, at + (uint64_t)w, w)), w);
}

/* What lies in flat values from `i` on; the index behind it. */
static uint32_t
visit_flat(struct equiv_guest *s, ValType *t, uint32_t i)
{
	CoreValue *flat = s->flat.data;
	t = despecialize(t);
	uint32_t end = i + flatten_type(t, &s->opts).len;
	if (is_handle(t)) {
		flat[i].bits = visit_handle(s, t, flat[i].bits);
	} else if (t->kind == RecordType) {
		for (uint32_t f = 0, at = i; f < t->fields.len; f++)
			at = visit_flat(s, t->fields.data[f].t, at);
	} else if (t->kind == VariantType) {
		CaseType c = t->cases.data[flat[i].bits];
		if (c.t)
			visit_flat(s, c.t, i + 1);
	} else if (t->kind == ListType && t->l) {
		for (uint32_t k = 0, at = i; k < *t->l; k++)
			at = visit_flat(s, t->t, at);
	} else if (t->kind == ListType || t->kind == StringType) {
		flat[i].bits = visit_range(s, t, flat[i].bits, flat[i + 1].bits);
	}
	return end;
}

/* ---- values that come back ---- */

static bool equal(ValType *t, const Value *a, const Value *b);

static bool
equal_lists(ValType *t, const Values *a, const Values *b)
{
	bool same = a->len == b->len;
	for (uint32_t i = 0; same && i < a->len; i++) {
		ValType *part = t->kind == ListType ? t->t : t->fields.data[i].t;
		Value x = Values_at(a, i, part), y = Values_at(b, i, part);
		same = equal(part, &x, &y);
	}
	return same;
}

static bool
equal_strings(const String *a, const String *b)
{
	bool same = a->len == b->len;
	for (uint32_t i = 0; same && i < a->len; i++)
		same = String_at(a, i) == String_at(b, i);
	return same;
}

static bool
equal(ValType *t, const Value *a, const Value *b)
{
	t = despecialize(t);
	switch (t->kind) {
	case BoolType: return a->b == b->b;
	case F32Type:
	case F64Type: return a->f == b->f;
	case CharType: return a->c == b->c;
	case StringType: return equal_strings(a->s, b->s);
	case ListType:
	case RecordType: return equal_lists(t, &a->list, &b->list);
	case VariantType: {
		ValType *payload = t->cases.data[a->variant.case_index].t;
		return a->variant.case_index == b->variant.case_index &&
		       (!payload || equal(payload, a->variant.v, b->variant.v));
	}
	case FlagsType: return a->flags == b->flags;
	case OwnType:
	case BorrowType: return a->rep == b->rep;
	default: return a->i == b->i;
	}
}

static bool
has_handle(const ValType *u)
{
	return is_handle(u);
}

/* Handles are no longer where they were: what has some is not lifted again. */
static void
lift_back(struct equiv_guest *s, uint64_t at)
{
	LiftLowerContext *cx = LiftLowerContext_new(&s->opts, s->inst, NULL);
	s->came_back = true;
	if (s->wrong || contains(s->t, has_handle))
		return;
	Value v = s->way == WAY_PARAM || (s->way == WAY_RESULT && s->flat.len)
			  ? lift_flat(cx, CoreValueIter_new(s->flat), s->t)
			  : load(cx, (num)at, s->t);
	s->came_back = equal(s->t, &v, &s->value);
}

/* ---- the three ways ---- */

/* The borrows that the guest got have to go before it returns. */
static void
drop_borrows(struct equiv_guest *s)
{
	Table *handles = s->inst->handles;
	for (uint32_t i = 1; i < handles->array.len; i++) {
		const ResourceHandle *h = handles->array.data[i];
		if (h && h->base.cls == ResourceHandle_class && !h->own)
			canon_resource_drop(h->rt, i);
	}
}

static ValType *
tuple_of(const ValTypes *ts)
{
	ValType *t = ValType_new(heap(), TupleType);
	for (uint32_t i = 0; i < ts->len; i++)
		append(&t->ts, ts->data[i]);
	return t;
}

static void
keep(struct equiv_guest *s, CoreValues flat)
{
	for (uint32_t i = 0; i < flat.len; i++)
		vec_push(s->store->arena, &s->flat, flat.data[i]);
}

/* The core function that is called with the parameters. */
static CoreValues
take_params(void *env, CoreValues args)
{
	struct equiv_guest *s = env;
	keep(s, args);
	uint64_t at = 0;
	if (s->way == WAY_PARAM) {
		visit_flat(s, s->t, 0);
	} else {
		ValType *tuple = tuple_of(&s->params);
		at = s->flat.data[0].bits;
		if (s->lazy) {
			uint64_t index = at;
			at = bump(s, (uint64_t)alignment(tuple, s->memory.addrtype),
				(uint64_t)elem_size(tuple, s->memory.addrtype));
			canon_value_lower(tuple, &s->lower_opts, (num)index, (num)at);
			s->equiv->lazy_values++;
		}
		s->flat.data[0].bits = at;
		visit(s, tuple, at);
	}
	lift_back(s, at);
	drop_borrows(s);
	return (CoreValues){0};
}

static Values
give_params(void *env)
{
	struct equiv_guest *s = env;
	Values vs = {0};
	append(&vs, s->value);
	for (uint32_t i = 1; i < s->params.len; i++)
		append(&vs, (Value){.i = i});
	return vs;
}

static Values
give_nothing(void *env)
{
	(void)env;
	return (Values){0};
}

static void
ignore_result(void *env, const Values *result)
{
	(void)env, (void)result;
}

/* The component function that gives the result. */
static OnCancel
give_result(void *env, OnStart on_start, OnResolve on_resolve, ComponentInstance *caller)
{
	struct equiv_guest *s = env;
	Values vs = {0};
	(void)caller;
	on_start.fn(on_start.env);
	append(&vs, s->value);
	on_resolve.fn(on_resolve.env, &vs);
	return (OnCancel){0};
}

/* The core function that calls it. */
static CoreValues
take_result(void *env, CoreValues args)
{
	struct equiv_guest *s = env;
	(void)args;
	CoreFuncType type = flatten_functype(&s->opts, s->ft, context_lower);
	uint64_t at = bump(s, (uint64_t)alignment(s->t, s->memory.addrtype),
		(uint64_t)elem_size(s->t, s->memory.addrtype));
	CoreValues pointer = {0};
	if (type.params.len)
		append(&pointer, ((CoreValue){s->memory.addrtype, at}));
	keep(s, s->lowered.fn(s->lowered.env, pointer));
	if (type.params.len)
		visit(s, s->t, at);
	else
		visit_flat(s, s->t, 0);
	lift_back(s, at);
	return (CoreValues){0};
}

static FuncType *
functype(struct equiv_guest *s)
{
	FuncType *ft = arena_new_of(s->store->arena, FuncType);
	for (uint32_t i = 0; i < s->params.len; i++)
		vec_push(s->store->arena, &ft->params, ((ParamType){NULL, s->params.data[i]}));
	if (s->way == WAY_RESULT)
		vec_push(s->store->arena, &ft->result, ((ParamType){NULL, s->t}));
	return ft;
}

void
equiv_guest_run(void *env)
{
	struct equiv_guest *s = env;
	struct arena *before = heap_swap(s->store->arena);
	CoreFuncInst guest = {s->way == WAY_RESULT ? take_result : take_params, s};
	FuncType *ft = s->ft = functype(s), *none = arena_new_of(s->store->arena, FuncType);
	if (s->way == WAY_RESULT)
		s->lowered =
			Store_lower(s->store, (FuncInst){give_result, s}, ft, &s->opts, s->inst);
	FuncInst lifted =
		Store_lift(s->store, guest, s->way == WAY_RESULT ? none : ft, &s->opts, s->inst);
	OnStart start = {s->way == WAY_RESULT ? give_nothing : give_params, s};
	Store_invoke(s->store, lifted, start, (OnResolve){ignore_result, NULL});
	heap_swap(before);
}
