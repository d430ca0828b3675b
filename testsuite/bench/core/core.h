/* core.h - what the core benchmarks share. Each of them is one freestanding C file, which exports
 * run(): it takes nothing, does a fixed piece of work, and returns a checksum of all of it. */
#ifndef CORE_H
#define CORE_H

#include <stddef.h>
#include <stdint.h>

uint32_t run(void);

static uint32_t random_state = 1;

/* xorshift32: never 0. */
static inline uint32_t
next_random(void)
{
	uint32_t x = random_state;
	x ^= x << 13;
	x ^= x >> 17;
	x ^= x << 5;
	return random_state = x;
}

static inline uint32_t
mix(uint32_t sum, uint32_t x)
{
	return (sum ^ x) * 16777619u;
}

#endif
