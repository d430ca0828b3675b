/* transcript.h - a run of a script, call by call, as a person or a program reads it: the events of
 * base/trace under the directives that they belong to. */
#ifndef CANON_ORACLE_TRANSCRIPT_H
#define CANON_ORACLE_TRANSCRIPT_H

#include <stdio.h>

#include "script/run.h"

struct transcript_options {
	struct run_options run; /* filter: the directives that are printed; watch is not used */
	bool json;              /* a line for each event, each an object; else lines for people */
	bool uncut;             /* lines for people hold long values as they are */
	uint64_t max_events;    /* of one directive, that are printed; errors are always; 0: all */
};

/* Runs the file and prints to `out`. Its records are added to the report. Raises nothing. */
void
transcript_file(FILE *out, struct report *r, const char *path, const struct transcript_options *o);

#endif
