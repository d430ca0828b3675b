/* encode_types.c - types, and the names of imports and exports: Binary.md, "Type Definitions" and
 * "Import and Export Definitions". */
#include "component/encode_parts.h"

#include "base/fiber.h"
#include "component/codes.h"

/* ---- value types ---- */

void
write_comp_valtype(struct strbuf *out, const struct comp_valtype *v)
{
	if (v->kind == VAL_INDEX)
		write_signed(out, v->index);
	else
		write_byte(out, code_of_prim(v->kind));
}

static void
write_optional_valtype(struct strbuf *out, const struct comp_valtype *v)
{
	write_byte(out, v->kind != VAL_NONE);
	if (v->kind != VAL_NONE)
		write_comp_valtype(out, v);
}

void
write_resultlist(struct strbuf *out, const struct comp_valtype *v)
{
	write_byte(out, v->kind == VAL_NONE);
	if (v->kind == VAL_NONE)
		write_byte(out, 0);
	else
		write_comp_valtype(out, v);
}

/* ---- defined types ---- */

/* Names are written where there are some, types where `types` has them. */
static void
write_labels(struct strbuf *out, const struct comp_type *t, bool names, bool types)
{
	write_u32(out, t->labels.len);
	for (uint32_t i = 0; i < t->labels.len; i++) {
		if (names)
			write_name(out, t->labels.data[i].name);
		if (types)
			write_comp_valtype(out, &t->labels.data[i].type);
	}
}

static void
write_cases(struct strbuf *out, const struct comp_type *t)
{
	write_u32(out, t->labels.len);
	for (uint32_t i = 0; i < t->labels.len; i++) {
		write_name(out, t->labels.data[i].name);
		write_optional_valtype(out, &t->labels.data[i].type);
		write_byte(out, 0);
	}
}

static void
write_decl(struct strbuf *out, const struct comp_def *d)
{
	switch (d->kind) {
	case DEF_CORE_TYPE:
		write_byte(out, 0x00);
		write_core_deftype(out, d->core_type);
		break;
	case DEF_TYPE:
		write_byte(out, 0x01);
		write_deftype(out, d->type);
		break;
	case DEF_ALIAS:
		write_byte(out, 0x02);
		write_alias(out, &d->alias);
		break;
	case DEF_IMPORT:
		write_byte(out, 0x03);
		write_comp_import(out, &d->import);
		break;
	case DEF_EXPORT:
		write_byte(out, 0x04);
		write_exportdecl(out, &d->export);
		break;
	default: internal_error("definition of kind %d in a type", (int)d->kind);
	}
}

static void
write_decls(struct strbuf *out, const struct component *c)
{
	need_stack(c->at, "types");
	write_u32(out, c->defs.len);
	for (uint32_t i = 0; i < c->defs.len; i++)
		write_decl(out, &c->defs.data[i]);
}

static void
write_resource(struct strbuf *out, const struct comp_type *t)
{
	write_valtype(out, t->rep);
	write_byte(out, t->has_dtor);
	if (t->has_dtor)
		write_u32(out, t->dtor.index);
}

void
write_deftype(struct strbuf *out, const struct comp_type *t)
{
	write_byte(out, code_of_type(t));
	switch (t->kind) {
	case CT_PRIM: break;
	case CT_RECORD: write_labels(out, t, true, true); break;
	case CT_VARIANT: write_cases(out, t); break;
	case CT_TUPLE: write_labels(out, t, false, true); break;
	case CT_FLAGS:
	case CT_ENUM: write_labels(out, t, true, false); break;
	case CT_LIST:
	case CT_OPTION: write_comp_valtype(out, &t->elem); break;
	case CT_FIXED_LIST:
		write_comp_valtype(out, &t->elem);
		write_u32(out, t->length);
		break;
	case CT_RESULT:
		write_optional_valtype(out, &t->elem);
		write_optional_valtype(out, &t->error);
		break;
	case CT_MAP:
		write_comp_valtype(out, &t->key);
		write_comp_valtype(out, &t->elem);
		break;
	case CT_OWN:
	case CT_BORROW: write_u32(out, t->resource); break;
	case CT_STREAM:
	case CT_FUTURE: write_optional_valtype(out, &t->elem); break;
	case CT_FUNC:
		write_labels(out, t, true, true);
		write_resultlist(out, &t->elem);
		break;
	case CT_COMPONENT:
	case CT_INSTANCE: write_decls(out, t->decls); break;
	case CT_RESOURCE: write_resource(out, t); break;
	}
}

/* ---- core types ---- */

static void
write_moduledecl(struct strbuf *out, const struct comp_module_decl *d)
{
	switch (d->kind) {
	case MODULE_DECL_IMPORT:
		write_byte(out, 0x00);
		write_name(out, d->module);
		write_name(out, d->name);
		write_externtype(out, d->type);
		break;
	case MODULE_DECL_TYPE:
		write_byte(out, 0x01);
		write_core_deftype(out, d->def);
		break;
	case MODULE_DECL_ALIAS:
		write_byte(out, 0x02);
		write_byte(out, 0x10);
		write_byte(out, 0x01);
		write_u32(out, d->outer_count);
		write_u32(out, d->outer_index);
		break;
	case MODULE_DECL_EXPORT:
		write_byte(out, 0x03);
		write_name(out, d->name);
		write_externtype(out, d->type);
		break;
	}
}

/* A type alone that would start as a module type does has a zero before. */
void
write_core_deftype(struct strbuf *out, const struct comp_core_type *t)
{
	if (t->kind == CORE_TYPE_MODULE) {
		write_byte(out, 0x50);
		write_u32(out, t->decls.len);
		for (uint32_t i = 0; i < t->decls.len; i++)
			write_moduledecl(out, &t->decls.data[i]);
		return;
	}
	if (t->rec->ntypes == 1 && t->rec->types[0].open)
		write_byte(out, 0x00);
	write_rectype(out, t->rec->types, t->rec->ntypes);
}

/* ---- imports and exports ---- */

void
write_comp_externtype(struct strbuf *out, const struct comp_extern_type *t)
{
	write_byte(out, code_of_extern(t->sort));
	if (t->sort == SORT_CORE_MODULE)
		write_byte(out, 0x11);
	if (t->how != EXTERN_TYPE)
		write_byte(out, t->how == EXTERN_SUB_RESOURCE || t->how == EXTERN_VALUE_TYPE);
	if (t->how == EXTERN_VALUE_TYPE)
		write_comp_valtype(out, &t->valtype);
	else if (t->how != EXTERN_SUB_RESOURCE)
		write_u32(out, t->index);
}

void
write_nameattributes(struct strbuf *out, const struct comp_name *n)
{
	write_byte(out, n->attrs.len ? 0x02 : 0x00);
	write_name(out, n->name);
	if (!n->attrs.len)
		return;
	write_u32(out, n->attrs.len);
	for (uint32_t i = 0; i < n->attrs.len; i++) {
		write_byte(out, (uint8_t)n->attrs.data[i].kind);
		write_name(out, n->attrs.data[i].text);
	}
}
