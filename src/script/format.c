/* format.c - see format.h. */
#include "script/format.h"

#include <string.h>

static const struct report_format formats[] = {
	{"human", report_file, report_summary},
	{"json", NULL, report_json},
	{"junit", NULL, report_junit},
	{"tap", NULL, report_tap},
	{"github", NULL, report_github},
};

enum { COUNT = sizeof formats / sizeof *formats };

const struct report_format *
report_format_find(const char *name)
{
	for (int i = 0; i < COUNT; i++) {
		if (!strcmp(formats[i].name, name))
			return &formats[i];
	}
	return NULL;
}

const char *
report_format_names(void)
{
	static char names[80];
	size_t n = 0;
	for (int i = 0; i < COUNT; i++)
		n += (size_t)snprintf(
			names + n, sizeof names - n, "%s%s", i ? ", " : "", formats[i].name);
	return names;
}

void
report_write(FILE *out, const struct report *r, const struct report_format *format, bool all)
{
	for (uint32_t i = 0; format->file && i < r->files.len; i++)
		format->file(out, r, &r->files.data[i], all);
	format->end(out, r);
}
