/* binary.c - fuzz target: the binary format. What can be decoded can be encoded, and what was
 * encoded comes out the same again. */
#include "fuzz.h"

#include "component/decode.h"
#include "core/decode.h"

static struct loaded
decode(struct arena *a, struct str bytes, const struct source *src)
{
	struct loaded l = {0};
	if (component_is_binary(bytes))
		l.component = component_decode(a, bytes, src);
	else
		l.module = core_decode(a, bytes, src);
	return l;
}

static void
target(struct fuzz_input *in)
{
	struct str bytes = {in->source.text, in->source.len};
	in->source.binary = true;
	struct loaded l = decode(in->arena, bytes, &in->source);
	struct str once = fuzz_encode(in->arena, &l);
	struct loaded again = decode(in->arena, once, NULL);
	fuzz_need_same(once, fuzz_encode(in->arena, &again), "binary");
	fuzz_print(in->arena, &l);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return fuzz_run(target, data, size);
}
