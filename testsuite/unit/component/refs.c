/* refs.c - tests of component/refs: every index of every kind of definition is seen, and means the
 * same after definitions were put before it. */
#include "component/refs.h"

#include "base/error.h"
#include "component/text.h"
#include "unit.h"

#include "dump.h"

static struct arena *arena;

struct parsing {
	const char *text;
	struct component *component;
};

static void
parse(void *env)
{
	struct parsing *p = env;
	struct source *src = arena_new_of(arena, struct source);
	*src = (struct source){.name = "text", .text = p->text, .len = strlen(p->text)};
	p->component =
		component_parse_fields(arena, sexpr_read(arena, src), 0, (struct str){0}, NULL);
}

static struct component *
parsed(const char *text)
{
	struct parsing p = {text, NULL};
	struct error err;
	ck_assert_msg(protect(parse, &p, &err), "%s: %s", text, err.message);
	return p.component;
}

static void
note(void *env, enum comp_sort sort, uint32_t *index)
{
	strbuf_printf(env, "%s %u;", comp_sort_name(sort), *index);
}

/* The references of the definitions to the scope around them, at a depth. */
static const char *
refs(const char *text, uint32_t depth)
{
	struct strbuf b = {.arena = arena};
	struct component *c = parsed(text);
	for (uint32_t i = 0; i < c->defs.len; i++)
		comp_def_refs(&c->defs.data[i], depth, note, &b);
	return b.len ? strbuf_cstr(&b) : "";
}

static const struct {
	const char *text, *refs;
} cases[] = {
	{"(core module)", ""},
	{"(core instance (instantiate 1 (with \"a\" (instance 2))))",
		"core module 1;core instance 2;"},
	{"(core instance (export \"f\" (func 3)) (export \"m\" (memory 4)))",
		"core func 3;core memory 4;"},
	{"(instance (instantiate 1 (with \"a\" (func 2)) (with \"t\" (type 3))))",
		"component 1;func 2;type 3;"},
	{"(instance (export \"a\" (core module 5)))", "core module 5;"},
	{"(alias export 1 \"e\" (func))", "instance 1;"},
	{"(alias core export 2 \"e\" (core table))", "core instance 2;"},
	{"(alias outer 0 3 (type))", "type 3;"},
	{"(alias outer 1 3 (type))", ""},
	{"(type (record (field \"a\" u8) (field \"b\" 1)))", "type 1;"},
	{"(type (variant (case \"a\" 1) (case \"b\")))", "type 1;"},
	{"(type (list 2))", "type 2;"},
	{"(type (result 1 (error 2)))", "type 1;type 2;"},
	{"(type (map 1 2))", "type 2;type 1;"},
	{"(type (own 4))", "type 4;"},
	{"(type (func (param \"a\" 1) (result 2)))", "type 1;type 2;"},
	{"(type (resource (rep i32) (dtor (core func 6))))", "core func 6;"},
	{"(canon lift (core func 1) (memory 2) (realloc 3) (post-return 4) (func (type 5)))",
		"core func 1;type 5;core memory 2;core func 3;core func 4;"},
	{"(canon lower (func 1) async (memory 2) (core func))", "func 1;core memory 2;"},
	{"(canon resource.drop 3 (core func))", "type 3;"},
	{"(canon task.return (result 2) (memory 1) (core func))", "core memory 1;type 2;"},
	{"(canon waitable-set.wait (memory 1) (core func))", "core memory 1;"},
	{"(canon thread.new-indirect 1 2 (core func))", "core type 1;core table 2;"},
	{"(canon value.lower 3 (memory 1) (core func))", "core memory 1;type 3;"},
	{"(import \"a\" (func (type 1)))", "type 1;"},
	{"(import \"a\" (core module (type 1)))", "core type 1;"},
	{"(import \"a\" (type (eq 1)))", "type 1;"},
	{"(import \"a\" (type (sub resource)))", ""},
	{"(import \"a\" (value 1))", "type 1;"},
	{"(export \"a\" (func 1))", "func 1;"},
	{"(export \"a\" (instance 1) (instance (type 2)))", "instance 1;type 2;"},
	{"(start 1 (value 2))", "func 1;value 2;"},
};

START_TEST(references)
{
	arena = arena_new(0);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		ck_assert_msg(!strcmp(refs(cases[i].text, 0), cases[i].refs), "%s: %s",
			cases[i].text, refs(cases[i].text, 0));
	arena_free(arena);
}
END_TEST

START_TEST(references_from_inside)
{
	arena = arena_new(0);
	const char *text =
		"(component (alias outer 1 2 (core module)) (component (alias outer 2 3 (type)))"
		" (type (instance (alias outer 2 5 (type)))))";
	ck_assert_str_eq(refs(text, 0), "core module 2;type 3;type 5;");
	ck_assert_str_eq(refs("(core type (module (alias outer 1 7 (type))))", 0), "core type 7;");
	arena_free(arena);
}
END_TEST

START_TEST(insertion)
{
	arena = arena_new(0);
	struct component *c = parsed("(type $a u8) (type $b (list $a)) (type $c (list $b)) "
				     "(component (alias outer 1 2 (type)))");
	const struct component *new = parsed("(type bool) (type (list 0)) (core module)");
	comp_insert_defs(arena, c, 1, new->defs.data, new->defs.len);
	ck_assert_str_eq(dump(arena, c),
		dump(arena,
			parsed("(type u8) (type bool) (type (list 0)) (core module) (type (list 0))"
			       "(type (list 3)) (component (alias outer 1 4 (type)))")));
	ck_assert_uint_eq(c->ids.data[0].index, 0);
	ck_assert_uint_eq(c->ids.data[1].index, 3);
	ck_assert_uint_eq(c->ids.data[2].index, 4);
	uint32_t counts[SORT_COUNT];
	comp_count_indices(c, c->defs.len, counts);
	ck_assert_uint_eq(counts[SORT_TYPE], 5);
	ck_assert_uint_eq(counts[SORT_CORE_MODULE], 1);
	ck_assert_uint_eq(counts[SORT_COMPONENT], 1);
	arena_free(arena);
}
END_TEST

UNIT_MAIN("component/refs", references, references_from_inside, insertion)
