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

/* Where the bodies of decoded functions are read again, since all of a module's instructions at
 * once would take many times its size. */
struct core_bodies {
	struct arena *arena; /* of what follows, which one body after the other uses */
	struct arena *parts; /* a child: what the instructions of the last one refer to */
	VEC(struct core_valtype) locals;
	VEC(struct core_instr) instrs;
	VEC(uint8_t) open;
};

struct core_body {
	const struct core_valtype *locals; /* without the parameters */
	uint32_t nlocals;
	struct core_expr expr;
};

void core_bodies_init(struct core_bodies *b, struct arena *a);

/* The body of a function. That of a decoded one is good until the next call. */
struct core_body core_body(struct core_bodies *b, const struct core_func_def *f);

#endif
