/* str.h - strings with a length (they may hold any byte), a builder, and a map by string. */
#ifndef CANON_BASE_STR_H
#define CANON_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

/* Borrowed bytes; no final 0 is promised. */
struct str {
	const char *ptr;
	size_t len;
};

#define STR(lit)   ((struct str){(lit), sizeof(lit) - 1})
#define STR_FMT    "%.*s"
#define STR_ARG(s) (int)(s).len, (s).ptr ? (s).ptr : ""

struct str str_of(const char *s);                    /* borrows s */
struct str str_dup(struct arena *a, struct str s);   /* a copy in the arena */
const char *str_cstr(struct arena *a, struct str s); /* a copy with a final 0 */
bool str_eq(struct str a, struct str b);
bool str_is(struct str a, const char *b);
int str_cmp(struct str a, struct str b); /* bytewise, shorter first */
bool str_starts(struct str s, const char *prefix);
bool str_ends(struct str s, const char *suffix);
uint64_t str_hash(struct str s);

/* A string under construction, in an arena. Zero-initialise but for `arena`. */
struct strbuf {
	struct arena *arena;
	char *ptr;
	size_t len, cap;
};

void strbuf_add(struct strbuf *b, const void *data, size_t len);
void strbuf_addc(struct strbuf *b, char c);
void strbuf_adds(struct strbuf *b, const char *s);
void strbuf_printf(struct strbuf *b, const char *fmt, ...) PRINTF(2, 3);
struct str strbuf_str(const struct strbuf *b);
const char *strbuf_cstr(struct strbuf *b); /* adds a final 0 that is not counted */

/* A map from strings to numbers, in an arena. Zero-initialise but for `arena`. Keys are
 * borrowed. */
struct strmap {
	struct arena *arena;
	struct strmap_slot *slots;
	uint32_t len, cap;
};

/* False when the key was there already; its value is then left as it is. */
bool strmap_put(struct strmap *m, struct str key, uint32_t value);
void strmap_set(struct strmap *m, struct str key, uint32_t value); /* in any case */
bool strmap_get(const struct strmap *m, struct str key, uint32_t *value);

#endif
