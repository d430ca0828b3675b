/* valid_func.c - see valid_func.h: the loop over a body, and what is around it. Single
 * instructions are in valid_func_control.c and valid_func_plain.c. */
#include "core/valid_func.h"

#include <string.h>

#include "base/budget.h"
#include "base/error.h"
#include "core/types.h"
#include "core/valid_func_state.h"

const struct core_functype *
functype_at(struct checker *c, uint32_t index)
{
	const struct core_functype *t = core_module_functype(c->module, index);
	require(t != NULL, c->at, "unknown-type", "unknown type %u", index);
	return t;
}

const struct core_functype *
type_of_func(struct checker *c, uint32_t index)
{
	require(index < c->module->funcs.len, c->at, "unknown-function", "unknown function %u",
		index);
	return functype_at(c, c->module->funcs.data[index].type);
}

void
valid_valtype(const struct core_module *m, struct core_valtype type, struct loc at)
{
	if (type.kind != CORE_KIND_REF)
		return;
	if (type.heap == CORE_HEAP_INDEX)
		require(type.index < m->types.len, at, "unknown-type", "unknown type %u",
			type.index);
}

bool
valid_matches(const struct core_module *m, struct core_valtype a, struct core_valtype b)
{
	if (a.kind != CORE_KIND_REF || b.kind != CORE_KIND_REF)
		return a.kind == b.kind;
	return core_types_valtype_matches(m->types_in, core_valtype_numbered(m->type_ids, a),
		core_valtype_numbered(m->type_ids, b));
}

static bool
is_constant(unsigned op)
{
	switch (op) {
	case CORE_OP_I32_CONST:
	case CORE_OP_I64_CONST:
	case CORE_OP_F32_CONST:
	case CORE_OP_F64_CONST:
	case CORE_OP_V128_CONST:
	case CORE_OP_I32_ADD:
	case CORE_OP_I32_SUB:
	case CORE_OP_I32_MUL:
	case CORE_OP_I64_ADD:
	case CORE_OP_I64_SUB:
	case CORE_OP_I64_MUL:
	case CORE_OP_REF_NULL:
	case CORE_OP_REF_FUNC:
	case CORE_OP_REF_I31:
	case CORE_OP_STRUCT_NEW:
	case CORE_OP_STRUCT_NEW_DEFAULT:
	case CORE_OP_ARRAY_NEW:
	case CORE_OP_ARRAY_NEW_DEFAULT:
	case CORE_OP_ARRAY_NEW_FIXED:
	case CORE_OP_ANY_CONVERT_EXTERN:
	case CORE_OP_EXTERN_CONVERT_ANY:
	case CORE_OP_GLOBAL_GET:
	case CORE_OP_END: return true;
	default: return false;
	}
}

/* The outermost label is left by the last instruction, an end. */
static void
check_body(struct checker *c, const struct core_expr *body)
{
	push_label(c, CORE_OP_BLOCK, (struct typelist){0}, c->result);
	for (uint32_t k = 0; k < body->ninstrs; k++) {
		const struct core_instr *i = &body->instrs[k];
		c->at = core_instr_at(body, i);
		c->mark = c->operands.len;
		if (!c->labels.len)
			break;
		require(!c->constant || is_constant(i->op), c->at, "constant-expression-required",
			"constant expression required, found %s", core_ops[i->op].text);
		if (!check_control(c, i) && !check_gc(c, i))
			check_plain(c, i);
	}
	if (c->labels.len)
		raise_error(ERR_MALFORMED, body->at, "unexpected-end-of-section-or-function",
			"unexpected end of section or function: a body has no end");
	budget_spend(body->ninstrs);
}

/* A checker for the next body: what vectors hold is forgotten, their room is not. */
static struct checker *
start(struct valid_env *env, struct loc at)
{
	struct checker *c = env->scratch;
	if (!c) {
		c = env->scratch = arena_new_of(env->arena, struct checker);
		core_bodies_init(&c->bodies, env->arena);
		vec_reserve(env->arena, &c->operands, 1); /* an address even of none */
	}
	c->module = env->module;
	c->declared = env->declared;
	c->arena = env->arena;
	c->at = at;
	c->constant = c->lowering = false;
	c->nglobals = env->module->globals.len;
	c->locals.len = c->unset.len = c->sets.len = c->operands.len = c->labels.len = 0;
	c->code.len = c->tries.len = 0;
	c->pending = c->barrier = 0;
	c->local_slots.len = c->nlocal_slots = c->top = c->max_top = 0;
	return c;
}

static void
add_locals(struct checker *c, const struct core_valtype *types, uint32_t n)
{
	if (n > CORE_MAX_LOCALS || c->locals.len + n > CORE_MAX_LOCALS)
		raise_error(ERR_EXHAUSTED, c->at, "too-many-locals",
			"too many locals: more than %d", CORE_MAX_LOCALS);
	budget_spend(n / 16);
	vec_reserve(c->arena, &c->locals, n);
	vec_reserve(c->arena, &c->local_slots, n);
	vec_reserve(c->arena, &c->unset, n);
	for (uint32_t k = 0; k < n; k++) {
		valid_valtype(c->module, types[k], c->at);
		c->locals.data[c->locals.len++] = types[k];
		c->local_slots.data[c->local_slots.len++] = c->nlocal_slots;
		c->nlocal_slots += core_valtype_slots(types[k]);
		c->unset.data[c->unset.len++] = !core_valtype_has_default(types[k]);
	}
}

static struct core_handler *
copy_handler(struct arena *a, const struct core_handler *h)
{
	struct core_handler *copy = arena_new_of(a, struct core_handler);
	struct core_catch *catches = arena_array_of(a, h->ncatches, struct core_catch);
	for (uint32_t k = 0; k < h->ncatches; k++)
		catches[k] = h->catches[k];
	*copy = (struct core_handler){h->result, h->ncatches, catches};
	return copy;
}

/* Handlers are copied: the body's instructions may go. */
static const struct core_try *
copy_tries(const struct checker *c)
{
	struct core_try *tries = arena_array_of(c->arena, c->tries.len, struct core_try);
	for (uint32_t k = 0; k < c->tries.len; k++) {
		tries[k] = c->tries.data[k];
		tries[k].handler = copy_handler(c->arena, tries[k].handler);
	}
	return tries;
}

static uint32_t
frame_slots(const struct checker *c)
{
	return c->nlocal_slots + CORE_FRAME_LINK + c->max_top;
}

static struct checker *
check_func(struct valid_env *env, const struct core_func_def *f, bool lowering)
{
	struct checker *c = start(env, f->at);
	const struct core_functype *type = functype_at(c, f->type);
	c->lowering = lowering;
	add_locals(c, type->params, type->nparams);
	for (uint32_t k = 0; k < type->nparams; k++)
		c->unset.data[k] = false;
	struct core_body body = core_body(&c->bodies, f);
	add_locals(c, body.locals, body.nlocals);
	c->result = (struct typelist){type->results, type->nresults};
	check_body(c, &body.expr);
	return c;
}

struct core_code *
valid_func(struct valid_env *env, uint32_t index)
{
	static const struct core_insn first_call[] = {{.op = LOW_LOWER}};
	const struct core_func_def *f = &env->module->funcs.data[index];
	const struct core_functype *type = core_module_functype(env->module, f->type);
	const struct checker *c = check_func(env, f, false);
	struct core_code *code = arena_new_of(env->arena, struct core_code);
	code->insns = first_call;
	code->ninsns = 1;
	code->index = index;
	code->nparams = core_valtypes_slots(type->params, type->nparams);
	code->nresults = core_valtypes_slots(type->results, type->nresults);
	code->nlocals = c->nlocal_slots;
	code->nslots = frame_slots(c);
	return code;
}

void
valid_func_lower(struct valid_env *env, struct core_code *code)
{
	const struct checker *c = check_func(env, &env->module->funcs.data[code->index], true);
	if (frame_slots(c) != code->nslots)
		internal_error("lowering makes another frame than validation");
	struct core_insn *insns = arena_array_of(env->arena, c->code.len, struct core_insn);
	memcpy(insns, c->code.data, c->code.len * sizeof *insns);
	code->tries = copy_tries(c);
	code->ntries = c->tries.len;
	code->ninsns = c->code.len;
	code->cost = 1 + c->code.len / 16;
	code->insns = insns;
}

void
valid_const_expr(struct valid_env *env, const struct core_expr *expr, struct core_valtype type,
	uint32_t nglobals)
{
	struct checker *c = start(env, expr->at);
	c->constant = true;
	c->nglobals = nglobals;
	c->result = (struct typelist){&type, 1};
	check_body(c, expr);
}
