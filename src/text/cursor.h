/* cursor.h - walking over the items of an s-expression: what parsers of the text format see.
 *
 * A cursor stands before an item of a list. take_* moves it on and raises ERR_MALFORMED
 * "unexpected-token" when something else is there; at_* only looks. Strings are borrowed from
 * the s-expressions. */
#ifndef CANON_TEXT_CURSOR_H
#define CANON_TEXT_CURSOR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/str.h"
#include "text/sexpr.h"

#define NO_ID ((struct str){0})

/* A zeroed cursor stands at the end of nothing. */
struct cursor {
	const struct sexpr *list;
	uint32_t pos;
};

struct cursor cursor_from(const struct sexpr *list, uint32_t n);

/* The item at the cursor; null at the end. */
const struct sexpr *item(const struct cursor *c);
uint32_t items_left(const struct cursor *c);
bool at_end(const struct cursor *c);
bool is_last(const struct cursor *c);      /* exactly one item is left */
bool last_is_list(const struct cursor *c); /* the list's last item is a list */

/* Where the item is, or the end of the list. */
struct loc here(const struct cursor *c);

bool is_id(const struct sexpr *sx);
bool is_number(const struct sexpr *sx);
bool is_keyword(const struct sexpr *sx);

/* The value of a number without a sign, below 2^32 or 2^64. Raises ERR_MALFORMED
 * "constant-out-of-range", "unexpected-token". */
uint32_t u32_value(const struct sexpr *sx);
uint64_t u64_value(const struct sexpr *sx);

bool at_list(const struct cursor *c);
bool at_list_of(const struct cursor *c, const char *keyword); /* (keyword ...) */
bool at_string(const struct cursor *c);
bool at_char(const struct cursor *c);
bool at_number(const struct cursor *c);
bool at_keyword(const struct cursor *c, const char *keyword);

const struct sexpr *take_item(struct cursor *c);
const struct sexpr *take_idx(struct cursor *c); /* a number or a $name */
struct str take_id(struct cursor *c);           /* $name, without its $; NO_ID when none is there */
struct str take_name(struct cursor *c);         /* a string of valid UTF-8, or it raises
                                                   "malformed-utf-8-encoding" */
uint32_t take_u32(struct cursor *c);
uint64_t take_u64(struct cursor *c);
bool take_keyword(struct cursor *c, const char *keyword);

/* Any number of strings up to the end, of any bytes, joined. */
struct str take_bytes(struct arena *a, struct cursor *c);

/* The items of a list; in take_list_of, those behind its keyword. */
struct cursor take_list(struct cursor *c, const char *expected);
struct cursor take_list_of(struct cursor *c, const char *keyword);

void expect_end(const struct cursor *c);

/* "unexpected token, expected <what>", "unexpected-token". */
NORETURN void unexpected(const struct cursor *c, const char *what);

#endif
