/* files.c - see files.h. */
#define _GNU_SOURCE
#include "cmd/files.h"

#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"

static bool
complain(const char *command, const char *what, const char *path)
{
	fprintf(stderr, "canon %s: %s %s\n", command, what, path);
	return false;
}

static int
by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

bool
find_scripts(struct arena *a, const char *command, char *path, Paths *out)
{
	char *const roots[] = {path, NULL};
	bool good = true;
	if (!strcmp(path, "-")) {
		vec_push(a, out, path);
		return true;
	}
	FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR, by_name);
	if (!walk)
		return complain(command, "cannot read", path);
	for (FTSENT *e = fts_read(walk); e; e = fts_read(walk)) {
		bool is_file = e->fts_info == FTS_F || e->fts_info == FTS_SL;
		if (e->fts_info == FTS_NS || e->fts_info == FTS_ERR || e->fts_info == FTS_DNR ||
			e->fts_info == FTS_SLNONE)
			good = complain(command, "cannot read", e->fts_path);
		else if (is_file && (e->fts_level == 0 || str_ends(str_of(e->fts_path), ".wast")))
			vec_push(a, out, arena_strdup(a, e->fts_path));
		else if (e->fts_info == FTS_DEFAULT && e->fts_level == 0)
			good = complain(command, "neither a file nor a folder:", e->fts_path);
	}
	fts_close(walk);
	return good;
}

static int
by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void
shard_scripts(Paths *paths, uint32_t i, uint32_t n)
{
	uint32_t kept = 0;
	if (paths->len)
		qsort(paths->data, paths->len, sizeof *paths->data, by_bytes);
	for (uint64_t k = i - 1; k < paths->len; k += n)
		paths->data[kept++] = paths->data[k];
	paths->len = kept;
}
