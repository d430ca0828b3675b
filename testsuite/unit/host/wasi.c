/* wasi.c - the part of WASI preview 1: what each function does, and that no pointer leads out of the
 * memory. */
#include "host/wasi.h"

#include "core/module.h"

#define PAGE 65536u

enum { EBADF = 8, EFAULT = 21, EINVAL = 28, ESPIPE = 70 };

static struct world world;
static struct wasi *wasi;
static FILE *out;
static uint8_t *memory;

static void
setup(uint64_t seed)
{
	struct core_extern x;
	world_new(&world);
	world.text = "(memory (export \"memory\") 1)";
	ck_assert_msg(protect(world_instantiate, &world, &world.err), "%s", world.err.message);
	out = tmpfile();
	ck_assert_ptr_nonnull(out);
	wasi = wasi_new(world.store, seed, out, out);
	wasi_attach(wasi, world.inst);
	ck_assert(core_instance_export(world.inst, STR("memory"), &x));
	memory = x.memory->bytes.data;
}

static void
teardown(void)
{
	fclose(out);
	world_free(&world);
}

struct job {
	struct core_func *func;
	union core_raw args[4], result;
};

static void
run(void *env)
{
	struct job *j = env;
	core_call(j->func, j->args, &j->result);
}

/* The error number; or UINT32_MAX where it raised, with the error in the world. */
static uint32_t
call(const char *name, uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
	struct core_extern x;
	struct job j = {.args = {{.i64 = a}, {.i64 = b}, {.i64 = c}, {.i64 = d}}};
	ck_assert_msg(wasi_find(wasi, STR("wasi_snapshot_preview1"), str_of(name), &x), "%s", name);
	j.func = x.func;
	return protect(run, &j, &world.err) ? j.result.i32 : UINT32_MAX;
}

static uint64_t
at(uint32_t where, size_t n)
{
	uint64_t v = 0;
	memcpy(&v, memory + where, n);
	return v;
}

static void
put(uint32_t where, uint64_t v, size_t n)
{
	memcpy(memory + where, &v, n);
}

START_TEST(only_known_functions_are_found)
{
	struct core_extern x;
	setup(0);
	ck_assert(!wasi_find(wasi, STR("wasi_snapshot_preview1"), STR("path_open"), &x));
	ck_assert(!wasi_find(wasi, STR("env"), STR("fd_write"), &x));
	ck_assert(wasi_find(wasi, STR("wasi_snapshot_preview1"), STR("proc_exit"), &x));
	ck_assert_uint_eq(x.func->type->nresults, 0);
	teardown();
}
END_TEST

START_TEST(arguments_are_one_name_and_the_environment_is_empty)
{
	setup(0);
	ck_assert_uint_eq(call("args_sizes_get", 0, 4, 0, 0), 0);
	ck_assert_uint_eq(at(0, 4), 1);
	ck_assert_uint_eq(at(4, 4), sizeof "program");
	ck_assert_uint_eq(call("args_get", 8, 16, 0, 0), 0);
	ck_assert_uint_eq(at(8, 4), 16);
	ck_assert_str_eq((char *)memory + 16, "program");
	put(0, ~0ull, 8);
	ck_assert_uint_eq(call("environ_sizes_get", 0, 4, 0, 0), 0);
	ck_assert_uint_eq(at(0, 8), 0);
	ck_assert_uint_eq(call("environ_get", 0, 4, 0, 0), 0);
	teardown();
}
END_TEST

START_TEST(the_clock_goes_on_by_itself)
{
	setup(0);
	ck_assert_uint_eq(call("clock_time_get", 1, 0, 0, 0), 0);
	uint64_t first = at(0, 8);
	ck_assert_uint_eq(call("clock_time_get", 0, 0, 0, 0), 0);
	ck_assert_uint_eq(at(0, 8), first + 1000);
	ck_assert_uint_eq(call("clock_res_get", 1, 8, 0, 0), 0);
	ck_assert_uint_eq(at(8, 8), 1000);
	ck_assert_uint_eq(call("clock_time_get", 4, 0, 0, 0), EINVAL);
	teardown();
}
END_TEST

START_TEST(random_numbers_follow_from_the_seed)
{
	uint64_t seen[3];
	for (int i = 0; i < 3; i++) {
		setup(i / 2);
		ck_assert_uint_eq(call("random_get", 8, 8, 0, 0), 0);
		ck_assert_uint_eq(at(0, 8) + at(16, 8), 0);
		seen[i] = at(8, 8);
		teardown();
	}
	ck_assert_uint_eq(seen[0], seen[1]);
	ck_assert_uint_ne(seen[0], seen[2]);
	ck_assert_uint_ne(seen[0], 0);
}
END_TEST

/* A subscription to a clock. */
static void
subscribe(uint32_t where, uint64_t user, uint64_t timeout, bool absolute)
{
	memset(memory + where, 0, 48);
	put(where, user, 8);
	put(where + 24, timeout, 8);
	put(where + 40, absolute, 2);
}

START_TEST(waiting_moves_the_clock_to_the_first_end)
{
	setup(0);
	subscribe(0, 77, 9000000, false);
	subscribe(48, 88, 5000000, true);
	ck_assert_uint_eq(call("poll_oneoff", 0, 200, 2, 400), 0);
	ck_assert_uint_eq(at(400, 4), 1);
	ck_assert_uint_eq(at(200, 8), 88);
	ck_assert_uint_eq(at(208, 4), 0);
	ck_assert_uint_eq(call("clock_time_get", 0, 0, 500, 0), 0);
	ck_assert_uint_eq(at(500, 8), 5001000);
	subscribe(0, 77, UINT64_MAX, false);
	memory[48 + 8] = 2; /* to a file descriptor: ready */
	ck_assert_uint_eq(call("poll_oneoff", 0, 200, 2, 400), 0);
	ck_assert_uint_eq(at(400, 4), 1);
	ck_assert_uint_eq(at(210, 1), 2);
	ck_assert_uint_eq(call("poll_oneoff", 0, 200, 0, 400), EINVAL);
	teardown();
}
END_TEST

START_TEST(output_goes_to_the_streams)
{
	char text[16] = "";
	setup(0);
	memcpy(memory + 100, "hello, world", 12);
	put(0, 100, 4), put(4, 5, 4);
	put(8, 107, 4), put(12, 5, 4);
	ck_assert_uint_eq(call("fd_write", 1, 0, 2, 200), 0);
	ck_assert_uint_eq(at(200, 4), 10);
	ck_assert_uint_eq(call("fd_write", 2, 0, 1, 200), 0);
	ck_assert_uint_eq(call("fd_write", 0, 0, 1, 200), EBADF);
	ck_assert_uint_eq(call("fd_write", 3, 0, 1, 200), EBADF);
	rewind(out);
	ck_assert_uint_eq(fread(text, 1, sizeof text - 1, out), 15);
	ck_assert_str_eq(text, "helloworldhello");
	teardown();
}
END_TEST

START_TEST(other_descriptors_are_bad)
{
	setup(0);
	ck_assert_uint_eq(call("fd_fdstat_get", 1, 0, 0, 0), 0);
	ck_assert_uint_eq(at(0, 8), 2);
	ck_assert_uint_eq(call("fd_fdstat_get", 3, 0, 0, 0), EBADF);
	ck_assert_uint_eq(call("fd_fdstat_set_flags", 1, 0, 0, 0), 0);
	ck_assert_uint_eq(call("fd_prestat_get", 3, 0, 0, 0), EBADF);
	ck_assert_uint_eq(call("fd_prestat_dir_name", 3, 0, 0, 0), EBADF);
	ck_assert_uint_eq(call("fd_close", 2, 0, 0, 0), 0);
	ck_assert_uint_eq(call("fd_close", 3, 0, 0, 0), EBADF);
	ck_assert_uint_eq(call("fd_seek", 1, 0, 0, 0), ESPIPE);
	ck_assert_uint_eq(call("fd_seek", 7, 0, 0, 0), EBADF);
	put(0, 9, 4);
	ck_assert_uint_eq(call("fd_read", 0, 8, 0, 0), 0);
	ck_assert_uint_eq(at(0, 4), 0);
	ck_assert_uint_eq(call("fd_read", 1, 8, 0, 0), EBADF);
	ck_assert_uint_eq(call("sched_yield", 0, 0, 0, 0), 0);
	teardown();
}
END_TEST

/* Each with a pointer of which the last byte is outside, or that wraps. */
START_TEST(pointers_stay_inside)
{
	static const struct {
		const char *name;
		uint64_t a, b, c, d;
	} rows[] = {
		{"args_sizes_get", PAGE - 3, 0, 0, 0},
		{"args_sizes_get", 0, PAGE - 3, 0, 0},
		{"args_get", 0, PAGE - 7, 0, 0},
		{"args_get", UINT32_MAX, 0, 0, 0},
		{"environ_sizes_get", PAGE, 0, 0, 0},
		{"environ_sizes_get", 0, UINT32_MAX, 0, 0},
		{"clock_time_get", 0, 0, PAGE - 7, 0},
		{"clock_res_get", 0, PAGE - 7, 0, 0},
		{"random_get", PAGE - 1, 2, 0, 0},
		{"random_get", 1, UINT32_MAX, 0, 0},
		{"fd_fdstat_get", 1, PAGE - 23, 0, 0},
		{"fd_read", 0, 0, 0, PAGE - 3},
		{"fd_write", 1, PAGE - 7, 1, 0},
		{"fd_write", 1, 0, UINT32_MAX, 0},
		{"fd_write", 1, 0, 0, PAGE - 3},
		{"fd_write", 1, 8, 1, 0}, /* its pair says so */
		{"poll_oneoff", PAGE - 47, 0, 1, 0},
		{"poll_oneoff", 0, PAGE - 31, 1, 0},
		{"poll_oneoff", 0, 0, UINT32_MAX, 0},
		{"poll_oneoff", 0, 0, 1, PAGE - 3},
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		setup(0);
		put(8, PAGE - 1, 4), put(12, 2, 4);
		ck_assert_msg(
			call(rows[i].name, rows[i].a, rows[i].b, rows[i].c, rows[i].d) == EFAULT,
			"row %zu: %s", i, rows[i].name);
		teardown();
	}
}
END_TEST

START_TEST(what_ends_a_program)
{
	setup(0);
	ck_assert_uint_eq(call("proc_exit", 3, 0, 0, 0), UINT32_MAX);
	ck_assert_int_eq(world.err.kind, ERR_TRAP);
	ck_assert_str_eq(world.err.reason, "exit");
	wasi = wasi_new(world.store, 0, out, out);
	ck_assert_uint_eq(call("random_get", 0, 1, 0, 0), UINT32_MAX);
	ck_assert_str_eq(world.err.reason, "missing-memory");
	teardown();
}
END_TEST

UNIT_MAIN("wasi", only_known_functions_are_found,
	arguments_are_one_name_and_the_environment_is_empty, the_clock_goes_on_by_itself,
	random_numbers_follow_from_the_seed, waiting_moves_the_clock_to_the_first_end,
	output_goes_to_the_streams, other_descriptors_are_bad, pointers_stay_inside,
	what_ends_a_program)
