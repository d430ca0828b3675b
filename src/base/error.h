/* error.h - the one struct that says what went wrong, and the one way in which it travels.
 *
 * raise_error does not return; protect catches. Nothing is unwound in between: memory is in
 * arenas, and state stays as it is, as after a trap in the specification's definitions. */
#ifndef CANON_BASE_ERROR_H
#define CANON_BASE_ERROR_H

#include <stdarg.h>
#include <stdbool.h>

#include "base/attr.h"
#include "base/source.h"

enum error_kind {
	ERR_NONE,
	ERR_MALFORMED,   /* the text or binary is not a module, component or script */
	ERR_INVALID,     /* it is one, but does not validate */
	ERR_UNLINKABLE,  /* imports are missing or do not match */
	ERR_TRAP,        /* execution trapped */
	ERR_EXCEPTION,   /* a core WebAssembly exception was not caught */
	ERR_EXHAUSTED,   /* a resource limit: call stack, fuel, time, memory */
	ERR_UNSUPPORTED, /* well-known, but not built yet; never a verdict */
	ERR_SCRIPT,      /* the test script itself is wrong */
	ERR_INTERNAL,    /* Canon is wrong */
};

/* `reason` is a short stable kebab-case name of what was violated ("type-mismatch",
 * "unknown-import"). Scripts' wordings are mapped to reasons by a table; nothing else may
 * interpret `message`. For a trap of the Canonical ABI the reason is the class that the trap
 * catalogue gives to its site, and the site is set. */
struct error {
	enum error_kind kind;
	struct loc at;
	const char *reason;           /* static string */
	const struct trap_site *site; /* null unless a cabi trap_if raised it */
	char message[400];            /* one line, no final newline */
};

const char *error_kind_name(enum error_kind kind);

/* Raises to the innermost protect of this stack. Without one, prints and aborts. */
NORETURN void raise_error(
	enum error_kind kind, struct loc at, const char *reason, const char *fmt, ...) PRINTF(4, 5);

/* Raises a copy of an error that was caught before. */
NORETURN void raise_again(const struct error *err);

/* Calls fn(env). True when it returned; false when it raised, with *err filled. Nests. */
bool protect(void (*fn)(void *env), void *env, struct error *err);

/* The chain of protects of the running stack, for base/fiber alone: saved and set at a
 * switch. */
void *protect_chain_swap(void *chain);

#define require(c, at, reason, ...) \
	do { \
		if (unlikely(!(c))) \
			raise_error(ERR_INVALID, at, reason, __VA_ARGS__); \
	} while (0)

#define internal_error(...) raise_error(ERR_INTERNAL, NO_LOC, "internal", __VA_ARGS__)

#endif
