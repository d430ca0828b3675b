/* instance.h - what exists at run time: core specification, "Execution", "Runtime Structure",
 * with the allocation of each kind of thing and access to exports. instantiate.h makes
 * instances out of modules.
 *
 * Everything belongs to a store and lives until the store's arena is freed, but for objects, which
 * are collected (collect.h); linear memories and tables are malloc'd and released with it. Nothing is
 * shared between stores. */
#ifndef CANON_CORE_INSTANCE_H
#define CANON_CORE_INSTANCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/attr.h"
#include "base/bytes.h"
#include "base/str.h"
#include "base/vec.h"
#include "core/ast.h"

struct core_code;
struct core_func;
struct core_instance;
struct core_objects;
struct exec_pool;
struct reserve;

/* A value without its type, or half of a v128, whose low half comes first. Floats are their bits,
 * in i32 and i64; of a 32-bit value only the low half means anything. A null reference is NULL;
 * gc.h says what the others are. */
union core_raw {
	uint32_t i32;
	uint64_t i64;
	void *ref;
};

struct core_store {
	struct arena *arena;
	struct exec_pool *exec; /* the stacks of running code */
	struct core_types *types;
	uint64_t bytes; /* of all linear memories and tables */
	/* for collect.h; lists of all by their `next`, and the operands of the constant expression
	 * that is evaluated: */
	struct core_objects *objects;
	struct core_global *globals;
	struct core_table *tables;
	struct core_instance *instances;
	const union core_raw *constants;
};

struct core_store *core_store_new(struct arena *a);

/* How many bytes the memories and tables of one store may take together: 1 GiB unless set.
 * More makes memory.grow and table.grow fail, and instantiation raise ERR_EXHAUSTED
 * ("linear-memory-limit", "table-limit"). */
extern uint64_t core_memory_cap;

/* Whether memory.grow and table.grow may fail though there is room, as the specification lets them:
 * then whether they do is chosen each time. False unless set. */
extern bool core_growth_may_fail;

/* The number in the store's types of a function type that is defined alone; and the function type
 * of a number, null where the type is another one. */
uint32_t core_store_type_id(struct core_store *s, const struct core_functype *type);
const struct core_functype *core_store_functype(const struct core_store *s, uint32_t id);

/* A host function gets as many slots as its type's parameters take, and fills as many as its
 * results take; the two do not overlap. It may raise, call back in, and suspend the fiber. */
typedef void core_host_fn(void *env, const union core_raw *args, union core_raw *results);

struct core_func {
	uint32_t type_id;                 /* in the store's types */
	const struct core_functype *type; /* what it stands for */
	uint32_t nparams, nresults;       /* in slots */
	struct core_instance *inst;       /* null for a host function */
	const struct core_code *code;     /* null for a host function */
	core_host_fn *host;
	void *env;
};

struct core_table {
	struct core_tabletype type; /* with the store's number for a type index */
	union core_raw *elems;
	uint32_t len;
	struct core_store *store;
	struct core_table *next;
};

struct core_memory {
	struct bytes bytes;
	struct reserve *reserve; /* whose address space it is; or null */
	struct core_memtype type;
	struct core_store *store;
};

struct core_global {
	struct core_globaltype type; /* likewise */
	union core_raw value[CORE_VALUE_SLOTS];
	struct core_global *next;
};

/* Its identity is its address. */
struct core_tag {
	uint32_t type_id;                 /* in the store's types */
	const struct core_functype *type; /* what it stands for; without results */
	uint32_t nparams;                 /* in slots */
};

/* Segments; dropped means length 0. */
struct core_elem {
	union core_raw *refs;
	uint32_t len;
};

struct core_data {
	const uint8_t *bytes;
	uint32_t len;
};

struct core_extern {
	enum core_sort sort;
	union {
		struct core_func *func;
		struct core_table *table;
		struct core_memory *memory;
		struct core_global *global;
		struct core_tag *tag;
	};
};

struct core_instance {
	struct core_store *store;
	const struct core_module *module;
	uint32_t *type_ids; /* by type index: its number in the store's types */
	struct core_func **funcs;
	struct core_table **tables;
	struct core_memory **memories;
	struct core_global **globals;
	struct core_tag **tags;
	struct core_elem *elems;
	struct core_data *datas;
	struct strmap exports; /* by name: index in the module's; empty where there are few */
	struct core_instance *next;
};

/* Appends what it is, for messages: "func (param i32)", "memory 1 5", "global (mut i32)". A type index is
 * the number in the store. */
void core_extern_print(struct strbuf *out, const struct core_extern *x);

/* False when there is no export of this name. */
bool
core_instance_export(const struct core_instance *inst, struct str name, struct core_extern *out);

/* A function of a type that has a number in the store: neither a host's nor an instance's yet. */
struct core_func *core_func_new(struct core_store *s, uint32_t type_id);

/* Allocation. Types are copied; memories are zeroed, tables null; of `value` as many slots are
 * read as the type takes. */
struct core_func *
core_host_func(struct core_store *s, const struct core_functype *type, core_host_fn *fn, void *env);
struct core_table *core_table_new(struct core_store *s, struct core_tabletype type);
struct core_memory *core_memory_new(struct core_store *s, struct core_memtype type);
struct core_global *
core_global_new(struct core_store *s, struct core_globaltype type, const union core_raw *value);

/* memory.c. Growing: the old size in pages, or UINT64_MAX, whose low half is what i32 has for it.
 * The rest traps with "out-of-bounds-memory-access" before it changes anything. */
uint64_t core_memory_grow(struct core_memory *m, uint64_t pages);
void core_memory_fill(struct core_memory *m, uint64_t at, uint8_t byte, uint64_t n);
void core_memory_copy(struct core_memory *to, uint64_t at, const struct core_memory *from,
	uint64_t from_at, uint64_t n);
void core_memory_init(
	struct core_memory *m, uint64_t at, const struct core_data *d, uint64_t from, uint64_t n);
NORETURN void trap_out_of_bounds_memory(void);

/* table.c. Likewise, with entries and "out-of-bounds-table-access". */
uint64_t core_table_grow(struct core_table *t, union core_raw init, uint64_t n);
union core_raw core_table_get(const struct core_table *t, uint64_t at);
void core_table_set(struct core_table *t, uint64_t at, union core_raw value);
void core_table_fill(struct core_table *t, uint64_t at, union core_raw value, uint64_t n);
void core_table_copy(struct core_table *to, uint64_t at, const struct core_table *from,
	uint64_t from_at, uint64_t n);
void core_table_init(
	struct core_table *t, uint64_t at, const struct core_elem *e, uint64_t from, uint64_t n);

/* An address, size or count as an operand of the address type. */
static inline uint64_t
core_address(const struct core_limits *l, union core_raw operand)
{
	return l->is_64 ? operand.i64 : operand.i32;
}

/* The `size` bytes that an access with this address operand means; traps where they are not all in
 * the memory. */
static ALWAYS_INLINE uint8_t *
core_memory_at(const struct core_memory *m, union core_raw operand, uint64_t offset, unsigned size)
{
	uint64_t at = offset + core_address(&m->type.limits, operand);
	if (unlikely(at < offset || m->bytes.len < size || at > m->bytes.len - size))
		trap_out_of_bounds_memory();
	return m->bytes.data + at;
}

#endif
