/* subset.c - see subset.h. */
#include "oracle/subset.h"

#include <string.h>

#include "base/choose.h"
#include "base/str.h"
#include "base/trace.h"
#include "oracle/same_trap.h"

/* What a script did under one profile. */
struct side {
	struct arena *arena;
	struct report report;
	VEC(const char *) events;
};

/* No more are kept and compared: a script that never ends must not fill the memory. */
#define MAX_EVENTS 2000000u

static void
keep_event(void *env, const struct trace_event *e)
{
	struct side *s = env;
	struct strbuf text = {.arena = s->arena};
	if (s->events.len >= MAX_EVENTS)
		return;
	trace_print(&text, e);
	vec_push(s->arena, &s->events, strbuf_cstr(&text));
}

static void
run_side(struct side *s, const char *path, const struct run_options *o, enum profile profile)
{
	struct run_options mine = *o;
	mine.features = features_of(profile);
	mine.strict = profile == PROFILE_1_0_PRE;
	mine.leaning = false;
	mine.expectations = NULL;
	*s = (struct side){.arena = arena_new(UINT64_C(4) << 30)};
	s->report = (struct report){.arena = s->arena};
	trace_to(keep_event, s, false);
	run_file(&s->report, path, &mine, NULL, NULL);
	trace_to(NULL, NULL, false);
}

static const struct file_report *
file_of(const struct side *s)
{
	return s->report.files.len ? &s->report.files.data[0] : NULL;
}

static const char *
text(const char *s)
{
	return s ? s : "";
}

static const char *
describe(struct arena *a, const struct record *r)
{
	bool more = r->actual && *r->actual;
	return arena_printf(
		a, "%s%s%s", outcome_name(r->outcome), more ? ": " : "", more ? r->actual : "");
}

/* A message about a feature that both refuse names the profile. */
static bool
is_same(const struct record *p3, const struct record *pre)
{
	if (p3->refused && p3->refused == pre->refused)
		return p3->outcome == pre->outcome;
	return p3->outcome == pre->outcome && !strcmp(text(p3->phase), text(pre->phase)) &&
	       !strcmp(text(p3->actual), text(pre->actual)) &&
	       !strcmp(text(p3->trap_class), text(pre->trap_class)) &&
	       !strcmp(text(p3->trap_site), text(pre->trap_site));
}

/* What p3 refuses, too, does not keep a script out. */
static void
note_features(struct subset *s, const struct file_report *p3, const struct file_report *pre)
{
	s->in = true;
	for (uint32_t i = 0; i < p3->records.len && i < pre->records.len; i++) {
		uint32_t by = pre->records.data[i].refused & ~p3->records.data[i].refused;
		for (int f = 0; f < FEATURE_COUNT; f++)
			s->out_by[f] += by >> f & 1;
		s->in = s->in && !by;
	}
}

static void
compare_records(struct arena *a, struct subset *s, const struct file_report *p3,
	const struct file_report *pre)
{
	s->directives = p3->records.len;
	if (p3->records.len != pre->records.len)
		s->difference = arena_printf(a, "%u directives under p3, %u under 1.0-pre",
			p3->records.len, pre->records.len);
	for (uint32_t i = 0; i < p3->records.len && i < pre->records.len; i++) {
		const struct record *x = &p3->records.data[i], *y = &pre->records.data[i];
		if (is_same(x, y))
			continue;
		if (s->in && !s->difference)
			s->difference = arena_printf(a, "line %u: under p3 %s; under 1.0-pre %s",
				x->line, describe(a, x), describe(a, y));
		/* What needs a component that was refused has no verdict of its own. */
		bool judged = y->outcome == OUTCOME_FAIL && x->outcome == OUTCOME_PASS;
		if (!s->in && judged && !y->refused)
			vec_push(a, &s->changes,
				((struct subset_change){
					x->line, x->column, describe(a, x), describe(a, y)}));
	}
}

static void
compare_events(struct arena *a, struct subset *s, const struct side *p3, const struct side *pre)
{
	uint32_t n = p3->events.len < pre->events.len ? p3->events.len : pre->events.len, i = 0;
	while (i < n && !strcmp(p3->events.data[i], pre->events.data[i]))
		i++;
	s->events = i;
	if (s->difference || (i == p3->events.len && i == pre->events.len))
		return;
	s->difference = arena_printf(a, "event %u: under p3 `%s`, under 1.0-pre `%s`", i,
		i < p3->events.len ? p3->events.data[i] : "none",
		i < pre->events.len ? pre->events.data[i] : "none");
}

/* ---- adapted ---- */

static struct component *
adapt(void *env, struct arena *a, struct component *c)
{
	return component_adapt(a, c, env);
}

static bool
only_realloc(const struct subset *s)
{
	enum feature realloc = feature_find(STR("realloc"));
	for (int i = 0; i < FEATURE_COUNT; i++)
		if (i != (int)realloc && s->out_by[i])
			return false;
	return s->out_by[realloc];
}

/* A directive that 1.0-pre refuses for another feature, or that cannot be adapted. */
static bool
is_left_out(const struct record *r)
{
	return r->outcome == OUTCOME_UNSUPPORTED || r->refused;
}

/* What core code cannot carry over: that an instance may not leave while its realloc runs, the calls of
 * realloc that transcoding makes on its way, and that a copy within one instance traps. */
static bool
is_of_realloc(const struct record *p3)
{
	const char *class = text(p3->trap_class);
	return !strcmp(class, "cannot-leave-component-instance") ||
	       !strcmp(class, "same-instance-copy") ||
	       !strncmp(class, "realloc-", strlen("realloc-"));
}

/* Texts of traps name the place, which is another one. */
static bool
is_same_adapted(const struct record *p3, const struct record *adapted)
{
	bool trapped = p3->trap_class || adapted->trap_class;
	if (trapped && same_trap(text(p3->trap_class), text(adapted->trap_class)))
		return true;
	return p3->outcome == adapted->outcome &&
	       (trapped || !strcmp(text(p3->actual), text(adapted->actual)));
}

static void
compare_adapted(struct arena *a, struct subset *s, const struct file_report *p3,
	const struct file_report *pre)
{
	s->adapted = true;
	if (p3->records.len != pre->records.len)
		s->adapted_difference = arena_printf(
			a, "%u directives under p3, %u adapted", p3->records.len, pre->records.len);
	for (uint32_t i = 0; i < p3->records.len && i < pre->records.len; i++) {
		const struct record *x = &p3->records.data[i], *y = &pre->records.data[i];
		const char *what = arena_printf(a, "line %u: under p3 %s; adapted %s", x->line,
			describe(a, x), describe(a, y));
		bool same = is_same_adapted(x, y);
		if ((is_left_out(y) && !is_left_out(x)) || (!same && is_of_realloc(x))) {
			s->adapted = false;
			s->not_adapted = what;
			return;
		}
		if (!same && !s->adapted_difference)
			s->adapted_difference = what;
	}
}

static void
run_adapted(struct arena *a, struct subset *s, const struct run_options *o, const struct side *p3)
{
	struct run_options mine = *o;
	struct side side;
	mine.adapt = adapt;
	mine.adapt_env = &s->adapting;
	run_side(&side, s->path, &mine, PROFILE_P3);
	if (file_of(&side))
		compare_adapted(a, s, file_of(p3), file_of(&side));
	arena_free(side.arena);
}

/* Why it is no script; null: it is one. */
static const char *
broken(struct arena *a, const struct file_report *f)
{
	for (uint32_t i = 0; i < f->records.len; i++)
		if (f->records.data[i].outcome == OUTCOME_ERROR &&
			!strcmp(f->records.data[i].kind, "file"))
			return arena_printf(a, "%s", text(f->records.data[i].actual));
	return NULL;
}

struct subset
subset_run(struct arena *a, const char *path, const struct run_options *options)
{
	struct subset s = {.path = path};
	struct side p3, pre;
	run_side(&p3, path, options, PROFILE_P3);
	run_side(&pre, path, options, PROFILE_1_0_PRE);
	if (file_of(&p3))
		s.broken = broken(a, file_of(&p3));
	s.in = !file_of(&p3) && !file_of(&pre); /* there is nothing in it */
	if (file_of(&p3) && file_of(&pre) && !s.broken) {
		note_features(&s, file_of(&p3), file_of(&pre));
		compare_records(a, &s, file_of(&p3), file_of(&pre));
		if (s.in)
			compare_events(a, &s, &p3, &pre);
		if (only_realloc(&s))
			run_adapted(a, &s, options, &p3);
	}
	arena_free(p3.arena);
	arena_free(pre.arena);
	return s;
}
