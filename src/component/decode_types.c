/* decode_types.c - types, and the names of imports and exports: Binary.md, "Type Definitions" and
 * "Import and Export Definitions". */
#include "component/decode_parts.h"

#include "base/error.h"
#include "base/fiber.h"
#include "component/codes.h"

/* One component or type in another, with all that may lie between two of them on the stack. */
NORETURN void
bad_leading_byte(struct reader *r, const char *reason, const char *what)
{
	r->p--;
	raise_error(ERR_MALFORMED, read_at(r), reason, "invalid leading byte (0x%x) for %s", *r->p,
		what);
}

struct comp_ref
read_ref(struct reader *r, enum comp_sort sort)
{
	struct comp_ref ref = {.sort = sort, .at = read_at(r)};
	ref.index = read_u32(r);
	return ref;
}

bool
read_flag(struct reader *r)
{
	uint8_t byte = read_byte(r);
	if (byte > 1) {
		r->p--;
		malformed(r, "invalid-boolean-value", "invalid boolean value");
	}
	return byte;
}

bool
read_optional(struct reader *r, const char *reason, const char *what)
{
	uint8_t byte = read_byte(r);
	if (byte > 1)
		bad_leading_byte(r, reason, what);
	return byte;
}

/* ---- value types ---- */

struct comp_valtype
read_comp_valtype(struct reader *r)
{
	struct comp_valtype v = {.kind = VAL_INDEX, .at = read_at(r)};
	enum comp_val_kind prim = r->p < r->end ? prim_of_code(*r->p) : VAL_NONE;
	if (prim != VAL_NONE) {
		r->p++;
		v.kind = prim;
		return v;
	}
	const uint8_t *start = r->p;
	int64_t index = read_signed(r, 33);
	if (index < 0) {
		r->p = start + 1;
		bad_leading_byte(r, "leading-byte-value-type", "component value type");
	}
	v.index = (uint32_t)index;
	return v;
}

static struct comp_valtype
read_optional_valtype(struct reader *r)
{
	struct comp_valtype none = {.kind = VAL_NONE, .at = read_at(r)};
	bool there = read_optional(
		r, "leading-byte-optional-value-type", "optional component value type");
	return there ? read_comp_valtype(r) : none;
}

struct comp_valtype
read_resultlist(struct reader *r)
{
	struct comp_valtype none = {.kind = VAL_NONE, .at = read_at(r)};
	if (!read_optional(r, "leading-byte-results", "component function results"))
		return read_comp_valtype(r);
	if (read_byte(r) != 0)
		bad_leading_byte(r, "leading-byte-number-of-results", "number of results");
	return none;
}

/* ---- defined types ---- */

static struct comp_label *
add_label(struct reader *r, struct comp_type *t)
{
	struct comp_label *l = vec_add(r->arena, &t->labels);
	*l = (struct comp_label){.at = read_at(r)};
	return l;
}

static void
read_labels(struct reader *r, struct comp_type *t)
{
	uint32_t n = read_len(r);
	for (uint32_t i = 0; i < n; i++)
		add_label(r, t)->name = read_name(r);
}

static void
read_label_types(struct reader *r, struct comp_type *t)
{
	uint32_t n = read_len(r);
	for (uint32_t i = 0; i < n; i++) {
		struct comp_label *l = add_label(r, t);
		l->name = read_name(r);
		l->type = read_comp_valtype(r);
	}
}

static void
read_cases(struct reader *r, struct comp_type *t)
{
	uint32_t n = read_len(r);
	for (uint32_t i = 0; i < n; i++) {
		struct comp_label *l = add_label(r, t);
		l->name = read_name(r);
		l->type = read_optional_valtype(r);
		if (read_byte(r) != 0)
			bad_leading_byte(r, "leading-byte-zero", "zero byte required");
	}
}

static void
read_members(struct reader *r, struct comp_type *t)
{
	uint32_t n = read_len(r);
	for (uint32_t i = 0; i < n; i++)
		add_label(r, t)->type = read_comp_valtype(r);
}

/* ---- declarations ---- */

static void
read_instancedecl(struct reader *r, struct comp_def *def, bool in_component)
{
	switch (read_byte(r)) {
	case 0x00:
		def->kind = DEF_CORE_TYPE;
		def->core_type = read_core_deftype(r);
		return;
	case 0x01:
		def->kind = DEF_TYPE;
		def->type = read_deftype(r);
		return;
	case 0x02: read_alias(r, def); return;
	case 0x03:
		if (!in_component)
			break;
		read_importdecl(r, def);
		return;
	case 0x04: read_exportdecl(r, def); return;
	}
	bad_leading_byte(r, "leading-byte-declaration", "component or instance type declaration");
}

static struct component *
read_decls(struct reader *r, bool in_component)
{
	struct component *c = arena_new_of(r->arena, struct component);
	need_stack(read_at(r), "components");
	c->at = read_at(r);
	uint32_t n = read_len(r);
	for (uint32_t i = 0; i < n; i++) {
		struct comp_def def = {.at = read_at(r)};
		read_instancedecl(r, &def, in_component);
		vec_push(r->arena, &c->defs, def);
	}
	return c;
}

static void
read_resource(struct reader *r, struct comp_type *t)
{
	t->rep = read_valtype(r);
	t->has_dtor = read_optional(r, "leading-byte-destructor", "resource destructor");
	if (t->has_dtor)
		t->dtor = read_ref(r, SORT_CORE_FUNC);
}

/* ---- types ---- */

struct comp_type *
read_deftype(struct reader *r)
{
	struct comp_type *t = arena_new_of(r->arena, struct comp_type);
	t->at = read_at(r);
	if (!type_of_code(read_byte(r), t))
		bad_leading_byte(r, "leading-byte-defined-type", "component defined type");
	switch (t->kind) {
	case CT_PRIM: break;
	case CT_RECORD: read_label_types(r, t); break;
	case CT_VARIANT: read_cases(r, t); break;
	case CT_TUPLE: read_members(r, t); break;
	case CT_FLAGS:
	case CT_ENUM: read_labels(r, t); break;
	case CT_LIST:
	case CT_OPTION: t->elem = read_comp_valtype(r); break;
	case CT_FIXED_LIST:
		t->elem = read_comp_valtype(r);
		t->length = read_u32(r);
		break;
	case CT_RESULT:
		t->elem = read_optional_valtype(r);
		t->error = read_optional_valtype(r);
		break;
	case CT_MAP:
		t->key = read_comp_valtype(r);
		t->elem = read_comp_valtype(r);
		break;
	case CT_OWN:
	case CT_BORROW: t->resource = read_u32(r); break;
	case CT_STREAM:
	case CT_FUTURE: t->elem = read_optional_valtype(r); break;
	case CT_FUNC:
		read_label_types(r, t);
		t->elem = read_resultlist(r);
		break;
	case CT_COMPONENT: t->decls = read_decls(r, true); break;
	case CT_INSTANCE: t->decls = read_decls(r, false); break;
	case CT_RESOURCE: read_resource(r, t); break;
	}
	return t;
}

/* ---- core types ---- */

static void
read_core_alias(struct reader *r, struct comp_module_decl *d)
{
	if (read_byte(r) != 0x10)
		bad_leading_byte(r, "leading-byte-core-alias-sort", "outer alias kind");
	if (read_byte(r) != 0x01)
		bad_leading_byte(r, "leading-byte-core-alias-target", "outer alias target");
	d->outer_count = read_u32(r);
	d->outer_index = read_u32(r);
}

static void
read_moduledecl(struct reader *r, struct comp_module_decl *d)
{
	d->at = read_at(r);
	switch (read_byte(r)) {
	case 0x00:
		d->kind = MODULE_DECL_IMPORT;
		d->module = read_name(r);
		d->name = read_name(r);
		d->type = arena_new_of(r->arena, struct core_externtype);
		read_externtype(r, d->type);
		break;
	case 0x01:
		d->kind = MODULE_DECL_TYPE;
		if (read_byte(r) == 0x50)
			bad_leading_byte(r, "leading-byte-module-type",
				"a core type inside of a module type");
		r->p--;
		d->def = read_core_deftype(r);
		break;
	case 0x02:
		d->kind = MODULE_DECL_ALIAS;
		read_core_alias(r, d);
		break;
	case 0x03:
		d->kind = MODULE_DECL_EXPORT;
		d->name = read_name(r);
		d->type = arena_new_of(r->arena, struct core_externtype);
		read_externtype(r, d->type);
		break;
	default: bad_leading_byte(r, "leading-byte-module-declaration", "type definition");
	}
}

/* 0x50 is a module type; a subtype that starts with it has a zero before. */
struct comp_core_type *
read_core_deftype(struct reader *r)
{
	struct comp_core_type *t = arena_new_of(r->arena, struct comp_core_type);
	t->at = read_at(r);
	need_stack(read_at(r), "components");
	uint8_t byte = r->p < r->end ? *r->p : 0xff;
	if (byte == 0x50) {
		r->p++;
		t->kind = CORE_TYPE_MODULE;
		uint32_t n = read_len(r);
		for (uint32_t i = 0; i < n; i++) {
			struct comp_module_decl d = {0};
			read_moduledecl(r, &d);
			vec_push(r->arena, &t->decls, d);
		}
		return t;
	}
	if (byte == 0x00) {
		r->p++;
		if (r->p < r->end && *r->p != 0x50) {
			r->p++;
			bad_leading_byte(r, "leading-byte-core-type", "core type");
		}
	}
	t->kind = CORE_TYPE_REC;
	t->rec = arena_new_of(r->arena, struct core_rectype);
	read_rectype(r, t->rec);
	return t;
}

/* ---- imports and exports ---- */

struct comp_extern_type
read_comp_externtype(struct reader *r)
{
	struct comp_extern_type t = {.how = EXTERN_TYPE, .at = read_at(r)};
	t.sort = extern_of_code(read_byte(r));
	if (t.sort == SORT_COUNT || (t.sort == SORT_CORE_MODULE && read_byte(r) != 0x11))
		bad_leading_byte(r, "leading-byte-extern-kind", "component external kind");
	if (t.sort == SORT_TYPE) {
		bool fresh = read_optional(r, "leading-byte-type-bound", "type bound");
		t.how = fresh ? EXTERN_SUB_RESOURCE : EXTERN_TYPE_EQ;
	} else if (t.sort == SORT_VALUE) {
		bool typed = read_optional(r, "leading-byte-value-bound", "value bound");
		t.how = typed ? EXTERN_VALUE_TYPE : EXTERN_VALUE_EQ;
	}
	if (t.how == EXTERN_VALUE_TYPE)
		t.valtype = read_comp_valtype(r);
	else if (t.how != EXTERN_SUB_RESOURCE)
		t.index = read_u32(r);
	return t;
}

void
read_nameattributes(struct reader *r, struct comp_name *out)
{
	*out = (struct comp_name){.at = read_at(r)};
	uint8_t form = read_byte(r);
	if (form > 2)
		bad_leading_byte(r, "leading-byte-name", "component name");
	out->name = read_name(r);
	uint32_t n = form == 2 ? read_len(r) : 0;
	for (uint32_t i = 0; i < n; i++) {
		struct comp_attr attr = {.at = read_at(r)};
		uint8_t kind = read_byte(r);
		if (kind > ATTR_EXTERNAL_ID)
			bad_leading_byte(r, "leading-byte-name-attribute", "name option");
		attr.kind = (enum comp_attr_kind)kind;
		attr.text = read_name(r);
		vec_push(r->arena, &out->attrs, attr);
	}
}
