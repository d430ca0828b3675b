/* transcript.c - see transcript.h: runs the file, keeps directives and their events together, and
 * leaves how they look to transcript_human.c and transcript_json.c. */
#include "oracle/transcript.h"

#include <inttypes.h>

#include "link/value.h"
#include "oracle/transcript_parts.h"

bool
transcript_is_call(const struct trace_event *e)
{
	return e->kind == TRACE_ENTER || e->kind == TRACE_CALL || e->kind == TRACE_BEGIN;
}

bool
transcript_is_return(const struct trace_event *e)
{
	return e->kind == TRACE_LEAVE || e->kind == TRACE_DONE || e->kind == TRACE_END;
}

const char *
transcript_name(struct arena *a, const struct trace_event *e)
{
	bool is_canon = e->kind == TRACE_ENTER || e->kind == TRACE_LEAVE;
	bool is_core = e->kind == TRACE_CALL || e->kind == TRACE_DONE;
	if (is_core && !strcmp(e->name, "lift"))
		return "callee";
	if (is_core && !strcmp(e->name, "thread"))
		return "thread_func";
	char *name = arena_printf(a, "%s%s", is_canon ? "canon_" : "", e->name);
	for (char *c = name; *c; c++)
		if (*c == '.' || *c == '-')
			*c = '_';
	return name;
}

void
transcript_value(struct strbuf *out, struct trace_value v)
{
	struct link_value f = {.kind = v.type == 'f' ? LV_F32 : LV_F64, .bits = v.bits};
	if (v.type == 'f' || v.type == 'd')
		link_value_print(out, &f);
	else
		strbuf_printf(out, "%" PRIu64, v.bits);
}

/* ---- the run ---- */

void
transcript_clear(struct transcript *t)
{
	arena_free(t->arena);
	t->arena = arena_new(0);
	t->pending.data = NULL;
	t->pending.len = t->pending.cap = 0;
}

static const struct transcript_form *
form_of(const struct transcript *t)
{
	return t->options->json ? &transcript_json : &transcript_human;
}

static void
start_directive(struct transcript *t, uint32_t line, uint32_t column, const char *kind)
{
	transcript_clear(t);
	t->line = line;
	t->column = column;
	snprintf(t->kind, sizeof t->kind, "%s", kind);
	t->printed = t->left_out = 0;
	t->begun = t->selected = true;
	form_of(t)->begin(t);
}

static void
begins(void *env, uint32_t directive, struct loc at, const char *kind, bool selected)
{
	struct transcript *t = env;
	uint32_t line, column;
	(void)directive;
	t->selected = selected;
	if (!selected)
		return;
	loc_line_col(at, &line, &column);
	start_directive(t, line, column, kind);
}

/* Errors are few, and what one looks for. */
static bool
is_left_out(const struct transcript *t, const struct trace_event *e)
{
	uint64_t max = t->options->max_events;
	return max && t->printed >= max && e->kind != TRACE_ERROR;
}

static void
keep_event(void *env, const struct trace_event *e)
{
	struct transcript *t = env;
	if (!t->begun || !t->selected || e->kind == TRACE_DIRECTIVE)
		return;
	if (e->kind == TRACE_STORED && e->nvalues >= 2)
		memcpy(t->stored, e->values, sizeof t->stored);
	if (is_left_out(t, e)) {
		t->left_out++;
		return;
	}
	t->printed++;
	form_of(t)->event(t, e);
}

/* What fails as a whole has not begun. */
static void
done(void *env, uint32_t directive, const struct record *rec, const char *did)
{
	struct transcript *t = env;
	(void)directive;
	if (!t->begun)
		start_directive(t, rec->line, rec->column, rec->kind);
	form_of(t)->end(t, rec, did);
	t->begun = false;
}

void
transcript_file(FILE *out, struct report *r, const char *path, const struct transcript_options *o)
{
	struct transcript t = {.out = out, .path = path, .options = o};
	const struct run_watch watch = {.env = &t, .begins = begins, .done = done};
	struct run_options run = o->run;
	run.watch = &watch;
	run.leaning = false;
	trace_to(keep_event, &t, true);
	run_file(r, path, &run, NULL, NULL);
	trace_to(NULL, NULL, false);
	arena_free(t.arena);
}
