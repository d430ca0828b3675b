/* text_types.c - types in the core text format: core specification, "Text Format", "Types".
 */
#include "core/text_parse.h"

/* ---- words ---- */

/* Words of the language that are no instruction, and the features of instructions that are
 * not built. */
static const char *const words[] = {"i32", "i64", "f32", "f64", "v128", "func", "extern", "any",
	"eq", "i31", "i8", "i16", "struct", "array", "exn", "none", "nofunc", "noextern", "noexn",
	"funcref", "externref", "anyref", "eqref", "i31ref", "structref", "arrayref", "exnref",
	"nullref", "nullfuncref", "nullexternref", "nullexnref", "ref", "null", "mut", "field",
	"sub", "final", "rec", "type", "param", "result", "local", "table", "memory", "global",
	"tag", "import", "export", "start", "elem", "data", "offset", "item", "declare", "module",
	"then", "catch", "catch_ref", "catch_all", "catch_all_ref", "shared", "binary", "quote",
	"i8x16", "i16x8", "i32x4", "i64x2", "f32x4", "f64x2"};

static const struct {
	const char *prefix;
	const char *feature;
} features[] = {
	{"memory.atomic.", "threads"},
	{"atomic.fence", "threads"},
	{"i32.atomic.", "threads"},
	{"i64.atomic.", "threads"},
	{"pagesize", "custom-page-sizes"},
};

static bool
is_word(struct str s)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_is(s, words[i]))
			return true;
	enum core_op op;
	return core_op_by_text(s, &op) || str_starts(s, "offset=") || str_starts(s, "align=") ||
	       str_is(s, "nan:canonical") || str_is(s, "nan:arithmetic");
}

static const char *
feature_of(struct str s)
{
	for (size_t i = 0; i < sizeof features / sizeof *features; i++)
		if (str_starts(s, features[i].prefix) && !memchr(s.ptr, '/', s.len))
			return features[i].feature;
	return NULL;
}

void
core_unexpected(const struct cursor *c, const char *what)
{
	const struct sexpr *sx = item(c);
	if (sx && sx->kind == SEXPR_LIST && sx->len)
		sx = &sx->items[0];
	if (!sx || sx->kind != SEXPR_KEYWORD)
		unexpected(c, what);
	const char *feature = feature_of(sx->text);
	if (feature)
		raise_error(ERR_UNSUPPORTED, sx->at, feature, STR_FMT " needs the feature %s",
			STR_ARG(sx->text), feature);
	if (!is_word(sx->text))
		raise_error(ERR_MALFORMED, sx->at, "unknown-operator", "unknown operator " STR_FMT,
			STR_ARG(sx->text));
	unexpected(c, what);
}

/* ---- value types ---- */

static const struct {
	const char *word;
	enum core_kind kind;
} numtypes[] = {
	{"i32", CORE_KIND_I32},
	{"i64", CORE_KIND_I64},
	{"f32", CORE_KIND_F32},
	{"f64", CORE_KIND_F64},
	{"v128", CORE_KIND_V128},
};

static const struct {
	const char *word; /* as a heap type */
	const char *ref;  /* short for (ref null word) */
	enum core_heap heap;
} heaptypes[] = {
	{"func", "funcref", CORE_HEAP_FUNC},
	{"extern", "externref", CORE_HEAP_EXTERN},
	{"any", "anyref", CORE_HEAP_ANY},
	{"eq", "eqref", CORE_HEAP_EQ},
	{"i31", "i31ref", CORE_HEAP_I31},
	{"struct", "structref", CORE_HEAP_STRUCT},
	{"array", "arrayref", CORE_HEAP_ARRAY},
	{"exn", "exnref", CORE_HEAP_EXN},
	{"none", "nullref", CORE_HEAP_NONE},
	{"nofunc", "nullfuncref", CORE_HEAP_NOFUNC},
	{"noextern", "nullexternref", CORE_HEAP_NOEXTERN},
	{"noexn", "nullexnref", CORE_HEAP_NOEXN},
};

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* A reference type of the heap type, nullable. */
struct core_valtype
parse_heaptype(const struct core_type_names *n, struct cursor *c)
{
	struct core_valtype t = {.kind = CORE_KIND_REF, .nullable = true};
	for (size_t i = 0; i < COUNT(heaptypes); i++) {
		if (take_keyword(c, heaptypes[i].word)) {
			t.heap = (uint8_t)heaptypes[i].heap;
			return t;
		}
	}
	if (!at_index(c))
		core_unexpected(c, "a heap type");
	t.heap = CORE_HEAP_INDEX;
	t.index = n->resolve(n->env, take_item(c));
	return t;
}

static bool
take_short_reftype(struct cursor *c, struct core_valtype *out)
{
	for (size_t i = 0; i < COUNT(heaptypes); i++) {
		if (!take_keyword(c, heaptypes[i].ref))
			continue;
		*out = (struct core_valtype){.kind = CORE_KIND_REF, .nullable = true};
		out->heap = (uint8_t)heaptypes[i].heap;
		return true;
	}
	return false;
}

bool
at_reftype(const struct cursor *c)
{
	struct cursor copy = *c;
	struct core_valtype t;
	return at_list_of(c, "ref") || take_short_reftype(&copy, &t);
}

struct core_valtype
parse_reftype(const struct core_type_names *n, struct cursor *c)
{
	struct core_valtype t;
	if (take_short_reftype(c, &t))
		return t;
	if (!at_list_of(c, "ref"))
		core_unexpected(c, "a reference type");
	struct cursor in = take_list_of(c, "ref");
	bool nullable = take_keyword(&in, "null");
	t = parse_heaptype(n, &in);
	t.nullable = nullable;
	expect_end(&in);
	return t;
}

struct core_valtype
core_parse_valtype(const struct core_type_names *n, struct cursor *c)
{
	for (size_t i = 0; i < COUNT(numtypes); i++)
		if (take_keyword(c, numtypes[i].word))
			return (struct core_valtype){.kind = (uint8_t)numtypes[i].kind};
	if (!at_reftype(c))
		core_unexpected(c, "a value type");
	return parse_reftype(n, c);
}

/* ---- function types ---- */

struct valtypes {
	struct core_valtype *data;
	uint32_t len, cap;
};

static void
parse_params(const struct core_type_names *n, struct cursor *c, struct local_scope *locals,
	struct valtypes *out)
{
	struct cursor in = take_list_of(c, "param");
	if (locals && declare_local(n->arena, locals, &in, out->len)) {
		vec_push(n->arena, out, core_parse_valtype(n, &in));
		expect_end(&in);
	}
	while (!at_end(&in))
		vec_push(n->arena, out, core_parse_valtype(n, &in));
}

/* (param ...)* (result ...)*; true when there was any. */
static bool
parse_functype(const struct core_type_names *n, struct cursor *c, struct local_scope *locals,
	struct core_functype *out)
{
	struct valtypes params = {0}, results = {0};
	bool any = at_list_of(c, "param") || at_list_of(c, "result");
	while (at_list_of(c, "param"))
		parse_params(n, c, locals, &params);
	while (at_list_of(c, "result")) {
		struct cursor in = take_list_of(c, "result");
		while (!at_end(&in))
			vec_push(n->arena, &results, core_parse_valtype(n, &in));
	}
	if (at_list_of(c, "param"))
		unexpected(c, "parameters before results");
	*out = (struct core_functype){params.len, results.len, params.data, results.data};
	return any;
}

void
core_parse_type_use(const struct core_type_names *n, struct cursor *c, struct local_scope *locals,
	struct core_type_use *out)
{
	*out = (struct core_type_use){.at = here(c)};
	if (at_list_of(c, "type")) {
		struct cursor in = take_list_of(c, "type");
		out->has_index = true;
		out->index = n->resolve(n->env, take_idx(&in));
		expect_end(&in);
	}
	out->has_inline = parse_functype(n, c, locals, &out->type);
	if (locals)
		out->params = locals->names;
}

/* ---- type definitions ---- */

struct fieldtypes {
	struct core_fieldtype *data;
	uint32_t len, cap;
};

static void
parse_fieldtype(const struct core_type_names *n, struct cursor *c, struct fieldtypes *out)
{
	struct core_fieldtype f = {0};
	f.mutable = at_list_of(c, "mut");
	struct cursor in = *c;
	if (f.mutable)
		in = take_list_of(c, "mut");
	if (take_keyword(&in, "i8"))
		f.type.kind = CORE_KIND_I8;
	else if (take_keyword(&in, "i16"))
		f.type.kind = CORE_KIND_I16;
	else
		f.type = core_parse_valtype(n, &in);
	if (f.mutable)
		expect_end(&in);
	else
		*c = in;
	vec_push(n->arena, out, f);
}

/* (field $id? <fieldtype>), or several without a name */
static void
parse_fields(const struct core_type_names *n, struct cursor *c, struct fieldtypes *out,
	struct core_names *called)
{
	struct strmap own = {.arena = n->arena}, *names = n->fields ? n->fields : &own;
	while (at_list_of(c, "field")) {
		struct cursor in = take_list_of(c, "field");
		struct cursor binder = in;
		struct str id = take_id(&in);
		struct core_name field = {out->len, take_binder(&binder)};
		if (id.len && !strmap_put(names, id, out->len))
			raise_error(ERR_MALFORMED, here(&binder), "duplicate-field",
				"duplicate field $" STR_FMT, STR_ARG(id));
		if (field.name.len)
			vec_push(n->arena, called, field);
		if (id.len)
			parse_fieldtype(n, &in, out);
		while (!at_end(&in) && !id.len)
			parse_fieldtype(n, &in, out);
		expect_end(&in);
	}
}

static void
parse_comptype(const struct core_type_names *n, struct cursor *c, struct core_subtype *out)
{
	struct local_scope names = {
		.ids.arena = n->arena}; /* parameters may have names, for nothing */
	struct fieldtypes fields = {0};
	struct cursor in;
	if (at_list_of(c, "struct")) {
		out->kind = CORE_COMP_STRUCT;
		in = take_list_of(c, "struct");
		parse_fields(n, &in, &fields, &out->field_names);
	} else if (at_list_of(c, "array")) {
		out->kind = CORE_COMP_ARRAY;
		in = take_list_of(c, "array");
		parse_fieldtype(n, &in, &fields);
	} else {
		if (!at_list_of(c, "func"))
			core_unexpected(c, "a function, struct or array type");
		out->kind = CORE_COMP_FUNC;
		in = take_list_of(c, "func");
		parse_functype(n, &in, &names, &out->func);
	}
	expect_end(&in);
	out->fields = fields.data;
	out->nfields = fields.len;
}

/* sub final? <idx>* <comptype> */
static void
parse_sub(const struct core_type_names *n, struct cursor *c, struct core_subtype *out)
{
	VEC(uint32_t) supers = {0};
	out->open = !take_keyword(c, "final");
	while (at_index(c))
		vec_push(n->arena, &supers, n->resolve(n->env, take_item(c)));
	out->supers = supers.data;
	out->nsupers = supers.len;
	parse_comptype(n, c, out);
	expect_end(c);
}

void
core_parse_subtype(const struct core_type_names *n, struct cursor *c, struct core_subtype *out)
{
	*out = (struct core_subtype){.at = here(c)};
	if (at_list_of(c, "sub")) {
		struct cursor in = take_list_of(c, "sub");
		parse_sub(n, &in, out);
	} else {
		parse_comptype(n, c, out);
	}
	expect_end(c);
}

/* ---- limits, tables, memories, globals ---- */

bool
parse_address_type(struct cursor *c)
{
	if (take_keyword(c, "i64"))
		return true;
	take_keyword(c, "i32");
	return false;
}

struct core_limits
parse_limits(struct cursor *c, bool is_64)
{
	struct core_limits l = {.is_64 = is_64};
	if (!at_number(c))
		core_unexpected(c, "limits");
	l.min = take_u64(c);
	l.has_max = at_number(c);
	if (l.has_max)
		l.max = take_u64(c);
	return l;
}

void
parse_tabletype(const struct core_type_names *n, struct cursor *c, struct core_tabletype *out)
{
	out->limits = parse_limits(c, parse_address_type(c));
	out->elem = parse_reftype(n, c);
}

void
parse_memtype(struct cursor *c, struct core_memtype *out)
{
	out->limits = parse_limits(c, parse_address_type(c));
	out->limits.is_shared = take_keyword(c, "shared");
	if (!at_end(c))
		core_unexpected(c, "`)`");
}

void
parse_globaltype(const struct core_type_names *n, struct cursor *c, struct core_globaltype *out)
{
	out->mutable = at_list_of(c, "mut");
	if (!out->mutable) {
		out->type = core_parse_valtype(n, c);
		return;
	}
	struct cursor in = take_list_of(c, "mut");
	out->type = core_parse_valtype(n, &in);
	expect_end(&in);
}

void
core_parse_externtype(const struct core_type_names *n, struct cursor *c,
	struct core_externtype *out, struct core_type_use *use, struct str *id)
{
	struct local_scope names = {.ids.arena = n->arena};
	*out = (struct core_externtype){.at = here(c)};
	*use = (struct core_type_use){.at = out->at};
	struct cursor in = take_list(c, "a type of an import or export");
	while (out->sort < CORE_SORT_COUNT && !take_keyword(&in, core_sort_name(out->sort)))
		out->sort++;
	if (out->sort == CORE_SORT_COUNT)
		core_unexpected(&in, "`func`, `table`, `memory`, `global` or `tag`");
	*id = take_binder(&in);
	switch (out->sort) {
	case CORE_SORT_TABLE: parse_tabletype(n, &in, &out->table); break;
	case CORE_SORT_MEMORY: parse_memtype(&in, &out->memory); break;
	case CORE_SORT_GLOBAL: parse_globaltype(n, &in, &out->global); break;
	default: core_parse_type_use(n, &in, &names, use); break;
	}
	expect_end(&in);
}
