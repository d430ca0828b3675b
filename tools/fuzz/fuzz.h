/* fuzz.h - what the fuzz targets share. A target is LLVMFuzzerTestOneInput of one file; see
 * tools/fuzz/run. What an input raises is fine, whatever it is, except ERR_INTERNAL. */
#ifndef CANON_FUZZ_H
#define CANON_FUZZ_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "component/load.h"

struct fuzz_input {
	struct arena *arena; /* with a limit, so that a small input cannot ask for much */
	struct source source;
	struct loaded loaded;
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Runs a target's function over an input, within bounds of time and memory; aborts on
 * ERR_INTERNAL. */
int fuzz_run(void (*target)(struct fuzz_input *in), const uint8_t *data, size_t size);

/* Formats, and aborts unless the two are the same. */
struct str fuzz_encode(struct arena *a, const struct loaded *l);
struct str fuzz_print(struct arena *a, const struct loaded *l);
void fuzz_need_same(struct str a, struct str b, const char *what);

#endif
