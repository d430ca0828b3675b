/* runtime_result.h - values that come from runtimes: spec/runtimes.md, "Types and values". They may be
 * anything: what is no value of the type is told. */
#ifndef CANON_ORACLE_RUNTIME_RESULT_H
#define CANON_ORACLE_RUNTIME_RESULT_H

#include <json-c/json.h>

#include "link/value.h"

/* Reads a value of a type that runtime_type made; in the arena. NaNs become the canonical one, flags
 * come in the order of their type. False where it is no such value. */
bool runtime_value_read(struct arena *a, struct json_object *type, struct json_object *value,
	struct link_value *out);

/* Likewise, of a core type: appends it as core_value_print does. */
bool
runtime_core_value_read(struct strbuf *out, struct json_object *type, struct json_object *value);

#endif
