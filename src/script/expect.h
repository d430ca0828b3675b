/* expect.h - directives that are known to fail: a table of them turns a failure into an expected
 * one (xfail), and a pass into an unexpected one (xpass).
 *
 * The table is text: a header line, then a line for each directive with tabs between file, line
 * number, and any number of further columns, which say why and are repeated in the report. The
 * file is the end of a path: "async/x.wast" is meant by "/suites/async/x.wast". */
#ifndef CANON_SCRIPT_EXPECT_H
#define CANON_SCRIPT_EXPECT_H

#include "script/report.h"

struct expectations;

/* Reads a table, into `a`. Raises ERR_SCRIPT: "unreadable", "expectations" (a line that is none,
 * with its number). */
const struct expectations *expectations_read(struct arena *a, const char *path);

/* Applies them to the records of a file. */
void expectations_apply(const struct expectations *e, struct report *r, struct file_report *f);

#endif
