/* adapt_core.h - the core code of adapt.h, as text. */
#ifndef CANON_ORACLE_ADAPT_CORE_H
#define CANON_ORACLE_ADAPT_CORE_H

#include "component/types.h"

enum adapt_encoding { ADAPT_UTF8, ADAPT_UTF16, ADAPT_LATIN1_UTF16 };

/* The index of a resource type, as text can name it: raises ERR_UNSUPPORTED ("adapt-handle") where no
 * type in sight is that. */
struct adapt_resources {
	uint32_t (*index)(void *env, const struct resource *r, struct loc at);
	void *env;
};

/* The fields of a module that imports "mem", "realloc", "f" and "lower0", "lower1"... from "", and
 * exports another "f"; and the types that these value.lower are for, as text. In the arena. */
struct adapt_core {
	const char *fields;
	const char **types;
	uint32_t ntypes;
};

/* The function that is lifted instead of "f": it lowers its parameters, and calls "f". */
struct adapt_core adapt_core_lift(struct arena *a, const struct comp_canon *canon,
	enum adapt_encoding encoding, struct adapt_resources resources);

/* The function that core code calls instead of "f", a lazy lower: it lowers the result. */
struct adapt_core adapt_core_lower(struct arena *a, const struct comp_canon *canon,
	enum adapt_encoding encoding, struct adapt_resources resources);

#endif
