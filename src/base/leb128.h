/* leb128.h - variable-length integers of the binary formats: core specification, "Binary
 * Format", "Values", "Integers". */
#ifndef CANON_BASE_LEB128_H
#define CANON_BASE_LEB128_H

#include <stdint.h>

enum leb_result {
	LEB_OK,
	LEB_END,       /* the bytes end in the middle of it */
	LEB_TOO_LONG,  /* more bytes than this many bits ever need */
	LEB_TOO_LARGE, /* the last byte has bits beyond the width */
};

/* Reads an integer of up to `bits` (1 to 64) bits at *p, before `end`, and moves *p behind it.
 * On failure *p is where the offending byte is. Signed ones are sign-extended to 64 bits. */
enum leb_result leb_unsigned(const uint8_t **p, const uint8_t *end, unsigned bits, uint64_t *out);
enum leb_result leb_signed(const uint8_t **p, const uint8_t *end, unsigned bits, int64_t *out);

/* Writes the shortest form into at most 10 bytes; how many. */
unsigned leb_put_unsigned(uint8_t *p, uint64_t value);
unsigned leb_put_signed(uint8_t *p, int64_t value);

#endif
