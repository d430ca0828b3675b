/* lower_control.c - lowering of blocks, branches and calls. See lower.h. */
#include "core/lower.h"

#include "core/exec_gc.h"
#include "core/instance.h"

/* A branch moves so many values one by one. */
#define FEW 4

/* ---- conditions ---- */

/* The first of the eight branches that test what a comparison makes, or 0. */
static unsigned
branch_of(unsigned op)
{
	static const uint16_t branches[LOW_COUNT] = {
		[CORE_OP_I32_AND] = LOW_I32_AND_BR,
		[LOW_I32_AND_K] = LOW_I32_AND_BR + BRANCH_K,
#define LOWERED(name)
#define BRANCHES(name, function, operands)
#define CHAIN(A, a, B, b, operands)
#define CHAIN_RIGHT(A, a, B, b, operands)
#define CHAIN_K(A, a, B, b, operands)
#define CHAIN_THEN_K(A, a, B, b, operands)
#define UNARY(op, function, result, operand)
#define BINARY(op, function, result, operands)
#define COMPARE(op, function, operands, swapped) \
	[CORE_OP_##op] = LOW_##op##_BR, [LOW_##op##_K] = LOW_##op##_BR + BRANCH_K,
#define LOAD(op, result, as, from)
#define STORE(op, operand, to)
#include "core/lowered.def"
	};
	return branches[op];
}

/* Comparisons with a constant of 64 bits. */
static bool
is_wide_k(unsigned op)
{
	static const bool wide[LOW_COUNT] = {
#define LOWERED(name)
#define BRANCHES(name, function, operands)
#define CHAIN(A, a, B, b, operands)
#define CHAIN_RIGHT(A, a, B, b, operands)
#define CHAIN_K(A, a, B, b, operands)
#define CHAIN_THEN_K(A, a, B, b, operands)
#define UNARY(op, function, result, operand)
#define BINARY(op, function, result, operands)
#define COMPARE(op, function, operands, swapped) \
	[LOW_##op##_K] = sizeof((union core_raw *)0)->operands == 8,
#define LOAD(op, result, as, from)
#define STORE(op, operand, to)
#include "core/lowered.def"
	};
	return wide[op];
}

static bool
is_eqz(const struct core_insn *i)
{
	return i->op == LOW_I32_EQ_K && i->imm == 0;
}

/* A branch has room for a constant of 32 bits only, which is extended with its sign for the
 * comparisons of 64. */
static bool
can_test(const struct core_insn *i)
{
	return !is_wide_k(i->op) || (uint64_t)(int64_t)(int32_t)i->b == i->imm;
}

static struct core_insn
branch_if(struct condition t, bool holds)
{
	if (t.negated == holds)
		t.branch.op += BRANCH_NOT;
	return t.branch;
}

/* What made the operand is taken back where the branch can do it itself. The operand of eqz, and
 * its result, have the same home. */
struct condition
lower_condition(struct checker *c, struct operand *o)
{
	struct condition t = {.branch = {.op = LOW_TRUE_BR}};
	struct core_insn *maker = lower_maker(c, o);
	while (maker && is_eqz(maker)) {
		t.negated = !t.negated;
		c->code.len--;
		if (maker->x != o->home) {
			t.branch.x = maker->x;
			return t;
		}
		maker = lower_maker(c, o);
	}
	if (maker && branch_of(maker->op) && can_test(maker)) {
		t.branch.op = (uint16_t)branch_of(maker->op);
		t.branch.x = maker->x;
		t.branch.y = maker->y;
		t.branch.c = (uint32_t)maker->imm;
		c->code.len--;
	} else {
		t.branch.x = lower_slot(c, o);
	}
	return t;
}

/* ---- branches ---- */

/* Emits a branch to what will be patched through the chain. */
static void
chained(struct checker *c, struct core_insn branch, uint32_t *chain)
{
	branch.b = *chain;
	*lower_add(c, branch.op) = branch;
	*chain = c->code.len;
}

/* A branch, conditional or not, to a label whose values are in place. */
static void
branch_to(struct checker *c, struct core_insn branch, struct label *l)
{
	if (l->op != CORE_OP_LOOP) {
		chained(c, branch, &l->exits);
		return;
	}
	branch.op += branch.op == LOW_BR ? LOW_BACK - LOW_BR : BRANCH_BACK;
	branch.b = l->start - c->code.len;
	*lower_add(c, branch.op) = branch;
}

void
lower_land(struct checker *c, uint32_t chain)
{
	if (chain)
		c->barrier = c->code.len;
	while (chain) {
		struct core_insn *i = &c->code.data[chain - 1];
		uint32_t at = chain - 1;
		chain = i->b;
		i->b = c->code.len - at;
	}
}

/* Where the values that a label takes have to be. */
static uint32_t
label_home(const struct checker *c, const struct label *l)
{
	return c->nlocal_slots + CORE_FRAME_LINK + l->base;
}

static bool
is_function(const struct checker *c, uint32_t depth)
{
	return depth + 1 == c->labels.len;
}

/* The results are in the slots from `from` on. */
static void
return_slots(struct checker *c, uint32_t from, uint32_t slots)
{
	struct core_insn *i = lower_add(c, slots == 0   ? LOW_RETURN
					   : slots == 1 ? LOW_RETURN_1
							: LOW_RETURN_MANY);
	i->d = (uint16_t)c->nlocal_slots;
	i->x = (uint16_t)from;
	i->y = (uint16_t)slots;
}

/* The results are the n operands from o on. */
static void
return_from(struct checker *c, struct operand *o, uint32_t n)
{
	uint32_t slots = 0;
	for (uint32_t k = 0; k < n; k++)
		slots += operand_slots(o[k]);
	for (uint32_t k = 0; slots > 1 && k < n; k++)
		lower_home(c, &o[k]);
	return_slots(c, slots ? lower_slot(c, o) : 0, slots);
}

/* Goes to a label with values that are in their homes from a slot on. */
static void
go_with_homes(struct checker *c, uint32_t depth, uint32_t home)
{
	struct label *l = label_at(c, depth);
	uint32_t slots = typelist_slots(label_types(l));
	if (is_function(c, depth)) {
		return_slots(c, home, slots);
		return;
	}
	lower_move(c, label_home(c, l), home, slots);
	branch_to(c, (struct core_insn){.op = LOW_BR}, l);
}

/* Few values go where they belong one by one; homes are in ascending order, and never below where
 * their values go, so that none is overwritten before it is read. */
void
lower_br(struct checker *c, uint32_t depth)
{
	if (!emitting(c))
		return;
	struct label *l = label_at(c, depth);
	struct operand *o = lower_popped(c);
	uint32_t n = label_types(l).len;
	if (is_function(c, depth)) {
		return_from(c, o, n);
		return;
	}
	uint32_t to = label_home(c, l);
	for (uint32_t k = 0; k < n && n > FEW; k++)
		lower_home(c, &o[k]);
	if (n > FEW) {
		go_with_homes(c, depth, o->home);
		return;
	}
	for (uint32_t k = 0; k < n; k++) {
		lower_put(c, &o[k], to);
		to += operand_slots(o[k]);
	}
	branch_to(c, (struct core_insn){.op = LOW_BR}, l);
}

/* Whether values that lie in their homes from a slot on are where the label wants them. */
static bool
in_place(struct checker *c, uint32_t depth, uint32_t home)
{
	struct label *l = label_at(c, depth);
	return !label_types(l).len || home == label_home(c, l);
}

/* Branches with values that were popped last and are in their homes, the first of which is the
 * next. */
static void
branch_on(struct checker *c, uint32_t depth, struct condition t)
{
	uint16_t home = lower_next(c);
	if (in_place(c, depth, home)) {
		branch_to(c, branch_if(t, true), label_at(c, depth));
		return;
	}
	uint32_t over = 0;
	chained(c, branch_if(t, false), &over);
	go_with_homes(c, depth, home);
	lower_land(c, over);
}

void
lower_br_if(struct checker *c, uint32_t depth, uint32_t nvalues)
{
	if (!emitting(c))
		return;
	struct operand *o = lower_popped(c);
	struct condition condition = lower_condition(c, &o[nvalues]);
	for (uint32_t k = 0; k < nvalues; k++)
		lower_home(c, &o[k]);
	branch_on(c, depth, condition);
}

/* Null is 0. */
static struct condition
is_null(uint32_t slot)
{
	return (struct condition){.branch = {.op = LOW_I64_EQ_BR_K, .x = (uint16_t)slot}};
}

void
lower_br_on_null(struct checker *c, uint32_t depth, uint32_t nvalues)
{
	if (!emitting(c))
		return;
	struct operand *o = lower_popped(c);
	for (uint32_t k = 0; k <= nvalues; k++)
		lower_home(c, &o[k]);
	branch_on(c, depth, is_null(o[nvalues].home));
}

void
lower_br_on_non_null(struct checker *c, uint32_t depth, uint32_t nvalues)
{
	if (!emitting(c))
		return;
	struct operand *o = lower_popped(c);
	for (uint32_t k = 0; k < nvalues; k++)
		lower_home(c, &o[k]);
	struct condition t = is_null(o[nvalues - 1].home);
	t.negated = true;
	branch_on(c, depth, t);
}

/* A copy of the reference, which is the last value, is tested in the slot above it. */
void
lower_br_on_cast(struct checker *c, const struct core_instr *i, uint32_t nvalues)
{
	if (!emitting(c))
		return;
	struct operand *o = lower_popped(c), *ref = &o[nvalues - 1];
	for (uint32_t k = 0; k < nvalues; k++)
		lower_home(c, &o[k]);
	uint32_t copy = ref->home + 1;
	lower_move(c, copy, ref->home, 1);
	struct core_insn *test = lower_add(c, CORE_OP_REF_TEST);
	exec_gc_immediates(c->module, i, test);
	test->op = CORE_OP_REF_TEST;
	test->d = (uint16_t)copy;
	struct condition t = {.branch = {.op = LOW_TRUE_BR, .x = test->d},
		.negated = i->op == CORE_OP_BR_ON_CAST_FAIL};
	branch_on(c, i->index, t);
}

void
lower_return(struct checker *c)
{
	if (emitting(c))
		return_from(c, lower_popped(c), c->result.len);
}

/* ---- br_table ---- */

void
lower_br_table(struct checker *c, uint32_t nvalues, uint32_t nlabels)
{
	if (!emitting(c))
		return;
	struct operand *index = lower_popped(c);
	uint16_t x = lower_slot(c, index);
	for (uint32_t k = nvalues; k > 0; k--)
		lower_home(c, index - k);
	struct core_insn *i = lower_add(c, LOW_BR_TABLE);
	i->x = x;
	i->c = nlabels - 1;
	/* where the values are, for what follows */
	c->table_home = nvalues ? (index - nvalues)->home : 0;
}

/* Values that are not in place are moved behind the table; until it is done, y says so, and b the
 * label. */
void
lower_br_table_entry(struct checker *c, uint32_t depth)
{
	if (!emitting(c))
		return;
	if (!is_function(c, depth) && in_place(c, depth, c->table_home)) {
		branch_to(c, (struct core_insn){.op = LOW_BR}, label_at(c, depth));
		return;
	}
	struct core_insn *i = lower_add(c, LOW_BR);
	i->y = 1;
	i->b = depth;
}

void
lower_br_table_end(struct checker *c, uint32_t nlabels)
{
	if (!emitting(c))
		return;
	uint32_t first = c->code.len - nlabels;
	for (uint32_t k = first; k < first + nlabels; k++) {
		struct core_insn *i = &c->code.data[k];
		if (!i->y)
			continue;
		uint32_t depth = i->b;
		i->y = 0;
		i->b = c->code.len - k;
		c->barrier = c->code.len;
		go_with_homes(c, depth, c->table_home);
	}
	c->barrier = c->code.len;
}

/* ---- blocks ---- */

uint32_t
lower_block(struct checker *c, enum core_op op, uint32_t nparams)
{
	if (!emitting(c))
		return 0;
	uint32_t otherwise = 0;
	struct condition condition = {0};
	if (op == CORE_OP_IF)
		condition = lower_condition(c, &lower_popped(c)[nparams]);
	lower_settle(c, nparams);
	if (op == CORE_OP_IF) {
		chained(c, branch_if(condition, false), &otherwise);
	} else if (op == CORE_OP_LOOP) {
		c->barrier = c->code.len;
	}
	return otherwise;
}

/* The results of the block that ends are its last operands. */
static void
settle_results(struct checker *c)
{
	const struct label *l = &vec_last(&c->labels);
	uint32_t first = l->height;
	if (c->operands.len - first > l->out.len)
		first = c->operands.len - l->out.len;
	for (uint32_t k = first; k < c->operands.len; k++)
		lower_home(c, &c->operands.data[k]);
}

void
lower_then_end(struct checker *c)
{
	if (!emitting(c))
		return;
	settle_results(c);
	chained(c, (struct core_insn){.op = LOW_BR}, &vec_last(&c->labels).exits);
}

/* The end of a function returns what lies where it was made, unless a branch leads there. */
void
lower_end(struct checker *c)
{
	struct label *l = &vec_last(&c->labels);
	if (!emitting(c))
		return;
	bool is_body = c->labels.len == 1;
	if (!is_body || l->exits) {
		settle_results(c);
		return;
	}
	return_from(c, c->operands.data + l->height, l->out.len);
}

/* Behind the end, whose label was popped. */
void
lower_leave(struct checker *c, const struct label *was)
{
	if (!c->lowering)
		return;
	lower_land(c, was->exits);
	if (was->attempt)
		c->tries.data[was->attempt - 1].end = c->code.len;
	if (!c->labels.len && was->exits)
		return_slots(c, label_home(c, was), typelist_slots(was->out));
}

/* ---- exceptions ---- */

/* The jump goes over the clauses. */
uint32_t
lower_try(struct checker *c, uint32_t nparams)
{
	if (!emitting(c))
		return 0;
	lower_settle(c, nparams);
	lower_add(c, LOW_BR);
	c->table_home = lower_next(c);
	return c->code.len;
}

void
lower_catch(struct checker *c, uint32_t depth)
{
	lower_br_table_entry(c, depth);
}

uint32_t
lower_try_body(struct checker *c, uint32_t pads, const struct core_handler *handler)
{
	if (!emitting(c))
		return 0;
	lower_br_table_end(c, handler->ncatches);
	c->code.data[pads - 1].b = c->code.len - (pads - 1);
	struct core_try t = {c->code.len, 0, pads, lower_next(c), handler};
	vec_push(c->arena, &c->tries, t);
	return c->tries.len;
}

static void
settle_arguments(struct checker *c, const struct operand *end)
{
	for (struct operand *o = lower_popped(c); o < end; o++)
		lower_home(c, o);
}

void
lower_throw(struct checker *c, uint32_t tag)
{
	if (!emitting(c))
		return;
	struct core_insn *i = emit(c, CORE_OP_THROW, 0);
	i->b = tag;
}

void
lower_throw_ref(struct checker *c)
{
	if (!emitting(c))
		return;
	uint16_t x = lower_slot(c, lower_popped(c));
	lower_add(c, CORE_OP_THROW_REF)->x = x;
}

/* ---- calls ---- */

void
lower_call(struct checker *c, unsigned op, uint32_t index)
{
	if (!emitting(c))
		return;
	const struct core_func_def *f = &c->module->funcs.data[index];
	bool near = op == CORE_OP_CALL && !f->imported;
	struct core_insn *i = emit(c, near ? LOW_CALL : op, 0);
	if (near)
		i->code = f->code;
	else
		i->b = index;
}

/* With a last operand that is no argument. */
static struct core_insn *
call_through(struct checker *c, unsigned op)
{
	struct operand *last = &c->operands.data[c->mark - 1];
	settle_arguments(c, last);
	uint16_t x = lower_slot(c, last);
	struct core_insn *i = lower_add(c, op);
	i->d = lower_next(c);
	i->x = x;
	return i;
}

void
lower_call_indirect(struct checker *c, unsigned op, uint32_t type, uint32_t table)
{
	if (!emitting(c))
		return;
	struct core_insn *i = call_through(c, op);
	i->b = type;
	i->c = table;
}

void
lower_call_ref(struct checker *c, unsigned op)
{
	if (emitting(c))
		call_through(c, op);
}
