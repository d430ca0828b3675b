/* valid_canon.h - the options of canonical definitions, checked, and core function types to
 * compare with. For valid_canon*.c alone. */
#ifndef CANON_COMPONENT_VALID_CANON_H
#define CANON_COMPONENT_VALID_CANON_H

#include "component/valid_scope.h"

/* Null and false where an option is absent. */
struct canon_opts {
	const struct comp_opt *encoding;
	const struct core_memtype *memory;
	const struct core_functype *realloc, *post_return, *callback;
	bool is_async, lazy;
	bool wide; /* addresses are i64 */
	struct loc at;
};

/* A core function type under construction. */
struct flat_func {
	struct flat_types params, results;
	bool out_pointer; /* one more parameter: where to put the results */
	bool wide;        /* addresses are i64 */
};

/* The rules that hold for options everywhere: CanonicalABI.md, "canonopt Validation". */
struct canon_opts valid_opts(struct scope *s, const struct comp_canon *c, struct loc at);

/* Raises "memory-required" or "realloc-required" unless there is what is needed; with `lazy`,
 * realloc never is. */
void need_memory(const struct canon_opts *o, bool needed);
void need_realloc(const struct canon_opts *o, bool needed);

const struct flat_types *flat_value(const struct ctype *t, bool wide);

/* Appends one core value type; an address. */
void flat_add(struct flat_types *f, enum flat t);
void flat_add_pointer(struct flat_types *f, bool wide);

/* flat_functype of the document. `wide` is about addresses. */
struct flat_func flat_functype(const struct canon_opts *o, const struct ctype *ft, bool lift);

/* Adds a core function of this type to the index space; the type. */
const struct core_functype *add_core_func(struct scope *s, const struct flat_func *f);

/* Remembers the type that a definition is of, and those that it can name. */
void note_types(const struct scope *s, struct comp_canon *c, const struct ctype *t);

/* valid_builtins.c: everything but lift and lower. */
void valid_builtin(struct scope *s, struct comp_canon *c, struct loc at);

#endif
