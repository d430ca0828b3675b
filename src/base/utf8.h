/* utf8.h - UTF-8 as of the Unicode Standard: shortest form, no surrogates, up to U+10FFFF. */
#ifndef CANON_BASE_UTF8_H
#define CANON_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decodes the scalar value at p (n > 0 bytes are there). Its length in bytes; 0 when ill-formed. */
int utf8_decode(const void *p, size_t n, uint32_t *scalar);

/* Encodes a scalar value into at most 4 bytes; the number written. */
int utf8_encode(uint32_t scalar, void *out);

bool utf8_valid(const void *p, size_t n);

/* Of a text with a final 0 that may hold any bytes: the next scalar value, or U+FFFD for a byte
 * that starts none; 0 at the end. Moves the text on, but not behind its end. */
uint32_t utf8_next(const char **text);

#endif
