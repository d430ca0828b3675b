/* core_value.h - core values and the patterns of results: (i32.const 1), (f32.const
 * nan:canonical), (ref.extern 1), (either ...). */
#ifndef CANON_SCRIPT_CORE_VALUE_H
#define CANON_SCRIPT_CORE_VALUE_H

#include "core/instance.h"
#include "text/sexpr.h"

/* Values are in as many slots as their types take. */

/* An argument of the given type, into *out. Raises ERR_SCRIPT "core-value". */
void core_value_parse(const struct sexpr *sx, struct core_valtype type, union core_raw *out);

/* Whether a result of this type is what the pattern wants. Raises ERR_SCRIPT "core-value" for
 * what is no pattern. */
bool core_value_matches(
	const struct sexpr *pattern, struct core_valtype type, const union core_raw *value);

/* Appends "(i32.const 1)". */
void core_value_print(struct strbuf *out, struct core_valtype type, const union core_raw *value);

#endif
