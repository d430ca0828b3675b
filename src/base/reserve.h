/* reserve.h - address space that is reserved whole and used from its start, so that accesses need
 * no check: what lies behind the part in use faults, and the fault is turned into a raise.
 *
 * Where the platform has it: Linux on x86-64, but not under Valgrind, which does not know so much
 * address space, and not when the system refuses. One thread. */
#ifndef CANON_BASE_RESERVE_H
#define CANON_BASE_RESERVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct reserve;

/* Whether reserve_new may work at all; asked once. */
bool reserve_is_there(void);

/* Address space of `size` bytes, nothing of it in use. A fault in it calls `raise` on the stack of
 * who made it, which must not return. Null when the system gives no more. */
struct reserve *reserve_new(size_t size, void (*raise)(void));
void reserve_free(struct reserve *r);

/* Where it begins. */
uint8_t *reserve_base(const struct reserve *r);

/* Takes the first `len` bytes into use, which is not less than before; both are multiples of 64
 * KiB. What is new is zeroed. False when the system refuses. */
bool reserve_use(struct reserve *r, size_t len);

#endif
