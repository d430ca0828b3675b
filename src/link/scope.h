/* scope.h - what exists at run time while a component is instantiated, and after: the index
 * spaces of each component instance, the things in them, and names that lead to them.
 *
 * Everything is in the arena of the linked instance. Internal to link/. */
#ifndef CANON_LINK_SCOPE_H
#define CANON_LINK_SCOPE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/vec.h"
#include "cabi/cabi.h"
#include "component/ast.h"
#include "core/types.h"

struct core_func;
struct core_functype;
struct core_global;
struct core_memory;
struct core_module;
struct core_store;
struct core_table;
struct module_type;
struct scope;

/* A component function: what the ABI calls a FuncInst, with its own type. */
struct link_func {
	FuncInst inst;
	FuncType *type;
	const char *name; /* of the core function, where traces have details; or null */
};

/* A component type at run time. Types of components and instances are needed only for the
 * imports of a top-level component; they stay what they are in the tree, with the scope that
 * gives their outer aliases a meaning. */
struct link_type {
	enum { TYPE_VALUE, TYPE_FUNC, TYPE_RESOURCE, TYPE_TREE } kind;
	union {
		ValType *value;
		FuncType *func;
		ResourceType *resource;
		const struct comp_type *tree;
	};
	struct scope *scope; /* TYPE_TREE */
};

/* A core type: one of the two. */
struct link_core_type {
	uint32_t id; /* in the store's types, or CORE_TYPE_NONE for a module's */
	const struct core_functype *func;
	const struct module_type *module;
};

/* A component with the scope that it captured. */
struct link_component {
	const struct component *ast;
	struct scope *outer;
};

/* One thing of an index space. */
struct link_item {
	enum comp_sort sort;
	union {
		struct core_func *core_func;
		struct core_table *table;
		struct core_memory *memory;
		struct core_global *global;
		struct core_tag *tag;
		const struct link_core_type *core_type;
		const struct core_module *module;
		struct link_names *core_instance;
		struct link_func *func;
		struct link_type *type;
		struct link_component *component;
		struct link_names *instance;
		const struct link_value *value;
	};
};

/* An instance, core or not, as the world sees it: items by name. */
struct link_names {
	struct strmap map;
	VEC(struct link_item) items;
	VEC(struct str) names;
};

/* A component instance while it is being built: the index spaces of the component, and those
 * of the component that it stands in. */
struct scope {
	struct linked *linked;
	struct scope *outer;
	const struct component *ast;
	ComponentInstance *inst; /* null in the scope of a type */
	const struct link_names *imports;
	struct link_names *exports;
	bool is_top; /* what it imports comes from outside, and has to be checked */
	VEC(struct link_item) spaces[SORT_COUNT];
	struct core_type_space core_ids; /* of the core types; filled up when it is needed */
};

/* A top-level instance and its store. */
struct linked {
	struct arena *arena;
	Store *store;
	struct core_store *core;
	struct link_names *exports;
	uint32_t ninstances; /* component and core instances so far, to cap them */
	bool poisoned;
	bool stubs;                /* stand for imports that nothing provides */
	VEC(const char *) stubbed; /* the names of those */
	VEC(MemInst *) memories;   /* one for each core memory that an option names */
};

struct link_names *names_new(struct arena *a);

/* The name is new, or the first one stays. */
void names_put(struct arena *a, struct link_names *names, struct str name, struct link_item item);

/* Null when there is none. */
const struct link_item *names_get(const struct link_names *names, struct str name);

/* Appends to the index space of the item's sort. */
void space_push(struct scope *s, struct link_item item);

/* The item with an index. An index out of range is an internal error: the component was
 * validated. */
struct link_item *space_at(struct scope *s, enum comp_sort sort, uint32_t index);

/* Handles an alias definition. */
void space_alias(struct scope *s, const struct comp_alias *alias);

#endif
