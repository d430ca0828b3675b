/* expect.c - see expect.h. */
#define _GNU_SOURCE
#include "script/expect.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/str.h"

struct expectation {
	const char *file;
	uint32_t line;
	const char *why; /* may be empty */
};

struct expectations {
	VEC(struct expectation) rows;
};

/* A line of the table. */
static struct expectation
read_row(struct arena *a, const char *path, uint32_t number, char *text)
{
	char *line = strchr(text, '\t'), *end = NULL;
	unsigned long value = line ? strtoul(line + 1, &end, 10) : 0;
	if (!line || line == text || !value || value > UINT32_MAX || (*end && *end != '\t'))
		raise_error(ERR_SCRIPT, NO_LOC, "expectations",
			"%.200s:%u: a line is a file, a tab, a line number, and a reason", path,
			number);
	char *why = arena_strdup(a, *end ? end + 1 : end);
	for (char *tab = why; (tab = strchr(tab, '\t')); tab++)
		*tab = ' ';
	return (struct expectation){
		arena_strndup(a, text, (size_t)(line - text)), (uint32_t)value, why};
}

typedef VEC(char *) Lines;

static Lines
read_lines(struct arena *a, const char *path)
{
	Lines lines = {0};
	FILE *in = fopen(path, "r");
	char *text = NULL;
	size_t cap = 0;
	ssize_t len;
	if (!in)
		raise_error(ERR_SCRIPT, NO_LOC, "unreadable", "%.200s: %s", path, strerror(errno));
	while ((len = getline(&text, &cap, in)) >= 0) {
		text[strcspn(text, "\r\n")] = 0;
		vec_push(a, &lines, arena_strdup(a, text));
	}
	free(text);
	fclose(in);
	return lines;
}

const struct expectations *
expectations_read(struct arena *a, const char *path)
{
	struct expectations *e = arena_new_of(a, struct expectations);
	Lines lines = read_lines(a, path);
	for (uint32_t i = 1; i < lines.len; i++)
		if (*lines.data[i])
			vec_push(a, &e->rows, read_row(a, path, i + 1, lines.data[i]));
	return e;
}

/* Is `file` the end of the path, from its start or behind a slash? */
static bool
ends_path(const char *path, const char *file)
{
	size_t n = strlen(path), m = strlen(file);
	return m <= n && !strcmp(path + n - m, file) && (m == n || path[n - m - 1] == '/');
}

static void
apply(const struct expectation *row, struct report *r, struct record *rec)
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
		const struct expectation *row = &e->rows.data[i];
		if (!ends_path(f->path, row->file))
			continue;
		for (uint32_t k = 0; k < f->records.len; k++)
			if (f->records.data[k].line == row->line)
				apply(row, r, &f->records.data[k]);
	}
}
