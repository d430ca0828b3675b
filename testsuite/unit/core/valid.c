/* valid.c - tests of core/valid: the rules for what is around bodies. */
#include "core/valid.h"

#include "module.h"

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

START_TEST(limits)
{
	static const char order[] = "size-minimum-must-not-be-greater-than-maximum";
	ck_valid("(memory 65536) (memory 0 65536)");
	ck_invalid("(memory 65537)", "memory-size");
	ck_invalid("(memory 0 65537)", "memory-size");
	ck_invalid("(memory 2 1)", order);
	ck_valid("(table 0 0xffffffff funcref)");
	ck_invalid("(table 2 1 funcref)", order);
	ck_invalid("(import \"\" \"\" (memory 2 1))", order);
	ck_invalid("(import \"\" \"\" (table 2 1 funcref))", order);
}
END_TEST

START_TEST(types_and_imports)
{
	ck_invalid("(import \"\" \"\" (func (type 3)))", "unknown-type");
	ck_invalid("(func (type 3))", "unknown-type");
	ck_valid("(func (param v128)) (global v128 (v128.const i64x2 0 0))");
	ck_valid("(type (func)) (func (param (ref null 0)))");
	ck_invalid("(func (param (ref null 5)))", "unknown-type");
	ck_valid("(global anyref (ref.null none))");
	ck_invalid("(global (ref any) (ref.null any))", "type-mismatch");
	ck_invalid("(table 1 (ref func))", "type-mismatch");
	ck_valid("(import \"\" \"\" (table 1 (ref func)))");
}
END_TEST

START_TEST(start_functions)
{
	ck_valid("(func $f) (start $f)");
	ck_invalid("(func $f (param i32)) (start $f)", "start-function");
	ck_invalid("(func $f (result i32) i32.const 1) (start $f)", "start-function");
	ck_invalid("(start 0)", "unknown-function");
}
END_TEST

START_TEST(exports)
{
	ck_invalid("(export \"a\" (func 0))", "unknown-function");
	ck_invalid("(export \"a\" (table 0))", "unknown-table");
	ck_invalid("(export \"a\" (memory 0))", "unknown-memory");
	ck_invalid("(export \"a\" (global 0))", "unknown-global");
	ck_invalid("(func (export \"a\")) (memory (export \"a\") 1)", "duplicate-export-name");
	ck_valid("(func (export \"a\")) (memory (export \"b\") 1)");
}
END_TEST

START_TEST(segments)
{
	ck_invalid("(data (i32.const 0) \"\")", "unknown-memory");
	ck_valid("(data \"\")");
	ck_invalid("(memory 1) (data (i64.const 0) \"\")", "type-mismatch");
	ck_invalid("(func $f) (elem (i32.const 0) $f)", "unknown-table");
	ck_invalid("(table 1 externref) (func $f) (elem (i32.const 0) $f)", "type-mismatch");
	ck_invalid("(table 1 funcref) (elem (i64.const 0))", "type-mismatch");
	ck_invalid("(table 1 funcref) (elem (i32.const 0) func 4)", "unknown-function");
	ck_invalid("(elem funcref (ref.null extern))", "type-mismatch");
	ck_invalid("(memory 1) (data (global.get 0) \"\")", "unknown-global");
}
END_TEST

/* A global sees those before it, a table's initialiser the imported ones alone, a segment
 * all. */
START_TEST(visible_globals)
{
	ck_valid("(global $a i32 (i32.const 1)) (global $b i32 (global.get $a)) (memory 1) "
		 "(data (global.get $b) \"\")");
	ck_invalid(
		"(global $a i32 (global.get $b)) (global $b i32 (i32.const 1))", "unknown-global");
	ck_valid("(import \"\" \"\" (global $g funcref)) (table 1 funcref (global.get $g))");
	ck_invalid("(global $g funcref (ref.null func)) (table 1 funcref (global.get $g))",
		"unknown-global");
}
END_TEST

/* What declares a function, so that ref.func may name it. */
START_TEST(declared_functions)
{
#define USE "(func $f) (func (drop (ref.func $f)))"
	ck_invalid(USE, "undeclared-function-reference");
	ck_invalid(USE "(start $f)", "undeclared-function-reference");
	ck_invalid(USE "(func call $f)", "undeclared-function-reference");
	ck_valid(USE "(export \"f\" (func $f))");
	ck_valid(USE "(elem funcref (ref.func $f))");
	ck_valid(USE "(elem declare func $f)");
	ck_valid(USE "(global funcref (ref.func $f))");
	ck_valid(USE "(table 1 funcref (ref.func $f))");
#undef USE
}
END_TEST

UNIT_MAIN("valid", limits, types_and_imports, start_functions, exports, segments, visible_globals,
	declared_functions)
