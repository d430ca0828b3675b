/* pretty.h - writes the text format: indentation, strings, identifiers and numbers as they can
 * be read back. What stands in the parentheses is the caller's business. */
#ifndef CANON_TEXT_PRETTY_H
#define CANON_TEXT_PRETTY_H

#include <stdint.h>
#include <stdio.h>

#include "base/str.h"

/* Set `out`, which is borrowed; errors of writing are left for the caller to see in it. */
struct pretty {
	FILE *out;
	uint32_t indent; /* levels of two spaces each */
};

void pretty_printf(struct pretty *p, const char *fmt, ...) PRINTF(2, 3);

/* What is deeper is not indented further: output grows with the input, not with its square. */
#define PRETTY_MAX_INDENT 40

/* Goes to a new line, indented. */
void pretty_line(struct pretty *p);

/* A new line with this opening behind it, and one level more; and one level less, with the
 * parenthesis that closes it. */
void pretty_open(struct pretty *p, const char *fmt, ...) PRINTF(2, 3);
void pretty_close(struct pretty *p);

/* "...", as UTF-8 text, and as bytes, with escapes for what is no printable ASCII. */
void pretty_string(struct pretty *p, struct str s);
void pretty_bytes(struct pretty *p, struct str s);

/* $name, or $"name" where it has other characters than identifiers may have. */
void pretty_id(struct pretty *p, struct str name);

/* 'c' */
void pretty_char(struct pretty *p, uint32_t scalar);

/* Floats by their bits, as decimal numbers that mean just these bits. */
void pretty_f32(struct pretty *p, uint32_t bits);
void pretty_f64(struct pretty *p, uint64_t bits);

#endif
