/* lower.c - tests of core/lower: what bodies are lowered to. That fused and plain code come to the
 * same is for tools/check, which runs the scripts both ways. */
#include "core/lower.h"

#include "core/engine.h"
#include "module.h"

static struct world w;

/* The first local of an operand stack, behind the link. */
#define HOME(nlocals) ((nlocals) + CORE_FRAME_LINK)

/* The code of the first function of a text; the test frees the world. */
static const struct core_code *
lower(const char *text)
{
	make(&w, text);
	core_lower(w.module, 0);
	return w.module->funcs.data[0].code;
}

#define ck_insn(i, o, to, left, right) \
	do { \
		ck_assert_uint_eq((i).op, o); \
		ck_assert_uint_eq((i).d, to); \
		ck_assert_uint_eq((i).x, left); \
		ck_assert_uint_eq((i).y, right); \
	} while (0)

#define ck_const(i, to, bits) \
	do { \
		ck_insn(i, LOW_CONST, to, 0, 0); \
		ck_assert_uint_eq((i).imm, bits); \
	} while (0)

START_TEST(dead_code)
{
	const struct core_code *c = lower(
		"(func (result i32) i32.const 1 return block i32.const 2 drop end i32.const 3)");
	ck_assert_uint_eq(c->ninsns, 2);
	ck_insn(c->insns[0], LOW_CONST, HOME(0), 0, 0);
	ck_insn(c->insns[1], LOW_RETURN_1, 0, HOME(0), 1);
	ck_assert_uint_eq(c->nslots, HOME(0) + 1);
	world_free(&w);
}
END_TEST

/* Locals and constants are read where they are, and results written where they belong. */
START_TEST(operands)
{
	const struct core_code *c =
		lower("(func (param i32 i32) (result i32) (local i32) "
		      "(local.set 2 (i32.add (local.get 0) (local.get 1))) "
		      "(local.tee 1 (i32.mul (i32.const 3) (local.get 2))) drop "
		      "(i32.sub (local.get 1) (i32.const 7)))");
	ck_assert_uint_eq(c->ninsns, 4);
	ck_insn(c->insns[0], CORE_OP_I32_ADD, 2, 0, 1);
	ck_insn(c->insns[1], LOW_I32_MUL_K, 1, 2, 0);
	ck_assert_uint_eq(c->insns[1].imm, 3);
	ck_insn(c->insns[2], LOW_I32_SUB_K, HOME(3), 1, 0);
	ck_insn(c->insns[3], LOW_RETURN_1, 3, HOME(3), 1);
	world_free(&w);
}
END_TEST

/* What was got before a local is set has the old value. */
START_TEST(sets_below_gets)
{
	const struct core_code *c = lower("(func (param i32) (result i32) local.get 0 "
					  "(local.set 0 (i32.add (local.get 0) (i32.const 1))) "
					  "local.get 0 i32.sub)");
	ck_insn(c->insns[0], LOW_I32_ADD_K, HOME(1) + 1, 0, 0);
	ck_insn(c->insns[1], LOW_MOVE_2, HOME(1), 0, HOME(1) + 1);
	ck_assert_uint_eq(c->insns[1].b, 0);
	ck_insn(c->insns[2], CORE_OP_I32_SUB, HOME(1), HOME(1), 0);
	world_free(&w);
}
END_TEST

/* And so it has when it is set in a block. */
START_TEST(sets_in_blocks)
{
	const struct core_code *c =
		lower("(func (param i32) (result i32) local.get 0 (block (br_if 0 (local.get 0)) "
		      "(local.set 0 (i32.const 5))) local.get 0 i32.sub)");
	ck_insn(c->insns[0], LOW_MOVE, HOME(1), 0, 0);
	ck_insn(c->insns[1], LOW_TRUE_BR, 0, 0, 0);
	ck_assert_uint_eq(c->insns[1].b, 2);
	ck_const(c->insns[2], 0, 5);
	ck_insn(c->insns[3], CORE_OP_I32_SUB, HOME(1), HOME(1), 0);
	world_free(&w);
}
END_TEST

/* A result is not redirected over the end of a block. */
START_TEST(results_of_blocks)
{
	const struct core_code *c = lower("(func (param i32) (local i32) (local.set 1 "
					  "(if (result i32) (local.get 0) "
					  "(then (i32.const 1)) (else (i32.eqz (local.get 0))))))");
	ck_insn(c->insns[0], LOW_TRUE_NOT, 0, 0, 0);
	ck_assert_uint_eq(c->insns[0].b, 3);
	ck_assert_uint_eq(c->insns[2].op, LOW_BR);
	ck_insn(c->insns[3], LOW_I32_EQ_K, HOME(2), 0, 0);
	ck_insn(c->insns[4], LOW_MOVE, 1, HOME(2), 0);
	world_free(&w);
}
END_TEST

START_TEST(conditions)
{
	const struct core_code *c =
		lower("(func (param i32 i64 f64) (block "
		      "(br_if 0 (i32.lt_s (local.get 0) (i32.const -1))) "
		      "(br_if 0 (i32.eqz (i32.eqz (f64.lt (local.get 2) (local.get 2))))) "
		      "(br_if 0 (i64.eq (local.get 1) (i64.const 0x100000000))) "
		      "(br_if 0 (i32.eqz (i32.and (local.get 0) (i32.const 4))))) "
		      "(loop (br_if 0 (i32.gt_u (i32.const 9) (local.get 0)))))");
	const struct core_insn *i = c->insns;
	ck_insn(i[0], LOW_I32_LT_S_BR_K, 0, 0, 0);
	ck_assert_uint_eq(i[0].b, 5);
	ck_assert_uint_eq(i[0].c, UINT32_MAX);
	ck_insn(i[1], LOW_F64_LT_BR, 0, 2, 2);
	ck_insn(i[2], LOW_I64_EQ_K, HOME(3), 1, 0);
	ck_insn(i[3], LOW_TRUE_BR, 0, HOME(3), 0);
	ck_insn(i[4], LOW_I32_AND_NOT_K, 0, 0, 0);
	ck_insn(i[5], LOW_I32_LT_U_BACK_K, 0, 0, 0);
	ck_assert_uint_eq(i[5].b, 0);
	ck_assert_uint_eq(i[5].c, 9);
	world_free(&w);
}
END_TEST

/* A condition in a local that was set by it stays there. */
START_TEST(conditions_in_locals)
{
	const struct core_code *c =
		lower("(func (param i32) (local i32) (block "
		      "(br_if 0 (local.tee 1 (i32.lt_s (local.get 0) (i32.const 3)))) "
		      "(br_if 0 (i32.eqz (local.tee 1 (i32.eqz (local.get 0)))))))");
	ck_insn(c->insns[0], LOW_I32_LT_S_K, 1, 0, 0);
	ck_insn(c->insns[1], LOW_TRUE_BR, 0, 1, 0);
	ck_insn(c->insns[2], LOW_I32_EQ_K, 1, 0, 0);
	ck_insn(c->insns[3], LOW_TRUE_NOT, 0, 1, 0);
	world_free(&w);
}
END_TEST

/* A branch keeps its values and drops what lies below them. */
START_TEST(branches_with_values)
{
	const struct core_code *c =
		lower("(func (param i32) (result i32) (local i64) (i32.eqz (block (result i32) "
		      "(i64.clz (local.get 1)) (br_if 0 (i32.const 9) (local.get 0)) drop drop "
		      "(br 0 (local.get 0)))))");
	const struct core_insn *i = c->insns;
	ck_const(i[1], HOME(2) + 1, 9);
	ck_insn(i[2], LOW_TRUE_NOT, 0, 0, 0);
	ck_assert_uint_eq(i[2].b, 3);
	ck_insn(i[3], LOW_MOVE, HOME(2), HOME(2) + 1, 0);
	ck_assert_uint_eq(i[4].op, LOW_BR);
	ck_assert_uint_eq(i[4].b, 3);
	ck_insn(i[5], LOW_MOVE, HOME(2), 0, 0);
	ck_assert_uint_eq(c->nlocals, 2);
	ck_assert_uint_eq(c->nslots, HOME(2) + 3);
	world_free(&w);
}
END_TEST

START_TEST(branch_tables)
{
	const struct core_code *c =
		lower("(func (param i32) (block (loop (br_table 1 0 2 (local.get 0)))))");
	const struct core_insn *i = c->insns;
	ck_assert_uint_eq(i[0].op, LOW_BR_TABLE);
	ck_assert_uint_eq(i[0].c, 2);
	ck_assert_uint_eq(i[1].op, LOW_BR);
	ck_assert_uint_eq(i[1].b, 4);
	ck_assert_uint_eq(i[2].op, LOW_BACK);
	ck_assert_int_eq((int32_t)i[2].b, -2);
	ck_assert_uint_eq(i[3].b, 1);
	ck_assert_uint_eq(i[4].op, LOW_RETURN);
	ck_assert_uint_eq(c->ninsns, 6);
	world_free(&w);
}
END_TEST

START_TEST(calls)
{
	const struct core_code *c =
		lower("(func (param i32) (result i32) (i32.sub (local.get 0) "
		      "(call 1 (local.get 0) (i32.const 2) (local.get 0) (local.get 0)))) "
		      "(func (param i32 i32 i32 i32) (result i32) unreachable)");
	const struct core_insn *i = c->insns;
	ck_insn(i[0], LOW_MOVE, HOME(1) + 1, 0, 0);
	ck_const(i[1], HOME(1) + 2, 2);
	ck_insn(i[2], LOW_MOVE_2, HOME(1) + 3, 0, 0);
	ck_assert_uint_eq(i[2].b, HOME(1) + 4);
	ck_assert_uint_eq(i[3].op, LOW_CALL);
	ck_assert_uint_eq(i[3].d, HOME(1) + 1);
	ck_assert_ptr_eq(i[3].code, w.module->funcs.data[1].code);
	ck_insn(i[4], CORE_OP_I32_SUB, HOME(1), 0, HOME(1) + 1);
	world_free(&w);
}
END_TEST

START_TEST(addresses)
{
	const struct core_code *c =
		lower("(func (param i32 i32) (result i32) "
		      "(i32.store offset=4 (local.get 0) (i32.const -1)) "
		      "(i32.store offset=4 (i32.const 0xffffffff) (local.get 0)) "
		      "(i32.store offset=4 (i32.add (local.get 0) (local.get 1)) (local.get 1)) "
		      "(i32.store8 offset=4 (i32.add (local.get 0) (i32.const -8)) (local.get 1)) "
		      "(i32.load8_s offset=9 (i32.add (local.get 0) (local.get 1)))) (memory 1)");
	const struct core_insn *i = c->insns;
	if (core_engine.reserved) {
		ck_insn(i[0], LOW_I32_STORE_K, 0, 0, 0);
		ck_assert_uint_eq(i[0].b, 4);
		ck_assert_uint_eq(i[0].c, UINT32_MAX);
		ck_insn(i[1], LOW_I32_STORE_AT, 0, 0, 0);
		ck_assert_uint_eq(i[1].imm, UINT64_C(0x100000003));
		ck_insn(i[2], LOW_I32_STORE_INDEX, 1, 0, 1);
		ck_assert_uint_eq(i[3].op, LOW_I32_STORE8_PLUS);
		ck_assert_uint_eq(i[3].x, 0);
		ck_assert_uint_eq(i[3].y, 1);
		ck_assert_uint_eq(i[3].b, 4);
		ck_assert_uint_eq(i[3].c, (uint32_t)-8);
		ck_insn(i[4], LOW_I32_LOAD8_S_INDEX, HOME(2), 0, 1);
		ck_assert_uint_eq(i[4].imm, 9);
	}
	world_free(&w);
}
END_TEST

START_TEST(two_operators)
{
	const struct core_code *c = lower(
		"(func (param i32 i32 f64) (result f64) "
		"(local.set 0 (i32.add (local.get 0) (i32.shl (local.get 1) (i32.const 2)))) "
		"(local.set 0 (i32.add (i32.mul (local.get 0) (local.get 1)) (local.get 1))) "
		"(local.set 0 (i32.rotl (i32.xor (local.get 0) (local.get 1)) (i32.const 7))) "
		"(f64.sub (local.get 2) (f64.mul (local.get 2) (local.get 2))))");
	const struct core_insn *i = c->insns;
	ck_insn(i[0], LOW_I32_SHL_K_I32_ADD, 0, 1, 0);
	ck_assert_uint_eq(i[0].imm, 2);
	ck_insn(i[1], LOW_I32_MUL_I32_ADD, 0, 0, 1);
	ck_assert_uint_eq(i[1].b, 1);
	ck_insn(i[2], LOW_I32_XOR_I32_ROTL_K, 0, 0, 1);
	ck_assert_uint_eq(i[2].imm, 7);
	ck_insn(i[3], LOW_F64_MUL_RIGHT_F64_SUB, HOME(3), 2, 2);
	ck_assert_uint_eq(i[3].b, 2);
	world_free(&w);
}
END_TEST

START_TEST(selections)
{
	const struct core_code *c =
		lower("(func (param i32 i32) (result i32) "
		      "(local.set 0 (select (local.get 0) (local.get 1) (i32.lt_u (local.get 0) "
		      "(i32.const 9)))) "
		      "(select (local.get 0) (local.get 1) (i32.eqz (local.get 1))))");
	ck_insn(c->insns[0], LOW_I32_LT_U_SELECT_K, 0, 0, 0);
	ck_assert_uint_eq(c->insns[0].b, 0 | 1 << 16);
	ck_assert_uint_eq(c->insns[0].c, 9);
	ck_insn(c->insns[1], LOW_TRUE_SELECT, HOME(2), 1, 0);
	ck_assert_uint_eq(c->insns[1].b, 1 | 0 << 16);
	world_free(&w);
}
END_TEST

/* However deep the stack is, no more operands are looked at than a few. */
START_TEST(many_operands)
{
	world_new(&w);
	struct strbuf b = {.arena = w.arena};
	strbuf_adds(&b, "(func (param i32) (local i32) ");
	for (int k = 0; k < 60000; k++)
		strbuf_adds(&b, "local.get 0 (local.set 1 (i32.const 1)) ");
	for (int k = 0; k < 60000; k++)
		strbuf_adds(&b, "drop ");
	strbuf_adds(&b, ")");
	w.text = strbuf_cstr(&b);
	ck_assert_str_eq(reason_of(&w, world_instantiate), "none");
	core_lower(w.module, 0);
	ck_assert_uint_gt(w.module->funcs.data[0].code->ninsns, 60000);
	world_free(&w);
}
END_TEST

/* A branch on a cast tests a copy of its reference, above it. */
START_TEST(slots_of_casts)
{
	const struct core_code *c = lower("(func (param anyref) (block (result anyref) "
					  "  (br_on_cast 0 anyref i31ref (local.get 0))) drop)");
	ck_assert_uint_eq(c->nslots, HOME(1) + 2);
	world_free(&w);
}
END_TEST

START_TEST(large_frames)
{
	world_new(&w);
	struct strbuf b = {.arena = w.arena};
	strbuf_adds(&b, "(func ");
	for (int k = 0; k < 65534; k++)
		strbuf_adds(&b, "i32.const 0 ");
	strbuf_adds(&b, "unreachable)");
	w.text = strbuf_cstr(&b);
	ck_assert_str_eq(reason_of(&w, world_instantiate), "frame-limit");
	ck_assert_int_eq(w.err.kind, ERR_EXHAUSTED);
	world_free(&w);
}
END_TEST

UNIT_MAIN("lower", dead_code, operands, sets_below_gets, sets_in_blocks, results_of_blocks,
	conditions, conditions_in_locals, branches_with_values, branch_tables, calls, addresses,
	two_operators, selections, many_operands, slots_of_casts, large_frames)
