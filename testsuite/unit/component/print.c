/* print.c - tests of component/print*: the layout, and that it can be read back. That all scripts
 * of the suites can is the round trip's business. */
#include "component/print.h"

#include <stdio.h>

#include "base/error.h"
#include "component/text.h"
#include "unit.h"

struct job {
	struct arena *arena;
	const char *text;
	struct print_options options;
	char *printed;
};

static void
print(void *env)
{
	struct job *j = env;
	size_t len;
	struct source *src = arena_new_of(j->arena, struct source);
	*src = (struct source){.name = "text", .text = j->text, .len = strlen(j->text)};
	struct component *c = component_parse(j->arena, &sexpr_read(j->arena, src)->items[0]);
	struct pretty p = {.out = open_memstream(&j->printed, &len)};
	component_print(&p, c, &j->options);
	fclose(p.out);
}

/* What a component is printed as; and that, printed again, is the same. */
static void
prints(const char *text, bool names, const char *expected)
{
	struct job j = {arena_new(0), text, {.names = names}, NULL};
	struct error err;
	ck_assert_msg(protect(print, &j, &err), "%s: %s", text, err.message);
	ck_assert_str_eq(j.printed, expected);
	struct job again = {j.arena, j.printed, j.options, NULL};
	ck_assert_msg(protect(print, &again, &err), "%s: %s", j.printed, err.message);
	ck_assert_str_eq(again.printed, expected);
	free(j.printed);
	free(again.printed);
	arena_free(j.arena);
}

START_TEST(definitions_stand_one_a_line)
{
	prints("(component $c (type $t (record (field \"a\" u8) (field \"b\" string))) (core "
	       "module "
	       "$m) "
	       "(core instance $j) (core instance $i (instantiate $m (with \"x\" (instance $j)))))",
		false,
		"(component\n"
		"  (type (record (field \"a\" u8) (field \"b\" string)))\n"
		"  (core module)\n"
		"  (core instance)\n"
		"  (core instance (instantiate 0\n"
		"    (with \"x\" (instance 0)))))");
}
END_TEST

START_TEST(all_kinds)
{
	prints("(component (import \"a:b/c@1.0.0\" (instance (type 0))) (alias export 0 \"e\" "
	       "(func)) "
	       "(instance (instantiate 0 (with \"a\" (func 0)))) "
	       "(canon lift (core func 0) string-encoding=utf16 (memory 0) (func (type 1))) "
	       "(canon task.return (result u8) (core func)) (export \"f\" (func 0) (func (type "
	       "1))) "
	       "(start 0 (value 1)))",
		false,
		"(component\n"
		"  (import \"a:b/c@1.0.0\" (instance (type 0)))\n"
		"  (alias export 0 \"e\" (func))\n"
		"  (instance (instantiate 0\n"
		"    (with \"a\" (func 0))))\n"
		"  (canon lift (core func 0) string-encoding=utf16 (memory 0) (func (type 1)))\n"
		"  (canon task.return (result u8) (core func))\n"
		"  (export \"f\" (func 0) (func (type 1)))\n"
		"  (start 0 (value 1)))");
}
END_TEST

START_TEST(types_nest)
{
	prints("(component (type (component (type (instance (export \"f\" (func (type 0))))) "
	       "(import \"i\" (instance (type 0))) (export \"t\" (type (sub resource))))))",
		false,
		"(component\n"
		"  (type (component\n"
		"    (type (instance\n"
		"      (export \"f\" (func (type 0)))))\n"
		"    (import \"i\" (instance (type 0)))\n"
		"    (export \"t\" (type (sub resource))))))");
}
END_TEST

START_TEST(names)
{
	prints("(component $c (type $t u8) (type (list $t)) (type $\"a b\" (list 1)))", true,
		"(component $c\n"
		"  (type $t u8)\n"
		"  (type (;1;) (list $t))\n"
		"  (type $\"a b\" (list 1)))");
}
END_TEST

UNIT_MAIN("component/print", definitions_stand_one_a_line, all_kinds, types_nest, names)
