/* wasi.c - see wasi.h. Pointers and sizes are i32; a size or a time in memory is little-endian, as this
 * machine is. */
#include "host/wasi.h"

#include "base/budget.h"
#include "base/error.h"

enum { /* the numbers of preview 1 */
	SUCCESS = 0,
	EBADF = 8,
	EFAULT = 21,
	EINVAL = 28,
	ESPIPE = 70,
};

enum { CHARACTER_DEVICE = 2, NCLOCKS = 4 };

enum { CLOCK_STEP = 1000 }; /* nanoseconds, from one look to the next */

struct wasi {
	struct core_store *store;
	struct core_memory *memory; /* null until wasi_attach */
	FILE *streams[3];           /* by file descriptor; null for standard input */
	uint64_t now, random;
	bool is_done;
};

/* ---- memory ---- */

/* n bytes of the memory; null where they are not all inside. */
static uint8_t *
range(const struct wasi *w, uint64_t at, uint64_t n)
{
	if (!w->memory)
		raise_error(ERR_TRAP, NO_LOC, "missing-memory",
			"a function of WASI was called, and there is no memory");
	const struct bytes *b = &w->memory->bytes;
	return at <= b->len && n <= b->len - at ? b->data + at : NULL;
}

static uint32_t
put(const struct wasi *w, uint64_t at, const void *value, size_t n)
{
	uint8_t *p = range(w, at, n);
	if (!p)
		return EFAULT;
	memcpy(p, value, n);
	return SUCCESS;
}

static uint32_t
put_u32(const struct wasi *w, uint64_t at, uint32_t v)
{
	return put(w, at, &v, sizeof v);
}

static uint32_t
put_u64(const struct wasi *w, uint64_t at, uint64_t v)
{
	return put(w, at, &v, sizeof v);
}

static uint64_t
get(const uint8_t *p, size_t n)
{
	uint64_t v = 0;
	memcpy(&v, p, n);
	return v;
}

/* ---- arguments, environment: one name, and nothing ---- */

static const char program[] = "program";

static uint32_t
args_sizes_get(struct wasi *w, const union core_raw *a)
{
	uint32_t bad = put_u32(w, a[0].i32, 1);
	return bad ? bad : put_u32(w, a[1].i32, sizeof program);
}

static uint32_t
args_get(struct wasi *w, const union core_raw *a)
{
	uint32_t bad = put_u32(w, a[0].i32, a[1].i32);
	return bad ? bad : put(w, a[1].i32, program, sizeof program);
}

static uint32_t
environ_sizes_get(struct wasi *w, const union core_raw *a)
{
	uint32_t bad = put_u32(w, a[0].i32, 0);
	return bad ? bad : put_u32(w, a[1].i32, 0);
}

static uint32_t
succeed(struct wasi *w, const union core_raw *a)
{
	(void)w, (void)a;
	return SUCCESS;
}

/* ---- the clock, random numbers ---- */

static uint32_t
clock_time_get(struct wasi *w, const union core_raw *a)
{
	w->now += CLOCK_STEP;
	return a[0].i32 < NCLOCKS ? put_u64(w, a[2].i32, w->now) : EINVAL;
}

static uint32_t
clock_res_get(struct wasi *w, const union core_raw *a)
{
	return a[0].i32 < NCLOCKS ? put_u64(w, a[1].i32, CLOCK_STEP) : EINVAL;
}

/* A step of splitmix64. */
static uint64_t
next_random(struct wasi *w)
{
	uint64_t z = w->random += UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

static uint32_t
random_get(struct wasi *w, const union core_raw *a)
{
	uint8_t *p = range(w, a[0].i32, a[1].i32);
	if (!p)
		return EFAULT;
	budget_spend(a[1].i32);
	for (uint32_t i = 0; i < a[1].i32; i++)
		p[i] = (uint8_t)next_random(w);
	return SUCCESS;
}

/* ---- waiting: a subscription has 48 bytes, an event 32 ---- */

enum { SUBSCRIPTION = 48, EVENT = 32, IS_CLOCK = 0, IS_ABSOLUTE = 1 };

/* When a subscription is due: one to a file descriptor is at once. */
static uint64_t
due(const struct wasi *w, const uint8_t *s)
{
	uint64_t timeout = get(s + 24, 8);
	if (s[8] != IS_CLOCK)
		return w->now;
	if (get(s + 40, 2) & IS_ABSOLUTE)
		return timeout;
	return timeout > UINT64_MAX - w->now ? UINT64_MAX : w->now + timeout;
}

static uint32_t
poll_oneoff(struct wasi *w, const union core_raw *a)
{
	uint64_t n = a[2].i32, until = UINT64_MAX, start = w->now;
	const uint8_t *in = range(w, a[0].i32, n * SUBSCRIPTION);
	uint8_t *out = range(w, a[1].i32, n * EVENT);
	uint32_t count = 0;
	if (!n)
		return EINVAL;
	if (!in || !out)
		return EFAULT;
	budget_spend(n);
	for (uint64_t i = 0; i < n; i++)
		until = due(w, in + i * SUBSCRIPTION) < until ? due(w, in + i * SUBSCRIPTION)
							      : until;
	for (uint64_t i = 0; i < n; i++) {
		const uint8_t *s = in + i * SUBSCRIPTION;
		uint8_t event[EVENT] = {0};
		if (due(w, s) > until)
			continue;
		memcpy(event, s, 8);
		event[10] = s[8];
		memmove(out + count++ * EVENT, event, EVENT);
	}
	w->now = until > start ? until : start;
	return put_u32(w, a[3].i32, count);
}

/* ---- file descriptors: the three standard streams ---- */

static uint32_t
of_stream(struct wasi *w, const union core_raw *a)
{
	(void)w;
	return a[0].i32 < 3 ? SUCCESS : EBADF;
}

static uint32_t
bad_descriptor(struct wasi *w, const union core_raw *a)
{
	(void)w, (void)a;
	return EBADF;
}

static uint32_t
fd_seek(struct wasi *w, const union core_raw *a)
{
	(void)w;
	return a[0].i32 < 3 ? ESPIPE : EBADF;
}

/* The kind of file, its flags, and what may be done with it: all. */
static uint32_t
fd_fdstat_get(struct wasi *w, const union core_raw *a)
{
	uint8_t stat[24] = {CHARACTER_DEVICE};
	memset(stat + 8, 0xff, 16);
	return a[0].i32 < 3 ? put(w, a[1].i32, stat, sizeof stat) : EBADF;
}

static uint32_t
fd_read(struct wasi *w, const union core_raw *a)
{
	return a[0].i32 == 0 ? put_u32(w, a[3].i32, 0) : EBADF;
}

/* Pairs of a pointer and a size. All of them are looked at before anything is written. */
static uint32_t
fd_write(struct wasi *w, const union core_raw *a)
{
	uint64_t n = a[2].i32, total = 0;
	const uint8_t *vecs = range(w, a[1].i32, n * 8);
	if (a[0].i32 != 1 && a[0].i32 != 2)
		return EBADF;
	if (!vecs || !range(w, a[3].i32, 4))
		return EFAULT;
	for (uint64_t i = 0; i < n; i++) {
		total += get(vecs + i * 8 + 4, 4);
		if (!range(w, get(vecs + i * 8, 4), get(vecs + i * 8 + 4, 4)))
			return EFAULT;
	}
	if (total > UINT32_MAX)
		return EINVAL;
	budget_spend(n + total);
	for (uint64_t i = 0; i < n; i++) {
		uint64_t size = get(vecs + i * 8 + 4, 4);
		fwrite(range(w, get(vecs + i * 8, 4), size), 1, size, w->streams[a[0].i32]);
	}
	return put_u32(w, a[3].i32, (uint32_t)total);
}

static uint32_t
proc_exit(struct wasi *w, const union core_raw *a)
{
	w->is_done = a[0].i32 == 0;
	raise_error(ERR_TRAP, NO_LOC, "exit", "the program ended itself with status %u", a[0].i32);
}

/* ---- the table ---- */

/* Parameters: i is i32, l is i64. The result is an error number, but of proc_exit, which has none. */
static const struct function {
	const char *name, *params;
	uint32_t (*fn)(struct wasi *w, const union core_raw *args);
} functions[] = {
	{"args_get", "ii", args_get},
	{"args_sizes_get", "ii", args_sizes_get},
	{"clock_res_get", "ii", clock_res_get},
	{"clock_time_get", "ili", clock_time_get},
	{"environ_get", "ii", succeed},
	{"environ_sizes_get", "ii", environ_sizes_get},
	{"fd_close", "i", of_stream},
	{"fd_fdstat_get", "ii", fd_fdstat_get},
	{"fd_fdstat_set_flags", "ii", of_stream},
	{"fd_prestat_dir_name", "iii", bad_descriptor},
	{"fd_prestat_get", "ii", bad_descriptor},
	{"fd_read", "iiii", fd_read},
	{"fd_seek", "ilii", fd_seek},
	{"fd_write", "iiii", fd_write},
	{"poll_oneoff", "iiii", poll_oneoff},
	{"proc_exit", "i", proc_exit},
	{"random_get", "ii", random_get},
	{"sched_yield", "", succeed},
};

/* A function with whom it is called for. */
struct bound {
	struct wasi *wasi;
	const struct function *function;
};

static void
call(void *env, const union core_raw *args, union core_raw *results)
{
	const struct bound *b = env;
	budget_spend(1);
	results[0].i32 = b->function->fn(b->wasi, args);
}

struct wasi *
wasi_new(struct core_store *s, uint64_t seed, FILE *out, FILE *err)
{
	struct wasi *w = arena_new_of(s->arena, struct wasi);
	*w = (struct wasi){.store = s, .streams = {NULL, out, err}, .random = seed};
	return w;
}

bool
wasi_find(struct wasi *w, struct str module, struct str name, struct core_extern *out)
{
	struct core_valtype params[4], result = CORE_I32;
	struct core_functype type = {.params = params, .results = &result, .nresults = 1};
	if (!str_is(module, "wasi_snapshot_preview1"))
		return false;
	for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
		const struct function *f = &functions[i];
		if (!str_is(name, f->name))
			continue;
		struct bound *b = arena_new_of(w->store->arena, struct bound);
		*b = (struct bound){w, f};
		for (const char *p = f->params; *p; p++)
			params[type.nparams++] = *p == 'l' ? CORE_I64 : CORE_I32;
		type.nresults = f->fn != proc_exit;
		out->sort = CORE_SORT_FUNC;
		out->func = core_host_func(w->store, &type, call, b);
		return true;
	}
	return false;
}

void
wasi_attach(struct wasi *w, const struct core_instance *inst)
{
	struct core_extern x;
	if (core_instance_export(inst, STR("memory"), &x) && x.sort == CORE_SORT_MEMORY)
		w->memory = x.memory;
}

bool
wasi_is_done(const struct wasi *w)
{
	return w->is_done;
}
