/* encode_defs.c - definitions other than types: Binary.md, "Instance Definitions", "Alias
 * Definitions", "Canonical Definitions", "Start Definitions", "Import and Export Definitions" and
 * "Value Definitions". */
#include "component/encode_parts.h"

#include "base/error.h"
#include "component/codes.h"

/* ---- instances ---- */

static void
write_sortidx(struct strbuf *out, struct comp_ref ref)
{
	write_sort_code(out, ref.sort);
	write_u32(out, ref.index);
}

void
write_core_instance(struct strbuf *out, const struct comp_instance *i)
{
	write_byte(out, !i->is_instantiate);
	if (i->is_instantiate) {
		write_u32(out, i->target.index);
		write_u32(out, i->args.len);
	} else {
		write_u32(out, i->exports.len);
	}
	for (uint32_t k = 0; i->is_instantiate && k < i->args.len; k++) {
		write_name(out, i->args.data[k].name);
		write_byte(out, code_of_sort(SORT_CORE_INSTANCE).byte);
		write_u32(out, i->args.data[k].ref.index);
	}
	for (uint32_t k = 0; !i->is_instantiate && k < i->exports.len; k++) {
		write_name(out, i->exports.data[k].name.name);
		write_byte(out, code_of_sort(i->exports.data[k].ref.sort).byte);
		write_u32(out, i->exports.data[k].ref.index);
	}
}

void
write_instance(struct strbuf *out, const struct comp_instance *i)
{
	write_byte(out, !i->is_instantiate);
	if (i->is_instantiate) {
		write_u32(out, i->target.index);
		write_u32(out, i->args.len);
	} else {
		write_u32(out, i->exports.len);
	}
	for (uint32_t k = 0; i->is_instantiate && k < i->args.len; k++) {
		write_name(out, i->args.data[k].name);
		write_sortidx(out, i->args.data[k].ref);
	}
	for (uint32_t k = 0; !i->is_instantiate && k < i->exports.len; k++) {
		write_nameattributes(out, &i->exports.data[k].name);
		write_sortidx(out, i->exports.data[k].ref);
	}
}

/* ---- aliases ---- */

void
write_alias(struct strbuf *out, const struct comp_alias *a)
{
	write_sort_code(out, a->sort);
	write_byte(out, a->kind == ALIAS_EXPORT        ? 0x00
			: a->kind == ALIAS_CORE_EXPORT ? 0x01
						       : 0x02);
	if (a->kind == ALIAS_OUTER) {
		write_u32(out, a->outer_count);
		write_u32(out, a->outer_index);
	} else {
		write_u32(out, a->instance.index);
		write_name(out, a->name);
	}
}

/* ---- canonical definitions ---- */

static void
write_opts(struct strbuf *out, const struct comp_canon *c)
{
	write_u32(out, c->opts.len);
	for (uint32_t i = 0; i < c->opts.len; i++) {
		const struct comp_opt *opt = &c->opts.data[i];
		write_byte(out, (uint8_t)opt->kind);
		if (comp_opt_sort(opt->kind) != SORT_COUNT)
			write_u32(out, opt->ref.index);
	}
}

static void
write_lift_or_lower(struct strbuf *out, const struct comp_canon *c)
{
	write_byte(out, 0x00);
	write_u32(out, c->func.index);
	write_opts(out, c);
	if (c->kind == CANON_LIFT)
		write_u32(out, c->type.index);
}

static void
write_context(struct strbuf *out, const struct comp_canon *c)
{
	write_valtype(out, c->slot_type);
	write_u32(out, c->slot);
}

void
write_canon(struct strbuf *out, const struct comp_canon *c)
{
	enum comp_canon_imm imm = comp_canon_infos[c->kind].imm;
	write_byte(out, comp_canon_infos[c->kind].opcode);
	switch (imm) {
	case IMM_LIFT:
	case IMM_LOWER: write_lift_or_lower(out, c); break;
	case IMM_NONE: break;
	case IMM_TYPE: write_u32(out, c->type.index); break;
	case IMM_TYPE_OPTS:
		write_u32(out, c->type.index);
		write_opts(out, c);
		break;
	case IMM_TYPE_ASYNC:
		write_u32(out, c->type.index);
		write_byte(out, c->is_async);
		break;
	case IMM_ASYNC: write_byte(out, c->is_async); break;
	case IMM_OPTS: write_opts(out, c); break;
	case IMM_RESULT_OPTS:
		write_resultlist(out, &c->result);
		write_opts(out, c);
		break;
	case IMM_VALTYPE_OPTS:
		write_comp_valtype(out, &c->result);
		write_opts(out, c);
		break;
	case IMM_CANCEL: write_byte(out, c->is_cancellable); break;
	case IMM_CANCEL_MEMORY:
		write_byte(out, c->is_cancellable);
		write_u32(out, c->memory.index);
		break;
	case IMM_CONTEXT: write_context(out, c); break;
	case IMM_CORETYPE_TABLE:
		write_u32(out, c->core_type.index);
		write_u32(out, c->table.index);
		break;
	case IMM_SHARED:
	case IMM_SHARED_CORETYPE:
	case IMM_SHARED_CORETYPE_TABLE:
		write_byte(out, c->is_shared);
		if (imm != IMM_SHARED)
			write_u32(out, c->core_type.index);
		if (imm == IMM_SHARED_CORETYPE_TABLE)
			write_u32(out, c->table.index);
		break;
	}
}

/* ---- start, imports, exports, values ---- */

void
write_comp_start(struct strbuf *out, const struct comp_start *s)
{
	write_u32(out, s->func.index);
	write_u32(out, s->args.len);
	for (uint32_t i = 0; i < s->args.len; i++)
		write_u32(out, s->args.data[i].index);
	write_u32(out, s->results);
}

void
write_comp_import(struct strbuf *out, const struct comp_import *i)
{
	write_nameattributes(out, &i->name);
	write_comp_externtype(out, &i->type);
}

void
write_comp_export(struct strbuf *out, const struct comp_export *x)
{
	write_nameattributes(out, &x->name);
	write_sortidx(out, x->ref);
	write_byte(out, x->has_type);
	if (x->has_type)
		write_comp_externtype(out, &x->type);
}

void
write_exportdecl(struct strbuf *out, const struct comp_export *x)
{
	write_nameattributes(out, &x->name);
	write_comp_externtype(out, &x->type);
}

void
write_value(struct strbuf *out, const struct comp_value *v)
{
	const struct comp_literal *l = &v->literal;
	if (l->kind != LIT_BINARY && !v->encoding.ptr)
		raise_error(ERR_INVALID, l->at, "value-not-validated",
			"a value that was not validated has no encoding");
	write_comp_valtype(out, &v->type);
	write_name(out, l->kind == LIT_BINARY ? l->text : v->encoding);
}
