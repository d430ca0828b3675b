/* wave_print.h - values in WAVE, as the tools of the Bytecode Alliance print them: options and results
 * with their cases, fields that are none left out, floats in decimal with as many digits as tell them
 * apart, and every NaN as nan. */
#ifndef CANON_SCRIPT_WAVE_PRINT_H
#define CANON_SCRIPT_WAVE_PRINT_H

#include "core/instance.h"
#include "link/value.h"

/* Appends the value. A handle, which has no form in WAVE, is printed in angle brackets. */
void wave_print(struct strbuf *out, const struct link_value *v);

/* Appends the name of a function as wave_name reads it: in quotes where it needs them. */
void wave_print_name(struct strbuf *out, struct str name);

/* Appends the results of a core function: nothing as (), several as a tuple, integers as signed ones. */
void
wave_core_print(struct strbuf *out, const struct core_functype *type, const union core_raw *values);

#endif
