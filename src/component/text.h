/* text.h - the component text format: s-expressions to the component AST.
 * Explainer.md, all of its grammar; core modules and core types go to core/text. */
#ifndef CANON_COMPONENT_TEXT_H
#define CANON_COMPONENT_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "component/ast.h"
#include "text/sexpr.h"

struct component_text_options {
	bool old_indices; /* accept references to core definitions without their `core` */
};

/* (component $id? <field>*). The AST is in the arena and borrows strings from the
 * s-expressions. Raises ERR_MALFORMED; among others at what bidi.h refuses, in comments, too. */
struct component *component_parse(struct arena *a, const struct sexpr *list);

/* The items of a list from the n-th on, as the fields of a component named `id` (or empty):
 * what a component quote or a file without (component ...) holds. Null options are the default ones. */
struct component *component_parse_fields(struct arena *a, const struct sexpr *list, uint32_t n,
	struct str id, const struct component_text_options *options);

#endif
