/* bidi.h - characters that make editors show a text in another order than it is read: the controls of
 * the Unicode bidirectional algorithm that embed, override or isolate, and U+206C. The core
 * specification allows them (Text Format, "Comments" and "Strings"); the tools that read component
 * text refuse them. As an escape, \u{202e}, they are allowed everywhere. */
#ifndef CANON_TEXT_BIDI_H
#define CANON_TEXT_BIDI_H

#include <stdint.h>

#include "base/source.h"

/* Raises ERR_MALFORMED "bidirectional-control" where one stands in these bytes of a source. */
void bidi_refuse(const struct source *src, uint32_t start, uint32_t end);

#endif
