/* words.h - what a runtime's text says, whatever the numbers and names in it: so that the texts of two
 * runs can be compared. */
#ifndef CANON_ORACLE_WORDS_H
#define CANON_ORACLE_WORDS_H

#include "base/str.h"

/* Appends the text in one line, without numbers, quoted names, and the lines of a backtrace. */
void words_of_text(struct strbuf *out, const char *text);

#endif
