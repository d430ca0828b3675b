/* unit.h - what the commands over single modules and components share: loading one, and saying
 * what is wrong with it. */
#ifndef CANON_CMD_UNIT_H
#define CANON_CMD_UNIT_H

#include "base/error.h"
#include "component/features.h"
#include "component/load.h"

struct cmd_unit {
	struct arena *arena; /* of everything; free it with cmd_unit_release */
	struct source source;
	struct loaded loaded;
};

/* Loads a file, and validates it by the features unless they are null. False with the error filled,
 * whose kind is ERR_SCRIPT where the file cannot be read. Release it either way. */
bool cmd_unit_load(
	struct cmd_unit *u, const char *path, const struct features *features, struct error *err);
void cmd_unit_release(struct cmd_unit *u);

/* The exit status (cmd.h) of a command that ends with this error. */
int cmd_unit_status(const struct error *err);

/* Prints "file:line:column: invalid reason: message" to standard error. */
void cmd_unit_complain(const struct cmd_unit *u, const struct error *err);

#endif
