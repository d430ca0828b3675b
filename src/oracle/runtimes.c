/* runtimes.c - see runtimes.h. */
#define _GNU_SOURCE
#include "oracle/runtimes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/source.h"
#include "base/str.h"
#include "component/load.h"

/* The folder of the repository, from that of the table. */
static const char *
above(struct arena *a, const char *folder)
{
	return arena_printf(a, "%s/../..", folder);
}

static bool
read_table(struct arena *a, const char *folder, struct source *table)
{
	return load_file(a, arena_printf(a, "%s/runtimes.tsv", folder), table);
}

/* Where the table was found; or null. */
static const char *
find_table(struct arena *a, const char *program, struct source *table)
{
	const char *named = getenv("CANON_RUNTIMES");
	const char *slash = strrchr(program, '/');
	if (named)
		return read_table(a, named, table) ? named : NULL;
	if (slash) {
		const char *beside =
			arena_printf(a, "%.*s/../tools/runtimes", (int)(slash - program), program);
		if (read_table(a, beside, table))
			return beside;
	}
	return read_table(a, "tools/runtimes", table) ? "tools/runtimes" : NULL;
}

enum column { NAME, COMMAND, ENGINE, VALIDATOR, WHAT, COLUMNS };

/* False where a line has another number of columns. */
static bool
split(char *line, char *out[COLUMNS])
{
	int n = 0;
	for (char *field; (field = strsep(&line, "\t")); n++)
		if (n < COLUMNS)
			out[n] = field;
	return n == COLUMNS;
}

/* A path of the repository, seen from here. */
static const char *
command_from(struct arena *a, const char *root, const char *command)
{
	return strchr(command, '/') && *command != '/' ? arena_printf(a, "%s/%s", root, command)
						       : command;
}

static bool
find_line(struct arena *a, const char *folder, const struct source *table, const char *name,
	struct runtime_row *out)
{
	char *rest = arena_strndup(a, table->text, table->len), *line, *fields[COLUMNS];
	while ((line = strsep(&rest, "\n"))) {
		if (!split(line, fields) || strcmp(fields[NAME], name))
			continue;
		*out = (struct runtime_row){.name = fields[NAME],
			.command = command_from(a, above(a, folder), fields[COMMAND]),
			.engine = fields[ENGINE],
			.validator = fields[VALIDATOR]};
		return true;
	}
	return false;
}

bool
runtimes_find(struct arena *a, const char *program, const char *name, struct runtime_row *out,
	const char **why)
{
	struct source table = {0};
	const char *equals = strchr(name, '=');
	if (equals) {
		const char *own = arena_strndup(a, name, (size_t)(equals - name));
		*out = (struct runtime_row){own, equals + 1, own, own};
		return true;
	}
	const char *folder = find_table(a, program, &table);
	if (folder && find_line(a, folder, &table, name, out))
		return true;
	*why = folder ? arena_printf(a, "%s/runtimes.tsv has no runtime %s", folder, name)
		      : "there is no table of runtimes (CANON_RUNTIMES names its folder)";
	return false;
}
