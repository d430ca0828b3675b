/* vector_value.c - see vector_value.h. */
#include "script/vector_value.h"

#include <string.h>

#include "base/error.h"
#include "core/v128.h"

static const struct v128_shape *
take_shape(struct cursor *c)
{
	const struct sexpr *sx = item(c);
	const struct v128_shape *shape = sx && is_keyword(sx) ? v128_shape_of(sx->text) : NULL;
	if (!shape)
		raise_error(ERR_SCRIPT, here(c), "core-value", "expected the shape of a vector");
	take_item(c);
	if (items_left(c) != shape->lanes)
		raise_error(ERR_SCRIPT, here(c), "core-value", "%s has %u lanes, found %u",
			shape->name, shape->lanes, items_left(c));
	return shape;
}

static uint64_t
take_lane(struct cursor *c, const struct v128_shape *shape)
{
	uint64_t bits = 0;
	if (!at_number(c))
		raise_error(ERR_SCRIPT, here(c), "core-value", "expected the number of a lane");
	const struct sexpr *sx = take_item(c);
	if (v128_parse_lane(shape, sx->text, &bits) != NUMBER_OK)
		raise_error(ERR_SCRIPT, sx->at, "core-value", "the number does not fit its lane");
	return bits;
}

void
vector_value_parse(struct cursor *c, union core_raw *out)
{
	const struct v128_shape *shape = take_shape(c);
	uint8_t bytes[16];
	for (unsigned k = 0; k < shape->lanes; k++)
		v128_set_lane(shape, bytes, k, take_lane(c, shape));
	memcpy(out, bytes, sizeof bytes);
}

bool
take_nan_pattern(struct cursor *c, bool wide, uint64_t bits, bool *matches)
{
	uint64_t quiet = wide ? UINT64_C(1) << 51 : UINT64_C(1) << 22;
	uint64_t infinity = wide ? UINT64_C(0x7ff) << 52 : UINT64_C(0xff) << 23;
	uint64_t magnitude = bits & (infinity | (quiet * 2 - 1));
	if (take_keyword(c, "nan:canonical"))
		*matches = magnitude == (infinity | quiet);
	else if (take_keyword(c, "nan:arithmetic"))
		*matches = (magnitude & (infinity | quiet)) == (infinity | quiet);
	else
		return false;
	return true;
}

bool
vector_value_matches(struct cursor *c, const union core_raw *value)
{
	const struct v128_shape *shape = take_shape(c);
	uint8_t bytes[16];
	bool all = true;
	memcpy(bytes, value, sizeof bytes);
	for (unsigned k = 0; k < shape->lanes; k++) {
		uint64_t lane = v128_lane(shape, bytes, k);
		bool matches;
		if (!shape->is_float || !take_nan_pattern(c, shape->bits == 64, lane, &matches))
			matches = take_lane(c, shape) == lane;
		all = all && matches;
	}
	return all;
}

/* As four lanes, which say all bits in few words. */
void
vector_value_print(struct strbuf *out, const union core_raw *value)
{
	uint32_t lanes[4];
	memcpy(lanes, value, sizeof lanes);
	strbuf_printf(out, "(v128.const i32x4 0x%08x 0x%08x 0x%08x 0x%08x)", lanes[0], lanes[1],
		lanes[2], lanes[3]);
}
