/* lower.c - where operands are, and moving them. See lower.h. */
#include "core/lower.h"

#include <string.h>

#include "core/engine.h"

/* How many operands lower_set looks at: those below are not left in locals. */
#define WINDOW 32

struct operand *
lower_popped(struct checker *c)
{
	return &c->operands.data[c->operands.len];
}

uint16_t
lower_next(const struct checker *c)
{
	return (uint16_t)(c->nlocal_slots + CORE_FRAME_LINK + c->top);
}

struct core_insn *
lower_add(struct checker *c, unsigned op)
{
	struct core_insn *i = vec_add(c->arena, &c->code);
	memset(i, 0, sizeof *i);
	i->op = (uint16_t)op;
	return i;
}

/* Whether an operation writes one slot, d, and does nothing else. */
static bool
only_makes(unsigned op)
{
	static const bool makes[LOW_COUNT] = {
		[LOW_MOVE] = true,
		[LOW_CONST] = true,
		[LOW_GLOBAL_GET] = true,
		[LOW_REF_FUNC] = true,
#define LOWERED(name)
#define BRANCHES(name, function, operands) \
	[LOW_##name##_SELECT] = true, [LOW_##name##_SELECT_K] = true,
#define CHAIN(A, a, B, b, operands)            [LOW_##A##_##B] = true,
#define CHAIN_RIGHT(A, a, B, b, operands)      [LOW_##A##_RIGHT_##B] = true,
#define CHAIN_K(A, a, B, b, operands)          [LOW_##A##_K_##B] = true,
#define CHAIN_THEN_K(A, a, B, b, operands)     [LOW_##A##_##B##_K] = true,
#define UNARY(op, function, result, operand)   [CORE_OP_##op] = true,
#define BINARY(op, function, result, operands) [CORE_OP_##op] = true, [LOW_##op##_K] = true,
#define COMPARE(op, function, operands, swapped) \
	BINARY(op, function, i32, operands) BRANCHES(op, function, operands)
#define LOAD(op, result, as, from) \
	[CORE_OP_##op] = true, [LOW_##op##_NEAR] = true, [LOW_##op##_INDEX] = true, \
	[LOW_##op##_AT] = true, [LOW_##op##_PLUS] = true,
#define STORE(op, operand, to)
#include "core/lowered.def"
	};
	return makes[op];
}

struct core_insn *
lower_maker(struct checker *c, const struct operand *o)
{
	if (o->place != PLACE_HOME || c->code.len <= c->barrier || core_engine.plain)
		return NULL;
	struct core_insn *last = &vec_last(&c->code);
	return only_makes(last->op) && last->d == o->home ? last : NULL;
}

/* Up to three moves are one instruction. */
static bool
joins_move(struct checker *c, uint16_t to, uint16_t from)
{
	if (c->code.len <= c->barrier || core_engine.plain)
		return false;
	struct core_insn *last = &vec_last(&c->code);
	if (last->op == LOW_MOVE) {
		last->op = LOW_MOVE_2;
		last->b = to;
		last->y = from;
		return true;
	}
	if (last->op == LOW_MOVE_2) {
		last->op = LOW_MOVE_3;
		last->c = to | (uint32_t)from << 16;
		return true;
	}
	return false;
}

void
lower_move(struct checker *c, uint32_t to, uint32_t from, uint32_t n)
{
	if (to == from || n == 0 || (n == 1 && joins_move(c, (uint16_t)to, (uint16_t)from)))
		return;
	struct core_insn *i = lower_add(c, n == 1 ? LOW_MOVE : n == 2 ? LOW_MOVE_WIDE : LOW_MOVES);
	i->d = (uint16_t)to;
	i->x = (uint16_t)from;
	i->b = n;
}

static void
set_const(struct checker *c, uint32_t slot, uint64_t bits)
{
	struct core_insn *i = lower_add(c, LOW_CONST);
	i->d = (uint16_t)slot;
	i->imm = bits;
}

void
lower_put(struct checker *c, const struct operand *o, uint32_t slot)
{
	if (o->place == PLACE_CONST)
		set_const(c, slot, o->bits);
	else
		lower_move(
			c, slot, o->place == PLACE_LOCAL ? o->local : o->home, operand_slots(*o));
}

void
lower_home(struct checker *c, struct operand *o)
{
	if (o->place != PLACE_HOME)
		lower_put(c, o, o->home);
	o->place = PLACE_HOME;
}

uint16_t
lower_slot(struct checker *c, struct operand *o)
{
	if (o->place == PLACE_CONST)
		lower_home(c, o);
	return (uint16_t)(o->place == PLACE_LOCAL ? o->local : o->home);
}

void
lower_settle(struct checker *c, uint32_t n)
{
	if (!emitting(c))
		return;
	for (uint32_t k = c->pending; k < c->operands.len; k++)
		if (c->operands.data[k].place == PLACE_LOCAL)
			lower_home(c, &c->operands.data[k]);
	c->pending = c->operands.len;
	for (uint32_t k = 0; k < n; k++)
		lower_home(c, &lower_popped(c)[k]);
}

/* The last operand is in a local: keeps `pending` true, and the window small. */
static void
note_pending(struct checker *c)
{
	uint32_t last = c->operands.len - 1;
	if (c->pending > last)
		c->pending = last;
	while (last - c->pending > WINDOW) {
		struct operand *o = &c->operands.data[c->pending++];
		if (o->place == PLACE_LOCAL)
			lower_home(c, o);
	}
}

void
lower_get(struct checker *c, uint32_t slot)
{
	if (!emitting(c))
		return;
	struct operand *o = &vec_last(&c->operands);
	o->place = PLACE_LOCAL;
	o->local = slot;
	if (core_engine.plain)
		lower_home(c, o);
	else
		note_pending(c);
}

void
lower_const(struct checker *c, uint64_t bits)
{
	if (!emitting(c))
		return;
	struct operand *o = &vec_last(&c->operands);
	o->place = PLACE_CONST;
	o->bits = bits;
	if (core_engine.plain)
		lower_home(c, o);
}

/* Pushing left the fields alone that say where it was. */
void
lower_same(struct checker *c)
{
	if (!emitting(c))
		return;
	struct operand *o = &vec_last(&c->operands);
	o->place = c->same;
	if (o->place == PLACE_LOCAL)
		note_pending(c);
}

void
lower_set(struct checker *c, uint32_t slot)
{
	if (!emitting(c))
		return;
	for (uint32_t k = c->pending; k < c->operands.len; k++) {
		struct operand *o = &c->operands.data[k];
		if (o->place == PLACE_LOCAL && o->local == slot)
			lower_home(c, o);
	}
	struct operand *value = lower_popped(c);
	struct core_insn *maker = lower_maker(c, value);
	if (maker)
		maker->d = (uint16_t)slot;
	else
		lower_put(c, value, slot);
}

struct core_insn *
emit(struct checker *c, unsigned op, uint32_t a)
{
	if (!emitting(c))
		return NULL;
	for (struct operand *o = lower_popped(c); o < c->operands.data + c->mark; o++)
		lower_home(c, o);
	struct core_insn *i = lower_add(c, op);
	i->d = lower_next(c);
	i->a = a;
	return i;
}
