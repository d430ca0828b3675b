/* link.h - from a validated component to a running instance, and calls into it.
 *
 * A `struct linked` is one component that was instantiated by the host (or a script), with
 * all component and core instances below it, in a store of its own (CanonicalABI.md,
 * "Embedding"). What happens to it after a trap is decided in poison.c.
 *
 * Ownership: everything a linked instance consists of is in an arena of its own, which
 * link_free releases. The AST is borrowed, and has to outlive it. An instance that imports
 * from an earlier one borrows from that one: free importers first. */
#ifndef CANON_LINK_LINK_H
#define CANON_LINK_LINK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/str.h"
#include "link/value.h"

struct component;
struct linked;
struct link_func;

/* What the host offers: an instance named `name` with the exports of `instance`. Of those
 * only core modules, resource types and nested instances of such can be imported: each
 * instance has its own store, so functions cannot. */
struct link_import {
	struct str name;
	struct linked *instance;
};

/* Instantiates a validated component. What it imports and `imports` does not have is taken from
 * the exports of `host`, a validated component without imports that is instantiated in the same
 * store; it may be null. Raises
 *   ERR_UNLINKABLE  "unknown-import", "incompatible-import-type", and what core linking says
 *   ERR_TRAP, ERR_EXHAUSTED  from a start function, or from a segment that is out of bounds
 *   ERR_UNSUPPORTED          a definition that is not built yet; the reason is its feature
 * Nothing is left behind when it raises. */
struct linked *link_instantiate(const struct component *c, const struct link_import *imports,
	uint32_t nimports, const struct component *host);

/* Likewise, of a component alone: where it imports functions, resource types and instances of these,
 * stubs stand for them, and calling one is the trap "missing-import". */
struct linked *link_instantiate_alone(const struct component *c);

/* The names of the imports that stubs stand for. */
const char *const *link_stubbed(const struct linked *inst, uint32_t *n);

/* Null is allowed. */
void link_free(struct linked *inst);

/* The exported function, or null. A function of an exported instance is found as
 * "instance#function" (our notation). */
const struct link_func *link_find_func(const struct linked *inst, struct str name);

/* Tells of each exported function, those of exported instances as "instance#function", in the order of
 * the exports. The name lives as long as the instance. */
void link_each_func(const struct linked *inst,
	void (*tell)(void *env, struct str name, const struct link_func *f), void *env);

uint32_t link_func_nparams(const struct link_func *f);
bool link_func_has_result(const struct link_func *f);

/* Appends "func(u32, list<string>) -> bool". */
void link_func_print(struct strbuf *out, const struct link_func *f);

/* Calls f, which `inst` exports, and drives the store until the result is there. True when
 * there is a result; it is then in `out`, for as long as that lives. `at` is where the call
 * stands in the script. Raises
 *   ERR_SCRIPT  "argument-count", "argument-type": an argument does not fit its parameter
 *   ERR_TRAP    with the class of the trap as its reason; the store is then poisoned
 *   ERR_EXHAUSTED, ERR_UNSUPPORTED  likewise */
bool link_invoke(struct linked *inst, const struct link_func *f, struct loc at,
	const struct link_value *args, uint32_t nargs, struct arena *out,
	struct link_value *result);

#endif
