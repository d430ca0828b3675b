/* native.h - native code as a guest of the Canonical ABI: its functions as core functions, and
 * core functions (lowered functions, canonical built-ins, reallocs) as C function pointers.
 *
 * The C signature follows from the core function type, by libffi:
 *
 *	i32  uint32_t or int32_t       f32  float
 *	i64  uint64_t or int64_t       f64  double
 *	no result: void; one: its type; more: a struct with a member for each, in order
 *
 * A trap or another error that is raised below native code abandons its frames, as a jump would:
 * native code must hold nothing that has to be released. Native code runs on the stack of its
 * thread, a fiber's: see base/fiber.h for its size. */
#ifndef CANON_HOST_NATIVE_H
#define CANON_HOST_NATIVE_H

#include "cabi/cabi.h"

struct builtin;

/* Any C function; cast to and from its true type. */
typedef void native_fn(void);

/* A core function type from letters: i is i32, l i64, f f32, d f64; parameters, then, after a
 * colon, results: "il:i". In `a`. */
CoreFuncType native_type(struct arena *a, const char *letters);

/* The core function that calls fn, which has the signature of the type. Belongs to `a`, with a
 * copy of the type. */
CoreFuncInst *native_func(struct arena *a, native_fn *fn, CoreFuncType type);

/* The C function that calls f, for native code to import. It goes with `a`. Calling it raises
 * what f raises. Raises ERR_EXHAUSTED ("closure-limit") where no executable memory is left. */
native_fn *native_import(struct arena *a, CoreFuncInst f, CoreFuncType type);

/* The same for a canonical built-in, see link/builtins.h; its type follows from its
 * immediates. */
native_fn *native_builtin(struct arena *a, const struct builtin *b);

/* A table of native functions of type (i32) or (i64) to nothing, for thread.new-indirect. */
Table *native_table(struct arena *a, native_fn *const *fns, uint32_t n, CoreFuncType type);

#endif
