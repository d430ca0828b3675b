/* jobs.h - runs several files at a time, each in a process of its own.
 *
 * What comes out is the same as one after the other, in the same order. A process that dies makes
 * its file one record of outcome error, and the run goes on. Limits in seconds are of the clock on
 * the wall: with more processes than processors, directives get less done in them. */
#ifndef CANON_SCRIPT_JOBS_H
#define CANON_SCRIPT_JOBS_H

#include "script/run.h"

enum { JOBS_MAX = 256 };

/* Called in the order of the paths, as soon as a file and all before it are over; f is null where a
 * file has no directive to report. */
typedef void jobs_done_fn(void *env, const char *path, const struct file_report *f);

/* Runs the files with up to `jobs` (1 to JOBS_MAX) processes at a time. With 1 there are none but
 * this one, and `progress` is called after each directive. Counts of trap sites add up here.
 * Raises nothing. */
void
jobs_run(struct report *r, const char *const *paths, uint32_t npaths, const struct run_options *o,
	uint32_t jobs, run_progress_fn *progress, jobs_done_fn *done, void *env);

#endif
