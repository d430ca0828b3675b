/* source.c - lines and columns, from a table of line starts with a binary search. */
#include "base/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
build_lines(struct source *src)
{
	uint32_t n = 1;
	for (size_t i = 0; i < src->len; i++)
		n += src->text[i] == '\n';
	src->lines = malloc(n * sizeof *src->lines);
	if (!src->lines)
		abort();
	src->nlines = 1;
	src->lines[0] = 0;
	for (size_t i = 0; i < src->len; i++) {
		if (src->text[i] == '\n')
			src->lines[src->nlines++] = (uint32_t)i + 1;
	}
}

void
loc_line_col(struct loc at, uint32_t *line, uint32_t *col)
{
	*line = *col = 0;
	if (!at.src)
		return;
	/* The table is a cache, and so no part of the source's value. */
	struct source *src = (struct source *)at.src;
	if (!src->lines)
		build_lines(src);
	uint32_t lo = 0, hi = src->nlines;
	while (hi - lo > 1) {
		uint32_t mid = lo + (hi - lo) / 2;
		if (src->lines[mid] <= at.pos)
			lo = mid;
		else
			hi = mid;
	}
	*line = lo + 1;
	*col = at.pos - src->lines[lo] + 1;
}

void
loc_format(struct loc at, char *buf, size_t len)
{
	if (!at.src) {
		snprintf(buf, len, "%s", "");
	} else if (at.src->binary) {
		snprintf(buf, len, "%s:0x%x", at.src->name, at.pos);
	} else {
		uint32_t line, col;
		loc_line_col(at, &line, &col);
		snprintf(buf, len, "%s:%u:%u", at.src->name, line, col);
	}
}

void
source_release(struct source *src)
{
	free(src->lines);
	src->lines = NULL;
	src->nlines = 0;
}

static void
release(void *env)
{
	source_release(env);
}

struct source *
source_in_arena(struct arena *a, const char *name, struct str text, bool binary)
{
	struct source *src = arena_new_of(a, struct source);
	*src = (struct source){.name = name, .text = text.ptr, .len = text.len, .binary = binary};
	arena_defer(a, release, src);
	return src;
}
