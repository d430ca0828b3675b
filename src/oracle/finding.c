/* finding.c - see finding.h. */
#include "oracle/finding.h"

#include <stdlib.h>
#include <string.h>

#include "base/trace.h"
#include "oracle/words.h"

/* What one directive shows. */
struct shown {
	uint32_t directive, line, column;
	const char *kind, *first;
	const char *shows; /* null: nothing that one could look for */
	const char *text;
	bool is_bad;
};

struct observer {
	struct arena *arena;
	const struct finding_options *options;
	const char *path;
	VEC(struct shown) all;
	uint32_t last;       /* that was looked up; the next is often behind it */
	VEC(uint32_t) needs; /* pairs: a directive, and an earlier one that it needs */
	uint32_t until;      /* the last directive that is run */
	char step[64];       /* what the ABI did last in the directive that runs */
};

/* The kind of what happened: of values only that there are some. */
static const char *
kind_of(const char *did)
{
	return strncmp(did, "returned ", 9) ? did : "returned";
}

/* ---- the outcome at seed 0 ---- */

static const char *
outcome_text(struct arena *a, const struct record *rec, const char *did)
{
	struct strbuf out = {.arena = a};
	strbuf_printf(&out, "canon run: %s\n", outcome_name(rec->outcome));
	if (rec->expected)
		strbuf_printf(&out, "  expected  %s\n", rec->expected);
	strbuf_printf(&out, "  actual    %s\n", rec->actual ? rec->actual : did);
	if (rec->trap_site)
		strbuf_printf(&out, "  trap      %s at %s\n", rec->trap_class, rec->trap_site);
	if (rec->section)
		strbuf_printf(&out, "  clause    \"%s\"\n", rec->section);
	return strbuf_cstr(&out);
}

/* A value has to stay the one it was: nothing else says why it is looked at. Scripts trap by themselves
 * where they find something wrong: of a trap without a place in the ABI, what the ABI did last
 * has to stay. */
static const char *
outcome_shows(struct observer *o, const struct record *rec, const char *did)
{
	return arena_printf(o->arena, "%s: %s, expected %s: %s%s%s", rec->kind,
		outcome_name(rec->outcome), rec->expected ? rec->expected : "nothing", did,
		rec->trap_class && !rec->trap_site ? " after " : "",
		rec->trap_class && !rec->trap_site ? o->step : "");
}

static void
on_event(void *env, const struct trace_event *e)
{
	struct observer *o = env;
	if (e->kind == TRACE_DIRECTIVE)
		o->step[0] = 0;
	else if ((e->kind == TRACE_ENTER || e->kind == TRACE_LEAVE) && e->name)
		snprintf(o->step, sizeof o->step, "%s", e->name);
}

static void
on_done(void *env, uint32_t directive, const struct record *rec, const char *did)
{
	struct observer *o = env;
	struct shown s = {.directive = directive,
		.line = rec->line,
		.column = rec->column,
		.kind = arena_strdup(o->arena, rec->kind),
		.first = arena_strdup(o->arena, kind_of(did)),
		.is_bad = outcome_is_unexpected(rec->outcome)};
	/* A file that is no script has no directives; threads have no place of their own. */
	if (strcmp(rec->kind, "file") && strcmp(rec->kind, "thread"))
		s.shows = outcome_shows(o, rec, did);
	s.text = outcome_text(o->arena, rec, did);
	vec_push(o->arena, &o->all, s);
}

static void
on_need(void *env, uint32_t directive, uint32_t earlier, bool shared)
{
	struct observer *o = env;
	(void)shared;
	vec_push(o->arena, &o->needs, directive);
	vec_push(o->arena, &o->needs, earlier);
}

static bool
is_wanted(void *env, uint32_t directive)
{
	const struct observer *o = env;
	return directive <= o->until;
}

static void
observe_run(struct observer *o)
{
	struct report report = {.arena = arena_new(0)};
	const struct run_watch watch = {
		.env = o, .wants = is_wanted, .needs = on_need, .done = on_done};
	struct run_options run = o->options->explore.run;
	run.filter = NULL;
	run.watch = &watch;
	trace_to(on_event, o, false);
	run_file(&report, o->path, &run, NULL, NULL);
	trace_to(NULL, NULL, false);
	arena_free(report.arena);
}

static struct shown *
find_shown(struct observer *o, uint32_t directive)
{
	for (uint32_t n = 0; n < o->all.len; n++, o->last++) {
		if (o->last >= o->all.len)
			o->last = 0;
		if (o->all.data[o->last].directive == directive)
			return &o->all.data[o->last];
	}
	return NULL;
}

/* ---- what is allowed ---- */

/* Whether a value is wanted, or none: what its value is may change. */
static const char *
wanted_kind(const struct explored_directive *d)
{
	const char *expected = d->outcomes.data[0].expected;
	return expected && strcmp(expected, "no value") ? "something" : "nothing";
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The kinds of all outcomes, whatever order they were found in. */
static void
put_kinds(struct strbuf *out, const struct explored_directive *d)
{
	const char **kinds = arena_array_of(out->arena, d->outcomes.len, const char *);
	const char *last = "";
	for (uint32_t i = 0; i < d->outcomes.len; i++)
		kinds[i] =
			arena_printf(out->arena, "%s %s", outcome_name(d->outcomes.data[i].outcome),
				kind_of(d->outcomes.data[i].did));
	qsort(kinds, d->outcomes.len, sizeof *kinds, by_text);
	for (uint32_t i = 0; i < d->outcomes.len; i++) {
		if (strcmp(last, kinds[i]))
			strbuf_printf(out, "; %s", kinds[i]);
		last = kinds[i];
	}
}

static void
put_allowed(struct strbuf *out, const struct explored_directive *d)
{
	if (d->outcomes.data[0].expected)
		strbuf_printf(out, "  expected  %s\n", d->outcomes.data[0].expected);
	for (uint32_t i = 0; i < d->outcomes.len; i++) {
		const struct explored_outcome *o = &d->outcomes.data[i];
		strbuf_printf(out, "  allowed   %s", o->did);
		if (o->section)
			strbuf_printf(out, " (\"%s\")", o->section);
		strbuf_addc(out, '\n');
	}
}

static struct explore_options
explore_options(const struct observer *o, const regex_t *filter)
{
	struct explore_options e = o->options->explore;
	e.run.filter = filter;
	return e;
}

static void
observe_choices(struct observer *o, const regex_t *filter)
{
	const struct explore_options options = explore_options(o, filter);
	struct explored e = explore_file(o->arena, o->path, &options);
	for (uint32_t i = 0; i < e.directives.len; i++) {
		const struct explored_directive *d = &e.directives.data[i];
		struct shown *s = find_shown(o, d->directive);
		struct strbuf shows = {.arena = o->arena}, text = {.arena = o->arena};
		if (!s || !s->shows)
			continue;
		s->shows = NULL;
		if (!d->selected || d->outcomes.len < 2)
			continue;
		strbuf_printf(&shows, "%s of %s: %s", d->kind, wanted_kind(d),
			explored_verdict_name(explored_verdict(d)));
		put_kinds(&shows, d);
		strbuf_printf(
			&text, "canon explore: %s\n", explored_verdict_name(explored_verdict(d)));
		put_allowed(&text, d);
		s->shows = strbuf_cstr(&shows);
		s->text = strbuf_cstr(&text);
		s->is_bad = true;
	}
}

/* ---- runtimes ---- */

static bool
is_bad(enum diff_class c)
{
	return c == DIFF_OUTSIDE || c == DIFF_IN_DOUBT || c == DIFF_SCRIPT;
}

/* That it agrees, or was not asked, is nothing that has to stay. */
static bool
says_something(enum diff_class c)
{
	return is_bad(c) || c == DIFF_WORDING || c == DIFF_ERROR;
}

static void
put_cell(struct strbuf *shows, struct strbuf *text, const struct diff_cell *cell,
	const struct runtime *r)
{
	const char *class = diff_class_name(cell->class);
	strbuf_printf(shows, "; %s %s: %s ", runtime_name(r), class, kind_of(cell->did));
	words_of_text(shows, cell->text ? cell->text : "");
	strbuf_printf(text, "%s %s: %s\n  did       %s\n", runtime_name(r), runtime_version(r),
		class, cell->did);
	if (cell->text)
		strbuf_printf(text, "  says      %s\n", cell->text);
	if (cell->why)
		strbuf_printf(text, "  why       %s\n", cell->why);
}

static void
observe_row(struct observer *o, const struct diff_row *row)
{
	struct shown *s = find_shown(o, row->directive);
	struct strbuf shows = {.arena = o->arena}, text = {.arena = o->arena};
	bool any = false;
	if (!s || !s->shows)
		return;
	strbuf_printf(&shows, "%s of %s: %s", row->kind, wanted_kind(row->set),
		explored_verdict_name(explored_verdict(row->set)));
	put_kinds(&shows, row->set);
	put_allowed(&text, row->set);
	s->is_bad = false;
	for (uint32_t i = 0; i < o->options->n; i++) {
		if (!says_something(row->cells[i].class))
			continue;
		put_cell(&shows, &text, &row->cells[i], o->options->runtimes[i].runtime);
		s->is_bad |= is_bad(row->cells[i].class);
		any = true;
	}
	s->shows = any ? strbuf_cstr(&shows) : NULL;
	s->text = strbuf_cstr(&text);
}

static void
observe_runtimes(struct observer *o, const regex_t *filter)
{
	const struct explore_options options = explore_options(o, filter);
	struct diff_file f =
		diff_run(o->arena, o->path, &options, o->options->runtimes, o->options->n);
	for (uint32_t i = 0; i < f.rows.len; i++)
		observe_row(o, &f.rows.data[i]);
}

static void
observe(struct observer *o, const regex_t *filter)
{
	switch (o->options->mode) {
	case FINDING_OUTCOME: break;
	case FINDING_CHOICE: observe_choices(o, filter); break;
	case FINDING_RUNTIME: observe_runtimes(o, filter); break;
	}
}

/* ---- the first ---- */

static bool
is_selected(const struct observer *o, const struct shown *s)
{
	const regex_t *filter = o->options->explore.run.filter;
	const char *where = arena_printf(o->arena, "%s:%u:%u", o->path, s->line, s->column);
	return !filter || !regexec(filter, where, 0, NULL, 0);
}

/* Needs are noted in the order of the directives, so that those of later ones come first here. */
static const bool *
needed_by(struct observer *o, uint32_t directive)
{
	bool *needed = arena_array_of(o->arena, (size_t)directive + 1, bool);
	needed[directive] = true;
	for (uint32_t i = o->needs.len; i >= 2; i -= 2) {
		uint32_t user = o->needs.data[i - 2], earlier = o->needs.data[i - 1];
		if (user <= directive && earlier <= directive && needed[user])
			needed[earlier] = true;
	}
	return needed;
}

bool
finding_first(
	struct arena *a, const char *path, const struct finding_options *o, struct finding *out)
{
	struct observer observer = {.arena = a, .options = o, .path = path, .until = UINT32_MAX};
	bool any = o->explore.run.filter != NULL;
	observe_run(&observer);
	observe(&observer, o->explore.run.filter);
	for (uint32_t i = 0; i < observer.all.len; i++) {
		const struct shown *s = &observer.all.data[i];
		if (!s->shows || (!any && !s->is_bad) || !is_selected(&observer, s))
			continue;
		*out = (struct finding){.directive = s->directive,
			.line = s->line,
			.column = s->column,
			.kind = s->kind,
			.first = s->first,
			.shows = s->shows,
			.text = s->text,
			.needed = needed_by(&observer, s->directive)};
		return true;
	}
	return false;
}

/* ---- the others ---- */

/* What takes long is only asked where what takes no time does not say no already. */
static bool
holds(struct observer *o, const struct finding *f, uint32_t directive, uint32_t line)
{
	regex_t filter;
	observe_run(o);
	const struct shown *s = find_shown(o, directive);
	if (!s || strcmp(s->first, f->first) || strcmp(s->kind, f->kind))
		return false;
	if (regcomp(&filter, arena_printf(o->arena, ":%u:[0-9]+$", line), REG_EXTENDED | REG_NOSUB))
		return false;
	observe(o, &filter);
	regfree(&filter);
	s = find_shown(o, directive);
	return s->shows && !strcmp(s->shows, f->shows);
}

bool
finding_holds(const char *path, const struct finding_options *o, const struct finding *f,
	uint32_t directive, uint32_t line)
{
	struct observer observer = {
		.arena = arena_new(0), .options = o, .path = path, .until = directive};
	bool good = holds(&observer, f, directive, line);
	arena_free(observer.arena);
	return good;
}
