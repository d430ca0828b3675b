/* match.h - whether an error is the one that a script expects: for the right reason.
 *
 * A script's expected text is some engine's prose. spec/wordings.tsv says for which reasons of
 * ours each text may stand; our own messages play no part, but for an index or a word that the text
 * ends with. */
#ifndef CANON_SCRIPT_MATCH_H
#define CANON_SCRIPT_MATCH_H

#include <stdbool.h>

#include "base/error.h"
#include "base/str.h"

enum expectation {
	EXPECT_MALFORMED,
	EXPECT_INVALID,
	EXPECT_UNLINKABLE,
	EXPECT_TRAP,
	EXPECT_EXHAUSTION,
	EXPECT_EXCEPTION,
};

enum match_result {
	MATCH_YES,
	MATCH_OTHER_KIND,   /* an error, but of another kind */
	MATCH_OTHER_REASON, /* the kind is right, the reason is not */
	MATCH_UNKNOWN_TEXT, /* no row of the table knows the text */
};

/* The rules, in this order:
 *   an empty text stands for any reason of the expected kind;
 *   rows whose text equals the expected one, or is its beginning (modes "prefix" and "detail"),
 *   and whose group is the expectation's: one of their reasons; in mode "detail", what follows
 *   that beginning has to stand in the error's message, too;
 *   without such a row, a reason that is the text in kebab case.
 * A reason in a row may be "invalid:..." or "malformed:..." where an error of that kind is
 * wanted instead of the expected kind. A leading "wasm trap: " is dropped from the text. */
enum match_result match_error(enum expectation want, struct str text, const struct error *err);

/* The other way, which runners without such a table have: the text has to be in the message of an
 * error of the kind. A trap of the Canonical ABI has the texts that spec/trap-texts.tsv gives to
 * its site; N there stands for any number, since the definitions do not say it. Malformed and
 * invalid are one kind here. */
enum match_result match_text(enum expectation want, struct str text, const struct error *err);

/* Whether some engine's words, from their start, are those that spec/trap-texts.tsv gives to a site
 * of the document, "lift_own#1". */
bool match_site(const char *site, struct str words);

#endif
