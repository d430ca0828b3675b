/* compute - loops over integers of 32 and 64 bits: a sieve, the lengths of Collatz sequences, greatest
 * common divisors. */
#include "core.h"

#define LIMIT 400000

static uint8_t composite[LIMIT];

static uint32_t
count_primes(void)
{
	uint32_t count = 0;
	for (uint32_t i = 2; i < LIMIT; i++)
		composite[i] = 0;
	for (uint32_t i = 2; i < LIMIT; i++) {
		if (composite[i])
			continue;
		count++;
		for (uint32_t k = 2 * i; k < LIMIT; k += i)
			composite[k] = 1;
	}
	return count;
}

static uint32_t
longest_sequence(uint32_t limit)
{
	uint32_t longest = 0, of = 0;
	for (uint32_t start = 1; start < limit; start++) {
		uint64_t n = start;
		uint32_t length = 1;
		for (; n != 1; length++)
			n = n & 1 ? 3 * n + 1 : n >> 1;
		if (length > longest) {
			longest = length;
			of = start;
		}
	}
	return mix(longest, of);
}

static uint32_t
greatest_divisors(uint32_t limit)
{
	uint32_t sum = 0;
	for (uint32_t i = 1; i < limit; i++) {
		uint32_t a = i, b = limit - i;
		while (b) {
			uint32_t rest = a % b;
			a = b;
			b = rest;
		}
		sum += a;
	}
	return sum;
}

__attribute__((export_name("run"))) uint32_t
run(void)
{
	uint32_t sum = 0;
	for (int i = 0; i < 6; i++)
		sum = mix(sum, count_primes());
	sum = mix(sum, longest_sequence(90000));
	return mix(sum, greatest_divisors(200000));
}
