/* types.h - what the definitions of a component mean as types, once all indices are resolved.
 *
 * A type is an immutable node; equality is structural, except for resource types, which are
 * equal when they have the same `struct resource`. Besides, every node has an identity of its
 * own: importing or exporting a type makes a renamed copy, and external visibility of types
 * (Explainer.md) asks which of the copies a function mentions.
 *
 * A component type binds the resources that its imports introduce and those that it creates;
 * an instance type, as long as it is only the description of an instance, those that it
 * exports abstractly. The instances and imports of a scope have no bound resources: these
 * were replaced by fresh ones when they came in (types_subst.h).
 *
 * All nodes are in the arena of the context. Making one raises ERR_EXHAUSTED
 * ("type-size-limit", "type-depth-limit"): as trees, types are bounded, so that walking
 * them is, too. */
#ifndef CANON_COMPONENT_TYPES_H
#define CANON_COMPONENT_TYPES_H

#include "component/ast.h"

#define TYPE_SIZE_MAX  (1u << 18) /* nodes, when written out as a tree */
#define TYPE_DEPTH_MAX 500u       /* constructors inside one another */
#define ELEM_SIZE_MAX  (1u << 28) /* bytes: Explainer.md, "Type Definitions" */
#define FLAT_MAX       16u        /* MAX_FLAT_PARAMS of the Canonical ABI */

struct ctype;
struct module_type;

/* A resource type's identity. */
struct resource {
	uint32_t id;
	const void *scope; /* the scope that introduced it */
	bool local;        /* defined in that scope, so that it may make and open handles */
	bool imported;     /* introduced by an import */
	bool rep64;        /* of a local one: represented by an i64, not an i32 */
};

struct resource_list {
	VEC(struct resource *) list;
};

/* What an import or export is. */
struct extern_type {
	enum comp_sort sort;      /* core module, func, value, type, component or instance */
	const struct ctype *type; /* of all but core modules; for a type, that type */
	const struct module_type *module; /* of a core module */
};

struct extern_item {
	struct str name;
	struct extern_type type;
};

/* Imports or exports, in order. */
struct extern_list {
	VEC(struct extern_item) items;
	struct strmap index;
};

/* A field, case, member, flag or parameter; `type` is null where there is none. */
struct ctype_label {
	struct str name;
	const struct ctype *type;
};

/* Core value types that stand for a value: CanonicalABI.md, "Flattening". More than FLAT_MAX
 * are only known to be too many. */
enum flat { FLAT_I32, FLAT_I64, FLAT_F32, FLAT_F64 };

struct flat_types {
	uint8_t n; /* up to FLAT_MAX + 1 */
	uint8_t list[FLAT_MAX];
};

/* CanonicalABI.md, "Element Size" and "Alignment". */
struct layout {
	uint64_t size;
	uint32_t alignment;
};

struct ctype {
	enum comp_type_kind kind;
	uint32_t id;                /* its identity */
	const struct ctype *origin; /* the node that this is a renamed copy of, or itself */
	struct loc at;

	enum comp_val_kind prim; /* CT_PRIM */
	uint32_t nlabels;        /* record, variant, tuple, flags, enum, func */
	const struct ctype_label *labels;
	const struct ctype *elem;   /* list, option, result, map, own, borrow, stream, future,
	                                       func's result; may be null as in comp_type */
	const struct ctype *error;  /* result */
	const struct ctype *key;    /* map */
	uint32_t length;            /* fixed-length list */
	bool is_async;              /* func */
	struct resource *resource;  /* resource */
	struct extern_list imports; /* component */
	struct extern_list exports; /* component, instance */
	struct resource_list bound_imports; /* component: introduced by its imports */
	struct resource_list bound_exports; /* component, instance: created with each instance */

	/* What follows is computed by ctype_finish. */
	uint32_t tree_size, depth;
	bool has_names;    /* mentions a type that has an identity worth to be kept: see
	                      ctype_is_named */
	bool has_resource; /* mentions any resource, bound or not */
	bool has_borrow;   /* a value of it may hold a borrowed handle */
	bool has_pointer;  /* its representation points into memory */
	struct layout layout32, layout64; /* of values, by the width of addresses */
	struct flat_types flat32, flat64;
};

struct ctypes {
	struct arena *arena;
	uint32_t next_id, next_resource;
	const struct ctype *prims[VAL_KIND_COUNT];
	struct pair_set *matched; /* of matching.c */
	struct core_types *core;  /* the core types that components define */
};

struct ctypes *ctypes_new(struct arena *a);

/* A zeroed node with an identity, to be filled and then finished. */
struct ctype *ctype_new(struct ctypes *ts, enum comp_type_kind kind, struct loc at);

/* Computes what is derived from the parts. */
const struct ctype *ctype_finish(struct ctype *t);

const struct ctype *ctype_prim(struct ctypes *ts, enum comp_val_kind kind);

/* A copy with an identity of its own. */
const struct ctype *ctype_rename(struct ctypes *ts, const struct ctype *t);

struct resource *resource_new(struct ctypes *ts, const void *scope);

/* May it be the type of a value? */
bool ctype_is_value(const struct ctype *t);

/* Does its use in a function's type ask for an externally visible name? Records, variants,
 * enums, flags and resources. */
bool ctype_is_named(const struct ctype *t);

/* The cases of a variant, an enum, an option or a result, and the payload of one; null: none. */
uint32_t ctype_ncases(const struct ctype *t);
const struct ctype *ctype_case(const struct ctype *t, uint32_t i);

/* Of what has cases: the bytes of the discriminant, and where the payload is behind it. */
uint32_t ctype_discriminant_size(const struct ctype *t);
uint64_t ctype_payload_offset(const struct ctype *t, bool wide);

const struct layout *ctype_layout(const struct ctype *t, bool wide);

/* Fields one after the other: starts as {0, 1}; each is added, which tells its offset; the end is
 * rounded up. */
uint64_t layout_add(struct layout *whole, const struct layout *field);
void layout_end(struct layout *whole);

/* Of a record, a tuple, or the parameters of a function as if they were a tuple. */
struct layout ctype_fields_layout(const struct ctype *t, bool wide);

/* "record", "u32", "func", ...: for messages. */
const char *ctype_kind_name(const struct ctype *t);

/* Appends; the caller has made sure that the name is new. */
void
extern_list_add(struct ctypes *ts, struct extern_list *l, struct str name, struct extern_type t);

/* Null when there is none. */
const struct extern_type *extern_list_find(const struct extern_list *l, struct str name);

/* Appends; n stays at FLAT_MAX + 1 once it is there. */
void flat_append(struct flat_types *flat, const struct flat_types *more);

#endif
