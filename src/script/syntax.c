/* syntax.c - see syntax.h. */
#include "script/syntax.h"

#include "base/utf8.h"

void
script_unexpected(const struct cursor *c, const char *what)
{
	raise_error(ERR_SCRIPT, here(c), "script-syntax", "expected %s", what);
}

void
script_end(const struct cursor *c)
{
	if (!at_end(c))
		script_unexpected(c, "the end of this list");
}

struct str
script_name(struct cursor *c)
{
	const struct sexpr *sx = item(c);
	if (!at_string(c) || !utf8_valid(sx->text.ptr, sx->text.len))
		script_unexpected(c, "a name: a string of valid UTF-8");
	return take_item(c)->text;
}

struct cursor
script_list_of(struct cursor *c, const char *keyword)
{
	if (!at_list_of(c, keyword))
		raise_error(ERR_SCRIPT, here(c), "script-syntax", "expected (%s ...)", keyword);
	return take_list_of(c, keyword);
}
