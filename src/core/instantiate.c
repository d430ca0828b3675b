/* instantiate.c - see instantiate.h. What the specification does by running instructions
 * (evaluating constant expressions, initialising from segments) is done here directly. */
#include "core/instantiate.h"

#include <string.h>

#include "base/budget.h"
#include "base/error.h"
#include "core/code.h"
#include "core/exec.h"
#include "core/exec_gc.h"
#include "core/numeric.h"
#include "core/types.h"

/* That many are looked through one by one. */
#define FEW_EXPORTS 16

static bool
limits_match(const struct core_limits *have, uint64_t size, const struct core_limits *want)
{
	if (have->is_64 != want->is_64 || have->is_shared != want->is_shared || size < want->min)
		return false;
	return !want->has_max || (have->has_max && have->max <= want->max);
}

static bool
global_matches(const struct core_instance *inst, const struct core_globaltype *have,
	const struct core_globaltype *want)
{
	struct core_valtype type = core_valtype_numbered(inst->type_ids, want->type);
	if (have->mutable != want->mutable)
		return false;
	return want->mutable ? core_valtype_equal(have->type, type)
			     : core_types_valtype_matches(inst->store->types, have->type, type);
}

static bool
extern_matches(const struct core_instance *inst, const struct core_externtype *want,
	const struct core_extern *x)
{
	if (x->sort != want->sort)
		return false;
	switch (x->sort) {
	case CORE_SORT_FUNC:
		return core_types_match(
			inst->store->types, x->func->type_id, inst->type_ids[want->type]);
	case CORE_SORT_TABLE:
		return core_valtype_equal(x->table->type.elem,
			       core_valtype_numbered(inst->type_ids, want->table.elem)) &&
		       limits_match(&x->table->type.limits, x->table->len, &want->table.limits);
	case CORE_SORT_MEMORY:
		return limits_match(&x->memory->type.limits, x->memory->bytes.len / CORE_PAGE,
			&want->memory.limits);
	case CORE_SORT_GLOBAL: return global_matches(inst, &x->global->type, &want->global);
	case CORE_SORT_TAG: return x->tag->type_id == inst->type_ids[want->type];
	default: return false;
	}
}

static union core_raw *
push_global(union core_raw *sp, const struct core_global *g)
{
	uint32_t n = core_valtype_slots(g->type.type);
	memcpy(sp, g->value, n * sizeof *sp);
	return sp + n;
}

/* With the operands from `stack` to sp. */
static union core_raw *
evaluate_gc(struct core_instance *inst, const struct core_instr *i, const union core_raw *stack,
	union core_raw *sp)
{
	struct core_insn insn = {0};
	uint64_t units = 0;
	inst->store->constants = stack;
	exec_gc_immediates(inst->module, i, &insn);
	sp -= exec_gc_operands(&insn);
	exec_gc(inst, &insn, sp, &units);
	inst->store->constants = NULL;
	budget_spend(units);
	return sp + exec_gc_results(&insn);
}

/* The value of a validated constant expression, into as many slots as it takes. Operands fit in
 * an array, since each needs an instruction. */
static void
evaluate(struct core_instance *inst, const struct core_expr *e, union core_raw *out)
{
	union core_raw few[16], *stack = few, *sp = few;
	if (e->ninstrs > 16 / CORE_VALUE_SLOTS)
		sp = stack = arena_array_of(
			inst->store->arena, (size_t)e->ninstrs * CORE_VALUE_SLOTS, union core_raw);
	for (uint32_t k = 0; k < e->ninstrs; k++) {
		const struct core_instr *i = &e->instrs[k];
		switch (i->op) {
		case CORE_OP_REF_NULL: (sp++)->ref = NULL; break;
		case CORE_OP_REF_FUNC: (sp++)->ref = inst->funcs[i->index]; break;
		case CORE_OP_GLOBAL_GET: sp = push_global(sp, inst->globals[i->index]); break;
		case CORE_OP_V128_CONST:
			core_instr_bytes(i, (uint8_t *)sp);
			sp += 2;
			break;
		case CORE_OP_END: break;
#define CONSTANT_BINARY(op, f, member) \
	case CORE_OP_##op: \
		sp--; \
		sp[-1].member = f(sp[-1].member, sp[0].member); \
		break;
			CONSTANT_BINARY(I32_ADD, i32_add, i32)
			CONSTANT_BINARY(I32_SUB, i32_sub, i32)
			CONSTANT_BINARY(I32_MUL, i32_mul, i32)
			CONSTANT_BINARY(I64_ADD, i64_add, i64)
			CONSTANT_BINARY(I64_SUB, i64_sub, i64)
			CONSTANT_BINARY(I64_MUL, i64_mul, i64)
		case CORE_OP_I32_CONST:
		case CORE_OP_I64_CONST:
		case CORE_OP_F32_CONST:
		case CORE_OP_F64_CONST: (sp++)->i64 = i->bits; break;
		default: sp = evaluate_gc(inst, i, stack, sp);
		}
	}
	memcpy(out, stack, (size_t)(sp - stack) * sizeof *out);
}

/* The same for what takes one slot. */
static union core_raw
evaluate_one(struct core_instance *inst, const struct core_expr *e)
{
	union core_raw value;
	evaluate(inst, e, &value);
	return value;
}

/* Lowering has 16 bits for the number of a slot. */
static void
check_frames(const struct core_module *m)
{
	for (uint32_t i = 0; i < m->funcs.len; i++) {
		const struct core_func_def *f = &m->funcs.data[i];
		if (!f->imported && f->code->nslots > CORE_MAX_FRAME)
			raise_error(ERR_EXHAUSTED, f->at, "frame-limit",
				"locals and operands of a function need %u slots: more than %d",
				f->code->nslots, CORE_MAX_FRAME);
	}
}

/* An instance with room for everything, the types filled in. */
static struct core_instance *
new_instance(struct core_store *s, const struct core_module *m)
{
	struct core_instance *inst = arena_new_of(s->arena, struct core_instance);
	inst->store = s;
	inst->module = m;
	inst->type_ids = core_module_type_ids(s->arena, s->types, m);
	inst->funcs = arena_array_of(s->arena, m->funcs.len, struct core_func *);
	inst->tables = arena_array_of(s->arena, m->tables.len, struct core_table *);
	inst->memories = arena_array_of(s->arena, m->mems.len, struct core_memory *);
	inst->globals = arena_array_of(s->arena, m->globals.len, struct core_global *);
	inst->tags = arena_array_of(s->arena, m->tags.len, struct core_tag *);
	inst->elems = arena_array_of(s->arena, m->elems.len, struct core_elem);
	inst->datas = arena_array_of(s->arena, m->datas.len, struct core_data);
	inst->exports.arena = s->arena;
	for (uint32_t i = 0; m->exports.len > FEW_EXPORTS && i < m->exports.len; i++)
		strmap_put(&inst->exports, m->exports.data[i].name, i);
	inst->next = s->instances;
	s->instances = inst;
	return inst;
}

NORETURN static void
unfit(const struct core_instance *inst, const struct core_import_def *d,
	const struct core_extern *x)
{
	struct strbuf found = {.arena = inst->store->arena};
	core_extern_print(&found, x);
	raise_error(ERR_UNLINKABLE, d->at, "incompatible-import-type",
		"incompatible import type for \"" STR_FMT "\" \"" STR_FMT "\": found %.200s",
		STR_ARG(d->module), STR_ARG(d->name), strbuf_cstr(&found));
}

static void
import_all(struct core_instance *inst, core_resolve_fn *resolve, void *env)
{
	const struct core_module *m = inst->module;
	uint32_t n[CORE_SORT_COUNT] = {0};
	for (uint32_t i = 0; i < m->imports.len; i++) {
		const struct core_import_def *d = &m->imports.data[i];
		struct core_extern x;
		if (!resolve(env, d->module, d->name, &x))
			raise_error(ERR_UNLINKABLE, d->at, "unknown-import",
				"unknown import \"" STR_FMT "\" \"" STR_FMT "\"",
				STR_ARG(d->module), STR_ARG(d->name));
		if (!extern_matches(inst, &d->type, &x))
			unfit(inst, d, &x);
		uint32_t k = n[x.sort]++;
		switch (x.sort) {
		case CORE_SORT_FUNC: inst->funcs[k] = x.func; break;
		case CORE_SORT_TABLE: inst->tables[k] = x.table; break;
		case CORE_SORT_MEMORY: inst->memories[k] = x.memory; break;
		case CORE_SORT_GLOBAL: inst->globals[k] = x.global; break;
		default: inst->tags[k] = x.tag;
		}
	}
}

static void
allocate_funcs(struct core_instance *inst)
{
	const struct core_module *m = inst->module;
	for (uint32_t i = 0; i < m->funcs.len; i++) {
		if (m->funcs.data[i].imported)
			continue;
		uint32_t type = inst->type_ids[m->funcs.data[i].type];
		struct core_func *f = core_func_new(inst->store, type);
		f->inst = inst;
		f->code = m->funcs.data[i].code;
		inst->funcs[i] = f;
	}
}

static void
allocate_rest(struct core_instance *inst)
{
	const struct core_module *m = inst->module;
	for (uint32_t i = 0; i < m->tags.len; i++) {
		if (m->tags.data[i].imported)
			continue;
		struct core_tag *t = arena_new_of(inst->store->arena, struct core_tag);
		t->type_id = inst->type_ids[m->tags.data[i].type];
		t->type = core_store_functype(inst->store, t->type_id);
		t->nparams = core_valtypes_slots(t->type->params, t->type->nparams);
		inst->tags[i] = t;
	}
	for (uint32_t i = 0; i < m->mems.len; i++)
		if (!m->mems.data[i].imported)
			inst->memories[i] = core_memory_new(inst->store, m->mems.data[i].type);
	for (uint32_t i = 0; i < m->globals.len; i++) {
		const struct core_global_def *g = &m->globals.data[i];
		union core_raw value[CORE_VALUE_SLOTS];
		struct core_globaltype type = g->type;
		if (g->imported)
			continue;
		evaluate(inst, &g->init, value);
		type.type = core_valtype_numbered(inst->type_ids, type.type);
		inst->globals[i] = core_global_new(inst->store, type, value);
	}
	for (uint32_t i = 0; i < m->tables.len; i++) {
		const struct core_table_def *t = &m->tables.data[i];
		if (t->imported)
			continue;
		struct core_tabletype type = t->type;
		type.elem = core_valtype_numbered(inst->type_ids, type.elem);
		inst->tables[i] = core_table_new(inst->store, type);
		if (t->has_init)
			core_table_fill(inst->tables[i], 0, evaluate_one(inst, &t->init),
				inst->tables[i]->len);
	}
}

static void
allocate_segments(struct core_instance *inst)
{
	const struct core_module *m = inst->module;
	for (uint32_t i = 0; i < m->elems.len; i++) {
		const struct core_elem_def *e = &m->elems.data[i];
		struct core_elem *to = &inst->elems[i];
		to->len = e->nitems;
		to->refs = arena_array_of(inst->store->arena, e->nitems, union core_raw);
		for (uint32_t k = 0; k < e->nitems; k++)
			to->refs[k] = evaluate_one(inst, &e->items[k]);
	}
	for (uint32_t i = 0; i < m->datas.len; i++) {
		struct str bytes = m->datas.data[i].bytes;
		inst->datas[i].bytes = (const uint8_t *)bytes.ptr;
		inst->datas[i].len = (uint32_t)bytes.len;
	}
}

static void
init_table(struct core_instance *inst, const struct core_elem_def *def,
	const struct core_elem *segment)
{
	struct core_table *to = inst->tables[def->table];
	uint64_t at = core_address(&to->type.limits, evaluate_one(inst, &def->offset));
	core_table_init(to, at, segment, 0, segment->len);
}

static void
init_memory(struct core_instance *inst, const struct core_data_def *def,
	const struct core_data *segment)
{
	struct core_memory *to = inst->memories[def->memory];
	uint64_t at = core_address(&to->type.limits, evaluate_one(inst, &def->offset));
	core_memory_init(to, at, segment, 0, segment->len);
}

static void
run_segments(struct core_instance *inst)
{
	const struct core_module *m = inst->module;
	for (uint32_t i = 0; i < m->elems.len; i++) {
		const struct core_elem_def *e = &m->elems.data[i];
		if (e->mode == CORE_ACTIVE)
			init_table(inst, e, &inst->elems[i]);
		if (e->mode != CORE_PASSIVE)
			inst->elems[i].len = 0;
	}
	for (uint32_t i = 0; i < m->datas.len; i++) {
		const struct core_data_def *d = &m->datas.data[i];
		if (d->mode != CORE_ACTIVE)
			continue;
		init_memory(inst, d, &inst->datas[i]);
		inst->datas[i].len = 0;
	}
}

struct core_instance *
core_instantiate(
	struct core_store *s, const struct core_module *m, core_resolve_fn *resolve, void *env)
{
	if (!m->validated)
		internal_error("a module is instantiated before it is validated");
	struct core_instance *inst = new_instance(s, m);
	check_frames(m);
	import_all(inst, resolve, env);
	allocate_funcs(inst);
	allocate_rest(inst);
	allocate_segments(inst);
	run_segments(inst);
	if (m->has_start)
		core_call(inst->funcs[m->start], NULL, NULL);
	return inst;
}
