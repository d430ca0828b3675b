/* encode.h - the component AST to the binary format: Binary.md. */
#ifndef CANON_COMPONENT_ENCODE_H
#define CANON_COMPONENT_ENCODE_H

#include "component/ast.h"

/* Appends the component. Neighbouring definitions of one kind share a section, integers get their
 * shortest form; custom sections stand where they stood. $names get a section unless there is
 * one. It need not be valid, but for values written as text, whose encoding validation leaves
 * behind: raises ERR_INVALID ("value-not-validated") where it is missing. */
void component_encode(struct strbuf *out, const struct component *c);

#endif
