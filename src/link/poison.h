/* poison.h - what becomes of an instance after a trap. Internal to link/. */
#ifndef CANON_LINK_POISON_H
#define CANON_LINK_POISON_H

#include "base/error.h"
#include "cabi/cabi.h"

struct linked;

/* Raises the trap "cannot-enter-component-instance" when the instance is poisoned. */
void poison_check(const struct linked *l, struct loc at);

/* To be told of every error that left a call into the instance. */
void poison_after(struct linked *l, const struct error *err);

/* Lets the threads of a store run until a call has its result; the trap "deadlock" when it waits
 * for what cannot come any more. */
void drive_until(Store *store, const bool *resolved, struct loc at);

#endif
