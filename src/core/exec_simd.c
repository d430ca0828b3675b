/* exec_simd.c - see exec_simd.h: core specification, "Execution", "Vector Instructions", and the
 * vector ones of "Memory Instructions". What is done to lanes is said in numeric_simd.def. */
#include "core/exec_simd.h"

#include <string.h>

#include "core/numeric_simd.h"

/* Lane 0 first, as the host, which is little-endian, has it in memory, too. */
union v128 {
	uint8_t i8[16];
	uint16_t i16[8];
	uint32_t i32[4];
	uint64_t i64[2];
};

typedef uint8_t lane_i8;
typedef uint16_t lane_i16;
typedef uint32_t lane_i32;
typedef uint64_t lane_i64;

enum { LANES_i8 = 16, LANES_i16 = 8, LANES_i32 = 4, LANES_i64 = 2 };

static union v128
get(const union core_raw *at)
{
	union v128 v;
	memcpy(&v, at, sizeof v);
	return v;
}

/* What the immediate points at: 16 bytes, or a struct core_lane_access. */
static const void *
pointer(const struct core_insn *i)
{
	return (const void *)(uintptr_t)i->imm;
}

static void
put(union core_raw *at, const union v128 *v)
{
	memcpy(at, v, sizeof *v);
}

/* ---- memory ---- */

/* The `size` bytes that an access means whose address is the operand at `address`. */
static uint8_t *
access(const struct core_instance *inst, const struct core_insn *i, uint64_t offset,
	const union core_raw *address, size_t size)
{
	return core_memory_at(inst->memories[i->a], *address, offset, size);
}

/* A lane and the bytes that are loaded into it, or stored from it. */
static void
load_lane(const struct core_instance *inst, const struct core_insn *i, union core_raw *at,
	size_t size)
{
	const struct core_lane_access *to = pointer(i);
	union v128 v = get(at + 1);
	memcpy(v.i8 + to->lane * size, access(inst, i, to->offset, at, size), size);
	put(at, &v);
}

static void
store_lane(const struct core_instance *inst, const struct core_insn *i, union core_raw *at,
	size_t size)
{
	const struct core_lane_access *from = pointer(i);
	union v128 v = get(at + 1);
	memcpy(access(inst, i, from->offset, at, size), v.i8 + from->lane * size, size);
}

/* ---- whole vectors ---- */

static void
v128_const(const struct core_insn *i, union core_raw *at)
{
	memcpy(at, pointer(i), sizeof(union v128));
}

static void
v128_any_true(UNUSED const struct core_insn *i, union core_raw *at)
{
	union v128 v = get(at);
	at->i32 = (v.i64[0] | v.i64[1]) != 0;
}

static void
i8x16_shuffle(const struct core_insn *i, union core_raw *at)
{
	const uint8_t *lanes = pointer(i);
	union v128 both[2] = {get(at), get(at + 2)}, r;
	for (unsigned k = 0; k < 16; k++)
		r.i8[k] = both[lanes[k] >> 4].i8[lanes[k] & 15];
	put(at, &r);
}

static void
i8x16_swizzle(UNUSED const struct core_insn *i, union core_raw *at)
{
	union v128 v = get(at), index = get(at + 2), r;
	for (unsigned k = 0; k < 16; k++)
		r.i8[k] = index.i8[k] < 16 ? v.i8[index.i8[k]] : 0;
	put(at, &r);
}

static void
i8x16_relaxed_swizzle(UNUSED const struct core_insn *i, union core_raw *at)
{
	union v128 v = get(at), index = get(at + 2), r;
	for (unsigned k = 0; k < 16; k++)
		r.i8[k] = i8_relaxed_swizzle_lane(v.i8, index.i8[k]);
	put(at, &r);
}

/* The products of lanes next to each other, added. */
static void
i32x4_dot_i16x8_s(UNUSED const struct core_insn *i, union core_raw *at)
{
	union v128 a = get(at), b = get(at + 2), r;
	for (unsigned k = 0; k < 4; k++) {
		int64_t low = (int16_t)a.i16[2 * k] * (int16_t)b.i16[2 * k];
		int64_t high = (int16_t)a.i16[2 * k + 1] * (int16_t)b.i16[2 * k + 1];
		r.i32[k] = (uint32_t)(low + high);
	}
	put(at, &r);
}

static void
i16x8_relaxed_dot(UNUSED const struct core_insn *i, union core_raw *at)
{
	union v128 a = get(at), b = get(at + 2), r;
	for (unsigned k = 0; k < 8; k++)
		r.i16[k] = i16_add_sat_s(i16_relaxed_mul_i8_s(a.i8[2 * k], b.i8[2 * k]),
			i16_relaxed_mul_i8_s(a.i8[2 * k + 1], b.i8[2 * k + 1]));
	put(at, &r);
}

static void
i32x4_relaxed_dot_add(const struct core_insn *i, union core_raw *at)
{
	union v128 sum = get(at + 4), r;
	i16x8_relaxed_dot(i, at);
	union v128 dot = get(at);
	for (unsigned k = 0; k < 4; k++)
		r.i32[k] = sum.i32[k] +
			   (uint32_t)((int16_t)dot.i16[2 * k] + (int16_t)dot.i16[2 * k + 1]);
	put(at, &r);
}

/* ---- one function for each instruction ---- */

#define FUNCTION(op) \
	static void exec_##op(UNUSED struct core_instance *inst, UNUSED const struct core_insn *i, \
		union core_raw *at)

#define UNARY(op, lane, function) \
	FUNCTION(op) \
	{ \
		union v128 a = get(at), r; \
		for (unsigned k = 0; k < LANES_##lane; k++) \
			r.lane[k] = function(a.lane[k]); \
		put(at, &r); \
	}
#define BINARY(op, lane, function) \
	FUNCTION(op) \
	{ \
		union v128 a = get(at), b = get(at + 2), r; \
		for (unsigned k = 0; k < LANES_##lane; k++) \
			r.lane[k] = function(a.lane[k], b.lane[k]); \
		put(at, &r); \
	}
#define TERNARY(op, lane, function) \
	FUNCTION(op) \
	{ \
		union v128 a = get(at), b = get(at + 2), c = get(at + 4), r; \
		for (unsigned k = 0; k < LANES_##lane; k++) \
			r.lane[k] = function(a.lane[k], b.lane[k], c.lane[k]); \
		put(at, &r); \
	}
#define COMPARE(op, lane, function) \
	FUNCTION(op) \
	{ \
		union v128 a = get(at), b = get(at + 2), r; \
		for (unsigned k = 0; k < LANES_##lane; k++) \
			r.lane[k] = (lane_##lane)(0 - (uint64_t)function(a.lane[k], b.lane[k])); \
		put(at, &r); \
	}
#define SHIFT(op, lane, function) \
	FUNCTION(op) \
	{ \
		union v128 a = get(at), r; \
		uint32_t n = at[2].i32; \
		for (unsigned k = 0; k < LANES_##lane; k++) \
			r.lane[k] = function(a.lane[k], n); \
		put(at, &r); \
	}
#define ALL_TRUE(op, lane) \
	FUNCTION(op) \
	{ \
		union v128 a = get(at); \
		uint32_t all = 1; \
		for (unsigned k = 0; k < LANES_##lane; k++) \
			all &= a.lane[k] != 0; \
		at->i32 = all; \
	}
#define BITMASK(op, lane) \
	FUNCTION(op) \
	{ \
		union v128 a = get(at); \
		uint32_t mask = 0; \
		for (unsigned k = 0; k < LANES_##lane; k++) \
			mask |= (uint32_t)(a.lane[k] >> (8 * sizeof(lane_##lane) - 1)) << k; \
		at->i32 = mask; \
	}
#define SPLAT(op, lane, operand) \
	FUNCTION(op) \
	{ \
		union v128 r; \
		for (unsigned k = 0; k < LANES_##lane; k++) \
			r.lane[k] = (lane_##lane)at->operand; \
		put(at, &r); \
	}
#define EXTRACT(op, lane, as, result) \
	FUNCTION(op) \
	{ \
		union v128 a = get(at); \
		at->result = (lane_##result)(as)a.lane[i->imm]; \
	}
#define REPLACE(op, lane, operand) \
	FUNCTION(op) \
	{ \
		union v128 a = get(at); \
		a.lane[i->imm] = (lane_##lane)at[2].operand; \
		put(at, &a); \
	}
#define FEWER(from, to) ((unsigned)LANES_##from < LANES_##to ? LANES_##from : LANES_##to)
#define CONVERT(op, from, to, function) \
	FUNCTION(op) \
	{ \
		union v128 a = get(at), r = {.i64 = {0, 0}}; \
		for (unsigned k = 0; k < FEWER(from, to); k++) \
			r.to[k] = function(a.from[k]); \
		put(at, &r); \
	}
#define EXTEND(op, from, first, to, as) \
	FUNCTION(op) \
	{ \
		union v128 a = get(at), r; \
		for (unsigned k = 0; k < LANES_##to; k++) \
			r.to[k] = (lane_##to)(as)a.from[first + k]; \
		put(at, &r); \
	}
#define NARROW(op, from, to, function) \
	FUNCTION(op) \
	{ \
		union v128 a = get(at), b = get(at + 2), r; \
		for (unsigned k = 0; k < LANES_##from; k++) { \
			r.to[k] = function(a.from[k]); \
			r.to[LANES_##from + k] = function(b.from[k]); \
		} \
		put(at, &r); \
	}
#define EXTMUL(op, from, first, to, as) \
	FUNCTION(op) \
	{ \
		union v128 a = get(at), b = get(at + 2), r; \
		for (unsigned k = 0; k < LANES_##to; k++) \
			r.to[k] = (lane_##to)((uint64_t)(as)a.from[first + k] * \
					      (uint64_t)(as)b.from[first + k]); \
		put(at, &r); \
	}
#define EXTADD(op, from, to, as) \
	FUNCTION(op) \
	{ \
		union v128 a = get(at), r; \
		for (unsigned k = 0; k < LANES_##to; k++) \
			r.to[k] = (lane_##to)((as)a.from[2 * k] + (as)a.from[2 * k + 1]); \
		put(at, &r); \
	}
#define SPECIAL(op, function) \
	FUNCTION(op) \
	{ \
		function(i, at); \
	}
#define LOAD_ALL(op) \
	FUNCTION(op) \
	{ \
		memcpy(at, access(inst, i, i->imm, at, sizeof(union v128)), sizeof(union v128)); \
	}
#define STORE_ALL(op) \
	FUNCTION(op) \
	{ \
		memcpy(access(inst, i, i->imm, at, sizeof(union v128)), at + 1, \
			sizeof(union v128)); \
	}
#define LOAD_LANES(op, from, to, as) \
	FUNCTION(op) \
	{ \
		union v128 a, r; \
		memcpy(&a, access(inst, i, i->imm, at, 8), 8); \
		for (unsigned k = 0; k < LANES_##to; k++) \
			r.to[k] = (lane_##to)(as)a.from[k]; \
		put(at, &r); \
	}
#define LOAD_SPLAT(op, lane) \
	FUNCTION(op) \
	{ \
		union v128 r; \
		lane_##lane x; \
		memcpy(&x, access(inst, i, i->imm, at, sizeof x), sizeof x); \
		for (unsigned k = 0; k < LANES_##lane; k++) \
			r.lane[k] = x; \
		put(at, &r); \
	}
#define LOAD_ZERO(op, lane) \
	FUNCTION(op) \
	{ \
		union v128 r = {.i64 = {0, 0}}; \
		memcpy(&r, access(inst, i, i->imm, at, sizeof r.lane[0]), sizeof r.lane[0]); \
		put(at, &r); \
	}
#define LOAD_LANE(op, lane) \
	FUNCTION(op) \
	{ \
		load_lane(inst, i, at, sizeof(lane_##lane)); \
	}
#define STORE_LANE(op, lane) \
	FUNCTION(op) \
	{ \
		store_lane(inst, i, at, sizeof(lane_##lane)); \
	}
#include "core/numeric_simd.def"

/* ---- dispatch ---- */

#define FIRST CORE_OP_V128_LOAD

typedef void simd_fn(struct core_instance *inst, const struct core_insn *i, union core_raw *at);

static simd_fn *const functions[] = {
#define OP(NAME, text, opcode, imm, sig) [CORE_OP_##NAME - FIRST] = exec_##NAME,
#include "core/ops_simd.def"
#undef OP
};

bool
exec_is_simd(unsigned op)
{
	return op - FIRST < sizeof functions / sizeof *functions;
}

void
exec_simd(struct core_instance *inst, const struct core_insn *i, union core_raw *at)
{
	functions[i->op - FIRST](inst, i, at);
}
