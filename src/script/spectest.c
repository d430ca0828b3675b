/* spectest.c - see spectest.h. */
#include "script/spectest.h"

#define MAX_EXPORTS 16

struct spectest {
	struct {
		const char *name;
		struct core_extern x;
	} exports[MAX_EXPORTS];
	uint32_t n;
};

static void
add(struct spectest *t, const char *name, struct core_extern x)
{
	t->exports[t->n].name = name;
	t->exports[t->n++].x = x;
}

static void
print_nothing(void *env, const union core_raw *args, union core_raw *results)
{
	(void)env, (void)args, (void)results;
}

static void
add_prints(struct spectest *t, struct core_store *s)
{
	static const struct {
		const char *name;
		uint32_t n;
		uint8_t kinds[2];
	} prints[] = {
		{"print", 0, {0}},
		{"print_i32", 1, {CORE_KIND_I32}},
		{"print_i64", 1, {CORE_KIND_I64}},
		{"print_f32", 1, {CORE_KIND_F32}},
		{"print_f64", 1, {CORE_KIND_F64}},
		{"print_i32_f32", 2, {CORE_KIND_I32, CORE_KIND_F32}},
		{"print_f64_f64", 2, {CORE_KIND_F64, CORE_KIND_F64}},
	};
	for (size_t i = 0; i < sizeof prints / sizeof *prints; i++) {
		struct core_valtype params[2] = {
			{.kind = prints[i].kinds[0]}, {.kind = prints[i].kinds[1]}};
		struct core_functype type = {.nparams = prints[i].n, .params = params};
		struct core_func *f = core_host_func(s, &type, print_nothing, NULL);
		add(t, prints[i].name, (struct core_extern){.sort = CORE_SORT_FUNC, .func = f});
	}
}

static void
add_global(struct spectest *t, struct core_store *s, const char *name, struct core_valtype type,
	union core_raw v)
{
	struct core_globaltype gt = {.type = type};
	add(t, name,
		(struct core_extern){
			.sort = CORE_SORT_GLOBAL, .global = core_global_new(s, gt, &v)});
}

static void
add_globals(struct spectest *t, struct core_store *s)
{
	float f = 666.6f;
	double d = 666.6;
	union core_raw v32 = {.i64 = 0}, v64;
	memcpy(&v32.i32, &f, sizeof f);
	memcpy(&v64.i64, &d, sizeof d);
	add_global(t, s, "global_i32", CORE_I32, (union core_raw){.i64 = 666});
	add_global(t, s, "global_i64", CORE_I64, (union core_raw){.i64 = 666});
	add_global(t, s, "global_f32", CORE_F32, v32);
	add_global(t, s, "global_f64", CORE_F64, v64);
}

struct spectest *
spectest_new(struct core_store *s)
{
	struct spectest *t = arena_new_of(s->arena, struct spectest);
	struct core_tabletype table = {
		.limits = {.min = 10, .max = 20, .has_max = true}, .elem = CORE_FUNCREF};
	struct core_memtype memory = {.limits = {.min = 1, .max = 2, .has_max = true}};
	add_prints(t, s);
	add_globals(t, s);
	add(t, "table",
		(struct core_extern){.sort = CORE_SORT_TABLE, .table = core_table_new(s, table)});
	table.limits.is_64 = true;
	add(t, "table64",
		(struct core_extern){.sort = CORE_SORT_TABLE, .table = core_table_new(s, table)});
	add(t, "memory",
		(struct core_extern){
			.sort = CORE_SORT_MEMORY, .memory = core_memory_new(s, memory)});
	return t;
}

bool
spectest_find(const struct spectest *t, struct str name, struct core_extern *out)
{
	for (uint32_t i = 0; i < t->n; i++) {
		if (str_is(name, t->exports[i].name)) {
			*out = t->exports[i].x;
			return true;
		}
	}
	return false;
}
