/* bidi.c - see bidi.h. All of them start with the byte 0xe2 in UTF-8, which stands nowhere but at
 * the start of a character. */
#include "text/bidi.h"

#include <stdbool.h>
#include <string.h>

#include "base/error.h"
#include "base/utf8.h"

static bool
is_control(uint32_t c)
{
	return (c >= 0x202a && c <= 0x202e && c != 0x202c) || (c >= 0x2066 && c <= 0x2069) ||
	       c == 0x206c;
}

void
bidi_refuse(const struct source *src, uint32_t start, uint32_t end)
{
	const char *p = src->text + start, *stop = src->text + end;
	uint32_t c;
	while (p < stop && (p = memchr(p, 0xe2, (size_t)(stop - p)))) {
		if (utf8_decode(p, (size_t)(stop - p), &c) && is_control(c))
			raise_error(ERR_MALFORMED, (struct loc){src, (uint32_t)(p - src->text)},
				"bidirectional-control",
				"bidirectional control character U+%04X in the text of a component",
				c);
		p++;
	}
}
