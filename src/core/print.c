/* print.c - see print.h: core specification, "Text Format", "Modules" and "Types". Instructions
 * are in print_instr.c. */
#include "core/print.h"

#include <inttypes.h>

#include "core/print_parts.h"
#include "core/text.h"

/* ---- names ---- */

struct str
print_name_of(const struct core_printer *c, int space, uint32_t index)
{
	return index < c->spaces[space].len ? c->spaces[space].data[index] : (struct str){0};
}

void
print_index(struct core_printer *c, int space, uint32_t index)
{
	struct str name = print_name_of(c, space, index);
	pretty_printf(c->p, " ");
	if (name.len)
		pretty_id(c->p, name);
	else
		pretty_printf(c->p, "%u", index);
}

static void
print_note(struct core_printer *c, struct str name)
{
	if (!name.len)
		return;
	pretty_printf(c->p, " (@name ");
	pretty_string(c->p, name);
	pretty_printf(c->p, ")");
}

/* " $name", or the index as a comment, with an annotation where the name is one that another has:
 * behind the keyword of a definition. */
static void
print_binder(struct core_printer *c, int space, uint32_t index)
{
	struct str name = print_name_of(c, space, index);
	if (name.len) {
		pretty_printf(c->p, " ");
		pretty_id(c->p, name);
	} else if (c->names) {
		pretty_printf(c->p, " (;%u;)", index);
		print_note(c, c->spaces[space].notes[index]);
	}
}

#define NAMES(a, c, space, v) \
	do { \
		struct strmap seen = {.arena = a}; \
		struct str *names = arena_array_of(a, (c)->m->v.len, struct str); \
		struct str *notes = arena_array_of(a, (c)->m->v.len, struct str); \
		for (uint32_t i = 0; (c)->names && i < (c)->m->v.len; i++) { \
			struct str name = (c)->m->v.data[i].name; \
			*(strmap_put(&seen, name, i) ? &names[i] : &notes[i]) = name; \
		} \
		(c)->spaces[space].data = names; \
		(c)->spaces[space].notes = notes; \
		(c)->spaces[space].len = (c)->m->v.len; \
	} while (0)

/* Likewise, of parts of a definition. */
static void
find_part_names(struct core_printer *c, int space, const struct core_names *names, uint32_t len)
{
	struct strmap seen = {.arena = c->arena};
	struct str *data = arena_array_of(c->arena, len, struct str);
	struct str *notes = arena_array_of(c->arena, len, struct str);
	for (uint32_t i = 0; i < names->len; i++) {
		const struct core_name *n = &names->data[i];
		if (n->index < len && n->name.len)
			*(strmap_put(&seen, n->name, i) ? &data[n->index] : &notes[n->index]) =
				n->name;
	}
	c->spaces[space].data = data;
	c->spaces[space].notes = notes;
	c->spaces[space].len = len;
}

static void
find_names(struct arena *a, struct core_printer *c)
{
	NAMES(a, c, CORE_SORT_FUNC, funcs);
	NAMES(a, c, CORE_SORT_TABLE, tables);
	NAMES(a, c, CORE_SORT_MEMORY, mems);
	NAMES(a, c, CORE_SORT_GLOBAL, globals);
	NAMES(a, c, CORE_SORT_TAG, tags);
	NAMES(a, c, PRINT_ELEM, elems);
	NAMES(a, c, PRINT_DATA, datas);
	NAMES(a, c, PRINT_TYPE, types);
}

void
print_type_use(struct core_printer *c, uint32_t index)
{
	pretty_printf(c->p, " (type");
	print_index(c, PRINT_TYPE, index);
	pretty_printf(c->p, ")");
}

/* ---- types ---- */

static void
print_valtypes(struct pretty *p, const char *keyword, const struct core_valtype *types, uint32_t n)
{
	if (!n)
		return;
	pretty_printf(p, " (%s", keyword);
	for (uint32_t i = 0; i < n; i++)
		pretty_printf(p, " %s", core_valtype_name(types[i]));
	pretty_printf(p, ")");
}

void
print_functype(struct pretty *p, const struct core_functype *t)
{
	print_valtypes(p, "param", t->params, t->nparams);
	print_valtypes(p, "result", t->results, t->nresults);
}

static void
print_fieldtype(struct pretty *p, const struct core_fieldtype *f)
{
	const char *type = core_valtype_name(f->type);
	pretty_printf(p, f->mutable ? "(mut %s)" : "%s", type);
}

/* (field $f i32): the first of a name, since of two fields with one name none could be meant. */
static void
print_fields(struct pretty *p, const struct core_subtype *t, bool names)
{
	struct arena *a = arena_new(0);
	struct strmap seen = {.arena = a};
	const struct core_names *called = &t->field_names;
	for (uint32_t i = 0, k = 0; i < t->nfields; i++) {
		pretty_printf(p, " (field ");
		while (k < called->len && called->data[k].index < i)
			k++;
		if (names && k < called->len && called->data[k].index == i &&
			called->data[k].name.len && strmap_put(&seen, called->data[k].name, i)) {
			pretty_id(p, called->data[k].name);
			pretty_printf(p, " ");
		}
		print_fieldtype(p, &t->fields[i]);
		pretty_printf(p, ")");
	}
	arena_free(a);
}

static void
print_comptype(struct pretty *p, const struct core_subtype *t, bool names)
{
	switch (t->kind) {
	case CORE_COMP_FUNC:
		pretty_printf(p, "(func");
		print_functype(p, &t->func);
		break;
	case CORE_COMP_STRUCT:
		pretty_printf(p, "(struct");
		print_fields(p, t, names);
		break;
	case CORE_COMP_ARRAY:
		pretty_printf(p, "(array ");
		print_fieldtype(p, &t->fields[0]);
		break;
	}
	pretty_printf(p, ")");
}

void
core_print_subtype(struct pretty *p, const struct core_subtype *t, bool names)
{
	if (!t->open && !t->nsupers) {
		print_comptype(p, t, names);
		return;
	}
	pretty_printf(p, "(sub %s", t->open ? "" : "final ");
	for (uint32_t i = 0; i < t->nsupers; i++)
		pretty_printf(p, "%u ", t->supers[i]);
	print_comptype(p, t, names);
	pretty_printf(p, ")");
}

static void
print_limits(struct pretty *p, const struct core_limits *l)
{
	pretty_printf(p, " %s%" PRIu64, l->is_64 ? "i64 " : "", l->min);
	if (l->has_max)
		pretty_printf(p, " %" PRIu64, l->max);
	if (l->is_shared)
		pretty_printf(p, " shared");
}

static void
print_tabletype(struct pretty *p, const struct core_tabletype *t)
{
	print_limits(p, &t->limits);
	pretty_printf(p, " %s", core_valtype_name(t->elem));
}

static void
print_globaltype(struct pretty *p, const struct core_globaltype *g)
{
	pretty_printf(p, g->mutable ? " (mut %s)" : " %s", core_valtype_name(g->type));
}

static void
print_extern_parts(struct pretty *p, const struct core_externtype *t)
{
	switch (t->sort) {
	case CORE_SORT_TABLE: print_tabletype(p, &t->table); break;
	case CORE_SORT_MEMORY: print_limits(p, &t->memory.limits); break;
	case CORE_SORT_GLOBAL: print_globaltype(p, &t->global); break;
	default: pretty_printf(p, " (type %u)", t->type);
	}
}

void
core_print_externtype(struct pretty *p, const struct core_externtype *t)
{
	pretty_printf(p, "(%s", core_sort_name(t->sort));
	print_extern_parts(p, t);
	pretty_printf(p, ")");
}

static void
print_types(struct core_printer *c)
{
	const struct core_module *m = c->m;
	for (uint32_t g = 0; g < m->rec_starts.len; g++) {
		uint32_t first = m->rec_starts.data[g];
		uint32_t next =
			g + 1 < m->rec_starts.len ? m->rec_starts.data[g + 1] : m->types.len;
		bool group = next - first != 1;
		if (group)
			pretty_open(c->p, "(rec");
		for (uint32_t i = first; i < next; i++) {
			pretty_line(c->p);
			pretty_printf(c->p, "(type");
			print_binder(c, PRINT_TYPE, i);
			pretty_printf(c->p, " ");
			core_print_subtype(c->p, &m->types.data[i], c->names);
			pretty_printf(c->p, ")");
		}
		if (group)
			pretty_close(c->p);
	}
}

/* ---- definitions ---- */

static void
print_imports(struct core_printer *c)
{
	uint32_t counts[CORE_SORT_COUNT] = {0};
	for (uint32_t i = 0; i < c->m->imports.len; i++) {
		const struct core_import_def *d = &c->m->imports.data[i];
		pretty_line(c->p);
		pretty_printf(c->p, "(import ");
		pretty_string(c->p, d->module);
		pretty_printf(c->p, " ");
		pretty_string(c->p, d->name);
		pretty_printf(c->p, " (%s", core_sort_name(d->type.sort));
		print_binder(c, d->type.sort, counts[d->type.sort]++);
		if (d->type.sort == CORE_SORT_FUNC || d->type.sort == CORE_SORT_TAG)
			print_type_use(c, d->type.type);
		else
			print_extern_parts(c->p, &d->type);
		pretty_printf(c->p, "))");
	}
}

static bool
has_own_name(const struct core_printer *c, uint32_t local)
{
	return local < c->spaces[PRINT_LOCAL].len &&
	       (c->spaces[PRINT_LOCAL].data[local].len || c->spaces[PRINT_LOCAL].notes[local].len);
}

/* How many of n locals a pair of parentheses can hold: the first, if it has a name, or those before the
 * next that has one. */
static uint32_t
run_of(const struct core_printer *c, uint32_t first, uint32_t n)
{
	uint32_t len = 1;
	while (len < n && !has_own_name(c, first) && !has_own_name(c, first + len))
		len++;
	return len;
}

/* "(param $x i32)", "(param i32 i64)" */
static void
print_run(struct core_printer *c, const char *keyword, uint32_t first,
	const struct core_valtype *types, uint32_t n)
{
	pretty_printf(c->p, "(%s", keyword);
	if (print_name_of(c, PRINT_LOCAL, first).len)
		print_index(c, PRINT_LOCAL, first);
	else if (has_own_name(c, first))
		print_note(c, c->spaces[PRINT_LOCAL].notes[first]);
	for (uint32_t i = 0; i < n; i++)
		pretty_printf(c->p, " %s", core_valtype_name(types[i]));
	pretty_printf(c->p, ")");
}

static void
print_params(struct core_printer *c, const struct core_functype *type)
{
	for (uint32_t i = 0, n; i < type->nparams; i += n) {
		n = run_of(c, i, type->nparams - i);
		pretty_printf(c->p, " ");
		print_run(c, "param", i, type->params + i, n);
	}
	print_valtypes(c->p, "result", type->results, type->nresults);
}

/* A run of one type a line. */
static void
print_locals(struct core_printer *c, const struct core_body *body, uint32_t nparams)
{
	for (uint32_t i = 0, n; i < body->nlocals; i += n) {
		const struct core_valtype *types = body->locals + i;
		uint32_t most = run_of(c, nparams + i, body->nlocals - i);
		for (n = 1; n < most && core_valtype_equal(types[0], types[n]);)
			n++;
		pretty_line(c->p);
		print_run(c, "local", nparams + i, types, n);
	}
}

static void
print_func(struct core_printer *c, uint32_t i)
{
	const struct core_func_def *f = &c->m->funcs.data[i];
	const struct core_functype *type = core_module_functype(c->m, f->type);
	const struct core_body body = core_body(&c->bodies, f);
	uint32_t nparams = type ? type->nparams : 0;
	c->label_names = c->names ? f->label_names : (struct core_names){0};
	c->nblocks = c->next_label = 0;
	if (c->names && f->local_names.len)
		find_part_names(c, PRINT_LOCAL, &f->local_names, nparams + body.nlocals);
	pretty_open(c->p, "(func");
	print_binder(c, CORE_SORT_FUNC, i);
	print_type_use(c, f->type);
	if (type)
		print_params(c, type);
	print_locals(c, &body, nparams);
	print_body(c, &body.expr);
	pretty_close(c->p);
	c->spaces[PRINT_LOCAL].len = 0;
}

static void
print_funcs(struct core_printer *c)
{
	struct arena *outer = c->arena;
	for (uint32_t i = 0; i < c->m->funcs.len; i++) {
		if (c->m->funcs.data[i].imported)
			continue;
		c->arena = arena_child(outer);
		c->open.data = NULL;
		c->open.len = c->open.cap = 0;
		c->labels = (struct strmap){.arena = c->arena};
		print_func(c, i);
		arena_free(c->arena);
	}
	c->arena = outer;
}

static void
print_memories_and_tables(struct core_printer *c)
{
	for (uint32_t i = 0; i < c->m->tables.len; i++) {
		const struct core_table_def *t = &c->m->tables.data[i];
		if (t->imported)
			continue;
		pretty_open(c->p, "(table");
		print_binder(c, CORE_SORT_TABLE, i);
		print_tabletype(c->p, &t->type);
		if (t->has_init)
			print_flat_expr(c, &t->init);
		pretty_close(c->p);
	}
	for (uint32_t i = 0; i < c->m->mems.len; i++) {
		if (c->m->mems.data[i].imported)
			continue;
		pretty_open(c->p, "(memory");
		print_binder(c, CORE_SORT_MEMORY, i);
		print_limits(c->p, &c->m->mems.data[i].type.limits);
		pretty_close(c->p);
	}
}

static void
print_tags_and_globals(struct core_printer *c)
{
	for (uint32_t i = 0; i < c->m->tags.len; i++) {
		if (c->m->tags.data[i].imported)
			continue;
		pretty_open(c->p, "(tag");
		print_binder(c, CORE_SORT_TAG, i);
		print_type_use(c, c->m->tags.data[i].type);
		pretty_close(c->p);
	}
	for (uint32_t i = 0; i < c->m->globals.len; i++) {
		const struct core_global_def *g = &c->m->globals.data[i];
		if (g->imported)
			continue;
		pretty_open(c->p, "(global");
		print_binder(c, CORE_SORT_GLOBAL, i);
		print_globaltype(c->p, &g->type);
		print_flat_expr(c, &g->init);
		pretty_close(c->p);
	}
}

static void
print_exports(struct core_printer *c)
{
	for (uint32_t i = 0; i < c->m->exports.len; i++) {
		const struct core_export_def *x = &c->m->exports.data[i];
		pretty_line(c->p);
		pretty_printf(c->p, "(export ");
		pretty_string(c->p, x->name);
		pretty_printf(c->p, " (%s", core_sort_name(x->sort));
		print_index(c, x->sort, x->index);
		pretty_printf(c->p, "))");
	}
	if (!c->m->has_start)
		return;
	pretty_open(c->p, "(start");
	print_index(c, CORE_SORT_FUNC, c->m->start);
	pretty_close(c->p);
}

static void
print_elem(struct core_printer *c, uint32_t i)
{
	const struct core_elem_def *e = &c->m->elems.data[i];
	bool by_index = e->by_index && e->type.heap == CORE_HEAP_FUNC;
	pretty_open(c->p, "(elem");
	print_binder(c, PRINT_ELEM, i);
	if (e->mode == CORE_DECLARATIVE)
		pretty_printf(c->p, " declare");
	if (e->mode == CORE_ACTIVE && e->table) {
		pretty_printf(c->p, " (table");
		print_index(c, CORE_SORT_TABLE, e->table);
		pretty_printf(c->p, ")");
	}
	if (e->mode == CORE_ACTIVE)
		print_expr(c, &e->offset, "offset");
	pretty_printf(c->p, " %s", by_index ? "func" : core_valtype_name(e->type));
	for (uint32_t k = 0; k < e->nitems; k++) {
		if (by_index)
			print_index(c, CORE_SORT_FUNC, e->items[k].instrs[0].index);
		else
			print_expr(c, &e->items[k], "item");
	}
	pretty_close(c->p);
}

static void
print_data(struct core_printer *c, uint32_t i)
{
	const struct core_data_def *d = &c->m->datas.data[i];
	pretty_open(c->p, "(data");
	print_binder(c, PRINT_DATA, i);
	if (d->mode == CORE_ACTIVE && d->memory) {
		pretty_printf(c->p, " (memory");
		print_index(c, CORE_SORT_MEMORY, d->memory);
		pretty_printf(c->p, ")");
	}
	if (d->mode == CORE_ACTIVE)
		print_expr(c, &d->offset, "offset");
	pretty_printf(c->p, " ");
	pretty_bytes(c->p, d->bytes);
	pretty_close(c->p);
}

static void
print_custom(struct core_printer *c, const struct core_custom *custom)
{
	pretty_open(c->p, "(@custom ");
	pretty_string(c->p, custom->name);
	pretty_printf(c->p, custom->place ? " (after %s) " : " (before %s) ",
		core_section_word((enum core_section)custom->place));
	pretty_bytes(c->p, custom->bytes);
	pretty_close(c->p);
}

void
core_print_fields(
	struct pretty *p, const struct core_module *m, const struct print_options *options)
{
	struct arena *scratch = arena_new(0);
	struct core_printer c = {.p = p, .m = m, .names = options->names, .arena = scratch};
	c.labels.arena = scratch;
	core_bodies_init(&c.bodies, scratch);
	find_names(scratch, &c);
	p->indent++;
	print_types(&c);
	print_imports(&c);
	print_tags_and_globals(&c);
	print_memories_and_tables(&c);
	print_exports(&c);
	for (uint32_t i = 0; i < m->elems.len; i++)
		print_elem(&c, i);
	print_funcs(&c);
	for (uint32_t i = 0; i < m->datas.len; i++)
		print_data(&c, i);
	for (uint32_t i = 0; i < m->customs.len; i++)
		print_custom(&c, &m->customs.data[i]);
	p->indent--;
	arena_free(scratch);
}

void
core_print_module(
	struct pretty *p, const struct core_module *m, const struct print_options *options)
{
	pretty_printf(p, "(module");
	if (options->names && m->name.len) {
		pretty_printf(p, " ");
		pretty_id(p, m->name);
	}
	core_print_fields(p, m, options);
	pretty_printf(p, ")");
}
