/* pretty.c - see pretty.h. */
#include "text/pretty.h"

#include <stdarg.h>
#include <stdlib.h>

#include "text/sexpr.h"

void
pretty_printf(struct pretty *p, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	vfprintf(p->out, fmt, ap);
	va_end(ap);
}

void
pretty_line(struct pretty *p)
{
	uint32_t levels = p->indent < PRETTY_MAX_INDENT ? p->indent : PRETTY_MAX_INDENT;
	fprintf(p->out, "\n%*s", (int)(2 * levels), "");
}

void
pretty_open(struct pretty *p, const char *fmt, ...)
{
	va_list ap;
	pretty_line(p);
	va_start(ap, fmt);
	vfprintf(p->out, fmt, ap);
	va_end(ap);
	p->indent++;
}

void
pretty_close(struct pretty *p)
{
	p->indent--;
	fputc(')', p->out);
}

/* ---- strings ---- */

static void
quoted(struct pretty *p, struct str s, bool utf8)
{
	fputc('"', p->out);
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		if (c == '"' || c == '\\')
			fprintf(p->out, "\\%c", c);
		else if ((c >= 0x20 && c < 0x7f) || (utf8 && c >= 0x80))
			fputc(c, p->out);
		else
			fprintf(p->out, "\\%02x", c);
	}
	fputc('"', p->out);
}

/* Controls of the writing direction are not allowed in text: what has such bytes is escaped. */
static bool
has_format_controls(struct str s)
{
	for (size_t i = 0; i + 2 < s.len; i++)
		if ((unsigned char)s.ptr[i] == 0xe2 || (unsigned char)s.ptr[i] == 0xef)
			return true;
	return false;
}

void
pretty_string(struct pretty *p, struct str s)
{
	quoted(p, s, !has_format_controls(s));
}

void
pretty_bytes(struct pretty *p, struct str s)
{
	quoted(p, s, false);
}

void
pretty_id(struct pretty *p, struct str name)
{
	fputc('$', p->out);
	if (sexpr_is_plain_id(name))
		fwrite(name.ptr, 1, name.len, p->out);
	else
		pretty_string(p, name);
}

void
pretty_char(struct pretty *p, uint32_t scalar)
{
	if (scalar >= 0x20 && scalar < 0x7f && scalar != '\'' && scalar != '\\')
		fprintf(p->out, "'%c'", (int)scalar);
	else
		fprintf(p->out, "'\\u{%x}'", scalar);
}

/* ---- floats ---- */

static void
nan_or_inf(struct pretty *p, bool negative, uint64_t payload, uint64_t canonical)
{
	fputs(negative ? "-" : "", p->out);
	if (!payload)
		fputs("inf", p->out);
	else if (payload == canonical)
		fputs("nan", p->out);
	else
		fprintf(p->out, "nan:0x%llx", (unsigned long long)payload);
}

void
pretty_f32(struct pretty *p, uint32_t bits)
{
	float x, back;
	char text[40];
	memcpy(&x, &bits, sizeof x);
	if ((bits & 0x7f800000) == 0x7f800000) {
		nan_or_inf(p, bits >> 31, bits & 0x7fffff, 0x400000);
		return;
	}
	for (int digits = 6; digits <= 9; digits++) {
		snprintf(text, sizeof text, "%.*g", digits, (double)x);
		back = strtof(text, NULL);
		if (!memcmp(&back, &x, sizeof x))
			break;
	}
	fputs(text, p->out);
}

void
pretty_f64(struct pretty *p, uint64_t bits)
{
	double x, back;
	char text[40];
	memcpy(&x, &bits, sizeof x);
	if (bits << 1 >> 53 == 0x7ff) {
		nan_or_inf(p, bits >> 63, bits & (((uint64_t)1 << 52) - 1), (uint64_t)1 << 51);
		return;
	}
	for (int digits = 15; digits <= 17; digits++) {
		snprintf(text, sizeof text, "%.*g", digits, x);
		back = strtod(text, NULL);
		if (!memcmp(&back, &x, sizeof x))
			break;
	}
	fputs(text, p->out);
}
