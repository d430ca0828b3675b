/* fuzz.c - see fuzz.h. */
#define _GNU_SOURCE
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/budget.h"
#include "base/error.h"
#include "core/print.h"

#define MEMORY  (UINT64_C(512) << 20)
#define SECONDS 5

struct running {
	void (*target)(struct fuzz_input *in);
	struct fuzz_input *in;
};

static void
start(void *env)
{
	const struct running *r = env;
	r->target(r->in);
}

int
fuzz_run(void (*target)(struct fuzz_input *in), const uint8_t *data, size_t size)
{
	struct fuzz_input in = {.arena = arena_new(MEMORY)};
	struct running r = {target, &in};
	struct error err;
	/* a copy of its own size: what reads beyond it is seen */
	char *copy = malloc(size ? size : 1);
	if (size)
		memcpy(copy, data, size);
	in.source = (struct source){.name = "input", .text = copy, .len = size};
	budget_start(0, SECONDS);
	bool good = protect(start, &r, &err);
	budget_start(0, 0);
	source_release(&in.source);
	arena_free(in.arena);
	free(copy);
	if (!good && err.kind == ERR_INTERNAL) {
		fprintf(stderr, "internal error: %s\n", err.message);
		abort();
	}
	return 0;
}

struct str
fuzz_encode(struct arena *a, const struct loaded *l)
{
	struct strbuf out = {.arena = a};
	load_encode(&out, l);
	return strbuf_str(&out);
}

struct str
fuzz_print(struct arena *a, const struct loaded *l)
{
	const struct print_options options = {.names = true};
	return load_print_text(a, l, &options);
}

void
fuzz_need_same(struct str a, struct str b, const char *what)
{
	if (str_eq(a, b))
		return;
	fprintf(stderr, "%s: not the same\n--- %.2000s\n--- %.2000s\n", what, a.ptr, b.ptr);
	abort();
}
