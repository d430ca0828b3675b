/* poison.c - ours: what becomes of an instance after a trap, and when a call is given up. The
 * documents say that a trap tears down the whole store, and leave to hosts how that shows; we
 * follow the common runners of scripts.
 *
 *   After a trap, or any other error that left a call half done, the whole store of the
 *   top-level instance is poisoned: each later call into it is the trap "cannot enter component
 *   instance". Other top-level instances have stores of their own and are not touched.
 *
 *   A call is driven by ticks of the store until its result is there. Tasks that are left
 *   over stay, and get their chance in the next call into the same store.
 *
 *   When the result is missing, and no thread is ready and nothing from outside pending, the
 *   call is the trap "deadlock".
 *
 * What does not poison: an argument that does not fit, which is noticed before the call. */
#include "link/poison.h"

#include "link/scope.h"
#include "link/traced.h"

void
poison_check(const struct linked *l, struct loc at)
{
	if (l->poisoned)
		raise_error(ERR_TRAP, at, "cannot-enter-component-instance",
			"cannot enter component instance: it trapped before");
}

void
poison_after(struct linked *l, const struct error *err)
{
	if (err->kind != ERR_SCRIPT)
		l->poisoned = true;
}

static bool
any_ready(const Store *store)
{
	for (uint32_t i = 0; i < store->waiting.len; i++)
		if (Thread_ready(store->waiting.data[i]))
			return true;
	return false;
}

static void
tick(void *env)
{
	Store_tick(env);
}

void
drive_until(Store *store, const bool *resolved, struct loc at)
{
	while (!*resolved) {
		if (!any_ready(store))
			raise_error(ERR_TRAP, at, "deadlock",
				"deadlock detected: event loop cannot make further progress");
		if (trace_has_details)
			traced("Store_tick", NULL, tick, store);
		else
			Store_tick(store);
	}
}
