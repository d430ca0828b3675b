/* words.c - see words.h. */
#include "oracle/words.h"

#include <ctype.h>

/* Lines of which the rest says where it happened, not what. */
static bool
is_place(struct str line)
{
	static const char *const starts[] = {"at ", "note:", "stack backtrace", "Caused by",
		"error while executing at wasm backtrace", "failed to run script file",
		"failed directive on", "location:"};
	size_t digits = 0;
	while (digits < line.len && isdigit((unsigned char)line.ptr[digits]))
		digits++;
	/* "0: 0x43 - f", "1: what it says" */
	if (digits && digits + 1 < line.len && line.ptr[digits] == ':') {
		line = (struct str){line.ptr + digits + 1, line.len - digits - 1};
		while (line.len && *line.ptr == ' ')
			line = (struct str){line.ptr + 1, line.len - 1};
	}
	if (str_starts(line, "0x"))
		return true;
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
		if (str_starts(line, starts[i]))
			return true;
	return false;
}

/* The end of what is quoted from here on, behind its quotation mark; or of a number. */
static size_t
end_of_detail(struct str line, size_t i)
{
	char c = line.ptr[i];
	if (c == '`' || c == '"') {
		const char *end = memchr(line.ptr + i + 1, c, line.len - i - 1);
		return end ? (size_t)(end - line.ptr) + 1 : i;
	}
	size_t end = i;
	while (end < line.len && isalnum((unsigned char)line.ptr[end]))
		end++;
	return isdigit((unsigned char)c) ? end : i;
}

static void
put_line(struct strbuf *out, struct str line)
{
	bool in_word = false;
	for (size_t i = 0; i < line.len;) {
		size_t end = in_word ? i : end_of_detail(line, i);
		in_word = end == i && isalnum((unsigned char)line.ptr[i]);
		strbuf_addc(out, end > i ? '#' : line.ptr[i]);
		i = end > i ? end : i + 1;
	}
	strbuf_addc(out, ' ');
}

void
words_of_text(struct strbuf *out, const char *text)
{
	/* Of a process that ended, the text is the end of what it printed: its first line is cut. */
	bool ended = !strncmp(text, "ended with ", 11) || !strncmp(text, "signal ", 7);
	for (bool is_first = true; *text; is_first = false) {
		size_t n = strcspn(text, "\n");
		struct str line = {text, n};
		const char *colon = memchr(text, ':', n);
		if (is_first && ended && colon)
			line.len = (size_t)(colon - text);
		while (line.len && isspace((unsigned char)*line.ptr))
			line = (struct str){line.ptr + 1, line.len - 1};
		if (is_first && ended)
			strbuf_add(out, line.ptr, line.len);
		else if (line.len && !is_place(line))
			put_line(out, line);
		text += n + (text[n] == '\n');
	}
}
