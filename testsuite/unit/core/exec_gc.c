/* exec_gc.c - tests of core/exec_gc: what the core suite leaves to chance, such as where an
 * instruction has its operands on the stack. */
#include "core/exec_gc.h"

#include "module.h"

static struct world w;

/* Fields of all kinds, with values below them on the stack that have to stay. */
START_TEST(structs)
{
	make(&w, "(type $s (struct (field $a (mut i8)) (field $b i64) (field $c (mut i16)))) "
		 "(func (export \"signed\") (param i32 i32) (result i32) "
		 "  (i32.const 100) (struct.get_s $s $a (struct.new $s (local.get 0) "
		 "  (i64.const -1) (local.get 1))) i32.add) "
		 "(func (export \"unsigned\") (param i32 i32) (result i32) "
		 "  (local (ref null $s)) (local.set 2 (struct.new_default $s)) "
		 "  (i32.const 100) (struct.set $s $c (local.get 2) (local.get 0)) "
		 "  (struct.get_u $s $c (local.get 2)) i32.add) "
		 "(func (export \"null\") (struct.set $s 0 (ref.null $s) (i32.const 1)))");
	ck_call(&w, "signed", 0x180, 7, 100u - 128);
	ck_call(&w, "signed", 0x7f, 7, 227);
	ck_call(&w, "unsigned", 0x18000, 0, 0x8000 + 100);
	ck_call_fails(&w, "null", 0, 0, "null-structure-reference");
	world_free(&w);
}
END_TEST

START_TEST(arrays)
{
	make(&w,
		"(type $b (array (mut i8))) (type $q (array (mut i64))) (data $d \"abcdef\") "
		"(func (export \"fixed\") (param i32) (result i32) "
		"  (i32.const 1) (array.get_u $b (array.new_fixed $b 3 (i32.const 5) (i32.const 6) "
		"  (i32.const 0x107)) (local.get 0)) i32.add) "
		"(func (export \"data\") (param i32 i32) (result i32) "
		"  (array.len (array.new_data $b $d (local.get 0) (local.get 1)))) "
		"(func (export \"wide\") (param i32 i32) "
		"  (drop (array.new_data $q $d (local.get 0) (local.get 1)))) "
		"(func (export \"fill\") (param i32 i32) (result i32) (local (ref null $q)) "
		"  (local.set 2 (array.new $q (i64.const 9) (i32.const 4))) "
		"  (array.fill $q (local.get 2) (local.get 0) (i64.const 3) (local.get 1)) "
		"  (array.copy $q $q (local.get 2) (i32.const 1) (local.get 2) (i32.const 0) "
		"    (i32.const 3)) "
		"  (i32.wrap_i64 (array.get $q (local.get 2) (i32.const 3))))");
	ck_call(&w, "fixed", 0, 0, 6);
	ck_call(&w, "fixed", 2, 0, 8);
	ck_call_fails(&w, "fixed", 3, 0, "out-of-bounds-array-access");
	ck_call(&w, "data", 2, 4, 4);
	ck_call_fails(&w, "data", 2, 5, "out-of-bounds-memory-access");
	ck_call_fails(&w, "data", 0xffffffff, 0xffffffff, "out-of-bounds-memory-access");
	ck_call_fails(&w, "wide", 0, 0x20000000, "out-of-bounds-memory-access");
	ck_call(&w, "fill", 1, 2, 3);
	ck_call(&w, "fill", 4, 0, 9);
	ck_call_fails(&w, "fill", 1, 0xffffffff, "out-of-bounds-array-access");
	world_free(&w);
}
END_TEST

/* The branch drops what lies below the reference and keeps what the label takes. */
START_TEST(branches)
{
	make(&w, "(type $s (struct)) "
		 "(func (export \"cast\") (param i32) (result i32) (local anyref) "
		 "  (if (local.get 0) (then (local.set 1 (ref.i31 (i32.const 5))))) "
		 "  (i32.const 1000) "
		 "  (block (result i32 (ref i31)) (i64.const 8) (f64.const 1) (i32.const 7) "
		 "    (local.get 1) (br_on_cast 0 anyref (ref i31)) drop drop drop drop "
		 "    (i32.const 20) (ref.i31 (i32.const 30))) "
		 "  i31.get_u i32.add i32.add) "
		 "(func (export \"null\") (param i32) (result i32) (local anyref) "
		 "  (if (local.get 0) (then (local.set 1 (ref.i31 (i32.const 5))))) "
		 "  (block (result i32) (i64.const 8) (i32.const 7) (local.get 1) (br_on_null 0) "
		 "    drop drop drop (i32.const 2))) "
		 "(func (export \"fail\") (result i32) "
		 "  (drop (ref.cast (ref $s) (ref.i31 (i32.const 1)))) (i32.const 1))");
	ck_call(&w, "cast", 1, 0, 1012);
	ck_call(&w, "cast", 0, 0, 1050);
	ck_call(&w, "null", 1, 0, 2);
	ck_call(&w, "null", 0, 0, 7);
	ck_call_fails(&w, "fail", 0, 0, "cast-failure");
	world_free(&w);
}
END_TEST

START_TEST(constant_expressions)
{
	make(&w,
		"(type $s (struct (field i32) (field (ref i31)))) (type $a (array (ref $s))) "
		"(global $g (ref $a) (array.new_fixed $a 2 "
		"  (struct.new $s (i32.const 1) (ref.i31 (i32.const 2))) "
		"  (struct.new $s (i32.add (i32.const 3) (i32.const 4)) (ref.i31 (i32.const 5))))) "
		"(func (export \"get\") (param i32) (result i32) (local (ref null $s)) "
		"  (local.set 1 (array.get $a (global.get $g) (local.get 0))) "
		"  (i32.add (struct.get $s 0 (local.get 1)) "
		"    (i31.get_s (struct.get $s 1 (local.get 1)))))");
	ck_call(&w, "get", 0, 0, 3);
	ck_call(&w, "get", 1, 0, 12);
	world_free(&w);
}
END_TEST

UNIT_MAIN("core/exec_gc", structs, arrays, branches, constant_expressions)
