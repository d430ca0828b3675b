/* leb128.c - see leb128.h. */
#include "base/leb128.h"

#include <stdbool.h>

/* Whether a byte at `shift` fits `bits` bits: what lies beyond them has to be zero or, when
 * signed, copies of the sign. */
static bool
fits(uint8_t byte, unsigned shift, unsigned bits, bool is_signed)
{
	if (bits - shift >= 7)
		return true;
	if (!is_signed)
		return (byte & 0x7f) < 1u << (bits - shift);
	uint8_t mask = (uint8_t)(0x7fu << (bits - shift - 1)) & 0x7f;
	return (byte & mask) == 0 || (byte & mask) == mask;
}

static enum leb_result
read_leb(const uint8_t **p, const uint8_t *end, unsigned bits, bool is_signed, uint64_t *out)
{
	uint64_t value = 0;
	for (unsigned shift = 0;; shift += 7) {
		if (shift >= bits)
			return LEB_TOO_LONG;
		if (*p == end)
			return LEB_END;
		uint8_t byte = **p;
		if (!fits(byte, shift, bits, is_signed))
			return LEB_TOO_LARGE;
		++*p;
		value |= (uint64_t)(byte & 0x7f) << shift;
		if (byte & 0x80)
			continue;
		if (is_signed && byte & 0x40 && shift + 7 < 64)
			value |= UINT64_MAX << (shift + 7);
		*out = value;
		return LEB_OK;
	}
}

enum leb_result
leb_unsigned(const uint8_t **p, const uint8_t *end, unsigned bits, uint64_t *out)
{
	return read_leb(p, end, bits, false, out);
}

enum leb_result
leb_signed(const uint8_t **p, const uint8_t *end, unsigned bits, int64_t *out)
{
	uint64_t value;
	enum leb_result r = read_leb(p, end, bits, true, &value);
	if (r == LEB_OK)
		*out = (int64_t)value;
	return r;
}

unsigned
leb_put_unsigned(uint8_t *p, uint64_t value)
{
	unsigned n = 0;
	while (value >= 0x80) {
		p[n++] = (uint8_t)(value | 0x80);
		value >>= 7;
	}
	p[n++] = (uint8_t)value;
	return n;
}

unsigned
leb_put_signed(uint8_t *p, int64_t value)
{
	unsigned n = 0;
	while (value < -0x40 || value > 0x3f) {
		p[n++] = (uint8_t)(value | 0x80);
		value >>= 7;
	}
	p[n++] = (uint8_t)(value & 0x7f);
	return n;
}
