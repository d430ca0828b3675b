/* syntax.h - what stands in a directive itself, and not in a module or component in it: where it is
 * wrong, it is the script that is wrong. All raise ERR_SCRIPT "script-syntax". */
#ifndef CANON_SCRIPT_SYNTAX_H
#define CANON_SCRIPT_SYNTAX_H

#include "text/cursor.h"

NORETURN void script_unexpected(const struct cursor *c, const char *what);
void script_end(const struct cursor *c);

/* A string of valid UTF-8. */
struct str script_name(struct cursor *c);

/* The items behind the keyword of a list. */
struct cursor script_list_of(struct cursor *c, const char *keyword);

#endif
