/* shell.h - a command of the user's, asked about a file. */
#ifndef CANON_ORACLE_SHELL_H
#define CANON_ORACLE_SHELL_H

#include <stdbool.h>

/* Runs a shell command with the path as a further argument, without input, and without what it
 * prints. True where it ends with status 0 within `timeout` seconds (0: any time). It and what it has
 * started, in its process group, is over afterwards. */
bool shell_agrees(const char *command, const char *path, double timeout);

#endif
