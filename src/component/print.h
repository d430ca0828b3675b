/* print.h - a component in the text format, without sugar: one definition a line, in its order.
 * Parsing it gives the same AST. */
#ifndef CANON_COMPONENT_PRINT_H
#define CANON_COMPONENT_PRINT_H

#include "component/ast.h"
#include "core/print.h"

/* Prints at the current place, without a new line before: (component $id ...). */
void
component_print(struct pretty *p, const struct component *c, const struct print_options *options);

#endif
