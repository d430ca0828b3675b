/* hex.h - bytes as hexadecimal digits, in pairs, with spaces between: "00 61 73 6d". */
#ifndef CANON_UNIT_HEX_H
#define CANON_UNIT_HEX_H

#include "base/str.h"

static inline unsigned
hex_digit(char c)
{
	return c <= '9' ? (unsigned)(c - '0') : (unsigned)(c - 'a' + 10);
}

/* Appends the bytes that are written so. */
static inline void
add_hex(struct strbuf *b, const char *hex)
{
	for (; *hex; hex += *hex == ' ' ? 1 : 2)
		if (*hex != ' ')
			strbuf_addc(b, (char)(hex_digit(hex[0]) << 4 | hex_digit(hex[1])));
}

/* Writes bytes so, into the arena. */
static inline const char *
hex_of(struct arena *a, struct str bytes)
{
	struct strbuf b = {.arena = a};
	for (size_t i = 0; i < bytes.len; i++)
		strbuf_printf(&b, "%s%02x", i ? " " : "", (unsigned char)bytes.ptr[i]);
	return strbuf_cstr(&b);
}

#endif
