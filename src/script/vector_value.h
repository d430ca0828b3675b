/* vector_value.h - values of type v128 in scripts, and the patterns of results: (v128.const i32x4 1
 * 2 3 4), with nan:canonical and nan:arithmetic for lanes of floats. For core_value.c. */
#ifndef CANON_SCRIPT_VECTOR_VALUE_H
#define CANON_SCRIPT_VECTOR_VALUE_H

#include "core/instance.h"
#include "text/cursor.h"

/* What stands behind v128.const, into two slots. Raises ERR_SCRIPT "core-value". */
void vector_value_parse(struct cursor *c, union core_raw *out);

/* Whether two slots are what the pattern behind v128.const wants. Raises likewise. */
bool vector_value_matches(struct cursor *c, const union core_raw *value);

/* Appends "(v128.const i32x4 0x00000001 ...)". */
void vector_value_print(struct strbuf *out, const union core_raw *value);

/* Takes nan:canonical or nan:arithmetic and says whether the bits of a float are one; false, and
 * nothing is taken, where neither stands at the cursor. */
bool take_nan_pattern(struct cursor *c, bool wide, uint64_t bits, bool *matches);

#endif
