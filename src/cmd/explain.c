/* explain.c - canon explain: a class of traps, with the places of the document that raise it. */
#include "cmd/cmd.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "script/catalogue.h"

static const char help[] = "usage: canon explain [CLASS...]\n"
			   "\n"
			   "Prints the traps of the Canonical ABI that belong to a class: function "
			   "and ordinal, section\n"
			   "and meaning. Without a class, the names of all classes.\n";

static int
explain_class(const char *class)
{
	int n, found = 0;
	const struct catalogue_row *rows = catalogue_rows(&n);
	for (int i = 0; i < n; i++) {
		if (strcmp(rows[i].class, class))
			continue;
		if (!found++)
			printf("%s\n", class);
		printf("  %s#%d, \"%s\": %s\n", rows[i].function, rows[i].ordinal, rows[i].section,
			rows[i].meaning);
	}
	return found;
}

static bool
stands_before(const struct catalogue_row *rows, int i)
{
	for (int k = 0; k < i; k++) {
		if (!strcmp(rows[k].class, rows[i].class))
			return true;
	}
	return false;
}

static void
list_classes(void)
{
	int n;
	const struct catalogue_row *rows = catalogue_rows(&n);
	for (int i = 0; i < n; i++) {
		if (!stands_before(rows, i))
			printf("%s\n", rows[i].class);
	}
}

int
cmd_explain(int argc, char **argv)
{
	if (argc == 2 && !strcmp(argv[1], "--help")) {
		fputs(help, stdout);
		return STATUS_OK;
	}
	if (argc > 1 && argv[1][0] == '-') {
		fprintf(stderr, "canon explain: unknown option %s\n%s", argv[1], help);
		return STATUS_USAGE;
	}
	if (argc == 1)
		list_classes();
	for (int i = 1; i < argc; i++) {
		if (!explain_class(argv[i])) {
			fprintf(stderr, "canon explain: there is no class %s\n", argv[i]);
			return STATUS_USAGE;
		}
	}
	return STATUS_OK;
}
