/* utf8.c - see utf8.h. */
#define _POSIX_C_SOURCE 200809L
#include "base/utf8.h"

#include <string.h>

static bool
continues(uint8_t b)
{
	return (b & 0xc0) == 0x80;
}

int
utf8_decode(const void *p, size_t n, uint32_t *scalar)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	const uint8_t *s = p;
	if (s[0] < 0x80) {
		*scalar = s[0];
		return 1;
	}
	int len = s[0] >= 0xf0 && s[0] < 0xf8 ? 4 : s[0] >= 0xe0 ? 3 : s[0] >= 0xc0 ? 2 : 0;
	if (len == 0 || s[0] >= 0xf8 || n < (size_t)len)
		return 0;
	uint32_t c = s[0] & (0x7fu >> len);
	for (int i = 1; i < len; i++) {
		if (!continues(s[i]))
			return 0;
		c = c << 6 | (s[i] & 0x3fu);
	}
	if (c < least[len] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return 0;
	*scalar = c;
	return len;
}

int
utf8_encode(uint32_t c, void *out)
{
	uint8_t *s = out;
	if (c < 0x80) {
		s[0] = (uint8_t)c;
		return 1;
	}
	int len = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	for (int i = len - 1; i > 0; i--) {
		s[i] = (uint8_t)(0x80 | (c & 0x3f));
		c >>= 6;
	}
	s[0] = (uint8_t)((0xf00u >> len & 0xf0u) | c);
	return len;
}

bool
utf8_valid(const void *p, size_t n)
{
	const uint8_t *s = p;
	uint32_t c;
	for (size_t i = 0; i < n;) {
		int len = utf8_decode(s + i, n - i, &c);
		if (!len)
			return false;
		i += (size_t)len;
	}
	return true;
}

uint32_t
utf8_next(const char **text)
{
	uint32_t scalar = 0;
	size_t n = strnlen(*text, 4);
	if (!n)
		return 0;
	int len = utf8_decode(*text, n, &scalar);
	*text += len ? len : 1;
	return len ? scalar : 0xfffd;
}
