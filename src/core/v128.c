/* v128.c - see v128.h. */
#include "core/v128.h"

#include <string.h>

static const struct v128_shape shapes[] = {
	{"i8x16", 16, 8, false},
	{"i16x8", 8, 16, false},
	{"i32x4", 4, 32, false},
	{"i64x2", 2, 64, false},
	{"f32x4", 4, 32, true},
	{"f64x2", 2, 64, true},
};

const struct v128_shape *
v128_shape_of(struct str word)
{
	for (size_t k = 0; k < sizeof shapes / sizeof *shapes; k++)
		if (str_is(word, shapes[k].name))
			return &shapes[k];
	return NULL;
}

enum number_result
v128_parse_lane(const struct v128_shape *shape, struct str literal, uint64_t *bits)
{
	uint32_t single = 0;
	if (!shape->is_float)
		return number_int(literal, shape->bits, bits);
	if (shape->bits == 64)
		return number_f64(literal, bits);
	enum number_result r = number_f32(literal, &single);
	*bits = single;
	return r;
}

/* The host is little-endian, too: see exec.c. */
uint64_t
v128_lane(const struct v128_shape *shape, const uint8_t bytes[16], unsigned lane)
{
	size_t size = shape->bits / 8;
	uint64_t bits = 0;
	memcpy(&bits, bytes + lane * size, size);
	return bits;
}

void
v128_set_lane(const struct v128_shape *shape, uint8_t bytes[16], unsigned lane, uint64_t bits)
{
	size_t size = shape->bits / 8;
	memcpy(bytes + lane * size, &bits, size);
}
