/* decode_defs.c - definitions other than types: Binary.md, "Instance Definitions", "Alias
 * Definitions", "Canonical Definitions", "Start Definitions", "Import and Export Definitions" and
 * "Value Definitions". */
#include "component/decode_parts.h"

#include "base/error.h"
#include "component/codes.h"

/* ---- sorts ---- */

/* bad_leading_byte for a sort that was read before. */
NORETURN static void
bad_sort(struct sort_code code, struct loc at, const char *reason, const char *what)
{
	raise_error(
		ERR_MALFORMED, at, reason, "invalid leading byte (0x%x) for %s", code.byte, what);
}

struct comp_ref
read_sortidx(struct reader *r)
{
	struct loc at = read_at(r);
	struct sort_code code = read_sort_code(r);
	enum comp_sort sort = sort_of_code(code);
	if (sort == SORT_COUNT)
		bad_sort(code, at, "leading-byte-extern-kind", "component external kind");
	struct comp_ref ref = read_ref(r, sort);
	ref.at = at;
	return ref;
}

/* ---- instances ---- */

static void
read_core_arg(struct reader *r, struct comp_arg *arg)
{
	arg->at = read_at(r);
	arg->name = read_name(r);
	if (read_byte(r) != 0x12)
		bad_leading_byte(r, "leading-byte-instantiation-arg", "instantiation arg kind");
	arg->ref = read_ref(r, SORT_CORE_INSTANCE);
}

static void
read_core_export(struct reader *r, struct comp_inline_export *x)
{
	struct loc at = x->name.at = read_at(r);
	x->name.name = read_name(r);
	struct sort_code code = {true, read_byte(r)};
	enum comp_sort sort = sort_of_code(code);
	if (sort == SORT_COUNT)
		bad_leading_byte(r, "leading-byte-core-sort", "core external kind");
	x->ref = read_ref(r, sort);
	x->ref.at = at;
}

void
read_core_instance(struct reader *r, struct comp_def *def)
{
	struct comp_instance *i = &def->instance;
	i->is_instantiate = !read_optional(r, "leading-byte-core-instance", "core instance");
	if (i->is_instantiate)
		i->target = read_ref(r, SORT_CORE_MODULE);
	uint32_t n = read_len(r);
	for (uint32_t k = 0; k < n; k++) {
		if (i->is_instantiate)
			read_core_arg(r, vec_add(r->arena, &i->args));
		else
			read_core_export(r, vec_add(r->arena, &i->exports));
	}
}

void
read_instance(struct reader *r, struct comp_def *def)
{
	struct comp_instance *i = &def->instance;
	i->is_instantiate = !read_optional(r, "leading-byte-instance", "instance");
	if (i->is_instantiate)
		i->target = read_ref(r, SORT_COMPONENT);
	uint32_t n = read_len(r);
	for (uint32_t k = 0; k < n; k++) {
		if (i->is_instantiate) {
			struct comp_arg *arg = vec_add(r->arena, &i->args);
			arg->at = read_at(r);
			arg->name = read_name(r);
			arg->ref = read_sortidx(r);
		} else {
			struct comp_inline_export *x = vec_add(r->arena, &i->exports);
			read_nameattributes(r, &x->name);
			x->ref = read_sortidx(r);
		}
	}
}

/* ---- aliases ---- */

static bool
is_outer_sort(enum comp_sort sort)
{
	return sort == SORT_CORE_MODULE || sort == SORT_CORE_TYPE || sort == SORT_TYPE ||
	       sort == SORT_COMPONENT;
}

void
read_alias(struct reader *r, struct comp_def *def)
{
	struct comp_alias *a = &def->alias;
	struct loc at = read_at(r);
	def->kind = DEF_ALIAS;
	struct sort_code code = read_sort_code(r);
	a->sort = sort_of_code(code);
	switch (read_byte(r)) {
	case 0x00:
	case 0x01:
		a->kind = r->p[-1] ? ALIAS_CORE_EXPORT : ALIAS_EXPORT;
		if (a->sort == SORT_COUNT)
			bad_sort(code, at, "leading-byte-extern-kind", "component external kind");
		if (a->kind == ALIAS_CORE_EXPORT && !code.core)
			bad_sort(code, at, "leading-byte-core-sort", "core external kind");
		a->instance =
			read_ref(r, a->kind == ALIAS_EXPORT ? SORT_INSTANCE : SORT_CORE_INSTANCE);
		a->name = read_name(r);
		break;
	case 0x02:
		a->kind = ALIAS_OUTER;
		if (!is_outer_sort(a->sort))
			bad_sort(code, at, "leading-byte-outer-alias-sort",
				"component outer alias kind");
		a->outer_count = read_u32(r);
		a->outer_index = read_u32(r);
		break;
	default: bad_leading_byte(r, "leading-byte-alias", "alias");
	}
}

/* ---- canonical definitions ---- */

static void
read_opts(struct reader *r, struct comp_canon *canon)
{
	uint32_t n = read_len(r);
	for (uint32_t i = 0; i < n; i++) {
		struct comp_opt opt = {.at = read_at(r)};
		uint8_t kind = read_byte(r);
		if (!comp_opt_name((enum comp_opt_kind)kind))
			bad_leading_byte(r, "leading-byte-canon-option", "canonical option");
		opt.kind = (enum comp_opt_kind)kind;
		if (comp_opt_sort(opt.kind) != SORT_COUNT)
			opt.ref = read_ref(r, comp_opt_sort(opt.kind));
		vec_push(r->arena, &canon->opts, opt);
	}
}

static enum comp_canon_kind
read_canon_kind(struct reader *r)
{
	uint8_t byte = read_byte(r);
	for (int kind = 0; kind < CANON_COUNT; kind++)
		if (comp_canon_infos[kind].opcode == byte)
			return (enum comp_canon_kind)kind;
	bad_leading_byte(r, "leading-byte-canon", "canonical function");
}

static void
need_func_sort(struct reader *r, const char *reason, const char *what)
{
	if (read_byte(r) != 0x00)
		bad_leading_byte(r, reason, what);
}

static void
read_shared(struct reader *r, struct comp_canon *c, bool type, bool table)
{
	c->is_shared = read_flag(r);
	if (type)
		c->core_type = read_ref(r, SORT_CORE_TYPE);
	if (table)
		c->table = read_ref(r, SORT_CORE_TABLE);
}

void
read_canon(struct reader *r, struct comp_def *def)
{
	struct comp_canon *c = &def->canon;
	c->kind = read_canon_kind(r);
	enum comp_canon_imm imm = comp_canon_infos[c->kind].imm;
	if (imm == IMM_TYPE || imm == IMM_TYPE_OPTS || imm == IMM_TYPE_ASYNC)
		c->type = read_ref(r, SORT_TYPE);
	switch (imm) {
	case IMM_LIFT:
		need_func_sort(r, "leading-byte-canon-lift", "canonical function lift");
		c->func = read_ref(r, SORT_CORE_FUNC);
		read_opts(r, c);
		c->type = read_ref(r, SORT_TYPE);
		break;
	case IMM_LOWER:
		need_func_sort(r, "leading-byte-canon-lower", "canonical function lower");
		c->func = read_ref(r, SORT_FUNC);
		read_opts(r, c);
		break;
	case IMM_RESULT_OPTS: c->result = read_resultlist(r); /* fall through */
	case IMM_TYPE_OPTS:
	case IMM_OPTS: read_opts(r, c); break;
	case IMM_VALTYPE_OPTS:
		c->result = read_comp_valtype(r);
		read_opts(r, c);
		break;
	case IMM_TYPE_ASYNC:
	case IMM_ASYNC: c->is_async = read_flag(r); break;
	case IMM_CANCEL: c->is_cancellable = read_flag(r); break;
	case IMM_CANCEL_MEMORY:
		c->is_cancellable = read_flag(r);
		c->memory = read_ref(r, SORT_CORE_MEMORY);
		break;
	case IMM_CONTEXT:
		c->slot_type = read_valtype(r);
		c->slot = read_u32(r);
		break;
	case IMM_CORETYPE_TABLE:
		c->core_type = read_ref(r, SORT_CORE_TYPE);
		c->table = read_ref(r, SORT_CORE_TABLE);
		break;
	case IMM_SHARED: read_shared(r, c, false, false); break;
	case IMM_SHARED_CORETYPE: read_shared(r, c, true, false); break;
	case IMM_SHARED_CORETYPE_TABLE: read_shared(r, c, true, true); break;
	case IMM_NONE:
	case IMM_TYPE: break;
	}
}

/* ---- start, imports, exports, values ---- */

void
read_start(struct reader *r, struct comp_def *def)
{
	def->start.func = read_ref(r, SORT_FUNC);
	uint32_t n = read_len(r);
	for (uint32_t i = 0; i < n; i++)
		vec_push(r->arena, &def->start.args, read_ref(r, SORT_VALUE));
	def->start.results = read_u32(r);
}

void
read_comp_import(struct reader *r, struct comp_def *def)
{
	read_nameattributes(r, &def->import.name);
	def->import.type = read_comp_externtype(r);
}

void
read_comp_export(struct reader *r, struct comp_def *def)
{
	struct comp_export *x = &def->export;
	read_nameattributes(r, &x->name);
	x->ref = read_sortidx(r);
	x->has_type =
		read_optional(r, "leading-byte-export-type", "optional component export type");
	if (x->has_type)
		x->type = read_comp_externtype(r);
}

void
read_importdecl(struct reader *r, struct comp_def *def)
{
	def->kind = DEF_IMPORT;
	read_comp_import(r, def);
}

void
read_exportdecl(struct reader *r, struct comp_def *def)
{
	def->kind = DEF_EXPORT;
	def->export.is_decl = true;
	read_nameattributes(r, &def->export.name);
	def->export.type = read_comp_externtype(r);
}

void
read_value(struct reader *r, struct comp_def *def)
{
	def->value.type = read_comp_valtype(r);
	struct comp_literal *l = &def->value.literal;
	l->kind = LIT_BINARY;
	l->at = read_at(r);
	l->text = read_bytes(r, read_len(r));
}
