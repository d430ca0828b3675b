/* encode.c - tests of core/encode*, core/writer and core/name_section: the bytes that a module
 * stands for, worked out by hand from the specification. What bytes stand for is in decode.c. */
#include "core/encode.h"

#include "core/name_section.h"
#include "core/writer.h"
#include "hex.h"
#include "module.h"

static struct world w;
static const char *encoded;

static void
encode(void *env)
{
	struct strbuf out = {.arena = w.arena};
	world_validate(env);
	core_encode(&out, w.module);
	encoded = hex_of(w.arena, strbuf_str(&out));
}

/* The fields of a module, and the bytes of its sections. */
static void
bytes(const char *text, const char *hex)
{
	static const char preamble[] = "00 61 73 6d 01 00 00 00";
	world_new(&w);
	w.text = text;
	ck_assert_msg(!strcmp(reason_of(&w, encode), "none"), "%s: %s", text, w.err.message);
	ck_assert(!strncmp(encoded, preamble, strlen(preamble)));
	const char *sections = encoded + strlen(preamble);
	ck_assert_msg(!strcmp(sections + (*sections == ' '), hex), "%s:\n%s, not\n %s", text,
		sections, hex);
	world_free(&w);
}

START_TEST(sections)
{
	bytes("", "");
	bytes("(type (func (param i32 i64) (result f32)))", "01 07 01 60 02 7f 7e 01 7d");
	bytes("(import \"a\" \"b\" (global (mut f64)))", "02 08 01 01 61 01 62 03 7c 01");
	bytes("(table 1 2 funcref)", "04 05 01 70 01 01 02");
	bytes("(memory 3)", "05 03 01 00 03");
	bytes("(global i32 (i32.const -1))", "06 06 01 7f 00 41 7f 0b");
	bytes("(memory 0) (export \"m\" (memory 0))", "05 03 01 00 00 07 05 01 01 6d 02 00");
	bytes("(func) (start 0)", "01 04 01 60 00 00 03 02 01 00 08 01 00 0a 04 01 02 00 0b");
	bytes("(memory 1) (data (i32.const 5) \"xy\")",
		"05 03 01 00 01 0b 08 01 00 41 05 0b 02 78 79");
	bytes("(type (func)) (tag (type 0))", "01 04 01 60 00 00 0d 03 01 00 00");
}
END_TEST

/* One recursion group of one type is that type alone; one of none or of two is not. */
START_TEST(types)
{
	bytes("(rec (type (struct)))", "01 03 01 5f 00");
	bytes("(rec (type (struct)) (type (array i8)))", "01 08 01 4e 02 5f 00 5e 78 00");
	bytes("(type (sub (func))) (type (sub 0 (func)))",
		"01 0c 02 50 00 60 00 00 50 01 00 60 00 00");
}
END_TEST

START_TEST(bodies)
{
	bytes("(func (local i32 i32 i64 i32))",
		"01 04 01 60 00 00 03 02 01 00 0a 0a 01 08 03 02 7f 01 7e 01 7f 0b");
	bytes("(func (block (br_if 0 (i32.const 64))))",
		"01 04 01 60 00 00 03 02 01 00 0a 0c 01 0a 00 02 40 41 c0 00 0d 00 0b 0b");
	bytes("(memory 1) (func (drop (i64.load32_u offset=300 (i32.const 0))))",
		"01 04 01 60 00 00 03 02 01 00 05 03 01 00 01 0a 0b 01 09 00 41 00 35 02 ac 02 1a "
		"0b");
	/* the number of data segments stands before the code that needs it */
	bytes("(memory 1) (data \"x\") (func (data.drop 0))",
		"01 04 01 60 00 00 03 02 01 00 05 03 01 00 01 0c 01 01 0a 07 01 05 00 fc 09 00 0b "
		"0b 04 01 01 01 78");
}
END_TEST

/* Numbers of opcodes take one byte, two from 0x80 on. */
START_TEST(vectors)
{
	bytes("(func (v128.const i16x8 0x0100 0x0302 4 5 6 7 8 -1) drop)",
		"01 04 01 60 00 00 03 02 01 00 0a 17 01 15 00 fd 0c 00 01 02 03 04 00 05 00 06 00 "
		"07 00 08 00 ff ff 1a 0b");
	bytes("(func unreachable i64x2.add (i32x4.extract_lane 3) drop f64x2.relaxed_max drop)",
		"01 04 01 60 00 00 03 02 01 00 0a 10 01 0e 00 00 fd ce 01 fd 1b 03 1a fd 90 02 1a "
		"0b");
	bytes("(memory 0) (memory 0) (func unreachable v128.load64_lane 1 offset=2 align=4 1 drop)",
		"01 04 01 60 00 00 03 02 01 00 05 05 02 00 00 00 00 0a 0c 01 0a 00 00 fd 57 42 01 "
		"02 01 1a 0b");
}
END_TEST

START_TEST(segments)
{
	bytes("(table 1 funcref) (func) (elem (i32.const 0) func 0)",
		"01 04 01 60 00 00 03 02 01 00 04 04 01 70 00 01 09 07 01 00 41 00 0b 01 00 "
		"0a 04 01 02 00 0b");
	bytes("(elem funcref (ref.null func))", "09 07 01 05 70 01 d0 70 0b");
	bytes("(elem declare func)", "09 04 01 03 00 00");
}
END_TEST

START_TEST(names)
{
	bytes("(memory $m 1)", "05 03 01 00 01 00 0b 04 6e 61 6d 65 06 04 01 00 01 6d");
	bytes("(func $f)", "01 04 01 60 00 00 03 02 01 00 0a 04 01 02 00 0b 00 0b 04 6e 61 6d 65 "
			   "01 04 01 00 01 "
			   "66");
}
END_TEST

/* The subsections of locals, labels, types and fields; parameters come first, and imports have some. */
START_TEST(names_of_parts)
{
	bytes("(type $t (struct (field $f i8))) (import \"a\" \"b\" (func (param $p i32))) (func "
	      "(param $x "
	      "i32) (local (@name \"y\") i32) (block $b (if $c (i32.const 0) (then) (else (block "
	      "$d)))))",
		"01 09 02 5f 01 78 00 60 01 7f 00 02 07 01 01 61 01 62 00 01 03 02 01 01 0a 12 01 "
		"10 "
		"01 01 7f 02 40 41 00 04 40 05 02 40 0b 0b 0b 0b 00 31 04 6e 61 6d 65 "
		"02 0e 02 00 01 00 01 70 01 02 00 01 78 01 01 79 "
		"03 0c 01 01 03 00 01 62 01 01 63 02 01 64 "
		"04 04 01 00 01 74 "
		"0a 06 01 00 01 00 01 66");
}
END_TEST

/* Names do not matter for what a module means: bad ones end them. */
START_TEST(bad_names)
{
	make(&w, "(func) (memory 1)");
	struct core_module *m = w.module;
	ck_assert(!core_names_needed(m));
	core_names_read(w.arena, m, STR("\1\4\1\7\1x\6\4\1\0\1m"));
	ck_assert_uint_eq(m->funcs.data[0].name.len, 0); /* there is no function 7 */
	ck_assert(str_is(m->mems.data[0].name, "m"));
	core_names_read(w.arena, m, STR("\1\5\2\0\1f\1"));
	ck_assert(str_is(m->funcs.data[0].name, "f"));
	core_names_read(w.arena, m, STR("\2\13\2\0\1\5\1x\7\1\0\1y\3\7\1\0\1\0\1b\5"));
	ck_assert_uint_eq(
		m->funcs.data[0].local_names.len, 1); /* whether there is a local 5, who knows */
	ck_assert(str_is(m->funcs.data[0].label_names.data[0].name, "b"));
	core_names_read(w.arena, m, STR("\6\4\1\0\1\377"));
	ck_assert(str_is(m->mems.data[0].name, "m"));
	ck_assert(core_names_needed(m));
	world_free(&w);
}
END_TEST

static const char *
sized(size_t n)
{
	struct strbuf out = {.arena = w.arena};
	write_byte(&out, 0xaa);
	size_t mark = write_size_begin(&out);
	for (size_t i = 0; i < n; i++)
		write_byte(&out, 0);
	write_size_end(&out, mark);
	write_byte(&out, 0xbb);
	const char *hex = hex_of(w.arena, strbuf_str(&out));
	ck_assert_str_eq(hex + strlen(hex) - 2, "bb");
	return hex;
}

START_TEST(sizes)
{
	world_new(&w);
	ck_assert_str_eq(sized(0), "aa 00 bb");
	ck_assert_str_eq(sized(1), "aa 01 00 bb");
	ck_assert(!strncmp(sized(127), "aa 7f 00", 8));
	ck_assert(!strncmp(sized(128), "aa 80 01 00", 11));
	ck_assert(!strncmp(sized(20000), "aa a0 9c 01 00", 14));
	world_free(&w);
}
END_TEST

UNIT_MAIN("core/encode", sections, types, bodies, vectors, segments, names, names_of_parts,
	bad_names, sizes)
