/* words.c - a program that leans on the C library: memory, strings, sorting, formatting, mathematics.
 * tools/programs builds it for wasm32-wasi and for this machine, and compares what the functions
 * return. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint32_t
next(uint32_t *state)
{
	*state = *state * 1664525u + 1013904223u;
	return *state >> 8;
}

static uint64_t
hash(uint64_t h, const char *s)
{
	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * UINT64_C(1099511628211);
	return h;
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* A word of up to 12 letters, and a number. */
static char *
make_word(uint32_t *state)
{
	char letters[16] = "";
	size_t n = 1 + next(state) % 12;
	for (size_t i = 0; i < n; i++)
		letters[i] = (char)('a' + next(state) % 26);
	int len = snprintf(NULL, 0, "%s-%03u", letters, next(state) % 1000);
	char *word = malloc((size_t)len + 1);
	if (!word)
		abort();
	sprintf(word, "%s-%03u", letters, next(state) % 1000);
	return word;
}

/* n words, sorted and joined; the hash of that. */
uint64_t
sort_words(uint32_t seed, uint32_t n)
{
	char **words = calloc(n, sizeof *words);
	uint64_t h = UINT64_C(14695981039346656037);
	size_t len = 1;
	for (uint32_t i = 0; i < n; i++) {
		words[i] = make_word(&seed);
		len += strlen(words[i]) + 1;
	}
	qsort(words, n, sizeof *words, by_text);
	char *joined = calloc(len, 1), *end = joined;
	for (uint32_t i = 0; i < n; i++) {
		end = stpcpy(end, words[i]);
		*end++ = i + 1 < n ? ',' : 0;
		free(words[i]);
	}
	h = hash(h, joined);
	for (char *word = strtok(joined, ","); word; word = strtok(NULL, ","))
		h = h * 31 + (uint64_t)strtol(strchr(word, '-') + 1, NULL, 10);
	free(joined);
	free(words);
	return h;
}

/* Numbers as text and back: what is lost on the way. */
double
text_and_back(double x, uint32_t digits)
{
	char text[64];
	snprintf(text, sizeof text, "%.*e", (int)(digits % 20), x);
	return strtod(text, NULL) - x;
}

/* The hash of numbers in several formats. */
uint64_t
format_numbers(uint32_t n)
{
	uint64_t h = UINT64_C(14695981039346656037);
	char text[128];
	for (uint32_t i = 1; i <= n; i++) {
		double x = (i * 7919.0 - n) / (i * i + 3.0);
		snprintf(text, sizeof text, "%d|%8x|%+.3f|%g|%-10ld|%c", (int)i - 5,
			i * 2654435761u, x, x * 1e10, (long)i * -3, (int)('a' + i % 26));
		h = hash(h, text);
	}
	return h;
}

/* A sum over what the mathematics part offers, but only what rounds the same everywhere. */
double
waves(double step, uint32_t n)
{
	double sum = 0;
	for (uint32_t i = 1; i <= n; i++) {
		double x = step * i;
		sum += sqrt(x) + floor(x) - ceil(-x) + fmod(x, 3) + ldexp(x, -3) + fabs(x - 10) +
		       round(x) + hypot(x, 2 * x);
	}
	return sum;
}

/* The number of primes below n. */
uint32_t
primes(uint32_t n)
{
	unsigned char *composite = calloc(n, 1);
	uint32_t count = 0;
	for (uint64_t i = 2; i < n; i++) {
		count += !composite[i];
		for (uint64_t k = i * i; k < n && !composite[i]; k += i)
			composite[k] = 1;
	}
	free(composite);
	return count;
}
