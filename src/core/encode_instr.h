/* encode_instr.h - instructions in the binary format: core specification, "Binary Format",
 * "Instructions" and "Expressions". Opcodes and immediates come from the table. */
#ifndef CANON_CORE_ENCODE_INSTR_H
#define CANON_CORE_ENCODE_INSTR_H

#include "core/ast.h"

/* Appends an expression, with the end that closes it. */
void write_expr(struct strbuf *out, const struct core_expr *e);

#endif
