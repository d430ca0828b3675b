/* markup.h - texts of any bytes inside of XML, HTML and Markdown. */
#ifndef CANON_SCRIPT_MARKUP_H
#define CANON_SCRIPT_MARKUP_H

#include <stdio.h>

/* A text between tags or in a quoted attribute of XML 1.0 or HTML. Bytes that are no UTF-8, and
 * characters that XML forbids, become U+FFFD. A null text is empty. */
void put_markup(FILE *out, const char *text);

/* ` name="text"`; nothing where the text is null. */
void put_attribute(FILE *out, const char *name, const char *text);

/* The same text inside of Markdown, where no character of it has a meaning. Not longer than `most`
 * characters; then dots follow. Line ends become spaces. */
void put_markdown(FILE *out, const char *text, unsigned most);

#endif
