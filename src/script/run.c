/* run.c - a file from beginning to end. */
#include "script/run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/budget.h"
#include "base/choose.h"
#include "base/site.h"
#include "base/trace.h"
#include "component/load.h"
#include "link/link.h"
#include "script/catalogue.h"
#include "script/headers.h"
#include "script/lean.h"
#include "script/spectest.h"
#include "script/state.h"
#include "text/sexpr.h"

/* Everything that one file needs while it runs. */
struct file_run {
	struct report *report;
	struct file_report *file;
	struct source *source;
	const struct sexpr *top;
	struct runner runner;
	run_progress_fn *progress;
	void *progress_env;
};

/* ---- records ---- */

static const char *
keep(struct report *r, const char *s)
{
	return s ? arena_strdup(r->arena, s) : NULL;
}

static void
fill_trap(struct report *r, struct record *rec, const struct error *err)
{
	if (err->kind != ERR_TRAP)
		return;
	const struct catalogue_row *row = catalogue_of(err->site);
	rec->trap_class = err->reason;
	if (err->site)
		rec->trap_site = arena_printf(
			r->arena, "%s#%d", err->site->function, trap_site_ordinal(err->site));
	rec->section = row ? row->section : NULL;
}

/* The choices made so far. */
static void
fill_choices(struct report *r, struct record *rec)
{
	const struct choice *made = choose_record(&rec->nmade);
	struct choice *copy = arena_array_of(r->arena, rec->nmade, struct choice);
	if (rec->nmade)
		memcpy(copy, made, rec->nmade * sizeof *made);
	rec->made = copy;
	rec->choices = choices_print(r->arena, copy, rec->nmade);
}

/* What happened: "done", "returned (u32.const 1)", "trap unreachable", "trap CLASS at SITE". */
static const char *
describe_deed(struct runner *r, const struct record *rec)
{
	const struct verdict *v = &r->verdict;
	if (v->has_error)
		return arena_printf(r->arena, "%s %s%s%s", error_kind_name(v->error.kind),
			v->error.reason, rec->trap_site ? " at " : "",
			rec->trap_site ? rec->trap_site : "");
	if (!v->result)
		return "done";
	return arena_printf(r->arena, "returned %s", action_result_print(r, v->result));
}

static void
tell_watch(struct file_run *run, const struct record *rec)
{
	const struct run_watch *w = run->runner.options->watch;
	w->done(w->env, run->runner.index, rec, describe_deed(&run->runner, rec));
}

static void
add_record(struct file_run *run, struct loc at, const char *kind)
{
	struct report *r = run->report;
	const struct verdict *v = &run->runner.verdict;
	struct record rec = {.kind = keep(r, kind),
		.outcome = v->outcome,
		.phase = run->runner.phase,
		.expected = keep(r, v->expected),
		.refused = run->runner.refused,
		.actual = keep(r, v->actual)};
	loc_line_col(at, &rec.line, &rec.column);
	if (v->outcome == OUTCOME_FAIL || v->outcome == OUTCOME_ERROR)
		fill_choices(r, &rec);
	if (v->has_error) {
		fill_trap(r, &rec, &v->error);
		rec.internal = v->error.kind == ERR_INTERNAL;
	}
	report_add(r, run->file, rec);
	if (run->progress)
		run->progress(run->progress_env, run->file, &rec);
	if (run->runner.options->watch && run->runner.options->watch->done)
		tell_watch(run, &rec);
}

/* ---- directives ---- */

static bool
is_selected(const struct file_run *run, struct loc at)
{
	char where[4096];
	if (!run->runner.options->filter)
		return true;
	loc_format(at, where, sizeof where);
	return regexec(run->runner.options->filter, where, 0, NULL, 0) == 0;
}

static bool
any_selected(const struct file_run *run)
{
	for (uint32_t i = 0; i < run->top->len; i++) {
		if (is_selected(run, run->top->items[i].at))
			return true;
	}
	return false;
}

static const char *
kind_of(struct arena *a, const struct sexpr *sx)
{
	if (sx->kind == SEXPR_LIST && sx->len && sx->items[0].kind == SEXPR_KEYWORD)
		return str_cstr(a, sx->items[0].text);
	return "unknown";
}

static void
tell_begin(struct file_run *run, struct loc at, const char *kind)
{
	const struct run_watch *w = run->runner.options->watch;
	if (w && w->begins)
		w->begins(w->env, run->runner.index, at, kind, is_selected(run, at));
}

static void
run_one(struct file_run *run, const struct sexpr *sx)
{
	struct runner *r = &run->runner;
	const struct run_watch *w = r->options->watch;
	r->index = (uint32_t)(sx - run->top->items);
	if (w && w->wants && !w->wants(w->env, r->index))
		return;
	uint32_t column;
	loc_line_col(sx->at, &r->line, &column);
	if (trace_is_on)
		trace_tell(&(struct trace_event){.kind = TRACE_DIRECTIVE, .number = r->line});
	tell_begin(run, sx->at, kind_of(r->arena, sx));
	r->refused = 0;
	budget_start(r->options->fuel, r->options->timeout);
	directive_run(r, sx);
	budget_start(0, 0);
	if (is_selected(run, sx->at))
		add_record(run, sx->at, kind_of(r->arena, sx));
}

/* A file that is one module or component without its outer parentheses. */
static void
define_whole_file(void *env)
{
	struct file_run *run = env;
	struct unit u = unit_parse_fields(&run->runner, run->top);
	run->runner.current = unit_instantiate(&run->runner, &u);
}

static void
fail_file(struct file_run *run, const struct error *err, enum outcome outcome)
{
	struct verdict *v = &run->runner.verdict;
	*v = (struct verdict){.outcome = outcome, .has_error = true, .error = *err};
	v->actual = arena_printf(run->runner.arena, "%s: %s", err->reason, err->message);
}

static void
run_whole_file(struct file_run *run)
{
	struct error err;
	run->runner.verdict = (struct verdict){.outcome = OUTCOME_PASS};
	tell_begin(run, run->top->items[0].at, "file");
	if (!protect(define_whole_file, run, &err))
		fail_file(run, &err,
			err.kind == ERR_UNSUPPORTED ? OUTCOME_UNSUPPORTED : OUTCOME_FAIL);
	add_record(run, run->top->items[0].at, "file");
}

static void
run_all(void *env)
{
	struct file_run *run = env;
	struct runner *r = &run->runner;
	run->top = sexpr_read(r->arena, run->source);
	if (!run->top->len || !any_selected(run))
		return;
	headers_apply(run->source, &r->features);
	if (r->options->strict)
		features_limit(&r->features);
	const struct features pre = features_of(PROFILE_1_0_PRE);
	features_forbid_marks(r->options->adapt ? &pre : &r->features);
	r->store = core_store_new(r->arena);
	r->spectest = spectest_new(r->store);
	r->current = (struct thing){.why = ERR_SCRIPT};
	if (!directive_is_known(&run->top->items[0]) && run->top->items[0].kind == SEXPR_LIST) {
		run_whole_file(run);
		return;
	}
	for (uint32_t i = 0; i < run->top->len; i++)
		run_one(run, &run->top->items[i]);
}

static void
release(struct file_run *run)
{
	while (run->runner.linked.len)
		link_free(vec_pop(&run->runner.linked));
	arena_free(run->runner.arena);
	source_release(run->source);
}

void
run_file(struct report *r, const char *path, const struct run_options *o, run_progress_fn *progress,
	void *env)
{
	struct source src = {.name = path};
	struct file_report file = {.path = path};
	struct file_run run = {.report = r,
		.file = &file,
		.source = &src,
		.progress = progress,
		.progress_env = env};
	struct error err;
	run.runner = (struct runner){
		.arena = arena_new(0), .options = o, .features = o->features, .phase = "read"};
	core_growth_may_fail = o->growth_may_fail;
	if (o->choices)
		choose_replay(o->choices, o->nchoices);
	else
		choose_seed(o->seed);
	if (!load_file(run.runner.arena, path, &src)) {
		err = (struct error){.kind = ERR_SCRIPT, .reason = "unreadable"};
		snprintf(err.message, sizeof err.message, "%s", strerror(errno));
		fail_file(&run, &err, OUTCOME_ERROR);
		add_record(&run, NO_LOC, "file");
	} else if (!protect(run_all, &run, &err)) {
		fail_file(&run, &err,
			err.kind == ERR_UNSUPPORTED ? OUTCOME_UNSUPPORTED : OUTCOME_ERROR);
		add_record(&run, err.at, "file");
	}
	release(&run);
	choose_release();
	const struct features all = features_all();
	features_forbid_marks(&all);
	if (o->expectations)
		expectations_apply(o->expectations, r, &file);
	for (uint32_t i = 0; o->leaning && i < file.records.len; i++)
		lean_find(r->arena, path, o, &file.records.data[i]);
	if (file.records.len)
		vec_push(r->arena, &r->files, file);
}
