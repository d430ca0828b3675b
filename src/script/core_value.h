/* core_value.h - core values and the patterns of results: (i32.const 1), (f32.const
 * nan:canonical), (ref.extern 1), (either ...). */
#ifndef CANON_SCRIPT_CORE_VALUE_H
#define CANON_SCRIPT_CORE_VALUE_H

#include "core/instance.h"
#include "text/sexpr.h"

struct core_types;

/* Values are in as many slots as their types take. All get the store's types, by which value
 * types are numbered. */

/* An argument of the given type, into *out. Raises ERR_SCRIPT "core-value". */
void core_value_parse(const struct core_types *ts, const struct sexpr *sx, struct core_valtype type,
	union core_raw *out);

/* Whether a result of this type is what the pattern wants. Raises ERR_SCRIPT "core-value" for
 * what is no pattern. */
bool core_value_matches(const struct core_types *ts, const struct sexpr *pattern,
	struct core_valtype type, const union core_raw *value);

/* Appends "(i32.const 1)". Numbers need no types. */
void core_value_print(struct strbuf *out, const struct core_types *ts, struct core_valtype type,
	const union core_raw *value);

#endif
