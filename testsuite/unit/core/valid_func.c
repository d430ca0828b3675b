/* valid_func.c - tests of core/valid_func: the rules for bodies. */
#include "core/valid_func.h"

#include "module.h"

/* The reason that fields are refused for, or "none". */
static const char *
validity(const char *text)
{
	static struct world w;
	world_new(&w);
	w.text = text;
	const char *reason = reason_of(&w, world_validate);
	world_free(&w);
	return reason;
}

#define ck_valid(text)           ck_assert_str_eq(validity(text), "none")
#define ck_invalid(text, reason) ck_assert_str_eq(validity(text), reason)
#define MISMATCH                 "type-mismatch"

START_TEST(operands)
{
	ck_valid("(func (result i32) i32.const 1 i32.const 2 i32.add)");
	ck_invalid("(func (result i32) i32.const 1 i64.const 2 i32.add)", MISMATCH);
	ck_invalid("(func (result i32) i32.const 1 i32.add)", MISMATCH);
	ck_invalid("(func (result i32))", MISMATCH);
	ck_invalid("(func i32.const 1)", MISMATCH);
	ck_invalid("(func drop)", MISMATCH);
	ck_invalid("(func i32.const 1 block drop end)", MISMATCH);
	ck_valid("(func i32.const 1 block (param i32) drop end)");
}
END_TEST

START_TEST(unreachable_code)
{
	ck_valid("(func (result i32) unreachable)");
	ck_valid("(func (result i32) unreachable i32.add)");
	ck_invalid("(func (result i32) unreachable i64.const 0 i32.add)", MISMATCH);
	ck_invalid("(func unreachable i32.const 0)", MISMATCH);
	ck_valid("(func (result f64) unreachable select)");
	ck_invalid("(func (result f64) unreachable f32.const 0 i32.const 1 select)", MISMATCH);
	ck_invalid("(func unreachable block (result i32) end drop)", MISMATCH);
	ck_valid("(func (result i32) unreachable ref.is_null)");
}
END_TEST

START_TEST(blocks)
{
	ck_valid(
		"(func (result i32) i32.const 1 if (result i32) i32.const 1 else i32.const 2 end)");
	ck_invalid("(func (result i32) i32.const 1 if (result i32) i32.const 1 end)", MISMATCH);
	ck_valid("(func (result i32) i32.const 1 i32.const 1 if (param i32) (result i32) end)");
	ck_invalid("(func block (type 9) end)", "unknown-type");
	ck_valid("(func (result i32 i64) block (result i32 i64) i32.const 1 i64.const 2 end)");
}
END_TEST

START_TEST(branches)
{
	ck_invalid("(func br 1)", "unknown-label");
	ck_invalid("(func block br 2 end)", "unknown-label");
	ck_valid("(func (result i32) i32.const 1 br 0)");
	ck_invalid("(func (result i32) i64.const 1 br 0)", MISMATCH);
	ck_valid("(func i32.const 1 loop (param i32) br 0 end)");
	ck_invalid("(func loop (result i32) i32.const 1 br 0 end)", MISMATCH);
	ck_invalid("(func (result i32) i32.const 1 br_if 0)", MISMATCH);
	ck_valid("(func (result i32) block (result i32) i32.const 1 i32.const 0 br_table 0 1 end)");
	ck_invalid("(func block (result i32) i32.const 1 i32.const 0 br_table 0 1 end drop)",
		MISMATCH);
	ck_invalid("(func i32.const 0 br_table 0 5)", "unknown-label");
	ck_invalid("(func (result i32) block (result i64) unreachable i32.const 0 br_table 0 1 end "
		   "drop i32.const 1 i64.const 1)",
		MISMATCH);
}
END_TEST

START_TEST(variables)
{
	ck_invalid("(func local.get 0)", "unknown-local");
	ck_invalid("(func (param i32) local.get 0 local.set 1)", "unknown-local");
	ck_invalid("(func (local i32) i64.const 0 local.set 0)", MISMATCH);
	ck_invalid("(func global.get 0)", "unknown-global");
	ck_invalid(
		"(global i32 (i32.const 0)) (func i32.const 1 global.set 0)", "immutable-global");
	ck_valid("(global (mut i32) (i32.const 0)) (func i32.const 1 global.set 0)");
}
END_TEST

START_TEST(selection)
{
	ck_invalid("(func (param externref) local.get 0 local.get 0 i32.const 1 select drop)",
		MISMATCH);
	ck_valid("(func (param externref) local.get 0 local.get 0 i32.const 1 "
		 "select (result externref) drop)");
	ck_invalid("(func i32.const 0 i64.const 0 i32.const 1 select drop)", MISMATCH);
	ck_invalid("(func i32.const 0 i32.const 0 i32.const 1 select (result i32 i32) drop)",
		"invalid-result-arity");
}
END_TEST

START_TEST(memories)
{
	ck_invalid("(func i32.const 0 i32.load drop)", "unknown-memory");
	ck_invalid("(memory 1) (func i32.const 0 i32.load align=8 drop)",
		"alignment-must-not-be-larger-than-natural");
	ck_valid("(memory 1) (func i32.const 0 i64.load align=8 drop)");
	ck_invalid("(memory 1) (func i32.const 0 i64.load32_u align=8 drop)",
		"alignment-must-not-be-larger-than-natural");
	ck_invalid("(memory 1) (func i32.const 0 i32.load offset=4294967296 drop)",
		"offset-out-of-range");
	ck_invalid("(memory 1) (func memory.size 1 drop)", "unknown-memory");
	ck_invalid("(memory 1) (func i32.const 0 i32.const 0 i32.const 0 memory.init 0)",
		"unknown-data-segment");
	ck_invalid("(memory 1) (func data.drop 0)", "unknown-data-segment");
	ck_invalid("(memory 1) (func i32.const 0 i32.const 0 i32.const 0 memory.copy 0 1)",
		"unknown-memory");
}
END_TEST

START_TEST(tables_and_references)
{
	ck_invalid("(func i32.const 0 table.get 0 drop)", "unknown-table");
	ck_invalid("(table 1 externref) (func i32.const 0 call_indirect)", MISMATCH);
	ck_invalid("(table 1 funcref) (func i32.const 0 call_indirect (type 7))", "unknown-type");
	ck_invalid("(table 1 funcref) (table 1 externref) "
		   "(func i32.const 0 i32.const 0 i32.const 0 table.copy 0 1)",
		MISMATCH);
	ck_invalid("(table 1 funcref) (func elem.drop 0)", "unknown-elem-segment");
	ck_invalid("(table 1 externref) (elem funcref) "
		   "(func i32.const 0 i32.const 0 i32.const 0 table.init 0)",
		MISMATCH);
	ck_invalid("(func $f ref.func $f drop)", "undeclared-function-reference");
	ck_valid("(elem declare func $f) (func $f ref.func $f drop)");
	ck_valid("(func $f (export \"f\") ref.func $f drop)");
	ck_invalid("(func call 1)", "unknown-function");
	ck_invalid("(func i32.const 0 ref.is_null drop)", MISMATCH);
}
END_TEST

START_TEST(locals_without_default)
{
	ck_invalid("(func (local (ref func)) (drop (local.get 0)))", "uninitialized-local");
	ck_valid("(func (param (ref func)) (drop (local.get 0)))");
	ck_valid("(func (param (ref func)) (local (ref func)) (local.set 1 (local.get 0)) "
		 "(block (drop (local.get 1))) (drop (local.get 1)))");
	ck_invalid("(func (param (ref func)) (local (ref func)) "
		   "(block (local.set 1 (local.get 0))) (drop (local.get 1)))",
		"uninitialized-local");
	ck_invalid("(func (param (ref func)) (local (ref func)) (if (i32.const 1) "
		   "(then (local.set 1 (local.get 0))) (else (drop (local.get 1)))))",
		"uninitialized-local");
}
END_TEST

START_TEST(typed_references)
{
	ck_valid("(type $f (func)) (func (param (ref $f)) (call_ref $f (local.get 0)))");
	ck_valid("(type $f (func)) (type $g (func)) (func (param (ref $f)) (call_ref $g "
		 "(local.get 0)))");
	ck_invalid("(type $f (func)) (func (param funcref) (call_ref $f (local.get 0)))", MISMATCH);
	ck_invalid("(func (param funcref) (result (ref func)) (local.get 0))", MISMATCH);
	ck_valid("(func (param funcref) (result (ref func)) (ref.as_non_null (local.get 0)))");
	ck_valid("(func (param funcref) (result (ref func)) (block (return (br_on_null 0 "
		 "(local.get 0)))) unreachable)");
	ck_invalid("(func (param i32) (drop (br_on_null 0 (local.get 0))))", MISMATCH);
	ck_valid("(func (param funcref) (result (ref func)) (br_on_non_null 0 (local.get 0)) "
		 "unreachable)");
	ck_invalid("(func (param funcref) (br_on_non_null 0 (local.get 0)))", MISMATCH);
	ck_invalid("(func unreachable ref.as_non_null i32.eqz drop)", MISMATCH);
	ck_valid("(func unreachable ref.as_non_null ref.is_null drop)");
}
END_TEST

START_TEST(tail_calls)
{
	ck_valid("(func $f (result i32) i32.const 1) (func (result i32) return_call $f)");
	ck_invalid(
		"(func $f (result i32) i32.const 1) (func (result i64) return_call $f)", MISMATCH);
	ck_invalid("(func $f (param i32)) (func return_call $f)", MISMATCH);
	ck_valid("(table 1 funcref) (func (result i32) (return_call_indirect (result i32) "
		 "(i32.const 0)))");
	ck_valid("(type $f (func (result (ref func)))) (func (param (ref $f)) (result funcref) "
		 "(return_call_ref $f (local.get 0)))");
}
END_TEST

START_TEST(constant_expressions)
{
	ck_valid("(global i32 (i32.add (i32.const 1) (i32.mul (i32.const 2) (i32.const 3))))");
	ck_invalid("(global i32 (i32.ctz (i32.const 1)))", "constant-expression-required");
	ck_invalid("(global i32 (i64.const 1))", MISMATCH);
	ck_invalid("(global i32)", MISMATCH);
	ck_invalid("(global i32 (i32.const 1) (i32.const 2))", MISMATCH);
	ck_invalid("(global i32 (global.get 0))", "unknown-global");
	ck_invalid("(global $m (mut i32) (i32.const 1)) (global i32 (global.get $m))",
		"constant-expression-required");
	ck_valid("(global $a i32 (i32.const 1)) (global i32 (global.get $a))");
	ck_invalid("(func $f) (global i32 (call $f))", "constant-expression-required");
}
END_TEST

START_TEST(limits)
{
	static struct world w;
	world_new(&w);
	struct strbuf b = {.arena = w.arena};
	strbuf_adds(&b, "(func (local");
	for (int i = 0; i <= CORE_MAX_LOCALS; i++)
		strbuf_adds(&b, " i32");
	strbuf_adds(&b, "))");
	w.text = strbuf_cstr(&b);
	ck_assert_str_eq(reason_of(&w, world_validate), "too-many-locals");
	ck_assert_int_eq(w.err.kind, ERR_EXHAUSTED);
	world_free(&w);
}
END_TEST

UNIT_MAIN("valid_func", operands, unreachable_code, blocks, branches, variables, selection,
	memories, tables_and_references, locals_without_default, typed_references, tail_calls,
	constant_expressions, limits)
