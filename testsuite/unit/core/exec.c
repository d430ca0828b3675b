/* exec.c - tests of core/exec and core/exec_stack: calls, traps, limits, and host functions
 * that call back in, raise, and switch fibers. Single instructions are the core suite's
 * business. */
#include "core/exec.h"

#include "base/budget.h"
#include "base/fiber.h"
#include "core/code.h"
#include "core/exec_stack.h"
#include "module.h"

static struct world w;

static struct core_func *
export_func(const char *name)
{
	struct core_extern x;
	ck_assert(core_instance_export(w.inst, str_of(name), &x));
	return x.func;
}

START_TEST(calls)
{
	make(&w, "(func $fac (export \"fac\") (param i64) (result i64) "
		 "  (if (result i64) (i64.eqz (local.get 0)) (then (i64.const 1)) "
		 "  (else (i64.mul (local.get 0) (call $fac (i64.sub (local.get 0) (i64.const "
		 "1))))))) "
		 "(func $swap (param i32 i32) (result i32 i32) local.get 1 local.get 0) "
		 "(func (export \"minus\") (param i32 i32) (result i32) "
		 "  (call $swap (local.get 0) (local.get 1)) i32.sub) "
		 "(func (export \"fresh\") (result i32) (local i32) "
		 "  (local.set 0 (i32.add (local.get 0) (i32.const 1))) local.get 0)");
	ck_assert_str_eq(call2(&w, "fac", 20, 0), "none");
	ck_assert_uint_eq(w.results[0].i64, UINT64_C(2432902008176640000));
	ck_call(&w, "minus", 3, 10, 7);
	ck_call(&w, "fresh", 0, 0, 1);
	ck_call(&w, "fresh", 0, 0, 1);
	world_free(&w);
}
END_TEST

START_TEST(branches)
{
	make(&w,
		"(func (export \"keep\") (param i32) (result i32) "
		"  (block (result i32) i32.const 5 i32.const 6 i32.const 7 "
		"    (br_if 0 (local.get 0)) i32.add i32.add)) "
		"(func (export \"table\") (param i32) (result i32) "
		"  (block (block (block (br_table 0 1 2 (local.get 0))) (return (i32.const 10))) "
		"    (return (i32.const 11))) (i32.const 12)) "
		"(func (export \"sum\") (param i32) (result i32) (local i32) "
		"  (loop (local.set 1 (i32.add (local.get 1) (local.get 0))) "
		"    (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))) (local.get 1)) "
		"(func (export \"else\") (param i32) (result i32) "
		"  (if (result i32) (local.get 0) (then (i32.const 1)) (else (i32.const 2))))");
	ck_call(&w, "keep", 1, 0, 7);
	ck_call(&w, "keep", 0, 0, 18);
	ck_call(&w, "table", 0, 0, 10);
	ck_call(&w, "table", 1, 0, 11);
	ck_call(&w, "table", 2, 0, 12);
	ck_call(&w, "table", 0xffffffff, 0, 12);
	ck_call(&w, "sum", 100, 0, 5050);
	ck_call(&w, "else", 1, 0, 1);
	ck_call(&w, "else", 0, 0, 2);
	world_free(&w);
}
END_TEST

START_TEST(traps)
{
	make(&w, "(memory 1) (table 3 funcref) (elem (i32.const 0) $f $g) "
		 "(func $f (result i32) i32.const 1) (func $g) "
		 "(func (export \"unreachable\") unreachable) "
		 "(func (export \"div\") (param i32 i32) (result i32) "
		 "  (i32.div_s (local.get 0) (local.get 1))) "
		 "(func (export \"load\") (param i32) (result i32) "
		 "  (i32.load offset=4 (local.get 0))) "
		 "(func (export \"store\") (param i32) "
		 "  (i64.store (local.get 0) (i64.const -1))) "
		 "(func (export \"indirect\") (param i32) (result i32) "
		 "  (call_indirect (result i32) (local.get 0)))");
	ck_call_fails(&w, "unreachable", 0, 0, "unreachable");
	ck_assert_int_eq(w.err.kind, ERR_TRAP);
	ck_call_fails(&w, "div", 1, 0, "integer-divide-by-zero");
	ck_call_fails(&w, "div", 0x80000000, 0xffffffff, "integer-overflow");
	ck_call(&w, "load", 65528, 0, 0);
	ck_call_fails(&w, "load", 65529, 0, "out-of-bounds-memory-access");
	ck_call_fails(&w, "load", 0xffffffff, 0, "out-of-bounds-memory-access");
	ck_call_fails(&w, "store", 65529, 0, "out-of-bounds-memory-access");
	ck_call(&w, "load", 65528, 0, 0);
	ck_call(&w, "indirect", 0, 0, 1);
	ck_call_fails(&w, "indirect", 1, 0, "indirect-call-type-mismatch");
	ck_call_fails(&w, "indirect", 2, 0, "uninitialized-element");
	ck_call_fails(&w, "indirect", 3, 0, "undefined-element");
	world_free(&w);
}
END_TEST

START_TEST(tail_calls)
{
	make(&w, "(type $n (func (param i64 i64) (result i64))) (table 1 funcref) "
		 "(elem (i32.const 0) $count) "
		 "(func $count (export \"count\") (param i64 i64) (result i64) "
		 "  (if (i64.eqz (local.get 0)) (then (return (local.get 1)))) "
		 "  (return_call $next (i32.const 7) (i64.sub (local.get 0) (i64.const 1)) "
		 "    (i64.add (local.get 1) (i64.const 2)))) "
		 "(func $next (param i32 i64 i64) (result i64) (local i64 i64 i64) "
		 "  (return_call_indirect (type $n) (local.get 1) (local.get 2) (i32.const 0))) "
		 "(func (export \"null\") (param i64) (result i64) "
		 "  (return_call_ref $n (local.get 0) (local.get 0) (ref.null $n)))");
	ck_assert_str_eq(call2(&w, "count", 200000, 5), "none");
	ck_assert_uint_eq(w.results[0].i64, 400005);
	ck_call_fails(&w, "null", 0, 0, "null-function-reference");
	world_free(&w);
}
END_TEST

/* The limit is on frames and slots, not on the C stack; afterwards all works again. */
START_TEST(runaway_recursion)
{
	make(&w,
		"(func $f (export \"f\") call $f) "
		"(func $g (export \"g\") (param i64 i64) (local i64 i64 i64 i64 i64 i64 i64 i64) "
		"  (call $g (local.get 0) (local.get 1))) "
		"(func (export \"deep\") (param i32) (result i32) "
		"  (if (result i32) (local.get 0) "
		"    (then (call 2 (i32.sub (local.get 0) (i32.const 1)))) (else (i32.const 7))))");
	for (int i = 0; i < 3; i++) {
		ck_call_fails(&w, "f", 0, 0, "call-stack-exhausted");
		ck_assert_int_eq(w.err.kind, ERR_EXHAUSTED);
		ck_call_fails(&w, "g", 0, 0, "call-stack-exhausted");
		ck_call(&w, "deep", 20000, 0, 7);
	}
	world_free(&w);
}
END_TEST

static unsigned
first_op(uint32_t func)
{
	return w.module->funcs.data[func].code->insns->op;
}

/* The fuel that a call takes. */
static uint64_t
fuel_of(const char *name)
{
	budget_start(1000000, 0);
	ck_call(&w, name, 0, 0, 7);
	uint64_t used = 1000000 - budget_fuel();
	budget_start(0, 0);
	return used;
}

/* A body is lowered when it is called first, which no later call can tell. */
START_TEST(first_calls)
{
	make(&w, "(func (export \"f\") (param i32) (result i32) (local i64) "
		 "  (if (result i32) (local.get 0) (then (call 1)) (else (i32.const 7)))) "
		 "(func (result i32) (i32.const 8)) "
		 "(func (export \"g\") (result i32) (local i32) (return_call 3)) "
		 "(func (result i32) (local i32 i32) (i32.add (i32.const 7) (local.get 1)))");
	for (uint32_t k = 0; k < 4; k++)
		ck_assert_uint_eq(first_op(k), LOW_LOWER);
	uint64_t first = fuel_of("f"), second = fuel_of("f");
	ck_assert_uint_eq(first, second);
	ck_assert_uint_ne(first_op(0), LOW_LOWER);
	ck_assert_uint_eq(first_op(1), LOW_LOWER);
	first = fuel_of("g"), second = fuel_of("g");
	ck_assert_uint_eq(first, second);
	ck_call(&w, "f", 1, 0, 8);
	for (uint32_t k = 0; k < 4; k++)
		ck_assert_uint_ne(first_op(k), LOW_LOWER);
	world_free(&w);
}
END_TEST

/* Of fuel, lowering needs none, however long the body is. */
START_TEST(first_call_of_a_long_body)
{
	world_new(&w);
	struct strbuf b = {.arena = w.arena};
	strbuf_adds(&b, "(func (export \"f\") (result i32) ");
	for (int k = 0; k < 1000; k++)
		strbuf_adds(&b, "nop ");
	strbuf_adds(&b, "i32.const 7)");
	w.text = strbuf_cstr(&b);
	ck_assert_str_eq(reason_of(&w, world_instantiate), "none");
	budget_start(10, 0);
	ck_call(&w, "f", 0, 0, 7);
	budget_start(0, 0);
	world_free(&w);
}
END_TEST

/* A module's code is of all its instances, in whatever store. */
START_TEST(first_calls_of_instances)
{
	make(&w, "(global $g (mut i32) (i32.const 0)) "
		 "(func (export \"f\") (param i32) (result i32) "
		 "  (global.set $g (i32.add (global.get $g) (local.get 0))) (call $get)) "
		 "(func $get (result i32) (global.get $g))");
	struct core_store *store = core_store_new(w.arena);
	struct core_instance *inst = w.inst;
	struct core_instance *other = core_instantiate(store, w.module, world_resolve, &w);
	ck_call(&w, "f", 3, 0, 3);
	w.inst = other;
	ck_call(&w, "f", 4, 0, 4);
	w.inst = inst;
	ck_call(&w, "f", 4, 0, 7);
	world_free(&w);
}
END_TEST

START_TEST(budgets)
{
	make(&w, "(func (export \"spin\") (loop (br 0))) "
		 "(func $r (export \"calls\") (param i32) "
		 "  (loop (call $n) (br_if 0 (i32.const 1)))) (func $n) "
		 "(memory 1) (func (export \"fill\") (loop "
		 "  (memory.fill (i32.const 0) (i32.const 1) (i32.const 65536)) (br 0)))");
	budget_start(1000000, 0);
	ck_call_fails(&w, "spin", 0, 0, "fuel");
	budget_start(1000000, 0);
	ck_call_fails(&w, "calls", 0, 0, "fuel");
	budget_start(0, 0.05);
	ck_call_fails(&w, "spin", 0, 0, "timeout");
	budget_start(0, 0.05);
	ck_call_fails(&w, "fill", 0, 0, "timeout");
	budget_start(0, 0);
	world_free(&w);
}
END_TEST

START_TEST(exceptions_without_end)
{
	make(&w, "(tag $e) (func (export \"spin\") (loop $l (block $h "
		 "(try_table (catch $e $h) (throw $e))) (br $l)))");
	budget_start(1000000, 0);
	ck_call_fails(&w, "spin", 0, 0, "fuel");
	budget_start(0, 0);
	world_free(&w);
}
END_TEST

/* ---- host functions ---- */

static struct core_valtype two_i32[2];

static void
define_host(core_host_fn *fn)
{
	struct core_extern x;
	two_i32[0] = two_i32[1] = CORE_I32;
	struct core_functype type = {1, 1, two_i32, two_i32};
	bool found = core_instance_export(w.inst, STR("slot"), &x);
	ck_assert(found);
	x.table->elems[0].ref = core_host_func(w.store, &type, fn, NULL);
}

/* Host functions stand in a table, so that they can be set after instantiation. */
#define HOST_MODULE \
	"(type $t (func (param i32) (result i32))) (table (export \"slot\") 1 funcref) " \
	"(func $f (export \"f\") (param i32) (result i32) " \
	"  (i32.add (local.get 0) (call_indirect (type $t) (local.get 0) (i32.const 0)))) "

static void
twice(void *env, const union core_raw *args, union core_raw *results)
{
	(void)env;
	results[0].i32 = 2 * args[0].i32;
}

/* Calls back in with one less, until 0. */
static void
back_in(void *env, const union core_raw *args, union core_raw *results)
{
	(void)env;
	union core_raw less = {.i32 = args[0].i32 - 1};
	results[0].i32 = 0;
	if (args[0].i32)
		core_call(export_func("f"), &less, results);
}

static void
back_in_for_ever(void *env, const union core_raw *args, union core_raw *results)
{
	(void)env;
	core_call(export_func("f"), args, results);
}

static void
raise_trap(void *env, const union core_raw *args, union core_raw *results)
{
	(void)env, (void)args, (void)results;
	raise_error(ERR_TRAP, NO_LOC, "from-the-host", "from the host");
}

START_TEST(host_functions)
{
	make(&w, HOST_MODULE);
	define_host(twice);
	ck_call(&w, "f", 5, 0, 15);
	define_host(back_in);
	ck_call(&w, "f", 4, 0, 10);
	define_host(raise_trap);
	ck_call_fails(&w, "f", 1, 0, "from-the-host");
	define_host(back_in_for_ever);
	ck_call_fails(&w, "f", 1, 0, "call-stack-exhausted");
	define_host(twice);
	ck_call(&w, "f", 1, 0, 3);
	world_free(&w);
}
END_TEST

/* ---- fibers ---- */

static void
suspend(void *env, const union core_raw *args, union core_raw *results)
{
	(void)env;
	fiber_suspend();
	results[0].i32 = 100 * args[0].i32;
}

/* Several activations are in the middle of a call at once, and end in another order. */
START_TEST(fibers)
{
	enum { N = 5 };
	struct fiber_call pending[N];
	struct fiber *f[N];
	make(&w, HOST_MODULE);
	define_host(suspend);
	for (uint32_t i = 0; i < N; i++) {
		pending[i] = (struct fiber_call){.func = export_func("f"), .arg.i32 = i + 1};
		f[i] = fiber_new(w.arena, call_on_fiber, &pending[i]);
		fiber_resume(f[i]);
	}
	for (uint32_t i = 0; i < N; i++) {
		uint32_t k = i * 2 % N;
		fiber_resume(f[k]);
		ck_assert(fiber_ended(f[k]));
		ck_assert_uint_eq(pending[k].result.i32, 101 * (k + 1));
	}
	world_free(&w);
	fiber_release_pool();
}
END_TEST

/* Fibers that are dropped in the middle of a call leave stacks that the store releases: the
 * leak checker looks. */
START_TEST(dropped_fibers)
{
	struct fiber_call call;
	make(&w, HOST_MODULE);
	define_host(suspend);
	call = (struct fiber_call){.func = export_func("f"), .arg.i32 = 1};
	for (int i = 0; i < 10; i++)
		fiber_resume(fiber_new(w.arena, call_on_fiber, &call));
	define_host(twice);
	ck_call(&w, "f", 5, 0, 15);
	world_free(&w);
	fiber_release_pool();
}
END_TEST

static void
trap_on_fiber(void *env)
{
	fiber_resume(env);
}

START_TEST(trap_on_a_fiber)
{
	struct fiber_call call;
	make(&w, HOST_MODULE);
	define_host(raise_trap);
	call = (struct fiber_call){.func = export_func("f"), .arg.i32 = 1};
	struct fiber *f = fiber_new(w.arena, call_on_fiber, &call);
	ck_assert(!protect(trap_on_fiber, f, &w.err));
	ck_assert_str_eq(w.err.reason, "from-the-host");
	world_free(&w);
	fiber_release_pool();
}
END_TEST

/* Stacks are used again: many calls, one stack. */
START_TEST(stacks_are_kept)
{
	make(&w, "(func (export \"f\") (result i32) i32.const 1)");
	uint64_t before = 0;
	for (int i = 0; i < 1000; i++) {
		ck_call(&w, "f", 0, 0, 1);
		if (i == 0)
			before = arena_used(w.arena);
	}
	ck_assert_uint_eq(arena_used(w.arena), before);
	struct exec_stack *a = exec_stack_take(w.store->exec);
	exec_stack_give(a);
	ck_assert_ptr_eq(exec_stack_take(w.store->exec), a);
	world_free(&w);
}
END_TEST

UNIT_MAIN("exec", calls, branches, traps, tail_calls, runaway_recursion, first_calls,
	first_call_of_a_long_body, first_calls_of_instances, budgets, exceptions_without_end,
	host_functions, fibers, dropped_fibers, trap_on_a_fiber, stacks_are_kept)
