/* text_fields.c - functions, tables, memories, globals, tags, imports, exports and start in the
 * core text format: core specification, "Text Format", "Modules". */
#include "core/text_parse.h"

/* ---- inline exports and imports ---- */

static void
add_export(
	struct core_parser *p, struct str name, enum core_sort sort, uint32_t index, struct loc at)
{
	struct core_export_def e = {at, name, sort, index};
	vec_push(p->arena, &p->m->exports, e);
}

/* (export "n")* (import "m" "n")?, of the entity with this index. True when it is imported. */
static bool
parse_inline(struct core_parser *p, struct cursor *c, enum core_sort sort, uint32_t index,
	struct core_import_def *import)
{
	while (at_list_of(c, "export")) {
		struct loc at = here(c);
		struct cursor in = take_list_of(c, "export");
		add_export(p, take_name(&in), sort, index, at);
		expect_end(&in);
	}
	if (!at_list_of(c, "import"))
		return false;
	*import = (struct core_import_def){.at = here(c)};
	import->type = (struct core_externtype){.sort = sort, .at = import->at};
	struct cursor in = take_list_of(c, "import");
	import->module = take_name(&in);
	import->name = take_name(&in);
	expect_end(&in);
	return true;
}

/* The type of an import, and the entity that it adds. */
static void
add_import(struct core_parser *p, const struct core_import_def *import, struct str name)
{
	struct core_module *m = p->m;
	const struct core_externtype *t = &import->type;
	vec_push(p->arena, &m->imports, *import);
	switch (t->sort) {
	case CORE_SORT_FUNC: {
		struct core_func_def d = {import->at, name, .imported = true, .type = t->type};
		vec_push(p->arena, &m->funcs, d);
		break;
	}
	case CORE_SORT_TABLE: {
		struct core_table_def d = {import->at, name, .imported = true, .type = t->table};
		vec_push(p->arena, &m->tables, d);
		break;
	}
	case CORE_SORT_MEMORY: {
		struct core_mem_def d = {import->at, name, .imported = true, .type = t->memory};
		vec_push(p->arena, &m->mems, d);
		break;
	}
	case CORE_SORT_GLOBAL: {
		struct core_global_def d = {import->at, name, .imported = true, .type = t->global};
		vec_push(p->arena, &m->globals, d);
		break;
	}
	default: {
		struct core_tag_def d = {import->at, name, .imported = true, .type = t->type};
		vec_push(p->arena, &m->tags, d);
		break;
	}
	}
}

void
parse_import(struct core_parser *p, struct cursor *c, struct loc at)
{
	struct core_import_def import = {.at = at};
	struct core_type_use use;
	struct str id;
	import.module = take_name(c);
	import.name = take_name(c);
	core_parse_externtype(&p->type_names, c, &import.type, &use, &id);
	expect_end(c);
	if (import.type.sort == CORE_SORT_FUNC || import.type.sort == CORE_SORT_TAG)
		import.type.type = type_use_index(p, &use);
	add_import(p, &import, id);
	if (import.type.sort == CORE_SORT_FUNC)
		vec_last(&p->m->funcs).local_names = use.params;
}

void
parse_export(struct core_parser *p, struct cursor *c, struct loc at)
{
	struct str name = take_name(c);
	struct cursor in = take_list(c, "what is exported");
	enum core_sort sort = 0;
	while (sort < CORE_SORT_COUNT && !take_keyword(&in, core_sort_name(sort)))
		sort++;
	if (sort == CORE_SORT_COUNT)
		core_unexpected(&in, "`func`, `table`, `memory`, `global` or `tag`");
	uint32_t index = take_index(p, &in, (enum space)sort);
	expect_end(&in);
	expect_end(c);
	add_export(p, name, sort, index, at);
}

void
parse_start(struct core_parser *p, struct cursor *c, struct loc at)
{
	if (p->m->has_start)
		raise_error(
			ERR_MALFORMED, at, "multiple-start-sections", "multiple start sections");
	p->m->has_start = true;
	p->m->start_at = at;
	p->m->start = take_index(p, c, (enum space)CORE_SORT_FUNC);
	expect_end(c);
}

/* ---- functions ---- */

/* (local ...)*; names of locals are numbered behind the parameters. */
static void
parse_locals(struct core_parser *p, struct cursor *c, struct core_func_def *f)
{
	const struct core_functype *type = core_module_functype(p->m, f->type);
	uint32_t nparams = type ? type->nparams : 0;
	VEC(struct core_valtype) locals = {0};
	while (at_list_of(c, "local")) {
		struct cursor in = take_list_of(c, "local");
		if (declare_local(p->arena, &p->locals, &in, nparams + locals.len)) {
			vec_push(p->arena, &locals, core_parse_valtype(&p->type_names, &in));
			expect_end(&in);
		}
		while (!at_end(&in))
			vec_push(p->arena, &locals, core_parse_valtype(&p->type_names, &in));
	}
	f->locals = locals.data;
	f->nlocals = locals.len;
}

static uint32_t
parse_typed(struct core_parser *p, struct cursor *c, struct local_scope *locals)
{
	struct core_type_use use;
	core_parse_type_use(&p->type_names, c, locals, &use);
	return type_use_index(p, &use);
}

void
parse_func(struct core_parser *p, struct cursor *c, struct loc at)
{
	struct core_import_def import;
	struct core_func_def f = {.at = at, .name = take_binder(c)};
	p->locals = (struct local_scope){.ids.arena = p->arena};
	if (parse_inline(p, c, CORE_SORT_FUNC, p->m->funcs.len, &import)) {
		import.type.type = parse_typed(p, c, &p->locals);
		expect_end(c);
		add_import(p, &import, f.name);
		vec_last(&p->m->funcs).local_names = p->locals.names;
		return;
	}
	f.type = parse_typed(p, c, &p->locals);
	parse_locals(p, c, &f);
	p->nblocks = 0;
	p->label_names = (struct core_names){0};
	f.body = parse_expr(p, c);
	f.local_names = p->locals.names;
	f.label_names = p->label_names;
	vec_push(p->arena, &p->m->funcs, f);
}

void
parse_tag(struct core_parser *p, struct cursor *c, struct loc at)
{
	struct core_import_def import;
	struct core_tag_def t = {.at = at, .name = take_binder(c)};
	struct local_scope names = {.ids.arena = p->arena};
	if (parse_inline(p, c, CORE_SORT_TAG, p->m->tags.len, &import)) {
		import.type.type = parse_typed(p, c, &names);
		add_import(p, &import, t.name);
	} else {
		t.type = parse_typed(p, c, &names);
		vec_push(p->arena, &p->m->tags, t);
	}
	expect_end(c);
}

/* ---- tables, memories, globals ---- */

/* <reftype> (elem ...): as large as the segment. */
static void
parse_table_of_elems(struct core_parser *p, struct cursor *c, struct core_table_def *t, bool is_64)
{
	t->type.elem = parse_reftype(&p->type_names, c);
	t->type.limits.is_64 = is_64;
	t->type.limits.has_max = true;
	struct cursor in = take_list_of(c, "elem");
	t->type.limits.min = t->type.limits.max =
		parse_inline_elem(p, &in, p->m->tables.len, t->type.elem, is_64);
	expect_end(c);
}

void
parse_table(struct core_parser *p, struct cursor *c, struct loc at)
{
	struct core_import_def import;
	struct core_table_def t = {.at = at, .name = take_binder(c)};
	if (parse_inline(p, c, CORE_SORT_TABLE, p->m->tables.len, &import)) {
		parse_tabletype(&p->type_names, c, &import.type.table);
		expect_end(c);
		add_import(p, &import, t.name);
		return;
	}
	struct cursor start = *c;
	bool is_64 = parse_address_type(c);
	if (at_reftype(c)) {
		parse_table_of_elems(p, c, &t, is_64);
	} else {
		parse_tabletype(&p->type_names, &start, &t.type);
		*c = start;
		t.has_init = !at_end(c);
		if (t.has_init)
			t.init = parse_expr(p, c);
	}
	vec_push(p->arena, &p->m->tables, t);
}

void
parse_memory(struct core_parser *p, struct cursor *c, struct loc at)
{
	struct core_import_def import;
	struct core_mem_def m = {.at = at, .name = take_binder(c)};
	if (parse_inline(p, c, CORE_SORT_MEMORY, p->m->mems.len, &import)) {
		parse_memtype(c, &import.type.memory);
		add_import(p, &import, m.name);
		return;
	}
	struct cursor start = *c;
	bool is_64 = parse_address_type(c);
	if (at_list_of(c, "data")) {
		struct cursor in = take_list_of(c, "data");
		uint64_t bytes = parse_inline_data(p, &in, p->m->mems.len, is_64);
		m.type.limits.min = m.type.limits.max = (bytes + 65535) / 65536;
		m.type.limits.has_max = true;
		m.type.limits.is_64 = is_64;
		expect_end(c);
	} else {
		parse_memtype(&start, &m.type);
	}
	vec_push(p->arena, &p->m->mems, m);
}

void
parse_global(struct core_parser *p, struct cursor *c, struct loc at)
{
	struct core_import_def import;
	struct core_global_def g = {.at = at, .name = take_binder(c)};
	if (parse_inline(p, c, CORE_SORT_GLOBAL, p->m->globals.len, &import)) {
		parse_globaltype(&p->type_names, c, &import.type.global);
		expect_end(c);
		add_import(p, &import, g.name);
		return;
	}
	parse_globaltype(&p->type_names, c, &g.type);
	g.init = parse_expr(p, c);
	vec_push(p->arena, &p->m->globals, g);
}
