/* tree.h - a script as a tree of s-expressions that can be changed and printed: what canon reduce
 * works on.
 *
 * Comments are not in it, but for the `;;!` lines at the top, which switch features: each of them is
 * an item of the top list, before all others. */
#ifndef CANON_ORACLE_TREE_H
#define CANON_ORACLE_TREE_H

#include "text/sexpr.h"

struct tree {
	enum sexpr_kind kind;
	enum tree_mark {
		TREE_PLAIN,
		TREE_NOTE,   /* a list: (@custom ...), whose items are what is behind the name */
		TREE_HEADER, /* a keyword: a line `;;! ...` */
	} mark;
	struct str text;     /* of an atom, as struct sexpr has it */
	struct str shown;    /* of an atom, as it is printed */
	struct tree **items; /* of a list */
	uint32_t len;
};

/* How large a tree is: by nodes first, by the bytes of its words then, and then by its numbers. */
struct tree_size {
	uint64_t nodes, bytes, numbers;
};

/* A copy of what was read, in the arena; texts are borrowed. `src` is where it was read from. */
struct tree *tree_read(struct arena *a, const struct sexpr *top, const struct source *src);

struct tree *tree_atom(struct arena *a, enum sexpr_kind kind, struct str text);

/* (WORD), or (WORD NUMBER). */
struct tree *tree_list(struct arena *a, const char *word, const char *number);

bool tree_is_list(const struct tree *t);

/* Whether it is a list that starts with this keyword. */
bool tree_is_list_of(const struct tree *t, const char *keyword);

struct tree_size tree_measure(const struct tree *t);
bool tree_smaller(const struct tree_size *a, const struct tree_size *b);

/* Appends the items of a top list as a source with indentation, each from a line of its own on.
 * Gives back the line of `target`, from 1; 0 where that is no item. */
uint32_t tree_print(struct strbuf *out, const struct tree *top, const struct tree *target);

#endif
