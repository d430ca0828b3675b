/* invoke_target.h - what canon invoke calls into: an instance of a component or of a core module, and
 * its exported functions. */
#ifndef CANON_CMD_INVOKE_TARGET_H
#define CANON_CMD_INVOKE_TARGET_H

#include <stdio.h>

#include "component/load.h"
#include "core/instance.h"
#include "script/wave.h"

struct link_func;
struct linked;
struct wasi;

struct target_func {
	struct str name; /* of a function of an exported instance: "instance#function" */
	const struct link_func *func; /* or, of a core module: */
	struct core_func *core;
};

struct target_options {
	/* Functions stand for imports that nothing provides, and trap; without, opening raises
	 * ERR_UNLINKABLE. */
	bool stubs;
	/* For a core module, which gets what host/wasi.h has. */
	uint64_t seed;
	FILE *out;
};

struct target {
	struct arena *arena; /* of everything here */
	struct linked *linked;
	struct wasi *wasi; /* of a core module */
	struct core_func
		*initialize; /* what a library by WASI's conventions wants to be called first */
	VEC(struct target_func) funcs;
	VEC(const char *) stubbed; /* the imports that trap when they are called */
};

/* Instantiates what was validated, which has to live as long. */
void target_open(struct target *t, const struct loaded *l, const struct target_options *o);
void target_close(struct target *t); /* in any case, also where it was not opened */

/* The function with a name. One of an exported instance is also found as "instance.function", the
 * version of an instance's name behind it, and by its own name where no other has that. Raises ERR_SCRIPT
 * ("unknown-export", "ambiguous-export"). */
const struct target_func *target_find(const struct target *t, struct str name, struct loc at);

/* Reads the arguments of a call and calls; the result in WAVE. Raises as wave_args, link_invoke and
 * core_call. */
const char *target_call(struct target *t, const struct target_func *f, struct wave *w);

/* The name as a call has it, in quotes where it needs them. */
const char *target_name(const struct target *t, const struct target_func *f);

/* "func(x: u32) -> string", "(func (param i32))". */
const char *target_type(const struct target *t, const struct target_func *f);

#endif
