/* constant.c - see constant.h. The bytes of values have been validated. */
#include "link/constant.h"

#include "base/budget.h"
#include "base/fiber.h"
#include "base/leb128.h"
#include "base/utf8.h"
#include "link/convert.h"
#include "link/poison.h"
#include "link/types.h"

struct bytes_left {
	const uint8_t *p, *end;
};

static struct link_value decode(struct arena *a, struct bytes_left *b, ValType *t);

static uint64_t
take_unsigned(struct bytes_left *b)
{
	uint64_t x = 0;
	leb_unsigned(&b->p, b->end, 64, &x);
	return x;
}

static uint64_t
take_bits(struct bytes_left *b, unsigned bytes)
{
	uint64_t x = 0;
	for (unsigned i = 0; i < bytes; i++)
		x |= (uint64_t)*b->p++ << 8 * i;
	return x;
}

static struct str
take_string(struct bytes_left *b)
{
	uint64_t n = take_unsigned(b);
	struct str s = {(const char *)b->p, n};
	b->p += n;
	return s;
}

static uint64_t
take_char(struct bytes_left *b)
{
	uint32_t scalar = 0;
	b->p += utf8_decode(b->p, (size_t)(b->end - b->p), &scalar);
	return scalar;
}

static uint64_t
take_signed(struct bytes_left *b)
{
	int64_t x = 0;
	leb_signed(&b->p, b->end, 64, &x);
	return (uint64_t)x;
}

static void
add_items(struct link_value *v, struct arena *a, uint32_t n)
{
	v->nitems = n;
	v->items = arena_array_of(a, n, struct link_value);
}

static void
decode_payload(struct arena *a, struct bytes_left *b, ValType *t, struct link_value *out)
{
	if (!t)
		return;
	add_items(out, a, 1);
	out->items[0] = decode(a, b, t);
}

static void
decode_list(struct arena *a, struct bytes_left *b, ValType *t, struct link_value *out)
{
	add_items(out, a, (uint32_t)take_unsigned(b));
	for (uint32_t i = 0; i < out->nitems; i++)
		out->items[i] = decode(a, b, t->t);
}

static void
decode_fields(struct arena *a, struct bytes_left *b, ValType *t, struct link_value *out)
{
	bool record = t->kind == RecordType;
	add_items(out, a, record ? t->fields.len : t->ts.len);
	for (uint32_t i = 0; i < out->nitems; i++) {
		out->items[i] = decode(a, b, record ? t->fields.data[i].t : t->ts.data[i]);
		if (record)
			out->items[i].label = str_of(t->fields.data[i].label);
	}
}

static void
decode_flags(struct arena *a, struct bytes_left *b, ValType *t, struct link_value *out)
{
	uint64_t bits = take_bits(b, (t->labels.len + 7) / 8);
	add_items(out, a, t->labels.len);
	out->nitems = 0;
	for (uint32_t i = 0; i < t->labels.len; i++)
		if (bits >> i & 1)
			out->items[out->nitems++] = (struct link_value){
				.kind = LV_STRING, .text = str_of(t->labels.data[i])};
}

static struct link_value
decode(struct arena *a, struct bytes_left *b, ValType *t)
{
	struct link_value v = {.kind = link_kind_of(t)};
	need_stack(NO_LOC, "values");
	budget_spend(1);
	switch (t->kind) {
	case BoolType:
	case U8Type: v.bits = *b->p++; break;
	case S8Type: v.bits = (uint64_t)(int64_t)(int8_t)*b->p++; break;
	case U16Type:
	case U32Type:
	case U64Type: v.bits = take_unsigned(b); break;
	case S16Type:
	case S32Type:
	case S64Type: v.bits = take_signed(b); break;
	case F32Type: v.bits = take_bits(b, 4); break;
	case F64Type: v.bits = take_bits(b, 8); break;
	case CharType: v.bits = take_char(b); break;
	case StringType: v.text = take_string(b); break;
	case ListType: decode_list(a, b, t, &v); break;
	case RecordType:
	case TupleType: decode_fields(a, b, t, &v); break;
	case VariantType: {
		const CaseType *c = &t->cases.data[take_unsigned(b)];
		v.text = str_of(c->label);
		decode_payload(a, b, c->t, &v);
		break;
	}
	case EnumType: v.text = str_of(t->labels.data[take_unsigned(b)]); break;
	case OptionType: decode_payload(a, b, *b->p++ ? t->t : NULL, &v); break;
	case ResultType:
		v.bits = *b->p++;
		decode_payload(a, b, v.bits ? t->error : t->ok, &v);
		break;
	case FlagsType: decode_flags(a, b, t, &v); break;
	default: internal_error("a value of a type that has none");
	}
	return v;
}

static void
push_value(struct scope *s, struct link_value v)
{
	struct link_value *copy = arena_new_of(s->linked->arena, struct link_value);
	*copy = v;
	space_push(s, (struct link_item){.sort = SORT_VALUE, .value = copy});
}

void
value_define(struct scope *s, const struct comp_value *v)
{
	only_for(VALUES);
	struct str bytes = v->literal.kind == LIT_BINARY ? v->literal.text : v->encoding;
	const uint8_t *p = (const uint8_t *)bytes.ptr;
	struct bytes_left b = {p, p + bytes.len};
	push_value(s, decode(s->linked->arena, &b, valtype_eval(s, v->type)));
}

/* ---- start functions ---- */

struct start_env {
	struct scope *scope;
	const struct link_func *func;
	Values args;
	bool resolved;
};

static Values
on_start(void *env)
{
	struct start_env *e = env;
	return e->args;
}

static void
on_resolve(void *env, const Values *result)
{
	struct start_env *e = env;
	if (result && result->len)
		push_value(e->scope, value_of_abi(e->scope->linked->arena, &result->data[0],
					     e->func->type->result.data[0].t));
	e->resolved = true;
}

void
start_define(struct scope *s, const struct comp_start *start, struct loc at)
{
	only_for(VALUES);
	struct start_env *e = arena_new_of(s->linked->arena, struct start_env);
	e->scope = s;
	e->func = space_at(s, SORT_FUNC, start->func.index)->func;
	for (uint32_t i = 0; i < start->args.len; i++) {
		const struct link_value *v =
			space_at(s, SORT_VALUE, start->args.data[i].index)->value;
		append(&e->args, value_to_abi(v, e->func->type->params.data[i].t, at));
	}
	Store_invoke(s->linked->store, e->func->inst, (OnStart){on_start, e},
		(OnResolve){on_resolve, e});
	drive_until(s->linked->store, &e->resolved, at);
}
