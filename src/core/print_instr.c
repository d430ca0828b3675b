/* print_instr.c - instructions in the text format: core specification, "Text Format",
 * "Instructions". */
#include "core/print_parts.h"

#include <inttypes.h>

/* ---- labels ---- */

/* " $b", where the next block has a name. */
static struct str
print_label(struct core_printer *c)
{
	const struct core_names *names = &c->label_names;
	uint32_t block = c->nblocks++;
	while (c->next_label < names->len && names->data[c->next_label].index < block)
		c->next_label++;
	if (c->next_label == names->len || names->data[c->next_label].index != block)
		return (struct str){0};
	struct str name = names->data[c->next_label].name;
	if (name.len) {
		pretty_printf(c->p, " ");
		pretty_id(c->p, name);
	}
	return name;
}

static void
push_label(struct core_printer *c, struct str name)
{
	struct open_label label = {.name = name};
	if (name.len) {
		strmap_get(&c->labels, name, &label.hidden);
		strmap_set(&c->labels, name, c->open.len + 1);
	}
	vec_push(c->arena, &c->open, label);
}

static void
pop_label(struct core_printer *c)
{
	if (!c->open.len)
		return;
	struct open_label label = vec_pop(&c->open);
	if (label.name.len)
		strmap_set(&c->labels, label.name, label.hidden);
}

/* " $b", or " 1" where that means another block. */
static void
print_label_index(struct core_printer *c, uint32_t depth)
{
	uint32_t block = 0;
	struct str name = {0};
	if (depth < c->open.len)
		name = c->open.data[c->open.len - 1 - depth].name;
	if (name.len)
		strmap_get(&c->labels, name, &block);
	pretty_printf(c->p, " ");
	if (block && block == c->open.len - depth)
		pretty_id(c->p, name);
	else
		pretty_printf(c->p, "%u", depth);
}

/* ---- immediates ---- */

static void
print_blocktype(struct core_printer *c, const struct core_instr *i, struct core_valtype result)
{
	if (i->has_index)
		print_type_use(c, i->index);
	else if (result.kind != CORE_KIND_NONE)
		pretty_printf(c->p, " (result %s)", core_valtype_name(result));
}

static void
print_try(struct core_printer *c, const struct core_instr *i)
{
	static const char *const words[] = {"catch", "catch_ref", "catch_all", "catch_all_ref"};
	print_blocktype(c, i, i->handler->result);
	for (uint32_t k = 0; k < i->handler->ncatches; k++) {
		const struct core_catch *clause = &i->handler->catches[k];
		pretty_printf(c->p, " (%s", words[clause->kind]);
		if (core_catch_has_tag(clause->kind))
			print_index(c, CORE_SORT_TAG, clause->tag);
		print_label_index(c, clause->label);
		pretty_printf(c->p, ")");
	}
}

static void
print_memarg(struct core_printer *c, const struct core_instr *i)
{
	if (i->index)
		print_index(c, CORE_SORT_MEMORY, i->index);
	if (i->offset)
		pretty_printf(c->p, " offset=%" PRIu64, i->offset);
	if (i->align != core_natural_align((enum core_op)i->op))
		pretty_printf(c->p, " align=%" PRIu64, (uint64_t)1 << (i->align & 63));
}

/* As four lanes of 32 bits, whatever it was written as. */
static void
print_v128(struct core_printer *c, const struct core_instr *i)
{
	uint32_t lanes[4];
	core_instr_bytes(i, (uint8_t *)lanes);
	pretty_printf(c->p, " i32x4");
	for (int k = 0; k < 4; k++)
		pretty_printf(c->p, " 0x%08" PRIx32, lanes[k]);
}

static void
print_lanes(struct core_printer *c, const struct core_instr *i)
{
	uint8_t lanes[16];
	core_instr_bytes(i, lanes);
	for (int k = 0; k < 16; k++)
		pretty_printf(c->p, " %u", lanes[k]);
}

static void
print_types(struct core_printer *c, const struct core_instr *i)
{
	pretty_printf(c->p, " (result");
	for (uint32_t k = 0; k < i->count; k++)
		pretty_printf(c->p, " %s", core_valtype_name(i->types[k]));
	pretty_printf(c->p, ")");
}

/* An index that may be left out where it is 0. */
static void
print_optional(struct core_printer *c, int space, uint32_t index)
{
	if (index)
		print_index(c, space, index);
}

static void
print_both(struct core_printer *c, int space, int space2, const struct core_instr *i)
{
	print_index(c, space, i->index);
	print_index(c, space2, i->index2);
}

static void
print_pair(struct core_printer *c, int space, const struct core_instr *i)
{
	if (i->index || i->index2)
		print_both(c, space, space, i);
}

/* The segment comes last. */
static void
print_segment(struct core_printer *c, int segment, int other, const struct core_instr *i)
{
	print_optional(c, other, i->index2);
	print_index(c, segment, i->index);
}

static void
print_heaptype(struct core_printer *c, struct core_valtype t)
{
	if (t.heap == CORE_HEAP_INDEX)
		print_index(c, PRINT_TYPE, t.index);
	else
		pretty_printf(c->p, " %s", core_heap_name((enum core_heap)t.heap));
}

static void
print_reftype(struct pretty *p, struct core_valtype t)
{
	pretty_printf(p, " %s", core_valtype_name(t));
}

static void
print_immediates(struct core_printer *c, const struct core_instr *i)
{
	struct pretty *p = c->p;
	switch (core_ops[i->op].imm) {
	case CORE_IMM_NONE: break;
	case CORE_IMM_BLOCK: print_blocktype(c, i, i->type); break;
	case CORE_IMM_TRY: print_try(c, i); break;
	case CORE_IMM_LABEL: print_label_index(c, i->index); break;
	case CORE_IMM_TYPE: print_index(c, PRINT_TYPE, i->index); break;
	case CORE_IMM_LOCAL: print_index(c, PRINT_LOCAL, i->index); break;
	case CORE_IMM_TYPE_FIELD:
	case CORE_IMM_TYPE_COUNT:
		print_index(c, PRINT_TYPE, i->index);
		pretty_printf(p, " %u", i->index2);
		break;
	case CORE_IMM_TYPE_TYPE: print_both(c, PRINT_TYPE, PRINT_TYPE, i); break;
	case CORE_IMM_TYPE_DATA: print_both(c, PRINT_TYPE, PRINT_DATA, i); break;
	case CORE_IMM_TYPE_ELEM: print_both(c, PRINT_TYPE, PRINT_ELEM, i); break;
	case CORE_IMM_REFTYPE: print_reftype(p, i->type); break;
	case CORE_IMM_CAST:
		print_label_index(c, i->index);
		print_reftype(p, i->types[0]);
		print_reftype(p, i->types[1]);
		break;
	case CORE_IMM_LABELS:
		for (uint32_t k = 0; k < i->count; k++)
			print_label_index(c, i->labels[k]);
		break;
	case CORE_IMM_TAG: print_index(c, CORE_SORT_TAG, i->index); break;
	case CORE_IMM_FUNC: print_index(c, CORE_SORT_FUNC, i->index); break;
	case CORE_IMM_GLOBAL: print_index(c, CORE_SORT_GLOBAL, i->index); break;
	case CORE_IMM_TYPE_TABLE:
		print_optional(c, CORE_SORT_TABLE, i->index2);
		print_type_use(c, i->index);
		break;
	case CORE_IMM_TABLE: print_optional(c, CORE_SORT_TABLE, i->index); break;
	case CORE_IMM_MEM: print_optional(c, CORE_SORT_MEMORY, i->index); break;
	case CORE_IMM_TABLE_TABLE: print_pair(c, CORE_SORT_TABLE, i); break;
	case CORE_IMM_MEM_MEM: print_pair(c, CORE_SORT_MEMORY, i); break;
	case CORE_IMM_ELEM: print_index(c, PRINT_ELEM, i->index); break;
	case CORE_IMM_DATA: print_index(c, PRINT_DATA, i->index); break;
	case CORE_IMM_ELEM_TABLE: print_segment(c, PRINT_ELEM, CORE_SORT_TABLE, i); break;
	case CORE_IMM_DATA_MEM: print_segment(c, PRINT_DATA, CORE_SORT_MEMORY, i); break;
	case CORE_IMM_MEMARG: print_memarg(c, i); break;
	case CORE_IMM_MEMARG_LANE:
		print_memarg(c, i);
		pretty_printf(p, " %u", i->lane);
		break;
	case CORE_IMM_LANE: pretty_printf(p, " %u", i->lane); break;
	case CORE_IMM_V128: print_v128(c, i); break;
	case CORE_IMM_LANES: print_lanes(c, i); break;
	case CORE_IMM_HEAPTYPE: print_heaptype(c, i->type); break;
	case CORE_IMM_TYPES: print_types(c, i); break;
	case CORE_IMM_I32: pretty_printf(p, " %" PRId32, (int32_t)i->bits); break;
	case CORE_IMM_I64: pretty_printf(p, " %" PRId64, (int64_t)i->bits); break;
	case CORE_IMM_F32:
		pretty_printf(p, " ");
		pretty_f32(p, (uint32_t)i->bits);
		break;
	case CORE_IMM_F64:
		pretty_printf(p, " ");
		pretty_f64(p, i->bits);
		break;
	}
}

static void
print_instr(struct core_printer *c, const struct core_instr *i)
{
	bool opens = core_op_opens((enum core_op)i->op);
	if (i->op == CORE_OP_END)
		pop_label(c);
	pretty_printf(c->p, "%s", core_ops[i->op].text);
	struct str label = opens ? print_label(c) : (struct str){0};
	print_immediates(c, i);
	if (opens)
		push_label(c, label);
}

void
print_body(struct core_printer *c, const struct core_expr *e)
{
	uint32_t base = c->p->indent;
	for (uint32_t k = 0; k + 1 < e->ninstrs; k++) {
		const struct core_instr *i = &e->instrs[k];
		bool closes = i->op == CORE_OP_END || i->op == CORE_OP_ELSE;
		if (closes && c->p->indent > base)
			c->p->indent--;
		pretty_line(c->p);
		print_instr(c, i);
		if (core_op_opens((enum core_op)i->op) || i->op == CORE_OP_ELSE)
			c->p->indent++;
	}
	c->p->indent = base;
}

void
print_flat_expr(struct core_printer *c, const struct core_expr *e)
{
	for (uint32_t k = 0; k + 1 < e->ninstrs; k++) {
		pretty_printf(c->p, " ");
		print_instr(c, &e->instrs[k]);
	}
}

void
print_expr(struct core_printer *c, const struct core_expr *e, const char *keyword)
{
	if (e->ninstrs == 2 && !core_op_opens((enum core_op)e->instrs[0].op)) {
		pretty_printf(c->p, " (");
		print_instr(c, &e->instrs[0]);
	} else {
		pretty_printf(c->p, " (%s", keyword);
		print_flat_expr(c, e);
	}
	pretty_printf(c->p, ")");
}
