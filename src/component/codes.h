/* codes.h - sorts and forms of types as the binary format numbers them: Binary.md, "Instance
 * Definitions" (core:sort, sort) and "Type Definitions". */
#ifndef CANON_COMPONENT_CODES_H
#define CANON_COMPONENT_CODES_H

#include "component/ast.h"

struct reader;

/* A core sort is 0x00 and its byte, another one its byte. */
struct sort_code {
	bool core;
	uint8_t byte;
};

struct sort_code read_sort_code(struct reader *r);
void write_sort_code(struct strbuf *out, enum comp_sort sort);

/* SORT_COUNT where there is none. */
enum comp_sort sort_of_code(struct sort_code code);
struct sort_code code_of_sort(enum comp_sort sort);

/* VAL_NONE where there is none. */
enum comp_val_kind prim_of_code(uint8_t byte);
uint8_t code_of_prim(enum comp_val_kind prim);

/* Sets kind, prim and is_async; false where there is no such form. */
bool type_of_code(uint8_t byte, struct comp_type *t);
uint8_t code_of_type(const struct comp_type *t);

/* The sort that an externtype starts with; SORT_COUNT where there is none. */
enum comp_sort extern_of_code(uint8_t byte);
uint8_t code_of_extern(enum comp_sort sort);

#endif
