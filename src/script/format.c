/* format.c - see format.h. */
#include "script/format.h"

const struct report_format report_formats[] = {
	{"human", report_file, report_summary},
	{"json", NULL, report_json},
	{"junit", NULL, report_junit},
	{"tap", NULL, report_tap},
	{"github", NULL, report_github},
	{"html", NULL, report_html},
	{0},
};

const char *const *
report_format_names(void)
{
	static const char *names[sizeof report_formats / sizeof *report_formats];
	for (int i = 0; report_formats[i].name; i++)
		names[i] = report_formats[i].name;
	return names;
}

void
report_write(FILE *out, const struct report *r, const struct report_format *format, bool all)
{
	for (uint32_t i = 0; format->file && i < r->files.len; i++)
		format->file(out, r, &r->files.data[i], all);
	format->end(out, r);
}
