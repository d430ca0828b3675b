/* equiv.c - canon equiv: bounded equivalence of realloc and lazy. */
#define _GNU_SOURCE
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>

#include "base/choose.h"
#include "base/error.h"
#include "base/fiber.h"
#include "cmd/cmd.h"
#include "oracle/equiv.h"
#include "script/catalogue.h"

static const char help[] =
	"usage: canon equiv [--size N]\n"
	"\n"
	"Lowers all values up to a size, of all types up to that size, by realloc and by lazy\n"
	"values, in three encodings, with 32-bit and 64-bit memories, as a parameter, among many\n"
	"parameters and as a result; and compares what comes of it: core values, memory, handles,\n"
	"and the value that is lifted again.\n"
	"\n"
	"  --size N  default 2; types are counted in nodes, values in leaves and lists\n"
	"  --help    this text\n"
	"\n"
	"Exit status: 0 they are the same; 1 they differ; 2 usage; 3 Canon itself failed.\n";

static int
usage(void)
{
	fprintf(stderr, "canon equiv: it takes nothing but --size, a number from 1 to 4\n%s", help);
	return STATUS_USAGE;
}

struct job {
	struct arena *arena;
	struct equiv equiv;
};

static void
run(void *env)
{
	struct job *j = env;
	equiv_run(j->arena, &j->equiv);
}

int
cmd_equiv(int argc, char **argv)
{
	static const struct option options[] = {
		{"size", required_argument, NULL, 's'}, {"help", no_argument, NULL, 'h'}, {0}};
	struct job j = {.equiv = {.size = 2}};
	struct error err;
	int option;
	optind = 1;
	opterr = 0;
	while ((option = getopt_long(argc, argv, ":", options, NULL)) != -1) {
		if (option == 'h') {
			fputs(help, stdout);
			return STATUS_OK;
		}
		bool is_digit = option == 's' && *optarg && !optarg[1];
		j.equiv.size = is_digit ? (uint32_t)(*optarg - '0') : 0;
		if (j.equiv.size < 1 || j.equiv.size > 4)
			return usage();
	}
	if (optind != argc)
		return usage();
	catalogue_install();
	choose_seed(0);
	j.arena = arena_new(UINT64_C(8) << 30);
	bool ran = protect(run, &j, &err);
	if (ran)
		printf("%" PRIu64 " types, %" PRIu64 " values, %" PRIu64 " comparisons; %" PRIu64
		       " calls of realloc, %" PRIu64 " of value.lower\n",
			j.equiv.types, j.equiv.values, j.equiv.comparisons, j.equiv.allocations,
			j.equiv.lazy_values);
	if (!ran)
		fprintf(stderr, "canon equiv: %s\n", err.message);
	else if (j.equiv.difference)
		printf("different: %s\n", j.equiv.difference);
	int status = !ran ? STATUS_FAILED : j.equiv.difference ? STATUS_UNEXPECTED : STATUS_OK;
	arena_free(j.arena);
	fiber_release_pool();
	choose_release();
	return status;
}
