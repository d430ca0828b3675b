/* decode_instr.c - instructions of the binary format: core specification, "Binary Format",
 * "Instructions" and "Expressions". Opcodes and immediates come from the table. */
#include "base/budget.h"
#include "base/error.h"
#include "core/decode.h"
#include "core/reader.h"
#include "core/valid_func.h"

/* What is open around an instruction. */
enum nesting { NESTING_BLOCK, NESTING_IF };

/* By opcode, or by prefix and the number behind it: op + 1, or 0 for none. */
#define FIRST_PREFIX 0xfb
#define LAST_PREFIX  0xfd
static uint16_t plain_ops[256], prefixed_ops[LAST_PREFIX - FIRST_PREFIX + 1][0x120];

static void
fill_ops(void)
{
	static bool filled;
	for (unsigned op = 0; op < CORE_OP_COUNT && !filled; op++) {
		uint32_t code = core_ops[op].opcode;
		uint8_t prefix = core_opcode_prefix(code);
		uint16_t *row = prefix ? prefixed_ops[prefix - FIRST_PREFIX] : plain_ops;
		row[core_opcode_number(code)] = (uint16_t)(op + 1);
	}
	filled = true;
}

NORETURN static void
no_op(struct reader *r, uint8_t byte)
{
	r->p--;
	raise_error(ERR_MALFORMED, read_at(r), "illegal-opcode", "illegal opcode %02x", byte);
}

static enum core_op
read_prefixed_op(struct reader *r, uint8_t prefix)
{
	const uint16_t *row = prefixed_ops[prefix - FIRST_PREFIX];
	uint32_t number = read_u32(r);
	uint16_t op = number < sizeof prefixed_ops[0] / sizeof *row ? row[number] : 0;
	if (!op)
		raise_error(ERR_MALFORMED, read_at(r), "illegal-opcode", "illegal opcode %02x %02x",
			prefix, number);
	return (enum core_op)(op - 1);
}

static enum core_op
read_op(struct reader *r)
{
	uint8_t byte = read_byte(r);
	uint16_t op = plain_ops[byte];
	if (likely(op))
		return (enum core_op)(op - 1);
	if (byte < FIRST_PREFIX || byte > LAST_PREFIX)
		no_op(r, byte);
	return read_prefixed_op(r, byte);
}

static void
read_blocktype(struct reader *r, struct core_instr *i)
{
	if (r->p < r->end && *r->p == 0x40) {
		r->p++;
	} else if (r->p < r->end && (*r->p & 0xc0) == 0x40) {
		i->type = read_valtype(r);
	} else {
		int64_t index = read_signed(r, 33);
		if (index < 0)
			malformed(r, "malformed-block-type", "malformed block type");
		i->has_index = true;
		i->index = (uint32_t)index;
	}
}

static void
read_try(struct reader *r, struct core_instr *i)
{
	struct core_handler *h = arena_new_of(r->arena, struct core_handler);
	read_blocktype(r, i);
	h->result = i->has_index ? (struct core_valtype){0} : i->type;
	h->ncatches = read_len(r);
	struct core_catch *catches = arena_array_of(r->arena, h->ncatches, struct core_catch);
	for (uint32_t k = 0; k < h->ncatches; k++) {
		uint8_t kind = read_byte(r);
		if (kind > CORE_CATCH_ALL_REF) {
			r->p--;
			malformed(r, "malformed-catch-clause", "malformed catch clause");
		}
		catches[k].kind = (enum core_catch_kind)kind;
		if (core_catch_has_tag(catches[k].kind))
			catches[k].tag = read_u32(r);
		catches[k].label = read_u32(r);
	}
	h->catches = catches;
	i->handler = h;
}

static void
read_labels(struct reader *r, struct core_instr *i)
{
	uint32_t n = read_len(r);
	uint32_t *labels = arena_array_of(r->arena, (size_t)n + 1, uint32_t);
	for (uint32_t k = 0; k <= n; k++)
		labels[k] = read_u32(r);
	i->labels = labels;
	i->count = n + 1;
}

static void
read_memarg(struct reader *r, struct core_instr *i)
{
	struct loc at = read_at(r);
	uint32_t flags = read_u32(r);
	if (flags >= 0x80)
		raise_error(ERR_MALFORMED, at, "malformed-memop-flags", "malformed memop flags");
	if (flags & 0x40)
		i->index = read_u32(r);
	i->align = flags & 0x3f;
	i->offset = read_u64(r);
}

static void
read_instr_bytes(struct reader *r, struct core_instr *i)
{
	core_instr_set_bytes(i, (const uint8_t *)read_bytes(r, 16).ptr);
}

static uint32_t
read_data_index(struct reader *r, const struct core_instr *i)
{
	if (!r->uses_data)
		r->data_use = (struct loc){r->src, i->pos};
	r->uses_data = true;
	return read_u32(r);
}

/* The reference type of a cast, whose opcode says whether it allows null. */
static void
read_cast(struct reader *r, struct core_instr *i)
{
	i->type = read_heaptype(r);
	i->type.nullable = i->op == CORE_OP_REF_TEST_NULL || i->op == CORE_OP_REF_CAST_NULL;
}

static void
read_branch_cast(struct reader *r, struct core_instr *i)
{
	struct core_valtype *types = arena_array_of(r->arena, 2, struct core_valtype);
	uint8_t flags = read_byte(r);
	if (flags > 3) {
		r->p--;
		malformed(r, "malformed-cast-flags", "malformed br_on_cast flags");
	}
	i->index = read_u32(r);
	types[0] = read_heaptype(r);
	types[1] = read_heaptype(r);
	types[0].nullable = flags & 1;
	types[1].nullable = flags & 2;
	i->types = types;
}

static void
read_immediates(struct reader *r, struct core_instr *i, enum core_imm imm)
{
	switch (imm) {
	case CORE_IMM_NONE: break;
	case CORE_IMM_BLOCK: read_blocktype(r, i); break;
	case CORE_IMM_TRY: read_try(r, i); break;
	case CORE_IMM_LABELS: read_labels(r, i); break;
	case CORE_IMM_TAG:
	case CORE_IMM_LABEL:
	case CORE_IMM_FUNC:
	case CORE_IMM_TYPE:
	case CORE_IMM_LOCAL:
	case CORE_IMM_GLOBAL:
	case CORE_IMM_TABLE:
	case CORE_IMM_ELEM:
	case CORE_IMM_MEM: i->index = read_u32(r); break;
	case CORE_IMM_TYPE_FIELD:
	case CORE_IMM_TYPE_COUNT:
	case CORE_IMM_TYPE_TYPE:
	case CORE_IMM_TYPE_ELEM:
	case CORE_IMM_TYPE_TABLE:
	case CORE_IMM_TABLE_TABLE:
	case CORE_IMM_ELEM_TABLE:
	case CORE_IMM_MEM_MEM:
		i->index = read_u32(r);
		i->index2 = read_u32(r);
		break;
	case CORE_IMM_TYPE_DATA:
		i->index = read_u32(r);
		i->index2 = read_data_index(r, i);
		break;
	case CORE_IMM_REFTYPE: read_cast(r, i); break;
	case CORE_IMM_CAST: read_branch_cast(r, i); break;
	case CORE_IMM_DATA: i->index = read_data_index(r, i); break;
	case CORE_IMM_DATA_MEM:
		i->index = read_data_index(r, i);
		i->index2 = read_u32(r);
		break;
	case CORE_IMM_MEMARG: read_memarg(r, i); break;
	case CORE_IMM_MEMARG_LANE:
		read_memarg(r, i);
		i->lane = read_byte(r);
		break;
	case CORE_IMM_LANE: i->lane = read_byte(r); break;
	case CORE_IMM_V128:
	case CORE_IMM_LANES: read_instr_bytes(r, i); break;
	case CORE_IMM_HEAPTYPE: i->type = read_heaptype(r); break;
	case CORE_IMM_TYPES: i->types = read_valtypes(r, &i->count); break;
	case CORE_IMM_I32: i->bits = (uint32_t)read_signed(r, 32); break;
	case CORE_IMM_I64: i->bits = (uint64_t)read_signed(r, 64); break;
	case CORE_IMM_F32: i->bits = read_bits(r, 4); break;
	case CORE_IMM_F64: i->bits = read_bits(r, 8); break;
	}
}

/* ---- expressions ---- */

/* Else and end, by what is open around them. */
static void
check_nesting(struct reader *r, enum core_op op)
{
	struct core_bodies *room = r->room;
	if (op == CORE_OP_ELSE) {
		if (vec_last(&room->open) != NESTING_IF)
			malformed(r, "end-opcode-expected", "END opcode expected");
		vec_last(&room->open) = NESTING_BLOCK;
	} else if (op == CORE_OP_END) {
		room->open.len--;
	}
}

struct core_expr
read_instrs(struct reader *r)
{
	struct core_bodies *room = r->room;
	struct core_expr e = {.at = read_at(r)};
	room->instrs.len = room->open.len = 0;
	fill_ops();
	vec_push(room->arena, &room->open, NESTING_BLOCK);
	while (room->open.len) {
		struct core_instr *i = vec_add(room->arena, &room->instrs);
		*i = (struct core_instr){.pos = (uint32_t)(r->p - r->start)};
		i->op = (uint16_t)read_op(r);
		enum core_imm imm = core_ops[i->op].imm;
		if (unlikely(i->op == CORE_OP_ELSE || i->op == CORE_OP_END))
			check_nesting(r, (enum core_op)i->op);
		read_immediates(r, i, imm);
		if (imm == CORE_IMM_BLOCK || imm == CORE_IMM_TRY)
			vec_push(room->arena, &room->open,
				i->op == CORE_OP_IF ? NESTING_IF : NESTING_BLOCK);
	}
	e.instrs = room->instrs.data;
	e.ninstrs = room->instrs.len;
	return e;
}

struct core_expr
read_expr(struct reader *r)
{
	struct core_expr e = read_instrs(r);
	struct core_instr *copy = arena_array_of(r->arena, e.ninstrs, struct core_instr);
	memcpy(copy, e.instrs, e.ninstrs * sizeof *copy);
	e.instrs = copy;
	return e;
}

/* Runs of locals of one type. They are counted before there are that many of them. */
void
read_locals(struct reader *r)
{
	struct core_bodies *room = r->room;
	struct loc at = read_at(r);
	uint64_t total = 0;
	uint32_t runs = read_len(r);
	room->locals.len = 0;
	for (uint32_t i = 0; i < runs; i++) {
		uint32_t n = read_u32(r);
		struct core_valtype type = read_valtype(r);
		total += n;
		if (total > CORE_MAX_LOCALS)
			continue;
		budget_spend(n / 16);
		vec_reserve(room->arena, &room->locals, n);
		for (uint32_t k = 0; k < n; k++)
			room->locals.data[room->locals.len++] = type;
	}
	if (total > UINT32_MAX)
		raise_error(ERR_MALFORMED, at, "too-many-locals", "too many locals");
	if (total > CORE_MAX_LOCALS)
		raise_error(ERR_EXHAUSTED, at, "too-many-locals", "too many locals: more than %d",
			CORE_MAX_LOCALS);
}

void
core_bodies_init(struct core_bodies *b, struct arena *a)
{
	*b = (struct core_bodies){.arena = a, .parts = arena_child(a)};
}

struct core_body
core_body(struct core_bodies *b, const struct core_func_def *f)
{
	const uint8_t *p = (const uint8_t *)f->bytes.ptr;
	if (!p)
		return (struct core_body){f->locals, f->nlocals, f->body};
	if (arena_used(b->parts)) {
		arena_free(b->parts);
		b->parts = arena_child(b->arena);
	}
	struct reader r = {.arena = b->parts,
		.src = f->body.at.src,
		.start = p - f->body.at.pos,
		.p = p,
		.end = p + f->bytes.len,
		.room = b};
	read_locals(&r);
	struct core_expr expr = read_instrs(&r);
	return (struct core_body){b->locals.data, b->locals.len, expr};
}
