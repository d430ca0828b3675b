/* fast.h - short ways for what is copied most: lists of integers, and strings of ASCII. Not of
 * the document: each gives exactly what the literal way gives, or declines, and a test compares
 * the two. */
#ifndef CANON_CABI_FAST_H
#define CANON_CABI_FAST_H

#include "cabi/cabi.h"

/* False: everything goes the literal way. For tests. */
extern bool fast_paths;

/* The elements of a valid range, packed, in the running heap. False, with nothing done, unless there
 * are elements, and they are integers. */
bool fast_load_list(LiftLowerContext *cx, num ptr, num length, ValType *elem_type, Values *out);

/* The bytes of a packed list; 0 for another one. */
size_t fast_packed_bytes(const Values *vs, const ValType *elem_type);

/* Stores them into a valid range. False, with nothing done, unless they are integers. */
bool fast_store_list(LiftLowerContext *cx, Values v, num ptr, ValType *elem_type);

/* Is it all below 0x80? */
bool fast_is_ascii(const uint8_t *bytes, size_t n);

#endif
