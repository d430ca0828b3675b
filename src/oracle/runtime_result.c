/* runtime_result.c - see runtime_result.h. */
#include "oracle/runtime_result.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/fiber.h"
#include "base/utf8.h"
#include "oracle/runtime_value.h"
#include "script/core_value.h"
#include "script/json.h"

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
		if (json_has_text(o, name_at(labels, i)))
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
	return runtime_named_type(json_object_get_string(type), &out->kind) &&
	       read_named(a, o, out);
}

bool
runtime_value_read(struct arena *a, struct json_object *type, struct json_object *value,
	struct link_value *out)
{
	*out = (struct link_value){0};
	return read_value(a, type, value, out);
}

static bool
read_vector(struct json_object *o, union core_raw out[2])
{
	struct link_value lane = {0};
	uint32_t lanes[4];
	if (!json_object_is_type(o, json_type_array) || json_object_array_length(o) != 4)
		return false;
	for (size_t k = 0; k < 4; k++) {
		if (!read_integer(json_object_array_get_idx(o, k), LV_U32, &lane))
			return false;
		lanes[k] = (uint32_t)lane.bits;
	}
	memcpy(out, lanes, sizeof lanes);
	return true;
}

/* The kind of value that a name stands for; CORE_KIND_NONE for a reference. */
static enum core_kind
kind_of(const char *name)
{
	int kind = CORE_KIND_V128;
	while (kind &&
		strcmp(name, core_valtype_name((struct core_valtype){.kind = (uint8_t)kind})))
		kind--;
	return (enum core_kind)kind;
}

bool
runtime_core_value_read(struct strbuf *out, struct json_object *type, struct json_object *value)
{
	struct core_valtype t = {.kind = (uint8_t)kind_of(json_object_get_string(type))};
	union core_raw raw[2] = {{.i64 = 0}};
	struct link_value v = {0};
	bool good = false;
	switch (t.kind) {
	case CORE_KIND_I32: good = read_integer(value, LV_S32, &v); break;
	case CORE_KIND_I64: good = read_wide(value, true, &v); break;
	case CORE_KIND_F32: good = read_float(value, true, &v); break;
	case CORE_KIND_F64: good = read_float(value, false, &v); break;
	case CORE_KIND_V128: good = read_vector(value, raw); break;
	}
	bool narrow = t.kind == CORE_KIND_I32 || t.kind == CORE_KIND_F32;
	if (t.kind != CORE_KIND_V128)
		raw[0].i64 = narrow ? (uint32_t)v.bits : v.bits;
	if (good)
		core_value_print(out, NULL, t, raw);
	return good;
}
