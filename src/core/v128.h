/* v128.h - vectors of 128 bits as lanes: core specification, "Syntax", "Shapes", and "Execution",
 * "Vectors". A vector is 16 bytes, the lane with number 0 first, each lane little-endian. */
#ifndef CANON_CORE_V128_H
#define CANON_CORE_V128_H

#include <stdbool.h>
#include <stdint.h>

#include "text/number.h"

struct v128_shape {
	const char *name; /* "i8x16" */
	uint8_t lanes;
	uint8_t bits; /* of a lane */
	bool is_float;
};

/* Null when the word names no shape. */
const struct v128_shape *v128_shape_of(struct str word);

/* The literal of one lane; as bits, those above cleared. */
enum number_result
v128_parse_lane(const struct v128_shape *shape, struct str literal, uint64_t *bits);

uint64_t v128_lane(const struct v128_shape *shape, const uint8_t bytes[16], unsigned lane);
void v128_set_lane(const struct v128_shape *shape, uint8_t bytes[16], unsigned lane, uint64_t bits);

#endif
