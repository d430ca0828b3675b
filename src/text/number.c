/* number.c - see number.h. The grammar is checked here; strtof and strtod, which round
 * correctly, get the text without its underscores. */
#include "text/number.h"

#include <math.h>
#include <stdlib.h>

struct scan {
	const char *p, *end;
};

static bool
take(struct scan *s, char c)
{
	if (s->p == s->end || *s->p != c)
		return false;
	s->p++;
	return true;
}

static int
digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return 99;
}

/* digit ('_'? digit)* */
static bool
take_digits(struct scan *s, int base)
{
	if (s->p == s->end || digit_value(*s->p) >= base)
		return false;
	while (s->p < s->end) {
		bool gap = *s->p == '_' && s->p + 1 < s->end;
		if (digit_value(s->p[gap]) >= base)
			break;
		s->p += gap + 1;
	}
	return true;
}

static bool
take_sign(struct scan *s)
{
	return take(s, '-') || take(s, '+');
}

static bool
take_hex_prefix(struct scan *s)
{
	if (s->end - s->p < 2 || s->p[0] != '0' || s->p[1] != 'x')
		return false;
	s->p += 2;
	return true;
}

static struct scan
scan_of(struct str s)
{
	return (struct scan){s.ptr, s.ptr + s.len};
}

bool
number_is_integer(struct str text)
{
	struct scan s = scan_of(text);
	take_sign(&s);
	int base = take_hex_prefix(&s) ? 16 : 10;
	return take_digits(&s, base) && s.p == s.end;
}

static bool
is_finite_float(struct scan s)
{
	int base = take_hex_prefix(&s) ? 16 : 10;
	if (!take_digits(&s, base))
		return false;
	if (take(&s, '.'))
		take_digits(&s, base);
	char small = base == 16 ? 'p' : 'e', large = base == 16 ? 'P' : 'E';
	if (take(&s, small) || take(&s, large)) {
		take_sign(&s);
		if (!take_digits(&s, 10))
			return false;
	}
	return s.p == s.end;
}

/* inf, nan, nan:0x...; what follows the colon in *payload. */
static bool
is_special(struct scan s, struct str *payload)
{
	struct str rest = {s.p, (size_t)(s.end - s.p)};
	*payload = (struct str){0};
	if (str_is(rest, "inf") || str_is(rest, "nan"))
		return true;
	if (!str_starts(rest, "nan:0x"))
		return false;
	s.p += 4;
	*payload = (struct str){s.p, (size_t)(s.end - s.p)};
	return number_is_integer(*payload);
}

bool
number_is_literal(struct str text)
{
	struct str payload;
	struct scan s = scan_of(text);
	take_sign(&s);
	return is_special(s, &payload) || is_finite_float(s);
}

/* The magnitude of an integer literal; false when it does not fit 64 bits. */
static bool
magnitude(struct scan s, uint64_t *out)
{
	uint64_t base = take_hex_prefix(&s) ? 16 : 10, v = 0;
	for (; s.p < s.end; s.p++) {
		if (*s.p == '_')
			continue;
		uint64_t d = (uint64_t)digit_value(*s.p);
		if (v > (UINT64_MAX - d) / base)
			return false;
		v = v * base + d;
	}
	*out = v;
	return true;
}

static enum number_result
read_integer(struct str text, bool *negative, bool *has_sign, uint64_t *out)
{
	struct scan s = scan_of(text);
	if (!number_is_integer(text))
		return NUMBER_SYNTAX;
	*negative = *s.p == '-';
	*has_sign = take_sign(&s);
	return magnitude(s, out) ? NUMBER_OK : NUMBER_RANGE;
}

static uint64_t
below_power(unsigned bits)
{
	return bits == 64 ? UINT64_MAX : (UINT64_C(1) << bits) - 1;
}

enum number_result
number_int(struct str text, unsigned bits, uint64_t *out)
{
	bool negative, has_sign;
	enum number_result r = read_integer(text, &negative, &has_sign, out);
	if (r != NUMBER_OK)
		return r;
	if (*out > (negative ? UINT64_C(1) << (bits - 1) : below_power(bits)))
		return NUMBER_RANGE;
	if (negative)
		*out = (0 - *out) & below_power(bits);
	return NUMBER_OK;
}

enum number_result
number_unsigned(struct str text, unsigned bits, uint64_t *out)
{
	bool negative, has_sign;
	enum number_result r = read_integer(text, &negative, &has_sign, out);
	if (r == NUMBER_SYNTAX || has_sign)
		return NUMBER_SYNTAX;
	return r == NUMBER_RANGE || *out > below_power(bits) ? NUMBER_RANGE : NUMBER_OK;
}

enum number_result
number_signed(struct str text, unsigned bits, uint64_t *out)
{
	bool negative, has_sign;
	enum number_result r = read_integer(text, &negative, &has_sign, out);
	if (r != NUMBER_OK)
		return r;
	if (*out > below_power(bits - 1) + negative)
		return NUMBER_RANGE;
	if (negative)
		*out = 0 - *out;
	return NUMBER_OK;
}

/* A copy without underscores, for strtod. The caller frees it. */
static char *
plain_copy(struct str text)
{
	char *copy = malloc(text.len + 1), *q = copy;
	if (!copy)
		abort();
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] != '_')
			*q++ = text.ptr[i];
	}
	*q = 0;
	return copy;
}

struct float_format {
	unsigned mantissa, exponent; /* bits */
};

/* inf and nan in a format; the sign is set by the caller. */
static enum number_result
special_bits(struct str name, struct str payload, struct float_format f, uint64_t *bits)
{
	uint64_t infinity = below_power(f.exponent) << f.mantissa, p = UINT64_C(1)
								       << (f.mantissa - 1);
	if (str_is(name, "inf")) {
		*bits = infinity;
		return NUMBER_OK;
	}
	if (payload.len && number_unsigned(payload, f.mantissa, &p) != NUMBER_OK)
		return NUMBER_RANGE;
	*bits = infinity | p;
	return p ? NUMBER_OK : NUMBER_RANGE;
}

static enum number_result
read_float(struct str text, struct float_format f, uint64_t *bits)
{
	struct str payload;
	struct scan s = scan_of(text);
	if (!number_is_literal(text))
		return NUMBER_SYNTAX;
	uint64_t sign = (uint64_t)(*s.p == '-') << (f.mantissa + f.exponent);
	take_sign(&s);
	struct str name = {s.p, (size_t)(s.end - s.p)};
	enum number_result r = NUMBER_OK;
	if (is_special(s, &payload)) {
		r = special_bits(name, payload, f, bits);
	} else {
		char *copy = plain_copy(name);
		double d = f.mantissa == 52 ? strtod(copy, NULL) : 0;
		float e = f.mantissa == 52 ? 0 : strtof(copy, NULL);
		uint32_t half;
		memcpy(bits, &d, sizeof d);
		memcpy(&half, &e, sizeof e);
		*bits |= half;
		r = isinf(d) || isinf(e) ? NUMBER_RANGE : NUMBER_OK;
		free(copy);
	}
	*bits |= sign;
	return r;
}

enum number_result
number_f32(struct str text, uint32_t *bits)
{
	uint64_t wide = 0;
	enum number_result r = read_float(text, (struct float_format){23, 8}, &wide);
	*bits = (uint32_t)wide;
	return r;
}

enum number_result
number_f64(struct str text, uint64_t *bits)
{
	*bits = 0;
	return read_float(text, (struct float_format){52, 11}, bits);
}
