/* types_subst.h - replacing type nodes and resources by others, throughout a type.
 *
 * Explainer.md, "Type Checking": instantiation substitutes the types supplied for those
 * imported, and makes the resource types of the new instance fresh; an import or export
 * introduces new names for the types that it brings. Shared parts are visited once, and what
 * does not change is not copied. Work is taken from the budget (base/budget.h). */
#ifndef CANON_COMPONENT_TYPES_SUBST_H
#define CANON_COMPONENT_TYPES_SUBST_H

#include "component/types.h"

/* A map from identities (of nodes, or of resources) to pointers, in an arena. Zero-initialise
 * but for `arena`. A null pointer can be a value. */
struct id_map {
	struct arena *arena;
	struct id_slot *slots;
	uint32_t len, cap;
};

void id_map_put(struct id_map *m, uint32_t id, const void *value);
bool id_map_get(const struct id_map *m, uint32_t id, const void **value);
bool id_map_has(const struct id_map *m, uint32_t id);

struct subst {
	struct ctypes *ts;
	struct id_map nodes;     /* of ctype ids; grows with every node visited */
	struct id_map resources; /* of resource ids; null: bound, but by nothing yet */
};

struct subst subst_new(struct ctypes *ts);

/* Stands for `r` from now on. Nodes visited before keep their old replacement. */
void subst_resource(struct subst *s, const struct resource *r, struct resource *by);
void subst_node(struct subst *s, const struct ctype *t, const struct ctype *by);

/* Fresh resources of a scope for all in the list. */
void
subst_fresh(struct subst *s, const struct resource_list *list, const void *scope, bool imported);

/* What `r` is replaced by: itself, when nothing is said, or null. */
struct resource *subst_resource_of(const struct subst *s, struct resource *r);

const struct ctype *subst_type(struct subst *s, const struct ctype *t);
struct extern_type subst_extern(struct subst *s, struct extern_type e);

/* The same, but each type that it exports, itself or in instances, becomes a renamed copy. */
struct extern_type subst_rename(struct subst *s, struct extern_type e);

/* Is ok(env, r) true of every resource r that it mentions without binding it? */
bool ctype_free_resources_ok(struct ctypes *ts, const struct ctype *t,
	bool (*ok)(const void *env, const struct resource *r), const void *env);

/* Does it mention a resource that it does not bind itself? */
bool ctype_has_free_resource(struct ctypes *ts, const struct ctype *t);

#endif
