/* text_simd.c - the immediates of vector instructions in the text format: core specification,
 * "Text Format", "Vector Instructions". */
#include "core/text_parse.h"

#include "core/v128.h"

uint8_t
take_lane(struct cursor *c)
{
	uint64_t lane;
	if (!at_number(c))
		core_unexpected(c, "a lane");
	const struct sexpr *sx = take_item(c);
	need_number(number_unsigned(sx->text, 8, &lane), sx);
	return (uint8_t)lane;
}

/* How many numbers stand here; the cursor goes behind them. */
static uint32_t
numbers(struct cursor *c)
{
	uint32_t n = 0;
	for (; at_number(c); n++)
		take_item(c);
	return n;
}

/* 16 of them, which all numbers are taken for. */
void
parse_lanes(struct cursor *c, struct core_instr *i)
{
	uint8_t lanes[16];
	uint64_t lane;
	struct loc at = here(c);
	struct cursor end = *c;
	uint32_t n = numbers(&end);
	if (n != 16)
		raise_error(ERR_MALFORMED, at, "invalid-lane-length",
			"invalid lane length: %u lanes", n);
	for (uint32_t k = 0; k < 16; k++) {
		const struct sexpr *sx = take_item(c);
		if (number_unsigned(sx->text, 8, &lane) != NUMBER_OK)
			need_number(NUMBER_RANGE, sx);
		lanes[k] = (uint8_t)lane;
	}
	core_instr_set_bytes(i, lanes);
}

/* A shape and its lanes. */
void
parse_v128(struct cursor *c, struct core_instr *i)
{
	uint8_t bytes[16];
	const struct sexpr *word = item(c);
	const struct v128_shape *shape =
		word && is_keyword(word) ? v128_shape_of(word->text) : NULL;
	if (!shape)
		core_unexpected(c, "a shape");
	take_item(c);
	struct loc at = here(c);
	struct cursor end = *c;
	uint32_t n = numbers(&end);
	if (n < shape->lanes && !at_end(&end) && is_keyword(item(&end)))
		core_unexpected(&end, "a number");
	if (n != shape->lanes)
		raise_error(ERR_MALFORMED, at, "wrong-number-of-lane-literals",
			"wrong number of lane literals: %u for %s", n, shape->name);
	for (uint32_t k = 0; k < n; k++) {
		uint64_t bits = 0;
		const struct sexpr *sx = take_item(c);
		need_number(v128_parse_lane(shape, sx->text, &bits), sx);
		v128_set_lane(shape, bytes, k, bits);
	}
	core_instr_set_bytes(i, bytes);
}
