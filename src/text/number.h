/* number.h - the literals of the text format: "Text Format", "Values". */
#ifndef CANON_TEXT_NUMBER_H
#define CANON_TEXT_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum number_result {
	NUMBER_OK,
	NUMBER_SYNTAX, /* no literal of this kind */
	NUMBER_RANGE,  /* one, but out of range */
};

/* True for an integer or float literal: what the lexer takes for a number. */
bool number_is_literal(struct str s);
bool number_is_integer(struct str s);

/* An integer literal that fits `bits` (1 to 64) bits either signed or unsigned; in two's
 * complement, the bits above cleared. */
enum number_result number_int(struct str s, unsigned bits, uint64_t *out);

/* Without a sign (-0 has one), below 2^bits. */
enum number_result number_unsigned(struct str s, unsigned bits, uint64_t *out);

/* Signed: from -2^(bits-1) to 2^(bits-1)-1; sign-extended to 64 bits. */
enum number_result number_signed(struct str s, unsigned bits, uint64_t *out);

/* The IEEE 754 pattern, rounded once, to nearest with ties to even; infinity of a decimal or
 * hexadecimal number that is out of range. */
enum number_result number_f32(struct str s, uint32_t *bits);
enum number_result number_f64(struct str s, uint64_t *bits);

#endif
