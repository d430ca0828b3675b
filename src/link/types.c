/* types.c - see types.h. Explainer.md, "Type Definitions". */
#include "link/types.h"

#include "base/error.h"
#include "base/fiber.h"
#include "link/callable.h"

static struct arena *
arena_of(const struct scope *s)
{
	return s->linked->arena;
}

static const char *
label_of(const struct scope *s, struct str name)
{
	return str_cstr(arena_of(s), name);
}

static ValType *
prim(struct scope *s, enum comp_val_kind kind)
{
	static const ValTypeKind kinds[VAL_KIND_COUNT] = {
		[VAL_BOOL] = BoolType,
		[VAL_S8] = S8Type,
		[VAL_U8] = U8Type,
		[VAL_S16] = S16Type,
		[VAL_U16] = U16Type,
		[VAL_S32] = S32Type,
		[VAL_U32] = U32Type,
		[VAL_S64] = S64Type,
		[VAL_U64] = U64Type,
		[VAL_F32] = F32Type,
		[VAL_F64] = F64Type,
		[VAL_CHAR] = CharType,
		[VAL_STRING] = StringType,
		[VAL_ERROR_CONTEXT] = ErrorContextType,
	};
	return ValType_new(arena_of(s), kinds[kind]);
}

ValType *
valtype_eval(struct scope *s, struct comp_valtype type)
{
	if (type.kind == VAL_NONE)
		return NULL;
	if (type.kind != VAL_INDEX)
		return prim(s, type.kind);
	const struct link_type *t = space_at(s, SORT_TYPE, type.index)->type;
	if (t->kind != TYPE_VALUE)
		internal_error("type %u is no value type", type.index);
	return t->value;
}

static ResourceType *
resource_at(struct scope *s, uint32_t index)
{
	const struct link_type *t = space_at(s, SORT_TYPE, index)->type;
	if (t->kind != TYPE_RESOURCE)
		internal_error("type %u is no resource type", index);
	return t->resource;
}

static void
eval_labels(struct scope *s, const struct comp_type *type, ValType *t)
{
	struct arena *a = arena_of(s);
	for (uint32_t i = 0; i < type->labels.len; i++) {
		const struct comp_label *l = &type->labels.data[i];
		ValType *lt = valtype_eval(s, l->type);
		switch (t->kind) {
		case RecordType:
			vec_push(a, &t->fields, ((FieldType){label_of(s, l->name), lt}));
			break;
		case VariantType:
			vec_push(a, &t->cases, ((CaseType){label_of(s, l->name), lt}));
			break;
		case TupleType: vec_push(a, &t->ts, lt); break;
		default: vec_push(a, &t->labels, label_of(s, l->name)); break;
		}
	}
}

static ValType *
eval_value(struct scope *s, const struct comp_type *type)
{
	static const ValTypeKind kinds[] = {
		[CT_RECORD] = RecordType,
		[CT_VARIANT] = VariantType,
		[CT_LIST] = ListType,
		[CT_FIXED_LIST] = ListType,
		[CT_TUPLE] = TupleType,
		[CT_FLAGS] = FlagsType,
		[CT_ENUM] = EnumType,
		[CT_OPTION] = OptionType,
		[CT_RESULT] = ResultType,
		[CT_MAP] = MapType,
		[CT_OWN] = OwnType,
		[CT_BORROW] = BorrowType,
		[CT_STREAM] = StreamType,
		[CT_FUTURE] = FutureType,
	};
	if (type->kind == CT_PRIM)
		return prim(s, type->prim);
	ValType *t = ValType_new(arena_of(s), kinds[type->kind]);
	ValType *elem = valtype_eval(s, type->elem);
	eval_labels(s, type, t);
	if (type->kind == CT_RESULT) {
		t->ok = elem;
		t->error = valtype_eval(s, type->error);
	} else if (type->kind == CT_MAP) {
		t->k = valtype_eval(s, type->key);
		t->v = elem;
	} else {
		t->t = elem;
	}
	if (type->kind == CT_FIXED_LIST) {
		t->l = arena_new_of(arena_of(s), uint32_t);
		*t->l = type->length;
	}
	if (type->kind == CT_OWN || type->kind == CT_BORROW)
		t->rt = resource_at(s, type->resource);
	return t;
}

static FuncType *
eval_func(struct scope *s, const struct comp_type *type)
{
	struct arena *a = arena_of(s);
	FuncType *ft = arena_new_of(a, FuncType);
	ft->async_ = type->is_async;
	for (uint32_t i = 0; i < type->labels.len; i++) {
		const struct comp_label *l = &type->labels.data[i];
		ParamType p = {label_of(s, l->name), valtype_eval(s, l->type)};
		vec_push(a, &ft->params, p);
	}
	ValType *result = valtype_eval(s, type->elem);
	if (result)
		vec_push(a, &ft->result, ((ParamType){NULL, result}));
	return ft;
}

static ResourceType *
eval_resource(struct scope *s, const struct comp_type *type)
{
	CoreFuncInst *dtor = NULL;
	if (type->rep.kind != CORE_KIND_I32)
		raise_error(ERR_UNSUPPORTED, type->at, "memory64",
			"resources that are represented by an i64 are not built yet");
	if (type->has_dtor)
		dtor = callable_of_core(s, space_at(s, SORT_CORE_FUNC, type->dtor.index)->core_func,
			(struct called_as){.name = "dtor"});
	return ResourceType_new(arena_of(s), s->inst, dtor);
}

struct link_type *
type_eval(struct scope *s, const struct comp_type *type)
{
	struct link_type *t = arena_new_of(arena_of(s), struct link_type);
	switch (type->kind) {
	case CT_FUNC:
		t->kind = TYPE_FUNC;
		t->func = eval_func(s, type);
		break;
	case CT_RESOURCE:
		t->kind = TYPE_RESOURCE;
		t->resource = eval_resource(s, type);
		break;
	case CT_COMPONENT:
	case CT_INSTANCE:
		t->kind = TYPE_TREE;
		t->tree = type;
		t->scope = s;
		break;
	default:
		t->kind = TYPE_VALUE;
		t->value = eval_value(s, type);
		break;
	}
	return t;
}

/* ---- sameness ---- */

static bool
label_same(const char *a, const char *b)
{
	return a == b || (a && b && str_eq(str_of(a), str_of(b)));
}

static bool
parts_same(const ValType *a, const ValType *b)
{
	if (a->fields.len != b->fields.len || a->cases.len != b->cases.len ||
		a->ts.len != b->ts.len || a->labels.len != b->labels.len)
		return false;
	for (uint32_t i = 0; i < a->fields.len; i++)
		if (!label_same(a->fields.data[i].label, b->fields.data[i].label) ||
			!valtype_same(a->fields.data[i].t, b->fields.data[i].t))
			return false;
	for (uint32_t i = 0; i < a->cases.len; i++)
		if (!label_same(a->cases.data[i].label, b->cases.data[i].label) ||
			!valtype_same(a->cases.data[i].t, b->cases.data[i].t))
			return false;
	for (uint32_t i = 0; i < a->ts.len; i++)
		if (!valtype_same(a->ts.data[i], b->ts.data[i]))
			return false;
	for (uint32_t i = 0; i < a->labels.len; i++)
		if (!label_same(a->labels.data[i], b->labels.data[i]))
			return false;
	return true;
}

bool
valtype_same(const ValType *a, const ValType *b)
{
	need_stack(NO_LOC, "types");
	if (!a || !b || a == b)
		return a == b;
	if (a->kind != b->kind || a->rt != b->rt || !a->l != !b->l || (a->l && *a->l != *b->l))
		return false;
	return valtype_same(a->t, b->t) && valtype_same(a->ok, b->ok) &&
	       valtype_same(a->error, b->error) && valtype_same(a->k, b->k) &&
	       valtype_same(a->v, b->v) && parts_same(a, b);
}

bool
functype_same(const FuncType *a, const FuncType *b, bool labels)
{
	if (a->async_ != b->async_ || a->params.len != b->params.len ||
		a->result.len != b->result.len)
		return false;
	for (uint32_t i = 0; i < a->params.len; i++)
		if ((labels && !label_same(a->params.data[i].label, b->params.data[i].label)) ||
			!valtype_same(a->params.data[i].t, b->params.data[i].t))
			return false;
	return !a->result.len || valtype_same(a->result.data[0].t, b->result.data[0].t);
}
