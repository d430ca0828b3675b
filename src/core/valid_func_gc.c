/* valid_func_gc.c - validates and lowers the instructions on structs, arrays, i31 and casts: core
 * specification, "Validation", "Reference Instructions" and "Aggregate Instructions". Branches on
 * casts are in valid_func_control.c. */
#include "core/valid_func_state.h"

#include "base/budget.h"
#include "base/error.h"
#include "core/exec_gc.h"
#include "core/lower.h"
#include "core/types.h"

#define REF(heap, null) ((struct core_valtype){CORE_KIND_REF, CORE_HEAP_##heap, null, 0})

struct core_valtype
type_ref(uint32_t index, bool nullable)
{
	return (struct core_valtype){CORE_KIND_REF, CORE_HEAP_INDEX, nullable, index};
}

static void
emit_gc(struct checker *c, const struct core_instr *i)
{
	struct core_insn *insn = emit(c, i->op, 0);
	if (insn)
		exec_gc_immediates(c->module, i, insn);
}

/* ---- what the instructions name ---- */

static const struct core_subtype *
type_at(struct checker *c, uint32_t index, enum core_comp_kind kind)
{
	require(index < c->module->types.len, c->at, "unknown-type", "unknown type %u", index);
	const struct core_subtype *t = &c->module->types.data[index];
	require(t->kind == kind, c->at, "type-mismatch", "type mismatch: type %u is no %s type",
		index, kind == CORE_COMP_ARRAY ? "array" : "structure");
	return t;
}

static const struct core_fieldtype *
field_at(struct checker *c, const struct core_instr *i)
{
	const struct core_subtype *t = type_at(c, i->index, CORE_COMP_STRUCT);
	require(i->index2 < t->nfields, c->at, "unknown-field", "unknown field %u", i->index2);
	budget_spend(i->index2 / 8);
	return &t->fields[i->index2];
}

static const struct core_fieldtype *
element_at(struct checker *c, uint32_t index)
{
	return type_at(c, index, CORE_COMP_ARRAY)->fields;
}

static bool
is_packed(const struct core_fieldtype *f)
{
	return f->type.kind == CORE_KIND_I8 || f->type.kind == CORE_KIND_I16;
}

static struct core_valtype
unpacked(const struct core_fieldtype *f)
{
	return is_packed(f) ? CORE_I32 : f->type;
}

/* _s and _u are for packed fields, and for those alone. */
static void
need_packed(struct checker *c, const struct core_fieldtype *f, bool extends)
{
	require(is_packed(f) == extends, c->at, "type-mismatch",
		extends ? "type mismatch: the field is not packed"
			: "type mismatch: the field is packed");
}

static void
need_mutable(struct checker *c, const struct core_fieldtype *f)
{
	require(f->mutable, c->at, "immutable-array", "immutable array");
}

static void
need_default(struct checker *c, const struct core_fieldtype *f)
{
	require(core_valtype_has_default(f->type), c->at, "type-mismatch",
		"type mismatch: %s has no default value", core_valtype_name(f->type));
}

static void
need_data(struct checker *c, const struct core_fieldtype *f, uint32_t segment)
{
	require(!core_valtype_is_ref(f->type), c->at, "array-type-is-not-numeric-or-vector",
		"array type is not numeric or vector");
	check_data(c, segment);
}

static void
need_elem(struct checker *c, const struct core_fieldtype *f, uint32_t segment)
{
	struct core_valtype type = elem_type_of_segment(c, segment);
	require(matches(c, type, f->type), c->at, "type-mismatch",
		"type mismatch: a segment of %s for an array of %s", core_valtype_name(type),
		core_valtype_name(f->type));
}

static void
need_segment(struct checker *c, const struct core_instr *i, const struct core_fieldtype *f)
{
	if (core_ops[i->op].imm == CORE_IMM_TYPE_DATA)
		need_data(c, f, i->index2);
	else
		need_elem(c, f, i->index2);
}

/* ---- structs ---- */

static void
check_struct_new(struct checker *c, const struct core_instr *i)
{
	const struct core_subtype *t = type_at(c, i->index, CORE_COMP_STRUCT);
	budget_spend(t->nfields / 8);
	for (uint32_t k = t->nfields; k-- > 0;) {
		if (i->op == CORE_OP_STRUCT_NEW)
			pop(c, unpacked(&t->fields[k]));
		else
			need_default(c, &t->fields[k]);
	}
	emit_gc(c, i);
	push(c, type_ref(i->index, false));
}

static void
check_struct_get(struct checker *c, const struct core_instr *i)
{
	const struct core_fieldtype *f = field_at(c, i);
	need_packed(c, f, i->op != CORE_OP_STRUCT_GET);
	pop(c, type_ref(i->index, true));
	emit_gc(c, i);
	push(c, unpacked(f));
}

static void
check_struct_set(struct checker *c, const struct core_instr *i)
{
	const struct core_fieldtype *f = field_at(c, i);
	require(f->mutable, c->at, "immutable-field", "immutable field %u is set", i->index2);
	pop(c, unpacked(f));
	pop(c, type_ref(i->index, true));
	emit_gc(c, i);
}

/* ---- arrays ---- */

static void
check_array_new(struct checker *c, const struct core_instr *i)
{
	const struct core_fieldtype *f = element_at(c, i->index);
	switch (i->op) {
	case CORE_OP_ARRAY_NEW:
		pop(c, CORE_I32);
		pop(c, unpacked(f));
		break;
	case CORE_OP_ARRAY_NEW_DEFAULT:
		need_default(c, f);
		pop(c, CORE_I32);
		break;
	case CORE_OP_ARRAY_NEW_FIXED:
		if (i->index2 > CORE_MAX_FIELDS)
			raise_error(ERR_EXHAUSTED, c->at, "too-many-fields",
				"array.new_fixed of more than %d elements", CORE_MAX_FIELDS);
		budget_spend(i->index2 / 8);
		for (uint32_t k = 0; k < i->index2; k++)
			pop(c, unpacked(f));
		break;
	default:
		need_segment(c, i, f);
		pop(c, CORE_I32);
		pop(c, CORE_I32);
	}
	emit_gc(c, i);
	push(c, type_ref(i->index, false));
}

static void
check_array_access(struct checker *c, const struct core_instr *i)
{
	const struct core_fieldtype *f = element_at(c, i->index);
	bool sets = i->op == CORE_OP_ARRAY_SET;
	if (sets) {
		need_mutable(c, f);
		pop(c, unpacked(f));
	} else {
		need_packed(c, f, i->op != CORE_OP_ARRAY_GET);
	}
	pop(c, CORE_I32);
	pop(c, type_ref(i->index, true));
	emit_gc(c, i);
	if (!sets)
		push(c, unpacked(f));
}

static void
check_array_len(struct checker *c, const struct core_instr *i)
{
	pop(c, REF(ARRAY, true));
	emit_gc(c, i);
	push(c, CORE_I32);
}

static void
check_array_fill(struct checker *c, const struct core_instr *i)
{
	const struct core_fieldtype *f = element_at(c, i->index);
	need_mutable(c, f);
	pop(c, CORE_I32);
	pop(c, unpacked(f));
	pop(c, CORE_I32);
	pop(c, type_ref(i->index, true));
	emit_gc(c, i);
}

static void
check_array_copy(struct checker *c, const struct core_instr *i)
{
	const struct core_fieldtype *to = element_at(c, i->index);
	const struct core_fieldtype *from = element_at(c, i->index2);
	need_mutable(c, to);
	require(matches(c, from->type, to->type), c->at, "array-types-do-not-match",
		"array types do not match: %s into an array of %s", core_valtype_name(from->type),
		core_valtype_name(to->type));
	pop(c, CORE_I32);
	pop(c, CORE_I32);
	pop(c, type_ref(i->index2, true));
	pop(c, CORE_I32);
	pop(c, type_ref(i->index, true));
	emit_gc(c, i);
}

static void
check_array_init(struct checker *c, const struct core_instr *i)
{
	const struct core_fieldtype *f = element_at(c, i->index);
	need_mutable(c, f);
	need_segment(c, i, f);
	for (int k = 0; k < 3; k++)
		pop(c, CORE_I32);
	pop(c, type_ref(i->index, true));
	emit_gc(c, i);
}

/* ---- references ---- */

/* The operand is any reference of the type's hierarchy. */
static void
check_cast(struct checker *c, const struct core_instr *i)
{
	valid_valtype(c->module, i->type, c->at);
	struct core_valtype top = core_valtype_numbered(c->module->type_ids, i->type);
	top = (struct core_valtype){
		CORE_KIND_REF, (uint8_t)core_types_top(c->module->types_in, top), true, 0};
	pop(c, top);
	emit_gc(c, i);
	push(c, i->op == CORE_OP_REF_TEST || i->op == CORE_OP_REF_TEST_NULL ? CORE_I32 : i->type);
}

static void
check_convert(struct checker *c, const struct core_instr *i)
{
	bool to_any = i->op == CORE_OP_ANY_CONVERT_EXTERN;
	struct core_valtype to = to_any ? REF(ANY, true) : REF(EXTERN, true);
	peek(c, 0, to_any ? REF(EXTERN, true) : REF(ANY, true));
	to.nullable = pop_ref(c).nullable;
	emit_gc(c, i);
	push(c, to);
}

static void
check_i31(struct checker *c, const struct core_instr *i)
{
	bool makes = i->op == CORE_OP_REF_I31;
	pop(c, makes ? CORE_I32 : REF(I31, true));
	emit_gc(c, i);
	push(c, makes ? REF(I31, false) : CORE_I32);
}

static void
check_ref_eq(struct checker *c, const struct core_instr *i)
{
	pop(c, REF(EQ, true));
	pop(c, REF(EQ, true));
	emit_gc(c, i);
	push(c, CORE_I32);
}

bool
check_gc(struct checker *c, const struct core_instr *i)
{
	switch (i->op) {
	case CORE_OP_STRUCT_NEW:
	case CORE_OP_STRUCT_NEW_DEFAULT: check_struct_new(c, i); break;
	case CORE_OP_STRUCT_GET:
	case CORE_OP_STRUCT_GET_S:
	case CORE_OP_STRUCT_GET_U: check_struct_get(c, i); break;
	case CORE_OP_STRUCT_SET: check_struct_set(c, i); break;
	case CORE_OP_ARRAY_NEW:
	case CORE_OP_ARRAY_NEW_DEFAULT:
	case CORE_OP_ARRAY_NEW_FIXED:
	case CORE_OP_ARRAY_NEW_DATA:
	case CORE_OP_ARRAY_NEW_ELEM: check_array_new(c, i); break;
	case CORE_OP_ARRAY_GET:
	case CORE_OP_ARRAY_GET_S:
	case CORE_OP_ARRAY_GET_U:
	case CORE_OP_ARRAY_SET: check_array_access(c, i); break;
	case CORE_OP_ARRAY_LEN: check_array_len(c, i); break;
	case CORE_OP_ARRAY_FILL: check_array_fill(c, i); break;
	case CORE_OP_ARRAY_COPY: check_array_copy(c, i); break;
	case CORE_OP_ARRAY_INIT_DATA:
	case CORE_OP_ARRAY_INIT_ELEM: check_array_init(c, i); break;
	case CORE_OP_REF_TEST:
	case CORE_OP_REF_TEST_NULL:
	case CORE_OP_REF_CAST:
	case CORE_OP_REF_CAST_NULL: check_cast(c, i); break;
	case CORE_OP_ANY_CONVERT_EXTERN:
	case CORE_OP_EXTERN_CONVERT_ANY: check_convert(c, i); break;
	case CORE_OP_REF_I31:
	case CORE_OP_I31_GET_S:
	case CORE_OP_I31_GET_U: check_i31(c, i); break;
	case CORE_OP_REF_EQ: check_ref_eq(c, i); break;
	default: return false;
	}
	return true;
}
