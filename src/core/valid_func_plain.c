/* valid_func_plain.c - validates and lowers the instructions that do not jump: core
 * specification, "Validation", "Numeric", "Reference", "Parametric", "Variable", "Table" and
 * "Memory Instructions". What the table of instructions (ops.def) says about operands and
 * results is taken from there; only what depends on the module stands here. */
#include "core/valid_func_state.h"

#include "core/lower.h"

#include "base/error.h"

static void
emit_indices(struct checker *c, const struct core_instr *i, uint32_t a, uint32_t b)
{
	struct core_insn *insn = emit(c, i->op, a);
	if (insn)
		insn->b = b;
}

static void
check_drop(struct checker *c)
{
	pop_any(c);
}

static void
check_untyped_select(struct checker *c)
{
	pop(c, CORE_I32);
	struct operand b = pop_any(c), a = pop_any(c);
	require((a.unknown || core_valtype_is_number(a.type)) &&
			(b.unknown || core_valtype_is_number(b.type)),
		c->at, "type-mismatch", "type mismatch: select without a type takes numbers");
	require(a.unknown || b.unknown || core_valtype_equal(a.type, b.type), c->at,
		"type-mismatch", "type mismatch: select between %s and %s",
		core_valtype_name(a.type), core_valtype_name(b.type));
	lower_select(c, operand_slots(a));
	push_operand(c, a.unknown ? b : a);
}

static void
check_typed_select(struct checker *c, const struct core_instr *i)
{
	require(i->count == 1, c->at, "invalid-result-arity",
		"invalid result arity: select has %u types", i->count);
	valid_valtype(c->module, i->types[0], c->at);
	pop(c, CORE_I32);
	pop(c, i->types[0]);
	pop(c, i->types[0]);
	lower_select(c, core_valtype_slots(i->types[0]));
	push(c, i->types[0]);
}

static void
set_local(struct checker *c, uint32_t index, struct core_valtype type)
{
	pop(c, type);
	if (!c->unset.data[index])
		return;
	c->unset.data[index] = false;
	vec_push(c->arena, &c->sets, index);
}

static void
check_local(struct checker *c, const struct core_instr *i)
{
	require(i->index < c->locals.len, c->at, "unknown-local", "unknown local %u", i->index);
	struct core_valtype type = c->locals.data[i->index];
	uint32_t slot = c->local_slots.data[i->index];
	if (i->op == CORE_OP_LOCAL_GET) {
		require(!c->unset.data[i->index], c->at, "uninitialized-local",
			"uninitialized local %u", i->index);
	} else {
		set_local(c, i->index, type);
		lower_set(c, slot);
	}
	if (i->op != CORE_OP_LOCAL_SET) {
		push(c, type);
		lower_get(c, slot);
	}
}

static void
check_global(struct checker *c, const struct core_instr *i)
{
	require(i->index < c->nglobals, c->at, "unknown-global", "unknown global %u", i->index);
	const struct core_globaltype *g = &c->module->globals.data[i->index].type;
	if (i->op == CORE_OP_GLOBAL_GET) {
		require(!c->constant || !g->mutable, c->at, "constant-expression-required",
			"constant expression required: global %u is mutable", i->index);
		lower_global(c, i, core_valtype_slots(g->type));
		push(c, g->type);
	} else {
		require(g->mutable, c->at, "immutable-global", "immutable global %u is set",
			i->index);
		pop(c, g->type);
		lower_global(c, i, core_valtype_slots(g->type));
	}
}

const struct core_tabletype *
tabletype_at(struct checker *c, uint32_t index)
{
	require(index < c->module->tables.len, c->at, "unknown-table", "unknown table %u", index);
	return &c->module->tables.data[index].type;
}

struct core_valtype
elem_type_of_table(struct checker *c, uint32_t index)
{
	return tabletype_at(c, index)->elem;
}

static struct core_valtype
address_type_of_table(struct checker *c, uint32_t index)
{
	return core_address_type(&tabletype_at(c, index)->limits);
}

static struct core_valtype
address_type_of_memory(struct checker *c, uint32_t index)
{
	require(index < c->module->mems.len, c->at, "unknown-memory", "unknown memory %u", index);
	return core_address_type(&c->module->mems.data[index].type.limits);
}

struct core_valtype
elem_type_of_segment(struct checker *c, uint32_t index)
{
	require(index < c->module->elems.len, c->at, "unknown-elem-segment",
		"unknown elem segment %u", index);
	return c->module->elems.data[index].type;
}

void
check_data(struct checker *c, uint32_t index)
{
	require(index < c->module->datas.len, c->at, "unknown-data-segment",
		"unknown data segment %u", index);
}

static void
check_table_op(struct checker *c, const struct core_instr *i)
{
	struct core_valtype type = elem_type_of_table(c, i->index);
	struct core_valtype address = address_type_of_table(c, i->index);
	switch (i->op) {
	case CORE_OP_TABLE_GET: pop(c, address); break;
	case CORE_OP_TABLE_SET:
		pop(c, type);
		pop(c, address);
		break;
	case CORE_OP_TABLE_SIZE: break;
	case CORE_OP_TABLE_GROW:
		pop(c, address);
		pop(c, type);
		break;
	default: /* table.fill */
		pop(c, address);
		pop(c, type);
		pop(c, address);
	}
	emit(c, i->op, i->index);
	if (i->op == CORE_OP_TABLE_GET)
		push(c, type);
	else if (i->op == CORE_OP_TABLE_SIZE || i->op == CORE_OP_TABLE_GROW)
		push(c, address);
}

/* Where to, where from, and how much: as the smaller of their types can say. */
static void
pop_copy(struct checker *c, struct core_valtype to, struct core_valtype from)
{
	pop(c, core_valtype_equal(to, from) ? to : CORE_I32);
	pop(c, from);
	pop(c, to);
}

/* table.copy and table.init: references of type `from` into a table of `to`. */
static void
check_table_fits(struct checker *c, struct core_valtype from, struct core_valtype to)
{
	require(matches(c, from, to), c->at, "type-mismatch",
		"type mismatch: %s into a table of %s", core_valtype_name(from),
		core_valtype_name(to));
}

static void
check_bulk(struct checker *c, const struct core_instr *i)
{
	uint32_t a = i->index, b = i->index2;
	struct core_valtype to, address;
	switch (i->op) {
	case CORE_OP_TABLE_COPY:
		to = elem_type_of_table(c, a);
		check_table_fits(c, elem_type_of_table(c, b), to);
		pop_copy(c, address_type_of_table(c, a), address_type_of_table(c, b));
		break;
	case CORE_OP_TABLE_INIT:
		to = elem_type_of_table(c, b);
		check_table_fits(c, elem_type_of_segment(c, a), to);
		pop_copy(c, address_type_of_table(c, b), CORE_I32);
		break;
	case CORE_OP_MEMORY_COPY:
		address = address_type_of_memory(c, a);
		pop_copy(c, address, address_type_of_memory(c, b));
		break;
	case CORE_OP_MEMORY_INIT:
		address = address_type_of_memory(c, b);
		check_data(c, a);
		pop_copy(c, address, CORE_I32);
		break;
	default: /* memory.fill */
		address = address_type_of_memory(c, a);
		pop(c, address);
		pop(c, CORE_I32);
		pop(c, address);
	}
	emit_indices(c, i, a, b);
}

static void
check_drop_segment(struct checker *c, const struct core_instr *i)
{
	if (i->op == CORE_OP_ELEM_DROP)
		elem_type_of_segment(c, i->index);
	else
		check_data(c, i->index);
	emit(c, i->op, i->index);
}

static void
check_memory_size(struct checker *c, const struct core_instr *i)
{
	struct core_valtype address = address_type_of_memory(c, i->index);
	if (i->op == CORE_OP_MEMORY_GROW)
		pop(c, address);
	emit(c, i->op, i->index);
	push(c, address);
}

static void
check_ref(struct checker *c, const struct core_instr *i)
{
	if (i->op == CORE_OP_REF_NULL) {
		valid_valtype(c->module, i->type, c->at);
		push(c, i->type);
		lower_const(c, 0);
	} else if (i->op == CORE_OP_REF_FUNC) {
		type_of_func(c, i->index);
		require(c->constant || c->declared[i->index], c->at,
			"undeclared-function-reference", "undeclared function reference %u",
			i->index);
		lower_ref_func(c, i->index);
		push(c, type_ref(c->module->funcs.data[i->index].type, false));
	} else if (i->op == CORE_OP_REF_IS_NULL) {
		pop_ref(c);
		lower_is_null(c);
		push(c, CORE_I32);
	} else {
		struct core_valtype type = pop_ref(c);
		lower_non_null(c);
		type.nullable = false;
		push(c, type);
		lower_same(c);
	}
}

/* core_natural_align, of each instruction once: a table, since large modules have many. */
static uint32_t
access_align(unsigned op)
{
	static uint8_t aligns[CORE_OP_COUNT]; /* 1 + the alignment */
	if (!aligns[op])
		aligns[op] = (uint8_t)(1 + core_natural_align((enum core_op)op));
	return aligns[op] - 1u;
}

/* The type of the address. */
static struct core_valtype
check_memarg(struct checker *c, const struct core_instr *i)
{
	struct core_valtype address = address_type_of_memory(c, i->index);
	require(i->align <= access_align(i->op), c->at, "alignment-must-not-be-larger-than-natural",
		"alignment must not be larger than natural");
	require(address.kind == CORE_KIND_I64 || i->offset <= UINT32_MAX, c->at,
		"offset-out-of-range", "offset out of range");
	return address;
}

static struct core_valtype
letter_type(char letter, struct core_valtype address)
{
	switch (letter) {
	case 'a': return address;
	case 'I': return CORE_I64;
	case 'f': return CORE_F32;
	case 'F': return CORE_F64;
	case 'V': return CORE_V128;
	default: return CORE_I32;
	}
}

/* Everything whose type is in the table of instructions. */
static void
check_by_signature(struct checker *c, const struct core_instr *i)
{
	const char *sig = core_ops[i->op].sig, *colon = sig;
	while (*colon != ':')
		if (!*colon++)
			internal_error("no rule for %s", core_ops[i->op].text);
	enum core_imm imm = core_ops[i->op].imm;
	struct core_valtype address = CORE_I32;
	if (imm == CORE_IMM_MEMARG || imm == CORE_IMM_MEMARG_LANE)
		address = check_memarg(c, i);
	check_lanes(c, i);
	for (const char *p = colon; p > sig; p--)
		pop(c, letter_type(p[-1], address));
	lower_numeric(c, i);
	for (const char *p = colon + 1; *p; p++)
		push(c, letter_type(*p, address));
	lower_numeric_result(c, i);
}

void
check_plain(struct checker *c, const struct core_instr *i)
{
	switch (i->op) {
	case CORE_OP_DROP: check_drop(c); break;
	case CORE_OP_SELECT: check_untyped_select(c); break;
	case CORE_OP_SELECT_T: check_typed_select(c, i); break;
	case CORE_OP_LOCAL_GET:
	case CORE_OP_LOCAL_SET:
	case CORE_OP_LOCAL_TEE: check_local(c, i); break;
	case CORE_OP_GLOBAL_GET:
	case CORE_OP_GLOBAL_SET: check_global(c, i); break;
	case CORE_OP_TABLE_GET:
	case CORE_OP_TABLE_SET:
	case CORE_OP_TABLE_SIZE:
	case CORE_OP_TABLE_GROW:
	case CORE_OP_TABLE_FILL: check_table_op(c, i); break;
	case CORE_OP_REF_NULL:
	case CORE_OP_REF_IS_NULL:
	case CORE_OP_REF_AS_NON_NULL:
	case CORE_OP_REF_FUNC: check_ref(c, i); break;
	case CORE_OP_MEMORY_SIZE:
	case CORE_OP_MEMORY_GROW: check_memory_size(c, i); break;
	case CORE_OP_MEMORY_FILL:
	case CORE_OP_MEMORY_COPY:
	case CORE_OP_MEMORY_INIT:
	case CORE_OP_TABLE_COPY:
	case CORE_OP_TABLE_INIT: check_bulk(c, i); break;
	case CORE_OP_DATA_DROP:
	case CORE_OP_ELEM_DROP: check_drop_segment(c, i); break;
	default: check_by_signature(c, i);
	}
}
