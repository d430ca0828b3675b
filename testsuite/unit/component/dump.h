/* dump.h - a component AST as one line of text, for tests to compare: everything but names of
 * indices, locations and the insides of core modules. */
#ifndef CANON_UNIT_COMPONENT_DUMP_H
#define CANON_UNIT_COMPONENT_DUMP_H

#include "component/ast.h"

static void dump_scope(struct strbuf *b, const struct component *c);

static void
dump_ref(struct strbuf *b, struct comp_ref r)
{
	strbuf_printf(b, " %s %u", comp_sort_name(r.sort), r.index);
}

static void
dump_valtype(struct strbuf *b, struct comp_valtype v)
{
	if (v.kind == VAL_INDEX)
		strbuf_printf(b, " %u", v.index);
	else
		strbuf_printf(b, " %s", v.kind ? comp_prim_name(v.kind) : "-");
}

static void
dump_str(struct strbuf *b, struct str s)
{
	strbuf_printf(b, " '" STR_FMT "'", STR_ARG(s));
}

static void
dump_name(struct strbuf *b, const struct comp_name *n)
{
	static const char *const attrs[] = {"implements", "versionsuffix", "external-id"};
	dump_str(b, n->name);
	for (uint32_t i = 0; i < n->attrs.len; i++) {
		strbuf_printf(b, " %s", attrs[n->attrs.data[i].kind]);
		dump_str(b, n->attrs.data[i].text);
	}
}

static void
dump_type(struct strbuf *b, const struct comp_type *t)
{
	static const char *const kinds[] = {"prim", "record", "variant", "list", "list*", "tuple",
		"flags", "enum", "option", "result", "map", "own", "borrow", "stream", "future",
		"func", "component", "instance", "resource"};
	strbuf_printf(b, " %s%s", t->is_async ? "async " : "", kinds[t->kind]);
	if (t->kind == CT_PRIM)
		strbuf_printf(b, " %s", comp_prim_name(t->prim));
	for (uint32_t i = 0; i < t->labels.len; i++) {
		dump_str(b, t->labels.data[i].name);
		dump_valtype(b, t->labels.data[i].type);
	}
	switch (t->kind) {
	case CT_MAP:
		dump_valtype(b, t->key);
		dump_valtype(b, t->elem);
		break;
	case CT_FIXED_LIST:
		dump_valtype(b, t->elem);
		strbuf_printf(b, " *%u", t->length);
		break;
	case CT_RESULT:
		dump_valtype(b, t->elem);
		dump_valtype(b, t->error);
		break;
	case CT_LIST:
	case CT_OPTION:
	case CT_STREAM:
	case CT_FUTURE: dump_valtype(b, t->elem); break;
	case CT_FUNC:
		strbuf_adds(b, " ->");
		dump_valtype(b, t->elem);
		break;
	case CT_OWN:
	case CT_BORROW: strbuf_printf(b, " %u", t->resource); break;
	case CT_COMPONENT:
	case CT_INSTANCE: dump_scope(b, t->decls); break;
	case CT_RESOURCE:
		if (t->has_dtor)
			dump_ref(b, t->dtor);
		break;
	default: break;
	}
}

static void
dump_extern_type(struct strbuf *b, const struct comp_extern_type *e)
{
	strbuf_printf(b, " : %s", comp_sort_name(e->sort));
	switch (e->how) {
	case EXTERN_TYPE: strbuf_printf(b, " type %u", e->index); break;
	case EXTERN_TYPE_EQ:
	case EXTERN_VALUE_EQ: strbuf_printf(b, " eq %u", e->index); break;
	case EXTERN_SUB_RESOURCE: strbuf_adds(b, " sub resource"); break;
	case EXTERN_VALUE_TYPE: dump_valtype(b, e->valtype); break;
	}
}

static void
dump_limits(struct strbuf *b, const struct core_limits *l)
{
	strbuf_printf(b, " %llu", (unsigned long long)l->min);
	if (l->has_max)
		strbuf_printf(b, "..%llu", (unsigned long long)l->max);
	strbuf_printf(b, "%s%s", l->is_64 ? " i64" : "", l->is_shared ? " shared" : "");
}

static void
dump_core_extern(struct strbuf *b, const struct core_externtype *t)
{
	strbuf_printf(b, " %s", core_sort_name(t->sort));
	switch (t->sort) {
	case CORE_SORT_TABLE:
		dump_limits(b, &t->table.limits);
		strbuf_printf(b, " %s", core_valtype_name(t->table.elem));
		break;
	case CORE_SORT_MEMORY: dump_limits(b, &t->memory.limits); break;
	case CORE_SORT_GLOBAL:
		strbuf_printf(b, " %s%s", t->global.mutable ? "mut " : "",
			core_valtype_name(t->global.type));
		break;
	default: strbuf_printf(b, " %u", t->type); break;
	}
}

static void dump_core_type(struct strbuf *b, const struct comp_core_type *t);

static void
dump_module_decl(struct strbuf *b, const struct comp_module_decl *d)
{
	switch (d->kind) {
	case MODULE_DECL_IMPORT:
		strbuf_adds(b, " import");
		dump_str(b, d->module);
		dump_str(b, d->name);
		dump_core_extern(b, d->type);
		break;
	case MODULE_DECL_EXPORT:
		strbuf_adds(b, " export");
		dump_str(b, d->name);
		dump_core_extern(b, d->type);
		break;
	case MODULE_DECL_TYPE: dump_core_type(b, d->def); break;
	case MODULE_DECL_ALIAS:
		strbuf_printf(b, " alias outer %u %u", d->outer_count, d->outer_index);
		break;
	}
}

static void
dump_core_type(struct strbuf *b, const struct comp_core_type *t)
{
	strbuf_adds(b, t->kind == CORE_TYPE_REC ? " rec" : " module [");
	for (uint32_t i = 0; t->kind == CORE_TYPE_REC && i < t->rec->ntypes; i++) {
		strbuf_adds(b, " (");
		core_functype_print(b, &t->rec->types[i].func);
		strbuf_addc(b, ')');
	}
	for (uint32_t i = 0; i < t->decls.len; i++) {
		dump_module_decl(b, &t->decls.data[i]);
		strbuf_addc(b, ';');
	}
	if (t->kind == CORE_TYPE_MODULE)
		strbuf_adds(b, " ]");
}

static void
dump_instance(struct strbuf *b, const struct comp_instance *in)
{
	if (in->is_instantiate) {
		strbuf_adds(b, " of");
		dump_ref(b, in->target);
	}
	for (uint32_t i = 0; i < in->args.len; i++) {
		dump_str(b, in->args.data[i].name);
		dump_ref(b, in->args.data[i].ref);
	}
	for (uint32_t i = 0; i < in->exports.len; i++) {
		dump_name(b, &in->exports.data[i].name);
		dump_ref(b, in->exports.data[i].ref);
	}
}

static void
dump_alias(struct strbuf *b, const struct comp_alias *a)
{
	strbuf_printf(b, " %s", comp_sort_name(a->sort));
	if (a->kind == ALIAS_OUTER) {
		strbuf_printf(b, " outer %u %u", a->outer_count, a->outer_index);
		return;
	}
	dump_ref(b, a->instance);
	dump_str(b, a->name);
}

static void
dump_canon(struct strbuf *b, const struct comp_canon *c)
{
	enum comp_canon_imm imm = comp_canon_infos[c->kind].imm;
	strbuf_printf(b, " %s%s%s%s", comp_canon_infos[c->kind].text, c->is_async ? " async" : "",
		c->is_cancellable ? " cancellable" : "", c->is_shared ? " shared" : "");
	if (imm == IMM_LIFT || imm == IMM_LOWER)
		dump_ref(b, c->func);
	if (imm == IMM_LIFT || imm == IMM_TYPE || imm == IMM_TYPE_OPTS || imm == IMM_TYPE_ASYNC)
		dump_ref(b, c->type);
	if (imm == IMM_RESULT_OPTS)
		dump_valtype(b, c->result);
	if (imm == IMM_CANCEL_MEMORY)
		dump_ref(b, c->memory);
	if (imm == IMM_CONTEXT)
		strbuf_printf(b, " slot %u", c->slot);
	if (imm == IMM_CORETYPE_TABLE || imm == IMM_SHARED_CORETYPE ||
		imm == IMM_SHARED_CORETYPE_TABLE)
		dump_ref(b, c->core_type);
	if (imm == IMM_CORETYPE_TABLE || imm == IMM_SHARED_CORETYPE_TABLE)
		dump_ref(b, c->table);
	for (uint32_t i = 0; i < c->opts.len; i++) {
		const struct comp_opt *o = &c->opts.data[i];
		strbuf_printf(b, " %s", comp_opt_name(o->kind));
		if (o->kind == OPT_MEMORY || o->kind == OPT_REALLOC || o->kind == OPT_POST_RETURN ||
			o->kind == OPT_CALLBACK)
			strbuf_printf(b, "=%u", o->ref.index);
	}
}

static void
dump_literal(struct strbuf *b, const struct comp_literal *l)
{
	static const char *const kinds[] = {"bool", "int", "float", "char", "string", "record",
		"variant", "list", "tuple", "flags", "enum", "none", "some", "ok", "error",
		"binary"};
	strbuf_printf(b, " %s", kinds[l->kind]);
	if (l->kind == LIT_BOOL || l->kind == LIT_CHAR)
		strbuf_printf(b, " %u", l->bits);
	if (l->kind == LIT_INT || l->kind == LIT_FLOAT)
		dump_str(b, l->number);
	if (l->kind == LIT_STRING || l->kind == LIT_ENUM || l->kind == LIT_VARIANT ||
		l->kind == LIT_BINARY)
		dump_str(b, l->text);
	if (!l->items.len)
		return;
	strbuf_adds(b, " (");
	for (uint32_t i = 0; i < l->items.len; i++)
		dump_literal(b, &l->items.data[i]);
	strbuf_adds(b, " )");
}

static void
dump_export(struct strbuf *b, const struct comp_export *e)
{
	dump_name(b, &e->name);
	if (!e->is_decl)
		dump_ref(b, e->ref);
	if (e->is_decl || e->has_type)
		dump_extern_type(b, &e->type);
}

static void
dump_def(struct strbuf *b, const struct comp_def *d)
{
	static const char *const kinds[] = {"core module", "core instance", "core type",
		"component", "instance", "alias", "type", "canon", "start", "import", "export",
		"value"};
	strbuf_printf(b, " %s", kinds[d->kind]);
	switch (d->kind) {
	case DEF_CORE_MODULE: break;
	case DEF_CORE_TYPE: dump_core_type(b, d->core_type); break;
	case DEF_COMPONENT: dump_scope(b, d->component); break;
	case DEF_CORE_INSTANCE:
	case DEF_INSTANCE: dump_instance(b, &d->instance); break;
	case DEF_ALIAS: dump_alias(b, &d->alias); break;
	case DEF_TYPE: dump_type(b, d->type); break;
	case DEF_CANON: dump_canon(b, &d->canon); break;
	case DEF_START:
		dump_ref(b, d->start.func);
		for (uint32_t i = 0; i < d->start.args.len; i++)
			dump_ref(b, d->start.args.data[i]);
		strbuf_printf(b, " -> %u", d->start.results);
		break;
	case DEF_IMPORT:
		dump_name(b, &d->import.name);
		dump_extern_type(b, &d->import.type);
		break;
	case DEF_EXPORT: dump_export(b, &d->export); break;
	case DEF_VALUE:
		dump_valtype(b, d->value.type);
		dump_literal(b, &d->value.literal);
		break;
	}
	strbuf_addc(b, ';');
}

static void
dump_scope(struct strbuf *b, const struct component *c)
{
	strbuf_adds(b, " {");
	for (uint32_t i = 0; i < c->defs.len; i++)
		dump_def(b, &c->defs.data[i]);
	strbuf_adds(b, c->defs.len ? " }" : "}");
}

/* The definitions of a component, each with a space before and a semicolon behind. */
static const char *
dump(struct arena *a, const struct component *c)
{
	struct strbuf b = {.arena = a};
	for (uint32_t i = 0; i < c->defs.len; i++)
		dump_def(&b, &c->defs.data[i]);
	return strbuf_cstr(&b);
}

#endif
