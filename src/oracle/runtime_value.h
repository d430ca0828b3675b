/* runtime_value.h - types and values in the protocol of runtimes: spec/runtimes.md, "Types and
 * values". JSON objects that are made belong to the caller. */
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
struct json_object *runtime_core_value(struct core_valtype t, union core_raw v);

/* Reads a value of a type that runtime_type made; in the arena. NaNs become the canonical one, flags
 * come in the order of their type. False where it is no such value. */
bool runtime_value_read(struct arena *a, struct json_object *type, struct json_object *value,
	struct link_value *out);

/* Likewise, of a core type: appends it as core_value_print does. */
bool
runtime_core_value_read(struct strbuf *out, struct json_object *type, struct json_object *value);

#endif
