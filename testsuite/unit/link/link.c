/* link.c - top-level instances: functions by name, arguments, traps, imports, limits. */
#include "link/link.h"

#include "base/choose.h"
#include "base/error.h"
#include "base/fiber.h"
#include "base/site.h"
#include "component/text.h"
#include "component/valid.h"
#include "link/scope.h"
#include "unit.h"

static struct arena *script;
static struct source sources[8];
static int nsources;

static void
begin(void)
{
	choose_seed(0);
	script = arena_new(0);
	nsources = 0;
}

static void
end(void)
{
	for (int i = 0; i < nsources; i++)
		source_release(&sources[i]);
	arena_free(script);
	fiber_release_pool();
	choose_release();
}

struct job {
	const char *fields;
	const struct link_import *imports;
	uint32_t nimports;
	struct linked *linked;
};

static void
run_link(void *env)
{
	struct job *j = env;
	struct source *src = &sources[nsources++];
	*src = (struct source){.name = "test", .text = j->fields, .len = strlen(j->fields)};
	const struct sexpr *root = sexpr_read(script, src);
	struct component *c = component_parse_fields(script, root, 0, (struct str){0}, NULL);
	component_validate(script, c, NULL);
	j->linked = link_instantiate(c, j->imports, j->nimports, NULL);
}

static struct linked *
link_with(const char *fields, const struct link_import *imports, uint32_t n, struct error *err)
{
	struct job j = {fields, imports, n, NULL};
	err->kind = ERR_NONE;
	protect(run_link, &j, err);
	return j.linked;
}

static struct linked *
linked(const char *fields)
{
	struct error err;
	struct linked *l = link_with(fields, NULL, 0, &err);
	ck_assert_msg(l, "%s: %s", err.reason, err.message);
	return l;
}

struct invocation {
	struct linked *linked;
	const char *name;
	const struct link_value *args;
	uint32_t nargs;
	struct link_value result;
	bool has_result;
};

static void
run_invoke(void *env)
{
	struct invocation *i = env;
	const struct link_func *f = link_find_func(i->linked, str_of(i->name));
	i->has_result = link_invoke(i->linked, f, NO_LOC, i->args, i->nargs, script, &i->result);
}

/* "" with the result in *result, or the reason of the error. */
static const char *
invoke(struct linked *l, const char *name, const struct link_value *args, uint32_t n,
	struct link_value *result)
{
	static struct error err;
	struct invocation i = {.linked = l, .name = name, .args = args, .nargs = n};
	if (!protect(run_invoke, &i, &err))
		return err.reason;
	if (result)
		*result = i.result;
	return "";
}

#define COUNTER \
	"(core module $M (global $n (mut i32) (i32.const 0))" \
	" (func (export \"next\") (result i32)" \
	"  (global.set $n (i32.add (global.get $n) (i32.const 1))) (global.get $n))" \
	" (func (export \"is\") (param i32) (result i32) (local.get 0))" \
	" (func (export \"bad\") unreachable))" \
	"(core instance $m (instantiate $M))" \
	"(func $next (export \"next\") (result u32) (canon lift (core func $m \"next\")))" \
	"(func (export \"is\") (param \"x\" u8) (result u8) (canon lift (core func $m \"is\")))" \
	"(func (export \"bad\") (canon lift (core func $m \"bad\")))" \
	"(instance $i (export \"next\" (func $next))) (export \"i\" (instance $i))"

START_TEST(finds_functions_by_name)
{
	begin();
	struct linked *l = linked(COUNTER);
	ck_assert_ptr_nonnull(link_find_func(l, STR("next")));
	ck_assert_ptr_nonnull(link_find_func(l, STR("i#next")));
	ck_assert_ptr_null(link_find_func(l, STR("i#bad")));
	ck_assert_ptr_null(link_find_func(l, STR("i")));
	ck_assert_ptr_null(link_find_func(l, STR("nothing")));
	const struct link_func *is = link_find_func(l, STR("is"));
	ck_assert(link_func_nparams(is) == 1 && link_func_has_result(is));
	struct strbuf b = {.arena = script};
	link_func_print(&b, is);
	ck_assert_str_eq(strbuf_cstr(&b), "func(x: u8) -> u8");
	link_free(l);
	end();
}
END_TEST

START_TEST(keeps_state_between_calls)
{
	begin();
	struct linked *a = linked(COUNTER), *b = linked(COUNTER);
	struct link_value v;
	ck_assert_str_eq(invoke(a, "next", NULL, 0, &v), "");
	ck_assert_str_eq(invoke(a, "i#next", NULL, 0, &v), "");
	ck_assert(v.kind == LV_U32 && v.bits == 2);
	ck_assert_str_eq(invoke(b, "next", NULL, 0, &v), "");
	ck_assert(v.bits == 1);
	link_free(a);
	link_free(b);
	end();
}
END_TEST

START_TEST(arguments_have_to_fit)
{
	begin();
	struct linked *l = linked(COUNTER);
	struct link_value u8 = {.kind = LV_U8, .bits = 200}, u16 = {.kind = LV_U16, .bits = 1}, v;
	ck_assert_str_eq(invoke(l, "is", NULL, 0, NULL), "argument-count");
	ck_assert_str_eq(invoke(l, "is", &u16, 1, NULL), "argument-type");
	ck_assert_str_eq(invoke(l, "is", &u8, 1, &v), "");
	ck_assert(v.kind == LV_U8 && v.bits == 200);
	link_free(l);
	end();
}
END_TEST

START_TEST(a_trap_poisons_one_store)
{
	begin();
	struct linked *a = linked(COUNTER), *b = linked(COUNTER);
	ck_assert_str_eq(invoke(a, "bad", NULL, 0, NULL), "unreachable");
	ck_assert_str_eq(invoke(a, "next", NULL, 0, NULL), "cannot-enter-component-instance");
	ck_assert_str_eq(invoke(b, "next", NULL, 0, NULL), "");
	link_free(a);
	link_free(b);
	end();
}
END_TEST

START_TEST(a_trap_in_a_start_function_leaves_nothing)
{
	begin();
	struct error err;
	struct linked *l = link_with("(core module $M (func $f unreachable) (start $f))"
				     "(core instance (instantiate $M))",
		NULL, 0, &err);
	ck_assert_ptr_null(l);
	ck_assert_int_eq(err.kind, ERR_TRAP);
	ck_assert_str_eq(err.reason, "unreachable");
	end();
}
END_TEST

#define LOOPS \
	"(component $C (core module $M (func (export \"f\")))" \
	" (core instance $m (instantiate $M))" \
	" (func (export \"f\") (canon lift (core func $m \"f\"))))" \
	"(component $D (import \"f\" (func $f)) (core func $g (canon lower (func $f)))" \
	" (core module $M (import \"\" \"f\" (func $f))" \
	"  (func (export \"run\") (call $f) (call $f) (call $f)))" \
	" (core instance $m (instantiate $M (with \"\" (instance (export \"f\" (func $g))))))" \
	" (func (export \"run\") (canon lift (core func $m \"run\"))))" \
	"(instance $c (instantiate $C))" \
	"(instance $d (instantiate $D (with \"f\" (func $c \"f\"))))" \
	"(func (export \"run\") (alias export $d \"run\"))"

START_TEST(calls_give_their_heaps_back)
{
	begin();
	struct linked *l = linked(LOOPS);
	ck_assert_str_eq(invoke(l, "run", NULL, 0, NULL), "");
	ck_assert_uint_eq(arena_children(l->store->arena), 0);
	link_free(l);
	end();
}
END_TEST

#define NEVER_RETURNS \
	"(core module $M (func (export \"f\") (result i32) (i32.const 1))" \
	" (func (export \"cb\") (param i32 i32 i32) (result i32) (i32.const 0)))" \
	"(core instance $m (instantiate $M))" \
	"(func (export \"f\") async (canon lift (core func $m \"f\") async" \
	" (callback (core func $m \"cb\"))))"

START_TEST(a_callback_that_exits_without_a_result_traps)
{
	begin();
	struct linked *l = linked(NEVER_RETURNS);
	struct error err;
	struct invocation i = {.linked = l, .name = "f"};
	ck_assert(!protect(run_invoke, &i, &err));
	ck_assert_int_eq(err.kind, ERR_TRAP);
	ck_assert_str_eq(err.site->function, "Task_unregister_thread");
	link_free(l);
	end();
}
END_TEST

/* ---- imports ---- */

#define PROVIDER \
	"(core module $M (func (export \"f\") (result i32) (i32.const 12)))" \
	"(export \"m\" (core module $M))" \
	"(type $R (resource (rep i32))) (export \"r\" (type $R))"

static void
check_import(const char *fields, const char *reason)
{
	begin();
	struct linked *p = linked(PROVIDER);
	struct link_import import = {STR("p"), p};
	struct error err;
	struct linked *l = link_with(fields, &import, 1, &err);
	if (*reason) {
		ck_assert_ptr_null(l);
		ck_assert_int_eq(err.kind, ERR_UNLINKABLE);
		ck_assert_str_eq(err.reason, reason);
	} else {
		ck_assert_msg(l, "%s", err.message);
	}
	link_free(l);
	link_free(p);
	end();
}

START_TEST(imports_modules_and_resources)
{
	check_import(
		"(import \"p\" (instance (export \"m\" (core module (export \"f\" (func (result "
		"i32)))))))",
		"");
	check_import("(import \"p\" (instance (export \"m\" (core module))))", "");
	check_import("(import \"p\" (instance (export \"r\" (type (sub resource)))))", "");
	check_import("(import \"p\" (instance))", "");
}
END_TEST

START_TEST(imports_have_to_fit)
{
	check_import("(import \"q\" (instance))", "unknown-import");
	check_import("(import \"p\" (func))", "incompatible-import-type");
	check_import("(import \"p\" (instance (export \"x\" (core module))))",
		"incompatible-import-type");
	check_import("(import \"p\" (instance (export \"m\" (type (sub resource)))))",
		"incompatible-import-type");
	check_import("(import \"p\" (instance (export \"m\" (core module (export \"g\" (func))))))",
		"incompatible-import-type");
	check_import("(import \"p\" (instance (export \"m\" (core module (export \"f\" (func))))))",
		"incompatible-import-type");
	check_import("(import \"p\" (instance (type $t u8) (export \"r\" (type (eq $t)))))",
		"incompatible-import-type");
}
END_TEST

START_TEST(instances_are_capped)
{
	begin();
	struct strbuf b = {.arena = script};
	strbuf_adds(&b, "(component $C0)");
	for (int i = 1; i < 40; i++)
		strbuf_printf(&b,
			"(component $C%d (alias outer 1 $C%d (component $c))"
			" (instance (instantiate $c)) (instance (instantiate $c)))",
			i, i - 1);
	strbuf_adds(&b, "(instance (instantiate $C39))");
	struct error err;
	ck_assert_ptr_null(link_with(strbuf_cstr(&b), NULL, 0, &err));
	ck_assert_int_eq(err.kind, ERR_EXHAUSTED);
	ck_assert_str_eq(err.reason, "instance-limit");
	end();
}
END_TEST

START_TEST(what_is_not_built_is_unsupported)
{
	begin();
	struct error err;
	ck_assert_ptr_null(
		link_with("(canon thread.available-parallelism (core func))", NULL, 0, &err));
	ck_assert_int_eq(err.kind, ERR_UNSUPPORTED);
	ck_assert_str_eq(err.reason, "shared-threads");
	ck_assert_ptr_null(link_with("(type (resource (rep i64)))", NULL, 0, &err));
	ck_assert_int_eq(err.kind, ERR_UNSUPPORTED);
	end();
}
END_TEST

UNIT_MAIN("link", finds_functions_by_name, keeps_state_between_calls, arguments_have_to_fit,
	a_trap_poisons_one_store, a_trap_in_a_start_function_leaves_nothing,
	calls_give_their_heaps_back, a_callback_that_exits_without_a_result_traps,
	imports_modules_and_resources, imports_have_to_fit, instances_are_capped,
	what_is_not_built_is_unsupported)
