/* load.h - a module or a component from a file, in either format. */
#ifndef CANON_COMPONENT_LOAD_H
#define CANON_COMPONENT_LOAD_H

#include "component/ast.h"

struct features;
struct pretty;
struct print_options;
struct sexpr;

/* Reads a file into the arena; "-" is standard input, which is read once and stays. The source's
 * name is borrowed. False, with errno set, where it cannot be read, or is larger than 256 MiB. */
bool load_file(struct arena *a, const char *path, struct source *src);

/* A module or a component. */
struct loaded {
	struct core_module *module; /* one of the two is null */
	struct component *component;
};

/* What a source holds: a binary, (module ...), (component ...), or the fields of one of them
 * without parentheses around. Sets src->binary. The AST borrows from the source. Raises
 * what the parsers and decoders raise; anything else, such as a script, is a module with a field
 * that there is not: ERR_MALFORMED "unknown-operator". */
struct loaded load_source(struct arena *a, struct source *src);

/* Likewise, of text that was read before. */
struct loaded load_text(struct arena *a, const struct sexpr *top);

/* Validates what was loaded. Raises as component_validate and core_validate. */
void load_validate(struct arena *a, const struct loaded *l, const struct features *features);

/* Appends what was loaded in the binary format: core_encode or component_encode. */
void load_encode(struct strbuf *out, const struct loaded *l);

/* Prints it in the text format; and likewise, as a text in the arena. */
void load_print(struct pretty *p, const struct loaded *l, const struct print_options *options);
struct str
load_print_text(struct arena *a, const struct loaded *l, const struct print_options *options);

#endif
