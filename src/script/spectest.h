/* spectest.h - the host module that core scripts import from: "spectest". */
#ifndef CANON_SCRIPT_SPECTEST_H
#define CANON_SCRIPT_SPECTEST_H

#include "core/instance.h"

struct spectest;

/* Its exports, in the store's arena. What the print functions are given is thrown away. */
struct spectest *spectest_new(struct core_store *s);
bool spectest_find(const struct spectest *t, struct str name, struct core_extern *out);

#endif
