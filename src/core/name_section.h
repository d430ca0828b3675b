/* name_section.h - the custom section that keeps a module's $names: core specification, appendix
 * "Custom Sections", "Name Section", with the subsections that tools have added for whatever has an
 * index. */
#ifndef CANON_CORE_NAME_SECTION_H
#define CANON_CORE_NAME_SECTION_H

#include "core/ast.h"

#define CORE_NAME_SECTION "name"

/* Takes the names of a section's contents over into a module that is otherwise complete, and in the
 * arena: what comes before the first thing that cannot be read. Never raises about the contents. */
void core_names_read(struct arena *a, struct core_module *m, struct str bytes);

/* Whether the module has names, and the contents of a section with them. */
bool core_names_needed(const struct core_module *m);
void core_names_write(struct strbuf *out, const struct core_module *m);

#endif
