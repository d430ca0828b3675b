/* runtime_value.c - see runtime_value.h. */
#include "oracle/runtime_value.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/fiber.h"
#include "base/utf8.h"

/* The types that are only a name, with what their values are. */
static const struct {
	const char *name;
	enum link_value_kind kind;
} names[] = {
	[BoolType] = {"bool", LV_BOOL},
	[S8Type] = {"s8", LV_S8},
	[U8Type] = {"u8", LV_U8},
	[S16Type] = {"s16", LV_S16},
	[U16Type] = {"u16", LV_U16},
	[S32Type] = {"s32", LV_S32},
	[U32Type] = {"u32", LV_U32},
	[S64Type] = {"s64", LV_S64},
	[U64Type] = {"u64", LV_U64},
	[F32Type] = {"f32", LV_F32},
	[F64Type] = {"f64", LV_F64},
	[CharType] = {"char", LV_CHAR},
	[StringType] = {"string", LV_STRING},
	[ErrorContextType] = {"error-context", LV_HANDLE},
	[OwnType] = {"own", LV_HANDLE},
	[BorrowType] = {"borrow", LV_HANDLE},
	[StreamType] = {"stream", LV_HANDLE},
	[FutureType] = {"future", LV_HANDLE},
};
enum { NAMES = sizeof names / sizeof *names };

/* {KEY: VALUE} */
static struct json_object *
member(const char *key, struct json_object *value)
{
	struct json_object *o = json_object_new_object();
	json_object_object_add(o, key, value);
	return o;
}

static struct json_object *
text(struct str s)
{
	return json_object_new_string_len(s.ptr ? s.ptr : "", (int)s.len);
}

static struct json_object *
pair(struct json_object *a, struct json_object *b)
{
	struct json_object *list = json_object_new_array();
	json_object_array_add(list, a);
	json_object_array_add(list, b);
	return list;
}

/* ---- types ---- */

static struct json_object *
labelled_types(const ValType *t)
{
	struct json_object *list = json_object_new_array();
	for (uint32_t i = 0; i < t->fields.len; i++)
		json_object_array_add(list, pair(json_object_new_string(t->fields.data[i].label),
						    runtime_type(t->fields.data[i].t)));
	for (uint32_t i = 0; i < t->cases.len; i++)
		json_object_array_add(list, pair(json_object_new_string(t->cases.data[i].label),
						    runtime_type(t->cases.data[i].t)));
	for (uint32_t i = 0; i < t->labels.len; i++)
		json_object_array_add(list, json_object_new_string(t->labels.data[i]));
	return list;
}

static struct json_object *
tuple_type(const ValType *t)
{
	struct json_object *list = json_object_new_array();
	for (uint32_t i = 0; i < t->ts.len; i++)
		json_object_array_add(list, runtime_type(t->ts.data[i]));
	return member("tuple", list);
}

static struct json_object *
list_type(const ValType *t)
{
	struct json_object *o = member("list", runtime_type(t->t));
	if (t->l)
		json_object_object_add(o, "length", json_object_new_uint64(*t->l));
	return o;
}

struct json_object *
runtime_type(const ValType *t)
{
	need_stack(NO_LOC, "types");
	if (!t)
		return NULL;
	switch (t->kind) {
	case ListType: return list_type(t);
	case TupleType: return tuple_type(t);
	case RecordType: return member("record", labelled_types(t));
	case VariantType: return member("variant", labelled_types(t));
	case EnumType: return member("enum", labelled_types(t));
	case FlagsType: return member("flags", labelled_types(t));
	case OptionType: return member("option", runtime_type(t->t));
	case ResultType: return member("result", pair(runtime_type(t->ok), runtime_type(t->error)));
	case MapType: return member("map", pair(runtime_type(t->k), runtime_type(t->v)));
	default: return json_object_new_string(names[t->kind].name);
	}
}

struct json_object *
runtime_core_type(struct core_valtype t)
{
	return json_object_new_string(core_valtype_name(t));
}

/* ---- values that are sent ---- */

static struct json_object *
special_float(uint64_t bits, bool is_32)
{
	char name[32];
	snprintf(name, sizeof name, is_32 ? "nan:0x%08" PRIx64 : "nan:0x%016" PRIx64, bits);
	return json_object_new_string(name);
}

static struct json_object *
float_value(uint64_t bits, bool is_32)
{
	double d;
	float f;
	uint32_t low = (uint32_t)bits;
	memcpy(&d, &bits, sizeof d);
	memcpy(&f, &low, sizeof f);
	d = is_32 ? (double)f : d;
	if (isnan(d))
		return special_float(bits, is_32);
	if (isinf(d))
		return json_object_new_string(d < 0 ? "-inf" : "inf");
	if (d == 0 && signbit(d))
		return json_object_new_string("-0");
	return json_object_new_double(d);
}

static struct json_object *
wide_integer(uint64_t bits, bool is_signed)
{
	char digits[24];
	if (is_signed)
		snprintf(digits, sizeof digits, "%" PRId64, (int64_t)bits);
	else
		snprintf(digits, sizeof digits, "%" PRIu64, bits);
	return json_object_new_string(digits);
}

static struct json_object *
char_value(uint64_t scalar)
{
	char bytes[4];
	return json_object_new_string_len(bytes, utf8_encode((uint32_t)scalar, bytes));
}

static struct json_object *
array_value(const struct link_value *v)
{
	struct json_object *list = json_object_new_array();
	for (uint32_t i = 0; i < v->nitems; i++)
		json_object_array_add(list,
			v->kind == LV_FLAGS ? text(v->items[i].text) : runtime_value(&v->items[i]));
	return list;
}

static struct json_object *
payload(const struct link_value *v)
{
	return v->nitems ? runtime_value(&v->items[0]) : NULL;
}

static struct json_object *
record_value(const struct link_value *v)
{
	struct strbuf label = {.arena = arena_new(0)};
	struct json_object *o = json_object_new_object();
	for (uint32_t i = 0; i < v->nitems; i++) {
		label.len = 0;
		strbuf_add(&label, v->items[i].label.ptr, v->items[i].label.len);
		json_object_object_add(o, strbuf_cstr(&label), runtime_value(&v->items[i]));
	}
	arena_free(label.arena);
	return o;
}

static struct json_object *
variant_value(const struct link_value *v)
{
	struct arena *a = arena_new(0);
	struct json_object *o = member(str_cstr(a, v->text), payload(v));
	arena_free(a);
	return o;
}

struct json_object *
runtime_value(const struct link_value *v)
{
	need_stack(NO_LOC, "values");
	switch (v->kind) {
	case LV_BOOL: return json_object_new_boolean(v->bits != 0);
	case LV_S8:
	case LV_S16:
	case LV_S32:
	case LV_U8:
	case LV_U16:
	case LV_U32: return json_object_new_int64((int64_t)v->bits);
	case LV_S64: return wide_integer(v->bits, true);
	case LV_U64: return wide_integer(v->bits, false);
	case LV_F32: return float_value(v->bits, true);
	case LV_F64: return float_value(v->bits, false);
	case LV_CHAR: return char_value(v->bits);
	case LV_STRING:
	case LV_ENUM: return text(v->text);
	case LV_LIST:
	case LV_TUPLE:
	case LV_FLAGS:
	case LV_MAP: return array_value(v);
	case LV_RECORD: return record_value(v);
	case LV_VARIANT: return variant_value(v);
	case LV_OPTION: return member(v->nitems ? "some" : "none", payload(v));
	case LV_RESULT: return member(v->bits ? "err" : "ok", payload(v));
	case LV_HANDLE: break;
	}
	raise_error(ERR_UNSUPPORTED, NO_LOC, "handle", "a handle cannot be sent");
}

/* As the lanes of i32x4. */
static struct json_object *
vector_value(const union core_raw *v)
{
	uint32_t lanes[4];
	memcpy(lanes, v, sizeof lanes);
	struct json_object *array = json_object_new_array();
	for (int k = 0; k < 4; k++)
		json_object_array_add(array, json_object_new_int64(lanes[k]));
	return array;
}

struct json_object *
runtime_core_value(struct core_valtype t, const union core_raw *value)
{
	union core_raw v = *value;
	switch (t.kind) {
	case CORE_KIND_I32: return json_object_new_int64((int32_t)v.i32);
	case CORE_KIND_I64: return wide_integer(v.i64, true);
	case CORE_KIND_F32: return float_value(v.i32, true);
	case CORE_KIND_F64: return float_value(v.i64, false);
	case CORE_KIND_V128: return vector_value(value);
	default: raise_error(ERR_UNSUPPORTED, NO_LOC, "reference", "a reference cannot be sent");
	}
}

bool
runtime_named_type(const char *name, enum link_value_kind *kind)
{
	for (int i = 0; i < NAMES; i++) {
		if (!names[i].name || strcmp(names[i].name, name))
			continue;
		*kind = names[i].kind;
		return true;
	}
	return false;
}
