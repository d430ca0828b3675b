/* convert.c - see convert.h. */
#include "link/convert.h"

#include "base/budget.h"
#include "base/error.h"
#include "base/fiber.h"
#include "base/utf8.h"
#include "link/types.h"

static const enum link_value_kind kinds[] = {
	[BoolType] = LV_BOOL,
	[S8Type] = LV_S8,
	[U8Type] = LV_U8,
	[S16Type] = LV_S16,
	[U16Type] = LV_U16,
	[S32Type] = LV_S32,
	[U32Type] = LV_U32,
	[S64Type] = LV_S64,
	[U64Type] = LV_U64,
	[F32Type] = LV_F32,
	[F64Type] = LV_F64,
	[CharType] = LV_CHAR,
	[StringType] = LV_STRING,
	[ErrorContextType] = LV_HANDLE,
	[ListType] = LV_LIST,
	[RecordType] = LV_RECORD,
	[TupleType] = LV_TUPLE,
	[VariantType] = LV_VARIANT,
	[EnumType] = LV_ENUM,
	[OptionType] = LV_OPTION,
	[ResultType] = LV_RESULT,
	[MapType] = LV_MAP,
	[FlagsType] = LV_FLAGS,
	[OwnType] = LV_HANDLE,
	[BorrowType] = LV_HANDLE,
	[StreamType] = LV_HANDLE,
	[FutureType] = LV_HANDLE,
};

enum link_value_kind
link_kind_of(const ValType *t)
{
	return kinds[t->kind];
}

NORETURN static void
unfit(const struct link_value *v, const ValType *t, struct loc at)
{
	struct strbuf type = {.arena = heap()}, value = {.arena = heap()};
	valtype_print(&type, t);
	link_value_print(&value, v);
	raise_error(ERR_SCRIPT, at, "argument-type", "%.150s is no value of type %.150s",
		strbuf_cstr(&value), strbuf_cstr(&type));
}

/* ---- to the ABI ---- */

static String *
string_to_abi(struct str text)
{
	String *s = NEW(String);
	uint32_t *code_points = arena_array_of(heap(), text.len, uint32_t);
	size_t at = 0;
	while (at < text.len) {
		int n = utf8_decode(text.ptr + at, text.len - at, &code_points[s->len++]);
		if (n == 0)
			raise_error(ERR_SCRIPT, NO_LOC, "argument-type", "a string is not UTF-8");
		at += (size_t)n;
	}
	s->s = code_points;
	s->encoding = utf8;
	s->tagged_code_units = (num)text.len;
	return s;
}

static Value *
boxed(const struct link_value *v, ValType *t, struct loc at)
{
	Value *box = NEW(Value);
	*box = value_to_abi(v, t, at);
	return box;
}

/* The case with its payload; a payload is there exactly when the case has a type. */
static Value
case_to_abi(const struct link_value *v, const ValType *t, uint32_t index, ValType *payload,
	struct loc at)
{
	if (v->nitems != (payload ? 1 : 0))
		unfit(v, t, at);
	Value result = {.variant = {NULL, index}};
	if (payload)
		result.variant.v = boxed(&v->items[0], payload, at);
	return result;
}

static Value
variant_to_abi(const struct link_value *v, const ValType *t, struct loc at)
{
	for (uint32_t i = 0; i < t->cases.len; i++)
		if (str_is(v->text, t->cases.data[i].label))
			return case_to_abi(v, t, i, t->cases.data[i].t, at);
	unfit(v, t, at);
}

static uint32_t
label_index(const struct link_value *v, struct str label, const ValType *t, struct loc at)
{
	for (uint32_t i = 0; i < t->labels.len; i++)
		if (str_is(label, t->labels.data[i]))
			return i;
	unfit(v, t, at);
}

static Value
flags_to_abi(const struct link_value *v, const ValType *t, struct loc at)
{
	Value result = {.flags = 0};
	for (uint32_t i = 0; i < v->nitems; i++)
		result.flags |= UINT32_C(1) << label_index(v, v->items[i].text, t, at);
	return result;
}

static Value
list_to_abi(const struct link_value *v, const ValType *t, struct loc at)
{
	Value result = {.list = {0}};
	if (t->l && *t->l != v->nitems)
		unfit(v, t, at);
	for (uint32_t i = 0; i < v->nitems; i++) {
		Value item = value_to_abi(&v->items[i], t->t, at);
		append(&result.list, item);
	}
	return result;
}

static Value
map_to_abi(const struct link_value *v, const ValType *t, struct loc at)
{
	Value result = {.list = {0}};
	for (uint32_t i = 0; i < v->nitems; i++) {
		const struct link_value *pair = &v->items[i];
		if (pair->kind != LV_TUPLE || pair->nitems != 2)
			unfit(v, t, at);
		Value entry = {.list = {0}};
		append(&entry.list, value_to_abi(&pair->items[0], t->k, at));
		append(&entry.list, value_to_abi(&pair->items[1], t->v, at));
		append(&result.list, entry);
	}
	return result;
}

static Value
fields_to_abi(const struct link_value *v, const ValType *t, struct loc at)
{
	Value result = {.list = {0}};
	bool is_record = t->kind == RecordType;
	if (v->nitems != (is_record ? t->fields.len : t->ts.len))
		unfit(v, t, at);
	for (uint32_t i = 0; i < v->nitems; i++) {
		if (is_record && !str_is(v->items[i].label, t->fields.data[i].label))
			unfit(v, t, at);
		ValType *field = is_record ? t->fields.data[i].t : t->ts.data[i];
		append(&result.list, value_to_abi(&v->items[i], field, at));
	}
	return result;
}

Value
value_to_abi(const struct link_value *v, ValType *t, struct loc at)
{
	need_stack(NO_LOC, "values");
	budget_spend(1);
	if (v->kind != kinds[t->kind])
		unfit(v, t, at);
	switch (t->kind) {
	case BoolType: return (Value){.b = v->bits};
	case S8Type:
	case S16Type:
	case S32Type:
	case S64Type: return (Value){.i = (int64_t)v->bits};
	case U8Type:
	case U16Type:
	case U32Type:
	case U64Type: return (Value){.i = v->bits};
	case F32Type:
	case F64Type: return (Value){.f = v->bits};
	case CharType: return (Value){.c = (uint32_t)v->bits};
	case StringType: return (Value){.s = string_to_abi(v->text)};
	case ListType: return list_to_abi(v, t, at);
	case MapType: return map_to_abi(v, t, at);
	case RecordType:
	case TupleType: return fields_to_abi(v, t, at);
	case VariantType: return variant_to_abi(v, t, at);
	case EnumType: return (Value){.variant = {NULL, label_index(v, v->text, t, at)}};
	case OptionType: return case_to_abi(v, t, v->nitems != 0, v->nitems ? t->t : NULL, at);
	case ResultType: return case_to_abi(v, t, v->bits != 0, v->bits ? t->error : t->ok, at);
	case FlagsType: return flags_to_abi(v, t, at);
	default: unfit(v, t, at);
	}
}

/* ---- from the ABI ---- */

static struct str
string_of_abi(struct arena *out, const String *s)
{
	char *bytes = arena_array_of(out, (size_t)s->len * 4 + 1, char);
	size_t len = 0;
	for (uint32_t i = 0; i < s->len; i++)
		len += (size_t)utf8_encode(String_at(s, i), bytes + len);
	return (struct str){bytes, len};
}

static struct str
label(struct arena *out, const char *name)
{
	return str_of(arena_strdup(out, name));
}

/* Makes room for n items. */
static struct link_value *
items(struct arena *out, struct link_value *v, uint32_t n)
{
	v->nitems = n;
	v->items = arena_array_of(out, n, struct link_value);
	return v->items;
}

static void
payload_of_abi(struct arena *out, struct link_value *to, const Value *v, ValType *t)
{
	if (t)
		*items(out, to, 1) = value_of_abi(out, v->variant.v, t);
}

static struct link_value
element_of_abi(struct arena *out, const Values *list, uint32_t i, ValType *t)
{
	Value v = Values_at(list, i, t);
	return value_of_abi(out, &v, t);
}

static void
list_of_abi(struct arena *out, struct link_value *to, const Value *v, const ValType *t)
{
	items(out, to, v->list.len);
	for (uint32_t i = 0; i < v->list.len; i++)
		to->items[i] = element_of_abi(out, &v->list, i, t->t);
}

static void
map_of_abi(struct arena *out, struct link_value *to, const Value *v, const ValType *t)
{
	items(out, to, v->list.len);
	for (uint32_t i = 0; i < v->list.len; i++) {
		struct link_value *pair = &to->items[i];
		pair->kind = LV_TUPLE;
		items(out, pair, 2);
		pair->items[0] = value_of_abi(out, &v->list.data[i].list.data[0], t->k);
		pair->items[1] = value_of_abi(out, &v->list.data[i].list.data[1], t->v);
	}
}

static void
fields_of_abi(struct arena *out, struct link_value *to, const Value *v, const ValType *t)
{
	bool is_record = t->kind == RecordType;
	items(out, to, v->list.len);
	for (uint32_t i = 0; i < v->list.len; i++) {
		ValType *field = is_record ? t->fields.data[i].t : t->ts.data[i];
		to->items[i] = value_of_abi(out, &v->list.data[i], field);
		if (is_record)
			to->items[i].label = label(out, t->fields.data[i].label);
	}
}

static void
flags_of_abi(struct arena *out, struct link_value *to, const Value *v, const ValType *t)
{
	items(out, to, t->labels.len);
	uint32_t n = 0;
	for (uint32_t i = 0; i < t->labels.len; i++)
		if (v->flags >> i & 1)
			to->items[n++] = (struct link_value){
				.kind = LV_STRING, .text = label(out, t->labels.data[i])};
	to->nitems = n;
}

struct link_value
value_of_abi(struct arena *out, const Value *v, ValType *t)
{
	need_stack(NO_LOC, "values");
	budget_spend(1);
	struct link_value to = {.kind = kinds[t->kind]};
	switch (t->kind) {
	case BoolType: to.bits = v->b; break;
	case S8Type:
	case S16Type:
	case S32Type:
	case S64Type:
	case U8Type:
	case U16Type:
	case U32Type:
	case U64Type: to.bits = (uint64_t)v->i; break;
	case F32Type:
	case F64Type: to.bits = v->f; break;
	case CharType: to.bits = v->c; break;
	case StringType: to.text = string_of_abi(out, v->s); break;
	case ListType: list_of_abi(out, &to, v, t); break;
	case MapType: map_of_abi(out, &to, v, t); break;
	case RecordType:
	case TupleType: fields_of_abi(out, &to, v, t); break;
	case VariantType: {
		const CaseType *c = &t->cases.data[v->variant.case_index];
		to.text = label(out, c->label);
		payload_of_abi(out, &to, v, c->t);
		break;
	}
	case EnumType: to.text = label(out, t->labels.data[v->variant.case_index]); break;
	case OptionType:
		if (v->variant.case_index)
			payload_of_abi(out, &to, v, t->t);
		break;
	case ResultType:
		to.bits = v->variant.case_index;
		payload_of_abi(out, &to, v, to.bits ? t->error : t->ok);
		break;
	case FlagsType: flags_of_abi(out, &to, v, t); break;
	case OwnType:
	case BorrowType: to.bits = v->rep; break;
	case StreamType: to.text = STR("stream"); break;
	case FutureType: to.text = STR("future"); break;
	default: to.text = STR("error-context"); break;
	}
	return to;
}
