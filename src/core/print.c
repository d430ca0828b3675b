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

static void
print_comptype(struct pretty *p, const struct core_subtype *t)
{
	switch (t->kind) {
	case CORE_COMP_FUNC:
		pretty_printf(p, "(func");
		print_functype(p, &t->func);
		break;
	case CORE_COMP_STRUCT:
		pretty_printf(p, "(struct");
		for (uint32_t i = 0; i < t->nfields; i++) {
			pretty_printf(p, " (field ");
			print_fieldtype(p, &t->fields[i]);
			pretty_printf(p, ")");
		}
		break;
	case CORE_COMP_ARRAY:
		pretty_printf(p, "(array ");
		print_fieldtype(p, &t->fields[0]);
		break;
	}
	pretty_printf(p, ")");
}

void
core_print_subtype(struct pretty *p, const struct core_subtype *t)
{
	if (!t->open && !t->nsupers) {
		print_comptype(p, t);
		return;
	}
	pretty_printf(p, "(sub %s", t->open ? "" : "final ");
	for (uint32_t i = 0; i < t->nsupers; i++)
		pretty_printf(p, "%u ", t->supers[i]);
	print_comptype(p, t);
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
			pretty_printf(c->p, "(type ");
			if (c->names)
				pretty_printf(c->p, "(;%u;) ", i);
			core_print_subtype(c->p, &m->types.data[i]);
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
		print_extern_parts(c->p, &d->type);
		pretty_printf(c->p, "))");
	}
}

/* A run of one type a line. */
static void
print_locals(struct pretty *p, const struct core_body *body)
{
	for (uint32_t i = 0, n; i < body->nlocals; i += n) {
		const char *name = core_valtype_name(body->locals[i]);
		pretty_line(p);
		pretty_printf(p, "(local");
		for (n = 0; i + n < body->nlocals; n++) {
			if (!core_valtype_equal(body->locals[i], body->locals[i + n]))
				break;
			pretty_printf(p, " %s", name);
		}
		pretty_printf(p, ")");
	}
}

static void
print_funcs(struct core_printer *c)
{
	for (uint32_t i = 0; i < c->m->funcs.len; i++) {
		const struct core_func_def *f = &c->m->funcs.data[i];
		if (f->imported)
			continue;
		const struct core_functype *type = core_module_functype(c->m, f->type);
		pretty_open(c->p, "(func");
		print_binder(c, CORE_SORT_FUNC, i);
		pretty_printf(c->p, " (type %u)", f->type);
		if (type)
			print_functype(c->p, type);
		struct core_body body = core_body(&c->bodies, f);
		print_locals(c->p, &body);
		print_body(c, &body.expr);
		pretty_close(c->p);
	}
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
		pretty_printf(c->p, " (type %u)", c->m->tags.data[i].type);
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
	struct core_printer c = {.p = p, .m = m, .names = options->names};
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
