/* vec.h - growable arrays in an arena.
 *
 *	VEC(struct core_func) funcs = {0};       or, in a struct:  VEC(int) xs;
 *	vec_push(arena, &funcs, f);
 *	for (uint32_t i = 0; i < funcs.len; i++) use(&funcs.data[i]);
 *
 * Growing moves the elements, so keep indices, not pointers, while a vector still grows. */
#ifndef CANON_BASE_VEC_H
#define CANON_BASE_VEC_H

#include <stdint.h>

#include "base/arena.h"

#define VEC(T) \
	struct { \
		T *data; \
		uint32_t len, cap; \
	}

#define vec_push(a, v, x) \
	do { \
		vec_reserve(a, v, 1); \
		(v)->data[(v)->len++] = (x); \
	} while (0)

/* Makes room for n more elements. */
#define vec_reserve(a, v, n) \
	((v)->data = (v)->cap - (v)->len >= (n) ? (v)->data \
						: vec_grow_((a), (v)->data, (v)->len, &(v)->cap, \
							  (n), sizeof *(v)->data))

/* One more zeroed element; its address. */
#define vec_add(a, v) (vec_reserve(a, v, 1), &(v)->data[(v)->len++])

#define vec_pop(v)  ((v)->data[--(v)->len])
#define vec_last(v) ((v)->data[(v)->len - 1])

void *vec_grow_(struct arena *a, void *data, uint32_t len, uint32_t *cap, uint32_t n, size_t size);

#endif
