/* encode.h - a core module in the binary format: core specification, "Binary Format". */
#ifndef CANON_CORE_ENCODE_H
#define CANON_CORE_ENCODE_H

#include "core/ast.h"

/* Appends the module, which need not be valid. Integers get their shortest form, locals the
 * fewest runs, segments the shortest of their forms, recursion groups of one type none; custom
 * sections stand where they stood. Names get a section unless there is one already. */
void core_encode(struct strbuf *out, const struct core_module *m);

#endif
