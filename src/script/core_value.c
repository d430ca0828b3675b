/* core_value.c - see core_value.h. An external reference with number n is the address n + 1, so
 * that none of them is null. */
#include "script/core_value.h"

#include "base/error.h"
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
	if (str_is(sx->items[0].text, "v128.const"))
		raise_error(ERR_UNSUPPORTED, sx->at, "simd", "SIMD is not built yet");
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
	if (!core_valtype_is_number(type))
		return false;
	return keyword.len == 9 && str_starts(keyword, core_valtype_name(type)) &&
	       str_ends(keyword, ".const");
}

static union core_raw
external(struct cursor *c)
{
	const struct sexpr *sx = only_number(c);
	uint64_t n;
	need(number_unsigned(sx->text, 32, &n), sx->at);
	return (union core_raw){.ref = (void *)(uintptr_t)(n + 1)};
}

static bool
is_ref(struct core_valtype type, enum core_heap heap)
{
	return core_valtype_is_ref(type) && type.heap == heap;
}

/* What stands behind ref.null: nothing, or a heap type that fits the type. */
static bool
null_fits(struct cursor *c, struct core_valtype type)
{
	static const struct {
		const char *name;
		enum core_heap heap;
	} heaps[] = {
		{"func", CORE_HEAP_FUNC},
		{"nofunc", CORE_HEAP_FUNC},
		{"extern", CORE_HEAP_EXTERN},
		{"noextern", CORE_HEAP_EXTERN},
	};
	if (at_end(c))
		return core_valtype_is_ref(type);
	for (size_t i = 0; i < sizeof heaps / sizeof *heaps; i++) {
		if (take_keyword(c, heaps[i].name))
			return is_ref(type, heaps[i].heap);
	}
	raise_error(ERR_UNSUPPORTED, here(c), "gc", "this heap type is not built yet");
}

static void
need_end(const struct cursor *c)
{
	if (!at_end(c))
		bad_value(here(c), "the value ends before this");
}

void
core_value_parse(const struct sexpr *sx, struct core_valtype type, union core_raw *out)
{
	struct cursor c = open_value(sx);
	struct str keyword = sx->items[0].text;
	if (is_const_of(keyword, type)) {
		*out = parse_number(keyword, &c);
	} else if (str_is(keyword, "ref.null") && null_fits(&c, type)) {
		need_end(&c);
		*out = (union core_raw){.ref = NULL};
	} else if (is_ref(type, CORE_HEAP_EXTERN) &&
		   (str_is(keyword, "ref.extern") || str_is(keyword, "ref.host"))) {
		*out = external(&c);
	} else {
		raise_error(ERR_SCRIPT, sx->at, "core-value", STR_FMT " is no argument of type %s",
			STR_ARG(keyword), core_valtype_name(type));
	}
}

/* ---- patterns ---- */

static bool
float_matches(struct str keyword, struct cursor *c, union core_raw v)
{
	bool wide = str_is(keyword, "f64.const");
	uint64_t quiet = wide ? UINT64_C(1) << 51 : UINT64_C(1) << 22;
	uint64_t infinity = wide ? UINT64_C(0x7ff) << 52 : UINT64_C(0xff) << 23;
	uint64_t bits = wide ? v.i64 : v.i32;
	uint64_t magnitude = bits & (infinity | (quiet * 2 - 1));
	if (take_keyword(c, "nan:canonical")) {
		need_end(c);
		return magnitude == (infinity | quiet);
	}
	if (take_keyword(c, "nan:arithmetic")) {
		need_end(c);
		return (magnitude & (infinity | quiet)) == (infinity | quiet);
	}
	return bits == parse_number(keyword, c).i64;
}

static bool
any_matches(struct cursor *c, struct core_valtype type, const union core_raw *v)
{
	while (!at_end(c)) {
		if (core_value_matches(take_item(c), type, v))
			return true;
	}
	return false;
}

bool
core_value_matches(
	const struct sexpr *pattern, struct core_valtype type, const union core_raw *value)
{
	union core_raw v = *value;
	struct cursor c = open_value(pattern);
	struct str keyword = pattern->items[0].text;
	if (str_is(keyword, "either"))
		return any_matches(&c, type, value);
	if (str_is(keyword, "i32.const"))
		return is_const_of(keyword, type) &&
		       (uint32_t)parse_number(keyword, &c).i64 == v.i32;
	if (str_is(keyword, "i64.const"))
		return is_const_of(keyword, type) && parse_number(keyword, &c).i64 == v.i64;
	if (str_is(keyword, "f32.const") || str_is(keyword, "f64.const"))
		return is_const_of(keyword, type) && float_matches(keyword, &c, v);
	if (str_is(keyword, "ref.null")) {
		bool fits = null_fits(&c, type);
		need_end(&c);
		return fits && !v.ref;
	}
	if (str_is(keyword, "ref.func")) {
		need_end(&c);
		return is_ref(type, CORE_HEAP_FUNC) && v.ref;
	}
	if (str_is(keyword, "ref.extern") || str_is(keyword, "ref.host"))
		return is_ref(type, CORE_HEAP_EXTERN) && v.ref &&
		       (at_end(&c) || external(&c).ref == v.ref);
	raise_error(ERR_SCRIPT, pattern->at, "core-value", STR_FMT " is no pattern of a core value",
		STR_ARG(keyword));
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

void
core_value_print(struct strbuf *out, struct core_valtype type, const union core_raw *value)
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
	default:
		if (!v.ref)
			strbuf_printf(out, "(ref.null %s)", core_valtype_name(type));
		else if (type.heap == CORE_HEAP_EXTERN)
			strbuf_printf(
				out, "(ref.extern %llu)", (unsigned long long)(uintptr_t)v.ref - 1);
		else
			strbuf_printf(out, "(ref.func)");
		break;
	}
}
