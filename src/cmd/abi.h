/* abi.h - the parts of canon abi: requests, types from text, values to and from JSON. What it
 * takes and gives is in spec/abi.md. Internal to cmd/. */
#ifndef CANON_CMD_ABI_H
#define CANON_CMD_ABI_H

#include <json-c/json.h>

#include "cabi/cabi.h"

/* Answers one request: a new object, for the caller to put. Raises nothing: what is wrong with
 * the request, and a trap, are in the answer. */
struct json_object *abi_answer(struct json_object *request);

/* An answer that says what is wrong. */
struct json_object *abi_error(const char *kind, const char *message);

/* ---- for the parts ---- */

/* What values of a request refer to. */
struct abi_context {
	StringEncoding source;   /* of the strings that are lowered; latin1 and latin1_utf16 are */
	num utf16_tag;           /* the two halves of latin1+utf16, and the second has this tag */
	ComponentInstance *inst; /* its handles name streams, futures and error contexts */
	Table *shared;           /* by the index that they had, what lifting took out of there */
};

/* Raises ERR_SCRIPT ("request") with a message: what is wrong with a request. */
NORETURN void abi_wrong(const char *fmt, ...) PRINTF(1, 2);

/* A member of an object; null where it is missing or null. */
struct json_object *abi_member(struct json_object *o, const char *key);

/* An unsigned number, as a JSON number or as a decimal string, up to `max`. `what` is for the
 * message. */
uint64_t abi_number(struct json_object *o, const char *what, uint64_t max);

/* Values and core values as JSON, and back: see spec/abi.md. Raise ERR_SCRIPT where a value does
 * not fit its type. In the running heap. */
Value abi_value_in(const struct abi_context *c, struct json_object *o, ValType *t);
struct json_object *abi_value_out(const struct abi_context *c, const Value *v, ValType *t);
CoreValue abi_core_in(struct json_object *o, CoreType t);
struct json_object *abi_core_out(CoreValue v);
const char *abi_core_name(CoreType t);

#endif
