/* options.h - options that several commands have. */
#ifndef CANON_CMD_OPTIONS_H
#define CANON_CMD_OPTIONS_H

#include "component/features.h"

/* --feature NAME and --no-feature NAME: false, with a message that the command's name starts,
 * where there is no such feature. */
bool option_feature(struct features *f, const char *command, const char *name, bool on);

/* --features LIST: names with commas between them, "-NAME" to switch one off, "all" for all. */
bool option_features(struct features *f, const char *command, const char *list);

/* --profile NAME: sets all features anew. False, with a message, where there is no such profile. */
bool option_profile(struct features *f, const char *command, const char *name);

/* Says on standard error what is wrong with the arguments of a command, the format with `what` in it,
 * and the first line of the command's help; STATUS_USAGE. */
int option_wrong(const char *command, const char *help, const char *fmt, const char *what);

/* "async, map, ...": for help. To standard output. */
void print_feature_names(void);

#endif
