/* cmd.h - the commands of the program. Each gets its own arguments (argv[0] is the command's
 * name) and gives back the exit status. */
#ifndef CANON_CMD_CMD_H
#define CANON_CMD_CMD_H

enum status {
	STATUS_OK = 0,
	STATUS_UNEXPECTED = 1, /* something was not as expected */
	STATUS_USAGE = 2,
	STATUS_FAILED = 3,  /* the program itself failed */
	STATUS_NOTHING = 4, /* no directive ran */
};

/* How the program was called: argv[0] of main. */
extern const char *program_name;

int cmd_run(int argc, char **argv);
int cmd_explain(int argc, char **argv);
int cmd_abi(int argc, char **argv);
int cmd_validate(int argc, char **argv);
int cmd_encode(int argc, char **argv);
int cmd_print(int argc, char **argv);
int cmd_features(int argc, char **argv);
int cmd_adapt(int argc, char **argv);
int cmd_equiv(int argc, char **argv);
int cmd_subset(int argc, char **argv);
int cmd_explore(int argc, char **argv);
int cmd_trace(int argc, char **argv);
int cmd_diff(int argc, char **argv);
int cmd_invoke(int argc, char **argv);
int cmd_reduce(int argc, char **argv);

#endif
