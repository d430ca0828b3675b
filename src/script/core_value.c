/* core_value.c - see core_value.h. */
#include "script/core_value.h"

#include "base/error.h"
#include "core/gc.h"
#include "core/types.h"
#include "script/vector_value.h"
#include "text/cursor.h"
#include "text/number.h"

NORETURN static void
bad_value(struct loc at, const char *what)
{
	raise_error(ERR_SCRIPT, at, "core-value", "%s", what);
}

static struct cursor
open_value(const struct sexpr *sx)
{
	if (sx->kind != SEXPR_LIST || !sx->len || !is_keyword(&sx->items[0]))
		bad_value(sx->at, "expected a core value in parentheses");
	return cursor_from(sx, 1);
}

static const struct sexpr *
only_number(struct cursor *c)
{
	if (!at_number(c) || !is_last(c))
		bad_value(here(c), "expected one number");
	return take_item(c);
}

static void
need(enum number_result r, struct loc at)
{
	if (r != NUMBER_OK)
		bad_value(at, "the number does not fit its type");
}

static union core_raw
parse_number(struct str keyword, struct cursor *c)
{
	union core_raw v = {.i64 = 0};
	uint32_t half = 0;
	const struct sexpr *sx = only_number(c);
	if (str_is(keyword, "i32.const")) {
		need(number_int(sx->text, 32, &v.i64), sx->at);
	} else if (str_is(keyword, "i64.const")) {
		need(number_int(sx->text, 64, &v.i64), sx->at);
	} else if (str_is(keyword, "f32.const")) {
		need(number_f32(sx->text, &half), sx->at);
		v.i64 = half;
	} else {
		need(number_f64(sx->text, &v.i64), sx->at);
	}
	return v;
}

static bool
is_const_of(struct str keyword, struct core_valtype type)
{
	if (!core_valtype_is_number(type) || type.kind == CORE_KIND_V128)
		return false;
	return keyword.len == 9 && str_starts(keyword, core_valtype_name(type)) &&
	       str_ends(keyword, ".const");
}

/* ---- references ---- */

static union core_raw
external(struct cursor *c)
{
	const struct sexpr *sx = only_number(c);
	uint64_t n;
	need(number_unsigned(sx->text, 32, &n), sx->at);
	return core_ref_external((uint32_t)n);
}

/* The hierarchies of reference types, by the type above all others. */
static bool
is_ref(const struct core_types *ts, struct core_valtype type, enum core_heap top)
{
	return core_valtype_is_ref(type) && core_types_top(ts, type) == top;
}

/* What stands behind ref.null: nothing, or a heap type of the hierarchy. */
static bool
null_fits(const struct core_types *ts, struct cursor *c, struct core_valtype type)
{
	if (at_end(c))
		return core_valtype_is_ref(type);
	for (int heap = 0; heap < CORE_HEAP_INDEX; heap++) {
		struct core_valtype t = {CORE_KIND_REF, (uint8_t)heap, true, 0};
		if (take_keyword(c, core_heap_name((enum core_heap)heap)))
			return is_ref(ts, type, core_types_top(ts, t));
	}
	bad_value(here(c), "expected an abstract heap type");
}

static void
need_end(const struct cursor *c)
{
	if (!at_end(c))
		bad_value(here(c), "the value ends before this");
}

/* (ref.extern n) is an external reference, (ref.host n) the same as a value of anyref; the older
 * scripts have ref.host for either. */
static bool
is_external(const struct core_types *ts, struct str keyword, struct core_valtype type)
{
	if (str_is(keyword, "ref.host"))
		return is_ref(ts, type, CORE_HEAP_EXTERN) || is_ref(ts, type, CORE_HEAP_ANY);
	return str_is(keyword, "ref.extern") && is_ref(ts, type, CORE_HEAP_EXTERN);
}

/* A reference as an argument; false when it is none of this type. */
static bool
parse_ref(const struct core_types *ts, struct str keyword, struct cursor *c,
	struct core_valtype type, union core_raw *out)
{
	*out = (union core_raw){.ref = NULL};
	if (str_is(keyword, "ref.null") && null_fits(ts, c, type))
		need_end(c);
	else if (is_external(ts, keyword, type))
		*out = external(c);
	else
		return false;
	return core_ref_has_type(ts, *out, type);
}

void
core_value_parse(const struct core_types *ts, const struct sexpr *sx, struct core_valtype type,
	union core_raw *out)
{
	struct cursor c = open_value(sx);
	struct str keyword = sx->items[0].text;
	if (is_const_of(keyword, type))
		*out = parse_number(keyword, &c);
	else if (type.kind == CORE_KIND_V128 && str_is(keyword, "v128.const"))
		vector_value_parse(&c, out);
	else if (!parse_ref(ts, keyword, &c, type, out))
		raise_error(ERR_SCRIPT, sx->at, "core-value", STR_FMT " is no argument of type %s",
			STR_ARG(keyword), core_valtype_name(type));
}

/* ---- patterns ---- */

static bool
float_matches(struct str keyword, struct cursor *c, union core_raw v)
{
	bool wide = str_is(keyword, "f64.const"), matches;
	uint64_t bits = wide ? v.i64 : v.i32;
	if (take_nan_pattern(c, wide, bits, &matches)) {
		need_end(c);
		return matches;
	}
	return bits == parse_number(keyword, c).i64;
}

static bool
either_matches(const struct core_types *ts, struct cursor *c, struct core_valtype type,
	const union core_raw *v)
{
	while (!at_end(c)) {
		if (core_value_matches(ts, take_item(c), type, v))
			return true;
	}
	return false;
}

static bool
number_matches(struct str keyword, struct cursor *c, struct core_valtype type, union core_raw v)
{
	if (!is_const_of(keyword, type))
		return false;
	if (type.kind == CORE_KIND_I32)
		return (uint32_t)parse_number(keyword, c).i64 == v.i32;
	if (type.kind == CORE_KIND_I64)
		return parse_number(keyword, c).i64 == v.i64;
	return float_matches(keyword, c, v);
}

/* (ref.func), (ref.any), (ref.i31), ...: some reference of this type that is not null. */
static bool
heap_of_pattern(struct str keyword, struct core_valtype *out)
{
	*out = (struct core_valtype){.kind = CORE_KIND_REF};
	for (int heap = 0; heap < CORE_HEAP_NONE; heap++) {
		const char *name = core_heap_name((enum core_heap)heap);
		out->heap = (uint8_t)heap;
		if (str_starts(keyword, "ref.") && keyword.len == strlen(name) + 4 &&
			str_ends(keyword, name))
			return true;
	}
	return false;
}

static bool
ref_matches(const struct core_types *ts, struct str keyword, struct cursor *c,
	struct core_valtype type, union core_raw v)
{
	struct core_valtype want;
	if (str_is(keyword, "ref.null"))
		return null_fits(ts, c, type) && !v.ref;
	if (!at_end(c) && is_external(ts, keyword, type))
		return external(c).i64 == v.i64;
	if (str_is(keyword, "ref.host"))
		return v.ref && core_ref_kind(v) == CORE_REF_EXTERNAL;
	return heap_of_pattern(keyword, &want) && v.ref && core_valtype_is_ref(type) &&
	       core_types_top(ts, want) == core_types_top(ts, type) &&
	       core_ref_has_type(ts, v, want);
}

bool
core_value_matches(const struct core_types *ts, const struct sexpr *pattern,
	struct core_valtype type, const union core_raw *value)
{
	union core_raw v = *value;
	struct cursor c = open_value(pattern);
	struct str keyword = pattern->items[0].text;
	struct core_valtype heap;
	bool matches;
	if (str_is(keyword, "either"))
		return either_matches(ts, &c, type, value);
	if (str_is(keyword, "i32.const") || str_is(keyword, "i64.const") ||
		str_is(keyword, "f32.const") || str_is(keyword, "f64.const"))
		return number_matches(keyword, &c, type, v);
	if (str_is(keyword, "v128.const"))
		return type.kind == CORE_KIND_V128 && vector_value_matches(&c, value);
	if (!str_is(keyword, "ref.null") && !str_is(keyword, "ref.host") &&
		!heap_of_pattern(keyword, &heap))
		raise_error(ERR_SCRIPT, pattern->at, "core-value",
			STR_FMT " is no pattern of a core value", STR_ARG(keyword));
	matches = ref_matches(ts, keyword, &c, type, v);
	need_end(&c);
	return matches;
}

static double
double_of(uint64_t bits)
{
	double d;
	memcpy(&d, &bits, sizeof d);
	return d;
}

static float
float_of(uint32_t bits)
{
	float f;
	memcpy(&f, &bits, sizeof f);
	return f;
}

static void
print_ref(
	struct strbuf *out, const struct core_types *ts, struct core_valtype type, union core_raw v)
{
	enum core_heap top = core_types_top(ts, type);
	if (!v.ref)
		strbuf_printf(out, "(ref.null %s)", core_heap_name(top));
	else if (top != CORE_HEAP_ANY && top != CORE_HEAP_EXTERN)
		strbuf_printf(out, "(ref.%s)", core_heap_name(top));
	else if (top == CORE_HEAP_ANY && core_ref_kind(v) == CORE_REF_I31)
		strbuf_printf(out, "(ref.i31 (;%u;))", core_ref_i31_value(v));
	else if (core_ref_kind(v) == CORE_REF_EXTERNAL)
		strbuf_printf(out, "(ref.%s %u)", top == CORE_HEAP_ANY ? "host" : "extern",
			core_ref_external_number(v));
	else if (top == CORE_HEAP_EXTERN)
		strbuf_printf(out, "(ref.extern (;of another kind;))");
	else
		strbuf_printf(out, "(ref.%s)",
			core_types_at(ts, ((const struct core_object *)v.ref)->type_id)->kind ==
					CORE_COMP_ARRAY
				? "array"
				: "struct");
}

void
core_value_print(struct strbuf *out, const struct core_types *ts, struct core_valtype type,
	const union core_raw *value)
{
	union core_raw v = *value;
	switch (type.kind) {
	case CORE_KIND_I32: strbuf_printf(out, "(i32.const %d)", (int32_t)v.i32); break;
	case CORE_KIND_I64:
		strbuf_printf(out, "(i64.const %lld)", (long long)(int64_t)v.i64);
		break;
	case CORE_KIND_F32:
		strbuf_printf(out, "(f32.const %.9g (;0x%08x;))", (double)float_of(v.i32), v.i32);
		break;
	case CORE_KIND_F64:
		strbuf_printf(out, "(f64.const %.17g (;0x%016llx;))", double_of(v.i64),
			(unsigned long long)v.i64);
		break;
	case CORE_KIND_V128: vector_value_print(out, value); break;
	default: print_ref(out, ts, type, v);
	}
}
