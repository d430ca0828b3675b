/* arena.c - a chain of blocks; single mallocs under AddressSanitizer, so that it sees every
 * overrun and every use after the arena is gone. */
#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

#if defined(__SANITIZE_ADDRESS__)
#define BLOCK_SIZE 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define BLOCK_SIZE 0
#endif
#endif
#ifndef BLOCK_SIZE
#define BLOCK_SIZE 32768
#endif

#define DEFAULT_LIMIT (UINT64_C(2) << 30)
#define ALIGN         16

struct block {
	struct block *next;
	size_t used, size; /* bytes behind the header */
};

struct deferred {
	struct deferred *next;
	void (*fn)(void *env);
	void *env;
};

struct arena {
	struct block *blocks;
	struct deferred *deferred;
	uint64_t used, limit;
};

_Static_assert(sizeof(struct block) <= 2 * ALIGN, "a block header is at most two units");
#define HEADER (2 * ALIGN)

struct arena *
arena_new(uint64_t limit)
{
	struct arena *a = calloc(1, sizeof *a);
	if (!a)
		raise_error(ERR_EXHAUSTED, NO_LOC, "memory-limit", "out of memory");
	a->limit = limit ? limit : DEFAULT_LIMIT;
	return a;
}

void
arena_free(struct arena *a)
{
	if (!a)
		return;
	while (a->deferred) {
		struct deferred *d = a->deferred;
		a->deferred = d->next;
		d->fn(d->env);
	}
	while (a->blocks) {
		struct block *b = a->blocks;
		a->blocks = b->next;
		free(b);
	}
	free(a);
}

static struct block *
add_block(struct arena *a, size_t size)
{
	size_t room = size > BLOCK_SIZE ? size : BLOCK_SIZE;
	struct block *b = calloc(1, HEADER + room);
	if (!b)
		raise_error(ERR_EXHAUSTED, NO_LOC, "memory-limit", "out of memory");
	b->size = room;
	/* A large object gets a block of its own behind the current one, which stays in use. */
	if (a->blocks && size > BLOCK_SIZE / 4) {
		b->next = a->blocks->next;
		a->blocks->next = b;
	} else {
		b->next = a->blocks;
		a->blocks = b;
	}
	return b;
}

void *
arena_alloc(struct arena *a, size_t size)
{
	if (size > a->limit - a->used)
		raise_error(ERR_EXHAUSTED, NO_LOC, "memory-limit",
			"more than %llu bytes of working memory", (unsigned long long)a->limit);
	size = (size + (size == 0) + ALIGN - 1) / ALIGN * ALIGN;
	struct block *b = a->blocks;
	if (!b || b->size - b->used < size)
		b = add_block(a, size);
	void *p = (char *)b + HEADER + b->used;
	b->used += size;
	a->used += size < a->limit - a->used ? size : a->limit - a->used;
	return p;
}

void *
arena_array(struct arena *a, size_t n, size_t size)
{
	size_t total;
	if (__builtin_mul_overflow(n, size, &total))
		total = SIZE_MAX;
	return arena_alloc(a, total);
}

void *
arena_grow(struct arena *a, void *old, size_t old_size, size_t new_size)
{
	void *p = arena_alloc(a, new_size);
	if (old_size)
		memcpy(p, old, old_size < new_size ? old_size : new_size);
	return p;
}

char *
arena_strndup(struct arena *a, const char *s, size_t n)
{
	char *p = arena_alloc(a, n + 1);
	memcpy(p, s, n);
	return p;
}

char *
arena_strdup(struct arena *a, const char *s)
{
	return arena_strndup(a, s, strlen(s));
}

char *
arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap, again;
	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	char *p = arena_alloc(a, (size_t)n + 1);
	vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	return p;
}

void
arena_defer(struct arena *a, void (*fn)(void *env), void *env)
{
	struct deferred *d = arena_new_of(a, struct deferred);
	*d = (struct deferred){a->deferred, fn, env};
	a->deferred = d;
}

uint64_t
arena_used(const struct arena *a)
{
	return a->used;
}
