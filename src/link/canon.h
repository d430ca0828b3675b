/* canon.h - canonical definitions. Internal to link/. */
#ifndef CANON_LINK_CANON_H
#define CANON_LINK_CANON_H

#include "link/scope.h"

/* Adds what a canonical definition defines: to the func space for lift, to the core func
 * space for all others. Raises ERR_UNSUPPORTED, with the gate of the built-in as its reason,
 * for those that are not built. Explainer.md, "Canonical Definitions". */
void canon_define(struct scope *s, const struct comp_canon *canon, struct loc at);

#endif
