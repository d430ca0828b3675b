/* table.c - tables: core specification, "Execution", "Table Instances". */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "core/instance.h"

NORETURN static void
trap_out_of_bounds_table(void)
{
	raise_error(ERR_TRAP, NO_LOC, "out-of-bounds-table-access", "out of bounds table access");
}

static void
release_table(void *env)
{
	struct core_table *t = env;
	free(t->elems);
}

struct core_table *
core_table_new(struct core_store *s, struct core_tabletype type)
{
	struct core_table *t = arena_new_of(s->arena, struct core_table);
	arena_defer(s->arena, release_table, t);
	t->type = type;
	t->store = s;
	if (type.limits.min > UINT32_MAX ||
		core_table_grow(t, (union core_raw){0}, (uint32_t)type.limits.min) != 0)
		raise_error(ERR_EXHAUSTED, NO_LOC, "table-limit",
			"table limit: %llu entries are more than a store may have",
			(unsigned long long)type.limits.min);
	return t;
}

uint32_t
core_table_grow(struct core_table *t, union core_raw init, uint32_t n)
{
	uint32_t old = t->len;
	uint64_t now = (uint64_t)old + n, bytes = (uint64_t)n * sizeof init;
	uint64_t max = t->type.limits.has_max ? t->type.limits.max : UINT32_MAX;
	uint64_t left = core_memory_cap > t->store->bytes ? core_memory_cap - t->store->bytes : 0;
	if (now > max || now > UINT32_MAX || bytes > left)
		return UINT32_MAX;
	if (n == 0)
		return old;
	union core_raw *p = realloc(t->elems, now * sizeof *p);
	if (!p)
		return UINT32_MAX;
	t->elems = p;
	t->len = (uint32_t)now;
	t->store->bytes += bytes;
	for (uint64_t i = old; i < now; i++)
		p[i] = init;
	return old;
}

static void
need_range(const struct core_table *t, uint32_t at, uint32_t n)
{
	if ((uint64_t)at + n > t->len)
		trap_out_of_bounds_table();
}

union core_raw
core_table_get(const struct core_table *t, uint32_t at)
{
	need_range(t, at, 1);
	return t->elems[at];
}

void
core_table_set(struct core_table *t, uint32_t at, union core_raw value)
{
	need_range(t, at, 1);
	t->elems[at] = value;
}

void
core_table_fill(struct core_table *t, uint32_t at, union core_raw value, uint32_t n)
{
	need_range(t, at, n);
	for (uint32_t i = 0; i < n; i++)
		t->elems[at + i] = value;
}

void
core_table_copy(struct core_table *to, uint32_t at, const struct core_table *from, uint32_t from_at,
	uint32_t n)
{
	need_range(from, from_at, n);
	need_range(to, at, n);
	if (n)
		memmove(to->elems + at, from->elems + from_at, n * sizeof *to->elems);
}

void
core_table_init(
	struct core_table *t, uint32_t at, const struct core_elem *e, uint32_t from, uint32_t n)
{
	need_range(t, at, n);
	if ((uint64_t)from + n > e->len)
		trap_out_of_bounds_table();
	if (n)
		memcpy(t->elems + at, e->refs + from, n * sizeof *e->refs);
}
