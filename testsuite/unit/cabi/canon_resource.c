/* canon_resource.c - "canon resource.new", "resource.drop" and "resource.rep", and handles
 * over calls, after test_handles of run_tests.py. */
#include "abi.h"

static ComponentInstance *root, *inst;
static ResourceType *rt, *rt2;
static num dtor_value;

static CoreValues
dtor(void *env, CoreValues args)
{
	(void)env;
	dtor_value = args.data[0].bits;
	return (CoreValues){0};
}

static void
begin(void)
{
	world_begin();
	CoreFuncInst *d = arena_new_of(world, CoreFuncInst);
	*d = (CoreFuncInst){dtor, NULL};
	root = ComponentInstance_new(store_, NULL);
	rt = ResourceType_new(world, ComponentInstance_new(store_, root), d);
	inst = ComponentInstance_new(store_, root);
	rt2 = ResourceType_new(world, inst, d);
	dtor_value = -1;
}

/* Runs a core function inside of inst, without parameters or result. */
static struct error
inside(CoreValues (*fn)(void *env, CoreValues args), void *env)
{
	struct call c = {.f = Store_lift(store_, (CoreFuncInst){fn, env},
				 functype(false, NULL, NULL), options_new(), inst)};
	return raised_by(call_run, &c);
}

static num rep_seen, index_seen, dtor_seen;

static CoreValues
new_rep_drop(void *env, CoreValues args)
{
	(void)env, (void)args;
	index_seen = canon_resource_new(rt, 46).data[0].bits;
	rep_seen = canon_resource_rep(rt, index_seen).data[0].bits;
	canon_resource_drop(rt, index_seen);
	dtor_seen = dtor_value;
	return (CoreValues){0};
}

START_TEST(new_rep_and_drop)
{
	begin();
	struct error err = inside(new_rep_drop, NULL);
	ck_assert_int_eq(err.kind, ERR_NONE);
	ck_assert(index_seen == 1 && rep_seen == 46 && dtor_seen == 46);
	ck_assert_uint_eq(inst->handles->free.len, 1);
	world_end();
}
END_TEST

static CoreValues
drop_as_other_type(void *env, CoreValues args)
{
	(void)env, (void)args;
	canon_resource_drop(rt2, canon_resource_new(rt, 1).data[0].bits);
	return (CoreValues){0};
}

static CoreValues
rep_as_other_type(void *env, CoreValues args)
{
	(void)env, (void)args;
	canon_resource_rep(rt2, canon_resource_new(rt, 1).data[0].bits);
	return (CoreValues){0};
}

static CoreValues
drop_a_waitable_set(void *env, CoreValues args)
{
	(void)args;
	canon_resource_drop(rt, Table_add(inst->handles, env));
	return (CoreValues){0};
}

static CoreValues
rep_of_a_waitable_set(void *env, CoreValues args)
{
	(void)args;
	canon_resource_rep(rt, Table_add(inst->handles, env));
	return (CoreValues){0};
}

START_TEST(another_type_traps)
{
	begin();
	struct error err = inside(drop_as_other_type, NULL);
	ck_assert(is_trap(&err, "canon_resource_drop", 3));
	world_end();
	begin();
	err = inside(rep_as_other_type, NULL);
	ck_assert(is_trap(&err, "canon_resource_rep", 2));
	world_end();
	begin();
	err = inside(drop_a_waitable_set, WaitableSet_new(world));
	ck_assert(is_trap(&err, "canon_resource_drop", 2));
	world_end();
	begin();
	err = inside(rep_of_a_waitable_set, WaitableSet_new(world));
	ck_assert(is_trap(&err, "canon_resource_rep", 1));
	world_end();
}
END_TEST

static CoreValues
drop_while_lent(void *env, CoreValues args)
{
	(void)env, (void)args;
	num i = canon_resource_new(rt, 1).data[0].bits;
	((ResourceHandle *)Table_get(inst->handles, i))->num_lends = 1;
	canon_resource_drop(rt, i);
	return (CoreValues){0};
}

static CoreValues
new_when_closed(void *env, CoreValues args)
{
	(void)env, (void)args;
	inst->may_leave = false;
	canon_resource_new(rt, 1);
	return (CoreValues){0};
}

static CoreValues
drop_when_closed(void *env, CoreValues args)
{
	(void)env, (void)args;
	inst->may_leave = false;
	canon_resource_drop(rt, 1);
	return (CoreValues){0};
}

START_TEST(lent_or_closed_traps)
{
	begin();
	struct error err = inside(drop_while_lent, NULL);
	ck_assert(is_trap(&err, "canon_resource_drop", 4));
	world_end();
	begin();
	err = inside(new_when_closed, NULL);
	ck_assert(is_trap(&err, "canon_resource_new", 1));
	world_end();
	begin();
	err = inside(drop_when_closed, NULL);
	ck_assert(is_trap(&err, "canon_resource_drop", 1));
	world_end();
}
END_TEST

/* ---- test_handles ---- */

static bool good;
static FuncType *host_ft;

static OnCancel
host_func(void *env, OnStart on_start, OnResolve on_resolve, ComponentInstance *caller)
{
	(void)env, (void)caller;
	Values args = on_start.fn(on_start.env);
	good = good && args.len == 2 && args.data[0].rep == 42 && args.data[1].rep == 44;
	Values result = {0};
	append(&result, (Value){.rep = 45});
	on_resolve.fn(on_resolve.env, &result);
	return (OnCancel){0};
}

static uint8_t memory[64];

static void
store_u32(uint32_t at, num v)
{
	uint32_t x = (uint32_t)v;
	memcpy(memory + at, &x, 4);
}

static CoreValues
core_wasm(void *env, CoreValues args)
{
	(void)env;
	num h1 = args.data[0].bits, h2 = args.data[1].bits, h3 = args.data[2].bits;
	good = args.len == 4 && inst->handles->array.len == 4 && h1 == 1 && h2 == 2 && h3 == 3 &&
	       args.data[3].bits == 13;
	good = good && canon_resource_rep(rt, h1).data[0].bits == 42 &&
	       canon_resource_rep(rt, h2).data[0].bits == 43 &&
	       canon_resource_rep(rt, h3).data[0].bits == 44;
	CoreFuncInst lowered =
		Store_lower(store_, (FuncInst){host_func, NULL}, host_ft, options_new(), inst);
	CoreValues results =
		lowered.fn(lowered.env, core_values(2, (uint64_t[]){(uint64_t)h1, (uint64_t)h3}));
	num h4 = results.data[0].bits;
	good = good && h4 == 4 && canon_resource_rep(rt, h4).data[0].bits == 45;
	canon_resource_drop(rt, h1);
	good = good && dtor_value == 42 && inst->handles->array.len == 5 &&
	       !inst->handles->array.data[1] && inst->handles->free.len == 1;
	num h = canon_resource_new(rt, 46).data[0].bits;
	good = good && h == h1 && inst->handles->free.len == 0;
	dtor_value = -1;
	canon_resource_drop(rt, h3);
	good = good && dtor_value == -1 && inst->handles->free.len == 1;
	store_u32(16, h), store_u32(20, h2), store_u32(24, h4);
	return one(16);
}

static Value triple[3];

static void
keep_triple(void *env, const Values *result)
{
	(void)env;
	for (int i = 0; i < 3; i++)
		triple[i] = result->data[0].list.data[i];
}

static void
run_handles(void *env)
{
	struct call *c = env;
	Store_invoke(store_, c->f, (OnStart){call_on_start, c}, (OnResolve){keep_triple, NULL});
}

START_TEST(test_handles)
{
	begin();
	ValType *own = handle_type(OwnType, rt), *borrow = handle_type(BorrowType, rt);
	ValType *result = type_of(TupleType);
	for (int i = 0; i < 3; i++)
		vec_push(world, &result->ts, own);
	host_ft = functype(false, own, PARAMS(borrow, borrow));
	FuncType *ft =
		functype(false, result, PARAMS(own, own, borrow, handle_type(BorrowType, rt2)));
	struct bytes bytes = {memory, sizeof memory};
	MemInst mem = {&bytes, i32};
	CanonicalOptions *opts = options_new();
	opts->memory = &mem;
	struct call c = {.f = Store_lift(store_, (CoreFuncInst){core_wasm, NULL}, ft, opts, inst)};
	uint32_t reps[] = {42, 43, 44, 13};
	for (int i = 0; i < 4; i++)
		append(&c.args, (Value){.rep = reps[i]});
	struct error err = raised_by(run_handles, &c);
	ck_assert_int_eq(err.kind, ERR_NONE);
	ck_assert(good);
	ck_assert(triple[0].rep == 46 && triple[1].rep == 43 && triple[2].rep == 45);
	ck_assert_uint_eq(inst->handles->array.len, 5);
	ck_assert_uint_eq(inst->handles->free.len, 4);
	world_end();
}
END_TEST

UNIT_MAIN(
	"canon_resource", new_rep_and_drop, another_type_traps, lent_or_closed_traps, test_handles)
