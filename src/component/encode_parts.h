/* encode_parts.h - what the files of the component encoder share, each named as the rule of
 * Binary.md that it writes. For encode*.c alone. */
#ifndef CANON_COMPONENT_ENCODE_PARTS_H
#define CANON_COMPONENT_ENCODE_PARTS_H

#include "component/ast.h"
#include "core/writer.h"

/* ---- encode_types.c ---- */

void write_comp_valtype(struct strbuf *out, const struct comp_valtype *v);
void write_resultlist(struct strbuf *out, const struct comp_valtype *v);
void write_deftype(struct strbuf *out, const struct comp_type *t);
void write_core_deftype(struct strbuf *out, const struct comp_core_type *t);
void write_comp_externtype(struct strbuf *out, const struct comp_extern_type *t);
void write_nameattributes(struct strbuf *out, const struct comp_name *n);

/* ---- encode_defs.c ---- */

void write_core_instance(struct strbuf *out, const struct comp_instance *i);
void write_instance(struct strbuf *out, const struct comp_instance *i);
void write_alias(struct strbuf *out, const struct comp_alias *a);
void write_canon(struct strbuf *out, const struct comp_canon *c);
void write_comp_start(struct strbuf *out, const struct comp_start *s);
void write_comp_import(struct strbuf *out, const struct comp_import *i);
void write_comp_export(struct strbuf *out, const struct comp_export *x);
void write_exportdecl(struct strbuf *out, const struct comp_export *x);
void write_value(struct strbuf *out, const struct comp_value *v);

#endif
