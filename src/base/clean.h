/* clean.h - texts that a person reads, and that hold what others wrote: names, paths, texts of scripts.
 * Nothing of them may move the cursor, change colours, or turn the order of a line. */
#ifndef CANON_BASE_CLEAN_H
#define CANON_BASE_CLEAN_H

#include <stdio.h>

#include "base/attr.h"

/* Prints the text, with \xx for each byte of a control character, of a bidirectional one, or of what is
 * no UTF-8. */
void put_clean(FILE *out, const char *text);

/* Likewise what a format gives, and then the end of the line. */
void put_clean_line(FILE *out, const char *fmt, ...) PRINTF(2, 3);

#endif
