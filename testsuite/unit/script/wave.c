/* wave.c - values in WAVE: each type read and printed, and what is wrong with a text. */
#include "script/wave.h"

#include "base/error.h"
#include "base/fiber.h"
#include "component/text.h"
#include "component/valid.h"
#include "link/evaluate.h"
#include "link/link.h"
#include "script/wave_print.h"
#include "text/sexpr.h"
#include "unit.h"

#define RECORD   "(record (field \"a\" u8) (field \"b\" (option u8)))"
#define OPTIONAL "(record (field \"b\" (option u8)))"
#define VARIANT  "(variant (case \"n\") (case \"p\" u8) (case \"ok\" u8))"
#define ENUM     "(enum \"a\" \"true\" \"two-words\")"
#define FLAGS    "(flags \"x\" \"none\" \"y\")"

/* A text of a type; then what is printed, or else the column and the start of what is said. */
struct row {
	const char *type, *text, *printed;
	uint32_t column;
	const char *message;
};

static const struct row rows[] = {
	{"bool", "true", "true", 0, 0},
	{"bool", " false // so\n", "false", 0, 0},
	{"bool", "%true", 0, 1, "expected true or false, found `%true`"},
	{"bool", "1", 0, 1, "expected true or false, found `1`"},
	{"bool", "truer", 0, 1, "expected true or false, found `truer`"},
	{"bool", "", 0, 1, "expected true or false, and the text ends here"},
	{"bool", "true false", 0, 6, "expected the end of the text, found `false`"},

	{"u8", "255", "255", 0, 0},
	{"u8", "256", 0, 1, "expected a number of type u8, and 256 does not fit"},
	{"u8", "-1", 0, 1, "expected a number of type u8, and -1 does not fit"},
	{"s8", "-128", "-128", 0, 0},
	{"s8", "128", 0, 1, "expected a number of type s8, and 128 does not fit"},
	{"u16", "65535", "65535", 0, 0},
	{"s16", "-32768", "-32768", 0, 0},
	{"u32", "4294967295", "4294967295", 0, 0},
	{"s32", "-2147483648", "-2147483648", 0, 0},
	{"u64", "18446744073709551615", "18446744073709551615", 0, 0},
	{"u64", "18446744073709551616", 0, 1, "expected a number of type u64, and 1844"},
	{"s64", "-9223372036854775808", "-9223372036854775808", 0, 0},
	{"u32", "0", "0", 0, 0},
	{"u32", "007", 0, 1, "expected a number of type u32, found `007`"},
	{"u32", "0x1", 0, 1, "expected a number of type u32, found `0x1`"},
	{"u32", "1.0", 0, 1, "expected a number of type u32, found `1.0`"},
	{"u32", "1e2", 0, 1, "expected a number of type u32, found `1e2`"},
	{"u32", "+1", 0, 1, "expected a number of type u32, found `+`"},
	{"u32", "1_0", 0, 2, "expected the end of the text, found `_`"},
	{"u32", "-", 0, 1, "expected a number of type u32, found `-`"},
	{"s32", "-inf", 0, 1, "expected a number of type s32, found `-inf`"},

	{"f64", "3.14", "3.14", 0, 0},
	{"f64", "-0", "-0", 0, 0},
	{"f64", "6.022e+23", "602200000000000000000000", 0, 0},
	{"f64", "1E-7", "0.0000001", 0, 0},
	{"f64", "0.1", "0.1", 0, 0},
	{"f64", "9007199254740993", "9007199254740992", 0, 0},
	{"f64", "5.684341886080802e-14", "0.00000000000005684341886080802", 0, 0},
	{"f64", "inf", "inf", 0, 0},
	{"f64", "-inf", "-inf", 0, 0},
	{"f64", "nan", "nan", 0, 0},
	{"f64", "1.", 0, 1, "expected a number of type f64, found `1.`"},
	{"f64", ".5", 0, 1, "expected a number of type f64, found `.`"},
	{"f64", "1e", 0, 1, "expected a number of type f64, found `1e`"},
	{"f64", "1e999", "inf", 0, 0},
	{"f64", "1e-999", "0", 0, 0},
	{"f64", "-1e999", "-inf", 0, 0},
	{"f32", "0.1", "0.1", 0, 0},
	{"f32", "16777217", "16777216", 0, 0},
	{"f32", "1e39", "inf", 0, 0},

	{"char", "'x'", "'x'", 0, 0},
	{"char", "'\xe2\x98\x83'", "'\xe2\x98\x83'", 0, 0},
	{"char", "'\"'", "'\\\"'", 0, 0},
	{"char", "'\\''", "'\\''", 0, 0},
	{"char", "'\\n'", "'\\n'", 0, 0},
	{"char", "'\\u{0}'", "'\\u{0}'", 0, 0},
	{"char", "'\\u{1F600}'", "'\xf0\x9f\x98\x80'", 0, 0},
	{"char", "'\\u{301}'", "'\\u{301}'", 0, 0},
	{"char", "''", 0, 2, "expected one character"},
	{"char", "'ab'", 0, 3, "expected `'` after one character"},
	{"char", "'a", 0, 3, "expected `'` after one character"},
	{"char", "'\\u{d800}'", 0, 2, "expected \\u{...}"},
	{"char", "'\\u{110000}'", 0, 2, "expected \\u{...}"},
	{"char", "'\\u{0000041}'", 0, 2, "expected \\u{...}"},
	{"char", "'\\u{}'", 0, 2, "expected \\u{...}"},
	{"char", "'\\u41'", 0, 2, "expected \\u{...}"},
	{"char", "\"x\"", 0, 1, "expected a character in single quotes, found `\"`"},

	{"string", "\"\"", "\"\"", 0, 0},
	{"string", "\"a\\tb\\\\ 'c' \xc3\xa9\"", "\"a\\tb\\\\ \\'c\\' \xc3\xa9\"", 0, 0},
	{"string", "\"\\u{7}\\r\\\"\"", "\"\\u{7}\\r\\\"\"", 0, 0},
	{"string", "\"a\nb\"", 0, 3, "expected `\"`: a line break"},
	{"string", "\"a", 0, 3, "expected `\"`, and the text ends here"},
	{"string", "\"\\x\"", 0, 2, "expected an escape"},
	{"string", "\"\\", 0, 2, "expected an escape"},
	{"string", "abc", 0, 1, "expected a string in quotes, found `abc`"},
	{"string", "\"a\" \"b\"", 0, 5, "expected the end of the text"},
	{"string", "\"\"\"\nA line\n\"\"\"", "\"A line\"", 0, 0},
	{"string", "\"\"\"\r\n    a\r\n\r\n  b\\n\"\n  \"\"\"", 0, 1, "expected as many spaces"},
	{"string", "\"\"\"\n    a\n  \n  b\\n\"\n  \"\"\"", "\"  a\\n\\nb\\n\\\"\"", 0, 0},
	{"string", "\"\"\"\r\n  a\\r\r\n  \"\"\"", "\"a\\r\"", 0, 0},
	{"string", "\"\"\"\n\"\"\"", "\"\"", 0, 0},
	{"string", "\"\"\"a\n\"\"\"", 0, 4, "expected a line break after three quotes"},
	{"string", "\"\"\"\na\"\"\"", 0, 2, "expected nothing but spaces"},
	{"string", "\"\"\"\na\n", 0, 4, "expected three closing quotes"},
	{"string", "\"\"\"\n\\q\n\"\"\"", 0, 1, "expected an escape"},

	{"(list u8)", "[]", "[]", 0, 0},
	{"(list u8)", "[ 1 ,2 , ]", "[1, 2]", 0, 0},
	{"(list u8)", "[1 2]", 0, 4, "expected `,` or `]`, found `2`"},
	{"(list u8)", "[,]", 0, 2, "expected a number of type u8, found `,`"},
	{"(list u8)", "[1, 300]", 0, 5, "expected a number of type u8, and 300 does not fit"},
	{"(list u8)", "(1)", 0, 1, "expected a value of type list<u8>, found `(`"},
	{"(list u8)", "[1", 0, 3, "expected `,` or `]`, and the text ends here"},
	{"(list u8 2)", "[1, 2]", "[1, 2]", 0, 0},
	{"(list u8 2)", "[1]", 0, 3, "expected 2 elements, found `]`"},
	{"(list u8 2)", "[1, 2, 3]", 0, 8, "expected `]` after 2 elements, found `3`"},

	{"(tuple u8 string)", "(1, \"a\",)", "(1, \"a\")", 0, 0},
	{"(tuple u8)", "(1)", "(1)", 0, 0},
	{"(tuple u8 u8)", "(1)", 0, 3, "expected `,`, found `)`"},
	{"(tuple u8 u8)", "(1, 2, 3)", 0, 8, "expected `)`, found `3`"},
	{"(tuple u8 u8)", "[1, 2]", 0, 1, "expected a value of type tuple<u8, u8>"},

	{RECORD, "{a: 1, b: 2}", "{a: 1, b: some(2)}", 0, 0},
	{RECORD, "{ b : none , %a : 1 , }", "{a: 1}", 0, 0},
	{RECORD, "{a: 1}", "{a: 1}", 0, 0},
	{RECORD, "{b: 1}", 0, 6, "expected the field a, found `}`"},
	{RECORD, "{:}", 0, 3, "expected the field a, found `}`"},
	{RECORD, "{a: 1, a: 2}", 0, 8, "expected a field that was not given yet, found `a`"},
	{RECORD, "{a: 1, c: 2}", 0, 8, "expected a field of record { a: u8, b: option<u8> }"},
	{RECORD, "{0a: 1}", 0, 2, "expected a field of record { a: u8, b: option<u8> }"},
	{RECORD, "{a 1}", 0, 4, "expected `:`, found `1`"},
	{RECORD, "{a: 1 b: 2}", 0, 7, "expected `,` or `}`, found `b`"},
	{RECORD, "{a: 1", 0, 6, "expected `,` or `}`, and the text ends here"},
	{OPTIONAL, "{:}", "{:}", 0, 0},
	{OPTIONAL, "{b: none}", "{:}", 0, 0},
	{OPTIONAL, "{}", 0, 2, "expected a field of record { b: option<u8> }, found `}`"},

	{VARIANT, "n", "n", 0, 0},
	{VARIANT, "p ( 1 )", "p(1)", 0, 0},
	{VARIANT, "%p(1)", "p(1)", 0, 0},
	{VARIANT, "%ok(1)", "%ok(1)", 0, 0},
	{VARIANT, "ok(1)", 0, 1, "expected a case of variant { n, p(u8), ok(u8) }, where keywords"},
	{VARIANT, "p", 0, 2, "expected `(` and a value of type u8"},
	{VARIANT, "n(1)", 0, 2, "expected the end of the text, found `(`"},
	{VARIANT, "q", 0, 1, "expected a case of variant { n, p(u8), ok(u8) }, found `q`"},
	{VARIANT, "3", 0, 1, "expected a value of type variant { n, p(u8), ok(u8) }, found `3`"},
	{ENUM, "two-words", "two-words", 0, 0},
	{ENUM, "%true", "%true", 0, 0},
	{ENUM, "true", 0, 1, "expected a case of enum { a, true, two-words }, where keywords"},
	{ENUM, "b", 0, 1, "expected a case of enum { a, true, two-words }, found `b`"},
	{ENUM, "\"a\"", 0, 1, "expected a value of type enum"},

	{"(option u8)", "none", "none", 0, 0},
	{"(option u8)", "some(1)", "some(1)", 0, 0},
	{"(option u8)", "1", "some(1)", 0, 0},
	{"(option u8)", "some", 0, 5, "expected `(` and a value of type u8"},
	{"(option (option u8))", "some(none)", "some(none)", 0, 0},
	{"(option (option u8))", "1", 0, 1, "expected a value of type option<option<u8>>"},
	{"(option " ENUM ")", "a", "some(a)", 0, 0},
	{"(option (result u8))", "ok(1)", 0, 1, "expected a value of type option<result<u8>>"},
	{"(result u8 (error string))", "1", "ok(1)", 0, 0},
	{"(result u8 (error string))", "err(\"no\")", "err(\"no\")", 0, 0},
	{"(result u8 (error string))", "ok", 0, 3, "expected `(` and a value of type u8"},
	{"(result)", "ok", "ok", 0, 0},
	{"(result)", "err", "err", 0, 0},
	{"(result)", "err(1)", 0, 4, "expected the end of the text"},
	{"(result)", "1", 0, 1, "expected a value of type result, found `1`"},
	{"(result (error u8))", "1", 0, 1, "expected a value of type result<_, u8>, found `1`"},

	{FLAGS, "{}", "{}", 0, 0},
	{FLAGS, "{ y, %none, }", "{y, none}", 0, 0},
	{FLAGS, "{x, x}", 0, 5, "expected a flag that was not given yet, found `x`"},
	{FLAGS, "{z}", 0, 2, "expected a flag of flags { x, none, y }, found `z`"},
	{FLAGS, "{:}", 0, 2, "expected a flag of flags { x, none, y }, found `:`"},
	{FLAGS, "x", 0, 1, "expected a value of type flags { x, none, y }, found `x`"},

	{"(map string u8)", "{\"a\": 1, \"b\": 2,}", "{\"a\": 1, \"b\": 2}", 0, 0},
	{"(map string u8)", "{}", "{}", 0, 0},
	{"(map string u8)", "{:}", "{}", 0, 0},
	{"(map string u8)", "{a: 1}", 0, 2, "expected a string in quotes, found `a`"},
	{"(map string u8)", "{\"a\" 1}", 0, 6, "expected `:`, found `1`"},
	{"(map u8 u8)", "[]", 0, 1, "expected a value of type map<u8, u8>, found `[`"},

	{"(stream u8)", "1", 0, 1, "a value of type stream<u8> has no form in WAVE"},
	{"(future)", "1", 0, 1, "a value of type future has no form in WAVE"},
	{"error-context", "1", 0, 1, "a value of type error-context has no form in WAVE"},

	{"u8", "\xff", 0, 1, "the text is not UTF-8"},
};

struct job {
	struct arena *arena;
	const struct row *row;
	struct source type, text;
	struct link_evaluated types;
	const char *printed;
};

static void
evaluate(void *env)
{
	struct job *j = env;
	const char *fields = arena_printf(j->arena, "(type %s)", j->row->type);
	j->type = (struct source){.name = "type", .text = fields, .len = strlen(fields)};
	const struct sexpr *root = sexpr_read(j->arena, &j->type);
	struct component *c = component_parse_fields(j->arena, root, 0, (struct str){0}, NULL);
	component_validate(j->arena, c, NULL);
	j->types = link_evaluate(c);
}

static void
read_and_print(void *env)
{
	struct job *j = env;
	struct strbuf out = {.arena = j->arena};
	j->text =
		(struct source){.name = "text", .text = j->row->text, .len = strlen(j->row->text)};
	struct wave w = wave_open(j->arena, &j->text);
	struct link_value v = wave_value(&w, j->types.types[j->types.ntypes - 1].value);
	wave_print(&out, &v);
	j->printed = strbuf_cstr(&out);
}

static void
check_row(const struct row *r)
{
	struct job j = {.arena = arena_new(0), .row = r};
	struct error err;
	uint32_t line, column;
	ck_assert_msg(protect(evaluate, &j, &err), "%s: %s", r->type, err.message);
	bool good = protect(read_and_print, &j, &err);
	if (r->printed) {
		ck_assert_msg(good, "%s: %s", r->text, err.message);
		ck_assert_str_eq(j.printed, r->printed);
	} else {
		ck_assert_msg(!good, "%s: read as %s", r->text, j.printed);
		loc_line_col(err.at, &line, &column);
		ck_assert_msg(err.kind == ERR_SCRIPT && !strcmp(err.reason, "wave"), "%s: %s: %s",
			r->text, err.reason, err.message);
		ck_assert_msg(str_starts(str_of(err.message), r->message), "%s: %s", r->text,
			err.message);
		ck_assert_msg(
			column == r->column, "%s: column %u: %s", r->text, column, err.message);
	}
	link_free(j.types.linked);
	source_release(&j.type);
	source_release(&j.text);
	arena_free(j.arena);
}

START_TEST(values_are_read_and_printed)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		check_row(&rows[i]);
}
END_TEST

/* What was printed is read again as the same value. */
START_TEST(printed_values_are_read_again)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct row again = rows[i];
		again.text = again.printed;
		if (again.printed)
			check_row(&again);
	}
}
END_TEST

START_TEST(deep_nesting_is_refused)
{
	struct arena *a = arena_new(0);
	ValType *t = ValType_new(a, U8Type);
	struct strbuf text = {.arena = a};
	struct error err;
	for (int i = 0; i < 1000000; i++) {
		ValType *list = ValType_new(a, ListType);
		list->t = t;
		t = list;
		strbuf_addc(&text, '[');
	}
	struct link_evaluated_type type = {.value = t};
	struct row r = {"", strbuf_cstr(&text), 0, 0, 0};
	struct job j = {.arena = a, .row = &r, .types = {.types = &type, .ntypes = 1}};
	ck_assert(!protect(read_and_print, &j, &err));
	ck_assert_int_eq(err.kind, ERR_EXHAUSTED);
	ck_assert_str_eq(err.reason, "nesting-limit");
	source_release(&j.text);
	arena_free(a);
}
END_TEST

/* ---- calls ---- */

struct call {
	const char *text, *name; /* null: the name is wrong */
	bool is_call;
	const char *args; /* printed; or null, and the message: */
	const char *message;
};

/* Called with (u8, option<u8>). */
static const struct call calls[] = {
	{"f(1, 2)", "f", true, "1 some(2) ", 0},
	{" a:b/c@1.0.0#f-g (1 , )", "a:b/c@1.0.0#f-g", true, "1 none ", 0},
	{"\"f (\\u{7b}\" (1, none)", "f ({", true, "1 none ", 0},
	{"f", "f", false, 0, 0},
	{"f()", "f", true, 0, "expected the argument x of type u8, found `)`"},
	{"f(1, 2, 3)", "f", true, 0, "expected `)` after 2 arguments, found `3`"},
	{"f(1) 2", "f", true, 0, "expected the end of the text, found `2`"},
	{"f(1", "f", true, 0, "expected `,` or `)`, and the text ends here"},
	{"(1)", 0, false, 0, "expected the name of a function, found `(`"},
	{"", 0, false, 0, "expected the name of a function, and the text ends here"},
};

struct call_job {
	struct arena *arena;
	const struct call *call;
	struct source text;
	const char *name, *args;
	bool is_call;
};

static FuncType *
call_type(struct arena *a)
{
	FuncType *type = arena_new_of(a, FuncType);
	ValType *u8 = ValType_new(a, U8Type), *option = ValType_new(a, OptionType);
	option->t = u8;
	vec_push(a, &type->params, ((ParamType){"x", u8}));
	vec_push(a, &type->params, ((ParamType){"y", option}));
	return type;
}

static void
read_call(void *env)
{
	struct call_job *j = env;
	struct strbuf out = {.arena = j->arena};
	j->text = (struct source){
		.name = "call", .text = j->call->text, .len = strlen(j->call->text)};
	struct wave w = wave_open(j->arena, &j->text);
	j->name = str_cstr(j->arena, wave_name(&w, &j->is_call));
	if (!j->is_call)
		return;
	struct link_value *args = wave_args(&w, call_type(j->arena));
	for (int i = 0; i < 2; i++) {
		wave_print(&out, &args[i]);
		strbuf_addc(&out, ' ');
	}
	j->args = strbuf_cstr(&out);
}

START_TEST(calls_are_read)
{
	for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
		const struct call *c = &calls[i];
		struct call_job j = {.arena = arena_new(0), .call = c};
		struct error err;
		bool good = protect(read_call, &j, &err);
		ck_assert_msg(good == !c->message, "%s: %s", c->text, good ? "" : err.message);
		if (c->name) {
			ck_assert_str_eq(j.name, c->name);
			ck_assert_int_eq(j.is_call, c->is_call);
		}
		if (c->args)
			ck_assert_str_eq(j.args, c->args);
		if (c->message)
			ck_assert_str_eq(err.message, c->message);
		source_release(&j.text);
		arena_free(j.arena);
	}
}
END_TEST

/* ---- core functions ---- */

static struct core_valtype core_types[] = {{.kind = CORE_KIND_I32}, {.kind = CORE_KIND_I64},
	{.kind = CORE_KIND_F32}, {.kind = CORE_KIND_F64},
	{CORE_KIND_REF, CORE_HEAP_EXTERN, true, 0}};

struct core_job {
	struct arena *arena;
	struct source text;
	struct core_functype type;
	const char *printed;
};

static void
read_core(void *env)
{
	struct core_job *j = env;
	struct strbuf out = {.arena = j->arena};
	struct wave w = wave_open(j->arena, &j->text);
	wave_core_print(&out, &j->type, wave_core_args(&w, &j->type));
	j->printed = strbuf_cstr(&out);
}

static void
check_core(const char *text, uint32_t n, const char *expected)
{
	struct core_job j = {.arena = arena_new(0),
		.text = {.name = "call", .text = text, .len = strlen(text)},
		.type = {n, n, core_types, core_types}};
	struct error err;
	bool good = protect(read_core, &j, &err);
	ck_assert_str_eq(good ? j.printed : err.message, expected);
	source_release(&j.text);
	arena_free(j.arena);
}

START_TEST(core_values_are_read)
{
	check_core("()", 0, "()");
	check_core("(7)", 1, "7");
	check_core("(4294967295, -1, 0.5, nan)", 4, "(-1, -1, 0.5, nan)");
	check_core("(18446744073709551615)", 1,
		"expected a number of type i32, and 18446744073709551615 does not fit");
	check_core("(1, 18446744073709551615)", 2, "(1, -1)");
	check_core("(1)", 2, "expected an argument of type i64, found `)`");
	check_core("(1)", 0, "expected `)`, as there are no parameters, found `1`");
	check_core("(1, 1, 1, 1, 1)", 5,
		"a value of type externref has no form in WAVE, so it cannot be given");
}
END_TEST

START_TEST(handles_are_printed_in_angle_brackets)
{
	struct arena *a = arena_new(0);
	struct strbuf out = {.arena = a};
	struct link_value items[] = {
		{.kind = LV_HANDLE, .bits = 7}, {.kind = LV_HANDLE, .text = STR("stream")}};
	struct link_value tuple = {.kind = LV_TUPLE, .items = items, .nitems = 2};
	wave_print(&out, &tuple);
	ck_assert_str_eq(strbuf_cstr(&out), "(<resource 7>, <stream>)");
	arena_free(a);
}
END_TEST

UNIT_MAIN("wave", values_are_read_and_printed, printed_values_are_read_again,
	deep_nesting_is_refused, calls_are_read, core_values_are_read,
	handles_are_printed_in_angle_brackets)
