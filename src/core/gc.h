/* gc.h - references at run time, and what they refer to: core specification, "Execution", "Values"
 * (references), "Structure and Array Instances" and "Exception Instances".
 *
 * A null reference is 0. A function reference is the address of a struct core_func, an exception
 * reference that of a struct core_object. What anyref and externref can hold says itself what it is,
 * by its two low bits: 00, the address of an object; 01, an i31; 10, an external reference, with
 * a number for its identity. Conversions between the two change nothing.
 *
 * collect.h makes objects, and collects them. */
#ifndef CANON_CORE_GC_H
#define CANON_CORE_GC_H

#include "core/instance.h"

/* A struct has its fields as slots (a v128 takes two), an array its elements at their storage
 * size; an exception (exec_exception.h), whose type is its tag's, the tag and its values. */
struct core_object {
	uint32_t type_id; /* in the store's types */
	uint32_t len;     /* array: elements */
	uint32_t bytes;   /* of what follows */
	uint32_t number;  /* its place in the list of all */
	union core_raw data[];
};

/* Bytes of an array's element. */
uint32_t core_storage_size(struct core_valtype t);

/* Slots of a value, and of the fields of a struct before the one with an index. */
uint32_t core_field_slot(const struct core_subtype *t, uint32_t field);

enum core_ref_kind { CORE_REF_NULL, CORE_REF_OBJECT, CORE_REF_I31, CORE_REF_EXTERNAL };

/* Of a value of anyref or externref. */
enum core_ref_kind core_ref_kind(union core_raw v);

union core_raw core_ref_i31(uint32_t value);
uint32_t core_ref_i31_value(union core_raw v); /* 31 bits */
union core_raw core_ref_external(uint32_t number);
uint32_t core_ref_external_number(union core_raw v);

/* Whether a reference has a type, which is numbered as the store does it, and of the hierarchy
 * that the reference belongs to. */
bool core_ref_has_type(const struct core_types *ts, union core_raw v, struct core_valtype type);

#endif
