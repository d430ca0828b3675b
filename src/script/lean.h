/* lean.h - failures that are one allowed choice away from a pass. A script that holds at seed 0
 * and fails with other choices leans on what the documents leave open. */
#ifndef CANON_SCRIPT_LEAN_H
#define CANON_SCRIPT_LEAN_H

#include "script/run.h"

/* For a failed record whose directive passes at seed 0: finds a choice that turns it from pass
 * to fail, by running the file again with ever closer prefixes of the choices that were made,
 * and says it in rec->leans_on; rec->choices becomes the shorter sequence that ends with it.
 * Leaves other records alone. Texts are in `a`. */
void lean_find(struct arena *a, const char *path, const struct run_options *o, struct record *rec);

/* The choices as --choices takes them, "0,2,1", without trailing zeros, which a replay takes
 * anyway; null when nothing is left. In `a`. */
const char *choices_print(struct arena *a, const struct choice *made, size_t n);

#endif
