/* value.h - component values as scripts and hosts see them: a tree that knows neither types
 * nor the Canonical ABI. link_invoke turns it into the ABI's values by the types of the
 * function that is called, and the ABI's results back into it.
 *
 * The caller owns its values; results are in the arena that link_invoke was given. Labels and
 * strings may be borrowed. Explainer.md, "Value Definitions" and "Type Definitions". */
#ifndef CANON_LINK_VALUE_H
#define CANON_LINK_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum link_value_kind {
	LV_BOOL, /* bits: 0 or 1 */
	LV_S8,   /* bits: integers of every size are sign- or zero-extended to 64 bits */
	LV_U8,
	LV_S16,
	LV_U16,
	LV_S32,
	LV_U32,
	LV_S64,
	LV_U64,
	LV_F32,     /* bits: the IEEE 754 pattern, in the low half */
	LV_F64,     /* bits: the IEEE 754 pattern */
	LV_CHAR,    /* bits: the scalar value */
	LV_STRING,  /* text: UTF-8 */
	LV_LIST,    /* items */
	LV_TUPLE,   /* items */
	LV_RECORD,  /* items, each with its label */
	LV_VARIANT, /* text: the case's label; items: its payload, none or one */
	LV_ENUM,    /* text: the label */
	LV_OPTION,  /* items: none or one */
	LV_RESULT,  /* bits: 0 ok, 1 err; items: the payload, none or one */
	LV_FLAGS,   /* items: one LV_STRING for each flag that is set, in any order */
	LV_MAP,     /* items: LV_TUPLEs of key and value */
	LV_HANDLE, /* in results only: of a resource, bits: its representation; of what else, text */
};

struct link_value {
	enum link_value_kind kind;
	uint64_t bits;
	struct str text;
	struct str label; /* of a member of a record */
	uint32_t nitems;
	struct link_value *items;
};

/* Structural equality: floats bit by bit, flags as sets, record fields in order with their
 * labels. Handles are equal to nothing. */
bool link_value_equal(const struct link_value *a, const struct link_value *b);

/* Appends the value in the text format of scripts: "(u32.const 1)". */
void link_value_print(struct strbuf *out, const struct link_value *v);

#endif
