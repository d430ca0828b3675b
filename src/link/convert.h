/* convert.h - between values as scripts write them and values of the Canonical ABI, guided by
 * a type. Internal to link/. */
#ifndef CANON_LINK_CONVERT_H
#define CANON_LINK_CONVERT_H

#include "base/source.h"
#include "cabi/cabi.h"
#include "link/value.h"

/* A value of type t, on the running heap. Raises ERR_SCRIPT ("argument-type") at `at` when v
 * does not fit: other kind, unknown or missing label, wrong length. */
Value value_to_abi(const struct link_value *v, ValType *t, struct loc at);

/* A tree in `out` that shares nothing with v. */
struct link_value value_of_abi(struct arena *out, const Value *v, ValType *t);

/* The kind that values of type t have. */
enum link_value_kind link_kind_of(const ValType *t);

#endif
