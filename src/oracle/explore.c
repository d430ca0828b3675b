/* explore.c - see explore.h. */
#include "oracle/explore.h"

#include <string.h>

#include "base/choose.h"
#include "base/str.h"
#include "base/trace.h"
#include "oracle/seen.h"

/* Of choices among more than these, only the first and the last are taken. */
#define MANY 16u
#define NONE UINT32_MAX

typedef VEC(uint32_t) Numbers;

/* A directive: of which group it is, what has to run before it, and its choices in the first run,
 * which takes the first of each. */
struct node {
	uint32_t root;  /* a directive of its group, see find_root */
	uint32_t group; /* when all are known */
	Numbers needs;
	uint32_t nchoices;
	uint32_t record;     /* in out->directives; NONE: it left none */
	uint32_t begin, end; /* its choices in the last run */
};

/* A run that differs from another one in a choice. */
struct branch {
	uint32_t from; /* the other; NONE: the run that takes the first of each choice */
	uint32_t at, value;
};

struct search {
	struct arena *arena; /* the caller's */
	const char *path;
	const struct explore_options *options;
	struct explored *out;
	struct arena *mine;
	VEC(struct node) nodes;
	bool *selected; /* those that run; null: all */
	uint32_t group; /* that is searched; NONE in the first run */
	/* Of the last run: its choices, and a hash of all that was before each. */
	VEC(struct choice) made;
	VEC(uint64_t) before;
	uint64_t history, pending;   /* up to the last event, and the choices since then */
	struct seen seen;            /* what was before the choices of all runs */
	VEC(struct branch) branches; /* runs to make, and those that were made */
};

static struct node *
node_at(struct search *s, uint32_t i)
{
	for (uint32_t k = s->nodes.len; k <= i; k++)
		vec_push(s->mine, &s->nodes, ((struct node){.root = k, .record = NONE}));
	return &s->nodes.data[i];
}

/* ---- groups ---- */

static uint32_t
find_root(struct search *s, uint32_t i)
{
	while (s->nodes.data[i].root != i)
		i = s->nodes.data[i].root;
	return i;
}

static void
join(struct search *s, uint32_t a, uint32_t b)
{
	a = find_root(s, a);
	b = find_root(s, b);
	s->nodes.data[a > b ? a : b].root = a < b ? a : b;
}

static void
note_need_of(void *env, uint32_t directive, uint32_t earlier, bool shared)
{
	struct search *s = env;
	if (s->group != NONE || earlier >= directive)
		return;
	node_at(s, directive);
	vec_push(s->mine, &s->nodes.data[directive].needs, earlier);
	if (shared)
		join(s, directive, earlier);
}

static void
number_groups(struct search *s)
{
	for (uint32_t i = 0; i < s->nodes.len; i++) {
		struct node *n = &s->nodes.data[i];
		uint32_t root = find_root(s, i);
		if (root == i) {
			vec_push(s->arena, &s->out->groups, ((struct explored_group){0}));
			n->group = s->out->groups.len - 1;
		} else {
			n->group = s->nodes.data[root].group;
		}
		struct explored_group *g = &s->out->groups.data[n->group];
		g->directives++;
		g->choices += n->nchoices;
		g->runs = 1;
		if (n->record == NONE)
			continue;
		struct explored_directive *d = &s->out->directives.data[n->record];
		d->group = n->group;
		g->selected |= d->selected;
	}
}

/* The directives of a group, and those that they need, which come before them. */
static void
select_group(struct search *s, uint32_t group)
{
	s->group = group;
	s->selected = arena_array_of(s->mine, s->nodes.len, bool);
	for (uint32_t i = s->nodes.len; i-- > 0;) {
		const Numbers *needs = &s->nodes.data[i].needs;
		s->selected[i] |= s->nodes.data[i].group == group;
		for (uint32_t k = 0; s->selected[i] && k < needs->len; k++)
			s->selected[needs->data[k]] = true;
	}
}

/* ---- what the runs come to ---- */

/* How many choices there are up to the last that is not 0. */
static uint32_t
meaningful(const struct choice *made, uint32_t n)
{
	while (n && !made[n - 1].value)
		n--;
	return n;
}

static void
put_choices(struct strbuf *out, const struct choice *made, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		strbuf_printf(out, "%s%u", out->len ? "," : "", made ? made[i].value : 0);
}

/* Those of a run of one group, as choices of a run of the whole file: what the other directives
 * choose does not matter, and is 0. */
static const char *
choices_of_file(struct search *s, const struct choice *made, uint32_t directive, uint32_t n)
{
	struct strbuf out = {.arena = s->arena};
	if (!n)
		return NULL;
	for (uint32_t i = 0; i <= directive; i++) {
		const struct node *d = &s->nodes.data[i];
		bool ran = !s->selected || s->selected[i];
		uint32_t end = d->end < n ? d->end : n;
		if (!ran)
			put_choices(&out, NULL, d->nchoices);
		else if (d->begin < end)
			put_choices(&out, made + d->begin, end - d->begin);
		if (ran && d->end >= n)
			break;
	}
	return strbuf_cstr(&out);
}

static const char *
keep(struct search *s, const char *text)
{
	return text ? arena_strdup(s->arena, text) : NULL;
}

static struct explored_outcome *
find_outcome(struct explored_directive *d, const char *did)
{
	for (uint32_t i = 0; i < d->outcomes.len; i++)
		if (!strcmp(d->outcomes.data[i].did, did))
			return &d->outcomes.data[i];
	return NULL;
}

static bool
is_selected(const struct search *s, const struct record *rec)
{
	const regex_t *filter = s->options->run.filter;
	return !filter ||
	       !regexec(filter, arena_printf(s->mine, "%s:%u:%u", s->path, rec->line, rec->column),
		       0, NULL, 0);
}

static void
note_outcome(struct search *s, uint32_t directive, const struct record *rec, const char *did)
{
	struct explored_directive *d = &s->out->directives.data[s->nodes.data[directive].record];
	struct explored_outcome *o = find_outcome(d, did);
	uint32_t n = meaningful(s->made.data, s->made.len);
	if (!o) {
		struct explored_outcome new = {.did = keep(s, did),
			.outcome = rec->outcome,
			.expected = keep(s, rec->expected),
			.actual = keep(s, rec->actual),
			.trap_class = keep(s, rec->trap_class),
			.trap_site = keep(s, rec->trap_site),
			.section = rec->section,
			.nchoices = UINT32_MAX};
		vec_push(s->arena, &d->outcomes, new);
		o = &d->outcomes.data[d->outcomes.len - 1];
	}
	o->runs++;
	if (n < o->nchoices) {
		o->nchoices = n;
		o->choices = choices_of_file(s, s->made.data, directive, n);
	}
}

/* ---- watching a run ---- */

/* The choices of the definitions whose effect shows in the next event, if it shows at all: in which
 * order the elements of a set are looked at, and whether a thread that need not wait goes on. What
 * else is chosen is part of the history itself: which thread runs next, the bits of a value. */
static bool
shows_later(const struct choice *c)
{
	return !strcmp(c->where, "shuffle") || !strcmp(c->where, "Thread_wait_until");
}

static uint64_t
mix(uint64_t hash, uint64_t with)
{
	hash = (hash ^ with) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ hash >> 29;
}

/* Keeps the choices that were made since the last time, each with what was before it: core code
 * and the Canonical ABI are deterministic but for their choices, so that runs with the same
 * history go on in the same ways. Says how many choices there are. */
static uint32_t
keep_choices(struct search *s)
{
	size_t n;
	const struct choice *made = choose_record(&n);
	for (uint32_t i = s->made.len; i < n; i++) {
		vec_push(s->mine, &s->made, made[i]);
		vec_push(s->mine, &s->before, mix(s->history, s->pending));
		s->pending = mix(s->pending, made[i].value * UINT64_C(65537) + made[i].n);
		if (shows_later(&made[i]))
			continue;
		s->history = mix(s->history, s->pending);
		s->pending = 0;
	}
	return (uint32_t)n;
}

static void
note_event(void *env, const struct trace_event *e)
{
	struct search *s = env;
	keep_choices(s);
	s->history = mix(mix(s->history, e->kind), e->number);
	if (e->name)
		s->history = mix(s->history, str_hash(str_of(e->name)));
	for (uint32_t i = 0; i < e->nvalues; i++)
		s->history = mix(s->history, e->values[i].bits);
	s->pending = 0;
}

static bool
wants(void *env, uint32_t directive)
{
	struct search *s = env;
	struct node *n = node_at(s, directive);
	n->begin = n->end = keep_choices(s);
	return !s->selected || s->selected[directive];
}

static void
done(void *env, uint32_t directive, const struct record *rec, const char *did)
{
	struct search *s = env;
	struct node *n = node_at(s, directive);
	n->end = keep_choices(s);
	s->out->internal |= rec->internal;
	if (s->group == NONE) {
		struct explored_directive d = {.directive = directive,
			.line = rec->line,
			.column = rec->column,
			.kind = keep(s, rec->kind),
			.selected = is_selected(s, rec)};
		n->nchoices = n->end - n->begin;
		n->record = s->out->directives.len;
		vec_push(s->arena, &s->out->directives, d);
	}
	if (s->group == NONE || n->group == s->group)
		note_outcome(s, directive, rec, did);
}

static void
run_once(struct search *s, const uint32_t *choices, uint32_t n)
{
	struct report report = {.arena = arena_new(0)};
	const struct run_watch watch = {
		.env = s, .wants = wants, .needs = note_need_of, .done = done};
	struct run_options o = s->options->run;
	o.filter = NULL;
	o.expectations = NULL;
	o.leaning = false;
	o.choices = choices;
	o.nchoices = n;
	o.watch = &watch;
	s->made.len = s->before.len = 0;
	s->history = s->pending = 0;
	trace_to(note_event, s, false);
	run_file(&report, s->path, &o, NULL, NULL);
	trace_to(NULL, NULL, false);
	arena_free(report.arena);
}

/* ---- the search ---- */

/* Runs that differ from the last one in a choice behind its own branch, unless all that was before
 * that choice was there in another run, too, which has branched there. */
static void
branch_off(struct search *s, struct explored_group *g, uint32_t from)
{
	uint32_t begin = from == NONE ? 0 : s->branches.data[from].at + 1;
	uint32_t depth = s->options->depth;
	for (uint32_t i = begin; i < s->made.len; i++) {
		const struct choice c = s->made.data[i];
		if (!seen_add(&s->seen, s->before.data[i]) && !s->options->unreduced)
			return;
		uint32_t step = c.n > MANY ? c.n - 1 : 1;
		if (depth && i >= depth) {
			g->shallow = true;
			return;
		}
		g->sampled |= step > 1;
		for (uint32_t v = step; v < c.n; v += step)
			vec_push(s->mine, &s->branches, ((struct branch){from, i, v}));
	}
}

static void
run_branch(struct search *s, uint32_t branch)
{
	Numbers choices = {0};
	uint32_t n = branch == NONE ? 0 : s->branches.data[branch].at + 1;
	vec_reserve(s->mine, &choices, n + 1);
	memset(choices.data, 0, n * sizeof *choices.data);
	for (uint32_t b = branch; b != NONE; b = s->branches.data[b].from)
		choices.data[s->branches.data[b].at] = s->branches.data[b].value;
	run_once(s, choices.data, n);
}

/* Breadth first: the fewer choices are not the first, the sooner they are tried. */
static void
search_group(struct search *s, uint32_t group)
{
	struct explored_group *g = &s->out->groups.data[group];
	if (!g->choices || !g->selected)
		return;
	g->runs = 0;
	s->branches.len = 0;
	seen_free(&s->seen);
	select_group(s, group);
	for (uint32_t next = NONE; next == NONE || next < s->branches.len; next++) {
		if (g->runs == s->options->max_runs) {
			g->cut = true;
			return;
		}
		run_branch(s, next);
		g->runs++;
		if (s->made.len > g->choices)
			g->choices = s->made.len;
		branch_off(s, g, next);
	}
}

struct explored
explore_file(struct arena *a, const char *path, const struct explore_options *o)
{
	struct explored out = {.path = path};
	struct search s = {.arena = a,
		.path = path,
		.options = o,
		.out = &out,
		.mine = arena_new(0),
		.group = NONE};
	run_once(&s, (const uint32_t[]){0}, 0);
	number_groups(&s);
	for (uint32_t i = 0; i < out.groups.len; i++)
		search_group(&s, i);
	seen_free(&s.seen);
	arena_free(s.mine);
	return out;
}

bool
explored_group_whole(const struct explored_group *g)
{
	return !g->cut && !g->shallow && !g->sampled;
}

bool
explored_whole(const struct explored *e)
{
	for (uint32_t i = 0; i < e->groups.len; i++)
		if (e->groups.data[i].selected && !explored_group_whole(&e->groups.data[i]))
			return false;
	return true;
}

enum explored_verdict
explored_verdict(const struct explored_directive *d)
{
	uint32_t holds = 0, open = 0;
	for (uint32_t i = 0; i < d->outcomes.len; i++) {
		enum outcome o = d->outcomes.data[i].outcome;
		holds += o == OUTCOME_PASS;
		open += o == OUTCOME_SKIP || o == OUTCOME_UNSUPPORTED;
	}
	if (open)
		return EXPLORED_OPEN;
	return holds == d->outcomes.len ? EXPLORED_ALL : holds ? EXPLORED_SOME : EXPLORED_NONE;
}

const char *
explored_verdict_name(enum explored_verdict v)
{
	static const char *const names[] = {[EXPLORED_ALL] = "holds in all",
		[EXPLORED_SOME] = "holds in some",
		[EXPLORED_NONE] = "holds in none",
		[EXPLORED_OPEN] = "no verdict"};
	return names[v];
}
