/* main.c - the table of commands. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/version.h"
#include "cmd/cmd.h"
#include "pin.inc"

const char *program_name = "canon";

static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *summary;
} commands[] = {
	{"run", cmd_run, "canon run [options] PATH...    run WAST scripts"},
	{"invoke", cmd_invoke, "canon invoke FILE 'name(...)'  call an export with values in WAVE"},
	{"validate", cmd_validate,
		"canon validate [options] FILE...  is a module or component valid?"},
	{"encode", cmd_encode, "canon encode FILE -o OUT       text to binary"},
	{"print", cmd_print, "canon print FILE               binary to text"},
	{"adapt", cmd_adapt, "canon adapt FILE -o OUT        from realloc to lazy, for 1.0-pre"},
	{"features", cmd_features,
		"canon features               features, and the profiles they are in"},
	{"subset", cmd_subset, "canon subset [options] PATH... is 1.0-pre a subset of p3?"},
	{"explore", cmd_explore, "canon explore [options] PATH...  the outcomes that are allowed"},
	{"diff", cmd_diff, "canon diff --runtime NAME PATH... what a runtime does beside that"},
	{"reduce", cmd_reduce,
		"canon reduce [options] FILE    a smaller script that shows the same"},
	{"trace", cmd_trace, "canon trace [options] PATH...  what the ABI does, call by call"},
	{"equiv", cmd_equiv, "canon equiv [--size N]         do realloc and lazy lower alike?"},
	{"explain", cmd_explain, "canon explain [CLASS...]       what a class of traps means"},
	{"abi", cmd_abi, "canon abi [options] [TYPE]     the Canonical ABI as a calculator"},
};

static void
print_usage(FILE *out)
{
	fprintf(out, "usage: canon COMMAND ...\n\n");
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		fprintf(out, "  %s\n", commands[i].summary);
	fprintf(out, "  canon --help, canon --version\n\ncanon COMMAND --help tells more.\n");
}

static void
print_version(void)
{
	printf("canon %s\n", CANON_VERSION);
	printf("specification: %s at %s (%s)\n", PIN_REPOSITORY, PIN_COMMIT, PIN_DATE);
}

static int
run(int argc, char **argv)
{
	if (argc < 2) {
		print_usage(stderr);
		return STATUS_USAGE;
	}
	if (!strcmp(argv[1], "--help")) {
		print_usage(stdout);
		return STATUS_OK;
	}
	if (!strcmp(argv[1], "--version")) {
		print_version();
		return STATUS_OK;
	}
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
		if (!strcmp(argv[1], commands[i].name))
			return commands[i].run(argc - 1, argv + 1);
	}
	fprintf(stderr, "canon: unknown command %s\n", argv[1]);
	print_usage(stderr);
	return STATUS_USAGE;
}

/* Not as expected where what was printed did not arrive; a command that failed has said why. */
static int
finish(int status)
{
	bool lost = ferror(stdout) != 0;
	if ((fflush(stdout) == 0 && !lost) || status == STATUS_FAILED)
		return status;
	fprintf(stderr, "canon: the output could not be written\n");
	return STATUS_FAILED;
}

int
main(int argc, char **argv)
{
	if (argc > 0)
		program_name = argv[0];
	return finish(run(argc, argv));
}
