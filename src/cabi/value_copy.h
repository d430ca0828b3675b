/* value_copy.h - lifted values that outlive the call that lifted them. Not of the definitions, whose
 * values a collector keeps. */
#ifndef CANON_CABI_VALUE_COPY_H
#define CANON_CABI_VALUE_COPY_H

#include "cabi/cabi.h"

String *String_copy(struct arena *a, const String *s);

/* A value with all that it points at, in an arena. Resources, streams, futures and error contexts
 * stay the same; the arena holds the latter. */
Value Value_copy(struct arena *a, Value v, ValType *t);

#endif
