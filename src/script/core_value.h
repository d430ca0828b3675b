/* core_value.h - core values and the patterns of results: (i32.const 1), (f32.const
 * nan:canonical), (ref.extern 1), (either ...). */
#ifndef CANON_SCRIPT_CORE_VALUE_H
#define CANON_SCRIPT_CORE_VALUE_H

#include "core/instance.h"
#include "text/sexpr.h"

/* An argument of the given type. Raises ERR_SCRIPT "core-value". */
union core_raw core_value_parse(const struct sexpr *sx, struct core_valtype type);

/* Whether a result of this type is what the pattern wants. Raises ERR_SCRIPT "core-value" for
 * what is no pattern. */
bool
core_value_matches(const struct sexpr *pattern, struct core_valtype type, union core_raw value);

/* Appends "(i32.const 1)". */
void core_value_print(struct strbuf *out, struct core_valtype type, union core_raw value);

#endif
