/* explore.c - canon explore: every outcome that the documents allow, directive by directive. */
#include <inttypes.h>
#include <stdio.h>

#include "base/clean.h"
#include "cmd/cmd.h"
#include "cmd/oracle_args.h"
#include "script/json.h"

static const char help[] =
	"usage: canon explore [options] PATH...\n"
	"\n"
	"Runs every script over all choices that the documents leave open, and prints what each\n"
	"directive may come to: whether it holds in all runs, in some or in none, and for each\n"
	"outcome the shortest choices that show it. Only directives with more than one outcome, "
	"or\n"
	"that do not always hold, are printed.\n"
	"\n"
	"  --max-runs N       runs for directives that share an instance (default 10000)\n"
	"  --depth N          choices of a run that are varied, from the first (default 100; 0:\n"
	"                     all)\n"
	"  --format human|json  --verbose prints every directive\n" RUN_ARGS_HELP "\n"
	"Exit status: 0 every directive holds in all runs; 1 one does not; 2 usage; 3 Canon "
	"itself\n"
	"failed; 4 no directive ran.\n";

struct totals {
	uint32_t files, whole, directives, runs, by[EXPLORED_COUNT];
	bool internal;
};

struct command {
	struct oracle_args oracle;
	struct run_args args;
	struct report again; /* for the commands that run one directive again */
	struct totals totals;
	struct json_object *files; /* null: the report is for people */
};

/* ---- for people ---- */

static void
print_outcome(FILE *out, const struct command *c, const struct explored *e,
	const struct explored_directive *d, const struct explored_outcome *o)
{
	struct arena *a = arena_new(0);
	const char *section = o->section ? arena_printf(a, ", \"%s\"", o->section) : "";
	put_clean_line(out, "  %-9s %s%s", outcome_name(o->outcome), o->did, section);
	put_clean_line(
		out, "    again   %s", report_again(a, &c->again, e->path, d->line, o->choices));
	arena_free(a);
}

static void
print_directive(FILE *out, const struct command *c, const struct explored *e,
	const struct explored_directive *d)
{
	enum explored_verdict v = explored_verdict(d);
	if (!d->selected)
		return;
	if (d->outcomes.len < 2 && (v == EXPLORED_ALL || v == EXPLORED_OPEN) && !c->args.verbose)
		return;
	put_clean_line(out, "%s:%u:%u: %s: %s", e->path, d->line, d->column, d->kind,
		explored_verdict_name(v));
	if (d->outcomes.data[0].expected)
		put_clean_line(out, "  expected  %s", d->outcomes.data[0].expected);
	for (uint32_t i = 0; i < d->outcomes.len; i++)
		print_outcome(out, c, e, d, &d->outcomes.data[i]);
}

static void
print_group(FILE *out, const struct explored *e, uint32_t group)
{
	const struct explored_group *g = &e->groups.data[group];
	uint32_t first = 0;
	while (e->directives.data[first].group != group)
		first++;
	put_clean_line(out,
		"%s:%u: not all choices of its %u directives were tried: %s%s%s (%u runs)", e->path,
		e->directives.data[first].line, g->directives,
		g->cut ? "more runs than --max-runs" : "", g->cut && g->shallow ? ", " : "",
		g->shallow   ? "more choices than --depth"
		: g->sampled ? "a choice among too many"
			     : "",
		g->runs);
}

static void
print_file(FILE *out, const struct command *c, const struct explored *e)
{
	for (uint32_t i = 0; i < e->directives.len; i++)
		print_directive(out, c, e, &e->directives.data[i]);
	for (uint32_t i = 0; i < e->groups.len; i++)
		if (e->groups.data[i].selected && !explored_group_whole(&e->groups.data[i]))
			print_group(out, e, i);
}

static void
print_totals(FILE *out, const struct totals *t)
{
	fprintf(out,
		"%u files, of which %u exhausted; %u runs; %u directives: %u hold in all runs, "
		"%u in some, %u in none, %u without a verdict\n",
		t->files, t->whole, t->runs, t->directives, t->by[EXPLORED_ALL],
		t->by[EXPLORED_SOME], t->by[EXPLORED_NONE], t->by[EXPLORED_OPEN]);
}

/* ---- as JSON ---- */

static struct json_object *
outcome_json(const struct explored_outcome *o)
{
	struct json_object *j = json_object_new_object();
	json_put_text(j, "outcome", outcome_name(o->outcome));
	json_put_text(j, "did", o->did);
	json_put_text(j, "expected", o->expected);
	json_put_text(j, "actual", o->actual);
	json_put_text(j, "trap_class", o->trap_class);
	json_put_text(j, "trap_site", o->trap_site);
	json_put_text(j, "section", o->section);
	json_put_text(j, "choices", o->choices ? o->choices : "");
	json_put_number(j, "runs", o->runs);
	return j;
}

static struct json_object *
directive_json(const struct explored_directive *d)
{
	struct json_object *j = json_object_new_object(), *list = json_object_new_array();
	json_put_number(j, "line", d->line);
	json_put_number(j, "column", d->column);
	json_put_text(j, "kind", d->kind);
	json_put_number(j, "group", d->group);
	json_put_text(j, "holds", explored_verdict_name(explored_verdict(d)));
	for (uint32_t i = 0; i < d->outcomes.len; i++)
		json_object_array_add(list, outcome_json(&d->outcomes.data[i]));
	json_object_object_add(j, "outcomes", list);
	return j;
}

static struct json_object *
group_json(const struct explored_group *g)
{
	struct json_object *j = json_object_new_object();
	json_put_number(j, "directives", g->directives);
	json_put_number(j, "runs", g->runs);
	json_put_number(j, "choices", g->choices);
	json_put_bool(j, "exhausted", explored_group_whole(g));
	json_put_bool(j, "max_runs", g->cut);
	json_put_bool(j, "depth", g->shallow);
	json_put_bool(j, "sampled", g->sampled);
	return j;
}

static struct json_object *
file_json(const struct explored *e)
{
	struct json_object *j = json_object_new_object(), *directives = json_object_new_array(),
			   *groups = json_object_new_array();
	json_put_text(j, "file", e->path);
	for (uint32_t i = 0; i < e->directives.len; i++)
		if (e->directives.data[i].selected)
			json_object_array_add(directives, directive_json(&e->directives.data[i]));
	for (uint32_t i = 0; i < e->groups.len; i++)
		json_object_array_add(groups, group_json(&e->groups.data[i]));
	json_object_object_add(j, "directives", directives);
	json_object_object_add(j, "groups", groups);
	return j;
}

static void
put_json(FILE *out, struct command *c)
{
	struct json_object *j = json_object_new_object(), *sum = json_object_new_object();
	const struct totals *t = &c->totals;
	json_object_object_add(j, "canon", json_canon());
	json_put_text(j, "profile", c->again.profile);
	json_put_number(j, "max_runs", c->oracle.explore.max_runs);
	json_put_number(j, "depth", c->oracle.explore.depth);
	json_object_object_add(j, "files", c->files);
	json_put_number(sum, "files", t->files);
	json_put_number(sum, "exhausted", t->whole);
	json_put_number(sum, "runs", t->runs);
	json_put_number(sum, "directives", t->directives);
	for (int i = 0; i < EXPLORED_COUNT; i++)
		json_put_number(sum, explored_verdict_name((enum explored_verdict)i), t->by[i]);
	json_object_object_add(j, "summary", sum);
	json_write(out, j);
}

/* ---- the command ---- */

static void
add_file(struct totals *t, const struct explored *e)
{
	t->files++;
	t->whole += explored_whole(e);
	t->internal |= e->internal;
	for (uint32_t i = 0; i < e->directives.len; i++) {
		if (!e->directives.data[i].selected)
			continue;
		t->directives++;
		t->by[explored_verdict(&e->directives.data[i])]++;
	}
	for (uint32_t i = 0; i < e->groups.len; i++)
		if (e->groups.data[i].selected)
			t->runs += e->groups.data[i].runs;
}

static int
explore_all(void *env, FILE *out)
{
	struct command *c = env;
	for (uint32_t i = 0; i < c->args.paths.len; i++) {
		struct arena *a = arena_new(0);
		struct explored e = explore_file(a, c->args.paths.data[i], &c->oracle.explore);
		add_file(&c->totals, &e);
		if (c->files)
			json_object_array_add(c->files, file_json(&e));
		else
			print_file(out, c, &e);
		arena_free(a);
	}
	if (c->files)
		put_json(out, c);
	else
		print_totals(out, &c->totals);
	if (c->totals.internal)
		return STATUS_FAILED;
	if (!c->totals.directives)
		return STATUS_NOTHING;
	return c->totals.by[EXPLORED_SOME] || c->totals.by[EXPLORED_NONE] ? STATUS_UNEXPECTED
									  : STATUS_OK;
}

static const struct run_args_option own[] = {{"max-runs", true, oracle_args_max_runs, false},
	{"depth", true, oracle_args_depth, false}, {0}};

enum { FORMAT_JSON = 1 };

static const char *const formats[] = {"human", "json", NULL};

static int
explore_paths(void *env)
{
	struct command *c = env;
	c->oracle.explore.run = c->args.run;
	c->files = c->args.format == FORMAT_JSON ? json_object_new_array() : NULL;
	c->again = run_args_again(&c->args);
	return run_args_report(&c->args, explore_all, c);
}

int
cmd_explore(int argc, char **argv)
{
	struct command c = {.oracle = {.explore = {.max_runs = 10000, .depth = 100}}};
	c.args = (struct run_args){.command = "explore",
		.arena = arena_new(0),
		.formats = formats,
		.run = {.timeout = 60, .features = features_of(PROFILE_P3)}};
	return run_args_command(&c.args, argc, argv, own, &c, help, explore_paths);
}
