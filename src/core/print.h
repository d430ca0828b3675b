/* print.h - a core module in the text format, one instruction a line. Parsing it gives the same
 * AST, but for the names of parameters in types, imports and tags, and for a second field of one name. */
#ifndef CANON_CORE_PRINT_H
#define CANON_CORE_PRINT_H

#include "core/ast.h"
#include "text/pretty.h"

/* What is printed beside what has to be: */
struct print_options {
	bool names; /* $names, and comments with the indices of what has none */
};

/* Prints at the current place, without a new line before: (module $id ...). */
void core_print_module(
	struct pretty *p, const struct core_module *m, const struct print_options *options);

/* The fields, each on a new line, one level deeper. */
void core_print_fields(
	struct pretty *p, const struct core_module *m, const struct print_options *options);

/* One type: "(func (param i32))", "(sub (struct (field i8)))"; with the names of fields, if wanted. */
void core_print_subtype(struct pretty *p, const struct core_subtype *t, bool names);

/* "(func (type 0))", "(memory 1)": what an import or export of a module type is. */
void core_print_externtype(struct pretty *p, const struct core_externtype *t);

#endif
