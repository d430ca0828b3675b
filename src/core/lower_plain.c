/* lower_plain.c - lowering of the instructions that do not jump. See lower.h. */
#include "core/lower.h"

#include "core/engine.h"
#include "core/instance.h"

enum kind { NONE, UNARY_OP, BINARY_OP, LOAD_OP, STORE_OP };

/* What there is of an instruction: forms with a constant, for memory 0, and with operands the
 * other way round. */
struct forms {
	uint8_t kind; /* enum kind */
	bool is_wide; /* a store of 64 bits */
	uint16_t k, near, swapped;
};

static const struct forms forms[CORE_OP_COUNT] = {
#define LOWERED(name)
#define BRANCHES(name, function, operands)
#define CHAIN(A, a, B, b, operands)
#define CHAIN_RIGHT(A, a, B, b, operands)
#define CHAIN_K(A, a, B, b, operands)
#define CHAIN_THEN_K(A, a, B, b, operands)
#define UNARY(op, function, result, operand) [CORE_OP_##op] = {.kind = UNARY_OP},
#define BINARY(op, function, result, operands) \
	[CORE_OP_##op] = {.kind = BINARY_OP, .k = LOW_##op##_K},
#define COMPARE(op, function, operands, other) \
	[CORE_OP_##op] = {.kind = BINARY_OP, .k = LOW_##op##_K, .swapped = CORE_OP_##other},
#define LOAD(op, result, as, from) [CORE_OP_##op] = {.kind = LOAD_OP, .near = LOW_##op##_NEAR},
#define STORE(op, operand, to) \
	[CORE_OP_##op] = {.kind = STORE_OP, \
		.near = LOW_##op##_NEAR, \
		.is_wide = sizeof((union core_raw *)0)->operand == 8},
#include "core/lowered.def"
};

enum near_form { NEAR, NEAR_INDEX, NEAR_AT, NEAR_PLUS, NEAR_K };

static void
lower_unary(struct checker *c, unsigned op)
{
	uint16_t x = lower_slot(c, lower_popped(c));
	struct core_insn *i = lower_add(c, op);
	i->d = lower_next(c);
	i->x = x;
}

/* Zero is the constant that eqz compares with. */
static void
lower_eqz(struct checker *c, unsigned k)
{
	lower_unary(c, k);
}

/* The instruction that does the same with its operands the other way round, or 0. Floats do not
 * commute: their NaN comes of the first. */
static unsigned
other_way(unsigned op)
{
	switch (op) {
	case CORE_OP_I32_ADD:
	case CORE_OP_I32_MUL:
	case CORE_OP_I32_AND:
	case CORE_OP_I32_OR:
	case CORE_OP_I32_XOR:
	case CORE_OP_I64_ADD:
	case CORE_OP_I64_MUL:
	case CORE_OP_I64_AND:
	case CORE_OP_I64_OR:
	case CORE_OP_I64_XOR: return op;
	default: return forms[op].swapped;
	}
}

/* ---- two operators in one ---- */

/* What the second is of: `right`: the first gives its right operand. */
static const struct {
	uint16_t first, second, both;
	bool right;
} chains[] = {
#define LOWERED(name)
#define BRANCHES(name, function, operands)
#define UNARY(op, function, result, operand)
#define BINARY(op, function, result, operands)
#define COMPARE(op, function, operands, swapped)
#define LOAD(op, result, as, from)
#define STORE(op, operand, to)
#define CHAIN(A, a, B, b, operands)        {CORE_OP_##A, CORE_OP_##B, LOW_##A##_##B, false},
#define CHAIN_RIGHT(A, a, B, b, operands)  {CORE_OP_##A, CORE_OP_##B, LOW_##A##_RIGHT_##B, true},
#define CHAIN_K(A, a, B, b, operands)      {LOW_##A##_K, CORE_OP_##B, LOW_##A##_K_##B, false},
#define CHAIN_THEN_K(A, a, B, b, operands) {CORE_OP_##A, LOW_##B##_K, LOW_##A##_##B##_K, false},
#include "core/lowered.def"
};

/* What does `first` and then `op`, or 0. */
static unsigned
both(unsigned first, unsigned op, bool right)
{
	for (size_t k = 0; k < sizeof chains / sizeof *chains; k++)
		if (chains[k].first == first && chains[k].second == op && chains[k].right == right)
			return chains[k].both;
	return 0;
}

static bool
has_k(unsigned op)
{
	return op >= CORE_OP_COUNT;
}

/* Makes the instruction that made one operand do `op`, too; z is the other operand. */
static bool
chain(struct checker *c, unsigned op, struct operand *made, struct operand *z, bool right)
{
	struct core_insn *maker = lower_maker(c, made);
	unsigned op_of_both = maker ? both(maker->op, op, right) : 0;
	if (!op_of_both || (z->place == PLACE_CONST) != has_k(op))
		return false;
	if (has_k(op))
		maker->imm = z->bits;
	else if (has_k(maker->op))
		maker->y = lower_slot(c, z);
	else
		maker->b = lower_slot(c, z);
	maker->op = (uint16_t)op_of_both;
	maker->d = lower_next(c);
	return true;
}

static void
lower_binary(struct checker *c, unsigned op)
{
	struct operand *a = lower_popped(c), *b = a + 1;
	bool swaps = other_way(op) == op;
	if (a->place == PLACE_CONST && b->place != PLACE_CONST && other_way(op)) {
		struct operand *first = a;
		a = b;
		b = first;
		op = other_way(op);
	}
	bool is_const = b->place == PLACE_CONST;
	unsigned form = is_const ? forms[op].k : op;
	if (chain(c, form, a, b, false) || chain(c, op, b, a, !swaps))
		return;
	uint16_t x = lower_slot(c, a);
	uint16_t y = is_const ? 0 : lower_slot(c, b);
	struct core_insn *i = lower_add(c, form);
	i->d = lower_next(c);
	i->x = x;
	i->y = y;
	if (is_const)
		i->imm = b->bits;
}

/* ---- loads and stores ---- */

static bool
is_near(const struct checker *c, uint32_t memory)
{
	return memory == 0 && core_engine.reserved && !c->module->mems.data[0].type.limits.is_64;
}

/* A load or store at an address that is constant, or was just added; or null. */
static struct core_insn *
at_address(struct checker *c, struct operand *address, unsigned near, uint64_t offset)
{
	struct core_insn *add = lower_maker(c, address);
	if (address->place == PLACE_CONST) {
		struct core_insn *i = lower_add(c, near + NEAR_AT);
		i->imm = (uint32_t)address->bits + offset;
		return i;
	}
	if (add && add->op == CORE_OP_I32_ADD) {
		add->op = (uint16_t)(near + NEAR_INDEX);
		add->imm = offset;
		return add;
	}
	if (!add || add->op != LOW_I32_ADD_K)
		return NULL;
	add->op = (uint16_t)(near + NEAR_PLUS);
	add->c = (uint32_t)add->imm;
	add->b = (uint32_t)offset;
	return add;
}

static void
lower_load(struct checker *c, const struct core_instr *i)
{
	struct operand *address = lower_popped(c);
	bool near = is_near(c, i->index);
	struct core_insn *load = NULL;
	if (near)
		load = at_address(c, address, forms[i->op].near, i->offset);
	if (!load) {
		uint16_t x = lower_slot(c, address);
		load = lower_add(c, near ? forms[i->op].near : i->op);
		load->x = x;
		load->y = (uint16_t)i->index;
		load->imm = i->offset;
	}
	load->d = lower_next(c);
}

static bool
fits(uint64_t bits, bool is_wide)
{
	return !is_wide || (uint64_t)(int64_t)(int32_t)(uint32_t)bits == bits;
}

/* The forms of a store that have no room for a slot more: false when it is none of them. */
static bool
lower_near_store(struct checker *c, const struct core_instr *i)
{
	struct operand *address = lower_popped(c), *value = address + 1;
	unsigned near = forms[i->op].near;
	bool at = address->place == PLACE_CONST;
	if (value->place == PLACE_CONST && !at && fits(value->bits, forms[i->op].is_wide)) {
		uint16_t x = lower_slot(c, address);
		struct core_insn *store = lower_add(c, near + NEAR_K);
		store->x = x;
		store->c = (uint32_t)value->bits;
		store->b = (uint32_t)i->offset;
		return true;
	}
	uint16_t slot = lower_slot(c, value);
	struct core_insn *store = at_address(c, address, near, i->offset);
	if (store && at)
		store->x = slot;
	else if (store && store->op == near + NEAR_PLUS)
		store->y = slot;
	else if (store)
		store->d = slot;
	return store;
}

static void
lower_store(struct checker *c, const struct core_instr *i)
{
	bool near = is_near(c, i->index);
	if (near && lower_near_store(c, i))
		return;
	struct operand *address = lower_popped(c), *value = address + 1;
	uint16_t x = lower_slot(c, address), y = lower_slot(c, value);
	struct core_insn *store = lower_add(c, near ? forms[i->op].near : i->op);
	store->d = (uint16_t)i->index;
	store->x = x;
	store->y = y;
	store->imm = i->offset;
}

static bool
is_const(unsigned op)
{
	return core_ops[op].imm >= CORE_IMM_I32 && core_ops[op].imm <= CORE_IMM_F64;
}

/* What only gives bits another type is no operation at all. */
static bool
is_same(unsigned op)
{
	switch (op) {
	case CORE_OP_I32_WRAP_I64:
	case CORE_OP_I32_REINTERPRET_F32:
	case CORE_OP_I64_REINTERPRET_F64:
	case CORE_OP_F32_REINTERPRET_I32:
	case CORE_OP_F64_REINTERPRET_I64: return !core_engine.plain;
	default: return false;
	}
}

void
lower_numeric(struct checker *c, const struct core_instr *i)
{
	if (!emitting(c) || is_const(i->op) || is_same(i->op))
		return;
	switch (forms[i->op].kind) {
	case UNARY_OP:
		if (i->op == CORE_OP_I32_EQZ)
			lower_eqz(c, LOW_I32_EQ_K);
		else if (i->op == CORE_OP_I64_EQZ)
			lower_eqz(c, LOW_I64_EQ_K);
		else
			lower_unary(c, i->op);
		break;
	case BINARY_OP: lower_binary(c, i->op); break;
	case LOAD_OP: lower_load(c, i); break;
	case STORE_OP: lower_store(c, i); break;
	default: {
		struct core_insn *insn = emit(c, i->op, i->index);
		insn->imm = simd_immediate(c, i);
	}
	}
}

void
lower_numeric_result(struct checker *c, const struct core_instr *i)
{
	if (is_const(i->op))
		lower_const(c, i->bits);
	else if (is_same(i->op))
		lower_same(c);
}

/* ---- others ---- */

/* Between values of one slot, the comparison is made on the spot. */
static void
lower_select_one(struct checker *c)
{
	struct operand *o = lower_popped(c);
	struct condition t = lower_condition(c, &o[2]);
	uint16_t x = lower_slot(c, &o[t.negated ? 1 : 0]), y = lower_slot(c, &o[t.negated ? 0 : 1]);
	t.branch.op += BRANCH_SELECT;
	t.branch.d = lower_next(c);
	t.branch.b = x | (uint32_t)y << 16;
	*lower_add(c, t.branch.op) = t.branch;
}

void
lower_select(struct checker *c, uint32_t slots)
{
	if (!emitting(c))
		return;
	if (slots == 1) {
		lower_select_one(c);
		return;
	}
	struct operand *o = lower_popped(c);
	uint16_t x = lower_slot(c, &o[0]), y = lower_slot(c, &o[1]), b = lower_slot(c, &o[2]);
	struct core_insn *i = lower_add(c, LOW_SELECT_WIDE);
	i->d = lower_next(c);
	i->x = x;
	i->y = y;
	i->b = b;
}

void
lower_global(struct checker *c, const struct core_instr *i, uint32_t slots)
{
	if (!emitting(c))
		return;
	bool get = i->op == CORE_OP_GLOBAL_GET;
	uint32_t slot = get ? lower_next(c) : lower_slot(c, lower_popped(c));
	for (uint32_t k = 0; k < slots; k++) {
		struct core_insn *insn = lower_add(c, get ? LOW_GLOBAL_GET : LOW_GLOBAL_SET);
		insn->d = insn->x = (uint16_t)(slot + k);
		insn->b = i->index;
		insn->c = k;
	}
}

void
lower_ref_func(struct checker *c, uint32_t index)
{
	if (!emitting(c))
		return;
	struct core_insn *i = lower_add(c, LOW_REF_FUNC);
	i->d = lower_next(c);
	i->b = index;
}

void
lower_non_null(struct checker *c)
{
	if (!emitting(c))
		return;
	uint16_t x = lower_slot(c, lower_popped(c));
	lower_add(c, CORE_OP_REF_AS_NON_NULL)->x = x;
}

void
lower_is_null(struct checker *c)
{
	if (emitting(c))
		lower_eqz(c, LOW_I64_EQ_K);
}
