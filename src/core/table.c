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
	t->next = s->tables;
	s->tables = t;
	if (core_table_grow(t, (union core_raw){0}, type.limits.min) != 0)
		raise_error(ERR_EXHAUSTED, NO_LOC, "table-limit",
			"table limit: %llu entries are more than a store may have",
			(unsigned long long)type.limits.min);
	return t;
}

/* No table has more than 2^32-1 entries, whatever its address type. */
uint64_t
core_table_grow(struct core_table *t, union core_raw init, uint64_t n)
{
	uint32_t old = t->len;
	uint64_t left = core_memory_cap > t->store->bytes ? core_memory_cap - t->store->bytes : 0;
	if (n > UINT32_MAX - old || n > left / sizeof init)
		return UINT64_MAX;
	if (t->type.limits.has_max && n > t->type.limits.max - old)
		return UINT64_MAX;
	if (n == 0)
		return old;
	union core_raw *p = realloc(t->elems, (old + n) * sizeof *p);
	if (!p)
		return UINT64_MAX;
	t->elems = p;
	t->len = (uint32_t)(old + n);
	t->store->bytes += n * sizeof init;
	for (uint32_t i = old; i < t->len; i++)
		p[i] = init;
	return old;
}

static void
need_range(const struct core_table *t, uint64_t at, uint64_t n)
{
	if (at > t->len || n > t->len - at)
		trap_out_of_bounds_table();
}

union core_raw
core_table_get(const struct core_table *t, uint64_t at)
{
	need_range(t, at, 1);
	return t->elems[at];
}

void
core_table_set(struct core_table *t, uint64_t at, union core_raw value)
{
	need_range(t, at, 1);
	t->elems[at] = value;
}

void
core_table_fill(struct core_table *t, uint64_t at, union core_raw value, uint64_t n)
{
	need_range(t, at, n);
	for (uint64_t i = 0; i < n; i++)
		t->elems[at + i] = value;
}

void
core_table_copy(struct core_table *to, uint64_t at, const struct core_table *from, uint64_t from_at,
	uint64_t n)
{
	need_range(from, from_at, n);
	need_range(to, at, n);
	if (n)
		memmove(to->elems + at, from->elems + from_at, n * sizeof *to->elems);
}

void
core_table_init(
	struct core_table *t, uint64_t at, const struct core_elem *e, uint64_t from, uint64_t n)
{
	need_range(t, at, n);
	if (from > e->len || n > e->len - from)
		trap_out_of_bounds_table();
	if (n)
		memcpy(t->elems + at, e->refs + from, n * sizeof *e->refs);
}
