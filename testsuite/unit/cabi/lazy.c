/* lazy.c - tests of cabi/lazy and cabi/value_copy: what a lazy value keeps, where it goes, and when.
 * Each rule has a script in testsuite/wast/lazy, too. */
#include "cabi/value_copy.h"

#include "shorthand.h"

static uint8_t memory_bytes[256];
static struct bytes memory_;
static MemInst memory;
static CanonicalOptions lazy;
static ComponentInstance *inst;

static void
begin(void)
{
	world_begin();
	memset(memory_bytes, 0, sizeof memory_bytes);
	memory_ = (struct bytes){memory_bytes, sizeof memory_bytes};
	memory = (MemInst){&memory_, i32};
	lazy = (CanonicalOptions){.memory = &memory, .lazy = true};
	inst = ComponentInstance_new(store_, NULL);
}

/* What runs on a thread of inst. */
static struct error
inside(CoreValues (*fn)(void *env, CoreValues args))
{
	struct call c = {.f = Store_lift(store_, (CoreFuncInst){fn, NULL},
				 functype(false, NULL, NULL), options_new(), inst)};
	return raised_by(call_run, &c);
}

static num index_seen, length_seen, left_seen;
static uint32_t stored_seen[4];

static Value
list_of_u32(uint32_t n)
{
	Value v = {0};
	for (uint32_t i = 0; i < n; i++)
		append(&v.list, ((Value){.i = i + 1}));
	return v;
}

static uint32_t
count(Table *t)
{
	uint32_t n = 0;
	for (uint32_t i = Table___iter__(t, 1); i; i = Table___iter__(t, i + 1))
		n++;
	return n;
}

static CoreValues
lower_a_list(void *env, CoreValues args)
{
	(void)env, (void)args;
	ValType *t = T("list(u32)");
	LiftLowerContext *cx = LiftLowerContext_new(&lazy, inst, NULL);
	Value v = list_of_u32(3);
	CoreValues flat = lower_flat(cx, v, t);
	index_seen = flat.data[0].bits;
	length_seen = flat.data[1].bits;
	v.list.data[0].i = 77; /* the lazy value has its own */
	canon_value_lower(t, &lazy, index_seen, 16);
	memcpy(stored_seen, memory_bytes + 16, 12);
	left_seen = count(inst->lazy_values);
	return (CoreValues){0};
}

START_TEST(a_list)
{
	begin();
	struct error err = inside(lower_a_list);
	ck_assert_msg(err.kind == ERR_NONE, "%s", err.message);
	ck_assert(index_seen == 1 && length_seen == 3 && left_seen == 0);
	ck_assert(stored_seen[0] == 1 && stored_seen[1] == 2 && stored_seen[2] == 3);
	world_end();
}
END_TEST

static CoreValues
leave_some(void *env, CoreValues args)
{
	(void)env, (void)args;
	LiftLowerContext *cx = LiftLowerContext_new(&lazy, inst, NULL);
	for (int i = 0; i < 3; i++)
		lower_flat(cx, list_of_u32(2), T("list(u32)"));
	canon_value_drop(2);
	left_seen = count(inst->lazy_values);
	return (CoreValues){0};
}

START_TEST(what_is_left_goes_with_the_task)
{
	begin();
	struct error err = inside(leave_some);
	ck_assert_msg(err.kind == ERR_NONE, "%s", err.message);
	ck_assert(left_seen == 2);
	ck_assert_uint_eq(count(inst->lazy_values), 0);
	world_end();
}
END_TEST

static CoreValues
lower_out_of_bounds(void *env, CoreValues args)
{
	(void)env, (void)args;
	LiftLowerContext *cx = LiftLowerContext_new(&lazy, inst, NULL);
	CoreValues flat = lower_flat(cx, list_of_u32(3), T("list(u32)"));
	canon_value_lower(T("list(u32)"), &lazy, flat.data[0].bits, UINT64_MAX - 3);
	return (CoreValues){0};
}

/* Nothing wraps, and nothing is consumed. */
START_TEST(addresses_do_not_wrap)
{
	begin();
	struct error err = inside(lower_out_of_bounds);
	ck_assert(is_trap(&err, "canon_value_lower", 5));
	ck_assert_uint_eq(count(inst->lazy_values), 1);
	world_end();
}
END_TEST

/* Some value of a type, with something of everything in it. */
static Value
some_value(ValType *t)
{
	static const uint32_t wide[] = {'x', 0x20ac};
	Value v = {.i = 7};
	t = despecialize(t);
	switch (t->kind) {
	case StringType:
		v.s = NEW(String);
		*v.s = (String){.s = wide, .len = 2, .encoding = utf8, .tagged_code_units = 4};
		break;
	case ListType:
		v = (Value){0};
		append(&v.list, some_value(t->t));
		append(&v.list, some_value(t->t));
		break;
	case RecordType:
		v = (Value){0};
		for (uint32_t i = 0; i < t->fields.len; i++)
			append(&v.list, some_value(t->fields.data[i].t));
		break;
	case VariantType:
		v = (Value){.variant = {NULL, t->cases.len - 1}};
		if (t->cases.data[t->cases.len - 1].t) {
			v.variant.v = NEW(Value);
			*v.variant.v = some_value(t->cases.data[t->cases.len - 1].t);
		}
		break;
	default: break;
	}
	return v;
}

/* The first value is overwritten; its copy stays. */
START_TEST(copies_are_whole)
{
	static const char *const types[] = {"u8", "string", "list(string)", "list(u16)",
		"list(list(u8))", "record(a:string,b:u8)", "variant(a,b:string)", "variant(a:u8,b)",
		"option(list(string))", "map(string,list(u8))"};
	begin();
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		struct arena *mine = arena_new(0), *values = arena_new(0);
		ValType *t = T(types[i]);
		struct arena *before = heap_swap(values);
		Value v = some_value(t), copy = Value_copy(mine, v, t);
		const char *text = V(t, v);
		heap_swap(before);
		arena_free(values);
		ck_assert_str_eq(V(t, copy), text);
		arena_free(mine);
	}
	world_end();
}
END_TEST

UNIT_MAIN("cabi/lazy", a_list, what_is_left_goes_with_the_task, addresses_do_not_wrap,
	copies_are_whole)
