/* expect_update.h - rewrites a table of known failures so that the run it was used in would come out
 * as expected. */
#ifndef CANON_SCRIPT_EXPECT_UPDATE_H
#define CANON_SCRIPT_EXPECT_UPDATE_H

#include "base/str.h"
#include "script/expect.h"

struct expectations_update {
	struct str text;         /* of the table, in the arena */
	uint32_t added, removed; /* rows */
	uint32_t unwritable;     /* failures of files whose path the table cannot hold */
};

/* The table after a run in which `e` was applied. Rows of files that were not run stay, and so do
 * comments, rows of directives that were not reported although their file was run with a filter,
 * and rows of what came to no verdict. Rows of passes go, and those of lines where nothing starts.
 * A new row stands in the order of lines with the others of its file, and gives what happened as
 * the reason; its file is spelled from the folder on from which the table has others. The same run and table give the same text; with nothing to change, the old one but
 * for line ends. */
struct expectations_update expectations_update(
	struct arena *a, const struct expectations *e, const struct report *r, bool has_filter);

/* Puts a text into the place of a file, which is there as a whole or not changed at all. False, with
 * errno, where that fails. */
bool replace_file(struct arena *a, const char *path, struct str text);

#endif
