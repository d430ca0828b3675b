/* value.c - comparing and printing component values. The printed form is the one in which
 * scripts write values, so that a report can be pasted into a script; handles and maps have
 * none there, and get one of ours. */
#include "link/value.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "base/fiber.h"

static bool
has_flag(const struct link_value *v, struct str label)
{
	for (uint32_t i = 0; i < v->nitems; i++)
		if (str_eq(v->items[i].text, label))
			return true;
	return false;
}

static bool
flags_within(const struct link_value *a, const struct link_value *b)
{
	for (uint32_t i = 0; i < a->nitems; i++)
		if (!has_flag(b, a->items[i].text))
			return false;
	return true;
}

static bool
items_equal(const struct link_value *a, const struct link_value *b)
{
	if (a->nitems != b->nitems)
		return false;
	for (uint32_t i = 0; i < a->nitems; i++)
		if (!str_eq(a->items[i].label, b->items[i].label) ||
			!link_value_equal(&a->items[i], &b->items[i]))
			return false;
	return true;
}

bool
link_value_equal(const struct link_value *a, const struct link_value *b)
{
	need_stack(NO_LOC, "values");
	if (a->kind != b->kind)
		return false;
	switch (a->kind) {
	case LV_STRING:
	case LV_ENUM: return str_eq(a->text, b->text);
	case LV_LIST:
	case LV_TUPLE:
	case LV_RECORD:
	case LV_OPTION:
	case LV_MAP: return items_equal(a, b);
	case LV_VARIANT: return str_eq(a->text, b->text) && items_equal(a, b);
	case LV_RESULT: return a->bits == b->bits && items_equal(a, b);
	case LV_FLAGS: return flags_within(a, b) && flags_within(b, a);
	case LV_HANDLE: return false;
	default: return a->bits == b->bits;
	}
}

static void
print_quoted(struct strbuf *out, struct str s)
{
	strbuf_addc(out, '"');
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		if (c == '"' || c == '\\')
			strbuf_printf(out, "\\%c", c);
		else if (c < 0x20 || c == 0x7f)
			strbuf_printf(out, "\\%02x", c);
		else
			strbuf_addc(out, (char)c);
	}
	strbuf_addc(out, '"');
}

/* A float of `bits` bits, of which `fraction` are the fraction. */
static void
print_float(struct strbuf *out, uint64_t pattern, int bits, int fraction, double value)
{
	const char *sign = pattern >> (bits - 1) ? "-" : "";
	if (isnan(value))
		strbuf_printf(
			out, "%snan:0x%" PRIx64, sign, pattern & (((uint64_t)1 << fraction) - 1));
	else if (isinf(value))
		strbuf_printf(out, "%sinf", sign);
	else
		strbuf_printf(out, bits == 32 ? "%.9g" : "%.17g", value);
}

static void
print_f32(struct strbuf *out, uint64_t pattern)
{
	uint32_t low = (uint32_t)pattern;
	float f;
	memcpy(&f, &low, sizeof f);
	print_float(out, low, 32, 23, (double)f);
}

static void
print_f64(struct strbuf *out, uint64_t pattern)
{
	double d;
	memcpy(&d, &pattern, sizeof d);
	print_float(out, pattern, 64, 52, d);
}

static void
print_char(struct strbuf *out, uint64_t scalar)
{
	if (scalar > 0x20 && scalar < 0x7f && scalar != '"' && scalar != '\\')
		strbuf_printf(out, "\"%c\"", (int)scalar);
	else
		strbuf_printf(out, "\"\\u{%" PRIx64 "}\"", scalar);
}

/* After each item's opening text its items follow, if it has any. */
static void
print_head(struct strbuf *out, const struct link_value *v)
{
	static const char *const heads[] = {
		[LV_BOOL] = "bool.const",
		[LV_S8] = "s8.const",
		[LV_U8] = "u8.const",
		[LV_S16] = "s16.const",
		[LV_U16] = "u16.const",
		[LV_S32] = "s32.const",
		[LV_U32] = "u32.const",
		[LV_S64] = "s64.const",
		[LV_U64] = "u64.const",
		[LV_F32] = "f32.const",
		[LV_F64] = "f64.const",
		[LV_CHAR] = "char.const",
		[LV_STRING] = "str.const",
		[LV_LIST] = "list.const",
		[LV_TUPLE] = "tuple.const",
		[LV_RECORD] = "record.const",
		[LV_VARIANT] = "variant.const",
		[LV_ENUM] = "enum.const",
		[LV_FLAGS] = "flags.const",
		[LV_MAP] = "map.const",
		[LV_HANDLE] = "handle",
	};
	if (v->kind == LV_OPTION)
		strbuf_adds(out, v->nitems ? "option.some" : "option.none");
	else if (v->kind == LV_RESULT)
		strbuf_adds(out, v->bits ? "result.err" : "result.ok");
	else
		strbuf_adds(out, heads[v->kind]);
}

static void
print_scalar(struct strbuf *out, const struct link_value *v)
{
	switch (v->kind) {
	case LV_BOOL: strbuf_adds(out, v->bits ? " true" : " false"); break;
	case LV_S8:
	case LV_S16:
	case LV_S32:
	case LV_S64: strbuf_printf(out, " %" PRId64, (int64_t)v->bits); break;
	case LV_U8:
	case LV_U16:
	case LV_U32:
	case LV_U64: strbuf_printf(out, " %" PRIu64, v->bits); break;
	case LV_HANDLE:
		if (v->text.len)
			strbuf_printf(out, " " STR_FMT, STR_ARG(v->text));
		else
			strbuf_printf(out, " %" PRIu64, v->bits);
		break;
	case LV_F32: strbuf_addc(out, ' '), print_f32(out, v->bits); break;
	case LV_F64: strbuf_addc(out, ' '), print_f64(out, v->bits); break;
	case LV_CHAR: strbuf_addc(out, ' '), print_char(out, v->bits); break;
	case LV_STRING:
	case LV_VARIANT:
	case LV_ENUM: strbuf_addc(out, ' '), print_quoted(out, v->text); break;
	default: break;
	}
}

/* What stands between the parentheses. */
static void
print_body(struct strbuf *out, const struct link_value *v)
{
	need_stack(NO_LOC, "values");
	print_head(out, v);
	print_scalar(out, v);
	for (uint32_t i = 0; i < v->nitems; i++) {
		const struct link_value *item = &v->items[i];
		strbuf_addc(out, ' ');
		if (v->kind == LV_FLAGS) {
			print_quoted(out, item->text);
			continue;
		}
		if (v->kind == LV_RECORD) {
			strbuf_adds(out, "(field ");
			print_quoted(out, item->label);
			strbuf_addc(out, ' ');
		} else {
			strbuf_addc(out, '(');
		}
		print_body(out, item);
		strbuf_addc(out, ')');
	}
}

void
link_value_print(struct strbuf *out, const struct link_value *v)
{
	strbuf_addc(out, '(');
	print_body(out, v);
	strbuf_addc(out, ')');
}
