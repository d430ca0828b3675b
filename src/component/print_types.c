/* print_types.c - types, and the names of imports and exports, in the text format: Explainer.md,
 * "Type Definitions" and "Import and Export Definitions". */
#include "base/fiber.h"
#include "component/print_parts.h"

/* ---- value types ---- */

void
print_valtype(struct comp_printer *s, const struct comp_valtype *v)
{
	if (v->kind == VAL_INDEX)
		print_idx(s, SORT_TYPE, v->index);
	else
		pretty_printf(s->p, " %s", comp_prim_name(v->kind));
}

static void
print_optional(struct comp_printer *s, const struct comp_valtype *v)
{
	if (v->kind != VAL_NONE)
		print_valtype(s, v);
}

/* ---- defined types ---- */

/* (keyword "label" type), where there are a label and a type. */
static void
print_label(struct comp_printer *s, const char *keyword, const struct comp_label *l)
{
	pretty_printf(s->p, " (%s ", keyword);
	pretty_string(s->p, l->name);
	print_optional(s, &l->type);
	pretty_printf(s->p, ")");
}

static void
print_labels(struct comp_printer *s, const char *keyword, const struct comp_type *t)
{
	for (uint32_t i = 0; i < t->labels.len; i++)
		print_label(s, keyword, &t->labels.data[i]);
}

static void
print_words(struct comp_printer *s, const struct comp_type *t)
{
	for (uint32_t i = 0; i < t->labels.len; i++) {
		pretty_printf(s->p, " ");
		pretty_string(s->p, t->labels.data[i].name);
	}
}

static void
print_result(struct comp_printer *s, const struct comp_type *t)
{
	print_optional(s, &t->elem);
	if (t->error.kind == VAL_NONE)
		return;
	pretty_printf(s->p, " (error");
	print_valtype(s, &t->error);
	pretty_printf(s->p, ")");
}

static void
print_func(struct comp_printer *s, const struct comp_type *t)
{
	if (t->is_async)
		pretty_printf(s->p, " async");
	print_labels(s, "param", t);
	if (t->elem.kind == VAL_NONE)
		return;
	pretty_printf(s->p, " (result");
	print_valtype(s, &t->elem);
	pretty_printf(s->p, ")");
}

static void
print_resource(struct comp_printer *s, const struct comp_type *t)
{
	pretty_printf(s->p, " (rep %s)", core_valtype_name(t->rep));
	if (!t->has_dtor)
		return;
	pretty_printf(s->p, " (dtor");
	print_ref(s, t->dtor);
	pretty_printf(s->p, ")");
}

static void
print_decls(struct comp_printer *s, const struct comp_type *t)
{
	need_stack(t->decls->at, "types");
	struct comp_printer in = printer_of(s->p, s->options, s->scratch, t->decls);
	s->p->indent++;
	print_defs(&in, t->decls);
	s->p->indent--;
}

void
print_deftype(struct comp_printer *s, const struct comp_type *t)
{
	static const char *const words[] = {
		[CT_RECORD] = "record",
		[CT_VARIANT] = "variant",
		[CT_LIST] = "list",
		[CT_FIXED_LIST] = "list",
		[CT_TUPLE] = "tuple",
		[CT_FLAGS] = "flags",
		[CT_ENUM] = "enum",
		[CT_OPTION] = "option",
		[CT_RESULT] = "result",
		[CT_MAP] = "map",
		[CT_OWN] = "own",
		[CT_BORROW] = "borrow",
		[CT_STREAM] = "stream",
		[CT_FUTURE] = "future",
		[CT_FUNC] = "func",
		[CT_COMPONENT] = "component",
		[CT_INSTANCE] = "instance",
		[CT_RESOURCE] = "resource",
	};
	if (t->kind == CT_PRIM) {
		pretty_printf(s->p, "%s", comp_prim_name(t->prim));
		return;
	}
	pretty_printf(s->p, "(%s", words[t->kind]);
	switch (t->kind) {
	case CT_PRIM: break;
	case CT_RECORD: print_labels(s, "field", t); break;
	case CT_VARIANT: print_labels(s, "case", t); break;
	case CT_TUPLE:
		for (uint32_t i = 0; i < t->labels.len; i++)
			print_valtype(s, &t->labels.data[i].type);
		break;
	case CT_FLAGS:
	case CT_ENUM: print_words(s, t); break;
	case CT_LIST:
	case CT_OPTION:
	case CT_STREAM:
	case CT_FUTURE: print_optional(s, &t->elem); break;
	case CT_FIXED_LIST:
		print_valtype(s, &t->elem);
		pretty_printf(s->p, " %u", t->length);
		break;
	case CT_RESULT: print_result(s, t); break;
	case CT_MAP:
		print_valtype(s, &t->key);
		print_valtype(s, &t->elem);
		break;
	case CT_OWN:
	case CT_BORROW: print_idx(s, SORT_TYPE, t->resource); break;
	case CT_FUNC: print_func(s, t); break;
	case CT_COMPONENT:
	case CT_INSTANCE: print_decls(s, t); break;
	case CT_RESOURCE: print_resource(s, t); break;
	}
	pretty_printf(s->p, ")");
}

/* ---- core types ---- */

static void
print_rec(struct pretty *p, const struct core_rectype *rec)
{
	pretty_printf(p, "(rec");
	for (uint32_t i = 0; i < rec->ntypes; i++) {
		pretty_printf(p, " (type ");
		core_print_subtype(p, &rec->types[i], false);
		pretty_printf(p, ")");
	}
	pretty_printf(p, ")");
}

static void
print_module_decl(struct pretty *p, const struct comp_module_decl *d)
{
	pretty_line(p);
	switch (d->kind) {
	case MODULE_DECL_IMPORT:
		pretty_printf(p, "(import ");
		pretty_string(p, d->module);
		pretty_printf(p, " ");
		pretty_string(p, d->name);
		pretty_printf(p, " ");
		core_print_externtype(p, d->type);
		break;
	case MODULE_DECL_TYPE:
		if (d->def->rec->ntypes != 1) {
			print_rec(p, d->def->rec);
			return;
		}
		pretty_printf(p, "(type ");
		core_print_subtype(p, &d->def->rec->types[0], false);
		break;
	case MODULE_DECL_ALIAS:
		pretty_printf(p, "(alias outer %u %u (type)", d->outer_count, d->outer_index);
		break;
	case MODULE_DECL_EXPORT:
		pretty_printf(p, "(export ");
		pretty_string(p, d->name);
		pretty_printf(p, " ");
		core_print_externtype(p, d->type);
		break;
	}
	pretty_printf(p, ")");
}

/* (core type $id ...), or (core rec (type $id ...) ...). */
void
print_core_type(struct comp_printer *s, const struct comp_core_type *t)
{
	bool group = t->kind == CORE_TYPE_REC && t->rec->ntypes != 1;
	uint32_t n = group ? t->rec->ntypes : 1;
	pretty_printf(s->p, group ? "(core rec" : "(core");
	for (uint32_t i = 0; i < n; i++) {
		pretty_printf(s->p, group ? " (type" : " type");
		print_next(s, SORT_CORE_TYPE);
		pretty_printf(s->p, " ");
		if (t->kind == CORE_TYPE_REC)
			core_print_subtype(s->p, &t->rec->types[i], false);
		pretty_printf(s->p, group ? ")" : "");
	}
	if (t->kind == CORE_TYPE_MODULE) {
		pretty_printf(s->p, "(module");
		s->p->indent++;
		for (uint32_t i = 0; i < t->decls.len; i++)
			print_module_decl(s->p, &t->decls.data[i]);
		pretty_close(s->p);
	}
	pretty_printf(s->p, ")");
}

/* ---- imports and exports ---- */

void
print_name(struct comp_printer *s, const struct comp_name *n)
{
	static const char *const words[] = {
		[ATTR_IMPLEMENTS] = "implements",
		[ATTR_VERSION_SUFFIX] = "versionsuffix",
		[ATTR_EXTERNAL_ID] = "external-id",
	};
	pretty_printf(s->p, " ");
	pretty_string(s->p, n->name);
	for (uint32_t i = 0; i < n->attrs.len; i++) {
		pretty_printf(s->p, " (%s ", words[n->attrs.data[i].kind]);
		pretty_string(s->p, n->attrs.data[i].text);
		pretty_printf(s->p, ")");
	}
}

void
print_extern_type(struct comp_printer *s, const struct comp_extern_type *t, bool binds)
{
	pretty_printf(s->p, " (%s", comp_sort_name(t->sort));
	if (binds)
		print_next(s, t->sort);
	switch (t->how) {
	case EXTERN_TYPE:
		pretty_printf(s->p, " (type");
		print_idx(s, t->sort == SORT_CORE_MODULE ? SORT_CORE_TYPE : SORT_TYPE, t->index);
		pretty_printf(s->p, ")");
		break;
	case EXTERN_TYPE_EQ:
	case EXTERN_VALUE_EQ:
		pretty_printf(s->p, " (eq");
		print_idx(s, t->how == EXTERN_TYPE_EQ ? SORT_TYPE : SORT_VALUE, t->index);
		pretty_printf(s->p, ")");
		break;
	case EXTERN_SUB_RESOURCE: pretty_printf(s->p, " (sub resource)"); break;
	case EXTERN_VALUE_TYPE: print_valtype(s, &t->valtype); break;
	}
	pretty_printf(s->p, ")");
}
