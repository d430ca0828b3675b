/* oracle_args.c - see oracle_args.h. */
#include "cmd/oracle_args.h"

#include "cmd/cmd.h"
#include "oracle/runtimes.h"

bool
oracle_args_max_runs(void *env, struct run_args *args, const char *arg)
{
	struct oracle_args *o = env;
	return run_args_count(args, "max-runs", arg, 1, &o->explore.max_runs);
}

bool
oracle_args_depth(void *env, struct run_args *args, const char *arg)
{
	struct oracle_args *o = env;
	return run_args_count(args, "depth", arg, 0, &o->explore.depth);
}

bool
oracle_args_runtime(void *env, struct run_args *args, const char *arg)
{
	struct oracle_args *o = env;
	vec_push(args->arena, &o->names, arg);
	return true;
}

bool
oracle_args_answer(void *env, struct run_args *args, const char *arg)
{
	struct oracle_args *o = env;
	return run_args_seconds(args, "answer", arg, &o->answer);
}

static bool
start_runtime(struct oracle_args *o, struct run_args *args, const char *name)
{
	struct runtime_row row;
	const char *why = "";
	struct diff_runtime r = {0};
	if (runtimes_find(args->arena, program_name, name, &row, &why))
		r = (struct diff_runtime){
			runtime_start(args->arena, row.name, row.command, o->answer, &why),
			row.engine, row.validator};
	if (r.runtime)
		vec_push(args->arena, &o->runtimes, r);
	else
		fprintf(stderr, "canon %s: runtime %s: %s\n", args->command, name, why);
	return r.runtime != NULL;
}

bool
oracle_args_start(struct oracle_args *o, struct run_args *args)
{
	bool good = true;
	o->explore.run = args->run;
	for (uint32_t i = 0; good && i < o->names.len; i++)
		good = start_runtime(o, args, o->names.data[i]);
	return good;
}

void
oracle_args_end(struct oracle_args *o)
{
	for (uint32_t i = 0; i < o->runtimes.len; i++)
		runtime_end(o->runtimes.data[i].runtime);
	o->runtimes.len = 0;
}

const char *
oracle_args_again(struct arena *a, const struct oracle_args *o, uint32_t runtime)
{
	return arena_printf(a, " --runtime '%s'", o->names.data[runtime]);
}
