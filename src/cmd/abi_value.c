/* abi_value.c - values as JSON, lossless: 64-bit integers as decimal strings, floats with the bits
 * of a NaN, handles as numbers. spec/abi.md, "Values". */
#include "cmd/abi.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fiber.h"
#include "base/str.h"
#include "base/utf8.h"
#include "cabi/short.h"

NORETURN static void
unfit(struct json_object *o, const char *type)
{
	const char *text = json_object_to_json_string_ext(o, JSON_C_TO_STRING_PLAIN);
	abi_wrong("%.150s is no value of type %s", text, type);
}

/* ---- numbers ---- */

struct int_range {
	const char *name;
	int64_t least;
	uint64_t most;
};

static const struct int_range ranges[] = {
	[S8Type] = {"s8", INT8_MIN, INT8_MAX},
	[U8Type] = {"u8", 0, UINT8_MAX},
	[S16Type] = {"s16", INT16_MIN, INT16_MAX},
	[U16Type] = {"u16", 0, UINT16_MAX},
	[S32Type] = {"s32", INT32_MIN, INT32_MAX},
	[U32Type] = {"u32", 0, UINT32_MAX},
	[S64Type] = {"s64", INT64_MIN, INT64_MAX},
	[U64Type] = {"u64", 0, UINT64_MAX},
};

/* A JSON integer or a decimal string, as a number without bounds. */
static num
whole_number(struct json_object *o, const char *type)
{
	if (json_object_is_type(o, json_type_int)) {
		int64_t i = json_object_get_int64(o);
		return i < 0 ? (num)i : (num)json_object_get_uint64(o);
	}
	if (!json_object_is_type(o, json_type_string))
		unfit(o, type);
	const char *text = json_object_get_string(o);
	bool minus = *text == '-';
	char *end;
	errno = 0;
	uint64_t v = strtoull(text + minus, &end, 10);
	if (errno || *end || text[minus] < '0' || text[minus] > '9')
		unfit(o, type);
	return minus ? -(num)v : (num)v;
}

static num
int_in(struct json_object *o, const struct int_range *r)
{
	num v = whole_number(o, r->name);
	if (v < r->least || v > (num)r->most)
		unfit(o, r->name);
	return v;
}

static struct json_object *
int_out(num v, const struct int_range *r)
{
	char text[24];
	if (r->most <= UINT32_MAX)
		return json_object_new_int64((int64_t)v);
	if (v < 0)
		snprintf(text, sizeof text, "%" PRId64, (int64_t)v);
	else
		snprintf(text, sizeof text, "%" PRIu64, (uint64_t)v);
	return json_object_new_string(text);
}

/* ---- floats: bits to and from numbers, "inf", "-inf" and "nan:0x7fc00000" ---- */

static uint64_t
bits_of(double d, bool is_32)
{
	uint64_t bits = 0;
	float f = (float)d;
	if (is_32)
		memcpy(&bits, &f, sizeof f);
	else
		memcpy(&bits, &d, sizeof d);
	return bits;
}

static double
double_of(uint64_t bits, bool is_32)
{
	double d;
	float f;
	if (!is_32) {
		memcpy(&d, &bits, sizeof d);
		return d;
	}
	memcpy(&f, &bits, sizeof f);
	return (double)f;
}

static uint64_t
finite_in(struct json_object *o, bool is_32)
{
	uint64_t bits = bits_of(json_object_get_double(o), is_32);
	if (!isfinite(double_of(bits, is_32)))
		unfit(o, is_32 ? "f32" : "f64");
	return bits;
}

static uint64_t
float_in(struct json_object *o, bool is_32)
{
	const char *type = is_32 ? "f32" : "f64", *text = json_object_get_string(o);
	if (json_object_is_type(o, json_type_int) || json_object_is_type(o, json_type_double))
		return finite_in(o, is_32);
	if (!json_object_is_type(o, json_type_string))
		unfit(o, type);
	if (!strcmp(text, "inf") || !strcmp(text, "-inf"))
		return bits_of(*text == '-' ? -INFINITY : INFINITY, is_32);
	char *end;
	uint64_t bits = strncmp(text, "nan:0x", 6) ? 0 : strtoull(text + 6, &end, 16);
	bool is_nan = is_32 ? bits <= UINT32_MAX && math_isnan32(bits) : math_isnan64(bits);
	if (!is_nan || *end)
		unfit(o, type);
	return bits;
}

static struct json_object *
float_out(uint64_t bits, bool is_32)
{
	char text[40];
	double d = double_of(bits, is_32);
	if (isnan(d)) {
		snprintf(text, sizeof text, "nan:0x%" PRIx64, bits);
		return json_object_new_string(text);
	}
	if (isinf(d))
		return json_object_new_string(d < 0 ? "-inf" : "inf");
	snprintf(text, sizeof text, "%.*g", is_32 ? 9 : 17, d);
	if (!strpbrk(text, ".e"))
		strncat(text, ".0", sizeof text - strlen(text) - 1);
	return json_object_new_double_s(d, text);
}

/* ---- characters and strings ---- */

static uint32_t
char_in(struct json_object *o)
{
	uint32_t c;
	const char *text = json_object_get_string(o);
	size_t n = json_object_is_type(o, json_type_string) ? (size_t)json_object_get_string_len(o)
							    : 0;
	if (!n || utf8_decode(text, n, &c) != (int)n)
		unfit(o, "char");
	return c;
}

static struct json_object *
string_out(const String *s)
{
	struct strbuf out = {.arena = heap()};
	char utf8_text[4];
	for (uint32_t i = 0; i < s->len; i++)
		strbuf_add(&out, utf8_text, (size_t)utf8_encode(String_at(s, i), utf8_text));
	return json_object_new_string_len(out.len ? out.ptr : "", (int)out.len);
}

/* The hints that the definitions keep with a string: in which encoding it was, and how long. */
static void
add_hints(const struct abi_context *c, String *s, size_t bytes, struct json_object *o)
{
	num units = 0;
	for (uint32_t i = 0; i < s->len; i++) {
		units += s->s[i] >= 0x10000 ? 2 : 1;
		if (c->source == latin1 && s->s[i] >= 0x100)
			unfit(o, "string in Latin-1");
	}
	s->encoding = c->source == latin1 ? latin1_utf16 : c->source;
	s->tagged_code_units = c->source == utf8           ? (num)bytes
			       : c->source == latin1_utf16 ? units | c->utf16_tag
							   : units;
}

static String *
string_in(const struct abi_context *c, struct json_object *o)
{
	if (!json_object_is_type(o, json_type_string))
		unfit(o, "string");
	const char *text = json_object_get_string(o);
	size_t n = (size_t)json_object_get_string_len(o);
	uint32_t *code_points = arena_array_of(heap(), n, uint32_t);
	String *s = NEW(String);
	for (size_t at = 0; at < n;) {
		int len = utf8_decode(text + at, n - at, &code_points[s->len++]);
		if (!len)
			unfit(o, "string");
		at += (size_t)len;
	}
	s->s = code_points;
	add_hints(c, s, n, o);
	return s;
}

/* ---- handles ---- */

/* A stream, future or error context is named by its index in the table of the request. */
static void *
shared_in(const struct abi_context *c, struct json_object *o, Class cls, const char *type)
{
	uint64_t i = abi_number(o, type, UINT32_MAX);
	void *found = i < c->shared->array.len ? c->shared->array.data[i] : NULL;
	if (!found || !isinstance(found, cls))
		unfit(o, type);
	return found;
}

static struct json_object *
shared_out(const struct abi_context *c, const void *shared)
{
	for (uint32_t i = 0; i < c->shared->array.len; i++)
		if (c->shared->array.data[i] == shared)
			return json_object_new_int64(i);
	internal_error("a value that the request does not hold was lifted");
}

/* ---- compound types ---- */

static struct json_object *
array_in(struct json_object *o, size_t n, const char *type)
{
	if (!json_object_is_type(o, json_type_array) ||
		(n != SIZE_MAX && json_object_array_length(o) != n))
		unfit(o, type);
	return o;
}

static Value
list_in(const struct abi_context *c, struct json_object *o, ValType *t)
{
	Value v = {.list = {0}};
	array_in(o, t->l ? *t->l : SIZE_MAX, "list");
	for (size_t i = 0; i < json_object_array_length(o); i++) {
		Value elem = abi_value_in(c, json_object_array_get_idx(o, i), t->t);
		append(&v.list, elem);
	}
	return v;
}

static Value
pairs_in(const struct abi_context *c, struct json_object *o, const ValType *t)
{
	Value v = {.list = {0}};
	array_in(o, SIZE_MAX, "map");
	for (size_t i = 0; i < json_object_array_length(o); i++) {
		struct json_object *pair =
			array_in(json_object_array_get_idx(o, i), 2, "pair of a map");
		Value entry = {.list = {0}};
		append(&entry.list, abi_value_in(c, json_object_array_get_idx(pair, 0), t->k));
		append(&entry.list, abi_value_in(c, json_object_array_get_idx(pair, 1), t->v));
		append(&v.list, entry);
	}
	return v;
}

static Value
record_in(const struct abi_context *c, struct json_object *o, const ValType *t)
{
	Value v = {.list = {0}};
	if (!json_object_is_type(o, json_type_object) ||
		(uint32_t)json_object_object_length(o) != t->fields.len)
		unfit(o, "record");
	for (uint32_t i = 0; i < t->fields.len; i++) {
		struct json_object *field;
		if (!json_object_object_get_ex(o, t->fields.data[i].label, &field))
			unfit(o, "record");
		append(&v.list, abi_value_in(c, field, t->fields.data[i].t));
	}
	return v;
}

static Value
tuple_in(const struct abi_context *c, struct json_object *o, const ValType *t)
{
	Value v = {.list = {0}};
	array_in(o, t->ts.len, "tuple");
	for (uint32_t i = 0; i < t->ts.len; i++)
		append(&v.list, abi_value_in(c, json_object_array_get_idx(o, i), t->ts.data[i]));
	return v;
}

/* {"label": payload}, of a type that was despecialized to a variant. */
static Value
variant_in(const struct abi_context *c, struct json_object *o, const ValType *t)
{
	if (!json_object_is_type(o, json_type_object) || json_object_object_length(o) != 1)
		unfit(o, "variant");
	for (uint32_t i = 0; i < t->cases.len; i++) {
		struct json_object *payload;
		if (!json_object_object_get_ex(o, t->cases.data[i].label, &payload))
			continue;
		Value v = {.variant = {NULL, i}};
		if (!t->cases.data[i].t != !payload)
			unfit(o, "variant");
		if (payload) {
			v.variant.v = NEW(Value);
			*v.variant.v = abi_value_in(c, payload, t->cases.data[i].t);
		}
		return v;
	}
	unfit(o, "variant");
}

static uint32_t
label_in(struct json_object *o, Labels labels, const char *type)
{
	for (uint32_t i = 0; json_object_is_type(o, json_type_string) && i < labels.len; i++)
		if (!strcmp(json_object_get_string(o), labels.data[i]))
			return i;
	unfit(o, type);
}

static uint32_t
flags_in(struct json_object *o, const ValType *t)
{
	uint32_t flags = 0;
	array_in(o, SIZE_MAX, "flags");
	for (size_t i = 0; i < json_object_array_length(o); i++)
		flags |= UINT32_C(1)
			 << label_in(json_object_array_get_idx(o, i), t->labels, "flags");
	return flags;
}

Value
abi_value_in(const struct abi_context *c, struct json_object *o, ValType *t)
{
	need_stack(NO_LOC, "values");
	switch (t->kind) {
	case BoolType:
		if (!json_object_is_type(o, json_type_boolean))
			unfit(o, "bool");
		return (Value){.b = json_object_get_boolean(o)};
	case S8Type:
	case U8Type:
	case S16Type:
	case U16Type:
	case S32Type:
	case U32Type:
	case S64Type:
	case U64Type: return (Value){.i = int_in(o, &ranges[t->kind])};
	case F32Type: return (Value){.f = float_in(o, true)};
	case F64Type: return (Value){.f = float_in(o, false)};
	case CharType: return (Value){.c = char_in(o)};
	case StringType: return (Value){.s = string_in(c, o)};
	case ErrorContextType:
		return (Value){.shared = shared_in(c, o, ErrorContext_class, "error-context")};
	case ListType: return list_in(c, o, t);
	case MapType: return pairs_in(c, o, t);
	case RecordType: return record_in(c, o, t);
	case TupleType: return tuple_in(c, o, t);
	case EnumType: return (Value){.variant = {NULL, label_in(o, t->labels, "enum")}};
	case VariantType:
	case OptionType:
	case ResultType: return variant_in(c, o, despecialize(t));
	case FlagsType: return (Value){.flags = flags_in(o, t)};
	case OwnType:
	case BorrowType: return (Value){.rep = (uint32_t)abi_number(o, "handle", UINT32_MAX)};
	case StreamType:
		return (Value){.shared = shared_in(c, o, SharedStreamImpl_class, "stream")};
	case FutureType:
		return (Value){.shared = shared_in(c, o, SharedFutureImpl_class, "future")};
	}
	internal_error("no such type");
}

/* ---- and out ---- */

static struct json_object *
list_out(const struct abi_context *c, Values vs, ValType *t)
{
	struct json_object *o = json_object_new_array();
	for (uint32_t i = 0; i < vs.len; i++) {
		Value v = Values_at(&vs, i, t);
		json_object_array_add(o, abi_value_out(c, &v, t));
	}
	return o;
}

static struct json_object *
pairs_out(const struct abi_context *c, Values vs, const ValType *t)
{
	struct json_object *o = json_object_new_array();
	for (uint32_t i = 0; i < vs.len; i++) {
		struct json_object *pair = json_object_new_array();
		json_object_array_add(pair, abi_value_out(c, &vs.data[i].list.data[0], t->k));
		json_object_array_add(pair, abi_value_out(c, &vs.data[i].list.data[1], t->v));
		json_object_array_add(o, pair);
	}
	return o;
}

static struct json_object *
record_out(const struct abi_context *c, Values vs, const ValType *t)
{
	struct json_object *o = json_object_new_object();
	for (uint32_t i = 0; i < t->fields.len; i++)
		json_object_object_add(o, t->fields.data[i].label,
			abi_value_out(c, &vs.data[i], t->fields.data[i].t));
	return o;
}

static struct json_object *
tuple_out(const struct abi_context *c, Values vs, const ValType *t)
{
	struct json_object *o = json_object_new_array();
	for (uint32_t i = 0; i < t->ts.len; i++)
		json_object_array_add(o, abi_value_out(c, &vs.data[i], t->ts.data[i]));
	return o;
}

static struct json_object *
variant_out(const struct abi_context *c, const Value *v, const ValType *t)
{
	struct json_object *o = json_object_new_object();
	const CaseType *which = &t->cases.data[v->variant.case_index];
	json_object_object_add(
		o, which->label, which->t ? abi_value_out(c, v->variant.v, which->t) : NULL);
	return o;
}

static struct json_object *
flags_out(uint32_t flags, const ValType *t)
{
	struct json_object *o = json_object_new_array();
	for (uint32_t i = 0; i < t->labels.len; i++)
		if (flags >> i & 1)
			json_object_array_add(o, json_object_new_string(t->labels.data[i]));
	return o;
}

static struct json_object *
char_out(uint32_t scalar)
{
	char text[4];
	return json_object_new_string_len(text, utf8_encode(scalar, text));
}

struct json_object *
abi_value_out(const struct abi_context *c, const Value *v, ValType *t)
{
	need_stack(NO_LOC, "values");
	switch (t->kind) {
	case BoolType: return json_object_new_boolean(v->b);
	case S8Type:
	case U8Type:
	case S16Type:
	case U16Type:
	case S32Type:
	case U32Type:
	case S64Type:
	case U64Type: return int_out(v->i, &ranges[t->kind]);
	case F32Type: return float_out(v->f, true);
	case F64Type: return float_out(v->f, false);
	case CharType: return char_out(v->c);
	case StringType: return string_out(v->s);
	case ListType: return list_out(c, v->list, t->t);
	case MapType: return pairs_out(c, v->list, t);
	case RecordType: return record_out(c, v->list, t);
	case TupleType: return tuple_out(c, v->list, t);
	case EnumType: return json_object_new_string(t->labels.data[v->variant.case_index]);
	case VariantType:
	case OptionType:
	case ResultType: return variant_out(c, v, despecialize(t));
	case FlagsType: return flags_out(v->flags, t);
	case OwnType:
	case BorrowType: return json_object_new_int64(v->rep);
	case ErrorContextType:
	case StreamType:
	case FutureType: return shared_out(c, v->shared);
	}
	internal_error("no such type");
}

/* ---- core values ---- */

const char *
abi_core_name(CoreType t)
{
	static const char *const names[] = {
		[i32] = "i32", [i64] = "i64", [f32] = "f32", [f64] = "f64"};
	return names[t];
}

CoreValue
abi_core_in(struct json_object *o, CoreType t)
{
	struct json_object *bare = o;
	if (json_object_is_type(o, json_type_object) &&
		!json_object_object_get_ex(o, abi_core_name(t), &bare))
		unfit(o, abi_core_name(t));
	switch (t) {
	case i32: return (CoreValue){i32, (uint64_t)int_in(bare, &ranges[U32Type])};
	case i64: return (CoreValue){i64, (uint64_t)int_in(bare, &ranges[U64Type])};
	case f32: return (CoreValue){f32, float_in(bare, true)};
	case f64: return (CoreValue){f64, float_in(bare, false)};
	}
	internal_error("no such core type");
}

struct json_object *
abi_core_out(CoreValue v)
{
	struct json_object *o = json_object_new_object(), *bare = NULL;
	switch (v.t) {
	case i32: bare = int_out((num)v.bits, &ranges[U32Type]); break;
	case i64: bare = int_out((num)v.bits, &ranges[U64Type]); break;
	case f32: bare = float_out(v.bits, true); break;
	case f64: bare = float_out(v.bits, false); break;
	}
	json_object_object_add(o, abi_core_name(v.t), bare);
	return o;
}
