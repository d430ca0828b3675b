/* Unit tests of component/matching: equality of value types, subtyping of instances and
 * components, and what abstract resources are bound to. Modules are tested in types_core.c. */
#include "component/matching.h"
#include "unit.h"

static struct arena *arena;
static struct ctypes *ts;
static struct mismatch why;

static void
start(void)
{
	arena = arena_new(0);
	ts = ctypes_new(arena);
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

static const struct ctype *
one_label(enum comp_type_kind kind, const char *name, const struct ctype *part)
{
	struct ctype_label *l = arena_new_of(arena, struct ctype_label);
	*l = (struct ctype_label){str_of(name), part};
	struct ctype *t = ctype_new(ts, kind, NO_LOC);
	t->labels = l;
	t->nlabels = 1;
	return ctype_finish(t);
}

static const struct ctype *
resource_type(struct resource *r)
{
	struct ctype *t = ctype_new(ts, CT_RESOURCE, NO_LOC);
	t->resource = r;
	return ctype_finish(t);
}

static struct extern_type
type_extern(const struct ctype *t)
{
	return (struct extern_type){SORT_TYPE, t, NULL};
}

static struct extern_type
func_extern(const struct ctype *t)
{
	return (struct extern_type){SORT_FUNC, t, NULL};
}

static bool
matches(const struct ctype *a, const struct ctype *e)
{
	struct subst s = subst_new(ts);
	return match_extern(&s, type_extern(a), type_extern(e), &why);
}

#define MISMATCH(a, e, r) \
	do { \
		ck_assert(!matches(a, e)); \
		ck_assert_str_eq(why.reason, r); \
	} while (0)

#define SAID(msg) ck_assert_msg(strstr(why.text, msg) != NULL, "%s", why.text)

START_TEST(value_types)
{
	start();
	const struct ctype *u8 = prim(VAL_U8), *s8 = prim(VAL_S8);
	ck_assert(matches(of(CT_LIST, u8), of(CT_LIST, u8)));
	MISMATCH(u8, s8, "primitive-mismatch");
	MISMATCH(of(CT_LIST, u8), of(CT_LIST, s8), "primitive-mismatch");
	MISMATCH(of(CT_OPTION, u8), u8, "type-kind-mismatch");
	SAID("expected primitive, found option");
	MISMATCH(one_label(CT_RECORD, "x", of(CT_OPTION, u8)), one_label(CT_RECORD, "x", u8),
		"type-kind-mismatch");
	SAID("type mismatch in record field `x`: expected u8, found option");
	MISMATCH(one_label(CT_RECORD, "x", u8), one_label(CT_RECORD, "y", u8), "record-field-name");
	MISMATCH(one_label(CT_VARIANT, "x", u8), one_label(CT_VARIANT, "x", NULL),
		"variant-case-payload");
	MISMATCH(one_label(CT_ENUM, "x", NULL), one_label(CT_ENUM, "y", NULL), "enum-mismatch");
	MISMATCH(of(CT_RESULT, u8), of(CT_RESULT, NULL), "payload-presence");
	MISMATCH(of(CT_FUNC, u8), u8, "type-class-mismatch");
	arena_free(arena);
}
END_TEST

START_TEST(renamed_types_are_equal)
{
	start();
	const struct ctype *rec = one_label(CT_RECORD, "x", prim(VAL_U8));
	const struct ctype *other = one_label(CT_RECORD, "x", prim(VAL_U8));
	ck_assert(matches(ctype_rename(ts, rec), rec));
	ck_assert(matches(rec, other) && matches(rec, other));
	ck_assert(matches(of(CT_LIST, rec), of(CT_LIST, ctype_rename(ts, other))));
	arena_free(arena);
}
END_TEST

START_TEST(resources)
{
	start();
	struct resource *a = resource_new(ts, NULL), *b = resource_new(ts, NULL);
	const struct ctype *ra = resource_type(a), *rb = resource_type(b);
	ck_assert(matches(ra, resource_type(a)));
	MISMATCH(ra, rb, "resource-type-mismatch");
	MISMATCH(of(CT_OWN, ra), of(CT_OWN, rb), "resource-type-mismatch");
	MISMATCH(of(CT_BORROW, ra), of(CT_OWN, ra), "type-kind-mismatch");
	SAID("expected own, found borrow");
	MISMATCH(prim(VAL_U8), ra, "type-class-mismatch");
	SAID("expected resource, found defined type");
	arena_free(arena);
}
END_TEST

/* The first type that is met for a bound resource is what it stands for from then on. */
START_TEST(binding)
{
	start();
	struct resource *a = resource_new(ts, NULL), *b = resource_new(ts, NULL);
	struct resource *v = resource_new(ts, NULL);
	const struct ctype *ra = resource_type(a), *rv = resource_type(v);
	struct subst s = subst_new(ts);
	subst_resource(&s, v, NULL);
	ck_assert(!match_extern(&s, func_extern(of(CT_FUNC, of(CT_OWN, ra))),
		func_extern(of(CT_FUNC, of(CT_OWN, rv))), &why));
	ck_assert(match_extern(&s, type_extern(ra), type_extern(rv), &why));
	ck_assert_ptr_eq(subst_resource_of(&s, v), a);
	ck_assert(match_extern(&s, func_extern(of(CT_FUNC, of(CT_OWN, ra))),
		func_extern(of(CT_FUNC, of(CT_OWN, rv))), &why));
	ck_assert(!match_extern(&s, type_extern(resource_type(b)), type_extern(rv), &why));
	ck_assert_ptr_eq(subst_type(&s, of(CT_OWN, rv))->elem, ra);
	arena_free(arena);
}
END_TEST

START_TEST(functions)
{
	start();
	const struct ctype *u8 = prim(VAL_U8);
	const struct ctype *f = one_label(CT_FUNC, "x", u8);
	struct ctype *async = ctype_new(ts, CT_FUNC, NO_LOC);
	async->is_async = true;
	ctype_finish(async);
	ck_assert(matches(f, one_label(CT_FUNC, "x", u8)));
	MISMATCH(f, one_label(CT_FUNC, "y", u8), "func-param-name");
	MISMATCH(f, of(CT_FUNC, NULL), "func-param-count");
	MISMATCH(of(CT_FUNC, u8), of(CT_FUNC, NULL), "func-result-presence");
	MISMATCH(async, of(CT_FUNC, NULL), "func-async");
	MISMATCH(f, one_label(CT_FUNC, "x", prim(VAL_S8)), "primitive-mismatch");
	SAID("type mismatch in function parameter `x`");
	arena_free(arena);
}
END_TEST

static struct ctype *
new_of(enum comp_type_kind kind)
{
	return ctype_new(ts, kind, NO_LOC);
}

START_TEST(instances)
{
	start();
	const struct ctype *f = of(CT_FUNC, NULL), *g = of(CT_FUNC, prim(VAL_U8));
	struct ctype *more = new_of(CT_INSTANCE), *less = new_of(CT_INSTANCE);
	struct ctype *wrong = new_of(CT_INSTANCE);
	extern_list_add(ts, &more->exports, STR("f"), func_extern(f));
	extern_list_add(ts, &more->exports, STR("g"), func_extern(g));
	extern_list_add(ts, &less->exports, STR("g"), func_extern(g));
	extern_list_add(ts, &wrong->exports, STR("g"), func_extern(f));
	struct extern_type m = {SORT_INSTANCE, ctype_finish(more), NULL};
	struct extern_type l = {SORT_INSTANCE, ctype_finish(less), NULL};
	struct extern_type w = {SORT_INSTANCE, ctype_finish(wrong), NULL};
	struct subst s = subst_new(ts);
	ck_assert(match_extern(&s, m, l, &why));
	ck_assert(!match_extern(&s, l, m, &why));
	ck_assert_str_eq(why.reason, "missing-export");
	ck_assert(!match_extern(&s, m, w, &why));
	SAID("type mismatch in instance export `g`");
	ck_assert(!match_extern(&s, m, func_extern(f), &why));
	ck_assert_str_eq(why.reason, "extern-sort-mismatch");
	/* As types, they have to be equal. */
	MISMATCH(m.type, l.type, "missing-export");
	arena_free(arena);
}
END_TEST

/* (component (import "r" (type (sub resource))) (export "f" (func (result (own r))))) */
static const struct ctype *
component_type(const char *import, bool with_export)
{
	struct resource *r = resource_new(ts, NULL);
	const struct ctype *rt = resource_type(r);
	struct ctype *c = new_of(CT_COMPONENT);
	extern_list_add(ts, &c->imports, str_of(import), type_extern(rt));
	vec_push(arena, &c->bound_imports.list, r);
	if (with_export)
		extern_list_add(
			ts, &c->exports, STR("f"), func_extern(of(CT_FUNC, of(CT_OWN, rt))));
	return ctype_finish(c);
}

START_TEST(components)
{
	start();
	const struct ctype *c = component_type("r", true);
	ck_assert(matches(c, c));
	ck_assert(matches(c, component_type("r", true)));
	ck_assert(!matches(c, component_type("s", true)));
	ck_assert_str_eq(why.reason, "missing-import");
	struct extern_type big = {SORT_COMPONENT, c, NULL};
	struct extern_type small = {SORT_COMPONENT, component_type("r", false), NULL};
	struct subst s = subst_new(ts);
	ck_assert(match_extern(&s, big, small, &why));
	ck_assert(!match_extern(&s, small, big, &why));
	ck_assert_str_eq(why.reason, "missing-export");
	/* What was bound inside is not bound outside. */
	ck_assert_ptr_eq(subst_type(&s, c), c);
	arena_free(arena);
}
END_TEST

/* Two DAGs of tuples, of 2^16 nodes each as trees, compared many times. */
START_TEST(shared_parts)
{
	start();
	const struct ctype *t[2] = {prim(VAL_U8), prim(VAL_U8)};
	for (int i = 0; i < 15; i++) {
		for (int side = 0; side < 2; side++) {
			struct ctype_label *l = arena_array_of(arena, 2, struct ctype_label);
			const struct ctype *part = of(CT_LIST, t[side]);
			l[0].type = l[1].type = part;
			struct ctype *n = new_of(CT_TUPLE);
			n->labels = l;
			n->nlabels = 2;
			t[side] = ctype_finish(n);
		}
	}
	for (int i = 0; i < 100000; i++)
		ck_assert(matches(t[0], t[1]));
	arena_free(arena);
}
END_TEST

START_TEST(long_contexts)
{
	struct mismatch m;
	mismatch_set(&m, "x", "cause");
	for (int i = 0; i < 100; i++)
		mismatch_context(&m, "type mismatch in record field `%d`", i);
	ck_assert_ptr_nonnull(strstr(m.text, "`0`: cause"));
	ck_assert(strlen(m.text) < sizeof m.text);
}
END_TEST

UNIT_MAIN("matching", value_types, renamed_types_are_equal, resources, binding, functions,
	instances, components, shared_parts, long_contexts)
