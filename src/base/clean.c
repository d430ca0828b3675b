/* clean.c - see clean.h. */
#define _GNU_SOURCE
#include "base/clean.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"

static bool
is_clean(uint32_t c)
{
	return c >= 0x20 && !(c >= 0x7f && c < 0xa0) && !(c >= 0x202a && c <= 0x202e) &&
	       !(c >= 0x2066 && c <= 0x2069);
}

void
put_clean(FILE *out, const char *text)
{
	while (*text) {
		const char *start = text;
		uint32_t c = utf8_next(&text);
		bool is_byte = c == 0xfffd && text == start + 1;
		for (; start < text; start++)
			fprintf(out, is_clean(c) && !is_byte ? "%c" : "\\%02x",
				(unsigned char)*start);
	}
}

void
put_clean_line(FILE *out, const char *fmt, ...)
{
	char *text;
	va_list args;
	va_start(args, fmt);
	if (vasprintf(&text, fmt, args) < 0)
		abort();
	va_end(args);
	put_clean(out, text);
	fputc('\n', out);
	free(text);
}
