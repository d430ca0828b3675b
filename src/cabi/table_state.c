/* table_state.c - handle tables; the index that was freed last is given out first.
 * CanonicalABI.md, "Table State". */
#include "cabi/cabi.h"

/// ### Table State

Table *
Table_new(struct arena *a)
{
	Table *self = arena_new_of(a, Table);
	self->arena = a;
	vec_push(a, &self->array, NULL);
	return self;
}

/* C: an index instead of a generator: from each element to the next. */
uint32_t
Table___iter__(Table *self, uint32_t i)
{
	for (; i < self->array.len; i++)
		if (self->array.data[i])
			return i;
	return 0;
}

void *
Table_get(Table *self, num i)
{
	trap_if(i >= self->array.len);
	trap_if(!self->array.data[i]);
	return self->array.data[i];
}

uint32_t
Table_add(Table *self, void *e)
{
	uint32_t i;
	if (self->free.len) {
		i = vec_pop(&self->free);
		assert(!self->array.data[i]);
		self->array.data[i] = e;
	} else {
		i = self->array.len;
		trap_if(i > Table_MAX_LENGTH);
		vec_push(self->arena, &self->array, e);
	}
	return i;
}

void *
Table_remove(Table *self, num i)
{
	void *e = Table_get(self, i);
	self->array.data[i] = NULL;
	vec_push(self->arena, &self->free, (uint32_t)i);
	return e;
}
