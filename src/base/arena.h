/* arena.h - memory that is released all at once.
 *
 * There is no free of a single object. An arena belongs to a script, a store or a call.
 * Under AddressSanitizer each object is a malloc of its own. */
#ifndef CANON_BASE_ARENA_H
#define CANON_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"

struct arena;

/* A new arena. It raises ERR_EXHAUSTED ("memory-limit") when more than `limit` bytes are
 * asked of it in all; 0 means the default of 2 GiB. Free with arena_free. */
struct arena *arena_new(uint64_t limit);

/* An arena inside another one, with the default limit of its own: for what may go earlier. It
 * goes with its parent, unless it is freed before. */
struct arena *arena_child(struct arena *parent);

/* Frees the children, runs the deferred functions, last first, then releases everything. Null
 * is allowed. */
void arena_free(struct arena *a);

/* How many children are there. */
uint32_t arena_children(const struct arena *a);

/* `size` zeroed bytes, aligned to 16. Never null. */
void *arena_alloc(struct arena *a, size_t size);

/* Room for n objects of `size` bytes, zeroed, with the product checked. */
void *arena_array(struct arena *a, size_t n, size_t size);

/* A larger copy of an array (contents kept, the rest zeroed). The old one stays allocated. */
void *arena_grow(struct arena *a, void *old, size_t old_size, size_t new_size);

char *arena_strdup(struct arena *a, const char *s);
char *arena_strndup(struct arena *a, const char *s, size_t n); /* adds a final 0 */
char *arena_printf(struct arena *a, const char *fmt, ...) PRINTF(2, 3);

/* Calls fn(env) when the arena is freed: for what is not arena memory (mappings, stacks). */
void arena_defer(struct arena *a, void (*fn)(void *env), void *env);

/* Bytes handed out so far. */
uint64_t arena_used(const struct arena *a);

#define arena_new_of(a, T)      ((T *)arena_alloc((a), sizeof(T)))
#define arena_array_of(a, n, T) ((T *)arena_array((a), (n), sizeof(T)))

#endif
