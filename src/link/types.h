/* types.h - types at run time: from the AST to the types of the Canonical ABI, in which a
 * resource type is the one that an instance really has. Internal to link/. */
#ifndef CANON_LINK_TYPES_H
#define CANON_LINK_TYPES_H

#include "link/scope.h"

/* The value of a type definition in a scope: each resource definition makes a fresh resource
 * type. */
struct link_type *type_eval(struct scope *s, const struct comp_type *type);

/* Adds what a core type definition defines to the core type space. */
void core_type_eval(struct scope *s, const struct comp_core_type *type);

/* Null for VAL_NONE. */
ValType *valtype_eval(struct scope *s, struct comp_valtype type);

/* Whether two types are the same: structure, labels, and identity of resource types. */
bool valtype_same(const ValType *a, const ValType *b);
bool functype_same(const FuncType *a, const FuncType *b, bool labels); /* of parameters, too */

/* The type of an exported function. For whoever describes it elsewhere. */
const FuncType *link_func_type(const struct link_func *f);

/* "u8", "list", "own": what a type is called, without what it is made of. */
const char *valtype_kind_name(ValTypeKind kind);

/* Appends "list<u8>", "func(x: u32) -> string". */
void valtype_print(struct strbuf *out, const ValType *t);
void functype_print(struct strbuf *out, const FuncType *t);

#endif
