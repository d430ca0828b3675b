/* exec_gc.c - see exec_gc.h. */
#include "core/exec_gc.h"

#include <string.h>

#include "base/error.h"
#include "core/collect.h"
#include "core/types.h"

/* What work on arrays costs: a unit for 64 bytes. */
#define BYTES_A_UNIT 64

/* ---- immediates ---- */

static void
set_cast(struct core_insn *out, struct core_valtype type)
{
	out->a = type.index;
	out->b = type.heap;
	out->c = type.nullable;
}

void
exec_gc_immediates(const struct core_module *m, const struct core_instr *i, struct core_insn *out)
{
	enum core_imm imm = core_ops[i->op].imm;
	const struct core_subtype *t = NULL;
	out->op = i->op;
	switch (imm) {
	case CORE_IMM_REFTYPE: set_cast(out, i->type); return;
	case CORE_IMM_CAST: set_cast(out, i->types[1]); return;
	case CORE_IMM_NONE:
	case CORE_IMM_LABEL: return;
	default: t = &m->types.data[i->index];
	}
	out->a = i->index;
	if (imm == CORE_IMM_TYPE_FIELD) {
		out->a = core_field_slot(t, i->index2);
		out->b = core_storage_size(t->fields[i->index2].type);
	} else if (t->kind == CORE_COMP_STRUCT) {
		out->b = core_field_slot(t, t->nfields);
	} else {
		out->b = core_storage_size(t->fields[0].type);
		out->c = i->index2;
	}
}

/* Slots of a value that is stored in so many bytes. */
static uint32_t
slots_of(uint32_t size)
{
	return size == 16 ? 2 : 1;
}

uint32_t
exec_gc_operands(const struct core_insn *i)
{
	switch (i->op) {
	case CORE_OP_STRUCT_NEW: return i->b;
	case CORE_OP_STRUCT_NEW_DEFAULT: return 0;
	case CORE_OP_ARRAY_NEW: return slots_of(i->b) + 1;
	case CORE_OP_ARRAY_NEW_FIXED: return i->c * slots_of(i->b);
	default: return 1;
	}
}

uint32_t
exec_gc_results(const struct core_insn *i)
{
	switch (i->op) {
	case CORE_OP_STRUCT_SET:
	case CORE_OP_ARRAY_SET:
	case CORE_OP_ARRAY_FILL:
	case CORE_OP_ARRAY_COPY:
	case CORE_OP_ARRAY_INIT_DATA:
	case CORE_OP_ARRAY_INIT_ELEM: return 0;
	case CORE_OP_STRUCT_GET:
	case CORE_OP_ARRAY_GET: return slots_of(i->b);
	default: return 1;
	}
}

/* ---- traps ---- */

NORETURN static void
trap_array(void)
{
	raise_error(ERR_TRAP, NO_LOC, "out-of-bounds-array-access", "out of bounds array access");
}

static void
need(bool holds, const char *reason, const char *message)
{
	if (!holds)
		raise_error(ERR_TRAP, NO_LOC, reason, "%s", message);
}

static struct core_object *
struct_at(union core_raw v)
{
	need(v.ref, "null-structure-reference", "null structure reference");
	return v.ref;
}

static struct core_object *
array_at(union core_raw v)
{
	need(v.ref, "null-array-reference", "null array reference");
	return v.ref;
}

static uint32_t
i31_at(union core_raw v)
{
	need(v.ref, "null-i31-reference", "null i31 reference");
	return core_ref_i31_value(v);
}

/* ---- what is stored ---- */

static uint32_t
extended(uint32_t value, uint32_t size, bool is_signed)
{
	uint32_t sign = size == 1 ? 0x80 : 0x8000, mask = sign * 2 - 1;
	value &= mask;
	return is_signed ? (value ^ sign) - sign : value;
}

static uint8_t *
element(struct core_object *o, uint64_t index, uint32_t size)
{
	return (uint8_t *)o->data + index * size;
}

static void
need_range(const struct core_object *o, uint32_t at, uint32_t n)
{
	if ((uint64_t)at + n > o->len)
		trap_array();
}

/* The host is little-endian, so the low bytes of a slot are what a smaller element has. */
static void
store(struct core_object *o, uint32_t at, const union core_raw *value, uint32_t size)
{
	memcpy(element(o, at, size), value, size);
}

static void
load(struct core_object *o, uint32_t at, union core_raw *value, uint32_t size)
{
	value->i64 = 0;
	memcpy(value, element(o, at, size), size);
}

static void
fill(struct core_object *o, uint32_t at, const union core_raw *value, uint32_t n, uint32_t size)
{
	if (size == 1) {
		memset(element(o, at, 1), (uint8_t)value->i32, n);
		return;
	}
	for (uint32_t k = 0; k < n; k++)
		store(o, at + k, value, size);
}

/* ---- structs ---- */

static void
struct_new(struct core_instance *inst, const struct core_insn *i, union core_raw *at)
{
	uint64_t bytes = i->b * sizeof *at;
	struct core_object *o = core_object_new(
		inst->store, at + exec_gc_operands(i), inst->type_ids[i->a], 0, bytes);
	if (i->op == CORE_OP_STRUCT_NEW && bytes)
		memcpy(o->data, at, bytes);
	at->ref = o;
}

static void
struct_get(const struct core_insn *i, union core_raw *at)
{
	const struct core_object *o = struct_at(at[0]);
	memcpy(at, o->data + i->a, slots_of(i->b) * sizeof *at);
	if (i->op != CORE_OP_STRUCT_GET)
		at->i32 = extended(at->i32, i->b, i->op == CORE_OP_STRUCT_GET_S);
}

static void
struct_set(const struct core_insn *i, const union core_raw *at)
{
	struct core_object *o = struct_at(at[0]);
	memcpy(o->data + i->a, at + 1, slots_of(i->b) * sizeof *at);
}

/* ---- arrays ---- */

static struct core_object *
array_new(struct core_instance *inst, const struct core_insn *i, const union core_raw *at,
	uint32_t n, uint64_t *units)
{
	uint64_t bytes = (uint64_t)n * i->b;
	*units += bytes / BYTES_A_UNIT;
	return core_object_new(
		inst->store, at + exec_gc_operands(i), inst->type_ids[i->a], n, bytes);
}

static void
array_new_filled(
	struct core_instance *inst, const struct core_insn *i, union core_raw *at, uint64_t *units)
{
	uint32_t n = at[slots_of(i->b)].i32;
	struct core_object *o = array_new(inst, i, at, n, units);
	fill(o, 0, at, n, i->b);
	at->ref = o;
}

static void
array_new_fixed(
	struct core_instance *inst, const struct core_insn *i, union core_raw *at, uint64_t *units)
{
	struct core_object *o = array_new(inst, i, at, i->c, units);
	for (uint32_t k = 0; k < i->c; k++)
		store(o, k, at + (size_t)k * slots_of(i->b), i->b);
	at->ref = o;
}

/* Elements from a data segment, whose bytes they are. */
static void
from_data(struct core_object *o, uint32_t at, const struct core_data *d, uint32_t from, uint32_t n,
	uint32_t size)
{
	uint64_t bytes = (uint64_t)n * size;
	need(from + bytes <= d->len, "out-of-bounds-memory-access", "out of bounds memory access");
	if (o && bytes)
		memcpy(element(o, at, size), d->bytes + from, bytes);
}

static void
from_elem(struct core_object *o, uint32_t at, const struct core_elem *e, uint32_t from, uint32_t n)
{
	need((uint64_t)from + n <= e->len, "out-of-bounds-table-access",
		"out of bounds table access");
	if (o && n)
		memcpy(o->data + at, e->refs + from, n * sizeof *e->refs);
}

/* The segment is looked at before there is an array. */
static void
array_new_segment(
	struct core_instance *inst, const struct core_insn *i, union core_raw *at, uint64_t *units)
{
	struct core_object *o = NULL;
	uint32_t from = at[0].i32, n = at[1].i32;
	for (int pass = 0; pass < 2; pass++) {
		if (pass)
			o = array_new(inst, i, at, n, units);
		if (i->op == CORE_OP_ARRAY_NEW_DATA)
			from_data(o, 0, &inst->datas[i->c], from, n, i->b);
		else
			from_elem(o, 0, &inst->elems[i->c], from, n);
	}
	at->ref = o;
}

static void
array_get(const struct core_insn *i, union core_raw *at)
{
	struct core_object *o = array_at(at[0]);
	uint32_t index = at[1].i32;
	need_range(o, index, 1);
	load(o, index, at, i->b);
	if (i->op != CORE_OP_ARRAY_GET)
		at->i32 = extended(at->i32, i->b, i->op == CORE_OP_ARRAY_GET_S);
}

static void
array_set(const struct core_insn *i, const union core_raw *at)
{
	struct core_object *o = array_at(at[0]);
	need_range(o, at[1].i32, 1);
	store(o, at[1].i32, at + 2, i->b);
}

static void
array_fill(const struct core_insn *i, const union core_raw *at, uint64_t *units)
{
	struct core_object *o = array_at(at[0]);
	uint32_t n = at[2 + slots_of(i->b)].i32;
	need_range(o, at[1].i32, n);
	fill(o, at[1].i32, at + 2, n, i->b);
	*units += (uint64_t)n * i->b / BYTES_A_UNIT;
}

static void
array_copy(const struct core_insn *i, const union core_raw *at, uint64_t *units)
{
	struct core_object *to = array_at(at[0]), *from = array_at(at[2]);
	uint32_t n = at[4].i32;
	uint64_t bytes = (uint64_t)n * i->b;
	need_range(to, at[1].i32, n);
	need_range(from, at[3].i32, n);
	*units += bytes / BYTES_A_UNIT;
	if (bytes)
		memmove(element(to, at[1].i32, i->b), element(from, at[3].i32, i->b), bytes);
}

static void
array_init(struct core_instance *inst, const struct core_insn *i, const union core_raw *at,
	uint64_t *units)
{
	struct core_object *o = array_at(at[0]);
	uint32_t to = at[1].i32, from = at[2].i32, n = at[3].i32;
	need_range(o, to, n);
	*units += (uint64_t)n * i->b / BYTES_A_UNIT;
	if (i->op == CORE_OP_ARRAY_INIT_DATA)
		from_data(o, to, &inst->datas[i->c], from, n, i->b);
	else
		from_elem(o, to, &inst->elems[i->c], from, n);
}

/* ---- casts ---- */

static bool
has_type(const struct core_instance *inst, const struct core_insn *i, union core_raw v)
{
	struct core_valtype type = {CORE_KIND_REF, (uint8_t)i->b, i->c != 0, i->a};
	return core_ref_has_type(
		inst->store->types, v, core_valtype_numbered(inst->type_ids, type));
}

/* Everything that is no array and no struct. */
static void
on_references(const struct core_instance *inst, const struct core_insn *i, union core_raw *at)
{
	switch (i->op) {
	case CORE_OP_REF_TEST:
	case CORE_OP_REF_TEST_NULL: at->i64 = has_type(inst, i, *at); break;
	case CORE_OP_REF_CAST:
	case CORE_OP_REF_CAST_NULL:
		need(has_type(inst, i, *at), "cast-failure", "cast failure");
		break;
	case CORE_OP_REF_EQ: at->i64 = at[0].i64 == at[1].i64; break;
	case CORE_OP_REF_I31: *at = core_ref_i31(at->i32); break;
	case CORE_OP_I31_GET_S: {
		uint32_t x = i31_at(*at);
		at->i64 = (x ^ 0x40000000) - 0x40000000;
		break;
	}
	case CORE_OP_I31_GET_U: at->i64 = i31_at(*at); break;
	case CORE_OP_ANY_CONVERT_EXTERN:
	case CORE_OP_EXTERN_CONVERT_ANY: break;
	default: internal_error("no code for operation %u", i->op);
	}
}

bool
exec_is_gc(unsigned op)
{
	static const bool is[LOW_COUNT] = {
#define OP(NAME, text, opcode, imm, sig) [CORE_OP_##NAME] = true,
#include "core/ops_gc.def"
#undef OP
	};
	return is[op];
}

void
exec_gc(struct core_instance *inst, const struct core_insn *i, union core_raw *at, uint64_t *units)
{
	switch (i->op) {
	case CORE_OP_STRUCT_NEW:
	case CORE_OP_STRUCT_NEW_DEFAULT: struct_new(inst, i, at); break;
	case CORE_OP_STRUCT_GET:
	case CORE_OP_STRUCT_GET_S:
	case CORE_OP_STRUCT_GET_U: struct_get(i, at); break;
	case CORE_OP_STRUCT_SET: struct_set(i, at); break;
	case CORE_OP_ARRAY_NEW: array_new_filled(inst, i, at, units); break;
	case CORE_OP_ARRAY_NEW_DEFAULT: at->ref = array_new(inst, i, at, at->i32, units); break;
	case CORE_OP_ARRAY_NEW_FIXED: array_new_fixed(inst, i, at, units); break;
	case CORE_OP_ARRAY_NEW_DATA:
	case CORE_OP_ARRAY_NEW_ELEM: array_new_segment(inst, i, at, units); break;
	case CORE_OP_ARRAY_GET:
	case CORE_OP_ARRAY_GET_S:
	case CORE_OP_ARRAY_GET_U: array_get(i, at); break;
	case CORE_OP_ARRAY_SET: array_set(i, at); break;
	case CORE_OP_ARRAY_LEN: at->i64 = array_at(*at)->len; break;
	case CORE_OP_ARRAY_FILL: array_fill(i, at, units); break;
	case CORE_OP_ARRAY_COPY: array_copy(i, at, units); break;
	case CORE_OP_ARRAY_INIT_DATA:
	case CORE_OP_ARRAY_INIT_ELEM: array_init(inst, i, at, units); break;
	default: on_references(inst, i, at);
	}
}
