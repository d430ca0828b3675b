/* sexpr.h - the text format up to its parentheses: a source as a tree of s-expressions.
 *
 * Core specification, "Text Format", "Lexical Format": tokens, white space, comments, strings,
 * identifiers and annotations (which are checked and left out, but for @custom and @name); Explainer.md,
 * "Value Definitions": 'c'. What a keyword or a number means is the parser's business. Scripts, components and modules share this reader. */
#ifndef CANON_TEXT_SEXPR_H
#define CANON_TEXT_SEXPR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/str.h"

enum sexpr_kind {
	SEXPR_LIST,    /* items */
	SEXPR_KEYWORD, /* text: a token that starts with a small letter */
	SEXPR_NUMBER,  /* text: an integer or a float, as written */
	SEXPR_ID,      /* text: the name behind the $, unquoted */
	SEXPR_STRING,  /* text: the bytes; any byte may occur */
	SEXPR_CHAR,    /* text: one scalar value in UTF-8 */
};

enum sexpr_note_kind { NOTE_NONE, NOTE_CUSTOM, NOTE_NAME };

/* An annotation (@custom ...) or (@name ...) in a list: `list` has what is behind that word. */
struct sexpr_note {
	enum sexpr_note_kind kind;
	const struct sexpr *list;
	uint32_t before; /* how many items of the list stand before it */
	struct sexpr_note *next;
};

struct sexpr {
	enum sexpr_kind kind;
	bool has_notes; /* list: there are some in it, or in a list in it */
	struct loc at;
	struct str text;
	struct sexpr *items;
	uint32_t len;
	uint32_t end;                   /* list: byte offset behind its closing parenthesis */
	const struct sexpr_note *notes; /* list: in their order */
};

/* How deep lists may nest: what every recursion over the tree may rely on. */
#define SEXPR_MAX_DEPTH 1000

/* Reads a whole source. The result is a list that holds the top-level expressions; it is in
 * the arena, and borrows from the source's text.
 * Raises ERR_MALFORMED: "malformed-utf-8-encoding", "unknown-operator" (a token of no kind),
 * "unexpected-token", "illegal-character", "unclosed-string", "unclosed-comment",
 * "invalid-string-escape", "unclosed-annotation", "empty-identifier", "empty-annotation-id", "nesting-limit". */
const struct sexpr *sexpr_read(struct arena *a, const struct source *src);

/* Whether an identifier with this name is written without quotes. */
bool sexpr_is_plain_id(struct str name);

#endif
