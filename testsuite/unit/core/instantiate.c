/* instantiate.c - tests of core/instantiate and core/instance: imports and their matching, the
 * order of initialisation, what stays after a trap, and segments. */
#include "core/instantiate.h"

#include "module.h"

static struct world w;

/* Instantiates fields in the same store, with the exports of the first module to import. */
static const char *
link_with(const char *text)
{
	w.with = w.inst;
	w.text = text;
	const char *reason = reason_of(&w, world_instantiate);
	return reason;
}

#define ck_links(text)         ck_assert_str_eq(link_with(text), "none")
#define ck_fails(text, reason) ck_assert_str_eq(link_with(text), reason)
#define OTHER                  "incompatible-import-type"

/* After a module that is instantiated, the exports of `m` are to be imported again. */
#define back_to(m) (w.inst = (m))

START_TEST(import_of_functions)
{
	make(&w, "(func (export \"f\") (param i32) (result i64) i64.const 1)");
	struct core_instance *m = w.inst;
	ck_links("(import \"\" \"f\" (func (param i32) (result i64)))");
	back_to(m);
	ck_fails("(import \"\" \"f\" (func (param i32)))", OTHER);
	ck_assert_int_eq(w.err.kind, ERR_UNLINKABLE);
	ck_fails("(import \"\" \"f\" (func (param i64) (result i64)))", OTHER);
	ck_fails("(import \"\" \"f\" (global i32))", OTHER);
	ck_fails("(import \"\" \"g\" (func))", "unknown-import");
	world_free(&w);
}
END_TEST

START_TEST(import_of_memories)
{
	make(&w, "(memory (export \"m\") 2 5) (memory (export \"n\") 1) "
		 "(func (export \"grow\") (result i32) (memory.grow (i32.const 1)))");
	struct core_instance *m = w.inst;
	ck_links("(import \"\" \"m\" (memory 2))");
	back_to(m);
	ck_links("(import \"\" \"m\" (memory 1 5))");
	back_to(m);
	ck_fails("(import \"\" \"m\" (memory 3))", OTHER);
	ck_fails("(import \"\" \"m\" (memory 1 4))", OTHER);
	ck_fails("(import \"\" \"n\" (memory 1 100))", OTHER);
	ck_call(&w, "grow", 0, 0, 2);
	ck_links("(import \"\" \"m\" (memory 3))");
	world_free(&w);
}
END_TEST

START_TEST(import_of_tables_and_globals)
{
	make(&w, "(table (export \"t\") 2 5 funcref) (global (export \"g\") i32 (i32.const 4)) "
		 "(global (export \"v\") (mut i32) (i32.const 5))");
	struct core_instance *m = w.inst;
	ck_fails("(import \"\" \"t\" (table 2 externref))", OTHER);
	ck_fails("(import \"\" \"t\" (table 3 funcref))", OTHER);
	ck_fails("(import \"\" \"g\" (global (mut i32)))", OTHER);
	ck_fails("(import \"\" \"g\" (global i64))", OTHER);
	ck_fails("(import \"\" \"v\" (global i32))", OTHER);
	ck_links("(import \"\" \"t\" (table 1 funcref))");
	back_to(m);
	ck_links("(import \"\" \"g\" (global $g i32)) "
		 "(global $h i32 (i32.mul (global.get $g) (i32.const 3))) "
		 "(func (export \"h\") (result i32) (global.get $h))");
	ck_call(&w, "h", 0, 0, 12);
	world_free(&w);
}
END_TEST

/* What is shared is shared: a change is seen on both sides. */
START_TEST(sharing)
{
	make(&w, "(memory (export \"m\") 1) (global (export \"v\") (mut i32) (i32.const 5)) "
		 "(func (export \"get\") (result i32) "
		 "  (i32.add (i32.load (i32.const 8)) (global.get 0)))");
	struct core_instance *m = w.inst;
	ck_links("(import \"\" \"m\" (memory 1)) (import \"\" \"v\" (global (mut i32))) "
		 "(import \"\" \"get\" (func $get (result i32))) "
		 "(func (export \"set\") (param i32 i32) (result i32) "
		 "  (i32.store (i32.const 8) (local.get 0)) (global.set 0 (local.get 1)) "
		 "  (call $get))");
	ck_call(&w, "set", 30, 12, 42);
	back_to(m);
	ck_call(&w, "get", 0, 0, 42);
	world_free(&w);
}
END_TEST

START_TEST(start_functions)
{
	make(&w, "(global $g (mut i32) (i32.const 1)) (start $s) "
		 "(func $s (global.set $g (i32.const 9))) "
		 "(func (export \"g\") (result i32) (global.get $g))");
	ck_call(&w, "g", 0, 0, 9);
	ck_fails("(start $s) (func $s unreachable)", "unreachable");
	world_free(&w);
}
END_TEST

/* Segments before the one that traps have been written. */
START_TEST(segments_out_of_bounds)
{
	make(&w, "(memory (export \"m\") 1) (table (export \"t\") 3 funcref) "
		 "(func (export \"get\") (param i32) (result i32) (i32.load8_u (local.get 0))) "
		 "(func (export \"call\") (param i32) (result i32) "
		 "  (call_indirect (result i32) (local.get 0)))");
	struct core_instance *m = w.inst;
	ck_fails("(import \"\" \"m\" (memory 1)) (data (i32.const 5) \"*\") "
		 "(data (i32.const 65535) \"ab\") (data (i32.const 6) \"*\")",
		"out-of-bounds-memory-access");
	ck_assert_int_eq(w.err.kind, ERR_TRAP);
	back_to(m);
	ck_call(&w, "get", 5, 0, '*');
	ck_call(&w, "get", 6, 0, 0);
	ck_call(&w, "get", 65535, 0, 0);
	ck_fails("(import \"\" \"t\" (table 3 funcref)) (func $f (result i32) i32.const 8) "
		 "(elem (i32.const 0) $f) (elem (i32.const 2) $f $f)",
		"out-of-bounds-table-access");
	back_to(m);
	ck_call(&w, "call", 0, 0, 8);
	ck_call_fails(&w, "call", 2, 0, "uninitialized-element");
	world_free(&w);
}
END_TEST

START_TEST(dropped_segments)
{
	make(&w, "(memory 1) (data $a (i32.const 0) \"abc\") (data $p \"xyz\") "
		 "(table 4 funcref) (elem $e (i32.const 0) $f) (elem $q funcref (ref.func $f)) "
		 "(elem declare func $f) (func $f) "
		 "(func (export \"init\") (param i32) "
		 "  (memory.init $p (i32.const 0) (i32.const 1) (local.get 0))) "
		 "(func (export \"active\") (param i32) "
		 "  (memory.init $a (i32.const 0) (i32.const 0) (local.get 0))) "
		 "(func (export \"drop\") (data.drop $p) (elem.drop $q)) "
		 "(func (export \"table\") (param i32) "
		 "  (table.init $q (i32.const 1) (i32.const 0) (local.get 0))) "
		 "(func (export \"declared\") (param i32) "
		 "  (table.init 2 (i32.const 1) (i32.const 0) (local.get 0))) "
		 "(func (export \"get\") (param i32) (result i32) (i32.load8_u (local.get 0)))");
	ck_call_fails(&w, "active", 0, 0, "none");
	ck_call_fails(&w, "active", 1, 0, "out-of-bounds-memory-access");
	ck_call_fails(&w, "init", 3, 0, "out-of-bounds-memory-access");
	ck_call(&w, "get", 0, 0, 'a');
	ck_call_fails(&w, "init", 2, 0, "none");
	ck_call(&w, "get", 0, 0, 'y');
	ck_call_fails(&w, "table", 1, 0, "none");
	ck_call_fails(&w, "declared", 1, 0, "out-of-bounds-table-access");
	ck_call_fails(&w, "drop", 0, 0, "none");
	ck_call_fails(&w, "init", 1, 0, "out-of-bounds-memory-access");
	ck_call_fails(&w, "init", 0, 0, "out-of-bounds-memory-access"); /* it reads from 1 on */
	ck_call_fails(&w, "table", 0, 0, "none");
	ck_call_fails(&w, "table", 1, 0, "out-of-bounds-table-access");
	world_free(&w);
}
END_TEST

START_TEST(initialised_tables)
{
	make(&w, "(func $f (result i32) i32.const 3) (table 2 funcref (ref.func $f)) "
		 "(func (export \"call\") (param i32) (result i32) "
		 "  (call_indirect (result i32) (local.get 0)))");
	ck_call(&w, "call", 1, 0, 3);
	world_free(&w);
}
END_TEST

START_TEST(exports)
{
	struct core_extern x;
	make(&w, "(memory (export \"m\") 1) (func (export \"f\") (export \"\"))");
	ck_assert(core_instance_export(w.inst, STR("m"), &x));
	ck_assert_int_eq(x.sort, CORE_SORT_MEMORY);
	ck_assert_uint_eq(x.memory->bytes.len, 65536);
	ck_assert(core_instance_export(w.inst, STR(""), &x));
	ck_assert_ptr_eq(x.func, w.inst->funcs[0]);
	ck_assert(!core_instance_export(w.inst, STR("g"), &x));
	world_free(&w);
}
END_TEST

START_TEST(equal_types_are_one)
{
	world_new(&w);
	struct core_valtype a[] = {CORE_I32, CORE_FUNCREF}, b[] = {CORE_I32, CORE_FUNCREF};
	struct core_functype f = {2, 0, a, NULL}, g = {2, 0, b, NULL}, h = {0, 2, NULL, b},
			     i = {1, 1, a, b + 1};
	uint32_t one = core_store_type_id(w.store, &f);
	ck_assert_uint_eq(one, core_store_type_id(w.store, &g));
	ck_assert_uint_ne(one, core_store_type_id(w.store, &h));
	ck_assert_uint_ne(one, core_store_type_id(w.store, &i));
	world_free(&w);
}
END_TEST

UNIT_MAIN("instantiate", import_of_functions, import_of_memories, import_of_tables_and_globals,
	sharing, start_functions, segments_out_of_bounds, dropped_segments, initialised_tables,
	exports, equal_types_are_one)
