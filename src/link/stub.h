/* stub.h - imports that nothing provides: functions that trap when they are called, resource types
 * without a handle, and instances of these. Internal to link/. */
#ifndef CANON_LINK_STUB_H
#define CANON_LINK_STUB_H

#include "link/scope.h"

/* What stands for an import of a top-level component, by its type, and is told to the instance's
 * `stubbed`. Null where nothing can: a module, a component or a value. The functions raise ERR_TRAP
 * ("missing-import") with their name. */
const struct link_item *stub_import(struct scope *s, const struct comp_import *import);

#endif
