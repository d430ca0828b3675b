/* base64.h - bytes as text: RFC 4648, section 4. */
#ifndef CANON_BASE_BASE64_H
#define CANON_BASE_BASE64_H

#include "base/str.h"

/* Appends the bytes with padding, in one line. */
void base64_encode(struct strbuf *out, const void *bytes, size_t len);

#endif
