/* The component text parser: what each form of the text stands for, as the definitions that
 * it makes, and why a text is malformed. */
#include "unit.h"

#include "base/error.h"
#include "component/text.h"

#include "dump.h"

/* ---- helpers ---- */

struct attempt {
	struct arena *arena;
	const char *text;
	bool old_indices;
	const char *dump;
};

static void
attempt_parse(void *env)
{
	struct attempt *t = env;
	struct component_text_options options = {.old_indices = t->old_indices};
	struct source *src = arena_new_of(t->arena, struct source);
	*src = (struct source){.name = "text", .text = t->text, .len = strlen(t->text)};
	const struct sexpr *list = sexpr_read(t->arena, src);
	t->dump = dump(
		t->arena, component_parse_fields(t->arena, list, 0, (struct str){0}, &options));
}

static void
check_fields(const char *text, const char *expected, bool old_indices)
{
	struct attempt t = {.arena = arena_new(0), .text = text, .old_indices = old_indices};
	struct error err;
	bool ok = protect(attempt_parse, &t, &err);
	ck_assert_msg(ok, "%s: %s (%s)", text, err.message, err.reason);
	ck_assert_str_eq(t.dump, expected);
	arena_free(t.arena);
}

/* The fields of a component stand for these definitions. */
static void
same(const char *text, const char *expected)
{
	check_fields(text, expected, false);
}

/* Two texts stand for the same definitions. */
static void
alike(const char *text, const char *other)
{
	struct attempt t = {.arena = arena_new(0), .text = other};
	struct error err;
	bool ok = protect(attempt_parse, &t, &err);
	ck_assert_msg(ok, "%s: %s", other, err.message);
	check_fields(text, t.dump, false);
	arena_free(t.arena);
}

static void
bad(const char *text, const char *reason, const char *message)
{
	struct attempt t = {.arena = arena_new(0), .text = text};
	struct error err = {0};
	bool ok = protect(attempt_parse, &t, &err);
	ck_assert_msg(!ok, "%s: should be malformed", text);
	ck_assert_int_eq(err.kind, ERR_MALFORMED);
	ck_assert_msg(!strcmp(err.reason, reason), "%s: %s: %s", text, err.reason, err.message);
	ck_assert_msg(strstr(err.message, message), "%s: %s", text, err.message);
	arena_free(t.arena);
}

/* ---- definitions ---- */

START_TEST(primitive_types)
{
	same("(type bool) (type s8) (type u8) (type s16) (type u16) (type s32) (type u32)",
		" type prim bool; type prim s8; type prim u8; type prim s16; type prim u16;"
		" type prim s32; type prim u32;");
	same("(type s64) (type u64) (type f32) (type f64) (type char) (type string)",
		" type prim s64; type prim u64; type prim f32; type prim f64; type prim char;"
		" type prim string;");
	same("(type error-context) (type float32) (type float64)",
		" type prim error-context; type prim f32; type prim f64;");
}
END_TEST

START_TEST(value_types)
{
	same("(type (record (field \"a\" u8) (field \"b\" string)))",
		" type record 'a' u8 'b' string;");
	same("(type (variant (case \"a\") (case $x \"b\" u8)))", " type variant 'a' - 'b' u8;");
	same("(type (list u8)) (type (list u8 4))", " type list u8; type list* u8 *4;");
	same("(type (tuple u8 s8)) (type (option u8))", " type tuple '' u8 '' s8; type option u8;");
	same("(type (flags \"a\" \"b\")) (type (enum \"a\"))",
		" type flags 'a' - 'b' -; type enum 'a' -;");
	same("(type (result)) (type (result u8)) (type (result (error u8)))"
	     " (type (result u8 (error s8)))",
		" type result - -; type result u8 -; type result - u8; type result u8 s8;");
	same("(type (map string u8)) (type (stream)) (type (stream u8)) (type (future))",
		" type map string u8; type stream -; type stream u8; type future -;");
	same("(type $r (resource (rep i32))) (type (own $r)) (type (borrow 0))",
		" type resource; type own 0; type borrow 0;");
	same("(type (resource (rep i64) (dtor 3))) (type (resource (rep i32) (dtor (core func "
	     "2))))",
		" type resource core func 3; type resource core func 2;");
}
END_TEST

START_TEST(function_types)
{
	same("(type (func))", " type func -> -;");
	same("(type (func async (param \"a\" u8) (param \"b\" 0) (result s8)))",
		" type async func 'a' u8 'b' 0 -> s8;");
}
END_TEST

START_TEST(empty_types_are_for_validation_to_refuse)
{
	same("(type (record)) (type (variant)) (type (tuple)) (type (flags)) (type (enum))",
		" type record; type variant; type tuple; type flags; type enum;");
}
END_TEST

START_TEST(inline_types_are_hoisted_inside_out_and_not_shared)
{
	same("(import \"f\" (func (param \"x\" (list u8)) (result (list u8))))",
		" type list u8; type list u8; type func 'x' 0 -> 1; import 'f' : func type 2;");
	same("(type (record (field \"a\" (tuple (list u8) u8)) (field \"b\" (option 9))))",
		" type list u8; type tuple '' 0 '' u8; type option 9; type record 'a' 1 'b' 2;");
	same("(type (variant (case \"a\" (list u8))))", " type list u8; type variant 'a' 0;");
	same("(type (result (list u8) (error (list s8))))",
		" type list u8; type list s8; type result 0 1;");
	same("(type (map u8 (list u8))) (type (stream (list u8)))",
		" type list u8; type map u8 0; type list u8; type stream 2;");
	same("(import \"v\" (value (list u8)))", " type list u8; import 'v' : value 0;");
}
END_TEST

START_TEST(type_uses)
{
	same("(type $t (func)) (import \"a\" (func (type $t))) (import \"b\" (func (type 0)))",
		" type func -> -; import 'a' : func type 0; import 'b' : func type 0;");
	same("(import \"i\" (instance $i (export \"t\" (type (sub resource)))))"
	     "(import \"f\" (func (param \"x\" (own (type $i \"t\")))))",
		" type instance { export 't' : type sub resource; }; import 'i' : instance type 0;"
		" alias type instance 0 't'; type own 1; type func 'x' 2 -> -;"
		" import 'f' : func type 3;");
}
END_TEST

START_TEST(component_and_instance_types)
{
	same("(type (component (import \"a\" (func)) (type $t u8) (export \"b\" (type (eq $t)))))",
		" type component { type func -> -; import 'a' : func type 0; type prim u8;"
		" export 'b' : type eq 1; };");
	same("(type (instance (type $t u8) (export \"a\" (type $u (eq $t)))"
	     " (export \"f\" (func (result $u))) (export \"i\" (instance (export \"x\" (func))))))",
		" type instance { type prim u8; export 'a' : type eq 0; type func -> 1;"
		" export 'f' : func type 2; type instance { type func -> -;"
		" export 'x' : func type 0; }; export 'i' : instance type 3; };");
	same("(type (instance)) (import \"i\" (instance (type 0)))"
	     "(import \"j\" (instance (type u8)))",
		" type instance {}; import 'i' : instance type 0; type instance { type prim u8; };"
		" import 'j' : instance type 1;");
}
END_TEST

START_TEST(core_module_types)
{
	same("(core type $f (func)) (core type (module (type $t (func))"
	     " (import \"a\" \"b\" (func $x (type $t))) (export \"c\" (func (type $t)))))",
		" core type rec (); core type module [ rec (); import 'a' 'b' func 0;"
		" export 'c' func 0; ];");
	same("(core type (module (import \"a\" \"b\" (func)) (import \"a\" \"c\" (func))))",
		" core type module [ rec (); import 'a' 'b' func 0; rec (); import 'a' 'c' func 1; "
		"];");
	same("(core type (module (type (func)) (import \"a\" \"b\" (func))))",
		" core type module [ rec (); import 'a' 'b' func 0; ];");
	same("(core type (module (export \"t\" (tag (param i32))) (export \"m\" (memory 1 2))"
	     " (export \"u\" (table 1 funcref)) (export \"g\" (global (mut i64)))))",
		" core type module [ rec ((param i32)); export 't' tag 0; export 'm' memory 1..2;"
		" export 'u' table 1 funcref; export 'g' global mut i64; ];");
}
END_TEST

START_TEST(core_type_uses)
{
	same("(core type (module (type (func (param i32))) (import \"a\" \"b\" (func (type 0)"
	     " (param i32)))))",
		" core type module [ rec ((param i32)); import 'a' 'b' func 0; ];");
	bad("(core type (module (type (func)) (export \"b\" (func (type 0) (param i32)))))",
		"inline-function-type", "inline function type");
	bad("(core type (module (export \"b\" (func (result i32) (param i32)))))",
		"unexpected-token", "");
}
END_TEST

START_TEST(core_types_of_outer_scopes)
{
	same("(core type $f (func)) (core type $m (module (alias outer 1 $f (type $g))"
	     " (export \"c\" (func (type $g)))))",
		" core type rec (); core type module [ alias outer 1 0; export 'c' func 0; ];");
	same("(core type $f (func)) (core type (module (import \"a\" \"b\" (func (type $f)))))",
		" core type rec (); core type module [ alias outer 1 0; import 'a' 'b' func 0; ];");
	bad("(core type $f (func)) (core type (module (type (func (param (ref $f))))))",
		"unknown-core-type", "`$f`");
	same("(import \"m\" (core module (export \"f\" (func))))",
		" core type module [ rec (); export 'f' func 0; ]; import 'm' : core module type "
		"0;");
	same("(core type $m (module)) (import \"m\" (core module (type $m)))",
		" core type module [ ]; import 'm' : core module type 0;");
	same("(core rec (type $a (func)) (type $b (func (param (ref $a) (ref null $b)))))"
	     "(core type $m (module)) (import \"m\" (core module (type $m)))",
		" core type rec () ((param (ref 0) (ref null 1))); core type module [ ];"
		" import 'm' : core module type 2;");
}
END_TEST

START_TEST(imports_and_exports)
{
	same("(import \"a\" (type $t (sub resource))) (import \"b\" (type (eq $t)))"
	     "(export $x \"c\" (type $t)) (export \"d\" (type $x) (type (eq $t)))",
		" import 'a' : type sub resource; import 'b' : type eq 0; export 'c' type 0;"
		" export 'd' type 2 : type eq 0;");
	same("(import \"v\" (value $v u8)) (import \"w\" (value (eq $v)))",
		" import 'v' : value u8; import 'w' : value eq 0;");
	same("(import (interface \"a:b/c\") (instance))",
		" type instance {}; import 'a:b/c' : instance type 0;");
	same("(import \"f\" (func $f)) (export \"g\" (func $f) (func (type 0)))"
	     "(export \"h\" (func 1) (func (param \"x\" (list u8))))",
		" type func -> -; import 'f' : func type 0; export 'g' func 0 : func type 0;"
		" type list u8; type func 'x' 1 -> -; export 'h' func 1 : func type 2;");
}
END_TEST

START_TEST(ascribed_type_resolves_before_what_is_exported)
{
	same("(import \"i\" (instance $i)) (export \"f\" (func $i \"f\") (func (type $i \"t\")))",
		" type instance {}; import 'i' : instance type 0; alias type instance 0 't';"
		" alias func instance 0 'f'; export 'f' func 0 : func type 1;");
}
END_TEST

START_TEST(names_with_attributes)
{
	same("(import \"a\" (implements \"a:b/c\") (versionsuffix \".1\") (external-id \"x\")"
	     " (instance))",
		" type instance {}; import 'a' implements 'a:b/c' versionsuffix '.1'"
		" external-id 'x' : instance type 0;");
	same("(instance $i (export \"x\" (external-id \"y\")) (export \"z\" (external-id \"q\")"
	     " (func 0)))",
		" instance 'z' external-id 'q' func 0; export 'x' external-id 'y' instance 0;");
	bad("(import \"a\" (implements \"a:b/c\") (implements \"a:b/c\") (instance))",
		"unexpected-token", "unexpected token");
	bad("(import \"a\" (external-id \"x\") (external-id \"y\") (func))", "unexpected-token",
		"unexpected token");
	bad("(import \"a\" (implements) (func))", "unexpected-token", "unexpected token");
}
END_TEST

START_TEST(aliases)
{
	same("(alias export 0 \"a\" (func)) (alias export 1 \"b\" (core module $m))",
		" alias func instance 0 'a'; alias core module instance 1 'b';");
	same("(alias core export 0 \"m\" (core memory $m)) (alias outer 0 1 (type))",
		" alias core memory core instance 0 'm'; alias type outer 0 1;");
	same("(alias outer 7 9 (core type)) (alias outer 1 2 (component))",
		" alias core type outer 7 9; alias component outer 1 2;");
	bad("(alias outer 0 0 (func))", "unexpected-token", "module, type, or component");
	bad("(alias core export 0 \"a\" (func))", "unexpected-token", "core sort");
	bad("(alias export 0 \"a\")", "unexpected-token", "");
	bad("(alias export 0 \"a\" (func) (func))", "unexpected-token", "");
}
END_TEST

START_TEST(inverted_aliases)
{
	alike("(func $f (alias export 3 \"f\"))", "(alias export 3 \"f\" (func $f))");
	alike("(core func $f (alias core export 3 \"f\"))",
		"(alias core export 3 \"f\" (core func $f))");
	alike("(core memory (alias core export 3 \"f\"))",
		"(alias core export 3 \"f\" (core memory))");
	alike("(core table (alias core export 0 \"t\")) (core global (alias core export 0 \"g\"))",
		"(alias core export 0 \"t\" (core table)) (alias core export 0 \"g\" (core "
		"global))");
	alike("(core tag (alias core export 0 \"t\"))", "(alias core export 0 \"t\" (core tag))");
	alike("(core module $m (alias export 0 \"m\"))", "(alias export 0 \"m\" (core module $m))");
	alike("(component $c (alias export 0 \"c\"))", "(alias export 0 \"c\" (component $c))");
	alike("(instance $i (alias export 0 \"i\"))", "(alias export 0 \"i\" (instance $i))");
	alike("(type $t (alias export 0 \"t\")) (type (alias outer 0 $t))",
		"(alias export 0 \"t\" (type $t)) (alias outer 0 0 (type))");
	alike("(value $v (alias export 0 \"v\"))", "(alias export 0 \"v\" (value $v))");
	same("(component (alias export 0 \"c\" (func)))",
		" component { alias func instance 0 'c'; };");
	alike("(func $f (export \"x\") (alias export 3 \"f\"))",
		"(alias export 3 \"f\" (func $f)) (export \"x\" (func $f))");
}
END_TEST

START_TEST(inline_aliases)
{
	same("(import \"j\" (instance $j)) (export \"x\" (func $j \"a\" \"b\" \"f\"))",
		" type instance {}; import 'j' : instance type 0; alias instance instance 0 'a';"
		" alias instance instance 1 'b'; alias func instance 2 'f'; export 'x' func 0;");
	same("(core instance (instantiate (module 0 \"x\")))",
		" alias core module instance 0 'x'; core instance of core module 0;");
	same("(instance (instantiate (component 0 \"x\") (with \"a\" (core module 0 \"m\"))))",
		" alias component instance 0 'x'; alias core module instance 0 'm';"
		" instance of component 0 'a' core module 0;");
	same("(canon lower (func 0 \"f\") (memory (core memory 1 \"m\"))"
	     " (realloc (core func 1 \"r\")) (core func $x)) (canon lift (core func $x) (func))",
		" alias func instance 0 'f'; alias core memory core instance 1 'm';"
		" alias core func core instance 1 'r'; canon lower func 0 memory=0 realloc=0;"
		" type func -> -; canon lift core func 1 type 0;");
	same("(type (resource (rep i32) (dtor (core func 0 \"d\"))))",
		" alias core func core instance 0 'd'; type resource core func 0;");
}
END_TEST

START_TEST(outer_names)
{
	same("(type $t u8) (component (type (tuple $t $t)))",
		" type prim u8; component { alias type outer 1 0; alias type outer 1 0;"
		" type tuple '' 0 '' 1; };");
	same("(type $t u8) (component (type (record (field \"x\" $t) (field \"y\" (list $t)))))",
		" type prim u8; component { alias type outer 1 0; type list 0;"
		" alias type outer 1 0; type record 'x' 2 'y' 1; };");
	same("(component $c) (core module $m) (component (component (instance (instantiate $c))"
	     " (core instance (instantiate $m))))",
		" component {}; core module; component { component {"
		" alias component outer 2 0; instance of component 0;"
		" alias core module outer 2 0; core instance of core module 0; }; };");
	same("(type $t u8) (type (instance (export \"x\" (type (eq $t)))))",
		" type prim u8; type instance { alias type outer 1 0; export 'x' : type eq 0; };");
	same("(core type $m (module)) (component (import \"x\" (core module (type $m))))",
		" core type module [ ]; component { alias core type outer 1 0;"
		" import 'x' : core module type 0; };");
	same("(type $t u8) (component (type $t u16) (type (list $t)))",
		" type prim u8; component { type prim u16; type list 0; };");
	bad("(import \"x\" (func $x)) (component (export \"x\" (func $x)))",
		"outer-item-not-aliasable", "outer item `x` is not a module, type, or component");
}
END_TEST

START_TEST(outer_aliases_by_name)
{
	same("(component $C (type $t u8) (component (alias outer $C $t (type))))",
		" component { type prim u8; component { alias type outer 1 0; }; };");
	same("(component $C (type $T (component (alias outer $C 3 (type))"
	     " (alias outer $T 4 (type)))))",
		" component { type component { alias type outer 1 3; alias type outer 0 4; }; };");
	same("(type $a u8) (type $b u8) (component (alias outer 1 $b (type)))",
		" type prim u8; type prim u8; component { alias type outer 1 1; };");
	bad("(component (alias outer $X 0 (type)))", "unknown-outer-component", "`$X`");
	bad("(component (alias outer 9 $x (type)))", "outer-count-too-large", "too large");
	bad("(component (alias outer 1 $x (type)))", "unknown-type", "`$x`");
}
END_TEST

START_TEST(instances)
{
	same("(instance (instantiate 0 (with \"a\" (func 1)) (with \"b\" (value 2))"
	     " (with \"c\" (type 3)) (with \"d\" (component 4)) (with \"e\" (instance 5))))",
		" instance of component 0 'a' func 1 'b' value 2 'c' type 3 'd' component 4"
		" 'e' instance 5;");
	same("(instance (instantiate 0 (with \"a\" (instance (export \"x\" (func 0 \"f\"))))"
	     " (with \"b\" (instance))))",
		" alias func instance 0 'f'; instance 'x' func 0; instance;"
		" instance of component 0 'a' instance 0 'b' instance 1;");
	same("(instance (export \"a\") (export \"b\" (func 0)))",
		" instance 'b' func 0; export 'a' instance 0;");
	same("(instance)", " instance;");
}
END_TEST

START_TEST(hoisted_instance_comes_before_its_user)
{
	same("(import \"i\" (instance $i)) (instance $k (instantiate 0"
	     " (with \"a\" (instance (export \"x\" (func $i \"f\"))))))"
	     "(export \"k\" (instance $k))",
		" type instance {}; import 'i' : instance type 0; alias func instance 0 'f';"
		" instance 'x' func 0; instance of component 0 'a' instance 1;"
		" export 'k' instance 2;");
}
END_TEST

START_TEST(core_instances)
{
	same("(core instance $i (instantiate 0 (with \"a\" (instance 4))))"
	     "(core instance (instantiate 0 (with \"b\" (instance $i))))",
		" core instance of core module 0 'a' core instance 4;"
		" core instance of core module 0 'b' core instance 0;");
	same("(core instance (instantiate 0 (with \"\" (instance (export \"f\" (func 0 \"g\"))"
	     " (export \"m\" (memory 2)) (export \"t\" (tag 1))))))",
		" alias core func core instance 0 'g'; core instance 'f' core func 0"
		" 'm' core memory 2 't' core tag 1; core instance of core module 0"
		" '' core instance 0;");
	bad("(core instance (instantiate 0 (with \"a\" (core instance 0))))", "unexpected-token",
		"");
	bad("(core instance (export \"a\" (core func 0)))", "unexpected-token", "");
}
END_TEST

START_TEST(inline_imports_and_exports)
{
	alike("(func $f (export \"x\") (export \"y\") (import \"z\") (param \"a\" u8))"
	      " (type u8)",
		"(import \"z\" (func $f (param \"a\" u8))) (type u8) (export \"x\" (func $f))"
		" (export \"y\" (func $f))");
	alike("(instance (import \"i\")) (instance $e (import \"j\") (export \"x\" (func)))",
		"(import \"i\" (instance)) (import \"j\" (instance $e (export \"x\" (func))))");
	alike("(component (import \"c\") (export \"x\" (func)))",
		"(import \"c\" (component (export \"x\" (func))))");
	alike("(core module (import \"m\") (export \"x\" (func)))",
		"(import \"m\" (core module (export \"x\" (func))))");
	alike("(type $t (export \"t\") u8)", "(type $t u8) (export \"t\" (type $t))");
	alike("(core module (export \"m\"))", "(core module $m) (export \"m\" (core module $m))");
	alike("(component (export \"c\") (import \"a\" (func)) (export \"b\" (func 0)))",
		"(component $c (import \"a\" (func)) (export \"b\" (func 0)))"
		" (export \"c\" (component $c))");
	same("(func (import \"f\") (type 0))", " import 'f' : func type 0;");
	bad("(func (import \"y\") (import \"z\"))", "unexpected-token", "");
}
END_TEST

START_TEST(canonical_functions)
{
	same("(canon lift (core func 0) string-encoding=utf8 string-encoding=utf16"
	     " string-encoding=latin1+utf16 (memory 0) (realloc 1) (post-return 2) async"
	     " (callback 3) (func $f (param \"a\" (list u8)))) (export \"f\" (func $f))",
		" type list u8; type func 'a' 0 -> -; canon lift core func 0 type 1"
		" string-encoding=utf8 string-encoding=utf16 string-encoding=latin1+utf16 memory=0"
		" realloc=1 post-return=2 async callback=3; export 'f' func 0;");
	alike("(func $f (export \"e\") (param \"a\" u8) (canon lift (core func 0 \"x\") async))",
		"(canon lift (core func 0 \"x\") async (func $f (param \"a\" u8)))"
		" (export \"e\" (func $f))");
	alike("(core func $f (canon lower (func 0) async))",
		"(canon lower (func 0) async (core func $f))");
	same("(func (type 0) (canon lift (core func 0)))", " canon lift core func 0 type 0;");
}
END_TEST

START_TEST(builtins)
{
	same("(type $r (resource (rep i32))) (core func $n (canon resource.new $r))"
	     "(canon resource.drop (type $r) (core func)) (canon resource.rep 0 (core func))",
		" type resource; canon resource.new type 0; canon resource.drop type 0;"
		" canon resource.rep type 0;");
	same("(canon task.return (result (list u8)) (memory 0) (core func))"
	     "(canon task.return (core func)) (canon task.cancel (core func))",
		" type list u8; canon task.return 0 memory=0; canon task.return -;"
		" canon task.cancel;");
	same("(canon waitable-set.wait cancellable (memory 1) (core func))"
	     "(canon waitable-set.poll (memory (core memory 2)) (core func))",
		" canon waitable-set.wait cancellable core memory 1;"
		" canon waitable-set.poll core memory 2;");
	same("(canon subtask.cancel async (core func)) (canon stream.cancel-read 1 async (core "
	     "func))"
	     "(canon stream.read 0 async (memory 0) (core func)) (canon future.new 0 (core func))",
		" canon subtask.cancel async; canon stream.cancel-read async type 1;"
		" canon stream.read type 0 async memory=0; canon future.new type 0;");
	same("(canon context.get i32 1 (core func)) (canon thread.yield cancellable (core func))"
	     "(canon error-context.new (memory 0) (core func))",
		" canon context.get slot 1; canon thread.yield cancellable;"
		" canon error-context.new memory=0;");
	same("(canon thread.new-indirect (core type 1) (core table 2) (core func))"
	     "(canon thread.spawn-ref shared 0 (core func))"
	     "(canon thread.spawn-indirect 0 1 (core func))"
	     "(canon thread.available-parallelism shared (core func))",
		" canon thread.new-indirect core type 1 core table 2;"
		" canon thread.spawn-ref shared core type 0;"
		" canon thread.spawn-indirect core type 0 core table 1;"
		" canon thread.available-parallelism shared;");
	bad("(canon frobnicate (core func))", "unexpected-token", "canonical");
}
END_TEST

START_TEST(every_builtin_has_a_row)
{
	for (int k = 0; k < CANON_COUNT; k++) {
		ck_assert_ptr_nonnull(comp_canon_infos[k].text);
		for (int j = 0; j < k; j++) {
			ck_assert_int_ne(comp_canon_infos[k].opcode, comp_canon_infos[j].opcode);
			ck_assert_str_ne(comp_canon_infos[k].text, comp_canon_infos[j].text);
		}
	}
}
END_TEST

START_TEST(strict_indices)
{
	bad("(core func (canon lower (func 0) (memory 0 \"m\")))", "unexpected-token", "");
	bad("(core func (canon lower (func 0) (realloc (func 0 \"m\"))))", "unexpected-token", "");
	bad("(core func (canon lower 0))", "unexpected-token", "");
	bad("(func (canon lift 0))", "unexpected-token", "");
	bad("(func (canon lift (func 0)))", "unexpected-token", "");
	bad("(type (resource (rep i32) (dtor (func 0))))", "unexpected-token", "");
	check_fields("(core func (canon lower (func 0) (memory 0 \"m\") (realloc (func 0 \"r\"))))",
		" alias core memory core instance 0 'm'; alias core func core instance 0 'r';"
		" canon lower func 0 memory=0 realloc=0;",
		true);
}
END_TEST

START_TEST(starts)
{
	same("(start 0 (value 1) (value 2) (result (value $a)) (result (value)))"
	     " (export \"x\" (value $a))",
		" start func 0 value 1 value 2 -> 2; export 'x' value 0;");
}
END_TEST

START_TEST(values)
{
	same("(value $a u8 1) (value f32 9.1) (value bool true) (value string \"hi\")",
		" value u8 int '1'; value f32 float '9.1'; value bool bool 1;"
		" value string string 'hi';");
	same("(value (list (result u8)) (list error (ok 1) ok (error -0x2)))",
		" type result u8 -; type list 0; value 1 list ( error ok ( int '1' ) ok error"
		" ( int '-0x2' ) );");
	same("(value 0 (record (tuple 1 2) (flags \"a\" \"b\") (enum \"c\") (variant \"d\" none)"
	     " (some nan) (variant \"e\")))",
		" value 0 record ( tuple ( int '1' int '2' ) flags ( string 'a' string 'b' )"
		" enum 'c' variant 'd' ( none ) some ( float 'nan' ) variant 'e' );");
	same("(value bool (binary \"\\41\" \"x\"))", " value bool binary 'Ax';");
}
END_TEST

START_TEST(names)
{
	bad("(type $a u8) (type $a u8)", "duplicate-identifier", "duplicate type identifier");
	same("(type $a u8) (func $a (import \"x\")) (component $a)",
		" type prim u8; type func -> -; import 'x' : func type 1; component {};");
	bad("(type (list $t)) (type $t u8)", "unknown-type", "`$t`");
	bad("(export \"a\" (func $f))", "unknown-func", "`$f`");
	bad("(core instance (instantiate $m))", "unknown-core-module", "`$m`");
	same("(type $\"a b\" u8) (type (list $\"a b\"))", " type prim u8; type list 0;");
	bad("(component $c (instance (instantiate $c)))", "unknown-component", "`$c`");
}
END_TEST

START_TEST(bad_syntax)
{
	bad("type", "unexpected-token", "");
	bad("(foo)", "unexpected-token", "");
	bad("()", "unexpected-token", "");
	bad("(type)", "unexpected-token", "");
	bad("(type (frob u8))", "unexpected-token", "");
	bad("(type (list))", "unexpected-token", "");
	bad("(type (option u8 u8))", "unexpected-token", "");
	bad("(type (record (field u8)))", "unexpected-token", "");
	bad("(type (func (result u8) (param \"x\" u8)))", "unexpected-token", "");
	bad("(type (func (result u8) (result u8)))", "unexpected-token", "");
	bad("(type (result (error u8) u8))", "unexpected-token", "");
	bad("(import \"a\" \"b\" (func))", "unexpected-token", "");
	bad("(import \"a\")", "unexpected-token", "");
	bad("(import \"a\" (core func))", "unexpected-token", "");
	bad("(import $x \"a\" (func))", "unexpected-token", "");
	bad("(export \"a\")", "unexpected-token", "");
	bad("(type (instance (import \"a\" (func))))", "unexpected-token", "");
	bad("(type (component (canon resource.new 0 (core func))))", "unexpected-token", "");
	bad("(type (component (type (export \"x\") u8)))", "unexpected-token", "");
	bad("(canon lift (core func 0) (func) (memory 0))", "unexpected-token", "");
	bad("(instance (instantiate 0 (with \"c\" (core func 0))) (export \"a\" (func 0)))",
		"unexpected-token", "");
	bad("(core foo)", "unexpected-token", "");
	bad("(type (list u8 4294967296))", "constant-out-of-range", "out of range");
	bad("(type (list u8 1.5))", "unexpected-token", "");
}
END_TEST

UNIT_MAIN("component/text", primitive_types, value_types, function_types,
	empty_types_are_for_validation_to_refuse,
	inline_types_are_hoisted_inside_out_and_not_shared, type_uses, component_and_instance_types,
	core_module_types, core_type_uses, core_types_of_outer_scopes, imports_and_exports,
	ascribed_type_resolves_before_what_is_exported, names_with_attributes, aliases,
	inverted_aliases, inline_aliases, outer_names, outer_aliases_by_name, instances,
	hoisted_instance_comes_before_its_user, core_instances, inline_imports_and_exports,
	canonical_functions, builtins, every_builtin_has_a_row, strict_indices, starts, values,
	names, bad_syntax)
