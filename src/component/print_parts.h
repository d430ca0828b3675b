/* print_parts.h - what the files of the component printer share. For print*.c alone. */
#ifndef CANON_COMPONENT_PRINT_PARTS_H
#define CANON_COMPONENT_PRINT_PARTS_H

#include "component/print.h"

/* A scope whose definitions are being printed. */
struct comp_printer {
	struct pretty *p;
	const struct print_options *options;
	struct arena *scratch;
	uint32_t counts[SORT_COUNT]; /* definitions so far */
	struct {
		struct str *data; /* by index: its name, or empty */
		uint32_t len;
	} names[SORT_COUNT];
};

/* The printer of a scope; its names are in the arena. */
struct comp_printer printer_of(struct pretty *p, const struct print_options *options,
	struct arena *scratch, const struct component *c);

/* " $name" or " 3" */
void print_idx(struct comp_printer *s, enum comp_sort sort, uint32_t index);

/* " (core func $name)" */
void print_ref(struct comp_printer *s, struct comp_ref ref);

/* " $name" or the index as a comment, for the next definition of the sort. */
void print_next(struct comp_printer *s, enum comp_sort sort);

/* ---- print_types.c ---- */

void print_valtype(struct comp_printer *s, const struct comp_valtype *v); /* " u32" */
void print_deftype(struct comp_printer *s, const struct comp_type *t);
void print_core_type(struct comp_printer *s, const struct comp_core_type *t);

/* " "name" (implements "...")" */
void print_name(struct comp_printer *s, const struct comp_name *n);

/* " (func $id (type 0))"; without a binder for the type of an export. */
void print_extern_type(struct comp_printer *s, const struct comp_extern_type *t, bool binds);

/* ---- print_literal.c ---- */

void print_literal(struct pretty *p, const struct comp_literal *l);

/* ---- print.c ---- */

/* The definitions of a component or the declarations of a type, each on a line of its own. */
void print_defs(struct comp_printer *s, const struct component *c);

#endif
