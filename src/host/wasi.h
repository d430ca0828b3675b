/* wasi.h - the little of WASI preview 1 that programs need to compute: no files, nothing from outside.
 * Standard input is empty; the clock is one that each look moves on, and that a wait moves to where it
 * ends; random numbers follow from a seed. So a call does the same whenever it is made.
 *
 * github.com/WebAssembly/WASI, legacy/preview1. */
#ifndef CANON_HOST_WASI_H
#define CANON_HOST_WASI_H

#include <stdio.h>

#include "core/instance.h"

struct wasi;

/* What programs write goes to `out` and `err`. In the store's arena. */
struct wasi *wasi_new(struct core_store *s, uint64_t seed, FILE *out, FILE *err);

/* The function with a name of the module "wasi_snapshot_preview1"; false where it is not one of these.
 * A pointer outside of the memory is the error EFAULT for the program. The functions raise ERR_TRAP:
 * "exit" from proc_exit, "missing-memory" before wasi_attach, or where that found none. */
bool wasi_find(struct wasi *w, struct str module, struct str name, struct core_extern *out);

/* Whether the program ended itself with status 0. */
bool wasi_is_done(const struct wasi *w);

/* The memory that pointers mean: what the instance exports as "memory". */
void wasi_attach(struct wasi *w, const struct core_instance *inst);

#endif
