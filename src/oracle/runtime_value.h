/* runtime_value.h - types and values that are sent, in the protocol of runtimes: spec/runtimes.md,
 * "Types and values"; those that come are in runtime_result.h. JSON objects that are made belong to the
 * caller. */
#ifndef CANON_ORACLE_RUNTIME_VALUE_H
#define CANON_ORACLE_RUNTIME_VALUE_H

#include <json-c/json.h>

#include "cabi/cabi.h"
#include "core/instance.h"
#include "link/value.h"

/* Null for a null type. Raises ERR_EXHAUSTED where types are nested too deep. */
struct json_object *runtime_type(const ValType *t);

struct json_object *runtime_core_type(struct core_valtype t);

/* Of a value that the host can write: no handle. Raises ERR_UNSUPPORTED for one, and ERR_EXHAUSTED
 * likewise. */
struct json_object *runtime_value(const struct link_value *v);

/* Raises ERR_UNSUPPORTED for a reference. */
struct json_object *runtime_core_value(struct core_valtype t, const union core_raw *value);

/* What the values of a type are that is only a name: "u8", "own". False where there is no such type. */
bool runtime_named_type(const char *name, enum link_value_kind *kind);

#endif
