/* source.h - where something stands: a position in a text or a binary.
 *
 * A location is small and is kept in every AST node; line and column are worked out only
 * when somebody asks. */
#ifndef CANON_BASE_SOURCE_H
#define CANON_BASE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

/* One input. The text is borrowed and has to outlive the source; `lines` belongs to the
 * source and is built at the first question. */
struct source {
	const char *name; /* as the user wrote it, for messages */
	const char *text;
	size_t len;      /* bytes */
	bool binary;     /* locations are byte offsets, not lines */
	uint32_t *lines; /* offsets of line starts; malloc'd; null until asked for */
	uint32_t nlines;
};

/* A place in a source. A null `src` means: no location is known. */
struct loc {
	const struct source *src;
	uint32_t pos; /* byte offset from the start of the source */
};

#define NO_LOC ((struct loc){0})

/* Line and column of a location, both from 1; the column counts bytes. 0 and 0 without a
 * source. Not for binary sources. */
void loc_line_col(struct loc at, uint32_t *line, uint32_t *col);

/* Writes "name:line:col", or "name:0xoffset" for a binary, or "" without a source. */
void loc_format(struct loc at, char *buf, size_t len);

/* A source in the arena, which releases it. The name and the text are borrowed. */
struct source *source_in_arena(struct arena *a, const char *name, struct str text, bool binary);

/* Frees the line table; the source can be used again. */
void source_release(struct source *src);

#endif
