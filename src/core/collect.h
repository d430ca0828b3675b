/* collect.h - the objects of a store: structs, arrays and exceptions, which are made here, and go
 * when nothing can reach them any more. The collector stops the world, marks and sweeps, and moves
 * nothing. It runs only where an object is made and so many bytes were made since it last ran as
 * lived then (32 MiB at least); nowhere else does C code have to expect it.
 *
 * References to objects that live can be
 *   - in the live part of the stacks in use (exec_stack.h), of whatever fiber. Slots have no types
 *     there: one that holds the address of an object keeps it, be it a number or left over. The
 *     operands of the instruction that makes an object are the end of its stack; whatever is above
 *     does not matter;
 *   - in the operands of a constant expression (core_store.constants);
 *   - in globals, tables and element segments: of all instances of the store, and those of none;
 *   - in other objects.
 * By type in the latter two. Nothing else keeps an object: C code that gets a reference (from
 * core_call, as an argument of a host function) has it until the function returns or calls into
 * the store again. Whoever keeps one for longer puts it into a global (core_global_new). */
#ifndef CANON_CORE_COLLECT_H
#define CANON_CORE_COLLECT_H

#include "core/gc.h"

/* How many bytes the objects of one store that live may take together, each with a head of 16
 * bytes: 1 GiB unless set, and less than 4. More raises ERR_EXHAUSTED ("object-limit"). */
extern uint64_t core_object_cap;

/* All that were made and not released: those that are found to live come first while the collector
 * runs. */
struct core_objects {
	struct core_object **all;
	uint32_t len, room;
	uint64_t bytes; /* of all of them, with their heads */
	uint64_t due;   /* when there are more, the collector runs */
};

/* None, in the store's arena; they are released with it. */
struct core_objects *core_objects_new(struct arena *store);

/* A zeroed object. What lies below `top` on the stack or among the constants that it belongs to
 * lives; null for neither. Raises ERR_EXHAUSTED ("object-limit", "memory-limit"). */
struct core_object *core_object_new(struct core_store *s, const union core_raw *top,
	uint32_t type_id, uint32_t len, uint64_t bytes);

#endif
