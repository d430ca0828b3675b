/* oracle_args.h - what canon explore, diff and reduce have in common on the command line: bounds of the
 * search, and runtimes. */
#ifndef CANON_CMD_ORACLE_ARGS_H
#define CANON_CMD_ORACLE_ARGS_H

#include "cmd/run_args.h"
#include "oracle/diff.h"

/* The first member of the env of a command's own options that the functions below read. */
struct oracle_args {
	struct explore_options explore; /* without its `run`, until oracle_args_start */
	double answer;                  /* seconds that a runtime may take */
	VEC(const char *) names;
	VEC(struct diff_runtime) runtimes; /* one for each name, once they are started */
};

/* --max-runs, --depth, --runtime and --answer. */
run_args_own_fn oracle_args_max_runs, oracle_args_depth, oracle_args_runtime, oracle_args_answer;

/* Takes what is to be run from the common arguments, and starts the runtimes. False, with a message,
 * where one cannot be started. oracle_args_end afterwards, in any case. */
bool oracle_args_start(struct oracle_args *o, struct run_args *args);
void oracle_args_end(struct oracle_args *o);

/* " --runtime 'NAME'" */
const char *oracle_args_again(struct arena *a, const struct oracle_args *o, uint32_t runtime);

#endif
