/* bytes.h - a mutable run of bytes that may grow in place: a linear memory. Core memories own
 * one, and the Canonical ABI's MemInst points at it, so that neither has to know the other. */
#ifndef CANON_BASE_BYTES_H
#define CANON_BASE_BYTES_H

#include <stdint.h>

struct bytes {
	uint8_t *data; /* may move when the owner grows it: never keep it over a call */
	uint64_t len;
};

#endif
