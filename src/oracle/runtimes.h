/* runtimes.h - the table of runtimes: tools/runtimes/runtimes.tsv. */
#ifndef CANON_ORACLE_RUNTIMES_H
#define CANON_ORACLE_RUNTIMES_H

#include <stdbool.h>

#include "base/arena.h"

/* A line of the table; texts are in the arena. */
struct runtime_row {
	const char *name;
	const char *command;            /* words with one space between them */
	const char *engine, *validator; /* what executes, and what validates; "-": nothing does */
};

/* The line with a name. The table is in the folder that the environment's CANON_RUNTIMES names, or
 * in tools/runtimes beside the folder of the program, or below the current folder. "NAME=COMMAND"
 * is a runtime that is in no table, whose engine and validator are its own. False, with the
 * reason, where there is none. */
bool runtimes_find(struct arena *a, const char *program, const char *name, struct runtime_row *out,
	const char **why);

#endif
