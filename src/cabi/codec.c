/* codec.c - see codec.h. */
#include "cabi/codec.h"

#include <string.h>

#include "base/budget.h"
#include "base/utf8.h"
#include "cabi/fast.h"

static bool
decode_utf8(const uint8_t *bytes, size_t n, uint32_t *s, String *out)
{
	for (size_t i = 0; i < n;) {
		int len = utf8_decode(bytes + i, n - i, &s[out->len]);
		if (!len)
			return false;
		i += (size_t)len;
		out->len++;
	}
	return true;
}

static bool
is_surrogate(uint32_t c, uint32_t first)
{
	return (c & 0xfc00) == first;
}

static uint32_t
unit_at(const uint8_t *bytes, size_t i)
{
	return bytes[i] | (uint32_t)bytes[i + 1] << 8;
}

static bool
decode_utf16(const uint8_t *bytes, size_t n, uint32_t *s, String *out)
{
	for (size_t i = 0; i < n; i += 2) {
		uint32_t c = unit_at(bytes, i);
		if (is_surrogate(c, 0xd800)) {
			if (n - i < 4 || !is_surrogate(unit_at(bytes, i + 2), 0xdc00))
				return false;
			i += 2;
			c = 0x10000 + ((c & 0x3ff) << 10 | (unit_at(bytes, i) & 0x3ff));
		} else if (is_surrogate(c, 0xdc00)) {
			return false;
		}
		s[out->len++] = c;
	}
	return true;
}

bool
decode(const uint8_t *bytes, num n, StringEncoding codec, String *out)
{
	size_t len = (size_t)n;
	budget_spend(len);
	if (codec != utf16 && fast_is_ascii(bytes, len)) {
		uint8_t *copy = arena_alloc(heap(), len);
		memcpy(copy, bytes, len);
		*out = (String){.ascii = copy, .len = (uint32_t)len};
		return true;
	}
	uint32_t *s = arena_array_of(heap(), codec == utf16 ? len / 2 : len, uint32_t);
	*out = (String){.s = s};
	if (codec == utf8)
		return decode_utf8(bytes, len, s, out);
	if (codec == utf16)
		return len % 2 == 0 && decode_utf16(bytes, len, s, out);
	for (; out->len < len; out->len++)
		s[out->len] = bytes[out->len];
	return true;
}

static size_t
encode_utf16(uint32_t c, uint8_t *p)
{
	if (c >= 0x10000) {
		uint32_t v = c - 0x10000;
		size_t n = encode_utf16(0xd800 | v >> 10, p);
		return n + encode_utf16(0xdc00 | (v & 0x3ff), p + n);
	}
	p[0] = (uint8_t)c;
	p[1] = (uint8_t)(c >> 8);
	return 2;
}

Encoded
encode(const String *src, StringEncoding codec)
{
	budget_spend(src->len);
	if (src->ascii && codec != utf16)
		return (Encoded){src->ascii, src->len};
	uint8_t *bytes = arena_array(heap(), src->len, 4);
	size_t len = 0;
	for (uint32_t i = 0; i < src->len; i++) {
		if (codec == utf8)
			len += (size_t)utf8_encode(String_at(src, i), bytes + len);
		else if (codec == utf16)
			len += encode_utf16(String_at(src, i), bytes + len);
		else
			bytes[len++] = (uint8_t)String_at(src, i);
	}
	return (Encoded){bytes, (num)len};
}
