/* subset.c - canon subset: 1.0-pre against p3, script by script. */
#define _GNU_SOURCE
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clean.h"
#include "base/fiber.h"
#include "cmd/cmd.h"
#include "cmd/files.h"
#include "cmd/options.h"
#include "oracle/subset.h"
#include "script/catalogue.h"

static const char help[] =
	"usage: canon subset [options] PATH...\n"
	"\n"
	"Runs every script that 1.0-pre accepts under 1.0-pre and under p3, and compares verdicts\n"
	"and what happens between core code and the Canonical ABI, event by event. Of every other\n"
	"script it says which features keep it out, and which directives change their verdict for\n"
	"another reason than that. What only realloc keeps out is run adapted, as by canon adapt,\n"
	"and has to come out as under p3.\n"
	"\n"
	"  --seeds N          seed 0 and N more (default 0)\n"
	"  --timeout SECONDS  end a directive after this time (default 60)\n"
	"  --report           a line for every script, with tabs\n"
	"  --help             this text\n"
	"\n"
	"Exit status: 0 1.0-pre is a subset, as far as was run; 1 it is not, or a file is no\n"
	"script; 2 usage; 3 Canon itself failed; 4 no directive ran.\n";

struct totals {
	uint32_t in, out, broken, adapted, differences, changes, directives;
	uint64_t events;
	uint32_t by[FEATURE_COUNT];
};

static int
usage(const char *fmt, const char *what)
{
	return option_wrong("subset", help, fmt, what);
}

/* "realloc 3, threading 1" */
static void
print_features(const struct subset *s)
{
	const char *between = "";
	for (int i = 0; i < FEATURE_COUNT; i++) {
		if (!s->out_by[i])
			continue;
		printf("%s%s %u", between, feature_row((enum feature)i)->name, s->out_by[i]);
		between = ", ";
	}
}

static void
print_line(const struct subset *s)
{
	printf("%s\t%s\t%u\t%" PRIu64 "\t", s->path,
		s->broken       ? "broken"
		: s->adapted    ? "adapted"
		: !s->in        ? "out"
		: s->difference ? "different"
				: "same",
		s->directives, s->events);
	print_features(s);
	printf("\n");
}

static void
add(struct totals *t, const struct subset *s, uint64_t seed)
{
	t->events += s->events;
	t->differences += s->difference != NULL;
	t->differences += s->adapted_difference != NULL;
	t->changes += s->changes.len;
	if (seed)
		return;
	t->directives += s->directives;
	t->in += s->in;
	t->adapted += s->adapted;
	t->broken += s->broken != NULL;
	t->out += !s->in && !s->broken;
	for (int i = 0; i < FEATURE_COUNT; i++)
		t->by[i] += s->out_by[i] > 0;
}

static void
run_one(struct totals *t, const char *path, const struct run_options *o, bool report)
{
	struct arena *a = arena_new(0);
	struct subset s = subset_run(a, path, o);
	add(t, &s, o->seed);
	if (report && !o->seed)
		print_line(&s);
	if (s.broken && !o->seed)
		put_clean_line(stdout, "broken: %s: %s", path, s.broken);
	if (s.difference)
		put_clean_line(
			stdout, "different: %s, seed %" PRIu64 ": %s", path, o->seed, s.difference);
	if (s.adapted_difference)
		put_clean_line(stdout, "different: %s, seed %" PRIu64 ": %s", path, o->seed,
			s.adapted_difference);
	if (report && !o->seed && s.not_adapted)
		put_clean_line(stdout, "not adapted: %s: %s", path, s.not_adapted);
	for (uint32_t i = 0; i < s.changes.len; i++)
		put_clean_line(stdout,
			"changed: %s:%u:%u, seed %" PRIu64 ": under p3 %s; under 1.0-pre %s", path,
			s.changes.data[i].line, s.changes.data[i].column, o->seed,
			s.changes.data[i].p3, s.changes.data[i].pre);
	arena_free(a);
}

static int
print_totals(const struct totals *t, uint64_t seeds)
{
	printf("%u scripts: %u in, %u out, of which %u adapted, %u broken; %" PRIu64
	       " seeds, %" PRIu64 " events compared; %u differences, %u changed verdicts outside\n",
		t->in + t->out + t->broken, t->in, t->out, t->adapted, t->broken, seeds + 1,
		t->events, t->differences, t->changes);
	for (int i = 0; i < FEATURE_COUNT; i++)
		if (t->by[i])
			printf("  %u out by %s\n", t->by[i], feature_row((enum feature)i)->name);
	if (!t->directives && !t->broken)
		return STATUS_NOTHING;
	return t->differences || t->broken ? STATUS_UNEXPECTED : STATUS_OK;
}

static bool
number(const char *text, double most, double *out)
{
	char *end;
	*out = strtod(text, &end);
	return end != text && !*end && *out >= 0 && *out <= most;
}

int
cmd_subset(int argc, char **argv)
{
	static const struct option options[] = {{"seeds", required_argument, NULL, 's'},
		{"timeout", required_argument, NULL, 't'}, {"report", no_argument, NULL, 'r'},
		{"help", no_argument, NULL, 'h'}, {0}};
	struct run_options o = {.timeout = 60};
	struct totals t = {0};
	double seeds = 0;
	bool report = false, good = true;
	int option;
	optind = 1;
	opterr = 0;
	while ((option = getopt_long(argc, argv, ":", options, NULL)) != -1) {
		switch (option) {
		case 's':
			if (!number(optarg, 1e9, &seeds))
				return usage("--seeds takes a number, not %s", optarg);
			break;
		case 't':
			if (!number(optarg, 1e9, &o.timeout))
				return usage("--timeout takes a number of seconds, not %s", optarg);
			break;
		case 'r': report = true; break;
		case 'h': fputs(help, stdout); return STATUS_OK;
		case ':': return usage("%s takes a value", argv[optind - 1]);
		default: return usage("unknown option %s", argv[optind - 1]);
		}
	}
	if (optind == argc)
		return usage("%s", "no PATH is given");
	struct arena *a = arena_new(0);
	Paths paths = {0};
	for (int i = optind; good && i < argc; i++)
		good = find_scripts(a, "subset", argv[i], &paths);
	catalogue_install();
	if (report && good)
		printf("file\tverdict\tdirectives\tevents\tkept out by\n");
	for (uint32_t i = 0; good && i < paths.len; i++)
		for (o.seed = 0; o.seed <= (uint64_t)seeds; o.seed++)
			run_one(&t, paths.data[i], &o, report);
	int status = good ? print_totals(&t, (uint64_t)seeds) : STATUS_USAGE;
	arena_free(a);
	fiber_release_pool();
	return status;
}
