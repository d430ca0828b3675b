/* seen.c - see seen.h. */
#include "oracle/seen.h"

#include <stdlib.h>

static bool
put(struct seen *s, uint64_t hash)
{
	uint32_t i = (uint32_t)(hash >> 32 ^ hash) & (s->size - 1);
	while (s->table[i] && s->table[i] != hash)
		i = (i + 1) & (s->size - 1);
	bool is_new = !s->table[i];
	s->table[i] = hash;
	return is_new;
}

static void
grow(struct seen *s)
{
	struct seen bigger = {.size = s->size ? s->size * 2 : 256};
	bigger.table = calloc(bigger.size, sizeof *bigger.table);
	if (!bigger.table)
		abort();
	for (uint32_t i = 0; i < s->size; i++)
		if (s->table[i])
			put(&bigger, s->table[i]);
	bigger.count = s->count;
	free(s->table);
	*s = bigger;
}

bool
seen_add(struct seen *s, uint64_t hash)
{
	if (s->count >= s->size / 2)
		grow(s);
	bool is_new = put(s, hash ? hash : 1);
	s->count += is_new;
	return is_new;
}

void
seen_free(struct seen *s)
{
	free(s->table);
	*s = (struct seen){0};
}
