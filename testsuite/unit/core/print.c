/* print.c - tests of core/print*: the layout of modules and instructions, and that it can be read
 * back. That all modules of the suites can is the round trip's business. */
#include "core/print.h"

#include <stdio.h>

#include "module.h"

static struct world w;

static void
print(void *env)
{
	struct print_options names = {.names = true};
	char **printed = env;
	size_t len;
	world_validate(&w);
	struct pretty p = {.out = open_memstream(printed, &len)};
	core_print_module(&p, w.module, &names);
	fclose(p.out);
}

static void
prints(const char *text, const char *expected)
{
	char *printed = NULL;
	world_new(&w);
	w.text = text;
	ck_assert_msg(protect(print, &printed, &w.err), "%s: %s", text, w.err.message);
	ck_assert_str_eq(printed, expected);
	/* again, of what is between "(module" and ")" */
	char *again = NULL, *fields = printed + strlen("(module");
	fields[strlen(fields) - 1] = '\0';
	w.text = fields;
	ck_assert_msg(protect(print, &again, &w.err), "%s: %s", fields, w.err.message);
	ck_assert_str_eq(again, expected);
	free(printed);
	free(again);
	world_free(&w);
}

START_TEST(fields)
{
	prints("(type $t (func (param i32))) (import \"a\" \"b\" (func $f (type $t))) (memory 1 2) "
	       "(table 3 funcref) (global (mut i64) (i64.const 5)) (export \"m\" (memory 0)) (data "
	       "(i32.const 1) \"a\\00\\\"\") (elem (i32.const 0) func $f)",
		"(module\n"
		"  (type $t (func (param i32)))\n"
		"  (import \"a\" \"b\" (func $f (type $t)))\n"
		"  (global (;0;) (mut i64) i64.const 5)\n"
		"  (table (;0;) 3 funcref)\n"
		"  (memory (;0;) 1 2)\n"
		"  (export \"m\" (memory 0))\n"
		"  (elem (;0;) (i32.const 0) func $f)\n"
		"  (data (;0;) (i32.const 1) \"a\\00\\\"\"))");
}
END_TEST

START_TEST(instructions)
{
	prints("(memory 1) (func $f (param i32) (result i32) (local i64 i64 f32) (block $b (result "
	       "i32) (if (local.get 0) (then (br $b (i32.const 1))) (else (nop))) (loop $l (block "
	       "(br_table $l 0 (i32.const 2)))) (i32.load8_s offset=4 (i32.const 0))))",
		"(module\n"
		"  (type (;0;) (func (param i32) (result i32)))\n"
		"  (memory (;0;) 1)\n"
		"  (func $f (type 0) (param i32) (result i32)\n"
		"    (local i64 i64)\n"
		"    (local f32)\n"
		"    block $b (result i32)\n"
		"      local.get 0\n"
		"      if\n"
		"        i32.const 1\n"
		"        br $b\n"
		"      else\n"
		"        nop\n"
		"      end\n"
		"      loop $l\n"
		"        block\n"
		"          i32.const 2\n"
		"          br_table $l 0\n"
		"        end\n"
		"      end\n"
		"      i32.const 0\n"
		"      i32.load8_s offset=4\n"
		"    end))");
}
END_TEST

START_TEST(numbers)
{
	prints("(global f32 (f32.const nan:0x200000)) (global f64 (f64.const 0.1)) (global f32 "
	       "(f32.const -inf)) (global f64 (f64.const -0)) (global i32 (i32.const 0xffffffff))",
		"(module\n"
		"  (global (;0;) f32 f32.const nan:0x200000)\n"
		"  (global (;1;) f64 f64.const 0.1)\n"
		"  (global (;2;) f32 f32.const -inf)\n"
		"  (global (;3;) f64 f64.const -0)\n"
		"  (global (;4;) i32 i32.const -1))");
}
END_TEST

/* The second of two equal names cannot be an identifier. */
START_TEST(names)
{
	prints("(import \"x\" \"y\" (tag (@name \"t\"))) (func (@name \"a b\")) (func $g (@name "
	       "\"a b\")) (func $h (call 1)) (memory (@name "
	       "\"m\") 0)",
		"(module\n"
		"  (type (;0;) (func))\n"
		"  (import \"x\" \"y\" (tag $t (type 0)))\n"
		"  (memory $m 0)\n"
		"  (func $\"a b\" (type 0))\n"
		"  (func (;1;) (@name \"a b\") (type 0))\n"
		"  (func $h (type 0)\n"
		"    call 1))");
}
END_TEST

/* A label hides another one of its name, and the second of two equal names cannot be an identifier. */
START_TEST(names_of_parts)
{
	prints("(type $t (struct (field $f i32) (field i32))) (tag $e) (func $g (param $x i32) "
	       "(param i32 "
	       "i64) (param (@name \"x\") f32) (local i32 i32) (local $l i32) (block $b (loop $b "
	       "(br $b) "
	       "(br 1) (br 2) (drop (struct.new $t (local.get $x) (local.get $l))) (drop "
	       "(local.get "
	       "3)))) (block (br 0)) (block $c (try_table $c (catch $e $c) (br $c) (br 1))))",
		"(module\n"
		"  (type $t (struct (field $f i32) (field i32)))\n"
		"  (type (;1;) (func))\n"
		"  (type (;2;) (func (param i32 i32 i64 f32)))\n"
		"  (tag $e (type 1))\n"
		"  (func $g (type 2) (param $x i32) (param i32 i64) (param (@name \"x\") f32)\n"
		"    (local i32 i32)\n"
		"    (local $l i32)\n"
		"    block $b\n"
		"      loop $b\n"
		"        br $b\n"
		"        br 1\n"
		"        br 2\n"
		"        local.get $x\n"
		"        local.get $l\n"
		"        struct.new $t\n"
		"        drop\n"
		"        local.get 3\n"
		"        drop\n"
		"      end\n"
		"    end\n"
		"    block\n"
		"      br 0\n"
		"    end\n"
		"    block $c\n"
		"      try_table $c (catch $e $c)\n"
		"        br $c\n"
		"        br 1\n"
		"      end\n"
		"    end))");
}
END_TEST

/* Behind a section is before what is before the next one, also where neither is there. */
START_TEST(places_of_custom_sections)
{
	prints("(@custom \"1\" (before func)) (type (func)) (func) (@custom \"2\") (@custom \"3\" "
	       "(after "
	       "import)) (@custom \"4\" (before type)) (@custom \"5\" (after data)) (@custom \"6\" "
	       "(before "
	       "first)) (@custom \"7\" (after code))",
		"(module\n"
		"  (type (;0;) (func))\n"
		"  (func (;0;) (type 0))\n"
		"  (@custom \"6\" (before first) \"\")\n"
		"  (@custom \"4\" (before first) \"\")\n"
		"  (@custom \"3\" (after type) \"\")\n"
		"  (@custom \"1\" (after type) \"\")\n"
		"  (@custom \"7\" (after code) \"\")\n"
		"  (@custom \"5\" (after code) \"\")\n"
		"  (@custom \"2\" (after code) \"\"))");
}
END_TEST

START_TEST(vectors)
{
	prints("(memory 1) (memory 1) (func (drop (v128.const f64x2 1 -0)) unreachable (v128.load "
	       "align=4) (v128.load8_lane 5) (v128.load64_lane 1 offset=8 align=4 1) "
	       "(i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 31) (i8x16.extract_lane_s 15) "
	       "unreachable)",
		"(module\n"
		"  (type (;0;) (func))\n"
		"  (memory (;0;) 1)\n"
		"  (memory (;1;) 1)\n"
		"  (func (;0;) (type 0)\n"
		"    v128.const i32x4 0x00000000 0x3ff00000 0x00000000 0x80000000\n"
		"    drop\n"
		"    unreachable\n"
		"    v128.load align=4\n"
		"    v128.load8_lane 5\n"
		"    v128.load64_lane 1 offset=8 align=4 1\n"
		"    i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 31\n"
		"    i8x16.extract_lane_s 15\n"
		"    unreachable))");
}
END_TEST

UNIT_MAIN("core/print", fields, instructions, numbers, names, names_of_parts,
	places_of_custom_sections, vectors)
