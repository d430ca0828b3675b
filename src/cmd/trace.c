/* trace.c - canon trace: a run of a script, call by call, in the definitions' names. */
#include <stdio.h>

#include "cmd/cmd.h"
#include "cmd/run_args.h"
#include "oracle/transcript.h"

static const char help[] =
	"usage: canon trace [options] PATH...\n"
	"\n"
	"Runs scripts and prints what the Canonical ABI did, call by call, in the names of the\n"
	"definitions: the calls of core code into the ABI and of the ABI into core code with "
	"their\n"
	"core values, the values that were lifted, what built-ins stored, threads, choices, and\n"
	"errors where they came from. Below each directive stands its outcome.\n"
	"\n"
	"  --seed N, --choices N,N,...  as in canon run: what it and canon explore print\n"
	"  --max-events N     print so many events of a directive, and then only errors (default\n"
	"                     10000; 0: all)\n"
	"  --format human|json  for people, where long values are cut short unless --verbose is\n"
	"                     given; or an object on a line of its own for each "
	"event\n" RUN_ARGS_HELP "\n"
	"Exit status, as of canon run: 0 all as expected; 1 something was not; 2 usage; 3 Canon\n"
	"itself failed; 4 no directive ran.\n";

enum { FORMAT_JSON = 1 };

static const char *const formats[] = {"human", "json", NULL};

struct command {
	struct run_args args;
	struct transcript_options options;
};

static bool
read_max_events(void *env, struct run_args *args, const char *arg)
{
	struct command *c = env;
	return run_args_number(args, "max-events", arg, UINT64_MAX, &c->options.max_events);
}

static const struct run_args_option own[] = {{"seed", true, run_args_seed, false},
	{"choices", true, run_args_choices, false}, {"max-events", true, read_max_events, false},
	{0}};

static int
trace_all(void *env, FILE *out)
{
	struct command *c = env;
	struct report r = {.arena = arena_new(0)};
	for (uint32_t i = 0; i < c->args.paths.len; i++)
		transcript_file(out, &r, c->args.paths.data[i], &c->options);
	int status = report_status(&r);
	arena_free(r.arena);
	if (status == STATUS_NOTHING)
		fprintf(stderr, "canon trace: no directive ran\n");
	return status;
}

static int
trace_paths(void *env)
{
	struct command *c = env;
	c->options.run = c->args.run;
	c->options.json = c->args.format == FORMAT_JSON;
	c->options.uncut = c->args.verbose;
	return run_args_report(&c->args, trace_all, c);
}

int
cmd_trace(int argc, char **argv)
{
	struct command c = {.options = {.max_events = 10000}};
	c.args = (struct run_args){.command = "trace",
		.arena = arena_new(0),
		.formats = formats,
		.run = {.timeout = 60, .features = features_of(PROFILE_P3)}};
	return run_args_command(&c.args, argc, argv, own, &c, help, trace_paths);
}
