/* ast.h - a component, as exactly what the binary format can say.
 *
 * Text and binary both produce this tree; validation, encoding, printing and linking start
 * from it. All sugar of the text format is gone: a component is an ordered list of
 * definitions, and each refers to earlier ones by number, in the index space of a sort.
 * Names ($ids) are kept beside, and locations in every node, for messages and printing.
 * Explainer.md "Component Definitions" and what follows; Binary.md rule by rule.
 *
 * Everything lives in the arena that the parser or decoder was given. Strings may be borrowed
 * from there, too. Nothing here is checked but syntax: indices may be out of range. */
#ifndef CANON_COMPONENT_AST_H
#define CANON_COMPONENT_AST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/source.h"
#include "base/str.h"
#include "base/vec.h"
#include "core/ast.h"

struct component;
struct comp_def;

/* ---- sorts and references ---- */

/* Sorts and index spaces are one and the same. Core ones first. */
enum comp_sort {
	SORT_CORE_FUNC,
	SORT_CORE_TABLE,
	SORT_CORE_MEMORY,
	SORT_CORE_GLOBAL,
	SORT_CORE_TAG,
	SORT_CORE_TYPE,
	SORT_CORE_MODULE,
	SORT_CORE_INSTANCE,
	SORT_FUNC,
	SORT_VALUE,
	SORT_TYPE,
	SORT_COMPONENT,
	SORT_INSTANCE,
	SORT_COUNT,
};

/* "core func", "func", ...: as the text format writes it. */
const char *comp_sort_name(enum comp_sort sort);

/* The reason of an error for a definition that is not there: "unknown-core-func", ... */
const char *comp_sort_unknown(enum comp_sort sort);

/* A sortidx. */
struct comp_ref {
	enum comp_sort sort;
	uint32_t index;
	struct loc at;
};

/* ---- names of imports and exports ---- */

enum comp_attr_kind { /* the numbers of the binary format */
	ATTR_IMPLEMENTS = 0,
	ATTR_VERSION_SUFFIX = 1,
	ATTR_EXTERNAL_ID = 2,
};

struct comp_attr {
	enum comp_attr_kind kind;
	struct str text;
	struct loc at;
};

/* An externname with its attributes, in the order written. */
struct comp_name {
	struct str name;
	VEC(struct comp_attr) attrs;
	struct loc at;
};

/* ---- value types ---- */

enum comp_val_kind {
	VAL_NONE,  /* absent, where the grammar says <valtype>? */
	VAL_INDEX, /* the type with this index */
	VAL_BOOL,
	VAL_S8,
	VAL_U8,
	VAL_S16,
	VAL_U16,
	VAL_S32,
	VAL_U32,
	VAL_S64,
	VAL_U64,
	VAL_F32,
	VAL_F64,
	VAL_CHAR,
	VAL_STRING,
	VAL_ERROR_CONTEXT,
	VAL_KIND_COUNT,
};

/* "u32" and so on; null for VAL_NONE and VAL_INDEX. */
const char *comp_prim_name(enum comp_val_kind kind);

struct comp_valtype {
	enum comp_val_kind kind;
	uint32_t index; /* VAL_INDEX */
	struct loc at;
};

/* ---- types ---- */

enum comp_type_kind {
	CT_PRIM,       /* prim */
	CT_RECORD,     /* labels, each with a type */
	CT_VARIANT,    /* labels, each with a type or VAL_NONE */
	CT_LIST,       /* elem */
	CT_FIXED_LIST, /* elem, length */
	CT_TUPLE,      /* labels, without names */
	CT_FLAGS,      /* labels, without types */
	CT_ENUM,       /* labels, without types */
	CT_OPTION,     /* elem */
	CT_RESULT,     /* elem (may be VAL_NONE), error (may be VAL_NONE) */
	CT_MAP,        /* key, elem */
	CT_OWN,        /* resource */
	CT_BORROW,     /* resource */
	CT_STREAM,     /* elem (may be VAL_NONE) */
	CT_FUTURE,     /* elem (may be VAL_NONE) */
	CT_FUNC,       /* is_async, labels are the parameters, elem is the result or VAL_NONE */
	CT_COMPONENT,  /* decls: core types, types, aliases, imports, export declarations */
	CT_INSTANCE,   /* decls: the same without imports */
	CT_RESOURCE,   /* rep, dtor */
};

/* A record's field, a variant's case, a tuple's member, a flag, an enum's case, a parameter. */
struct comp_label {
	struct str name;
	struct comp_valtype type;
	struct loc at;
};

struct comp_type {
	enum comp_type_kind kind;
	struct loc at;
	enum comp_val_kind prim;
	VEC(struct comp_label) labels;
	struct comp_valtype elem;
	struct comp_valtype error;
	struct comp_valtype key;
	uint32_t length;
	uint32_t resource; /* type index */
	bool is_async;
	struct component *decls;
	struct core_valtype rep;
	bool has_dtor;
	struct comp_ref dtor; /* core func */
};

/* What an import or export is: its sort, and how the type is given. */
enum comp_extern_how {
	EXTERN_TYPE,         /* core module, func, component, instance: index of its type */
	EXTERN_TYPE_EQ,      /* type: (eq index) */
	EXTERN_SUB_RESOURCE, /* type: (sub resource) */
	EXTERN_VALUE_EQ,     /* value: (eq index), a value index */
	EXTERN_VALUE_TYPE,   /* value: of type valtype */
};

struct comp_extern_type {
	enum comp_sort sort;
	enum comp_extern_how how;
	uint32_t index; /* a core type index for core module, else a type or value index */
	struct comp_valtype valtype;
	struct loc at;
};

/* ---- core types ---- */

/* A declaration in a core module type. Types and outer aliases append to the type index space
 * of the module type, which starts empty. */
enum comp_module_decl_kind {
	MODULE_DECL_IMPORT,
	MODULE_DECL_TYPE,
	MODULE_DECL_ALIAS,
	MODULE_DECL_EXPORT
};

struct comp_module_decl {
	enum comp_module_decl_kind kind;
	struct loc at;
	struct str module, name;      /* import: both; export: name */
	struct core_externtype *type; /* import, export; its type indices are the module type's */
	struct comp_core_type *def;   /* type; never a module type */
	uint32_t outer_count, outer_index; /* alias outer count index (core type) */
};

enum comp_core_type_kind {
	CORE_TYPE_REC,    /* a recursion group of core WebAssembly, mostly of one type */
	CORE_TYPE_MODULE, /* a module type */
};

struct comp_core_type {
	enum comp_core_type_kind kind;
	struct loc at;
	struct core_rectype *rec; /* its type indices are those of the enclosing scope */
	VEC(struct comp_module_decl) decls;
};

/* ---- instances ---- */

struct comp_arg {
	struct str name;
	struct comp_ref ref; /* in a core instance: of sort core instance */
	struct loc at;
};

struct comp_inline_export {
	struct comp_name name; /* in a core instance: without attributes */
	struct comp_ref ref;
};

/* A core instance or a component instance. */
struct comp_instance {
	bool is_instantiate;
	struct comp_ref target; /* instantiate: a core module or component */
	VEC(struct comp_arg) args;
	VEC(struct comp_inline_export) exports; /* otherwise */
};

/* ---- aliases ---- */

enum comp_alias_kind { ALIAS_EXPORT, ALIAS_CORE_EXPORT, ALIAS_OUTER };

struct comp_alias {
	enum comp_alias_kind kind;
	enum comp_sort sort;      /* of what is aliased, and the index space that grows */
	struct comp_ref instance; /* export and core export */
	struct str name;          /* export and core export */
	uint32_t outer_count;     /* outer: 0 is the scope that the alias stands in */
	uint32_t outer_index;
};

/* ---- canonical definitions ---- */

enum comp_canon_kind {
	CANON_LIFT,
	CANON_LOWER,
#define BUILTIN(NAME, text, opcode, imm, gate, params, results) CANON_##NAME,
#include "component/builtins.def"
	CANON_COUNT,
};

enum comp_canon_imm {
	IMM_LIFT,
	IMM_LOWER,
	IMM_NONE,
	IMM_TYPE,
	IMM_TYPE_OPTS,
	IMM_TYPE_ASYNC,
	IMM_ASYNC,
	IMM_OPTS,
	IMM_RESULT_OPTS,
	IMM_VALTYPE_OPTS,
	IMM_CANCEL,
	IMM_CANCEL_MEMORY,
	IMM_CONTEXT,
	IMM_CORETYPE_TABLE,
	IMM_SHARED,
	IMM_SHARED_CORETYPE,
	IMM_SHARED_CORETYPE_TABLE,
};

struct comp_canon_info {
	const char *text;
	uint8_t opcode;
	enum comp_canon_imm imm;
	const char *gate;             /* "" is ungated */
	const char *params, *results; /* of the core function; see builtins.def */
};

extern const struct comp_canon_info comp_canon_infos[CANON_COUNT];

enum comp_opt_kind { /* the numbers of the binary format */
	OPT_UTF8 = 0,
	OPT_UTF16 = 1,
	OPT_LATIN1_UTF16 = 2,
	OPT_MEMORY = 3,      /* ref: core memory */
	OPT_REALLOC = 4,     /* ref: core func */
	OPT_POST_RETURN = 5, /* ref: core func */
	OPT_ASYNC = 6,
	OPT_CALLBACK = 7, /* ref: core func */
	OPT_LAZY = 0x70,  /* private: spec/lazy.md */
};

/* "string-encoding=utf8", "memory", ...; null where no option has that number. */
const char *comp_opt_name(enum comp_opt_kind kind);

/* The sort of its ref; SORT_COUNT where it has none. */
enum comp_sort comp_opt_sort(enum comp_opt_kind kind);

struct comp_opt {
	enum comp_opt_kind kind;
	struct comp_ref ref;
	struct loc at;
};

struct ctype;

/* lift grows the func space, all others the core func space. */
struct comp_canon {
	enum comp_canon_kind kind;
	struct comp_ref func;          /* lift: core func; lower: func */
	struct comp_ref type;          /* lift: the function type; TYPE immediates */
	VEC(struct comp_opt) opts;     /* in the order written; may repeat or contradict */
	struct comp_valtype result;    /* RESULT_OPTS, VALTYPE_OPTS */
	bool is_async;                 /* TYPE_ASYNC, ASYNC */
	bool is_cancellable;           /* CANCEL, CANCEL_MEMORY */
	bool is_shared;                /* SHARED... */
	struct comp_ref memory;        /* CANCEL_MEMORY */
	struct core_valtype slot_type; /* CONTEXT */
	uint32_t slot;                 /* CONTEXT */
	struct comp_ref core_type;     /* ...CORETYPE... */
	struct comp_ref table;         /* ...TABLE */

	/* Set by validation, of lift and lower: the type of the function, and that of the core
	 * function that is lifted or made. Of reads and writes: the type of the stream or future. */
	const struct ctype *functype;
	const struct core_functype *core_functype;
	const void *const *types; /* the types that it can name, by index: struct ctype */
	uint32_t ntypes;
};

/* ---- imports, exports, start ---- */

/* In a component, and in a component type. */
struct comp_import {
	struct comp_name name;
	struct comp_extern_type type;
};

/* In a component: `ref` is exported, perhaps with a type ascribed to it. In a component or
 * instance type: a declaration, which has a type and no `ref`. Both append to the index space
 * of the sort. */
struct comp_export {
	struct comp_name name;
	bool is_decl;
	struct comp_ref ref;
	bool has_type;
	struct comp_extern_type type;
};

struct comp_start {
	struct comp_ref func;
	VEC(struct comp_ref) args; /* of sort value */
	uint32_t results;
};

/* ---- values ---- */

enum comp_literal_kind {
	LIT_BOOL,    /* bits: 0 or 1 */
	LIT_INT,     /* number: as written, with its sign */
	LIT_FLOAT,   /* number: as written; a float that is no integer */
	LIT_CHAR,    /* bits: the scalar value */
	LIT_STRING,  /* text */
	LIT_RECORD,  /* items */
	LIT_VARIANT, /* text is the label; items: none or one */
	LIT_LIST,    /* items */
	LIT_TUPLE,   /* items */
	LIT_FLAGS,   /* items, each a LIT_STRING */
	LIT_ENUM,    /* text is the label */
	LIT_NONE,
	LIT_SOME,   /* items: one */
	LIT_OK,     /* items: none or one */
	LIT_ERROR,  /* items: none or one */
	LIT_BINARY, /* text: the value's encoding; all that a decoder produces */
};

/* A value as the text writes it; what it means depends on its type. */
struct comp_literal {
	enum comp_literal_kind kind;
	struct loc at;
	uint32_t bits;
	struct str number;
	struct str text;
	VEC(struct comp_literal) items;
};

struct comp_value {
	struct comp_valtype type;
	struct comp_literal literal;
	struct str encoding; /* set by validation, where the literal is text */
};

/* ---- definitions ---- */

enum comp_def_kind {
	DEF_CORE_MODULE,
	DEF_CORE_INSTANCE,
	DEF_CORE_TYPE,
	DEF_COMPONENT,
	DEF_INSTANCE,
	DEF_ALIAS,
	DEF_TYPE,
	DEF_CANON,
	DEF_START,
	DEF_IMPORT,
	DEF_EXPORT,
	DEF_VALUE,
};

struct comp_def {
	enum comp_def_kind kind;
	struct loc at;
	union {
		struct core_module *module;
		struct component *component;
		struct comp_core_type *core_type;
		struct comp_type *type;
		struct comp_instance instance; /* DEF_CORE_INSTANCE and DEF_INSTANCE */
		struct comp_alias alias;
		struct comp_canon canon;
		struct comp_start start;
		struct comp_import import;
		struct comp_export export;
		struct comp_value value;
	};
};

/* The $name of an index, without its $. */
struct comp_id {
	enum comp_sort sort;
	uint32_t index;
	struct str name;
};

/* A custom section. It stands before the definition with number `place`. */
struct comp_custom {
	struct loc at;
	struct str name, bytes;
	uint32_t place;
};

/* A component; or the declarations of a component type or an instance type, of which each
 * is a scope of its own with empty index spaces at its start. */
struct component {
	struct loc at;
	struct str id; /* empty when it has none */
	VEC(struct comp_def) defs;
	VEC(struct comp_id) ids; /* by order of definition */
	VEC(struct comp_custom) customs;
};

/* The sort whose index space the definition grows, and by how many (a recursion group and a
 * start function may add several, or none). */
enum comp_sort comp_def_sort(const struct comp_def *def, uint32_t *count);

/* The $name of an index, or an empty string. Linear: for messages. */
struct str comp_id_of(const struct component *c, enum comp_sort sort, uint32_t index);

#endif
