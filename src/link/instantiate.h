/* instantiate.h - running the definitions of a component. Internal to link/. */
#ifndef CANON_LINK_INSTANTIATE_H
#define CANON_LINK_INSTANTIATE_H

#include "link/scope.h"

/* A new instance of a component, and what it exports. `parent` is null at the top, where
 * imports are checked. Raises what link_instantiate says. */
struct link_names *instantiate_component(struct linked *l, const struct link_component *component,
	const struct link_names *imports, ComponentInstance *parent);

#endif
