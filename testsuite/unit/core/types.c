/* types.c - tests of core/types: which types are equal, which match, and which are no types. */
#include "core/types.h"

#include "module.h"

static struct world w;
static uint32_t *ids;
static struct core_types *types;

static void
number(void *env)
{
	(void)env;
	struct source *src = arena_new_of(w.arena, struct source);
	*src = (struct source){.name = "test", .text = w.text, .len = strlen(w.text)};
	struct cursor c = cursor_from(sexpr_read(w.arena, src), 0);
	w.module = core_parse_fields(w.arena, &c, NO_ID, NO_LOC);
	types = core_types_new(w.arena);
	ids = core_module_type_ids(w.arena, types, w.module);
}

static const char *
numbering(const char *text)
{
	world_new(&w);
	w.text = text;
	return reason_of(&w, number);
}

/* Numbers the types of a module, which have to be good. */
#define NUMBER(text) ck_assert_str_eq(numbering(text), "none")
#define REFUSED(text, reason) \
	do { \
		ck_assert_str_eq(numbering(text), reason); \
		world_free(&w); \
	} while (0)

START_TEST(equal_types)
{
	NUMBER("(type (func (param i32))) (type (func (param i64))) (type (func (param i32))) "
	       "(type (sub final (func (param i32)))) (type (sub (func (param i32))))");
	ck_assert_uint_eq(ids[0], ids[2]);
	ck_assert_uint_ne(ids[0], ids[1]);
	ck_assert_uint_eq(ids[0], ids[3]);
	ck_assert_uint_ne(ids[0], ids[4]); /* that may have subtypes */
	world_free(&w);
}
END_TEST

/* Types are equal when their groups are, and they stand at the same place of them. */
START_TEST(groups)
{
	NUMBER("(rec (type $a (struct (field (ref $b)))) (type $b (struct (field (ref $a)))))"
	       "(rec (type $c (struct (field (ref $d)))) (type $d (struct (field (ref $c)))))"
	       "(rec (type $e (struct (field (ref $e)))))"
	       "(type (struct (field (ref $a)))) (type (struct (field (ref $c))))");
	ck_assert_uint_eq(ids[0], ids[2]);
	ck_assert_uint_eq(ids[1], ids[3]);
	ck_assert_uint_ne(ids[0], ids[1]);
	ck_assert_uint_ne(ids[0], ids[4]);
	ck_assert_uint_eq(ids[5], ids[6]); /* refer to equal types */
	world_free(&w);
	NUMBER("(rec (type (func)) (type (struct))) (rec (type (struct)) (type (func))) (type "
	       "(func))");
	ck_assert_uint_ne(ids[0], ids[3]);
	ck_assert_uint_ne(ids[0], ids[4]);
	world_free(&w);
}
END_TEST

START_TEST(subtypes)
{
	NUMBER("(type $a (sub (struct (field i32)))) "
	       "(type $b (sub $a (struct (field i32) (field i64)))) "
	       "(type $c (sub $b (struct (field i32) (field i64) (field (mut f32))))) "
	       "(type $d (sub (struct (field i32))))");
	ck_assert(core_types_match(types, ids[2], ids[0]));
	ck_assert(core_types_match(types, ids[1], ids[0]));
	ck_assert(!core_types_match(types, ids[0], ids[1]));
	ck_assert(core_types_match(types, ids[3], ids[0])); /* they are one type */
	world_free(&w);
	NUMBER("(type $a (sub (func (result (ref null any))))) "
	       "(type $b (sub $a (func (result (ref eq)))))");
	ck_assert(core_types_match(types, ids[1], ids[0]));
	world_free(&w);
}
END_TEST

static struct core_valtype
ref(enum core_heap heap, uint32_t index)
{
	return (struct core_valtype){CORE_KIND_REF, (uint8_t)heap, false, index};
}

START_TEST(references)
{
	NUMBER("(type $a (sub (struct))) (type $b (sub $a (struct (field i32)))) (type $f (func))");
	struct core_valtype a = ref(CORE_HEAP_INDEX, ids[0]), b = ref(CORE_HEAP_INDEX, ids[1]);
	struct core_valtype f = ref(CORE_HEAP_INDEX, ids[2]), null_a = a;
	null_a.nullable = true;
	ck_assert(core_types_valtype_matches(types, b, a));
	ck_assert(core_types_valtype_matches(types, b, null_a));
	ck_assert(!core_types_valtype_matches(types, null_a, a));
	ck_assert(!core_types_valtype_matches(types, a, b));
	ck_assert(core_types_valtype_matches(types, a, ref(CORE_HEAP_EQ, 0)));
	ck_assert(!core_types_valtype_matches(types, f, ref(CORE_HEAP_ANY, 0)));
	ck_assert(core_types_valtype_matches(types, f, ref(CORE_HEAP_FUNC, 0)));
	ck_assert(core_types_valtype_matches(types, ref(CORE_HEAP_NOFUNC, 0), f));
	ck_assert(!core_types_valtype_matches(types, ref(CORE_HEAP_NONE, 0), f));
	ck_assert(core_types_valtype_matches(types, ref(CORE_HEAP_NONE, 0), a));
	ck_assert(core_types_valtype_matches(types, ref(CORE_HEAP_BOTTOM, 0), f));
	ck_assert(!core_types_valtype_matches(types, f, ref(CORE_HEAP_BOTTOM, 0)));
	ck_assert(!core_types_valtype_matches(types, CORE_I32, a));
	ck_assert_uint_eq(core_types_top(types, f), CORE_HEAP_FUNC);
	ck_assert_uint_eq(core_types_top(types, b), CORE_HEAP_ANY);
	ck_assert_uint_eq(core_types_top(types, CORE_EXNREF), CORE_HEAP_EXN);
	world_free(&w);
}
END_TEST

START_TEST(bad_types)
{
	REFUSED("(type (struct (field (ref 1))))", "unknown-type");
	REFUSED("(type (func (param (ref 1)))) (type (func))", "unknown-type"); /* a later group */
	REFUSED("(type (sub 0 (func)))", "unknown-type");                       /* itself */
	REFUSED("(type (func)) (type (sub 0 (func)))", "sub-type");             /* final */
	REFUSED("(type (sub (func))) (type (sub 0 (struct)))", "sub-type");
	REFUSED("(type (sub (struct (field i32)))) (type (sub 0 (struct (field i64))))",
		"sub-type");
	REFUSED("(type (sub (struct (field i32)))) (type (sub 0 (struct (field (mut i32)))))",
		"sub-type");
	REFUSED("(type (sub (array (mut (ref null any))))) (type (sub 0 (array (mut (ref eq)))))",
		"sub-type"); /* what can be written must not change */
	REFUSED("(type (sub (func (param (ref any))))) (type (sub 0 (func (param (ref eq)))))",
		"sub-type"); /* parameters go the other way */
}
END_TEST

START_TEST(limits)
{
	struct arena *a = arena_new(0);
	struct strbuf b = {.arena = a};
	strbuf_adds(&b, "(type (sub (func)))");
	for (int i = 0; i < 63; i++)
		strbuf_printf(&b, "(type (sub %d (func)))", i);
	REFUSED(strbuf_cstr(&b), "none");
	strbuf_adds(&b, "(type (sub 63 (func)))");
	REFUSED(strbuf_cstr(&b), "sub-type-depth");
	b.len = 0;
	strbuf_adds(&b, "(type (struct (field");
	for (int i = 0; i <= CORE_MAX_FIELDS; i++)
		strbuf_adds(&b, " i32");
	strbuf_adds(&b, ")))");
	REFUSED(strbuf_cstr(&b), "too-many-fields");
	b.len = 0;
	strbuf_adds(&b, "(type (func (param");
	for (int i = 0; i < 1000; i++)
		strbuf_adds(&b, " i32");
	size_t most = b.len;
	strbuf_adds(&b, ")))");
	NUMBER(strbuf_cstr(&b));
	world_free(&w);
	b.len = most;
	strbuf_adds(&b, " i32)))");
	REFUSED(strbuf_cstr(&b), "too-many-parameters");
	arena_free(a);
}
END_TEST

UNIT_MAIN("core/types", equal_types, groups, subtypes, references, bad_types, limits)
