/* The core text parser: what each form of the text stands for, and why a text is malformed. */
#include "unit.h"

#include "base/error.h"
#include "core/text.h"

/* ---- helpers ---- */

struct attempt {
	struct arena *arena;
	const char *text;
	struct core_module *module;
};

static void
attempt_parse(void *env)
{
	struct attempt *t = env;
	struct source *src = arena_new_of(t->arena, struct source);
	*src = (struct source){.name = "text", .text = t->text, .len = strlen(t->text)};
	struct cursor c = cursor_from(sexpr_read(t->arena, src), 0);
	t->module = core_parse_fields(t->arena, &c, NO_ID, NO_LOC);
}

static struct arena *current;

/* The module whose fields these are, until done(). */
static struct core_module *
parse(const char *text)
{
	struct attempt t = {.arena = arena_new(0), .text = text};
	struct error err;
	bool ok = protect(attempt_parse, &t, &err);
	ck_assert_msg(ok, "%s: %s (%s)", text, err.message, err.reason);
	current = t.arena;
	return t.module;
}

static void
done(void)
{
	arena_free(current);
}

static void
fails(const char *text, enum error_kind kind, const char *reason, const char *message)
{
	struct attempt t = {.arena = arena_new(0), .text = text};
	struct error err = {0};
	bool ok = protect(attempt_parse, &t, &err);
	ck_assert_msg(!ok, "%s: should not parse", text);
	ck_assert_msg(err.kind == kind, "%s: %s: %s", text, error_kind_name(err.kind), err.message);
	ck_assert_msg(!strcmp(err.reason, reason), "%s: %s: %s", text, err.reason, err.message);
	ck_assert_msg(strstr(err.message, message), "%s: %s", text, err.message);
	arena_free(t.arena);
}

static void
bad(const char *text, const char *reason, const char *message)
{
	fails(text, ERR_MALFORMED, reason, message);
}

static void
dump_instr(struct strbuf *b, const struct core_instr *i)
{
	strbuf_printf(b, "%s", core_ops[i->op].text);
	switch (core_ops[i->op].imm) {
	case CORE_IMM_NONE: break;
	case CORE_IMM_BLOCK:
		if (i->has_index)
			strbuf_printf(b, " type=%u", i->index);
		else if (i->type.kind)
			strbuf_printf(b, " %s", core_valtype_name(i->type));
		break;
	case CORE_IMM_LABELS:
		for (uint32_t j = 0; j < i->count; j++)
			strbuf_printf(b, " %u", i->labels[j]);
		break;
	case CORE_IMM_TYPE_TABLE:
	case CORE_IMM_TABLE_TABLE:
	case CORE_IMM_ELEM_TABLE:
	case CORE_IMM_MEM_MEM:
	case CORE_IMM_DATA_MEM: strbuf_printf(b, " %u %u", i->index, i->index2); break;
	case CORE_IMM_MEMARG:
		strbuf_printf(b, " %u offset=%llu align=2^%u", i->index,
			(unsigned long long)i->offset, i->align);
		break;
	case CORE_IMM_HEAPTYPE: strbuf_printf(b, " %s", core_valtype_name(i->type)); break;
	case CORE_IMM_TYPES:
		for (uint32_t j = 0; j < i->count; j++)
			strbuf_printf(b, " %s", core_valtype_name(i->types[j]));
		break;
	case CORE_IMM_I32:
	case CORE_IMM_I64:
	case CORE_IMM_F32:
	case CORE_IMM_F64: strbuf_printf(b, " %llx", (unsigned long long)i->bits); break;
	default: strbuf_printf(b, " %u", i->index); break;
	}
	strbuf_adds(b, "; ");
}

static void
check_expr(struct core_expr e, const char *expected)
{
	struct arena *a = arena_new(0);
	struct strbuf b = {.arena = a};
	for (uint32_t i = 0; i < e.ninstrs; i++)
		dump_instr(&b, &e.instrs[i]);
	ck_assert_str_eq(strbuf_cstr(&b), expected);
	arena_free(a);
}

/* The body of the last function. */
static void
body(const char *text, const char *expected)
{
	struct core_module *m = parse(text);
	check_expr(vec_last(&m->funcs).body, expected);
	done();
}

static void
check_type(const struct core_module *m, uint32_t index, const char *expected)
{
	struct arena *a = arena_new(0);
	struct strbuf b = {.arena = a};
	ck_assert_uint_lt(index, m->types.len);
	core_functype_print(&b, &m->types.data[index].func);
	ck_assert_str_eq(strbuf_cstr(&b), expected);
	arena_free(a);
}

/* ---- types ---- */

START_TEST(types_written_in_place_come_last)
{
	struct core_module *m = parse("(func (param i32)) (type (func (param i64)))"
				      "(func (param f32) (block (param i64) (result f32)))"
				      "(func (param i64)) (func (param i32))");
	ck_assert_uint_eq(m->types.len, 4);
	check_type(m, 0, "(param i64)");
	check_type(m, 1, "(param i32)");
	check_type(m, 2, "(param f32)");
	check_type(m, 3, "(param i64) (result f32)");
	ck_assert_uint_eq(m->funcs.data[0].type, 1);
	ck_assert_uint_eq(m->funcs.data[1].type, 2);
	ck_assert_uint_eq(m->funcs.data[2].type, 0);
	ck_assert_uint_eq(m->funcs.data[3].type, 1);
	ck_assert_uint_eq(m->rec_starts.len, 4);
	done();
}
END_TEST

START_TEST(first_of_equal_types_is_used)
{
	struct core_module *m = parse("(type (func)) (type (func (param i32)))"
				      "(type (func (param i32))) (func (param i32))");
	ck_assert_uint_eq(m->funcs.data[0].type, 1);
	done();
}
END_TEST

START_TEST(types_of_groups_are_not_used_in_place)
{
	struct core_module *m = parse("(rec (type (func)) (type (func (param i32)))) (func)");
	ck_assert_uint_eq(m->types.len, 3);
	ck_assert_uint_eq(m->funcs.data[0].type, 2);
	ck_assert_uint_eq(m->rec_starts.data[0], 0);
	ck_assert_uint_eq(m->rec_starts.data[1], 2);
	done();
}
END_TEST

START_TEST(names_may_be_used_before_they_are_defined)
{
	struct core_module *m = parse("(func $a (call $b)) (func $b (type $t)) (start $b)"
				      "(export \"b\" (func $b)) (type $t (func))");
	check_expr(m->funcs.data[0].body, "call 1; end; ");
	ck_assert_uint_eq(m->start, 1);
	ck_assert_uint_eq(m->exports.data[0].index, 1);
	ck_assert_uint_eq(m->funcs.data[1].type, 0);
	done();
}
END_TEST

START_TEST(reference_types)
{
	struct core_module *m = parse("(type $t (func)) (type (func (param funcref externref"
				      " (ref null $t) (ref func) (ref null extern))))");
	check_type(m, 1, "(param funcref externref (ref null 0) (ref func) externref)");
	done();
}
END_TEST

START_TEST(bad_types)
{
	bad("(type (func (result i32) (param i32)))", "unexpected-token", "unexpected token");
	bad("(type (func (result $x i32)))", "unexpected-token", "");
	bad("(type (func (param $x i32 i32)))", "unexpected-token", "");
	bad("(type (func (param anyfunc)))", "unknown-operator", "unknown operator anyfunc");
	bad("(type $t (func)) (type $t (func))", "duplicate-type", "duplicate type");
	bad("(func (type $t))", "unknown-type", "unknown type");
	bad("(type (func (param i32))) (func (type 0) (param i64))", "inline-function-type",
		"inline function type");
	bad("(func (type 1) (param i64))", "unknown-type", "unknown type");
	bad("(type (func)) (func (type 0) (result i32) (param i32))", "unexpected-token", "");
	bad("(type (struct (field $x i32) (field $x i32)))", "duplicate-field", "duplicate field");
	bad("(type (struct (field $x i32 i32)))", "unexpected-token", "");
	bad("(type (array i32 i32))", "unexpected-token", "");
	bad("(type (sub $t (func)))", "unknown-type", "unknown type");
}
END_TEST

/* ---- instructions ---- */

START_TEST(folded_and_flat_are_the_same)
{
	const char *expected = "local.get 0; i32.const 1; i32.add; end; ";
	body("(func (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))", expected);
	body("(func (param i32) (result i32) local.get 0 i32.const 1 i32.add)", expected);
	body("(func (param $x i32) (result i32) (local.get $x) i32.const 1 (i32.add))", expected);
}
END_TEST

START_TEST(blocks)
{
	body("(func (block $a (loop $b (br $a) (br $b) (br 2))))",
		"block; loop; br 1; br 0; br 2; end; end; end; ");
	body("(func block $a loop $b br $a end $b end $a)", "block; loop; br 1; end; end; end; ");
	body("(func (block (result i32) (i32.const 0)) drop)",
		"block i32; i32.const 0; end; drop; end; ");
	body("(type $t (func (param i32))) (func i32.const 0 (block (type $t) drop))",
		"i32.const 0; block type=0; drop; end; end; ");
	body("(func (block (result i32 i64) unreachable) drop drop)",
		"block type=1; unreachable; end; drop; drop; end; ");
	body("(func (block $a (block $a (br $a))))", "block; block; br 0; end; end; end; ");
	body("(func (block $a (block $b (i32.const 0) (br_table $a $b 2))))",
		"block; block; i32.const 0; br_table 1 0 2; end; end; end; ");
}
END_TEST

START_TEST(conditions)
{
	body("(func (if (i32.const 1) (then nop) (else unreachable)))",
		"i32.const 1; if; nop; else; unreachable; end; end; ");
	body("(func i32.const 1 if $l (result i32) i32.const 2 else $l i32.const 3 end $l drop)",
		"i32.const 1; if i32; i32.const 2; else; i32.const 3; end; drop; end; ");
	body("(func i32.const 1 (if (then)))", "i32.const 1; if; end; end; ");
	/* the condition stands outside of the label */
	body("(func (block $o (if $i (br_if 0 (i32.const 1) (i32.const 2)) (then (br $o)))))",
		"block; i32.const 1; i32.const 2; br_if 0; if; br 1; end; end; end; ");
}
END_TEST

START_TEST(bad_blocks)
{
	bad("(func block)", "unexpected-token", "");
	bad("(func end)", "unexpected-token", "");
	bad("(func else)", "unexpected-token", "");
	bad("(func block else end)", "unexpected-token", "");
	bad("(func i32.const 0 if else else end)", "unexpected-token", "");
	bad("(func (block end))", "unexpected-token", "");
	bad("(func block (block end end))", "unexpected-token", "");
	bad("(func block $a end $b)", "mismatching-label", "mismatching label");
	bad("(func i32.const 0 if $a else $b end)", "mismatching-label", "mismatching label");
	bad("(func (br $l))", "unknown-label", "unknown label");
	bad("(func (if (i32.const 0)))", "unexpected-token", "");
	bad("(func (if (i32.const 0) (else)))", "unexpected-token", "");
	bad("(func (i32.const 0) (block (param $x i32) (drop)))", "unexpected-token", "");
}
END_TEST

START_TEST(numbers)
{
	body("(func i32.const -1 i32.const 0xffff_ffff i64.const -0x1 f32.const 1 f64.const -0)",
		"i32.const ffffffff; i32.const ffffffff; i64.const ffffffffffffffff;"
		" f32.const 3f800000; f64.const 8000000000000000; end; ");
	body("(func f32.const nan f64.const inf f32.const -nan:0x200000)",
		"f32.const 7fc00000; f64.const 7ff0000000000000; f32.const ffa00000; end; ");
	bad("(func i32.const 0x1_0000_0000)", "constant-out-of-range", "constant out of range");
	bad("(func f32.const 1e39)", "constant-out-of-range", "constant out of range");
	bad("(func i32.const 1.5)", "unexpected-token", "");
	bad("(func i32.const)", "unexpected-token", "");
	bad("(func f32.const nan:canonical)", "unexpected-token", "");
	bad("(func f32.const nan:1)", "unknown-operator", "unknown operator");
}
END_TEST

START_TEST(memory_arguments)
{
	body("(func i32.load i64.load16_u offset=8 f64.store align=1 i32.store8 offset=1 align=4)",
		"i32.load 0 offset=0 align=2^2; i64.load16_u 0 offset=8 align=2^1;"
		" f64.store 0 offset=0 align=2^0; i32.store8 0 offset=1 align=2^2; end; ");
	body("(memory 1) (memory $m 1) (func i64.load $m offset=1 i64.load32_s 1 f32.load)",
		"i64.load 1 offset=1 align=2^3; i64.load32_s 1 offset=0 align=2^2;"
		" f32.load 0 offset=0 align=2^2; end; ");
	bad("(func i32.load align=0)", "alignment", "alignment");
	bad("(func i32.load align=3)", "alignment", "alignment");
	bad("(func i32.load offset=x)", "unknown-operator", "unknown operator");
	bad("(func i32.load offset=0x1_0000_0000_0000_0000)", "constant-out-of-range", "");
}
END_TEST

START_TEST(bulk_and_tables)
{
	body("(memory $a 1) (memory $b 1) (data $d \"\") (func memory.init $d memory.init $b $d"
	     " memory.copy memory.copy $b $a memory.fill $b memory.size data.drop $d)",
		"memory.init 0 0; memory.init 0 1; memory.copy 0 0; memory.copy 1 0; memory.fill 1;"
		" memory.size 0; data.drop 0; end; ");
	body("(table $a 1 funcref) (table $b 1 funcref) (elem $e func) (func table.init $e"
	     " table.init $b $e table.copy table.copy $b $a table.get table.set $b elem.drop $e"
	     " table.size $b)",
		"table.init 0 0; table.init 0 1; table.copy 0 0; table.copy 1 0; table.get 0;"
		" table.set 1; elem.drop 0; table.size 1; end; ");
	body("(table 1 funcref) (table $t 1 funcref) (func (call_indirect (param i32)"
	     " (i32.const 0) (i32.const 0)) (call_indirect $t (i32.const 0)))",
		"i32.const 0; i32.const 0; call_indirect 1 0; i32.const 0; call_indirect 0 1; "
		"end; ");
	bad("(func memory.copy 0)", "unexpected-token", "");
	bad("(func (call_indirect (param $x i32)))", "unexpected-token", "");
}
END_TEST

START_TEST(references_and_select)
{
	body("(func $f ref.null func ref.null extern ref.func $f ref.is_null select)",
		"ref.null funcref; ref.null externref; ref.func 0; ref.is_null; select; end; ");
	body("(func select (result i32) select (result) (select (result i32) (result i64)))",
		"select i32; select; select i32 i64; end; ");
}
END_TEST

START_TEST(locals)
{
	struct core_module *m = parse("(func (param $a i32) (param i64 i64) (local $x f32)"
				      " (local i32 i64) (local $y f64) (local.get $a)"
				      " (local.set $x) (local.tee $y))");
	ck_assert_uint_eq(m->funcs.data[0].nlocals, 4);
	check_expr(m->funcs.data[0].body, "local.get 0; local.set 3; local.tee 6; end; ");
	done();
	body("(type $t (func (param i32 i32))) (func (type $t) (local $x i32) (local.get $x))",
		"local.get 2; end; ");
	bad("(func (param $a i32) (local $a i32))", "duplicate-local", "duplicate local");
	bad("(func (local.get $a))", "unknown-local", "unknown local");
	bad("(func (nop) (local i32))", "unexpected-token", "");
	bad("(func (local i32) (param i32))", "unexpected-token", "");
}
END_TEST

START_TEST(unknown_and_unsupported_words)
{
	bad("(func get_local 0)", "unknown-operator", "unknown operator get_local");
	bad("(func (i32.frob))", "unknown-operator", "unknown operator i32.frob");
	bad("(func i32.wrap/i64)", "unknown-operator", "unknown operator i32.wrap/i64");
	bad("(frob)", "unknown-operator", "unknown operator frob");
	bad("(param)", "unexpected-token", "");
	fails("(func i32.atomic.load)", ERR_UNSUPPORTED, "threads", "");
}
END_TEST

/* ---- definitions ---- */

START_TEST(imports)
{
	struct core_module *m = parse(
		"(import \"a\" \"f\" (func $f (param i32))) (func $g (export \"x\") (import \"a\""
		" \"g\")) (import \"a\" \"t\" (table 1 2 funcref)) (import \"a\" \"m\" (memory 1))"
		"(import \"a\" \"v\" (global (mut i64))) (import \"a\" \"e\" (tag (param i32)))"
		"(func $h call $g)");
	ck_assert_uint_eq(m->imports.len, 6);
	ck_assert_uint_eq(m->funcs.len, 3);
	ck_assert(m->funcs.data[0].imported && m->funcs.data[1].imported);
	ck_assert(!m->funcs.data[2].imported);
	ck_assert_uint_eq(m->exports.data[0].index, 1);
	ck_assert_uint_eq(m->tables.data[0].type.limits.max, 2);
	ck_assert(m->mems.data[0].imported && !m->mems.data[0].type.limits.has_max);
	ck_assert(m->globals.data[0].type.mutable);
	ck_assert_uint_eq(m->tags.data[0].type, m->funcs.data[0].type);
	check_expr(m->funcs.data[2].body, "call 1; end; ");
	done();
}
END_TEST

START_TEST(imports_come_first)
{
	bad("(func) (import \"a\" \"b\" (func))", "import-after-function", "import after function");
	bad("(table 0 funcref) (func (import \"a\" \"b\"))", "import-after-table",
		"import after table");
	bad("(memory 1) (import \"a\" \"b\" (func))", "import-after-memory", "import after memory");
	bad("(global i32 (i32.const 0)) (import \"a\" \"b\" (func))", "import-after-global",
		"import after global");
	bad("(import \"a\" \"b\" (type))", "unexpected-token", "");
}
END_TEST

START_TEST(tables_and_memories)
{
	struct core_module *m = parse("(func) (table $t funcref (elem 0 0)) (memory (data \"ab\""
				      " \"c\")) (table i64 1 2 externref) (memory i64 3 4 shared)"
				      "(table 1 funcref (ref.func 0)) (elem $e func 0)"
				      "(table funcref (elem (ref.func 0) (item ref.null func)))");
	ck_assert_uint_eq(m->tables.data[0].type.limits.min, 2);
	ck_assert_uint_eq(m->tables.data[0].type.limits.max, 2);
	ck_assert(m->elems.data[0].by_index && m->elems.data[0].mode == CORE_ACTIVE);
	check_expr(m->elems.data[0].offset, "i32.const 0; end; ");
	check_expr(m->elems.data[0].items[1], "ref.func 0; end; ");
	ck_assert_uint_eq(m->mems.data[0].type.limits.min, 1);
	ck_assert_uint_eq(m->datas.data[0].bytes.len, 3);
	ck_assert(m->tables.data[1].type.limits.is_64 && m->mems.data[1].type.limits.is_64);
	ck_assert(m->mems.data[1].type.limits.is_shared);
	ck_assert(m->tables.data[2].has_init && !m->tables.data[1].has_init);
	ck_assert_uint_eq(m->elems.data[2].table, 3);
	ck_assert(!m->elems.data[2].by_index);
	done();
	bad("(table 1 i32)", "unexpected-token", "");
	bad("(memory 1 2 3)", "unexpected-token", "");
	bad("(memory)", "unexpected-token", "");
}
END_TEST

START_TEST(inline_segments_count)
{
	struct core_module *m = parse("(func) (table funcref (elem 0)) (elem $e func 0)"
				      "(memory (data \"x\")) (data $d \"y\")"
				      "(func elem.drop $e data.drop $d)");
	check_expr(m->funcs.data[1].body, "elem.drop 1; data.drop 1; end; ");
	ck_assert(m->has_data_count);
	done();
}
END_TEST

START_TEST(segments)
{
	struct core_module *m = parse(
		"(func $f) (table $t 9 funcref) (memory $m 1)"
		"(elem (i32.const 1) $f $f) (elem (table $t) (offset i32.const 2) func $f)"
		"(elem func $f) (elem declare func $f) (elem funcref (ref.func $f) (ref.null func))"
		"(elem (i32.const 0) externref) (elem (table 0) (i32.const 0) funcref"
		" (item ref.func 0))"
		"(data \"a\\00b\") (data (i32.const 1) \"c\") (data (memory $m) (offset"
		" (i32.const 2)))");
	static const enum core_segment_mode modes[] = {CORE_ACTIVE, CORE_ACTIVE, CORE_PASSIVE,
		CORE_DECLARATIVE, CORE_PASSIVE, CORE_ACTIVE, CORE_ACTIVE};
	for (uint32_t i = 0; i < m->elems.len; i++)
		ck_assert_int_eq(m->elems.data[i].mode, modes[i]);
	ck_assert_uint_eq(m->elems.data[0].nitems, 2);
	check_expr(m->elems.data[1].offset, "i32.const 2; end; ");
	check_expr(m->elems.data[4].items[1], "ref.null funcref; end; ");
	ck_assert(core_valtype_equal(m->elems.data[5].type, CORE_EXTERNREF));
	ck_assert_uint_eq(m->datas.data[0].bytes.len, 3);
	ck_assert_int_eq(m->datas.data[0].mode, CORE_PASSIVE);
	check_expr(m->datas.data[2].offset, "i32.const 2; end; ");
	ck_assert(!m->has_data_count);
	done();
	bad("(elem (table 0) (i32.const 0) 0)", "unexpected-token", "");
	bad("(elem declare 0)", "unexpected-token", "");
	bad("(data 5)", "unexpected-token", "");
	bad("(func elem.drop $x)", "unknown-elem-segment", "unknown elem segment");
}
END_TEST

START_TEST(names_of_definitions)
{
	bad("(func $a) (func $a)", "duplicate-func", "duplicate func");
	bad("(table $a 1 funcref) (table $a 1 funcref)", "duplicate-table", "duplicate table");
	bad("(import \"\" \"\" (memory $a 1)) (memory $a 1)", "duplicate-memory", "");
	bad("(global $a i32 (i32.const 0)) (global $a i32 (i32.const 0))", "duplicate-global", "");
	bad("(func (call $a))", "unknown-function", "unknown function");
	bad("(export \"a\" (memory $a))", "unknown-memory", "unknown memory");
	bad("(start 0) (start 0)", "multiple-start-sections", "multiple start sections");
	bad("(export \"\\ff\" (func 0))", "malformed-utf-8-encoding", "malformed UTF-8 encoding");
}
END_TEST

UNIT_MAIN("core/text", types_written_in_place_come_last, first_of_equal_types_is_used,
	types_of_groups_are_not_used_in_place, names_may_be_used_before_they_are_defined,
	reference_types, bad_types, folded_and_flat_are_the_same, blocks, conditions, bad_blocks,
	numbers, memory_arguments, bulk_and_tables, references_and_select, locals,
	unknown_and_unsupported_words, imports, imports_come_first, tables_and_memories,
	inline_segments_count, segments, names_of_definitions)
