/* valid_func_simd.c - what vector instructions have that others have not: lanes, and immediates
 * that are larger than an instruction of pre-decoded code holds. Core specification,
 * "Validation", "Vector Instructions". */
#include "core/valid_func_state.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"

/* How many lanes there are to choose from. */
static uint32_t
lane_limit(const struct core_instr *i)
{
	if (core_ops[i->op].imm == CORE_IMM_MEMARG_LANE)
		return 16u >> core_natural_align((enum core_op)i->op);
	/* i8x16.extract_lane_s */
	return (uint32_t)atoi(strchr(core_ops[i->op].text, 'x') + 1);
}

static void
check_lane(struct checker *c, uint32_t lane, uint32_t limit)
{
	require(lane < limit, c->at, "invalid-lane-index", "invalid lane index %u", lane);
}

void
check_lanes(struct checker *c, const struct core_instr *i)
{
	uint8_t lanes[16];
	switch (core_ops[i->op].imm) {
	case CORE_IMM_LANE:
	case CORE_IMM_MEMARG_LANE: check_lane(c, i->lane, lane_limit(i)); break;
	case CORE_IMM_LANES:
		core_instr_bytes(i, lanes);
		for (int k = 0; k < 16; k++)
			check_lane(c, lanes[k], 32);
		break;
	default: break;
	}
}

static uint64_t
pointer(const void *p)
{
	return (uint64_t)(uintptr_t)p;
}

uint64_t
simd_immediate(struct checker *c, const struct core_instr *i)
{
	switch (core_ops[i->op].imm) {
	case CORE_IMM_V128:
	case CORE_IMM_LANES: {
		uint8_t *bytes = arena_array_of(c->arena, 16, uint8_t);
		core_instr_bytes(i, bytes);
		return pointer(bytes);
	}
	case CORE_IMM_MEMARG_LANE: {
		struct core_lane_access *to = arena_new_of(c->arena, struct core_lane_access);
		*to = (struct core_lane_access){i->offset, i->lane};
		return pointer(to);
	}
	case CORE_IMM_LANE: return i->lane;
	default: return i->bits; /* the offset, for loads and stores */
	}
}
