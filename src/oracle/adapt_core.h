/* adapt_core.h - the core code of adapt.h, as text. */
#ifndef CANON_ORACLE_ADAPT_CORE_H
#define CANON_ORACLE_ADAPT_CORE_H

#include "component/types.h"

enum adapt_encoding { ADAPT_UTF8, ADAPT_UTF16, ADAPT_LATIN1_UTF16 };

/* The definition that core code is for. */
struct adapt_source {
	enum adapt_encoding encoding;
	const struct core_functype *core; /* of its core function */
	struct loc at;
	/* The index of a resource type, as text can name it: raises ERR_UNSUPPORTED ("adapt-handle")
	 * where no type in sight is that. */
	uint32_t (*resource_index)(void *env, const struct resource *r, struct loc at);
	void *env;
};

/* The fields of a module that imports "f" from "", and exports another "f"; and the types that its
 * imports "lower0", "lower1"... are for, as text. In the arena. It may import more from "": "mem",
 * "realloc"; and what adapt_waiting exports, from "waiting". */
struct adapt_core {
	const char *fields;
	const char **types;
	uint32_t ntypes;
	bool memory, realloc, waiting;
};

/* All may raise ERR_EXHAUSTED ("adapt-size-limit"). */

/* The function that is lifted instead of "f": it lowers its parameters, and calls "f". */
struct adapt_core
adapt_core_lift(struct arena *a, const struct adapt_source *source, const struct ctype *ft);

/* The function that core code calls instead of "f", which is lazy: when it has returned, a value of a
 * type is where the parameter `at` points to, and is lowered. */
struct adapt_core adapt_core_call(
	struct arena *a, const struct adapt_source *source, const struct ctype *t, uint32_t at);

/* The same of an "f" whose values may come later, with an event: of a subtask, or that a stream or a
 * future was read. `number` is its own, and counts from 0. */
enum adapt_later { ADAPT_SUBTASK, ADAPT_STREAM, ADAPT_FUTURE };
struct adapt_core adapt_core_later(struct arena *a, const struct adapt_source *source,
	const struct ctype *t, uint32_t at, enum adapt_later kind, uint32_t number);

/* ---- adapt_events.c ---- */

/* The fields of the module that knows, for one instance, what is to be lowered when an event comes,
 * of `n` definitions. It exports "wait", "event", and "lower": a table of functions that lower. */
const char *adapt_waiting(struct arena *a, uint32_t n);

/* What adapt_core_later needs of it, as $wait and table 0. */
extern const char adapt_waiting_imports[];

/* The function that takes the place of a built-in that gives events, or of a callback, for which
 * CANON_LIFT stands: false where nothing has to, as the definition gives none. */
bool adapt_events(enum comp_canon_kind kind, struct adapt_core *core);

#endif
