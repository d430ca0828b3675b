/* files.h - the scripts that are meant by the paths on a command line. */
#ifndef CANON_CMD_FILES_H
#define CANON_CMD_FILES_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/vec.h"

typedef VEC(const char *) Paths;

/* Appends the scripts below a folder in the order of their names, or the file itself; "-" is standard
 * input. False, with a message that the command's name starts, when a path cannot be read. */
bool find_scripts(struct arena *a, const char *command, char *path, Paths *out);

/* Leaves the i-th of n shards, counted from 1: of the paths in the order of their bytes every n-th,
 * from the i-th on. The shards of a list together are the list. */
void shard_scripts(Paths *paths, uint32_t i, uint32_t n);

#endif
