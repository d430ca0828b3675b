/* suite.h - the functions, modules and resource types that scripts of other suites import from
 * their runner. */
#ifndef CANON_HOST_SUITE_H
#define CANON_HOST_SUITE_H

#include "base/arena.h"
#include "base/str.h"

struct component;

/* A validated component that exports them, for link_instantiate; in the arena. It exports the
 * functions "host-echo-u32" and "host-return-two", and the instance "host". */
const struct component *suite_component(struct arena *a);

/* Whether it exports something of this name. */
bool suite_exports(struct str name);

#endif
