/* decode.h - the binary format of components to the component AST: Binary.md. */
#ifndef CANON_COMPONENT_DECODE_H
#define CANON_COMPONENT_DECODE_H

#include "component/ast.h"

/* Whether the bytes start as a component does, not as a core module. */
bool component_is_binary(struct str bytes);

/* Decodes a component. The AST is in the arena and borrows from the bytes. Locations are offsets
 * into `bytes` with this source, which may be null. $names come from the custom section
 * "component-name", as far as that can be read. Raises ERR_MALFORMED, in components mostly
 * "unexpected-end-of-section-or-function" and "leading-byte-...", in core modules as core_decode;
 * ERR_EXHAUSTED ("nesting-limit"). */
struct component *component_decode(struct arena *a, struct str bytes, const struct source *src);

#endif
