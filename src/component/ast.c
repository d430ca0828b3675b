/* ast.c - what the component AST knows about itself: names of sorts, primitive types,
 * options and built-ins, and which index space a definition grows. */
#include "component/ast.h"

#include "base/error.h"

static const char *const sort_names[SORT_COUNT] = {
	[SORT_CORE_FUNC] = "core func",
	[SORT_CORE_TABLE] = "core table",
	[SORT_CORE_MEMORY] = "core memory",
	[SORT_CORE_GLOBAL] = "core global",
	[SORT_CORE_TAG] = "core tag",
	[SORT_CORE_TYPE] = "core type",
	[SORT_CORE_MODULE] = "core module",
	[SORT_CORE_INSTANCE] = "core instance",
	[SORT_FUNC] = "func",
	[SORT_VALUE] = "value",
	[SORT_TYPE] = "type",
	[SORT_COMPONENT] = "component",
	[SORT_INSTANCE] = "instance",
};

const char *
comp_sort_name(enum comp_sort sort)
{
	return sort_names[sort];
}

const char *
comp_sort_unknown(enum comp_sort sort)
{
	static const char *const reasons[SORT_COUNT] = {
		[SORT_CORE_FUNC] = "unknown-core-func",
		[SORT_CORE_TABLE] = "unknown-core-table",
		[SORT_CORE_MEMORY] = "unknown-core-memory",
		[SORT_CORE_GLOBAL] = "unknown-core-global",
		[SORT_CORE_TAG] = "unknown-core-tag",
		[SORT_CORE_TYPE] = "unknown-core-type",
		[SORT_CORE_MODULE] = "unknown-core-module",
		[SORT_CORE_INSTANCE] = "unknown-core-instance",
		[SORT_FUNC] = "unknown-func",
		[SORT_VALUE] = "unknown-value",
		[SORT_TYPE] = "unknown-type",
		[SORT_COMPONENT] = "unknown-component",
		[SORT_INSTANCE] = "unknown-instance",
	};
	return reasons[sort];
}

static const char *const prim_names[VAL_KIND_COUNT] = {
	[VAL_BOOL] = "bool",
	[VAL_S8] = "s8",
	[VAL_U8] = "u8",
	[VAL_S16] = "s16",
	[VAL_U16] = "u16",
	[VAL_S32] = "s32",
	[VAL_U32] = "u32",
	[VAL_S64] = "s64",
	[VAL_U64] = "u64",
	[VAL_F32] = "f32",
	[VAL_F64] = "f64",
	[VAL_CHAR] = "char",
	[VAL_STRING] = "string",
	[VAL_ERROR_CONTEXT] = "error-context",
};

const char *
comp_prim_name(enum comp_val_kind kind)
{
	return prim_names[kind];
}

const struct comp_canon_info comp_canon_infos[CANON_COUNT] = {
	[CANON_LIFT] = {"lift", 0x00, IMM_LIFT, "", "", ""},
	[CANON_LOWER] = {"lower", 0x01, IMM_LOWER, "", "", ""},
#define BUILTIN(NAME, text, opcode, imm, gate, params, results) \
	[CANON_##NAME] = {text, opcode, IMM_##imm, gate, params, results},
#include "component/builtins.def"
};

const char *
comp_opt_name(enum comp_opt_kind kind)
{
	static const char *const names[] = {
		[OPT_UTF8] = "string-encoding=utf8",
		[OPT_UTF16] = "string-encoding=utf16",
		[OPT_LATIN1_UTF16] = "string-encoding=latin1+utf16",
		[OPT_MEMORY] = "memory",
		[OPT_REALLOC] = "realloc",
		[OPT_POST_RETURN] = "post-return",
		[OPT_ASYNC] = "async",
		[OPT_CALLBACK] = "callback",
		[OPT_LAZY] = "lazy",
	};
	return (size_t)kind < sizeof names / sizeof *names ? names[kind] : NULL;
}

enum comp_sort
comp_opt_sort(enum comp_opt_kind kind)
{
	switch (kind) {
	case OPT_MEMORY: return SORT_CORE_MEMORY;
	case OPT_REALLOC:
	case OPT_POST_RETURN:
	case OPT_CALLBACK: return SORT_CORE_FUNC;
	default: return SORT_COUNT;
	}
}

enum comp_sort
comp_def_sort(const struct comp_def *def, uint32_t *count)
{
	*count = 1;
	switch (def->kind) {
	case DEF_CORE_MODULE: return SORT_CORE_MODULE;
	case DEF_CORE_INSTANCE: return SORT_CORE_INSTANCE;
	case DEF_CORE_TYPE:
		if (def->core_type->kind == CORE_TYPE_REC)
			*count = def->core_type->rec->ntypes;
		return SORT_CORE_TYPE;
	case DEF_COMPONENT: return SORT_COMPONENT;
	case DEF_INSTANCE: return SORT_INSTANCE;
	case DEF_ALIAS: return def->alias.sort;
	case DEF_TYPE: return SORT_TYPE;
	case DEF_CANON: return def->canon.kind == CANON_LIFT ? SORT_FUNC : SORT_CORE_FUNC;
	case DEF_START: *count = def->start.results; return SORT_VALUE;
	case DEF_IMPORT: return def->import.type.sort;
	case DEF_EXPORT: return def->export.is_decl ? def->export.type.sort : def->export.ref.sort;
	case DEF_VALUE: return SORT_VALUE;
	}
	internal_error("definition of unknown kind %d", (int)def->kind);
}

struct str
comp_id_of(const struct component *c, enum comp_sort sort, uint32_t index)
{
	for (uint32_t i = 0; i < c->ids.len; i++) {
		const struct comp_id *id = &c->ids.data[i];
		if (id->sort == sort && id->index == index)
			return id->name;
	}
	return (struct str){0};
}
