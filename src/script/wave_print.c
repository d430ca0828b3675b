/* wave_print.c - see wave_print.h. */
#include "script/wave_print.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/fiber.h"
#include "base/utf8.h"
#include "script/wave.h"

/* ---- floats ---- */

enum { DIGITS = 17, FLOAT_TEXT = 32 };

struct decimal {
	char digits[DIGITS + 1];
	int exponent; /* of ten, of the first digit */
};

static double
value_of(const struct decimal *d, bool narrow)
{
	char text[FLOAT_TEXT];
	snprintf(text, sizeof text, "%c.%se%d", d->digits[0], d->digits + 1, d->exponent);
	return narrow ? (double)strtof(text, NULL) : strtod(text, NULL);
}

/* One more in the last digit. */
static void
round_up(struct decimal *d)
{
	size_t i = strlen(d->digits);
	while (i-- > 0) {
		if (d->digits[i]++ < '9')
			return;
		d->digits[i] = '0';
	}
	d->digits[0] = '1';
	d->exponent++;
}

/* The fewest digits that are read as this value, a positive one. With fewer digits than needed the
 * nearest decimal may miss it from below and the next one hit it, since the gap to the float below a power of two is
 * half as wide. */
static struct decimal
shortest(double value, bool narrow)
{
	struct decimal d = {{0}, 0};
	for (int n = 1; n <= DIGITS; n++) {
		char text[FLOAT_TEXT];
		snprintf(text, sizeof text, "%.*e", n - 1, value);
		d.digits[0] = text[0];
		memcpy(d.digits + 1, text + 2, (size_t)n - 1);
		d.digits[n] = 0;
		d.exponent = (int)strtol(strchr(text, 'e') + 1, NULL, 10);
		if (value_of(&d, narrow) == value)
			break;
		struct decimal above = d;
		round_up(&above);
		if (value_of(&above, narrow) == value)
			return above;
	}
	return d;
}

static void
print_decimal(struct strbuf *out, const struct decimal *d)
{
	int n = (int)strlen(d->digits), point = d->exponent + 1;
	if (point <= 0)
		strbuf_adds(out, "0.");
	for (int i = point; i < 0; i++)
		strbuf_addc(out, '0');
	for (int i = 0; i < n; i++) {
		if (i && i == point)
			strbuf_addc(out, '.');
		strbuf_addc(out, d->digits[i]);
	}
	for (int i = n; i < point; i++)
		strbuf_addc(out, '0');
}

static void
print_float(struct strbuf *out, double value, bool narrow)
{
	if (isnan(value)) {
		strbuf_adds(out, "nan");
		return;
	}
	if (signbit(value))
		strbuf_addc(out, '-');
	value = fabs(value);
	struct decimal d = {"0", 0};
	if (isinf(value)) {
		strbuf_adds(out, "inf");
		return;
	}
	if (value != 0)
		d = shortest(value, narrow);
	print_decimal(out, &d);
}

static void
print_f32(struct strbuf *out, uint64_t bits)
{
	uint32_t low = (uint32_t)bits;
	float f;
	memcpy(&f, &low, sizeof f);
	print_float(out, (double)f, true);
}

static void
print_f64(struct strbuf *out, uint64_t bits)
{
	double d;
	memcpy(&d, &bits, sizeof d);
	print_float(out, d, false);
}

/* ---- characters ---- */

/* Control characters, and those that say nothing when they stand alone: joined to the one before,
 * without a width or a form, or for private use. */
static bool
is_invisible(uint32_t c)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {{0, 0x1f}, {0x7f, 0xa0}, {0xad, 0xad}, {0x300, 0x36f}, {0x600, 0x605},
		{0x61c, 0x61c}, {0x6dd, 0x6dd}, {0x70f, 0x70f}, {0x890, 0x891}, {0x8e2, 0x8e2},
		{0x1680, 0x1680}, {0x180b, 0x180f}, {0x2000, 0x200f}, {0x2028, 0x202f},
		{0x205f, 0x206f}, {0x3000, 0x3000}, {0xe000, 0xf8ff}, {0xfe00, 0xfe0f},
		{0xfeff, 0xfeff}, {0xfff0, 0xfffb}, {0x110bd, 0x110bd}, {0x110cd, 0x110cd},
		{0x13430, 0x1343f}, {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a}, {0xe0000, 0x10ffff}};
	for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
		if (c >= ranges[i].first && c <= ranges[i].last)
			return true;
	return false;
}

static void
print_char(struct strbuf *out, uint32_t c)
{
	static const char values[] = "'\"\\\t\n\r", names[] = "'\"\\tnr";
	const char *value = c && c < 0x80 ? strchr(values, (int)c) : NULL;
	char bytes[4];
	if (value)
		strbuf_printf(out, "\\%c", names[value - values]);
	else if (is_invisible(c))
		strbuf_printf(out, "\\u{%" PRIx32 "}", c);
	else
		strbuf_add(out, bytes, (size_t)utf8_encode(c, bytes));
}

static void
print_string(struct strbuf *out, struct str s)
{
	strbuf_addc(out, '"');
	for (size_t i = 0; i < s.len;) {
		uint32_t c = 0xfffd;
		int n = utf8_decode(s.ptr + i, s.len - i, &c);
		print_char(out, c);
		i += n ? (size_t)n : 1;
	}
	strbuf_addc(out, '"');
}

static bool
is_plain_name(struct str name)
{
	for (size_t i = 0; i < name.len;) {
		uint32_t c = 0;
		int n = utf8_decode(name.ptr + i, name.len - i, &c);
		if (!n || is_invisible(c) || c == ' ' || c == '(' || c == '"')
			return false;
		i += (size_t)n;
	}
	return name.len && !str_starts(name, "//");
}

void
wave_print_name(struct strbuf *out, struct str name)
{
	if (is_plain_name(name))
		strbuf_add(out, name.ptr, name.len);
	else
		print_string(out, name);
}

/* ---- values ---- */

static void
print_label(struct strbuf *out, struct str label)
{
	if (wave_is_keyword(label))
		strbuf_addc(out, '%');
	strbuf_add(out, label.ptr, label.len);
}

static void
print_payload(struct strbuf *out, const struct link_value *v)
{
	if (!v->nitems)
		return;
	strbuf_addc(out, '(');
	wave_print(out, &v->items[0]);
	strbuf_addc(out, ')');
}

static void
print_item(struct strbuf *out, const struct link_value *v, uint32_t i)
{
	const struct link_value *item = &v->items[i];
	if (v->kind == LV_FLAGS) {
		strbuf_add(out, item->text.ptr, item->text.len);
	} else if (v->kind == LV_RECORD) {
		strbuf_printf(out, STR_FMT ": ", STR_ARG(item->label));
		wave_print(out, item);
	} else if (v->kind == LV_MAP) {
		wave_print(out, &item->items[0]);
		strbuf_adds(out, ": ");
		wave_print(out, &item->items[1]);
	} else {
		wave_print(out, item);
	}
}

static void
print_group(struct strbuf *out, const struct link_value *v, const char *brackets)
{
	bool is_empty = true;
	strbuf_addc(out, brackets[0]);
	for (uint32_t i = 0; i < v->nitems; i++) {
		const struct link_value *item = &v->items[i];
		if (v->kind == LV_RECORD && item->kind == LV_OPTION && !item->nitems)
			continue;
		if (!is_empty)
			strbuf_adds(out, ", ");
		print_item(out, v, i);
		is_empty = false;
	}
	if (is_empty && v->kind == LV_RECORD)
		strbuf_addc(out, ':');
	strbuf_addc(out, brackets[1]);
}

static void
print_handle(struct strbuf *out, const struct link_value *v)
{
	if (v->text.len)
		strbuf_printf(out, "<" STR_FMT ">", STR_ARG(v->text));
	else
		strbuf_printf(out, "<resource %" PRIu64 ">", v->bits);
}

void
wave_print(struct strbuf *out, const struct link_value *v)
{
	need_stack(NO_LOC, "values");
	switch (v->kind) {
	case LV_BOOL: strbuf_adds(out, v->bits ? "true" : "false"); break;
	case LV_S8:
	case LV_S16:
	case LV_S32:
	case LV_S64: strbuf_printf(out, "%" PRId64, (int64_t)v->bits); break;
	case LV_U8:
	case LV_U16:
	case LV_U32:
	case LV_U64: strbuf_printf(out, "%" PRIu64, v->bits); break;
	case LV_F32: print_f32(out, v->bits); break;
	case LV_F64: print_f64(out, v->bits); break;
	case LV_CHAR:
		strbuf_addc(out, '\'');
		print_char(out, (uint32_t)v->bits);
		strbuf_addc(out, '\'');
		break;
	case LV_STRING: print_string(out, v->text); break;
	case LV_LIST: print_group(out, v, "[]"); break;
	case LV_TUPLE: print_group(out, v, "()"); break;
	case LV_RECORD:
	case LV_FLAGS:
	case LV_MAP: print_group(out, v, "{}"); break;
	case LV_VARIANT:
	case LV_ENUM:
		print_label(out, v->text);
		print_payload(out, v);
		break;
	case LV_OPTION:
		strbuf_adds(out, v->nitems ? "some" : "none");
		print_payload(out, v);
		break;
	case LV_RESULT:
		strbuf_adds(out, v->bits ? "err" : "ok");
		print_payload(out, v);
		break;
	case LV_HANDLE: print_handle(out, v); break;
	}
}

/* ---- core values ---- */

static void
print_core(struct strbuf *out, struct core_valtype type, union core_raw v)
{
	switch (type.kind) {
	case CORE_KIND_I32: strbuf_printf(out, "%" PRId32, (int32_t)v.i32); break;
	case CORE_KIND_I64: strbuf_printf(out, "%" PRId64, (int64_t)v.i64); break;
	case CORE_KIND_F32: print_f32(out, v.i32); break;
	case CORE_KIND_F64: print_f64(out, v.i64); break;
	default: strbuf_printf(out, v.ref ? "<%s>" : "<null %s>", core_valtype_name(type)); break;
	}
}

void
wave_core_print(struct strbuf *out, const struct core_functype *type, const union core_raw *values)
{
	bool several = type->nresults != 1;
	if (several)
		strbuf_addc(out, '(');
	for (uint32_t i = 0; i < type->nresults; i++) {
		if (i)
			strbuf_adds(out, ", ");
		print_core(out, type->results[i], values[i]);
	}
	if (several)
		strbuf_addc(out, ')');
}
