/* valid_func_stack.c - the operand stack and the control stack of the validation algorithm
 * (core specification, appendix, "Validation Algorithm"). */
#include "core/valid_func_state.h"

#include "base/budget.h"
#include "base/error.h"

/* From how many types on a list is counted as work of its own. */
#define LONG_LIST 16

uint32_t
operand_slots(struct operand o)
{
	return core_valtype_slots(o.type);
}

uint32_t
typelist_slots(struct typelist types)
{
	return core_valtypes_slots(types.data, types.len);
}

void
drop_to(struct checker *c, uint32_t height, uint32_t top)
{
	c->operands.len = height;
	c->top = top;
}

/* Forgets the operand at the top. */
static void
take(struct checker *c)
{
	c->top -= core_valtype_slots(vec_last(&c->operands).type);
	c->operands.len--;
}

void
need_slots(struct checker *c, uint32_t n)
{
	if (c->top + n > c->max_top && reachable(c))
		c->max_top = c->top + n;
}

static void
put(struct checker *c, struct core_valtype type, bool unknown)
{
	struct operand *to = vec_add(c->arena, &c->operands);
	to->unknown = unknown;
	to->type = type;
	to->home = c->nlocal_slots + CORE_FRAME_LINK + c->top;
	c->same = to->place;
	to->place = PLACE_HOME;
	c->top += core_valtype_slots(type);
	need_slots(c, 0);
}

void
push_operand(struct checker *c, struct operand o)
{
	put(c, o.type, o.unknown);
}

void
push(struct checker *c, struct core_valtype type)
{
	put(c, type, false);
}

void
push_list(struct checker *c, struct typelist types)
{
	if (types.len >= LONG_LIST)
		budget_spend(types.len / LONG_LIST);
	for (uint32_t i = 0; i < types.len; i++)
		push(c, types.data[i]);
}

bool
matches(const struct checker *c, struct core_valtype a, struct core_valtype b)
{
	return valid_matches(c->module, a, b);
}

bool
list_matches(const struct checker *c, struct typelist a, struct typelist b)
{
	bool fits = a.len == b.len;
	for (uint32_t k = 0; fits && k < a.len; k++)
		fits = matches(c, a.data[k], b.data[k]);
	return fits;
}

struct operand
pop_any(struct checker *c)
{
	const struct label *l = &vec_last(&c->labels);
	if (c->operands.len > l->height) {
		take(c);
		return c->operands.data[c->operands.len];
	}
	require(l->unreachable, c->at, "type-mismatch",
		"type mismatch: an operand is missing from the stack");
	return (struct operand){.unknown = true};
}

void
peek(struct checker *c, uint32_t depth, struct core_valtype want)
{
	const struct label *l = &vec_last(&c->labels);
	if (c->operands.len - l->height <= depth) {
		require(l->unreachable, c->at, "type-mismatch",
			"type mismatch: expected %s, but the stack is empty",
			core_valtype_name(want));
		return;
	}
	const struct operand *o = &c->operands.data[c->operands.len - 1 - depth];
	require(o->unknown || matches(c, o->type, want), c->at, "type-mismatch",
		"type mismatch: expected %s, found %s", core_valtype_name(want),
		core_valtype_name(o->type));
}

void
pop(struct checker *c, struct core_valtype want)
{
	peek(c, 0, want);
	if (c->operands.len > vec_last(&c->labels).height)
		take(c);
}

struct core_valtype
pop_ref(struct checker *c)
{
	struct operand o = pop_any(c);
	if (o.unknown)
		return (struct core_valtype){CORE_KIND_REF, CORE_HEAP_BOTTOM, false, 0};
	require(core_valtype_is_ref(o.type), c->at, "type-mismatch",
		"type mismatch: expected a reference, found %s", core_valtype_name(o.type));
	return o.type;
}

void
pop_list(struct checker *c, struct typelist want)
{
	if (want.len >= LONG_LIST)
		budget_spend(want.len / LONG_LIST);
	for (uint32_t i = want.len; i-- > 0;)
		pop(c, want.data[i]);
}

struct label *
push_label(struct checker *c, enum core_op op, struct typelist in, struct typelist out)
{
	bool dead = c->labels.len && !reachable(c);
	struct label *l = vec_add(c->arena, &c->labels);
	*l = (struct label){.op = op,
		.in = in,
		.out = out,
		.height = c->operands.len,
		.base = c->top,
		.sets = c->sets.len,
		.dead = dead,
		.start = c->code.len};
	push_list(c, in);
	return l;
}

struct label
pop_label(struct checker *c)
{
	struct label *l = &vec_last(&c->labels);
	pop_list(c, l->out);
	require(c->operands.len == l->height, c->at, "type-mismatch",
		"type mismatch: values are left on the stack at the end of a block");
	while (c->sets.len > l->sets)
		c->unset.data[vec_pop(&c->sets)] = true;
	return vec_pop(&c->labels);
}

struct label *
label_at(struct checker *c, uint32_t depth)
{
	require(depth < c->labels.len, c->at, "unknown-label", "unknown label %u", depth);
	return &c->labels.data[c->labels.len - 1 - depth];
}

struct typelist
label_types(const struct label *l)
{
	return l->op == CORE_OP_LOOP ? l->in : l->out;
}

void
set_unreachable(struct checker *c)
{
	struct label *l = &vec_last(&c->labels);
	drop_to(c, l->height, l->base);
	l->unreachable = true;
}
