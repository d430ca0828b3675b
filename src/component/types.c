/* types.c - making type nodes, and what is derived from their parts: size, alignment,
 * flattening, which handles and pointers they hold. CanonicalABI.md, "Alignment", "Element
 * Size", "Flattening", which this layer needs for validation alone. */
#include "component/types.h"

#include "base/error.h"
#include "core/types.h"

struct ctypes *
ctypes_new(struct arena *a)
{
	struct ctypes *ts = arena_new_of(a, struct ctypes);
	ts->arena = a;
	ts->core = core_types_new(a);
	for (int k = VAL_BOOL; k < VAL_KIND_COUNT; k++) {
		struct ctype *t = ctype_new(ts, CT_PRIM, NO_LOC);
		t->prim = (enum comp_val_kind)k;
		ts->prims[k] = ctype_finish(t);
	}
	return ts;
}

struct ctype *
ctype_new(struct ctypes *ts, enum comp_type_kind kind, struct loc at)
{
	struct ctype *t = arena_new_of(ts->arena, struct ctype);
	t->kind = kind;
	t->id = ts->next_id++;
	t->origin = t;
	t->at = at;
	t->imports.index.arena = t->exports.index.arena = ts->arena;
	return t;
}

const struct ctype *
ctype_prim(struct ctypes *ts, enum comp_val_kind kind)
{
	return ts->prims[kind];
}

const struct ctype *
ctype_rename(struct ctypes *ts, const struct ctype *t)
{
	struct ctype *copy = arena_new_of(ts->arena, struct ctype);
	*copy = *t;
	copy->id = ts->next_id++;
	return copy;
}

struct resource *
resource_new(struct ctypes *ts, const void *scope)
{
	struct resource *r = arena_new_of(ts->arena, struct resource);
	r->id = ts->next_resource++;
	r->scope = scope;
	return r;
}

bool
ctype_is_value(const struct ctype *t)
{
	return t->kind != CT_FUNC && t->kind != CT_COMPONENT && t->kind != CT_INSTANCE &&
	       t->kind != CT_RESOURCE;
}

bool
ctype_is_named(const struct ctype *t)
{
	return t->kind == CT_RECORD || t->kind == CT_VARIANT || t->kind == CT_ENUM ||
	       t->kind == CT_FLAGS || t->kind == CT_RESOURCE;
}

const char *
ctype_kind_name(const struct ctype *t)
{
	static const char *const names[] = {
		[CT_RECORD] = "record",
		[CT_VARIANT] = "variant",
		[CT_LIST] = "list",
		[CT_FIXED_LIST] = "fixed-length list",
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
	return t->kind == CT_PRIM ? comp_prim_name(t->prim) : names[t->kind];
}

/* ---- lists of imports and exports ---- */

void
extern_list_add(struct ctypes *ts, struct extern_list *l, struct str name, struct extern_type t)
{
	l->index.arena = ts->arena;
	strmap_put(&l->index, name, l->items.len);
	vec_push(ts->arena, &l->items, ((struct extern_item){name, t}));
}

const struct extern_type *
extern_list_find(const struct extern_list *l, struct str name)
{
	uint32_t i;
	return strmap_get(&l->index, name, &i) ? &l->items.data[i].type : NULL;
}

/* ---- cases ---- */

uint32_t
ctype_ncases(const struct ctype *t)
{
	return t->kind == CT_OPTION || t->kind == CT_RESULT ? 2 : t->nlabels;
}

const struct ctype *
ctype_case(const struct ctype *t, uint32_t i)
{
	switch (t->kind) {
	case CT_OPTION: return i ? t->elem : NULL;
	case CT_RESULT: return i ? t->error : t->elem;
	default: return t->labels[i].type;
	}
}

/* ---- flattening ---- */

void
flat_append(struct flat_types *flat, const struct flat_types *more)
{
	for (uint8_t i = 0; i < more->n; i++) {
		if (flat->n >= FLAT_MAX || i >= FLAT_MAX) {
			flat->n = FLAT_MAX + 1;
			return;
		}
		flat->list[flat->n++] = more->list[i];
	}
}

static uint8_t
flat_join(uint8_t a, uint8_t b)
{
	if (a == b)
		return a;
	bool narrow = (a == FLAT_I32 || a == FLAT_F32) && (b == FLAT_I32 || b == FLAT_F32);
	return narrow ? FLAT_I32 : FLAT_I64;
}

/* Lets a case's values share places with those of the cases before. */
static void
flat_overlay(struct flat_types *flat, const struct flat_types *c)
{
	for (uint8_t i = 0; i < c->n && i < FLAT_MAX; i++)
		flat->list[i] = i < flat->n ? flat_join(flat->list[i], c->list[i]) : c->list[i];
	if (c->n > flat->n)
		flat->n = c->n;
}

static const struct flat_types *
flat_of(const struct ctype *t, bool wide)
{
	return wide ? &t->flat64 : &t->flat32;
}

static void
flatten_cases(struct flat_types *flat, const struct ctype *t, bool wide)
{
	struct flat_types cases = {0}, tag = {1, {FLAT_I32}};
	for (uint32_t i = 0; i < ctype_ncases(t); i++) {
		if (ctype_case(t, i))
			flat_overlay(&cases, flat_of(ctype_case(t, i), wide));
	}
	flat_append(flat, &tag);
	flat_append(flat, &cases);
}

static void
flatten_prim(struct flat_types *flat, enum comp_val_kind prim, uint8_t ptr)
{
	static const uint8_t flats[VAL_KIND_COUNT] = {
		[VAL_S64] = FLAT_I64,
		[VAL_U64] = FLAT_I64,
		[VAL_F32] = FLAT_F32,
		[VAL_F64] = FLAT_F64,
	};
	*flat = (struct flat_types){1, {flats[prim]}};
	if (prim == VAL_STRING)
		*flat = (struct flat_types){2, {ptr, ptr}};
}

/* From nothing, also where the type is a copy of one that was flattened. */
static void
flatten(const struct ctype *t, bool wide, struct flat_types *flat)
{
	uint8_t ptr = wide ? FLAT_I64 : FLAT_I32;
	*flat = (struct flat_types){0};
	switch (t->kind) {
	case CT_PRIM: flatten_prim(flat, t->prim, ptr); break;
	case CT_LIST:
	case CT_MAP: *flat = (struct flat_types){2, {ptr, ptr}}; break;
	case CT_RECORD:
	case CT_TUPLE:
		for (uint32_t i = 0; i < t->nlabels && flat->n <= FLAT_MAX; i++)
			flat_append(flat, flat_of(t->labels[i].type, wide));
		break;
	case CT_FIXED_LIST:
		for (uint32_t i = 0; i < t->length && flat->n <= FLAT_MAX; i++)
			flat_append(flat, flat_of(t->elem, wide));
		break;
	case CT_VARIANT:
	case CT_ENUM:
	case CT_OPTION:
	case CT_RESULT: flatten_cases(flat, t, wide); break;
	default: *flat = (struct flat_types){1, {FLAT_I32}}; break;
	}
}

/* ---- size and alignment ---- */

static uint64_t
align_to(uint64_t n, uint64_t alignment)
{
	return (n + alignment - 1) / alignment * alignment;
}

uint64_t
layout_add(struct layout *whole, const struct layout *field)
{
	uint64_t offset = align_to(whole->size, field->alignment);
	whole->size = offset + field->size;
	if (field->alignment > whole->alignment)
		whole->alignment = field->alignment;
	return offset;
}

void
layout_end(struct layout *whole)
{
	whole->size = align_to(whole->size, whole->alignment);
}

const struct layout *
ctype_layout(const struct ctype *t, bool wide)
{
	return wide ? &t->layout64 : &t->layout32;
}

/* As large as the largest of the payloads. */
static struct layout
payload_layout(const struct ctype *t, bool wide)
{
	struct layout payload = {0, 1};
	for (uint32_t i = 0; i < ctype_ncases(t); i++) {
		const struct ctype *c = ctype_case(t, i);
		if (c && ctype_layout(c, wide)->size > payload.size)
			payload.size = ctype_layout(c, wide)->size;
		if (c && ctype_layout(c, wide)->alignment > payload.alignment)
			payload.alignment = ctype_layout(c, wide)->alignment;
	}
	return payload;
}

uint32_t
ctype_discriminant_size(const struct ctype *t)
{
	uint32_t n = ctype_ncases(t);
	return n <= 1u << 8 ? 1 : n <= 1u << 16 ? 2 : 4;
}

uint64_t
ctype_payload_offset(const struct ctype *t, bool wide)
{
	return align_to(ctype_discriminant_size(t), payload_layout(t, wide).alignment);
}

static struct layout
lay_out_prim(enum comp_val_kind prim, uint8_t ptr)
{
	static const uint8_t sizes[VAL_KIND_COUNT] = {
		[VAL_BOOL] = 1,
		[VAL_S8] = 1,
		[VAL_U8] = 1,
		[VAL_S16] = 2,
		[VAL_U16] = 2,
		[VAL_S32] = 4,
		[VAL_U32] = 4,
		[VAL_S64] = 8,
		[VAL_U64] = 8,
		[VAL_F32] = 4,
		[VAL_F64] = 8,
		[VAL_CHAR] = 4,
		[VAL_ERROR_CONTEXT] = 4,
	};
	if (prim == VAL_STRING)
		return (struct layout){2u * ptr, ptr};
	return (struct layout){sizes[prim], sizes[prim]};
}

struct layout
ctype_fields_layout(const struct ctype *t, bool wide)
{
	struct layout l = {0, 1};
	for (uint32_t i = 0; i < t->nlabels; i++)
		layout_add(&l, ctype_layout(t->labels[i].type, wide));
	layout_end(&l);
	return l;
}

/* A discriminant, then room for any of the payloads. */
static struct layout
lay_out_cases(const struct ctype *t, bool wide)
{
	uint32_t tag = ctype_discriminant_size(t);
	struct layout l = {tag, tag}, payload = payload_layout(t, wide);
	layout_add(&l, &payload);
	layout_end(&l);
	return l;
}

static struct layout
lay_out(const struct ctype *t, bool wide)
{
	uint8_t ptr = wide ? 8 : 4, flags = t->nlabels <= 8 ? 1 : t->nlabels <= 16 ? 2 : 4;
	switch (t->kind) {
	case CT_PRIM: return lay_out_prim(t->prim, ptr);
	case CT_RECORD:
	case CT_TUPLE: return ctype_fields_layout(t, wide);
	case CT_VARIANT:
	case CT_ENUM:
	case CT_OPTION:
	case CT_RESULT: return lay_out_cases(t, wide);
	case CT_LIST:
	case CT_MAP: return (struct layout){2u * ptr, ptr};
	case CT_FIXED_LIST: {
		const struct layout *elem = ctype_layout(t->elem, wide);
		return (struct layout){t->length * elem->size, elem->alignment};
	}
	case CT_FLAGS: return (struct layout){flags, flags};
	default: return (struct layout){4, 4};
	}
}

/* ---- what a type is made of ---- */

static void
add_part(struct ctype *t, const struct ctype *p)
{
	if (!p)
		return;
	t->tree_size += p->tree_size;
	if (t->tree_size > TYPE_SIZE_MAX)
		raise_error(ERR_EXHAUSTED, t->at, "type-size-limit",
			"effective type size exceeds the limit of %u", TYPE_SIZE_MAX);
	if (p->depth + 1 > t->depth)
		t->depth = p->depth + 1;
	if (t->depth > TYPE_DEPTH_MAX)
		raise_error(ERR_EXHAUSTED, t->at, "type-depth-limit",
			"types are nested more than %u deep", TYPE_DEPTH_MAX);
	t->has_names |= p->has_names;
	t->has_resource |= p->has_resource;
	t->has_borrow |= p->has_borrow;
	t->has_pointer |= p->has_pointer;
}

static void
add_externs(struct ctype *t, const struct extern_list *l)
{
	t->tree_size += l->items.len;
	for (uint32_t i = 0; i < l->items.len; i++)
		add_part(t, l->items.data[i].type.type);
}

static bool
points_into_memory(const struct ctype *t)
{
	return t->kind == CT_LIST || t->kind == CT_MAP ||
	       (t->kind == CT_PRIM && t->prim == VAL_STRING);
}

const struct ctype *
ctype_finish(struct ctype *t)
{
	t->tree_size = t->depth = 1;
	t->has_names = ctype_is_named(t) || t->kind == CT_COMPONENT || t->kind == CT_INSTANCE;
	t->has_resource = t->kind == CT_RESOURCE;
	t->has_borrow = t->kind == CT_BORROW;
	t->has_pointer = points_into_memory(t);
	for (uint32_t i = 0; i < t->nlabels; i++) {
		t->tree_size++;
		add_part(t, t->labels[i].type);
	}
	add_part(t, t->elem);
	add_part(t, t->error);
	add_part(t, t->key);
	add_externs(t, &t->imports);
	add_externs(t, &t->exports);
	if (!ctype_is_value(t))
		return t;
	if (t->kind == CT_STREAM || t->kind == CT_FUTURE || t->kind == CT_OWN)
		t->has_pointer = false;
	t->layout32 = lay_out(t, false);
	t->layout64 = lay_out(t, true);
	flatten(t, false, &t->flat32);
	flatten(t, true, &t->flat64);
	return t;
}
