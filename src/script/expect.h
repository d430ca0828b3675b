/* expect.h - directives that are known to fail: a table of them turns a failure into an expected
 * one (xfail), and a pass into an unexpected one (xpass).
 *
 * The table is text: a header line, then a line for each directive with tabs between file, line
 * number, and any number of further columns, which say why and are repeated in the report. The
 * file is the end of a path: "async/x.wast" is meant by "/suites/async/x.wast". The line number
 * means all directives that start on that line; "12:5" means the one in column 5. Empty lines and
 * those that start with # are comments. */
#ifndef CANON_SCRIPT_EXPECT_H
#define CANON_SCRIPT_EXPECT_H

#include "script/report.h"

struct known_failure {
	const char *file;
	uint32_t line, column; /* column 0: all */
	const char *why;       /* may be empty */
	uint32_t at;           /* its line in the table, from 0 */
};

struct expectations {
	VEC(char *) lines; /* without their ends; the first is the header */
	VEC(struct known_failure) rows;
};

/* Reads a table, into `a`. Raises ERR_SCRIPT: "unreadable", "expectations" (a line that is none,
 * with its number). */
const struct expectations *expectations_read(struct arena *a, const char *path);

/* Applies them to the records of a file. */
void expectations_apply(const struct expectations *e, struct report *r, struct file_report *f);

/* Whether a row means a file, and a directive of it. */
bool known_failure_names(const struct known_failure *row, const char *path);
bool known_failure_covers(const struct known_failure *row, const struct record *rec);

#endif
