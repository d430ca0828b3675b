/* choose.h - all nondeterminism of the specification goes through choose().
 *
 * Drivers: deterministic (always 0: the specification's deterministic profile), seeded, and
 * replay of a recorded sequence. The first CHOOSE_RECORD_MAX choices are recorded. */
#ifndef CANON_BASE_CHOOSE_H
#define CANON_BASE_CHOOSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A number below n (n > 0). With n == 1 nothing is chosen and nothing recorded. */
#define choose(n) choose_at(n, __func__)

uint32_t choose_at(uint32_t n, const char *where);

/* A choice that is made once and then kept, until the driver is set again: a parameter of the
 * semantics, such as those of relaxed instructions. `which` is below CHOOSE_ONCE. */
#define CHOOSE_ONCE 16
uint32_t choose_once(unsigned which, uint32_t n, const char *where);

#define CHOOSE_RECORD_MAX (UINT32_C(1) << 16)

struct choice {
	uint32_t value, n;
	const char *where; /* the function that asked; static */
};

/* True when the driver always answers 0. */
bool choose_is_deterministic(void);

/* Seed 0: deterministic. Any other: a pseudo-random sequence that depends on the seed alone.
 * Forgets what was recorded. */
void choose_seed(uint64_t seed);

/* Replays the values of `n` recorded choices (copied); once they are used up, 0. A choice that does not fit
 * (not below n) raises ERR_SCRIPT ("choices"). Forgets what was recorded. */
void choose_replay(const uint32_t *choices, size_t n);

/* The recorded of the choices made since the driver was set; borrowed until the next choose call. */
const struct choice *choose_record(size_t *n);

/* Frees what the driver holds. */
void choose_release(void);

#endif
