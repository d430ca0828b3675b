/* valid_func_control.c - validates and lowers blocks, branches and calls: core specification,
 * "Validation", "Control Instructions". */
#include "core/valid_func_state.h"

#include "core/lower.h"

#include "base/budget.h"
#include "base/error.h"

static struct typelist
params_of(const struct core_functype *t)
{
	return (struct typelist){t->params, t->nparams};
}

static struct typelist
results_of(const struct core_functype *t)
{
	return (struct typelist){t->results, t->nresults};
}

static void
block_types(
	struct checker *c, const struct core_instr *i, struct typelist *in, struct typelist *out)
{
	*in = *out = (struct typelist){0};
	if (i->has_index) {
		const struct core_functype *t = functype_at(c, i->index);
		*in = params_of(t);
		*out = results_of(t);
		return;
	}
	const struct core_valtype *t = i->op == CORE_OP_TRY_TABLE ? &i->handler->result : &i->type;
	if (t->kind != CORE_KIND_NONE) {
		valid_valtype(c->module, *t, c->at);
		*out = (struct typelist){t, 1};
	}
}

static void
check_block(struct checker *c, const struct core_instr *i)
{
	struct typelist in, out;
	block_types(c, i, &in, &out);
	if (i->op == CORE_OP_IF)
		pop(c, CORE_I32);
	pop_list(c, in);
	uint32_t otherwise = lower_block(c, i->op, in.len);
	push_label(c, i->op, in, out)->otherwise = otherwise;
}

/* ---- exceptions ---- */

static const struct core_functype *
type_of_tag(struct checker *c, uint32_t index)
{
	require(index < c->module->tags.len, c->at, "unknown-tag", "unknown tag %u", index);
	return functype_at(c, c->module->tags.data[index].type);
}

/* A clause: what it pushes has to be what its label takes. The branch to there is emitted. */
static void
check_catch(struct checker *c, const struct core_catch *clause)
{
	struct typelist want = label_types(label_at(c, clause->label)), have = {0};
	if (core_catch_has_tag(clause->kind))
		have = params_of(type_of_tag(c, clause->tag));
	struct core_valtype ref = CORE_EXNREF;
	ref.nullable = false;
	uint32_t height = c->operands.len, top = c->top;
	push_list(c, have);
	if (core_catch_has_ref(clause->kind))
		push(c, ref);
	uint32_t n = c->operands.len - height;
	require(n == want.len, c->at, "type-mismatch",
		"type mismatch: a catch clause has %u values for a label that takes %u", n,
		want.len);
	for (uint32_t k = 0; k < want.len; k++)
		peek(c, want.len - 1 - k, want.data[k]);
	lower_catch(c, clause->label);
	drop_to(c, height, top);
}

/* The branches of the clauses stand before the body, which is entered by a jump over them. */
static void
check_try_table(struct checker *c, const struct core_instr *i)
{
	struct typelist in, out;
	block_types(c, i, &in, &out);
	pop_list(c, in);
	uint32_t pads = lower_try(c, in.len);
	for (uint32_t k = 0; k < i->handler->ncatches; k++)
		check_catch(c, &i->handler->catches[k]);
	uint32_t attempt = lower_try_body(c, pads, i->handler);
	push_label(c, CORE_OP_TRY_TABLE, in, out)->attempt = attempt;
}

static void
check_throw(struct checker *c, const struct core_instr *i)
{
	pop_list(c, params_of(type_of_tag(c, i->index)));
	lower_throw(c, i->index);
	set_unreachable(c);
}

static void
check_throw_ref(struct checker *c)
{
	pop(c, CORE_EXNREF);
	lower_throw_ref(c);
	set_unreachable(c);
}

static void
check_else(struct checker *c)
{
	require(vec_last(&c->labels).op == CORE_OP_IF, c->at, "mismatching-else",
		"else without if");
	lower_then_end(c);
	struct label was = pop_label(c);
	lower_land(c, was.otherwise);
	push_label(c, CORE_OP_ELSE, was.in, was.out)->exits = was.exits;
}

/* An if without else is one whose else does nothing. */
static void
check_end(struct checker *c)
{
	lower_end(c);
	if (vec_last(&c->labels).op == CORE_OP_IF) {
		struct label *l = &vec_last(&c->labels);
		require(list_matches(c, l->in, l->out), c->at, "type-mismatch",
			"type mismatch: an if without else leaves its parameters");
		lower_land(c, l->otherwise);
	}
	struct label was = pop_label(c);
	lower_leave(c, &was);
	if (c->labels.len)
		push_list(c, was.out);
}

static void
check_br(struct checker *c, uint32_t depth)
{
	struct typelist types = label_types(label_at(c, depth));
	pop_list(c, types);
	lower_br(c, depth);
	set_unreachable(c);
}

static void
check_br_if(struct checker *c, uint32_t depth)
{
	struct typelist types = label_types(label_at(c, depth));
	pop(c, CORE_I32);
	pop_list(c, types);
	lower_br_if(c, depth, types.len);
	push_list(c, types);
}

/* Does the stack fit what the label takes? The stack stays as it is. */
static void
check_br_table_entry(struct checker *c, uint32_t depth, uint32_t arity)
{
	struct typelist types = label_types(label_at(c, depth));
	require(types.len == arity, c->at, "type-mismatch",
		"type mismatch: the labels of br_table take different numbers of values");
	for (uint32_t k = 0; k < arity; k++)
		peek(c, arity - 1 - k, types.data[k]);
	budget_spend(arity + 1);
}

static void
check_br_table(struct checker *c, const struct core_instr *i)
{
	struct typelist types = label_types(label_at(c, i->labels[i->count - 1]));
	pop(c, CORE_I32);
	lower_br_table(c, types.len, i->count);
	for (uint32_t k = 0; k < i->count; k++) {
		check_br_table_entry(c, i->labels[k], types.len);
		lower_br_table_entry(c, i->labels[k]);
	}
	lower_br_table_end(c, i->count);
	pop_list(c, types);
	set_unreachable(c);
}

static void
check_return(struct checker *c)
{
	pop_list(c, c->result);
	lower_return(c);
	set_unreachable(c);
}

/* ---- calls ---- */

/* Behind the emission of a call. A tail call returns what the function does. */
static void
finish_call(struct checker *c, const struct core_functype *t, bool is_tail)
{
	if (!is_tail) {
		push_list(c, results_of(t));
		return;
	}
	require(list_matches(c, results_of(t), c->result), c->at, "type-mismatch",
		"type mismatch: a tail call of a function with other results");
	set_unreachable(c);
}

static void
check_call(struct checker *c, const struct core_instr *i)
{
	const struct core_functype *t = type_of_func(c, i->index);
	pop_list(c, params_of(t));
	lower_call(c, i->op, i->index);
	finish_call(c, t, i->op == CORE_OP_RETURN_CALL);
}

static void
check_call_indirect(struct checker *c, const struct core_instr *i)
{
	struct core_valtype elem = elem_type_of_table(c, i->index2);
	const struct core_functype *t = functype_at(c, i->index);
	require(matches(c, elem, CORE_FUNCREF), c->at, "type-mismatch",
		"type mismatch: call_indirect through a table of %s", core_valtype_name(elem));
	pop(c, core_address_type(&tabletype_at(c, i->index2)->limits));
	pop_list(c, params_of(t));
	lower_call_indirect(c, i->op, i->index, i->index2);
	finish_call(c, t, i->op == CORE_OP_RETURN_CALL_INDIRECT);
}

static void
check_call_ref(struct checker *c, const struct core_instr *i)
{
	const struct core_functype *t = functype_at(c, i->index);
	pop(c, (struct core_valtype){CORE_KIND_REF, CORE_HEAP_INDEX, true, i->index});
	pop_list(c, params_of(t));
	lower_call_ref(c, i->op);
	finish_call(c, t, i->op == CORE_OP_RETURN_CALL_REF);
}

/* ---- branches on references ---- */

/* The branch goes without the reference, which stays otherwise. */
static void
check_br_on_null(struct checker *c, const struct core_instr *i)
{
	struct typelist types = label_types(label_at(c, i->index));
	struct core_valtype ref = pop_ref(c);
	pop_list(c, types);
	lower_br_on_null(c, i->index, types.len);
	push_list(c, types);
	ref.nullable = false;
	push(c, ref);
}

/* The branch takes the reference along, which is gone otherwise. */
static void
check_br_on_non_null(struct checker *c, const struct core_instr *i)
{
	struct typelist types = label_types(label_at(c, i->index));
	require(types.len && core_valtype_is_ref(types.data[types.len - 1]), c->at, "type-mismatch",
		"type mismatch: br_on_non_null to a label that takes no reference");
	struct core_valtype ref = pop_ref(c);
	ref.nullable = false;
	push(c, ref);
	lower_same(c);
	pop_list(c, types);
	lower_br_on_non_null(c, i->index, types.len);
	push_list(c, types);
	pop_any(c);
}

/* What is left of a type where a cast to another one has failed. */
static struct core_valtype
without(struct core_valtype t, struct core_valtype cast)
{
	t.nullable &= !cast.nullable;
	return t;
}

/* The branch takes the reference along, with one type; it stays otherwise, with the other. */
static void
check_br_on_cast(struct checker *c, const struct core_instr *i)
{
	struct typelist types = label_types(label_at(c, i->index));
	struct core_valtype from = i->types[0], to = i->types[1];
	bool fails = i->op == CORE_OP_BR_ON_CAST_FAIL;
	valid_valtype(c->module, from, c->at);
	valid_valtype(c->module, to, c->at);
	require(matches(c, to, from), c->at, "type-mismatch", "type mismatch: a cast from %s to %s",
		core_valtype_name(from), core_valtype_name(to));
	require(types.len > 0, c->at, "type-mismatch",
		"type mismatch: a branch on a cast to a label that takes no reference");
	pop(c, from);
	push(c, fails ? without(from, to) : to);
	lower_same(c);
	need_slots(c, 1); /* for the test */
	pop_list(c, types);
	lower_br_on_cast(c, i, types.len);
	push_list(c, types);
	pop_any(c);
	push(c, fails ? to : without(from, to));
}

bool
check_control(struct checker *c, const struct core_instr *i)
{
	switch (i->op) {
	case CORE_OP_NOP: break;
	case CORE_OP_UNREACHABLE:
		emit(c, CORE_OP_UNREACHABLE, 0);
		set_unreachable(c);
		break;
	case CORE_OP_BLOCK:
	case CORE_OP_LOOP:
	case CORE_OP_IF: check_block(c, i); break;
	case CORE_OP_TRY_TABLE: check_try_table(c, i); break;
	case CORE_OP_THROW: check_throw(c, i); break;
	case CORE_OP_THROW_REF: check_throw_ref(c); break;
	case CORE_OP_ELSE: check_else(c); break;
	case CORE_OP_END: check_end(c); break;
	case CORE_OP_BR: check_br(c, i->index); break;
	case CORE_OP_BR_IF: check_br_if(c, i->index); break;
	case CORE_OP_BR_TABLE: check_br_table(c, i); break;
	case CORE_OP_RETURN: check_return(c); break;
	case CORE_OP_CALL:
	case CORE_OP_RETURN_CALL: check_call(c, i); break;
	case CORE_OP_CALL_INDIRECT:
	case CORE_OP_RETURN_CALL_INDIRECT: check_call_indirect(c, i); break;
	case CORE_OP_CALL_REF:
	case CORE_OP_RETURN_CALL_REF: check_call_ref(c, i); break;
	case CORE_OP_BR_ON_NULL: check_br_on_null(c, i); break;
	case CORE_OP_BR_ON_NON_NULL: check_br_on_non_null(c, i); break;
	case CORE_OP_BR_ON_CAST:
	case CORE_OP_BR_ON_CAST_FAIL: check_br_on_cast(c, i); break;
	default: return false;
	}
	return true;
}
