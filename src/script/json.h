/* json.h - what the JSON of all reports has in common. */
#ifndef CANON_SCRIPT_JSON_H
#define CANON_SCRIPT_JSON_H

#include <stdbool.h>
#include <json-c/json.h>
#include <stdint.h>
#include <stdio.h>

/* JSON is UTF-8: what is not (a script's strings and a path may hold any bytes) becomes the
 * replacement character. A null text is null. */
struct json_object *json_text(const char *text);

/* Adds a member; nothing where the text is null. */
void json_put_text(struct json_object *o, const char *key, const char *text);
void json_put_number(struct json_object *o, const char *key, uint64_t value);
void json_put_bool(struct json_object *o, const char *key, bool value);

/* Whether an array has a string that is this text. */
bool json_has_text(struct json_object *list, const char *text);

/* {"version": ..., "spec": {"commit": ...}} */
struct json_object *json_canon(void);

/* Writes it on lines of its own, or on one, and gives it up. */
void json_write(FILE *out, struct json_object *o);
void json_write_line(FILE *out, struct json_object *o);

#endif
