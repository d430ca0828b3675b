/* encode_instr.c - see encode_instr.h. */
#include "core/encode_instr.h"

#include "core/writer.h"

static void
write_op(struct strbuf *out, uint32_t opcode)
{
	uint8_t prefix = core_opcode_prefix(opcode);
	if (prefix) {
		write_byte(out, prefix);
		write_u32(out, core_opcode_number(opcode));
	} else {
		write_byte(out, (uint8_t)opcode);
	}
}

static void
write_blocktype(struct strbuf *out, const struct core_instr *i)
{
	if (i->has_index)
		write_signed(out, i->index);
	else
		write_valtype(out, i->type);
}

static void
write_try(struct strbuf *out, const struct core_instr *i)
{
	const struct core_handler *h = i->handler;
	if (i->has_index)
		write_signed(out, i->index);
	else
		write_valtype(out, h->result);
	write_u32(out, h->ncatches);
	for (uint32_t k = 0; k < h->ncatches; k++) {
		write_byte(out, (uint8_t)h->catches[k].kind);
		if (core_catch_has_tag(h->catches[k].kind))
			write_u32(out, h->catches[k].tag);
		write_u32(out, h->catches[k].label);
	}
}

static void
write_labels(struct strbuf *out, const struct core_instr *i)
{
	write_u32(out, i->count - 1);
	for (uint32_t k = 0; k < i->count; k++)
		write_u32(out, i->labels[k]);
}

static void
write_memarg(struct strbuf *out, const struct core_instr *i)
{
	write_u32(out, i->align | (i->index ? 0x40 : 0));
	if (i->index)
		write_u32(out, i->index);
	write_u64(out, i->offset);
}

static void
write_instr_bytes(struct strbuf *out, const struct core_instr *i)
{
	uint8_t bytes[16];
	core_instr_bytes(i, bytes);
	strbuf_add(out, (const char *)bytes, sizeof bytes);
}

static void
write_branch_cast(struct strbuf *out, const struct core_instr *i)
{
	write_byte(out, (uint8_t)(i->types[0].nullable | i->types[1].nullable << 1));
	write_u32(out, i->index);
	write_heaptype(out, i->types[0]);
	write_heaptype(out, i->types[1]);
}

static void
write_immediates(struct strbuf *out, const struct core_instr *i)
{
	switch (core_ops[i->op].imm) {
	case CORE_IMM_NONE: break;
	case CORE_IMM_BLOCK: write_blocktype(out, i); break;
	case CORE_IMM_TRY: write_try(out, i); break;
	case CORE_IMM_LABELS: write_labels(out, i); break;
	case CORE_IMM_TAG:
	case CORE_IMM_LABEL:
	case CORE_IMM_FUNC:
	case CORE_IMM_TYPE:
	case CORE_IMM_LOCAL:
	case CORE_IMM_GLOBAL:
	case CORE_IMM_TABLE:
	case CORE_IMM_ELEM:
	case CORE_IMM_MEM:
	case CORE_IMM_DATA: write_u32(out, i->index); break;
	case CORE_IMM_TYPE_FIELD:
	case CORE_IMM_TYPE_COUNT:
	case CORE_IMM_TYPE_TYPE:
	case CORE_IMM_TYPE_DATA:
	case CORE_IMM_TYPE_ELEM:
	case CORE_IMM_TYPE_TABLE:
	case CORE_IMM_TABLE_TABLE:
	case CORE_IMM_ELEM_TABLE:
	case CORE_IMM_MEM_MEM:
	case CORE_IMM_DATA_MEM:
		write_u32(out, i->index);
		write_u32(out, i->index2);
		break;
	case CORE_IMM_MEMARG: write_memarg(out, i); break;
	case CORE_IMM_MEMARG_LANE:
		write_memarg(out, i);
		write_byte(out, i->lane);
		break;
	case CORE_IMM_LANE: write_byte(out, i->lane); break;
	case CORE_IMM_V128:
	case CORE_IMM_LANES: write_instr_bytes(out, i); break;
	case CORE_IMM_CAST: write_branch_cast(out, i); break;
	case CORE_IMM_REFTYPE:
	case CORE_IMM_HEAPTYPE: write_heaptype(out, i->type); break;
	case CORE_IMM_TYPES: write_valtypes(out, i->types, i->count); break;
	case CORE_IMM_I32: write_signed(out, (int32_t)i->bits); break;
	case CORE_IMM_I64: write_signed(out, (int64_t)i->bits); break;
	case CORE_IMM_F32: write_bits(out, i->bits, 4); break;
	case CORE_IMM_F64: write_bits(out, i->bits, 8); break;
	}
}

void
write_expr(struct strbuf *out, const struct core_expr *e)
{
	for (uint32_t k = 0; k < e->ninstrs; k++) {
		write_op(out, core_ops[e->instrs[k].op].opcode);
		write_immediates(out, &e->instrs[k]);
	}
}
