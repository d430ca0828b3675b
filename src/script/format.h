/* format.h - the forms in which a report is written, and the table of them.
 *
 * Paths and the texts of a script may hold any bytes: every form escapes them, so that whoever
 * reads it gets well-formed input. No form holds times: the same run gives the same bytes. */
#ifndef CANON_SCRIPT_FORMAT_H
#define CANON_SCRIPT_FORMAT_H

#include "script/report.h"

struct report_format {
	const char *name;
	/* What can be written as soon as a file was run; or null. With `all`, also of directives
	 * that came out as expected. */
	void (*file)(FILE *out, const struct report *r, const struct file_report *f, bool all);
	/* The rest, after the last file. */
	void (*end)(FILE *out, const struct report *r);
};

/* All of them, up to one without a name; the first is for people. */
extern const struct report_format report_formats[];

/* Their names in that order, up to null. */
const char *const *report_format_names(void);

/* All of the report, after the last file. */
void report_write(FILE *out, const struct report *r, const struct report_format *format, bool all);

void report_json(FILE *out, const struct report *r);

/* JUnit XML: a testsuite for each file, a testcase for each directive. What fails as expected, is
 * unsupported or was skipped is `skipped`; what passes unexpectedly is a `failure`. */
void report_junit(FILE *out, const struct report *r);

/* TAP version 14: a test point for each directive. What fails as expected is `not ok # TODO`, what
 * is unsupported `ok # SKIP`; what passes unexpectedly is `not ok`. There are no subtests, so that a
 * harness that knows version 13 only needs another first line. */
void report_tap(FILE *out, const struct report *r);

/* Workflow commands of GitHub Actions: an `::error` for each directive that did not come out as
 * expected. Where the environment has GITHUB_STEP_SUMMARY, a job summary in Markdown is appended
 * to the file of that name; paths are given from GITHUB_WORKSPACE on. */
void report_github(FILE *out, const struct report *r);

/* A page to look at; see grid.h. */
void report_html(FILE *out, const struct report *r);

#endif
