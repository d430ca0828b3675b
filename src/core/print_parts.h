/* print_parts.h - what the files of the core printer share. For print*.c alone. */
#ifndef CANON_CORE_PRINT_PARTS_H
#define CANON_CORE_PRINT_PARTS_H

#include "core/decode.h"
#include "core/print.h"

enum print_space { /* the sorts, and more index spaces with names */
	PRINT_ELEM = CORE_SORT_COUNT,
	PRINT_DATA,
	PRINT_TYPE,
	PRINT_LOCAL, /* of the current function */
	PRINT_SPACES,
};

struct open_label {
	struct str name;
	uint32_t hidden; /* the block of the same name around it: as in `labels` */
};

struct core_printer {
	struct pretty *p;
	const struct core_module *m;
	bool names;
	struct core_bodies bodies;
	/* by index: its name where it is the first with that name in its space, or empty; and its
	 * name where it is another one, which takes an annotation */
	struct {
		const struct str *data, *notes;
		uint32_t len;
	} spaces[PRINT_SPACES];

	/* the current function */
	struct arena *arena;
	struct core_names label_names;
	uint32_t nblocks, next_label; /* how many were opened; the next of the names */
	VEC(struct open_label) open;
	struct strmap labels; /* 1 + the innermost open block of a name, or 0 */
};

/* " $name" or " 3": a reference. */
void print_index(struct core_printer *c, int space, uint32_t index);

/* The name in a space, or empty. */
struct str print_name_of(const struct core_printer *c, int space, uint32_t index);

/* " (type $t)" */
void print_type_use(struct core_printer *c, uint32_t index);

/* " (param i32) (result i32)" */
void print_functype(struct pretty *p, const struct core_functype *t);

/* print_instr.c: the instructions of a body, each on a line of its own, without the last end. */
void print_body(struct core_printer *c, const struct core_expr *e);

/* " (i32.const 8)"; with more than one instruction " (keyword i32.const 8 ...)". */
void print_expr(struct core_printer *c, const struct core_expr *e, const char *keyword);

/* " i32.const 8 i32.const 9 i32.add" */
void print_flat_expr(struct core_printer *c, const struct core_expr *e);

#endif
