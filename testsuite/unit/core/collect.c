/* collect.c - tests of core/collect: what goes, what stays, and where references can be that no script
 * can put there: the stacks of other calls and fibers, and what the host keeps. What scripts can do
 * is in testsuite/wast/core. */
#include "core/collect.h"

#include "base/fiber.h"
#include "core/engine.h"
#include "module.h"

static struct world w;

/* The collector runs whenever an object is made. */
static void
make_collecting(const char *text)
{
	make(&w, text);
	core_engine.collect = true;
}

static void
done(void)
{
	core_engine.collect = false;
	world_free(&w);
}

/* ---- what goes ---- */

#define LIST \
	"(type $n (struct (field $v i32) (field $next (ref null $n)))) " \
	"(global $list (mut (ref null $n)) (ref.null $n)) " \
	"(func (export \"forget\") (global.set $list (ref.null $n))) " \
	"(func (export \"drop\") (param i32) (loop (drop (struct.new $n (i32.const 1) " \
	"  (ref.null $n))) " \
	"  (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))) " \
	"(func (export \"push\") (param i32) (loop (global.set $list (struct.new $n (i32.const " \
	"1) " \
	"  (global.get $list))) " \
	"  (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))) " \
	"(func (export \"sum\") (result i32) (local $sum i32) (local $at (ref null $n)) " \
	"  (local.set $at (global.get $list)) (block $end (loop " \
	"    (br_if $end (ref.is_null (local.get $at))) " \
	"    (local.set $sum (i32.add (local.get $sum) (struct.get $n $v (local.get $at)))) " \
	"    (local.set $at (struct.get $n $next (local.get $at))) (br 0))) (local.get $sum)) "

START_TEST(garbage_goes)
{
	make_collecting(LIST);
	ck_call_fails(&w, "drop", 1000, 0, "none");
	ck_assert_uint_eq(w.store->objects->len, 1);
	ck_assert_uint_eq(w.store->objects->bytes, 16 + 2 * 8);
	ck_call_fails(&w, "push", 10, 0, "none");
	ck_call_fails(&w, "drop", 5, 0, "none");
	ck_assert_uint_eq(w.store->objects->len, 10 + 1);
	ck_call(&w, "sum", 0, 0, 10);
	ck_call_fails(&w, "forget", 0, 0, "none");
	ck_call_fails(&w, "drop", 1, 0, "none");
	ck_assert_uint_eq(w.store->objects->len, 1);
	done();
}
END_TEST

START_TEST(what_lives_is_bounded)
{
	uint64_t cap = core_object_cap;
	core_object_cap = 32 * 1000;
	make(&w, LIST);
	ck_call_fails(&w, "drop", 100000, 0, "none");
	ck_call_fails(&w, "push", 999, 0, "none");
	ck_call_fails(&w, "drop", 100000, 0, "none");
	ck_call_fails(&w, "push", 100, 0, "object-limit");
	ck_assert_int_eq(w.err.kind, ERR_EXHAUSTED);
	ck_call_fails(&w, "forget", 0, 0, "none");
	ck_call_fails(&w, "push", 999, 0, "none");
	core_object_cap = cap;
	done();
}
END_TEST

/* Nothing recurses along a list. */
START_TEST(a_long_list)
{
	make(&w, LIST);
	ck_call_fails(&w, "push", 1000000, 0, "none");
	ck_call_fails(&w, "drop", 2000000, 0, "none");
	ck_call(&w, "sum", 0, 0, 1000000);
	ck_assert_uint_lt(w.store->objects->len, 3000000);
	done();
}
END_TEST

/* ---- the stacks of other calls ---- */

static const struct core_valtype any_ref = {CORE_KIND_REF, CORE_HEAP_ANY, true, 0};

/* "f" makes an object with `v`, keeps it in a local, calls the host with another one that has v + 1
 * and is nowhere else, and ends with the sum of both values and the host's result. "churn" makes
 * objects. */
#define HOST_MODULE \
	"(type $s (struct (field i32))) (type $t (func (param anyref) (result i32))) " \
	"(table (export \"slot\") 1 funcref) " \
	"(func (export \"churn\") (param $n i32) (loop (drop (struct.new $s (i32.const -1))) " \
	"  (br_if 0 (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))) " \
	"(func $deep (export \"deep\") (param $n i32) (result i32) (local $x (ref null $s)) " \
	"  (local.set $x (struct.new $s (local.get $n))) " \
	"  (if (result i32) (i32.eqz (local.get $n)) (then (i32.const 0)) " \
	"    (else (i32.add (struct.get $s 0 (local.get $x)) " \
	"      (call $deep (i32.sub (local.get $n) (i32.const 1))))))) " \
	"(func (export \"new\") (param i32) (result anyref) (struct.new $s (local.get 0))) " \
	"(func (export \"value\") (param anyref) (result i32) " \
	"  (struct.get $s 0 (ref.cast (ref $s) (local.get 0)))) " \
	"(func (export \"f\") (param $v i32) (result i32) (local $x (ref null $s)) " \
	"  (local.set $x (struct.new $s (local.get $v))) " \
	"  (call_indirect (type $t) (struct.new $s (i32.add (local.get $v) (i32.const 1))) " \
	"    (i32.const 0)) " \
	"  (i32.add (struct.get $s 0 (local.get $x)))) "

static void
make_with_host(core_host_fn *fn)
{
	static struct core_valtype i32_type, params;
	struct core_extern x;
	make_collecting(HOST_MODULE);
	i32_type = CORE_I32;
	params = any_ref;
	struct core_functype type = {1, 1, &params, &i32_type};
	bool found = core_instance_export(w.inst, STR("slot"), &x);
	ck_assert(found);
	x.table->elems[0].ref = core_host_func(w.store, &type, fn, NULL);
}

static void
churn(void)
{
	union core_raw n = {.i32 = 100};
	core_call(world_func(&w, "churn"), &n, NULL);
}

/* Its argument is good until it returns. */
static void
churn_and_read(void *env, const union core_raw *args, union core_raw *results)
{
	(void)env;
	churn();
	core_call(world_func(&w, "value"), args, results);
}

START_TEST(callers_and_arguments)
{
	make_with_host(churn_and_read);
	ck_call(&w, "f", 20, 0, 20 + 21);
	done();
}
END_TEST

static void
suspend_and_read(void *env, const union core_raw *args, union core_raw *results)
{
	(void)env;
	fiber_suspend();
	core_call(world_func(&w, "value"), args, results);
}

START_TEST(fibers)
{
	enum { N = 5 };
	struct fiber_call pending[N];
	struct fiber *f[N];
	make_with_host(suspend_and_read);
	for (uint32_t i = 0; i < N; i++) {
		pending[i] = (struct fiber_call){.func = world_func(&w, "f"), .arg.i32 = 10 * i};
		f[i] = fiber_new(w.arena, call_on_fiber, &pending[i]);
		fiber_resume(f[i]);
	}
	for (uint32_t i = 0; i < N; i++) {
		ck_call_fails(&w, "churn", 100, 0, "none");
		fiber_resume(f[(i * 2) % N]);
	}
	for (uint32_t i = 0; i < N; i++)
		ck_assert_uint_eq(pending[i].result.i32, 20 * i + 1);
	ck_call_fails(&w, "churn", 2, 0, "none");
	ck_assert_uint_eq(w.store->objects->len, 1);
	done();
}
END_TEST

/* What is left on the stacks of calls that have ended keeps nothing. */
START_TEST(left_over)
{
	make_with_host(churn_and_read);
	ck_call(&w, "deep", 100, 0, 5050);
	ck_call_fails(&w, "churn", 2, 0, "none");
	ck_assert_uint_eq(w.store->objects->len, 1);
	done();
}
END_TEST

/* ---- what the host keeps ---- */

START_TEST(globals_of_the_host)
{
	make_with_host(churn_and_read);
	ck_assert_str_eq(call2(&w, "new", 77, 0), "none");
	struct core_global *kept =
		core_global_new(w.store, (struct core_globaltype){.type = any_ref}, w.results);
	ck_call_fails(&w, "churn", 100, 0, "none");
	ck_assert_uint_eq(w.store->objects->len, 1 + 1);
	ck_call(&w, "value", kept->value[0].i64, 0, 77);
	done();
}
END_TEST

UNIT_MAIN("core/collect", garbage_goes, what_lives_is_bounded, a_long_list, callers_and_arguments,
	fibers, left_over, globals_of_the_host)
