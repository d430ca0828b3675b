/* headers.h - the leading lines of a script, ";;! name = value", which switch features. */
#ifndef CANON_SCRIPT_HEADERS_H
#define CANON_SCRIPT_HEADERS_H

#include "base/source.h"
#include "component/features.h"

/* Applies them. Raises ERR_SCRIPT for a line that cannot be read and a name that is unknown
 * ("bad-header", "unknown-header"), and ERR_UNSUPPORTED where a feature of core WebAssembly that
 * is always on is switched off ("feature-always-on"). */
void headers_apply(const struct source *src, struct features *f);

#endif
