/* valid.c - fuzz target: validation, of either format. What is valid stays so when it was encoded
 * and decoded. */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"

struct again {
	struct arena *arena;
	struct str bytes;
};

static void
validate_again(void *env)
{
	const struct again *g = env;
	struct source src = {.name = "encoded", .text = g->bytes.ptr, .len = g->bytes.len};
	struct loaded l = load_source(g->arena, &src);
	load_validate(g->arena, &l, NULL);
}

static void
target(struct fuzz_input *in)
{
	struct loaded l = load_source(in->arena, &in->source);
	load_validate(in->arena, &l, NULL);
	struct again g = {in->arena, fuzz_encode(in->arena, &l)};
	struct error err;
	if (!protect(validate_again, &g, &err) && err.kind != ERR_EXHAUSTED) {
		fprintf(stderr, "valid, but not when encoded: %s\n", err.message);
		abort();
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return fuzz_run(target, data, size);
}
