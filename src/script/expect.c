/* expect.c - see expect.h. */
#define _GNU_SOURCE
#include "script/expect.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "component/load.h"

/* "12" or "12:5", up to a tab or the end; null when it is neither. */
static const char *
read_place(const char *text, uint32_t *line, uint32_t *column)
{
	char *end;
	unsigned long value = *text >= '1' && *text <= '9' ? strtoul(text, &end, 10) : 0;
	if (!value || value > UINT32_MAX)
		return NULL;
	*line = (uint32_t)value;
	*column = 0;
	if (*end == ':') {
		value = end[1] >= '1' && end[1] <= '9' ? strtoul(end + 1, &end, 10) : 0;
		if (!value || value > UINT32_MAX)
			return NULL;
		*column = (uint32_t)value;
	}
	return *end && *end != '\t' ? NULL : end;
}

/* A line of the table. */
static struct known_failure
read_row(struct arena *a, const char *path, uint32_t at, char *text)
{
	struct known_failure row = {.at = at};
	char *tab = strchr(text, '\t');
	const char *end = tab && tab != text ? read_place(tab + 1, &row.line, &row.column) : NULL;
	if (!end)
		raise_error(ERR_SCRIPT, NO_LOC, "expectations",
			"%.200s:%u: a line is a file, a tab, a line number, and a reason", path,
			at + 1);
	char *why = arena_strdup(a, *end ? end + 1 : end);
	row.file = arena_strndup(a, text, (size_t)(tab - text));
	row.why = why;
	while ((why = strchr(why, '\t')))
		*why = ' ';
	return row;
}

static void
read_lines(struct arena *a, const char *path, struct expectations *e)
{
	struct source table;
	if (!load_file(a, path, &table))
		raise_error(ERR_SCRIPT, NO_LOC, "unreadable", "%.200s: %s", path, strerror(errno));
	const char *end = table.text + table.len;
	for (const char *p = table.text; p < end;) {
		const char *nl = memchr(p, '\n', (size_t)(end - p));
		char *line = arena_strndup(a, p, (size_t)((nl ? nl : end) - p));
		line[strcspn(line, "\r")] = 0;
		vec_push(a, &e->lines, line);
		p = nl ? nl + 1 : end;
	}
}

const struct expectations *
expectations_read(struct arena *a, const char *path)
{
	struct expectations *e = arena_new_of(a, struct expectations);
	read_lines(a, path, e);
	for (uint32_t i = 1; i < e->lines.len; i++)
		if (*e->lines.data[i] && *e->lines.data[i] != '#')
			vec_push(a, &e->rows, read_row(a, path, i, e->lines.data[i]));
	return e;
}

/* Is `file` the end of the path, from its start or behind a slash? */
bool
known_failure_names(const struct known_failure *row, const char *path)
{
	size_t n = strlen(path), m = strlen(row->file);
	return m <= n && !strcmp(path + n - m, row->file) && (m == n || path[n - m - 1] == '/');
}

bool
known_failure_covers(const struct known_failure *row, const struct record *rec)
{
	return row->line == rec->line && (!row->column || row->column == rec->column);
}

static void
apply(const struct known_failure *row, struct report *r, struct record *rec)
{
	if (rec->outcome == OUTCOME_FAIL)
		report_change(r, rec, OUTCOME_XFAIL);
	else if (rec->outcome == OUTCOME_PASS)
		report_change(r, rec, OUTCOME_XPASS);
	else
		return;
	rec->known = row->why;
}

void
expectations_apply(const struct expectations *e, struct report *r, struct file_report *f)
{
	for (uint32_t i = 0; i < e->rows.len; i++) {
		const struct known_failure *row = &e->rows.data[i];
		if (!known_failure_names(row, f->path))
			continue;
		for (uint32_t k = 0; k < f->records.len; k++)
			if (known_failure_covers(row, &f->records.data[k]))
				apply(row, r, &f->records.data[k]);
	}
}
