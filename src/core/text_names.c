/* text_names.c - index spaces of a module in the text format, and uses of function types:
 * core specification, "Text Format", "Indices", "Type Uses". */
#include "core/text_parse.h"

static const struct {
	const char *unknown, *duplicate; /* reasons */
	const char *name;
} spaces[SPACE_COUNT] = {
	[CORE_SORT_FUNC] = {"unknown-function", "duplicate-func", "func"},
	[CORE_SORT_TABLE] = {"unknown-table", "duplicate-table", "table"},
	[CORE_SORT_MEMORY] = {"unknown-memory", "duplicate-memory", "memory"},
	[CORE_SORT_GLOBAL] = {"unknown-global", "duplicate-global", "global"},
	[CORE_SORT_TAG] = {"unknown-tag", "duplicate-tag", "tag"},
	[SPACE_TYPE] = {"unknown-type", "duplicate-type", "type"},
	[SPACE_ELEM] = {"unknown-elem-segment", "duplicate-elem", "elem segment"},
	[SPACE_DATA] = {"unknown-data-segment", "duplicate-data", "data segment"},
};

uint32_t
declare_name(struct core_parser *p, enum space space, struct str name, struct loc at)
{
	uint32_t index = p->counts[space]++;
	if (name.len && !strmap_put(&p->names[space], name, index))
		raise_error(ERR_MALFORMED, at, spaces[space].duplicate, "duplicate %s $" STR_FMT,
			spaces[space].name, STR_ARG(name));
	return index;
}

uint32_t
resolve_name(struct core_parser *p, enum space space, const struct sexpr *idx)
{
	uint32_t index;
	if (idx->kind != SEXPR_ID)
		return u32_value(idx);
	if (!strmap_get(&p->names[space], idx->text, &index))
		raise_error(ERR_MALFORMED, idx->at, spaces[space].unknown, "unknown %s $" STR_FMT,
			space == (enum space)CORE_SORT_FUNC ? "function" : spaces[space].name,
			STR_ARG(idx->text));
	return index;
}

bool
at_index(const struct cursor *c)
{
	const struct sexpr *sx = item(c);
	return sx && (sx->kind == SEXPR_ID || sx->kind == SEXPR_NUMBER);
}

uint32_t
take_index(struct core_parser *p, struct cursor *c, enum space space)
{
	if (!at_index(c))
		core_unexpected(c, "an index or a name");
	return resolve_name(p, space, take_item(c));
}

uint32_t
take_index_use(struct core_parser *p, struct cursor *c, const char *keyword, enum space space)
{
	if (!at_list_of(c, keyword))
		return 0;
	struct cursor in = take_list_of(c, keyword);
	uint32_t index = take_index(p, &in, space);
	expect_end(&in);
	return index;
}

bool
declare_local(struct arena *a, struct local_scope *l, struct cursor *c, uint32_t index)
{
	const struct sexpr *id = item(c);
	bool has_id = id && id->kind == SEXPR_ID;
	struct core_name local = {index, take_binder(c)};
	if (has_id && !strmap_put(&l->ids, id->text, index))
		raise_error(ERR_MALFORMED, id->at, "duplicate-local", "duplicate local $" STR_FMT,
			STR_ARG(id->text));
	if (local.name.len)
		vec_push(a, &l->names, local);
	return has_id;
}

/* ---- uses of function types ---- */

static void
add_to_key(struct strbuf *b, const struct core_valtype *types, uint32_t n)
{
	strbuf_add(b, &n, sizeof n);
	for (uint32_t i = 0; i < n; i++) {
		char tag[3] = {(char)types[i].kind, (char)types[i].heap, types[i].nullable};
		strbuf_add(b, tag, sizeof tag);
		strbuf_add(b, &types[i].index, sizeof types[i].index);
	}
}

struct str
core_functype_key(struct arena *a, const struct core_functype *type)
{
	struct strbuf b = {.arena = a};
	add_to_key(&b, type->params, type->nparams);
	add_to_key(&b, type->results, type->nresults);
	return strbuf_str(&b);
}

void
note_functype(struct core_parser *p, uint32_t index)
{
	const struct core_subtype *t = &p->m->types.data[index];
	if (t->kind == CORE_COMP_FUNC && !t->open && !t->nsupers)
		strmap_put(&p->functypes, core_functype_key(p->arena, &t->func), index);
}

static uint32_t
find_or_add_type(struct core_parser *p, const struct core_type_use *use)
{
	uint32_t index;
	struct str key = core_functype_key(p->arena, &use->type);
	if (strmap_get(&p->functypes, key, &index))
		return index;
	struct core_module *m = p->m;
	struct core_subtype t = {.at = use->at, .kind = CORE_COMP_FUNC, .func = use->type};
	strmap_put(&p->functypes, key, m->types.len);
	vec_push(p->arena, &m->rec_starts, m->types.len);
	vec_push(p->arena, &m->types, t);
	return p->counts[SPACE_TYPE]++;
}

uint32_t
type_use_index(struct core_parser *p, const struct core_type_use *use)
{
	if (!use->has_index)
		return find_or_add_type(p, use);
	if (!use->has_inline)
		return use->index;
	if (use->index >= p->m->types.len)
		raise_error(ERR_MALFORMED, use->at, "unknown-type", "unknown type %u", use->index);
	const struct core_subtype *t = &p->m->types.data[use->index];
	if (t->kind != CORE_COMP_FUNC || !core_functype_equal(&t->func, &use->type))
		raise_error(ERR_MALFORMED, use->at, "inline-function-type",
			"inline function type differs from type %u", use->index);
	return use->index;
}
