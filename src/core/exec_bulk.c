/* exec_bulk.c - see exec_bulk.h: core specification, "Execution", "Table Instructions" and
 * "Memory Instructions", but for loads, stores and memory.size. */
#include "core/exec_bulk.h"

#include "base/error.h"

/* What bulk work costs: a unit for 64 bytes, or for 8 references. */
#define BYTES_A_UNIT 64
#define REFS_A_UNIT  8

static union core_raw *
table_access(struct core_table *t, unsigned op, union core_raw *sp, uint64_t *units)
{
	switch (op) {
	case CORE_OP_TABLE_GET: sp[-1] = core_table_get(t, sp[-1].i32); return sp;
	case CORE_OP_TABLE_SET: core_table_set(t, sp[-2].i32, sp[-1]); return sp - 2;
	case CORE_OP_TABLE_SIZE: sp->i32 = t->len; return sp + 1;
	case CORE_OP_TABLE_GROW:
		*units = sp[-1].i32 / REFS_A_UNIT;
		sp[-2].i32 = core_table_grow(t, sp[-2], sp[-1].i32);
		return sp - 1;
	default: /* table.fill */
		*units = sp[-1].i32 / REFS_A_UNIT;
		core_table_fill(t, sp[-3].i32, sp[-2], sp[-1].i32);
		return sp - 3;
	}
}

/* Instructions with three operands: where to, where from (or with what), how much. */
static void
three(struct core_instance *inst, const struct core_insn *i, const union core_raw *x,
	uint64_t *units)
{
	uint32_t at = x[0].i32, from = x[1].i32, n = x[2].i32;
	*units = n / BYTES_A_UNIT;
	switch (i->op) {
	case CORE_OP_MEMORY_FILL:
		core_memory_fill(inst->memories[i->a], at, (uint8_t)from, n);
		break;
	case CORE_OP_MEMORY_COPY:
		core_memory_copy(inst->memories[i->a], at, inst->memories[i->b], from, n);
		break;
	case CORE_OP_MEMORY_INIT:
		core_memory_init(inst->memories[i->b], at, &inst->datas[i->a], from, n);
		break;
	case CORE_OP_TABLE_COPY:
		*units = n / REFS_A_UNIT;
		core_table_copy(inst->tables[i->a], at, inst->tables[i->b], from, n);
		break;
	case CORE_OP_TABLE_INIT:
		*units = n / REFS_A_UNIT;
		core_table_init(inst->tables[i->b], at, &inst->elems[i->a], from, n);
		break;
	default: internal_error("no code for %s", core_ops[i->op].text);
	}
}

union core_raw *
exec_bulk(
	struct core_instance *inst, const struct core_insn *i, union core_raw *sp, uint64_t *units)
{
	switch (i->op) {
	case CORE_OP_TABLE_GET:
	case CORE_OP_TABLE_SET:
	case CORE_OP_TABLE_SIZE:
	case CORE_OP_TABLE_GROW:
	case CORE_OP_TABLE_FILL: return table_access(inst->tables[i->a], i->op, sp, units);
	case CORE_OP_MEMORY_GROW:
		sp[-1].i32 = core_memory_grow(inst->memories[i->a], sp[-1].i32);
		return sp;
	case CORE_OP_ELEM_DROP: inst->elems[i->a].len = 0; return sp;
	case CORE_OP_DATA_DROP: inst->datas[i->a].len = 0; return sp;
	default: three(inst, i, sp - 3, units); return sp - 3;
	}
}
