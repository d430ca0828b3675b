/* grid.c - tests of script/grid: several runtimes beside each other. */
#define _POSIX_C_SOURCE 200809L
#include "script/grid.h"

#include "unit.h"

static const struct grid_class classes[] = {
	{"agrees", GRID_GOOD}, {"<differs>", GRID_BAD}, {"never", GRID_QUIET}};
static const struct grid_column columns[] = {{"canon", "1"}, {"a&b", NULL}};
static const struct detail details[] = {{"expected", "1"}, {"actual", "\"2\""}};
static const struct grid_cell cells[] = {{0, NULL, NULL, 0}, {1, "why", details, 2}};

static char *
page(void)
{
	struct arena *a = arena_new(0);
	struct grid g = {"title", "note", classes, 3, columns, 2, {0}};
	struct grid_file f = {.path = "a<b>.wast"};
	char *text;
	size_t len;
	FILE *out = open_memstream(&text, &len);
	vec_push(a, &f.rows, ((struct grid_row){3, 7, "assert_return", cells}));
	vec_push(a, &g.files, f);
	grid_html(out, &g);
	fclose(out);
	arena_free(a);
	return text;
}

START_TEST(a_cell_for_each_runtime)
{
	char *text = page();
	ck_assert(strstr(text,
		"<tbody data-classes=\"0 1\"><tr><th scope=\"row\">3:7 assert_return</th>"
		"<td class=\"c0\"><span class=\"tag good\">agrees</span></td>"
		"<td class=\"c1\"><button class=\"tag bad\" type=\"button\" "
		"aria-expanded=\"false\">"
		"&#60;differs&#62;</button> <span class=\"text\">why</span></td>"
		"<tr class=\"more\"><td colspan=\"3\"><dl class=\"c1\">"
		"<dt class=\"who\">a&#38;b</dt><dd></dd><dt>expected</dt><dd>1</dd>"
		"<dt>actual</dt><dd>&#34;2&#34;</dd></dl>\n"));
	ck_assert(strstr(text, "a&#60;b&#62;.wast"));
	ck_assert(!strstr(text, "a<b>"));
	free(text);
}
END_TEST

/* Filters are there for runtimes, and for the classes that occur. */
START_TEST(filters)
{
	char *text = page();
	ck_assert(strstr(text, "name=\"column\" value=\"1\" checked> a&#38;b<"));
	ck_assert(strstr(text, "name=\"class\" value=\"0\" checked>"));
	ck_assert(strstr(text, "<span class=\"tag bad\">&#60;differs&#62;</span> 1</label>"));
	ck_assert(!strstr(text, "name=\"class\" value=\"2\""));
	ck_assert(strstr(text, "<span class=\"c1\"><span class=\"tag bad\">1 &#60;differs"));
	free(text);
}
END_TEST

UNIT_MAIN("script/grid", a_cell_for_each_runtime, filters)
