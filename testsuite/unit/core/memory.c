/* memory.c - tests of core/memory and core/table: growing, limits, and bulk access. */
#include <stdlib.h>

#include "core/instance.h"
#include "module.h"

static struct world w;
static struct core_memory *mem;
static struct core_table *table;

static struct core_memtype
pages(uint64_t min, uint64_t max)
{
	return (struct core_memtype){{.min = min, .max = max, .has_max = max != 0}};
}

static struct core_tabletype
entries(uint64_t min, uint64_t max)
{
	return (struct core_tabletype){
		.limits = {.min = min, .max = max, .has_max = max != 0}, .elem = CORE_FUNCREF};
}

START_TEST(memory_grow)
{
	world_new(&w);
	mem = core_memory_new(w.store, pages(1, 3));
	mem->bytes.data[65535] = 7;
	ck_assert_uint_eq(core_memory_grow(mem, 0), 1);
	ck_assert_uint_eq(core_memory_grow(mem, 3), UINT64_MAX);
	ck_assert_uint_eq(core_memory_grow(mem, UINT32_MAX), UINT64_MAX);
	ck_assert_uint_eq(core_memory_grow(mem, UINT64_MAX), UINT64_MAX);
	ck_assert_uint_eq(core_memory_grow(mem, 2), 1);
	ck_assert_uint_eq(mem->bytes.len, 3 * 65536);
	ck_assert_uint_eq(mem->bytes.data[65535], 7);
	ck_assert_uint_eq(mem->bytes.data[65536], 0);
	ck_assert_uint_eq(mem->bytes.data[3 * 65536 - 1], 0);
	mem = core_memory_new(w.store, pages(0, 0));
	ck_assert_uint_eq(mem->bytes.len, 0);
	ck_assert_uint_eq(core_memory_grow(mem, 1), 0);
	world_free(&w);
}
END_TEST

static void
new_memory(void *env)
{
	core_memory_new(w.store, *(struct core_memtype *)env);
}

static void
new_table(void *env)
{
	core_table_new(w.store, *(struct core_tabletype *)env);
}

/* The cap is for all memories and tables of a store together. */
START_TEST(cap)
{
	uint64_t before = core_memory_cap;
	struct core_memtype large = pages(8, 0);
	struct core_tabletype many = entries(65536, 0);
	core_memory_cap = 10 * 65536;
	world_new(&w);
	mem = core_memory_new(w.store, pages(6, 0));
	ck_assert_uint_eq(core_memory_grow(mem, 5), UINT64_MAX);
	ck_assert(!protect(new_memory, &large, &w.err));
	ck_assert_int_eq(w.err.kind, ERR_EXHAUSTED);
	ck_assert_str_eq(w.err.reason, "linear-memory-limit");
	ck_assert(!protect(new_table, &many, &w.err));
	ck_assert_int_eq(w.err.kind, ERR_EXHAUSTED);
	ck_assert_str_eq(w.err.reason, "table-limit");
	ck_assert_uint_eq(core_memory_grow(mem, 4), 6);
	table = core_table_new(w.store, entries(0, 0));
	ck_assert_uint_eq(core_table_grow(table, (union core_raw){0}, 1), UINT64_MAX);
	world_free(&w);
	core_memory_cap = before;
}
END_TEST

struct bulk {
	enum { FILL, COPY, INIT, TABLE_FILL, TABLE_COPY, TABLE_INIT } what;
	uint64_t at, from, n;
};

static union core_raw some_refs[3] = {{.i64 = 1}, {.i64 = 2}, {.i64 = 3}};

static void
run_bulk(void *env)
{
	static const struct core_data data = {(const uint8_t *)"abc", 3};
	static const struct core_elem elem = {some_refs, 3};
	const struct bulk *b = env;
	switch (b->what) {
	case FILL: core_memory_fill(mem, b->at, (uint8_t)b->from, b->n); break;
	case COPY: core_memory_copy(mem, b->at, mem, b->from, b->n); break;
	case INIT: core_memory_init(mem, b->at, &data, b->from, b->n); break;
	case TABLE_FILL: core_table_fill(table, b->at, some_refs[0], b->n); break;
	case TABLE_COPY: core_table_copy(table, b->at, table, b->from, b->n); break;
	case TABLE_INIT: core_table_init(table, b->at, &elem, b->from, b->n); break;
	}
}

static const char *
bulk(struct bulk b)
{
	return protect(run_bulk, &b, &w.err) ? "none" : w.err.reason;
}

#define ck_bulk(reason, ...) ck_assert_str_eq(bulk((struct bulk){__VA_ARGS__}), reason)
#define ck_bytes(at, text)   ck_assert(!memcmp(mem->bytes.data + (at), text, sizeof(text) - 1))

struct access {
	union core_raw address;
	uint64_t offset;
	unsigned size;
};

static void
access_one(void *env)
{
	const struct access *x = env;
	ck_assert_ptr_nonnull(core_memory_at(mem, x->address, x->offset, x->size));
}

static bool
accessible(uint64_t address, uint64_t offset, unsigned size)
{
	struct access x = {{.i64 = address}, offset, size};
	return protect(access_one, &x, &w.err);
}

/* What an i32 memory is addressed with has no high half; i64 addresses do not wrap. */
START_TEST(memory_at)
{
	const uint64_t wild = UINT64_C(0xbadbadba) << 32;
	world_new(&w);
	mem = core_memory_new(w.store, pages(1, 0));
	ck_assert(accessible(wild | 65532, 0, 4));
	ck_assert(!accessible(wild | 65533, 0, 4));
	ck_assert(!accessible(UINT32_MAX, UINT32_MAX, 1));
	mem->type.limits.is_64 = true;
	ck_assert(accessible(0, 65532, 4));
	ck_assert(!accessible(wild, 0, 1));
	ck_assert_str_eq(w.err.reason, "out-of-bounds-memory-access");
	ck_assert(!accessible(UINT64_MAX, 1, 1));
	ck_assert(!accessible(1, UINT64_MAX, 1));
	ck_assert(!accessible(UINT64_MAX, 2, 1));
	ck_assert(!accessible(UINT64_MAX - 1, 0, 8));
	world_free(&w);
}
END_TEST

/* 2^48 pages may be declared, and are more than a store may have. */
START_TEST(memory_64)
{
	struct core_memtype type = {{.min = UINT64_C(1) << 48, .is_64 = true}};
	struct core_tabletype many = {
		.limits = {.min = UINT64_MAX, .is_64 = true}, .elem = CORE_FUNCREF};
	world_new(&w);
	ck_assert(!protect(new_memory, &type, &w.err));
	ck_assert_str_eq(w.err.reason, "linear-memory-limit");
	ck_assert(!protect(new_table, &many, &w.err));
	ck_assert_str_eq(w.err.reason, "table-limit");
	type.limits.min = 0;
	mem = core_memory_new(w.store, type);
	ck_assert_uint_eq(core_memory_grow(mem, UINT64_C(1) << 48), UINT64_MAX);
	ck_assert_uint_eq(core_memory_grow(mem, 2), 0);
	ck_assert_uint_eq(core_memory_grow(mem, UINT64_MAX), UINT64_MAX);
	ck_assert_uint_eq(core_memory_grow(mem, UINT64_C(1) << 48), UINT64_MAX);
	ck_assert_uint_eq(mem->bytes.len, 2 * 65536);
	world_free(&w);
}
END_TEST

START_TEST(memory_bulk)
{
	static const char oob[] = "out-of-bounds-memory-access";
	world_new(&w);
	mem = core_memory_new(w.store, pages(1, 0));
	ck_bulk("none", INIT, 0, 0, 3);
	ck_bulk("none", INIT, 4, 1, 2);
	ck_bytes(0, "abc\0bc");
	ck_bulk("none", COPY, 1, 0, 3);
	ck_bytes(0, "aabcbc");
	ck_bulk("none", COPY, 0, 2, 3);
	ck_bytes(0, "bcbcbc");
	ck_bulk("none", FILL, 65534, 0x178, 2);
	ck_bytes(65534, "xx");
	ck_bulk("none", FILL, 65536, 0, 0);
	ck_bulk(oob, FILL, 65537, 0, 0);
	ck_bulk(oob, FILL, 65534, 'y', 3);
	ck_bytes(65534, "xx");
	ck_bulk(oob, FILL, 1, 0, UINT32_MAX);
	ck_bulk(oob, FILL, 1, 0, UINT64_MAX);
	ck_bulk(oob, FILL, UINT64_MAX, 0, 1);
	ck_bulk(oob, COPY, 0, UINT64_MAX - 1, 2);
	ck_bulk(oob, INIT, 0, UINT64_MAX, 1);
	ck_bulk(oob, COPY, 0, 65535, 2);
	ck_bulk(oob, COPY, 65535, 0, 2);
	ck_bulk(oob, INIT, 0, 2, 2);
	ck_bulk(oob, INIT, 65535, 0, 2);
	ck_bulk("none", INIT, 65536, 3, 0);
	ck_bytes(0, "bcbcbc");
	world_free(&w);
}
END_TEST

static uint64_t
entry(uint32_t i)
{
	return core_table_get(table, i).i64;
}

START_TEST(table_bulk)
{
	static const char oob[] = "out-of-bounds-table-access";
	world_new(&w);
	table = core_table_new(w.store, entries(4, 6));
	ck_bulk("none", TABLE_INIT, 1, 0, 3);
	ck_bulk("none", TABLE_COPY, 0, 1, 3);
	ck_assert_uint_eq(entry(0), 1);
	ck_assert_uint_eq(entry(2), 3);
	ck_assert_uint_eq(entry(3), 3);
	ck_bulk("none", TABLE_FILL, 2, 0, 2);
	ck_assert_uint_eq(entry(3), 1);
	ck_bulk(oob, TABLE_FILL, 3, 0, 2);
	ck_bulk(oob, TABLE_INIT, 2, 0, 3);
	ck_bulk(oob, TABLE_INIT, 0, 1, 3);
	ck_bulk(oob, TABLE_COPY, 0, 2, 3);
	ck_bulk(oob, TABLE_COPY, 2, 0, 3);
	ck_bulk(oob, TABLE_COPY, 5, 0, 0);
	ck_bulk(oob, TABLE_FILL, 1, 0, UINT64_MAX);
	ck_bulk(oob, TABLE_COPY, 0, UINT64_MAX, 1);
	ck_bulk(oob, TABLE_INIT, 0, UINT64_MAX, 1);
	ck_assert_uint_eq(entry(0), 1);
	ck_assert_uint_eq(core_table_grow(table, some_refs[1], 3), UINT64_MAX);
	ck_assert_uint_eq(core_table_grow(table, some_refs[1], 2), 4);
	ck_assert_uint_eq(entry(5), 2);
	ck_assert_uint_eq(table->len, 6);
	world_free(&w);
}
END_TEST

static void
get_entry(void *env)
{
	core_table_get(table, *(uint32_t *)env);
}

static void
set_entry(void *env)
{
	core_table_set(table, *(uint32_t *)env, some_refs[0]);
}

START_TEST(table_access)
{
	uint32_t inside = 1, outside = 2;
	world_new(&w);
	table = core_table_new(w.store, entries(2, 0));
	ck_assert(protect(set_entry, &inside, &w.err));
	ck_assert_uint_eq(entry(1), 1);
	ck_assert(!protect(set_entry, &outside, &w.err));
	ck_assert_str_eq(w.err.reason, "out-of-bounds-table-access");
	ck_assert(!protect(get_entry, &outside, &w.err));
	ck_assert_str_eq(w.err.reason, "out-of-bounds-table-access");
	world_free(&w);
}
END_TEST

UNIT_MAIN("memory", memory_grow, cap, memory_at, memory_64, memory_bulk, table_bulk, table_access)
