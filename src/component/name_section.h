/* name_section.h - the custom section that keeps a component's $names: Binary.md, "Name
 * Section". */
#ifndef CANON_COMPONENT_NAME_SECTION_H
#define CANON_COMPONENT_NAME_SECTION_H

#include "component/ast.h"

#define COMPONENT_NAME_SECTION "component-name"

/* Takes the names of a section's contents over into the component: what comes before the first
 * thing that cannot be read. Never raises about the contents, which need not be valid. */
void name_section_read(struct arena *a, struct component *c, struct str bytes);

/* Appends the contents of a section with the names of a component. */
void name_section_write(struct strbuf *out, const struct component *c);

/* Whether the component has names. */
bool name_section_needed(const struct component *c);

#endif
