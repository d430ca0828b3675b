/* codec.h - Python's bytes.decode and str.encode for the three codecs of the definitions. */
#ifndef CANON_CABI_CODEC_H
#define CANON_CABI_CODEC_H

#include "cabi/cabi.h"

/* Decodes n bytes as utf8, utf16 (little-endian) or latin1 into code points in the heap.
 * False where Python raises UnicodeError. */
bool decode(const uint8_t *bytes, num n, StringEncoding codec, String *out);

typedef struct {
	const uint8_t *bytes;
	num len;
} Encoded;

/* Encodes code points; in the heap. All code points are scalar values, and below 256 for
 * latin1. */
Encoded encode(const String *src, StringEncoding codec);

#endif
