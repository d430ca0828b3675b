/* core_instance.h - core instances inside of components. Internal to link/. */
#ifndef CANON_LINK_CORE_INSTANCE_H
#define CANON_LINK_CORE_INSTANCE_H

#include "link/scope.h"

/* Adds what a core instance definition defines to the core instance space. A core module is
 * instantiated in a task of its own, see core_instance.c. Raises what core instantiation and
 * its start function raise. Explainer.md, "Instance Definitions". */
void core_instance_define(struct scope *s, const struct comp_instance *def);

#endif
