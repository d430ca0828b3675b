/* text.c - fuzz target: the text format. What can be parsed can be printed, and what was printed
 * prints the same again. */
#include "fuzz.h"

#include "text/sexpr.h"

static struct str
print_of(struct arena *a, struct str text)
{
	struct source src = {.name = "printed", .text = text.ptr, .len = text.len};
	struct loaded l = load_text(a, sexpr_read(a, &src));
	return fuzz_print(a, &l);
}

static void
target(struct fuzz_input *in)
{
	struct loaded l = load_text(in->arena, sexpr_read(in->arena, &in->source));
	struct str once = fuzz_print(in->arena, &l);
	fuzz_need_same(once, print_of(in->arena, once), "text");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return fuzz_run(target, data, size);
}
