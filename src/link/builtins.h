/* builtins.h - the canonical built-ins other than lift and lower, as core functions.
 * Internal to link/. */
#ifndef CANON_LINK_BUILTINS_H
#define CANON_LINK_BUILTINS_H

#include "link/scope.h"

/* The core function that a built-in defines, with its options evaluated. Raises
 * ERR_UNSUPPORTED, with the gate as the reason, for those that the document does not define
 * yet. */
struct core_func *builtin_define(
	struct scope *s, const struct comp_canon *canon, CanonicalOptions *opts, struct loc at);

#endif
