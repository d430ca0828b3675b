/* markup.c - see markup.h. */
#include "script/markup.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

/* Char of XML 1.0; surrogates never come out of utf8_next. */
static bool
is_xml_char(uint32_t c)
{
	return (c >= 0x20 && c != 0xfffe && c != 0xffff) || c == '\t' || c == '\n' || c == '\r';
}

static void
put_char(FILE *out, uint32_t c)
{
	char bytes[4];
	fwrite(bytes, 1, (size_t)utf8_encode(c, bytes), out);
}

/* An attribute would lose tabs and line ends that are not written as references. */
void
put_markup(FILE *out, const char *text)
{
	for (uint32_t c; text && (c = utf8_next(&text));) {
		if (!is_xml_char(c))
			put_char(out, 0xfffd);
		else if (c < 0x20 || (c < 0x80 && strchr("<>&\"'", (int)c)))
			fprintf(out, "&#%u;", c);
		else
			put_char(out, c);
	}
}

void
put_attribute(FILE *out, const char *name, const char *text)
{
	if (!text)
		return;
	fprintf(out, " %s=\"", name);
	put_markup(out, text);
	fputc('"', out);
}

static bool
is_plain(uint32_t c)
{
	return c >= 0x80 || c == ' ' || (c >= '0' && c <= '9') ||
	       ((c | 32) >= 'a' && (c | 32) <= 'z');
}

void
put_markdown(FILE *out, const char *text, unsigned most)
{
	for (uint32_t c; text && (c = utf8_next(&text)); most--) {
		if (!most) {
			fputs("...", out);
			return;
		}
		if (c == '\t' || c == '\n' || c == '\r')
			fputc(' ', out);
		else if (!is_xml_char(c))
			put_char(out, 0xfffd);
		else if (is_plain(c))
			put_char(out, c);
		else
			fprintf(out, "&#%u;", c);
	}
}
