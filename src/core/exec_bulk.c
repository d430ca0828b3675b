/* exec_bulk.c - see exec_bulk.h: core specification, "Execution", "Table Instructions" and
 * "Memory Instructions", but for loads and stores. */
#include "core/exec_bulk.h"

#include "base/choose.h"
#include "base/error.h"

/* What bulk work costs: a unit for 64 bytes, or for 8 references. */
#define BYTES_A_UNIT 64
#define REFS_A_UNIT  8

/* Each growth is asked, also one by nothing: the specification tells none apart. */
static bool
growth_fails(void)
{
	return core_growth_may_fail && choose(2) == 1;
}

static void
table_access(struct core_table *t, unsigned op, union core_raw *x, uint64_t *units)
{
	const struct core_limits *l = &t->type.limits;
	uint64_t n;
	switch (op) {
	case CORE_OP_TABLE_GET: x[0] = core_table_get(t, core_address(l, x[0])); break;
	case CORE_OP_TABLE_SET: core_table_set(t, core_address(l, x[0]), x[1]); break;
	case CORE_OP_TABLE_SIZE: x[0].i64 = t->len; break;
	case CORE_OP_TABLE_GROW:
		n = core_address(l, x[1]);
		x[0].i64 = growth_fails() ? UINT64_MAX : core_table_grow(t, x[0], n);
		*units = x[0].i64 == UINT64_MAX ? 0 : n / REFS_A_UNIT;
		break;
	default: /* table.fill */
		n = core_address(l, x[2]);
		*units = n / REFS_A_UNIT;
		core_table_fill(t, core_address(l, x[0]), x[1], n);
	}
}

/* Instructions with three operands: where to, where from, how much. The count of a copy has the
 * smaller of the two address types. */
static void
table_copy(struct core_table *to, const struct core_table *from, const union core_raw *x,
	uint64_t *units)
{
	const struct core_limits *a = &to->type.limits, *b = &from->type.limits;
	uint64_t n = core_address(a->is_64 ? b : a, x[2]);
	*units = n / REFS_A_UNIT;
	core_table_copy(to, core_address(a, x[0]), from, core_address(b, x[1]), n);
}

static void
table_init(struct core_table *to, const struct core_elem *from, const union core_raw *x,
	uint64_t *units)
{
	*units = x[2].i32 / REFS_A_UNIT;
	core_table_init(to, core_address(&to->type.limits, x[0]), from, x[1].i32, x[2].i32);
}

static void
memory_fill(struct core_memory *m, const union core_raw *x, uint64_t *units)
{
	uint64_t n = core_address(&m->type.limits, x[2]);
	*units = n / BYTES_A_UNIT;
	core_memory_fill(m, core_address(&m->type.limits, x[0]), (uint8_t)x[1].i32, n);
}

static void
memory_copy(struct core_memory *to, const struct core_memory *from, const union core_raw *x,
	uint64_t *units)
{
	const struct core_limits *a = &to->type.limits, *b = &from->type.limits;
	uint64_t n = core_address(a->is_64 ? b : a, x[2]);
	*units = n / BYTES_A_UNIT;
	core_memory_copy(to, core_address(a, x[0]), from, core_address(b, x[1]), n);
}

static void
memory_init(struct core_memory *to, const struct core_data *from, const union core_raw *x,
	uint64_t *units)
{
	*units = x[2].i32 / BYTES_A_UNIT;
	core_memory_init(to, core_address(&to->type.limits, x[0]), from, x[1].i32, x[2].i32);
}

static void
three(struct core_instance *inst, const struct core_insn *i, const union core_raw *x,
	uint64_t *units)
{
	switch (i->op) {
	case CORE_OP_MEMORY_FILL: memory_fill(inst->memories[i->a], x, units); break;
	case CORE_OP_MEMORY_COPY:
		memory_copy(inst->memories[i->a], inst->memories[i->b], x, units);
		break;
	case CORE_OP_MEMORY_INIT:
		memory_init(inst->memories[i->b], &inst->datas[i->a], x, units);
		break;
	case CORE_OP_TABLE_COPY:
		table_copy(inst->tables[i->a], inst->tables[i->b], x, units);
		break;
	case CORE_OP_TABLE_INIT:
		table_init(inst->tables[i->b], &inst->elems[i->a], x, units);
		break;
	default: internal_error("no code for %s", core_ops[i->op].text);
	}
}

static uint64_t
memory_grow(struct core_memory *m, union core_raw pages)
{
	if (growth_fails())
		return UINT64_MAX;
	return core_memory_grow(m, core_address(&m->type.limits, pages));
}

void
exec_bulk(
	struct core_instance *inst, const struct core_insn *i, union core_raw *at, uint64_t *units)
{
	switch (i->op) {
	case CORE_OP_TABLE_GET:
	case CORE_OP_TABLE_SET:
	case CORE_OP_TABLE_SIZE:
	case CORE_OP_TABLE_GROW:
	case CORE_OP_TABLE_FILL: table_access(inst->tables[i->a], i->op, at, units); break;
	case CORE_OP_MEMORY_SIZE: at->i64 = inst->memories[i->a]->bytes.len >> 16; break;
	case CORE_OP_MEMORY_GROW: at->i64 = memory_grow(inst->memories[i->a], *at); break;
	case CORE_OP_ELEM_DROP: inst->elems[i->a].len = 0; break;
	case CORE_OP_DATA_DROP: inst->datas[i->a].len = 0; break;
	default: three(inst, i, at, units);
	}
}
