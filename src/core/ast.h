/* ast.h - a core module, as exactly what the binary format can say.
 *
 * Text and binary both produce this tree; validation, encoding and instantiation start from
 * it. All references are numbers: names are kept beside, for messages. Bodies are linear, in
 * the order of the binary format: block, loop, if, else and end are instructions of their own,
 * and a body ends with an end. Core specification, "Structure".
 *
 * Everything is in the arena of the parser or decoder. Nothing is checked but syntax. */
#ifndef CANON_CORE_AST_H
#define CANON_CORE_AST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/source.h"
#include "base/str.h"
#include "base/vec.h"

/* ---- types ---- */

enum core_kind {
	CORE_KIND_NONE, /* no type; in validation: any */
	CORE_KIND_I32,
	CORE_KIND_I64,
	CORE_KIND_F32,
	CORE_KIND_F64,
	CORE_KIND_V128,
	CORE_KIND_REF, /* nullable, heap, index */
	CORE_KIND_I8,  /* packed: in fields of structs and arrays alone */
	CORE_KIND_I16,
};

enum core_heap {
	CORE_HEAP_FUNC,
	CORE_HEAP_EXTERN,
	CORE_HEAP_ANY,
	CORE_HEAP_EQ,
	CORE_HEAP_I31,
	CORE_HEAP_STRUCT,
	CORE_HEAP_ARRAY,
	CORE_HEAP_EXN,
	CORE_HEAP_NONE,
	CORE_HEAP_NOFUNC,
	CORE_HEAP_NOEXTERN,
	CORE_HEAP_NOEXN,
	CORE_HEAP_INDEX,  /* the type with this index */
	CORE_HEAP_BOTTOM, /* in validation alone: below all others */
};

struct core_valtype {
	uint8_t kind;   /* enum core_kind */
	uint8_t heap;   /* enum core_heap, for a reference */
	bool nullable;  /* for a reference */
	uint32_t index; /* CORE_HEAP_INDEX */
};

#define CORE_I32       ((struct core_valtype){.kind = CORE_KIND_I32})
#define CORE_I64       ((struct core_valtype){.kind = CORE_KIND_I64})
#define CORE_F32       ((struct core_valtype){.kind = CORE_KIND_F32})
#define CORE_F64       ((struct core_valtype){.kind = CORE_KIND_F64})
#define CORE_V128      ((struct core_valtype){.kind = CORE_KIND_V128})
#define CORE_FUNCREF   ((struct core_valtype){CORE_KIND_REF, CORE_HEAP_FUNC, true, 0})
#define CORE_EXNREF    ((struct core_valtype){CORE_KIND_REF, CORE_HEAP_EXN, true, 0})
#define CORE_EXTERNREF ((struct core_valtype){CORE_KIND_REF, CORE_HEAP_EXTERN, true, 0})

bool core_valtype_equal(struct core_valtype a, struct core_valtype b);
bool core_valtype_is_number(struct core_valtype t); /* v128 included */
bool core_valtype_is_ref(struct core_valtype t);
bool core_valtype_has_default(struct core_valtype t); /* a value to start with: 0, or null */

/* How many 8-byte slots values take at run time: one each, a v128 two that follow each other. */
static inline uint32_t
core_valtype_slots(struct core_valtype t)
{
	return t.kind == CORE_KIND_V128 ? 2 : 1;
}
uint32_t core_valtypes_slots(const struct core_valtype *types, uint32_t n);

/* The most that a single value takes. */
#define CORE_VALUE_SLOTS 2

/* The byte that stands for an abstract heap type in the binary format. */
uint8_t core_heap_byte(enum core_heap heap);

/* "func", "extern", ...; null for CORE_HEAP_INDEX. */
const char *core_heap_name(enum core_heap heap);

/* "i32", "(ref null func)" as "funcref", ... A static string, good until some calls later. */
const char *core_valtype_name(struct core_valtype t);

struct core_functype {
	uint32_t nparams, nresults;
	struct core_valtype *params, *results;
};

bool core_functype_equal(const struct core_functype *a, const struct core_functype *b);

/* Appends "(param i32 i64) (result f32)", or "(func)" pieces with nothing for an empty one. */
void core_functype_print(struct strbuf *out, const struct core_functype *t);

enum core_comp_kind { CORE_COMP_FUNC, CORE_COMP_STRUCT, CORE_COMP_ARRAY };

struct core_fieldtype {
	struct core_valtype type; /* may be packed */
	bool mutable;
};

/* The names of what has no definition of its own, each with its index. */
struct core_name {
	uint32_t index;
	struct str name;
};

struct core_names {
	struct core_name *data;
	uint32_t len, cap;
};

/* One type of a recursion group. */
struct core_subtype {
	struct loc at;
	struct str name; /* the $name without $, or empty */
	enum core_comp_kind kind;
	struct core_functype func;
	bool open; /* may have subtypes; written as sub without final */
	uint32_t nsupers;
	const uint32_t *supers; /* type indices */
	uint32_t nfields;       /* struct: any number; array: one */
	struct core_fieldtype *fields;
	struct core_names field_names;
};

/* A recursion group; a plain type definition is a group of one. */
struct core_rectype {
	struct loc at;
	uint32_t ntypes;
	struct core_subtype *types;
};

struct core_limits {
	uint64_t min, max;
	bool has_max;
	bool is_64; /* the address type is i64 */
	bool is_shared;
};

/* i32 or i64: the type of what addresses a memory or table with these limits. */
struct core_valtype core_address_type(const struct core_limits *l);

struct core_tabletype {
	struct core_limits limits; /* entries */
	struct core_valtype elem;
};

#define CORE_PAGE UINT64_C(65536) /* bytes */

struct core_memtype {
	struct core_limits limits; /* pages of 64 KiB */
};

struct core_globaltype {
	struct core_valtype type;
	bool mutable;
};

enum core_sort {
	CORE_SORT_FUNC, /* the numbers of the binary format */
	CORE_SORT_TABLE,
	CORE_SORT_MEMORY,
	CORE_SORT_GLOBAL,
	CORE_SORT_TAG,
	CORE_SORT_COUNT,
};

/* "func", "table", ... */
const char *core_sort_name(enum core_sort sort);

/* What an import or an export is. */
struct core_externtype {
	enum core_sort sort;
	struct loc at;
	uint32_t type; /* func, tag: type index */
	struct core_tabletype table;
	struct core_memtype memory;
	struct core_globaltype global;
};

/* ---- instructions ---- */

enum core_op {
#define OP(NAME, text, opcode, imm, sig) CORE_OP_##NAME,
#include "core/ops.def"
	CORE_OP_COUNT,
};

/* What stands behind an opcode, and the fields of struct core_instr that hold it. */
enum core_imm {
	CORE_IMM_NONE,
	CORE_IMM_BLOCK,       /* has_index; index or type */
	CORE_IMM_TRY,         /* has_index; index or handler->result; handler */
	CORE_IMM_TAG,         /* index */
	CORE_IMM_LABEL,       /* index */
	CORE_IMM_LABELS,      /* count, labels: the table, the default last */
	CORE_IMM_FUNC,        /* index */
	CORE_IMM_TYPE,        /* index */
	CORE_IMM_TYPE_TABLE,  /* index: type; index2: table */
	CORE_IMM_TYPE_FIELD,  /* index: type; index2: field */
	CORE_IMM_TYPE_COUNT,  /* index: type; index2: a number */
	CORE_IMM_TYPE_TYPE,   /* index: destination; index2: source */
	CORE_IMM_TYPE_DATA,   /* index: type; index2: segment */
	CORE_IMM_TYPE_ELEM,   /* index: type; index2: segment */
	CORE_IMM_REFTYPE,     /* type */
	CORE_IMM_CAST,        /* index: label; types: from and to */
	CORE_IMM_LOCAL,       /* index */
	CORE_IMM_GLOBAL,      /* index */
	CORE_IMM_TABLE,       /* index */
	CORE_IMM_TABLE_TABLE, /* index: destination; index2: source */
	CORE_IMM_ELEM,        /* index */
	CORE_IMM_ELEM_TABLE,  /* index: segment; index2: table */
	CORE_IMM_MEM,         /* index */
	CORE_IMM_MEM_MEM,     /* index: destination; index2: source */
	CORE_IMM_DATA,        /* index */
	CORE_IMM_DATA_MEM,    /* index: segment; index2: memory */
	CORE_IMM_MEMARG,      /* index: memory; align; offset */
	CORE_IMM_MEMARG_LANE, /* likewise; lane */
	CORE_IMM_HEAPTYPE,    /* type: the nullable reference type */
	CORE_IMM_TYPES,       /* count, types */
	CORE_IMM_I32,         /* bits */
	CORE_IMM_I64,         /* bits */
	CORE_IMM_F32,         /* bits */
	CORE_IMM_F64,         /* bits */
	CORE_IMM_V128,        /* core_instr_bytes */
	CORE_IMM_LANE,        /* lane */
	CORE_IMM_LANES,       /* core_instr_bytes: 16 lanes */
};

struct core_op_info {
	const char *text;
	uint32_t opcode; /* see ops.def */
	enum core_imm imm;
	const char *sig; /* see ops.def */
};

extern const struct core_op_info core_ops[CORE_OP_COUNT];

/* The instruction with this text; where several share it, the first of ops.def. */
bool core_op_by_text(struct str text, enum core_op *op);

/* The parts of an opcode: its prefix, 0 where it has none, and the number behind it. */
uint8_t core_opcode_prefix(uint32_t opcode);
uint32_t core_opcode_number(uint32_t opcode);

enum core_catch_kind { /* the numbers of the binary format */
	CORE_CATCH,
	CORE_CATCH_REF,
	CORE_CATCH_ALL,
	CORE_CATCH_ALL_REF,
};

struct core_catch {
	enum core_catch_kind kind;
	uint32_t tag, label;
};

bool core_catch_has_tag(enum core_catch_kind kind);
bool core_catch_has_ref(enum core_catch_kind kind);

/* What try_table has beside an index. */
struct core_handler {
	struct core_valtype result; /* without an index: the block's result, or none */
	uint32_t ncatches;
	const struct core_catch *catches;
};

/* Small, since a module has millions of them. */
struct core_instr {
	uint16_t op; /* enum core_op */
	uint8_t lane;
	uint32_t pos; /* where it stands in the source of its expression */
	union {
		uint32_t index;
		uint32_t count; /* of labels, at least one; of types */
	};
	union {
		uint32_t index2;
		uint32_t align; /* log2 of the bytes; as written, so up to 63 */
		bool has_index; /* of a block: its type is the one with this index */
	};
	union {
		uint64_t bits;
		uint64_t offset;
		struct core_valtype type; /* of a block without index: its result, or none */
		const struct core_valtype *types;
		const uint32_t *labels;
		const struct core_handler *handler;
	};
};

/* Instructions up to and with the end that closes them. */
struct core_expr {
	struct loc at;
	const struct core_instr *instrs;
	uint32_t ninstrs;
};

/* Whether an end belongs to it: blocks, and what is like them. */
bool core_op_opens(enum core_op op);

/* The 16 bytes of a v128.const or a shuffle, which take the place of all other fields. */
void core_instr_bytes(const struct core_instr *i, uint8_t bytes[16]);
void core_instr_set_bytes(struct core_instr *i, const uint8_t bytes[16]);

/* The log2 of the bytes that a load or store reads or writes. */
uint32_t core_natural_align(enum core_op op);

/* Where an instruction of the expression stands. */
static inline struct loc
core_instr_at(const struct core_expr *e, const struct core_instr *i)
{
	return (struct loc){e->at.src, i->pos};
}

/* ---- definitions ---- */

/* Each index space holds the imported entities first. */

struct core_code;

struct core_func_def {
	struct loc at;
	struct str name; /* the $name without $, or empty */
	bool imported;
	uint32_t type; /* type index */
	/* from text: */
	uint32_t nlocals; /* without the parameters */
	struct core_valtype *locals;
	struct core_expr body;
	struct core_names local_names; /* parameters first */
	struct core_names label_names; /* of blocks, in the order of their starts */
	/* from a binary: locals and instructions, which core_body (decode.h) reads again */
	struct str bytes;
	struct core_code *code; /* set by core_validate; null before, and for an import */
};

struct core_table_def {
	struct loc at;
	struct str name;
	bool imported;
	struct core_tabletype type;
	bool has_init;
	struct core_expr init; /* of each entry; without one, null */
};

struct core_mem_def {
	struct loc at;
	struct str name;
	bool imported;
	struct core_memtype type;
};

struct core_global_def {
	struct loc at;
	struct str name;
	bool imported;
	struct core_globaltype type;
	struct core_expr init;
};

struct core_tag_def {
	struct loc at;
	struct str name;
	bool imported;
	uint32_t type; /* type index */
};

struct core_import_def {
	struct loc at;
	struct str module, name;
	struct core_externtype type;
};

struct core_export_def {
	struct loc at;
	struct str name;
	enum core_sort sort;
	uint32_t index;
};

enum core_segment_mode { CORE_PASSIVE, CORE_ACTIVE, CORE_DECLARATIVE };

struct core_elem_def {
	struct loc at;
	struct str name;
	enum core_segment_mode mode;
	uint32_t table;          /* active */
	struct core_expr offset; /* active */
	struct core_valtype type;
	uint32_t nitems;
	struct core_expr *items; /* each yields a reference */
	bool by_index;           /* written as function indices: each item is a ref.func */
};

struct core_data_def {
	struct loc at;
	struct str name;
	enum core_segment_mode mode;
	uint32_t memory;         /* active */
	struct core_expr offset; /* active */
	struct str bytes;
};

/* Sections of the binary format. */
enum core_section {
	CORE_SECTION_CUSTOM,
	CORE_SECTION_TYPE,
	CORE_SECTION_IMPORT,
	CORE_SECTION_FUNC,
	CORE_SECTION_TABLE,
	CORE_SECTION_MEMORY,
	CORE_SECTION_GLOBAL,
	CORE_SECTION_EXPORT,
	CORE_SECTION_START,
	CORE_SECTION_ELEM,
	CORE_SECTION_CODE,
	CORE_SECTION_DATA,
	CORE_SECTION_DATA_COUNT,
	CORE_SECTION_TAG,
	CORE_SECTION_COUNT,
};

/* All but custom sections, in the order in which they have to come; then 0. */
extern const uint8_t core_section_order[CORE_SECTION_COUNT];

/* The section that has to come before; CORE_SECTION_CUSTOM where there is none. */
enum core_section core_section_before(enum core_section section);

/* A custom section: `place` is the section that it stands behind (0: none, it is at the start).
 * In text, `order` tells those with the same place apart: where they were asked to be. */
struct core_custom {
	struct loc at;
	struct str name, bytes;
	uint8_t place, order;
};

#define CORE_CUSTOM_ORDERS 32

struct core_types;
struct valid_env;

struct core_module {
	struct loc at;
	struct str name;
	VEC(struct core_subtype) types; /* all groups, one after the other */
	VEC(uint32_t) rec_starts;       /* index of the first type of each group */
	VEC(struct core_import_def) imports;
	VEC(struct core_func_def) funcs;
	VEC(struct core_table_def) tables;
	VEC(struct core_mem_def) mems;
	VEC(struct core_global_def) globals;
	VEC(struct core_tag_def) tags;
	VEC(struct core_export_def) exports;
	bool has_start;
	uint32_t start;
	struct loc start_at;
	VEC(struct core_elem_def) elems;
	VEC(struct core_data_def) datas;
	bool has_data_count; /* an instruction needs the section; otherwise it may be left out */
	VEC(struct core_custom) customs;
	/* set by core_validate: */
	struct valid_env *validated;       /* for lowering; null before */
	const struct core_types *types_in; /* what numbers its types */
	const uint32_t *type_ids;          /* their numbers, by type index */
};

/* Whether a module has something to put into a section. */
bool core_module_has_section(const struct core_module *m, enum core_section section);

/* Puts each custom section behind a section that is there, and all into their order. */
void core_module_place_customs(struct arena *a, struct core_module *m);

/* The function type of a type index; null when there is none, or it is no function type. */
const struct core_functype *core_module_functype(const struct core_module *m, uint32_t index);

#endif
