/* runtime_value.c - see runtime_value.h. */
#include "oracle/runtime_value.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fiber.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "script/core_value.h"

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

struct json_object *
runtime_core_value(struct core_valtype t, union core_raw v)
{
	switch (t.kind) {
	case CORE_KIND_I32: return json_object_new_int64((int32_t)v.i32);
	case CORE_KIND_I64: return wide_integer(v.i64, true);
	case CORE_KIND_F32: return float_value(v.i32, true);
	case CORE_KIND_F64: return float_value(v.i64, false);
	default: raise_error(ERR_UNSUPPORTED, NO_LOC, "reference", "a reference cannot be sent");
	}
}

/* ---- values that come ---- */

static bool read_value(
	struct arena *a, struct json_object *type, struct json_object *o, struct link_value *out);

static bool
read_integer(struct json_object *o, enum link_value_kind kind, struct link_value *out)
{
	static const struct {
		int64_t least;
		uint64_t most;
	} ranges[] = {[LV_S8] = {INT8_MIN, INT8_MAX},
		[LV_U8] = {0, UINT8_MAX},
		[LV_S16] = {INT16_MIN, INT16_MAX},
		[LV_U16] = {0, UINT16_MAX},
		[LV_S32] = {INT32_MIN, INT32_MAX},
		[LV_U32] = {0, UINT32_MAX}};
	if (!json_object_is_type(o, json_type_int))
		return false;
	int64_t i = json_object_get_int64(o);
	out->bits = (uint64_t)i;
	return i >= ranges[kind].least && (i < 0 || (uint64_t)i <= ranges[kind].most);
}

static bool
read_wide(struct json_object *o, bool is_signed, struct link_value *out)
{
	if (!json_object_is_type(o, json_type_string))
		return false;
	const char *s = json_object_get_string(o);
	char *end;
	bool minus = is_signed && *s == '-';
	if (s[minus] < '0' || s[minus] > '9')
		return false;
	errno = 0;
	out->bits = is_signed ? (uint64_t)strtoll(s, &end, 10) : strtoull(s, &end, 10);
	return !errno && !*end;
}

static bool
named_float(const char *s, double *d)
{
	static const struct {
		const char *name;
		double value;
	} known[] = {{"inf", INFINITY}, {"-inf", -INFINITY}, {"-0", -0.0}};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		if (!strcmp(s, known[i].name)) {
			*d = known[i].value;
			return true;
		}
	}
	*d = NAN;
	return !strncmp(s, "nan", 3);
}

static bool
read_float(struct json_object *o, bool is_32, struct link_value *out)
{
	double d;
	uint32_t low = UINT32_C(0x7fc00000);
	if (json_object_is_type(o, json_type_int) || json_object_is_type(o, json_type_double))
		d = json_object_get_double(o);
	else if (!json_object_is_type(o, json_type_string) ||
		 !named_float(json_object_get_string(o), &d))
		return false;
	float f = (float)d;
	if (isnan(d)) {
		out->bits = is_32 ? low : UINT64_C(0x7ff8000000000000);
	} else if (is_32) {
		memcpy(&low, &f, sizeof f);
		out->bits = low;
	} else {
		memcpy(&out->bits, &d, sizeof d);
	}
	return true;
}

static bool
read_text(struct arena *a, struct json_object *o, struct link_value *out)
{
	if (!json_object_is_type(o, json_type_string))
		return false;
	struct str s = {json_object_get_string(o), (size_t)json_object_get_string_len(o)};
	out->text = str_dup(a, s);
	return true;
}

static bool
read_char(struct json_object *o, struct link_value *out)
{
	uint32_t scalar;
	if (!json_object_is_type(o, json_type_string))
		return false;
	size_t len = (size_t)json_object_get_string_len(o);
	if (!len || utf8_decode(json_object_get_string(o), len, &scalar) != (int)len)
		return false;
	out->bits = scalar;
	return true;
}

static bool
read_named(struct arena *a, struct json_object *o, struct link_value *out)
{
	switch (out->kind) {
	case LV_BOOL:
		out->bits = json_object_get_boolean(o);
		return json_object_is_type(o, json_type_boolean);
	case LV_S64: return read_wide(o, true, out);
	case LV_U64: return read_wide(o, false, out);
	case LV_F32: return read_float(o, true, out);
	case LV_F64: return read_float(o, false, out);
	case LV_CHAR: return read_char(o, out);
	case LV_STRING: return read_text(a, o, out);
	case LV_HANDLE:
		return json_object_is_type(o, json_type_string) &&
		       !strcmp(json_object_get_string(o), "handle");
	default: return read_integer(o, out->kind, out);
	}
}

static struct link_value *
add_items(struct arena *a, struct link_value *out, size_t n)
{
	out->nitems = (uint32_t)n;
	out->items = arena_array_of(a, n, struct link_value);
	memset(out->items, 0, n * sizeof *out->items);
	return out->items;
}

/* An array, each item of the type at its place; or all of one type, where `same`. */
static bool
read_array(struct arena *a, struct json_object *types, bool same, struct json_object *o,
	struct link_value *out)
{
	if (!json_object_is_type(o, json_type_array))
		return false;
	size_t n = json_object_array_length(o);
	if (!same && json_object_array_length(types) != n)
		return false;
	struct link_value *items = add_items(a, out, n);
	for (size_t i = 0; i < n; i++)
		if (!read_value(a, same ? types : json_object_array_get_idx(types, i),
			    json_object_array_get_idx(o, i), &items[i]))
			return false;
	return true;
}

static bool
read_map(struct arena *a, struct json_object *types, struct json_object *o, struct link_value *out)
{
	if (!json_object_is_type(o, json_type_array))
		return false;
	size_t n = json_object_array_length(o);
	struct link_value *items = add_items(a, out, n);
	for (size_t i = 0; i < n; i++) {
		items[i].kind = LV_TUPLE;
		if (!read_array(a, types, false, json_object_array_get_idx(o, i), &items[i]))
			return false;
	}
	return true;
}

static const char *
name_at(struct json_object *list, size_t i)
{
	struct json_object *o = json_object_array_get_idx(list, i);
	return json_object_get_string(
		json_object_is_type(o, json_type_array) ? json_object_array_get_idx(o, 0) : o);
}

static bool
read_record(
	struct arena *a, struct json_object *fields, struct json_object *o, struct link_value *out)
{
	size_t n = json_object_array_length(fields);
	if (!json_object_is_type(o, json_type_object) || (size_t)json_object_object_length(o) != n)
		return false;
	struct link_value *items = add_items(a, out, n);
	for (size_t i = 0; i < n; i++) {
		struct json_object *field = json_object_array_get_idx(fields, i), *value;
		if (!json_object_object_get_ex(o, name_at(fields, i), &value) ||
			!read_value(a, json_object_array_get_idx(field, 1), value, &items[i]))
			return false;
		items[i].label = str_dup(a, str_of(name_at(fields, i)));
	}
	return true;
}

/* A payload is there exactly where there is a type for it. */
static bool
read_payload(
	struct arena *a, struct json_object *type, struct json_object *o, struct link_value *out)
{
	return type ? read_value(a, type, o, add_items(a, out, 1)) : !o;
}

/* The key of an object of one member; null where it is none. */
static const char *
only_member(struct json_object *o, struct json_object **value)
{
	if (!json_object_is_type(o, json_type_object) || json_object_object_length(o) != 1)
		return NULL;
	struct json_object_iterator it = json_object_iter_begin(o);
	*value = json_object_iter_peek_value(&it);
	return json_object_iter_peek_name(&it);
}

static bool
read_variant(
	struct arena *a, struct json_object *cases, struct json_object *o, struct link_value *out)
{
	struct json_object *value;
	const char *key = only_member(o, &value);
	for (size_t i = 0; key && i < json_object_array_length(cases); i++) {
		if (strcmp(key, name_at(cases, i)))
			continue;
		out->text = str_dup(a, str_of(key));
		return read_payload(a,
			json_object_array_get_idx(json_object_array_get_idx(cases, i), 1), value,
			out);
	}
	return false;
}

static bool
read_enum(
	struct arena *a, struct json_object *labels, struct json_object *o, struct link_value *out)
{
	if (!read_text(a, o, out))
		return false;
	for (size_t i = 0; i < json_object_array_length(labels); i++)
		if (str_is(out->text, name_at(labels, i)))
			return true;
	return false;
}

static bool
is_among(struct json_object *list, const char *name)
{
	for (size_t i = 0; i < json_object_array_length(list); i++) {
		struct json_object *o = json_object_array_get_idx(list, i);
		if (json_object_is_type(o, json_type_string) &&
			!strcmp(json_object_get_string(o), name))
			return true;
	}
	return false;
}

static bool
read_flags(
	struct arena *a, struct json_object *labels, struct json_object *o, struct link_value *out)
{
	if (!json_object_is_type(o, json_type_array) ||
		json_object_array_length(o) > json_object_array_length(labels))
		return false;
	size_t n = json_object_array_length(o);
	struct link_value *items = add_items(a, out, n);
	out->nitems = 0;
	for (size_t i = 0; i < json_object_array_length(labels) && out->nitems < n; i++)
		if (is_among(o, name_at(labels, i)))
			items[out->nitems++] = (struct link_value){
				.kind = LV_STRING, .text = str_dup(a, str_of(name_at(labels, i)))};
	return out->nitems == n;
}

static bool
read_option(
	struct arena *a, struct json_object *type, struct json_object *o, struct link_value *out)
{
	struct json_object *value;
	const char *key = only_member(o, &value);
	if (!key)
		return false;
	if (!strcmp(key, "none"))
		return !value;
	return !strcmp(key, "some") && read_payload(a, type, value, out);
}

static bool
read_result(
	struct arena *a, struct json_object *types, struct json_object *o, struct link_value *out)
{
	struct json_object *value;
	const char *key = only_member(o, &value);
	if (!key || (strcmp(key, "ok") && strcmp(key, "err")))
		return false;
	out->bits = !strcmp(key, "err");
	return read_payload(a, json_object_array_get_idx(types, out->bits), value, out);
}

static bool
read_list(struct arena *a, struct json_object *type, struct json_object *o, struct link_value *out)
{
	return read_array(a, type, true, o, out);
}

static bool
read_tuple(struct arena *a, struct json_object *type, struct json_object *o, struct link_value *out)
{
	return read_array(a, type, false, o, out);
}

static const struct {
	const char *key;
	enum link_value_kind kind;
	bool (*read)(struct arena *a, struct json_object *type, struct json_object *o,
		struct link_value *out);
} composites[] = {
	{"list", LV_LIST, read_list},
	{"tuple", LV_TUPLE, read_tuple},
	{"map", LV_MAP, read_map},
	{"record", LV_RECORD, read_record},
	{"variant", LV_VARIANT, read_variant},
	{"enum", LV_ENUM, read_enum},
	{"flags", LV_FLAGS, read_flags},
	{"option", LV_OPTION, read_option},
	{"result", LV_RESULT, read_result},
};

static bool
read_composite(
	struct arena *a, struct json_object *type, struct json_object *o, struct link_value *out)
{
	struct json_object *of, *length;
	for (size_t i = 0; i < sizeof composites / sizeof *composites; i++) {
		if (!json_object_object_get_ex(type, composites[i].key, &of))
			continue;
		out->kind = composites[i].kind;
		return composites[i].read(a, of, o, out) &&
		       (!json_object_object_get_ex(type, "length", &length) ||
			       json_object_get_uint64(length) == out->nitems);
	}
	return false;
}

static bool
read_value(struct arena *a, struct json_object *type, struct json_object *o, struct link_value *out)
{
	need_stack(NO_LOC, "values");
	if (!json_object_is_type(type, json_type_string))
		return read_composite(a, type, o, out);
	for (int i = 0; i < NAMES; i++) {
		if (names[i].name && !strcmp(names[i].name, json_object_get_string(type))) {
			out->kind = names[i].kind;
			return read_named(a, o, out);
		}
	}
	return false;
}

bool
runtime_value_read(struct arena *a, struct json_object *type, struct json_object *value,
	struct link_value *out)
{
	*out = (struct link_value){0};
	return read_value(a, type, value, out);
}

bool
runtime_core_value_read(struct strbuf *out, struct json_object *type, struct json_object *value)
{
	static const struct {
		const char *name;
		struct core_valtype type;
	} types[] = {{"i32", {.kind = CORE_KIND_I32}}, {"i64", {.kind = CORE_KIND_I64}},
		{"f32", {.kind = CORE_KIND_F32}}, {"f64", {.kind = CORE_KIND_F64}}};
	struct link_value v = {0};
	bool good = false;
	size_t i = 0;
	while (i < 4 && strcmp(types[i].name, json_object_get_string(type)))
		i++;
	switch (i) {
	case 0: good = read_integer(value, LV_S32, &v); break;
	case 1: good = read_wide(value, true, &v); break;
	case 2: good = read_float(value, true, &v); break;
	case 3: good = read_float(value, false, &v); break;
	}
	union core_raw raw = {.i64 = i == 0 || i == 2 ? (uint32_t)v.bits : v.bits};
	if (good)
		core_value_print(out, NULL, types[i].type, &raw);
	return good;
}
