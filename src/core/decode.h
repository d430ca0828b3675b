/* decode.h - the binary format of core modules to the core AST: core specification, "Binary
 * Format". */
#ifndef CANON_CORE_DECODE_H
#define CANON_CORE_DECODE_H

#include "core/ast.h"

struct reader;

/* Decodes a module. The AST is in the arena and borrows from the bytes. Locations are offsets
 * into `bytes` with this source, which may be null. Raises ERR_MALFORMED with the core suite's
 * texts as reasons ("magic-header-not-detected", "section-size-mismatch", "integer-too-large",
 * ...), and ERR_UNSUPPORTED with the name of a feature that is not built. */
struct core_module *core_decode(struct arena *a, struct str bytes, const struct source *src);

/* Decodes a module from all that is left of a reader; raises as core_decode. */
struct core_module *core_decode_part(struct arena *a, struct reader *outer);

#endif
