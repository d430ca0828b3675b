/* Unit tests of component/valid*: each rule by its reason, on small components in text. What
 * the public suite covers in breadth is tested there; here, one case or two a rule, and those
 * rules that the suite leaves out. */
#include "component/valid.h"

#include "base/error.h"
#include "base/fiber.h"
#include "component/text.h"
#include "unit.h"

struct job {
	struct arena *arena;
	struct source src;
};

static void
parse_and_validate(void *env)
{
	struct job *j = env;
	const struct sexpr *root = sexpr_read(j->arena, &j->src);
	component_validate(
		j->arena, component_parse_fields(j->arena, root, 0, (struct str){0}, NULL), NULL);
}

/* The reason for which the fields of a component are refused, or "". */
static const char *
reason_of(const char *fields)
{
	static struct error err;
	struct job j = {arena_new(0), {.name = "test", .text = fields, .len = strlen(fields)}};
	bool ok = protect(parse_and_validate, &j, &err);
	source_release(&j.src);
	arena_free(j.arena);
	return ok ? "" : err.reason;
}

struct rule {
	const char *reason, *fields;
};

#define CHECK(rules) check(rules, sizeof rules / sizeof *rules)

static void
check(const struct rule *rules, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *reason = reason_of(rules[i].fields);
		ck_assert_msg(!strcmp(reason, rules[i].reason),
			"expected \"%s\", not \"%s\", of %s", rules[i].reason, reason,
			rules[i].fields);
	}
}

START_TEST(types)
{
	static const struct rule rules[] = {
		{"", "(type (record (field \"a\" u8))) (type (list 0)) (type (map string 1))"},
		{"unknown-type", "(type (list 0))"},
		{"not-a-value-type", "(type (func)) (type (list 0))"},
		{"empty-record", "(type (record))"},
		{"empty-variant", "(type (variant))"},
		{"empty-tuple", "(type (tuple))"},
		{"empty-flags", "(type (flags))"},
		{"empty-enum", "(type (enum))"},
		{"empty-label", "(type (enum \"\"))"},
		{"not-kebab-case", "(type (enum \"aB\"))"},
		{"label-conflict", "(type (flags \"a\" \"A\"))"},
		{"map-key-type", "(type (map f32 u8))"},
		{"map-key-type", "(type (map (option u8) u8))"},
		{"empty-fixed-list", "(type (list u8 0))"},
		{"type-byte-size", "(type (list u8 268435456))"},
		{"", "(type (list u8 268435455))"},
		{"stream-char", "(type (stream char))"},
		{"async-value-borrow",
			"(import \"r\" (type $r (sub resource))) (type (future (borrow $r)))"},
		{"result-borrow", "(import \"r\" (type $r (sub resource))) (type (func (result "
				  "(borrow $r))))"},
		{"not-a-resource-type", "(type u8) (type (own 0))"},
		{"resource-in-type", "(type (instance (type (resource (rep i32)))))"},
		{"", "(type (resource (rep i64)))"},
		{"resource-rep", "(type (resource (rep f32)))"},
	};
	CHECK(rules);
}
END_TEST

START_TEST(names)
{
	static const struct rule rules[] = {
		{"name-conflict", "(import \"a\" (func)) (import \"A\" (func))"},
		{"", "(import \"a\" (func $f)) (export \"a\" (func $f))"},
		{"annotation-not-func", "(import \"[static]a.b\" (instance))"},
		{"static-unknown-resource", "(import \"[static]a.b\" (func))"},
		{"", "(import \"A\" (type (sub resource))) (import \"[static]a.b\" (func))"},
		{"resource-without-name",
			"(import \"i\" (instance $i (export \"t\" (type (sub resource)))))"
			"(alias export $i \"t\" (type $t))"
			"(import \"[method]t.f\" (func (param \"self\" (borrow $t))))"},
		{"implements-not-interface", "(import \"a\" (implements \"a\") (instance))"},
		{"version-suffix-misplaced", "(import \"a\" (versionsuffix \".1\") (instance))"},
		{"version-suffix", "(import \"a:b/c@1\" (versionsuffix \".x\") (instance))"},
		{"", "(import \"a:b/c@1\" (versionsuffix \".2.3\") (instance))"},
	};
	CHECK(rules);
}
END_TEST

START_TEST(visibility)
{
	static const struct rule rules[] = {
		{"import-type-not-visible",
			"(type $e (enum \"a\")) (import \"f\" (func (param \"x\" $e)))"},
		{"", "(type $e (enum \"a\")) (import \"e\" (type $n (eq $e)))"
		     "(import \"f\" (func (param \"x\" $n)))"},
		{"import-type-not-visible", "(type $e (enum \"a\")) (export $n \"e\" (type $e))"
					    "(import \"f\" (func (param \"x\" $n)))"},
		{"export-type-not-visible", "(type $r (resource (rep i32)))"
					    "(type $c (component (import \"x\" (type (eq $r)))))"
					    "(export \"c\" (type $c))"},
		{"", "(type $r (resource (rep i32))) (export \"r\" (type $r))"
		     "(type $c (component (import \"x\" (type (eq $r)))))"
		     "(export \"c\" (type $c))"},
		{"export-ascription",
			"(import \"f\" (func $f)) (export \"g\" (func $f) (func (result u8)))"},
		{"export-core-sort",
			"(core module $m (func (export \"f\"))) (core instance $i (instantiate $m))"
			"(component $c) (instance (instantiate $c (with \"f\" (core func $i "
			"\"f\"))))"},
	};
	CHECK(rules);
}
END_TEST

START_TEST(instances)
{
	static const struct rule rules[] = {
		{"missing-arg", "(component $c (import \"f\" (func))) (instance (instantiate $c))"},
		{"duplicate-arg", "(component $c) (component $d) (instance (instantiate $c"
				  "(with \"a\" (component $d)) (with \"a\" (component $d))))"},
		{"missing-core-arg", "(core module $m (import \"a\" \"b\" (func))) (core instance "
				     "(instantiate $m))"},
		{"duplicate-core-export",
			"(core type (module (export \"a\" (func)) (export \"a\" (func))))"},
		{"duplicate-core-import",
			"(core module (import \"a\" \"b\" (func)) (import \"a\" \"b\" (func)))"},
		{"unknown-component", "(instance (instantiate 0))"},
		{"unknown-export", "(instance $i) (alias export $i \"x\" (func))"},
		{"alias-sort", "(import \"i\" (instance $i (export \"x\" (func))))"
			       "(alias export $i \"x\" (instance))"},
		{"outer-alias-count", "(alias outer 1 0 (type))"},
		{"alias-in-type",
			"(import \"i\" (instance $i (export \"f\" (func)))) (type (component"
			"(import \"i\" (instance $j (export \"f\" (func))))"
			"(alias export $j \"f\" (func))))"},
	};
	CHECK(rules);
}
END_TEST

/* A core module with everything that canonical definitions may want. */
#define LIBC \
	"(core module $m (memory (export \"mem\") 1) (func (export \"f\") (result i32) " \
	"unreachable)" \
	" (func (export \"id\") (param i32) (result i32) local.get 0)" \
	" (func (export \"realloc\") (param i32 i32 i32 i32) (result i32) unreachable))" \
	"(core instance $i (instantiate $m))" \
	"(alias core export $i \"mem\" (core memory $mem))" \
	"(alias core export $i \"realloc\" (core func $realloc))"

START_TEST(canon)
{
	static const struct rule rules[] = {
		{"", LIBC "(func (result u32) (canon lift (core func $i \"f\")))"},
		{"lift-results", LIBC "(func (canon lift (core func $i \"f\")))"},
		{"lift-params", LIBC "(func (result u32) (canon lift (core func $i \"id\")))"},
		{"memory-required",
			LIBC "(func (result string) (canon lift (core func $i \"f\")))"},
		{"", LIBC "(func (result string) (canon lift (core func $i \"f\") (memory $mem)))"},
		{"post-return-signature",
			LIBC "(func (result string) (canon lift (core func $i \"f\")"
			     "(memory $mem) (post-return (core func $i \"f\"))))"},
		{"realloc-signature", LIBC "(func (result string) (canon lift (core func $i \"f\")"
					   "(memory $mem) (realloc (core func $i \"f\"))))"},
		{"realloc-required", LIBC "(import \"f\" (func $f (result string)))"
					  "(core func (canon lower (func $f) (memory $mem)))"},
		{"encoding-conflict", "(import \"f\" (func $f))"
				      "(core func (canon lower (func $f) string-encoding=utf8 "
				      "string-encoding=utf8))"},
		{"async-option-sync-type",
			"(import \"f\" (func $f)) (core func (canon lower (func $f) async))"},
		{"callback-without-async", LIBC "(func (result u32) (canon lift (core func $i "
						"\"f\") (callback (core func $i \"f\"))))"},
		{"resource-not-local", "(import \"r\" (type $r (sub resource))) (core func (canon "
				       "resource.rep $r))"},
		{"", "(import \"r\" (type $r (sub resource))) (core func (canon resource.drop "
		     "$r))"},
		{"destructor-signature",
			LIBC "(type (resource (rep i32) (dtor (core func $i \"f\"))))"},
		{"not-a-stream-type", "(type (future)) (core func (canon stream.new 0))"},
		{"", "(type (stream)) (core func (canon stream.new 0))"
		     "(core func (canon stream.read 0 async))"},
		{"memory-required", "(type (stream u8)) (core func (canon stream.read 0 async))"},
		{"context-slot", "(core func (canon context.get i32 2))"},
		{"context-type-conflict", "(core func (canon context.get i32 0)) (core func (canon "
					  "context.set i64 0))"},
	};
	CHECK(rules);
}
END_TEST

/* Modules that export what core validation does not let them define yet. */
#define IMPORTED \
	"(import \"m\" (core module $m (export \"shared\" (memory 1 1 shared))" \
	" (export \"mem\" (memory 1)) (export \"table\" (table 0 externref))" \
	" (export \"cb\" (func (param i32 i32 i32) (result i32))) (export \"f\" (func))" \
	" (export \"r\" (func (param i32 i32 i32 i32) (result i32)))))" \
	"(core instance $i (instantiate $m))"

START_TEST(canon_options)
{
	static const struct rule rules[] = {
		{"memory-option-shared", IMPORTED
			"(import \"f\" (func $f))"
			"(core func (canon lower (func $f) (memory (core memory $i \"shared\"))))"},
		{"post-return-async", IMPORTED "(func async (canon lift (core func $i \"f\") async "
					       "(post-return (core func $i \"f\"))))"},
		{"callback-lower", IMPORTED "(import \"f\" (func $f async))"
					    "(core func (canon lower (func $f) async (callback "
					    "(core func $i \"cb\"))))"},
		{"task-return-options", IMPORTED "(core func (canon task.return async))"},
		{"result-borrow", "(import \"r\" (type $r (sub resource)))"
				  "(core func (canon task.return (result (borrow $r))))"},
		{"context-type", "(core func (canon context.get f32 0))"},
		{"post-return-builtin",
			IMPORTED "(type (stream)) (core func"
				 "(canon stream.read 0 async (post-return (core func $i \"f\"))))"},
		{"callback-builtin",
			IMPORTED "(type (future)) (core func"
				 "(canon future.write 0 async (callback (core func $i \"cb\"))))"},
		{"error-context-options", IMPORTED "(core func (canon error-context.new async"
						   "(memory (core memory $i \"mem\"))))"},
		{"realloc-required", IMPORTED "(core func (canon error-context.debug-message"
					      "(memory (core memory $i \"mem\"))))"},
		{"", IMPORTED "(core func (canon error-context.debug-message"
			      "(memory (core memory $i \"mem\")) (realloc (core func $i \"r\"))))"},
	};
	CHECK(rules);
}
END_TEST

START_TEST(threads)
{
	static const struct rule rules[] = {
		{"thread-start-type", IMPORTED "(core type $t (func))"
					       "(core func (canon thread.new-indirect (core type "
					       "$t) (core table $i \"table\")))"},
		{"thread-table-type", IMPORTED "(core type $t (func (param i32)))"
					       "(core func (canon thread.new-indirect (core type "
					       "$t) (core table $i \"table\")))"},
		{"shared-threads", "(core func (canon thread.available-parallelism))"},
		{"", "(core func (canon thread.yield)) (core func (canon thread.index))"},
	};
	CHECK(rules);
}
END_TEST

START_TEST(module_types)
{
	static const struct rule rules[] = {
		{"size-minimum", "(core type (module (import \"\" \"\" (memory 2 1))))"},
		{"size-minimum", "(core type (module (import \"\" \"\" (table 2 1 funcref))))"},
		{"shared-without-maximum",
			"(core type (module (import \"\" \"\" (memory 2 shared))))"},
		{"memory-size", "(core type (module (import \"\" \"\" (memory 1 65537))))"},
		{"tag-result-type", "(core type (module (type $t (func (result i32))) (import \"\" "
				    "\"\" (tag (type $t)))))"},
		{"outer-alias-count", "(core type (module (alias outer 2 0 (type))))"},
		{"module-type-in-module-type",
			"(core type (module)) (core type (module (alias outer 1 0 (type))))"},
		{"unknown-core-type", "(core type (module (alias outer 0 0 (type))))"},
	};
	CHECK(rules);
}
END_TEST

START_TEST(values)
{
	static const struct rule rules[] = {
		{"", "(value $a u8 255) (export \"a\" (value $a))"},
		{"value-literal", "(value $a u8 256) (export \"a\" (value $a))"},
		{"value-literal", "(value $a (list u8) true) (export \"a\" (value $a))"},
		{"value-unused", "(value u8 1)"},
		{"value-used-twice",
			"(value $a u8 1) (export \"a\" (value $a)) (export \"b\" (value $a))"},
		{"", "(value $a (tuple u8 string) (binary \"\\01\\02hi\")) (export \"a\" (value "
		     "$a))"},
		{"value-literal", "(value $a (tuple u8 string) (binary \"\\01\\03hi\")) (export "
				  "\"a\" (value $a))"},
		{"start-arg-count", "(import \"f\" (func $f (param \"x\" u8))) (start $f)"},
		{"start-result-count", "(import \"f\" (func $f)) (start $f (result (value)))"},
		{"start-arg-type", "(import \"f\" (func $f (param \"x\" u8))) (value $a s8 1)"
				   "(start $f (value $a))"},
	};
	CHECK(rules);
}
END_TEST

/* What the text format has no words for, but the binary format has. */
static struct arena *ast;

static void
validate(void *env)
{
	component_validate(ast, env, NULL);
}

static const char *
reason_of_def(const struct comp_def *def)
{
	static struct error err;
	struct component c = {0};
	vec_push(ast, &c.defs, *def);
	return protect(validate, &c, &err) ? "" : err.reason;
}

/* A type definition with one definition in it. */
static const char *
reason_in_type(enum comp_type_kind kind, const struct comp_def *inner)
{
	struct component decls = {0};
	struct comp_type type = {.kind = kind, .decls = &decls};
	struct comp_def def = {.kind = DEF_TYPE, .type = &type};
	vec_push(ast, &decls.defs, *inner);
	return reason_of_def(&def);
}

START_TEST(beyond_text)
{
	ast = arena_new(0);
	struct comp_def start = {.kind = DEF_START}, import = {.kind = DEF_IMPORT};
	struct comp_def alias = {
		.kind = DEF_ALIAS, .alias = {.kind = ALIAS_OUTER, .sort = SORT_FUNC}};
	struct comp_def core = {.kind = DEF_CORE_INSTANCE};
	struct comp_inline_export e = {.ref.sort = SORT_CORE_TYPE};
	ck_assert_str_eq(reason_in_type(CT_COMPONENT, &start), "definition-in-type");
	ck_assert_str_eq(reason_in_type(CT_INSTANCE, &import), "import-in-instance-type");
	ck_assert_str_eq(reason_of_def(&alias), "outer-alias-sort");
	vec_push(ast, &core.instance.exports, e);
	ck_assert_str_eq(reason_of_def(&core), "core-export-sort");

	struct component args = {0};
	struct core_module empty = {0};
	struct comp_def module = {.kind = DEF_CORE_MODULE, .module = &empty};
	struct comp_def instance = {.kind = DEF_CORE_INSTANCE};
	struct comp_arg arg = {.ref.sort = SORT_CORE_FUNC};
	struct error err;
	instance.instance.is_instantiate = true;
	instance.instance.target.sort = SORT_CORE_MODULE;
	vec_push(ast, &instance.instance.args, arg);
	vec_push(ast, &args.defs, module);
	vec_push(ast, &args.defs, instance);
	ck_assert(!protect(validate, &args, &err));
	ck_assert_str_eq(err.reason, "core-arg-sort");

	struct component twice = {0};
	struct comp_type func = {.kind = CT_FUNC};
	struct comp_def type = {.kind = DEF_TYPE, .type = &func};
	struct comp_attr id = {.kind = ATTR_EXTERNAL_ID};
	vec_push(ast, &twice.defs, type);
	import.import.name.name = STR("a");
	import.import.type.sort = SORT_FUNC;
	vec_push(ast, &import.import.name.attrs, id);
	vec_push(ast, &import.import.name.attrs, id);
	vec_push(ast, &twice.defs, import);
	ck_assert(!protect(validate, &twice, &err));
	ck_assert_str_eq(err.reason, "duplicate-attribute");
	arena_free(ast);
}
END_TEST

/* Components and types that double with each level. */
START_TEST(hostile_sizes)
{
	struct arena *a = arena_new(0);
	struct strbuf defs = {.arena = a}, comps = {.arena = a};
	strbuf_adds(&defs, "(type (list u8))");
	for (int i = 0; i < 40; i++)
		strbuf_printf(&defs, "(type (list (tuple %d %d)))", i * 2, i * 2);
	strbuf_adds(
		&comps, "(component $c0 (type $r (resource (rep i32))) (export \"r\" (type $r)))");
	for (int i = 0; i < 40; i++)
		strbuf_printf(&comps,
			"(component $c%d (instance $a (instantiate $c%d))"
			" (instance $b (instantiate $c%d))"
			" (export \"a\" (instance $a)) (export \"b\" (instance $b)))",
			i + 1, i, i);
	ck_assert_str_eq(reason_of(strbuf_cstr(&defs)), "type-size-limit");
	ck_assert_str_eq(reason_of(strbuf_cstr(&comps)), "type-size-limit");
	arena_free(a);
}
END_TEST

START_TEST(deep_nesting)
{
	struct arena *a = arena_new(0);
	struct strbuf deep = {.arena = a};
	for (int i = 0; i < 400; i++)
		strbuf_adds(&deep, "(component ");
	for (int i = 0; i < 400; i++)
		strbuf_adds(&deep, ")");
	ck_assert_str_eq(reason_of(strbuf_cstr(&deep)), "");
	arena_free(a);
}
END_TEST

UNIT_MAIN("valid", types, names, visibility, instances, canon, canon_options, threads, module_types,
	values, beyond_text, hostile_sizes, deep_nesting)
