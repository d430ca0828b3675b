/* expect_update.c - see expect_update.h. */
#define _XOPEN_SOURCE 700
#include "script/expect_update.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/utf8.h"

enum { MAX_REASON = 200 };

/* A line of the new table; without a file where it is no row. */
struct line {
	const char *text, *file;
	uint32_t line, column;
};

struct update {
	struct arena *arena;
	const struct expectations *old;
	const struct report *report;
	bool has_filter;
	VEC(struct line) lines;
	struct expectations_update result;
};

/* ---- the old rows ---- */

/* What a row covers in a run. */
struct cover {
	uint32_t files, failing, passing, others;
	bool broken; /* a file of it could not be run as a whole */
};

static void
cover_record(struct cover *c, const struct known_failure *row, const struct record *rec)
{
	c->broken |= rec->outcome == OUTCOME_ERROR && !strcmp(rec->kind, "file");
	if (!known_failure_covers(row, rec))
		return;
	c->failing += rec->outcome == OUTCOME_XFAIL;
	c->passing += rec->outcome == OUTCOME_XPASS;
	c->others += rec->outcome != OUTCOME_XFAIL && rec->outcome != OUTCOME_XPASS;
}

static struct cover
cover_of(const struct report *r, const struct known_failure *row)
{
	struct cover c = {0};
	for (uint32_t i = 0; i < r->files.len; i++) {
		const struct file_report *f = &r->files.data[i];
		if (!known_failure_names(row, f->path))
			continue;
		c.files++;
		for (uint32_t k = 0; k < f->records.len; k++)
			cover_record(&c, row, &f->records.data[k]);
	}
	return c;
}

static bool
stays(const struct update *u, const struct cover *c)
{
	if (!c->files || c->broken)
		return true;
	if (!c->failing && !c->passing && !c->others)
		return u->has_filter;
	return !c->passing;
}

/* The lines that stay: comments, and rows. */
static void
keep_lines(struct update *u)
{
	const struct expectations *e = u->old;
	uint32_t next = 0;
	for (uint32_t i = 0; i < e->lines.len; i++) {
		struct line line = {.text = e->lines.data[i]};
		if (next < e->rows.len && e->rows.data[next].at == i) {
			const struct known_failure *row = &e->rows.data[next++];
			const struct cover c = cover_of(u->report, row);
			if (!stays(u, &c)) {
				u->result.removed++;
				continue;
			}
			line = (struct line){line.text, row->file, row->line, row->column};
		}
		vec_push(u->arena, &u->lines, line);
	}
	if (!u->lines.len)
		vec_push(u->arena, &u->lines, ((struct line){.text = "file\tline\twhy"}));
}

/* ---- new rows ---- */

static bool
stands_alone(const struct file_report *f, const struct record *rec)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < f->records.len; i++)
		n += f->records.data[i].line == rec->line;
	return n == 1;
}

/* Below the working folder, or a folder beside it. */
static const char *
portable(const char *path)
{
	char here[PATH_MAX];
	size_t n = getcwd(here, sizeof here) ? strlen(here) : 0;
	if (n && !strncmp(path, here, n) && path[n] == '/')
		return path + n + 1;
	while (!strncmp(path, "./", 2) || !strncmp(path, "../", 3))
		path = strchr(path, '/') + 1;
	return path;
}

/* The only file of the run that a row means; null without one. */
static const struct file_report *
file_of(const struct report *r, const struct known_failure *row)
{
	const struct file_report *found = NULL;
	for (uint32_t i = 0; i < r->files.len; i++) {
		const struct file_report *f = &r->files.data[i];
		if (!known_failure_names(row, f->path))
			continue;
		if (found && strcmp(found->path, f->path))
			return NULL;
		found = f;
	}
	return found;
}

/* From the folder on from which the table has another file. */
static const char *
spelling(const struct update *u, const char *path)
{
	for (uint32_t i = 0; i < u->old->rows.len; i++) {
		const struct known_failure *row = &u->old->rows.data[i];
		const struct file_report *other = file_of(u->report, row);
		size_t cut = other ? strlen(other->path) - strlen(row->file) : 0;
		if (other && !strncmp(path, other->path, cut))
			return path + cut;
	}
	return portable(path);
}

/* One line of UTF-8 without tabs. */
static void
add_clean(struct strbuf *out, const char *text)
{
	uint32_t n = 0;
	for (uint32_t c; (c = utf8_next(&text)); n++) {
		char bytes[4];
		if (n == MAX_REASON) {
			strbuf_adds(out, "...");
			return;
		}
		strbuf_add(out, bytes, (size_t)utf8_encode(c < 0x20 || c == 0x7f ? ' ' : c, bytes));
	}
}

/* In the last column of the table, where it has one for it. */
static void
add_reason(struct update *u, struct strbuf *out, const struct record *rec)
{
	const char *header = u->lines.data[0].text;
	uint32_t columns = 1;
	for (const char *tab = header; (tab = strchr(tab, '\t')); tab++)
		columns++;
	for (uint32_t i = 2; i < columns; i++)
		strbuf_addc(out, '\t');
	if (columns > 2)
		add_clean(out, report_reason(u->arena, rec));
}

/* The columns behind the line number of the row that covered the directive; null without one. */
static const char *
old_reason(const struct update *u, const struct file_report *f, const struct record *rec)
{
	for (uint32_t i = 0; i < u->old->rows.len; i++) {
		const struct known_failure *row = &u->old->rows.data[i];
		if (known_failure_names(row, f->path) && known_failure_covers(row, rec)) {
			const char *text = strchr(u->old->lines.data[row->at], '\t') + 1;
			return text + strcspn(text, "\t");
		}
	}
	return NULL;
}

static struct line
new_line(struct update *u, const char *file, const struct file_report *f, const struct record *rec)
{
	struct strbuf text = {.arena = u->arena};
	struct line line = {.file = file, .line = rec->line};
	if (!stands_alone(f, rec))
		line.column = rec->column;
	strbuf_printf(&text, "%s\t%u", line.file, line.line);
	if (line.column)
		strbuf_printf(&text, ":%u", line.column);
	const char *why = old_reason(u, f, rec);
	if (why)
		strbuf_adds(&text, why);
	else
		add_reason(u, &text, rec);
	line.text = strbuf_cstr(&text);
	return line;
}

static int
compare(const struct line *a, const struct line *b)
{
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	return a->column < b->column ? -1 : a->column > b->column;
}

/* Before the first row of the same file that comes later; behind its last one; at the end. */
static uint32_t
place_of(const struct update *u, const struct line *line)
{
	uint32_t place = u->lines.len;
	for (uint32_t i = 0; i < u->lines.len; i++) {
		const struct line *other = &u->lines.data[i];
		if (!other->file || strcmp(other->file, line->file))
			continue;
		if (compare(line, other) < 0)
			return i;
		place = i + 1;
	}
	return place;
}

static void
insert(struct update *u, struct line line)
{
	uint32_t at = place_of(u, &line);
	vec_reserve(u->arena, &u->lines, 1);
	memmove(&u->lines.data[at + 1], &u->lines.data[at],
		(u->lines.len - at) * sizeof *u->lines.data);
	u->lines.data[at] = line;
	u->lines.len++;
	u->result.added++;
}

/* Is the directive of an expected failure still in the table? A row that covered a pass, too, is
 * not. */
static bool
is_kept(const struct update *u, const struct file_report *f, const struct record *rec)
{
	for (uint32_t i = 0; i < u->lines.len; i++) {
		const struct line *l = &u->lines.data[i];
		const struct known_failure row = {
			.file = l->file, .line = l->line, .column = l->column};
		if (l->file && known_failure_names(&row, f->path) &&
			known_failure_covers(&row, rec))
			return true;
	}
	return false;
}

static void
add_file(struct update *u, const struct file_report *f)
{
	const char *file = spelling(u, f->path);
	for (uint32_t i = 0; i < f->records.len; i++) {
		const struct record *rec = &f->records.data[i];
		if (rec->outcome != OUTCOME_FAIL &&
			(rec->outcome != OUTCOME_XFAIL || is_kept(u, f, rec)))
			continue;
		if (strpbrk(file, "\t\r\n") || *file == '#')
			u->result.unwritable++;
		else
			insert(u, new_line(u, file, f, rec));
	}
}

/* Files in the order of their paths, not of the run. */
static int
by_path(const void *a, const void *b)
{
	return strcmp((*(const struct file_report *const *)a)->path,
		(*(const struct file_report *const *)b)->path);
}

static void
add_files(struct update *u)
{
	uint32_t n = u->report->files.len;
	const struct file_report **files =
		arena_array_of(u->arena, n + 1, const struct file_report *);
	for (uint32_t i = 0; i < n; i++)
		files[i] = &u->report->files.data[i];
	qsort(files, n, sizeof *files, by_path);
	for (uint32_t i = 0; i < n; i++)
		if (!i || strcmp(files[i]->path, files[i - 1]->path))
			add_file(u, files[i]);
}

struct expectations_update
expectations_update(
	struct arena *a, const struct expectations *e, const struct report *r, bool has_filter)
{
	struct update u = {.arena = a, .old = e, .report = r, .has_filter = has_filter};
	struct strbuf text = {.arena = a};
	keep_lines(&u);
	add_files(&u);
	for (uint32_t i = 0; i < u.lines.len; i++)
		strbuf_printf(&text, "%s\n", u.lines.data[i].text);
	u.result.text = strbuf_str(&text);
	return u.result;
}

/* ---- the file ---- */

/* The rights of the file that is replaced, or those that a new file gets. */
static bool
take_mode(int fd, const char *path)
{
	struct stat st;
	mode_t mask = umask(0);
	umask(mask);
	mode_t mode = stat(path, &st) == 0 ? st.st_mode & 0777 : 0666 & ~mask;
	return fchmod(fd, mode) == 0;
}

static bool
write_all(int fd, struct str text)
{
	for (size_t at = 0; at < text.len;) {
		ssize_t n = write(fd, text.ptr + at, text.len - at);
		if (n < 0 && errno != EINTR)
			return false;
		at += n < 0 ? 0 : (size_t)n;
	}
	return fsync(fd) == 0;
}

bool
replace_file(struct arena *a, const char *path, struct str text)
{
	char target[PATH_MAX];
	struct stat st;
	if (!realpath(path, target))
		snprintf(target, sizeof target, "%s", path);
	else if (stat(target, &st) == 0 && !S_ISREG(st.st_mode)) {
		errno = EINVAL;
		return false;
	}
	char *temporary = arena_printf(a, "%s.XXXXXX", target);
	int fd = mkstemp(temporary);
	if (fd < 0)
		return false;
	bool good = take_mode(fd, target) && write_all(fd, text);
	good = close(fd) == 0 && good;
	good = good && rename(temporary, target) == 0;
	int why = errno;
	if (!good)
		unlink(temporary);
	errno = why;
	return good;
}
