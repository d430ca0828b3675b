/* import.h - what a top-level component imports, and whether that fits. Internal to link/. */
#ifndef CANON_LINK_IMPORT_H
#define CANON_LINK_IMPORT_H

#include "link/link.h"
#include "link/scope.h"

/* The names that a component can import from earlier instances. */
struct link_names *
import_names(struct arena *a, const struct link_import *imports, uint32_t nimports);

/* Checks what is to stand for an import of the top-level component; `found` may be null.
 * Raises ERR_UNLINKABLE ("unknown-import", "incompatible-import-type"). */
void import_check(struct scope *s, const struct comp_import *import, const struct link_item *found);

#endif
