/* encode.c - tests of component/encode* and component/decode* at once: the bytes that definitions
 * stand for, worked out by hand from Binary.md, and that those bytes stand for the definitions. */
#include "component/encode.h"

#include "base/error.h"
#include "component/decode.h"
#include "component/text.h"
#include "component/valid.h"
#include "hex.h"
#include "unit.h"

#include "dump.h"

struct job {
	struct arena *arena;
	const char *text, *hex;
	bool validate;
	const char *encoded;      /* the text's bytes */
	const char *dump, *again; /* of the text's AST, and of that of the bytes */
};

static void
encode(void *env)
{
	struct job *j = env;
	struct source *src = arena_new_of(j->arena, struct source);
	*src = (struct source){.name = "text", .text = j->text, .len = strlen(j->text)};
	struct component *c = component_parse_fields(
		j->arena, sexpr_read(j->arena, src), 0, (struct str){0}, NULL);
	if (j->validate)
		component_validate(j->arena, c, NULL);
	struct strbuf out = {.arena = j->arena};
	component_encode(&out, c);
	j->encoded = hex_of(j->arena, strbuf_str(&out));
	j->dump = dump(j->arena, c);
}

static void
decode(void *env)
{
	struct job *j = env;
	struct strbuf given = {.arena = j->arena};
	add_hex(&given, "00 61 73 6d 0d 00 01 00 ");
	add_hex(&given, j->hex);
	j->again = dump(j->arena, component_decode(j->arena, strbuf_str(&given), NULL));
}

static void
check(const char *text, const char *hex, bool validate)
{
	static const char preamble[] = "00 61 73 6d 0d 00 01 00";
	struct job j = {.arena = arena_new(0), .text = text, .hex = hex, .validate = validate};
	struct error err;
	bool ok = protect(encode, &j, &err);
	ck_assert_msg(ok, "%s: %s (%s)", text, err.message, err.reason);
	ck_assert(!strncmp(j.encoded, preamble, strlen(preamble)));
	const char *sections = j.encoded + strlen(preamble);
	ck_assert_msg(!strcmp(sections + (*sections == ' '), hex), "%s:\n%s, not\n%s", text,
		sections, hex);
	ok = protect(decode, &j, &err);
	ck_assert_msg(ok, "%s: %s (%s)", text, err.message, err.reason);
	if (!validate) /* a value that was text is decoded as bytes */
		ck_assert_str_eq(j.again, j.dump);
	arena_free(j.arena);
}

/* The fields of a component, and the bytes of its sections. */
#define BYTES(text, hex) check(text, hex, false)

START_TEST(primitive_types)
{
	BYTES("(type bool) (type s8) (type u8) (type s16) (type u16)", "07 06 05 7f 7e 7d 7c 7b");
	BYTES("(type s32) (type u32) (type s64) (type u64)", "07 05 04 7a 79 78 77");
	BYTES("(type f32) (type f64) (type char) (type string) (type error-context)",
		"07 06 05 76 75 74 73 64");
}
END_TEST

START_TEST(compound_types)
{
	BYTES("(type (record (field \"a\" u8) (field \"b\" 0)))",
		"07 09 01 72 02 01 61 7d 01 62 00");
	BYTES("(type (variant (case \"a\") (case \"b\" u8)))",
		"07 0c 01 71 02 01 61 00 00 01 62 01 7d 00");
	BYTES("(type (list u8)) (type (list u8 200))", "07 07 02 70 7d 67 7d c8 01");
	BYTES("(type (tuple u8 char))", "07 05 01 6f 02 7d 74");
	BYTES("(type (flags \"a\" \"bc\"))", "07 08 01 6e 02 01 61 02 62 63");
	BYTES("(type (enum \"a\"))", "07 05 01 6d 01 01 61");
	BYTES("(type (option u8))", "07 03 01 6b 7d");
	BYTES("(type (result)) (type (result u8)) (type (result (error u8))) (type (result u8 "
	      "(error s8)))",
		"07 11 04 6a 00 00 6a 01 7d 00 6a 00 01 7d 6a 01 7d 01 7e");
	BYTES("(type (map string u8))", "07 04 01 63 73 7d");
	BYTES("(type (stream)) (type (stream u8)) (type (future))",
		"07 08 03 66 00 66 01 7d 65 00");
	/* an index is signed, so that 64 takes two bytes; after own and borrow it is not */
	BYTES("(type (list 63)) (type (list 64)) (type (own 64)) (type (borrow 64))",
		"07 0a 04 70 3f 70 c0 00 69 40 68 40");
}
END_TEST

START_TEST(function_types)
{
	BYTES("(type (func))", "07 05 01 40 00 01 00");
	BYTES("(type (func (param \"a\" u8) (result u8)))", "07 08 01 40 01 01 61 7d 00 7d");
	BYTES("(type (func async))", "07 05 01 43 00 01 00");
}
END_TEST

START_TEST(resource_types)
{
	BYTES("(type (resource (rep i32)))", "07 04 01 3f 7f 00");
	BYTES("(type (resource (rep i64) (dtor (core func 5))))", "07 05 01 3f 7e 01 05");
}
END_TEST

START_TEST(scopes_of_types)
{
	BYTES("(type (instance))", "07 03 01 42 00");
	BYTES("(type (component (import \"a\" (func (type 0))) (export \"b\" (type (sub "
	      "resource)))))",
		"07 0f 01 41 02 03 00 01 61 01 00 04 00 01 62 03 01");
	BYTES("(type (instance (type u8) (export \"t\" (type (eq 0))) (alias outer 1 0 (type))))",
		"07 11 01 42 03 01 7d 04 00 01 74 03 00 00 02 03 02 01 00");
	BYTES("(type (instance (core type (func))))", "07 07 01 42 01 00 60 00 00");
}
END_TEST

START_TEST(core_types)
{
	BYTES("(core type (func (param i32) (result i64)))", "03 06 01 60 01 7f 01 7e");
	BYTES("(core type (module (import \"a\" \"b\" (memory 1)) (type (func)) (export \"f\" "
	      "(func (type 0)))))",
		"03 14 01 50 03 00 01 61 01 62 02 00 01 01 60 00 00 03 01 66 00 00");
	/* a final type would look like a module, so that one says that it is a subtype */
	BYTES("(core type (sub (func)))", "03 07 01 00 50 00 60 00 00");
}
END_TEST

START_TEST(core_definitions)
{
	BYTES("(core module)", "01 08 00 61 73 6d 01 00 00 00");
	BYTES("(core instance (instantiate 0 (with \"a\" (instance 1))))",
		"02 08 01 00 00 01 01 61 12 01");
	BYTES("(core instance (export \"f\" (func 1)) (export \"m\" (memory 2)))",
		"02 0b 01 01 02 01 66 00 01 01 6d 02 02");
}
END_TEST

START_TEST(instances)
{
	BYTES("(component (component))",
		"04 12 00 61 73 6d 0d 00 01 00 04 08 00 61 73 6d 0d 00 01 00");
	BYTES("(instance (instantiate 0 (with \"a\" (func 1)) (with \"b\" (core module 2))))",
		"05 0d 01 00 00 02 01 61 01 01 01 62 00 11 02");
	BYTES("(instance (export \"t\" (type 3)))", "05 08 01 01 01 00 01 74 03 03");
}
END_TEST

START_TEST(aliases)
{
	BYTES("(alias export 1 \"e\" (instance))", "06 06 01 05 00 01 01 65");
	BYTES("(alias core export 2 \"f\" (core func))", "06 07 01 00 00 01 02 01 66");
	BYTES("(alias outer 1 2 (component)) (alias outer 0 3 (core module))",
		"06 0a 02 04 02 01 02 00 11 02 00 03");
}
END_TEST

START_TEST(canonical_functions)
{
	BYTES("(canon lift (core func 1) (func (type 2)))", "08 06 01 00 00 01 00 02");
	BYTES("(canon lift (core func 1) string-encoding=utf16 (memory 1) (realloc 2) (post-return "
	      "3) (func (type 4)))",
		"08 0d 01 00 00 01 04 01 03 01 04 02 05 03 04");
	BYTES("(canon lift (core func 1) async (callback 2) (func (type 3)))",
		"08 09 01 00 00 01 02 06 07 02 03");
	BYTES("(canon lower (func 1) string-encoding=latin1+utf16 (core func))",
		"08 06 01 01 00 01 01 02");
	BYTES("(canon resource.new 1 (core func)) (canon resource.drop 1 (core func)) (canon "
	      "resource.rep 1 (core func))",
		"08 07 03 02 01 03 01 04 01");
}
END_TEST

START_TEST(built_ins)
{
	BYTES("(canon task.return (result u8) (memory 0) (core func))",
		"08 07 01 09 00 7d 01 03 00");
	BYTES("(canon task.cancel (core func)) (canon subtask.cancel async (core func)) (canon "
	      "subtask.drop (core func))",
		"08 05 03 05 06 01 0d");
	BYTES("(canon context.get i32 1 (core func)) (canon context.set i32 0 (core func))",
		"08 07 02 0a 7f 01 0b 7f 00");
	BYTES("(canon stream.new 0 (core func)) (canon stream.read 0 (memory 0) (core func)) "
	      "(canon stream.write 0 async (core func))",
		"08 0c 03 0e 00 0f 00 01 03 00 10 00 01 06");
	BYTES("(canon stream.cancel-read 0 async (core func)) (canon stream.drop-writable 0 (core "
	      "func))",
		"08 06 02 11 00 01 14 00");
	BYTES("(canon error-context.drop (core func)) (canon backpressure.inc (core func))",
		"08 03 02 1e 24");
	BYTES("(canon waitable-set.new (core func)) (canon waitable.join (core func))",
		"08 03 02 1f 23");
}
END_TEST

START_TEST(imports_and_exports)
{
	BYTES("(import \"a\" (func (type 1)))", "0a 06 01 00 01 61 01 01");
	BYTES("(import \"a\" (type (sub resource))) (import \"b\" (core module (type 2)))",
		"0a 0c 02 00 01 61 03 01 00 01 62 00 11 02");
	BYTES("(export \"f\" (func 1))", "0b 07 01 00 01 66 01 01 00");
	BYTES("(export \"f\" (instance 1) (instance (type 2)))",
		"0b 09 01 00 01 66 05 01 01 05 02");
}
END_TEST

START_TEST(starts_and_values)
{
	BYTES("(start 1 (value 2) (value 3) (result (value)))", "09 05 01 02 02 03 01");
	check("(value u8 7) (value string \"ab\") (export \"a\" (value 0)) (export \"b\" (value "
	      "1))",
		"0c 09 02 7d 01 07 73 03 02 61 62 0b 0d 02 00 01 61 02 00 00 00 01 62 02 01 00",
		true);
	check("(type (tuple u16 bool)) (value 0 (tuple 300 true)) (export \"a\" (value 0))",
		"07 05 01 6f 02 7b 7f 0c 06 01 00 03 ac 02 01 0b 07 01 00 01 61 02 00 00", true);
}
END_TEST

START_TEST(sections)
{
	/* neighbours of one kind share a section; modules have one each */
	BYTES("(type u8) (type u8) (core module) (core module) (type u8)",
		"07 03 02 7d 7d 01 08 00 61 73 6d 01 00 00 00 01 08 00 61 73 6d 01 00 00 00 07 02 "
		"01 7d");
	/* $names go into a custom section at the end: of the component, and by sort */
	BYTES("(type $t u8)", "07 02 01 7d 00 16 0e 63 6f 6d 70 6f 6e 65 6e 74 2d 6e 61 6d 65 01 "
			      "05 03 01 00 01 74");
}
END_TEST

UNIT_MAIN("component/encode", primitive_types, compound_types, function_types, resource_types,
	scopes_of_types, core_types, core_definitions, instances, aliases, canonical_functions,
	built_ins, imports_and_exports, starts_and_values, sections)
