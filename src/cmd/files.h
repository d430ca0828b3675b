/* files.h - the scripts that are meant by the paths on a command line. */
#ifndef CANON_CMD_FILES_H
#define CANON_CMD_FILES_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/vec.h"

typedef VEC(const char *) Paths;

/* Appends the scripts below a folder in the order of their names, or the file itself. False, with a
 * message that the command's name starts, when a path cannot be read. */
bool find_scripts(struct arena *a, const char *command, char *path, Paths *out);

#endif
