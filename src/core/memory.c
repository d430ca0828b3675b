/* memory.c - linear memories: core specification, "Execution", "Memory Instances". Those with
 * 32-bit addresses are reserved address space where there is such a thing (engine.h), all others
 * malloc'd, since they grow; all count towards the cap of their store. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/reserve.h"
#include "core/engine.h"
#include "core/instance.h"

/* What an address and an offset of 32 bits can reach, and a page more. */
#define REACH (((size_t)1 << 33) + CORE_PAGE)

uint64_t core_memory_cap = UINT64_C(1) << 30;
bool core_growth_may_fail;

NORETURN void
trap_out_of_bounds_memory(void)
{
	raise_error(ERR_TRAP, NO_LOC, "out-of-bounds-memory-access", "out of bounds memory access");
}

static void
release_memory(void *env)
{
	struct core_memory *m = env;
	if (m->reserve)
		reserve_free(m->reserve);
	else
		free(m->bytes.data);
}

static void
raise_out_of_bounds(void)
{
	trap_out_of_bounds_memory();
}

static void
reserve(struct core_memory *m)
{
	m->reserve = reserve_new(REACH, raise_out_of_bounds);
	if (!m->reserve)
		raise_error(ERR_EXHAUSTED, NO_LOC, "linear-memory-limit",
			"linear memory limit: no address space for one more");
	m->bytes.data = reserve_base(m->reserve);
}

struct core_memory *
core_memory_new(struct core_store *s, struct core_memtype type)
{
	struct core_memory *m = arena_new_of(s->arena, struct core_memory);
	arena_defer(s->arena, release_memory, m);
	m->type = type;
	m->store = s;
	if (core_engine.reserved && !type.limits.is_64)
		reserve(m);
	if (core_memory_grow(m, 0) != 0 || core_memory_grow(m, type.limits.min) != 0)
		raise_error(ERR_EXHAUSTED, NO_LOC, "linear-memory-limit",
			"linear memory limit: %llu pages are more than a store may have",
			(unsigned long long)type.limits.min);
	return m;
}

/* More room for data, zeroed; false when there is none. What calloc gives is zeroed when it is
 * touched, so a large memory that a guest leaves alone takes no time. */
static bool
resize(struct core_memory *m, uint64_t len)
{
	uint64_t old = m->bytes.len;
	if (m->reserve) {
		if (!reserve_use(m->reserve, len))
			return false;
		m->bytes.len = len;
		m->store->bytes += len - old;
		return true;
	}
	uint8_t *p = old ? realloc(m->bytes.data, len) : calloc(len + !len, 1);
	if (!p)
		return false;
	if (old)
		memset(p + old, 0, len - old);
	else
		free(m->bytes.data);
	m->bytes = (struct bytes){p, len};
	m->store->bytes += len - old;
	return true;
}

uint64_t
core_memory_grow(struct core_memory *m, uint64_t pages)
{
	uint64_t old = m->bytes.len / CORE_PAGE;
	uint64_t most = m->type.limits.is_64 ? UINT64_C(1) << 48 : UINT64_C(1) << 16;
	uint64_t max = m->type.limits.has_max ? m->type.limits.max : most;
	uint64_t left = core_memory_cap > m->store->bytes ? core_memory_cap - m->store->bytes : 0;
	if (pages > max - old || pages > left / CORE_PAGE)
		return UINT64_MAX;
	if ((pages || !m->bytes.data) && !resize(m, (old + pages) * CORE_PAGE))
		return UINT64_MAX;
	return old;
}

static uint8_t *
range(const struct core_memory *m, uint64_t at, uint64_t n)
{
	if (at > m->bytes.len || n > m->bytes.len - at)
		trap_out_of_bounds_memory();
	return m->bytes.data + at;
}

void
core_memory_fill(struct core_memory *m, uint64_t at, uint8_t byte, uint64_t n)
{
	memset(range(m, at, n), byte, n);
}

void
core_memory_copy(struct core_memory *to, uint64_t at, const struct core_memory *from,
	uint64_t from_at, uint64_t n)
{
	const uint8_t *source = range(from, from_at, n);
	memmove(range(to, at, n), source, n);
}

void
core_memory_init(
	struct core_memory *m, uint64_t at, const struct core_data *d, uint64_t from, uint64_t n)
{
	uint8_t *target = range(m, at, n);
	if (from > d->len || n > d->len - from)
		trap_out_of_bounds_memory();
	if (n)
		memcpy(target, d->bytes + from, n);
}
