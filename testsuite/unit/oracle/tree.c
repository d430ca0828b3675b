/* tree.c - tests of oracle/tree: what is printed is what was read. */
#include "oracle/tree.h"

#include <glob.h>
#include <string.h>

#include "component/load.h"
#include "unit.h"

static struct tree *
read(struct arena *a, const char *text)
{
	struct source *src = arena_new_of(a, struct source);
	*src = (struct source){.name = "t", .text = text, .len = strlen(text)};
	return tree_read(a, sexpr_read(a, src), src);
}

static const char *
print(struct arena *a, const struct tree *top)
{
	struct strbuf out = {.arena = a};
	tree_print(&out, top, NULL);
	return strbuf_cstr(&out);
}

static bool
same(const struct tree *a, const struct tree *b)
{
	if (a->kind != b->kind || a->mark != b->mark || a->len != b->len ||
		!str_eq(a->text, b->text))
		return false;
	for (uint32_t i = 0; i < a->len; i++)
		if (!same(a->items[i], b->items[i]))
			return false;
	return true;
}

static void
check_files(const char *pattern, uint32_t *files)
{
	glob_t found;
	if (glob(pattern, 0, NULL, &found))
		return;
	for (size_t i = 0; i < found.gl_pathc; i++) {
		struct arena *a = arena_new(0);
		struct source src = {.name = found.gl_pathv[i]};
		ck_assert(load_file(a, src.name, &src));
		struct tree *t = tree_read(a, sexpr_read(a, &src), &src);
		ck_assert_msg(same(t, read(a, print(a, t))), "%s", src.name);
		source_release(&src);
		arena_free(a);
	}
	*files += found.gl_pathc;
	globfree(&found);
}

START_TEST(scripts_come_back)
{
	uint32_t files = 0;
	check_files("testsuite/wast/*/*.wast", &files);
	ck_assert_uint_gt(files, 100);
}
END_TEST

START_TEST(atoms_come_back)
{
	struct arena *a = arena_new(0);
	struct tree *t = read(a, ";;! multi_memory = true\n(a $x $\"a b\" \"\\ff\\00\" \"\\u{e9}\" "
				 "'c' '\\'' 0x1p3 nan:0x1 "
				 "a=1) (b (@custom \"n\" \"d\") (@other) c)");
	ck_assert_uint_eq(t->len, 3);
	ck_assert(t->items[0]->mark == TREE_HEADER);
	ck_assert(t->items[2]->items[1]->mark == TREE_NOTE);
	ck_assert(same(t, read(a, print(a, t))));
	arena_free(a);
}
END_TEST

START_TEST(long_lists_are_broken)
{
	struct arena *a = arena_new(0);
	struct tree *t = read(a,
		"(component (core module $m (func $f (param i32 i32) (result i32) local.get 0 "
		"i32.load offset=4 align=4 drop local.get 1)) (x) (y))");
	ck_assert_str_eq(print(a, t), "(component\n"
				      "  (core module $m\n"
				      "    (func $f (param i32 i32) (result i32)\n"
				      "      local.get 0\n"
				      "      i32.load offset=4 align=4\n"
				      "      drop\n"
				      "      local.get 1))\n"
				      "  (x)\n"
				      "  (y))\n");
	arena_free(a);
}
END_TEST

START_TEST(target_has_its_line)
{
	struct arena *a = arena_new(0);
	struct tree *t = read(a, ";;! multi_memory = true\n(a)\n\n\n(b)(c)");
	struct strbuf out = {.arena = a};
	ck_assert_uint_eq(tree_print(&out, t, t->items[2]), 3);
	ck_assert_str_eq(strbuf_cstr(&out), ";;! multi_memory = true\n(a)\n(b)\n(c)\n");
	arena_free(a);
}
END_TEST

START_TEST(sizes_go_by_nodes_bytes_and_numbers)
{
	struct arena *a = arena_new(0);
	static const char *const texts[] = {
		"(a)", "(a 0)", "(a 1)", "(a 77)", "(a 0x1)", "(a x)", "(a xy)"};
	for (size_t i = 1; i < sizeof texts / sizeof *texts; i++) {
		struct tree_size less = tree_measure(read(a, texts[i - 1]));
		struct tree_size more = tree_measure(read(a, texts[i]));
		ck_assert_msg(tree_smaller(&less, &more), "%s", texts[i]);
		ck_assert_msg(!tree_smaller(&more, &less), "%s", texts[i]);
	}
	arena_free(a);
}
END_TEST

UNIT_MAIN("tree", scripts_come_back, atoms_come_back, long_lists_are_broken, target_has_its_line,
	sizes_go_by_nodes_bytes_and_numbers)
