/* Unit tests of component/types and types_subst: what is derived from a type's parts, limits,
 * identities and substitution. */
#include "base/error.h"
#include "component/types_subst.h"
#include "unit.h"

static struct arena *arena;
static struct ctypes *ts;

static void
start(void)
{
	arena = arena_new(0);
	ts = ctypes_new(arena);
}

static void
stop(void)
{
	arena_free(arena);
}

static const struct ctype *
prim(enum comp_val_kind kind)
{
	return ctype_prim(ts, kind);
}

static const struct ctype *
of(enum comp_type_kind kind, const struct ctype *elem)
{
	struct ctype *t = ctype_new(ts, kind, NO_LOC);
	t->elem = elem;
	return ctype_finish(t);
}

/* A type with labels "a", "b", ...; null types for flags, enums and empty cases. */
static const struct ctype *
labelled(enum comp_type_kind kind, uint32_t n, const struct ctype *const *parts)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
	struct ctype_label *labels = arena_array_of(arena, n, struct ctype_label);
	for (uint32_t i = 0; i < n; i++)
		labels[i] = (struct ctype_label){{letters + i % 26, 1}, parts ? parts[i] : NULL};
	struct ctype *t = ctype_new(ts, kind, NO_LOC);
	t->labels = labels;
	t->nlabels = n;
	return ctype_finish(t);
}

#define PARTS(...) \
	(const struct ctype *const[]) \
	{ \
		__VA_ARGS__ \
	}

static const struct ctype *
resource_type(struct resource *r)
{
	struct ctype *t = ctype_new(ts, CT_RESOURCE, NO_LOC);
	t->resource = r;
	return ctype_finish(t);
}

START_TEST(sizes)
{
	start();
	const struct ctype *rec =
		labelled(CT_RECORD, 3, PARTS(prim(VAL_U8), prim(VAL_U32), prim(VAL_U8)));
	ck_assert_uint_eq(rec->layout64.size, 12);
	ck_assert_uint_eq(rec->layout64.alignment, 4);
	const struct ctype *var = labelled(CT_VARIANT, 2, PARTS(NULL, prim(VAL_U64)));
	ck_assert_uint_eq(var->layout64.size, 16);
	ck_assert_uint_eq(of(CT_OPTION, prim(VAL_U8))->layout64.size, 2);
	ck_assert_uint_eq(of(CT_RESULT, NULL)->layout64.size, 1);
	ck_assert_uint_eq(prim(VAL_STRING)->layout64.size, 16);
	ck_assert_uint_eq(of(CT_LIST, prim(VAL_U8))->layout64.size, 16);
	ck_assert_uint_eq(labelled(CT_FLAGS, 8, NULL)->layout64.size, 1);
	ck_assert_uint_eq(labelled(CT_FLAGS, 9, NULL)->layout64.size, 2);
	ck_assert_uint_eq(labelled(CT_FLAGS, 17, NULL)->layout64.size, 4);
	ck_assert_uint_eq(labelled(CT_ENUM, 256, NULL)->layout64.size, 1);
	ck_assert_uint_eq(labelled(CT_ENUM, 257, NULL)->layout64.size, 2);
	stop();
}
END_TEST

START_TEST(flattening)
{
	start();
	const struct ctype *v = labelled(CT_VARIANT, 2,
		PARTS(prim(VAL_F32), labelled(CT_TUPLE, 2, PARTS(prim(VAL_U32), prim(VAL_F64)))));
	ck_assert_uint_eq(v->flat32.n, 3);
	ck_assert_uint_eq(v->flat32.list[0], FLAT_I32);
	ck_assert_uint_eq(v->flat32.list[1], FLAT_I32);
	ck_assert_uint_eq(v->flat32.list[2], FLAT_F64);
	const struct ctype *w = labelled(CT_VARIANT, 2, PARTS(prim(VAL_F64), prim(VAL_STRING)));
	ck_assert_uint_eq(w->flat32.list[1], FLAT_I64);
	ck_assert_uint_eq(w->flat32.list[2], FLAT_I32);
	ck_assert_uint_eq(w->flat64.list[2], FLAT_I64);
	ck_assert_uint_eq(v->has_pointer, false);
	ck_assert_uint_eq(w->has_pointer, true);
	struct ctype *many = ctype_new(ts, CT_FIXED_LIST, NO_LOC);
	many->elem = prim(VAL_U8);
	many->length = 16;
	ck_assert_uint_eq(ctype_finish(many)->flat32.n, 16);
	many->length = 1u << 27;
	many->flat32.n = many->flat64.n = 0;
	ck_assert_uint_eq(ctype_finish(many)->flat32.n, FLAT_MAX + 1);
	stop();
}
END_TEST

/* Makes t[n+1] = tuple<t[n], t[n]>, or list<t[n]>, until it is refused. */
static void
grow_type(void *env)
{
	const struct ctype *t = prim(VAL_U8);
	for (int i = 0; i < 100000; i++)
		t = env ? labelled(CT_TUPLE, 2, PARTS(t, t)) : of(CT_LIST, t);
}

START_TEST(limits)
{
	struct error err;
	start();
	ck_assert(!protect(grow_type, NULL, &err));
	ck_assert_str_eq(err.reason, "type-depth-limit");
	ck_assert(!protect(grow_type, &err, &err));
	ck_assert_str_eq(err.reason, "type-size-limit");
	ck_assert_int_eq(err.kind, ERR_EXHAUSTED);
	stop();
}
END_TEST

START_TEST(handles)
{
	start();
	const struct ctype *r = resource_type(resource_new(ts, NULL));
	const struct ctype *list = of(CT_LIST, of(CT_BORROW, r));
	ck_assert(list->has_borrow && list->has_names && list->has_resource);
	ck_assert(!of(CT_OWN, r)->has_borrow);
	ck_assert(!of(CT_LIST, prim(VAL_U8))->has_names);
	ck_assert(ctype_is_value(list) && !ctype_is_value(r));
	stop();
}
END_TEST

START_TEST(renaming)
{
	start();
	const struct ctype *rec = labelled(CT_RECORD, 1, PARTS(prim(VAL_U8)));
	const struct ctype *copy = ctype_rename(ts, rec);
	ck_assert(copy->id != rec->id && copy->origin == rec);
	ck_assert(ctype_rename(ts, copy)->origin == rec);
	stop();
}
END_TEST

START_TEST(substitution)
{
	start();
	struct resource *a = resource_new(ts, NULL), *b = resource_new(ts, NULL);
	const struct ctype *ra = resource_type(a), *own = of(CT_OWN, ra);
	const struct ctype *plain = labelled(CT_RECORD, 1, PARTS(prim(VAL_U8)));
	const struct ctype *t = labelled(CT_TUPLE, 3, PARTS(plain, own, own));
	struct subst s = subst_new(ts);
	ck_assert_ptr_eq(subst_type(&s, t), t);
	s = subst_new(ts);
	subst_resource(&s, a, b);
	const struct ctype *u = subst_type(&s, t);
	ck_assert(u != t && u->labels[0].type == plain);
	ck_assert_ptr_eq(u->labels[1].type->elem->resource, b);
	ck_assert_ptr_eq(u->labels[1].type, u->labels[2].type);
	ck_assert_ptr_eq(t->labels[1].type->elem->resource, a);
	stop();
}
END_TEST

/* An instance that exports its resource as "r" and a function that returns it as "f". */
static struct ctype *
instance_type(struct resource *r)
{
	struct ctype *i = ctype_new(ts, CT_INSTANCE, NO_LOC);
	const struct ctype *rt = resource_type(r), *f = of(CT_FUNC, of(CT_OWN, rt));
	extern_list_add(ts, &i->exports, STR("r"), (struct extern_type){SORT_TYPE, rt, NULL});
	extern_list_add(ts, &i->exports, STR("f"), (struct extern_type){SORT_FUNC, f, NULL});
	return i;
}

START_TEST(instances_become_fresh)
{
	start();
	struct resource *r = resource_new(ts, NULL);
	struct ctype *i = instance_type(r);
	vec_push(arena, &i->bound_exports.list, r);
	ctype_finish(i);
	ck_assert(!ctype_has_free_resource(ts, i));
	struct subst s = subst_new(ts);
	subst_fresh(&s, &i->bound_exports, &s, true);
	struct extern_type e = subst_rename(&s, (struct extern_type){SORT_INSTANCE, i, NULL});
	const struct ctype *nr = extern_list_find(&e.type->exports, STR("r"))->type;
	const struct ctype *nf = extern_list_find(&e.type->exports, STR("f"))->type;
	ck_assert(nr->resource != r && nr->resource->imported && nr->resource->scope == &s);
	ck_assert_ptr_eq(nf->elem->elem, nr);
	ck_assert(ctype_has_free_resource(ts, e.type));
	ck_assert_ptr_null(extern_list_find(&e.type->exports, STR("x")));
	stop();
}
END_TEST

START_TEST(id_maps)
{
	start();
	struct id_map m = {.arena = arena};
	const void *v;
	ck_assert(!id_map_has(&m, 0));
	for (uint32_t i = 0; i < 1000; i++)
		id_map_put(&m, i * 7, &m);
	id_map_put(&m, 7, NULL);
	ck_assert_uint_eq(m.len, 1000);
	ck_assert(id_map_get(&m, 7, &v) && v == NULL);
	ck_assert(id_map_get(&m, 999 * 7, &v) && v == &m);
	ck_assert(!id_map_has(&m, 8));
	stop();
}
END_TEST

UNIT_MAIN("types", sizes, flattening, limits, handles, renaming, substitution,
	instances_become_fresh, id_maps)
