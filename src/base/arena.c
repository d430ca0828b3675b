/* arena.c - a chain of blocks, each four times as large as the one before, up to a limit; single
 * mallocs under AddressSanitizer, so that it sees every overrun and every use after the arena
 * is gone. A parent keeps some of the children that were freed, each with one small block, since
 * many come and go. */
#include "base/arena.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

#if UNDER_ASAN
static const size_t first_block = 0, last_block = 0;
static const uint32_t max_spare = 0;
#else
static const size_t first_block = 512, last_block = 32768;
static const uint32_t max_spare = 256;
#endif
#define SPARE_BLOCK 2048 /* the largest that a spare arena keeps */

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
	size_t next_block;
	struct arena *parent, *prev, *next; /* siblings, or spare siblings by next */
	struct arena *children, *spare;
	uint32_t nchildren, nspare;
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
	a->next_block = first_block;
	return a;
}

struct arena *
arena_child(struct arena *parent)
{
	struct arena *a = parent->spare;
	if (a) {
		parent->spare = a->next;
		parent->nspare--;
	} else {
		a = arena_new(0);
		a->parent = parent;
	}
	a->prev = NULL;
	a->next = parent->children;
	if (a->next)
		a->next->prev = a;
	parent->children = a;
	parent->nchildren++;
	return a;
}

uint32_t
arena_children(const struct arena *a)
{
	return a->nchildren;
}

static void
unlink_child(struct arena *a)
{
	if (a->prev)
		a->prev->next = a->next;
	else
		a->parent->children = a->next;
	if (a->next)
		a->next->prev = a->prev;
	a->parent->nchildren--;
}

/* Empties an arena, but for a small block if `keep` says so. */
static void
empty(struct arena *a, bool keep)
{
	while (a->children)
		arena_free(a->children);
	while (a->deferred) {
		struct deferred *d = a->deferred;
		a->deferred = d->next;
		d->fn(d->env);
	}
	struct block *kept = NULL;
	while (a->blocks) {
		struct block *b = a->blocks;
		a->blocks = b->next;
		if (keep && !kept && b->size <= SPARE_BLOCK)
			kept = b;
		else
			free(b);
	}
	if (kept) {
		memset((char *)kept + HEADER, 0, kept->used);
		*kept = (struct block){.size = kept->size};
	}
	a->blocks = kept;
	a->used = 0;
	a->next_block = first_block;
}

static void
free_spares(struct arena *a)
{
	while (a->spare) {
		struct arena *s = a->spare;
		a->spare = s->next;
		free(s->blocks);
		free(s);
	}
}

void
arena_free(struct arena *a)
{
	if (!a)
		return;
	struct arena *parent = a->parent;
	bool is_spare = parent && parent->nspare < max_spare;
	empty(a, is_spare);
	free_spares(a);
	a->nspare = 0;
	if (parent)
		unlink_child(a);
	if (is_spare) {
		a->next = parent->spare;
		parent->spare = a;
		parent->nspare++;
	} else {
		free(a);
	}
}

static struct block *
add_block(struct arena *a, size_t size)
{
	/* A large object gets a block of its own behind the current one, which stays in use. */
	bool is_large = size > last_block / 4;
	size_t room = is_large || size > a->next_block ? size : a->next_block;
	struct block *b = calloc(1, HEADER + room);
	if (!b)
		raise_error(ERR_EXHAUSTED, NO_LOC, "memory-limit", "out of memory");
	b->size = room;
	if (a->blocks && is_large) {
		b->next = a->blocks->next;
		a->blocks->next = b;
		return b;
	}
	b->next = a->blocks;
	a->blocks = b;
	if (a->next_block < last_block)
		a->next_block *= 4;
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
