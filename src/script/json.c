/* json.c - see json.h. */
#include "script/json.h"

#include "base/str.h"
#include "base/utf8.h"
#include "base/version.h"
#include "pin.inc"

struct json_object *
json_text(const char *text)
{
	if (!text)
		return NULL;
	struct arena *a = arena_new(0);
	struct strbuf out = {.arena = a};
	for (uint32_t c; (c = utf8_next(&text));) {
		char bytes[4];
		strbuf_add(&out, bytes, (size_t)utf8_encode(c, bytes));
	}
	struct json_object *o = json_object_new_string(strbuf_cstr(&out));
	arena_free(a);
	return o;
}

void
json_put_text(struct json_object *o, const char *key, const char *text)
{
	if (text)
		json_object_object_add(o, key, json_text(text));
}

void
json_put_number(struct json_object *o, const char *key, uint64_t value)
{
	json_object_object_add(o, key, json_object_new_uint64(value));
}

void
json_put_bool(struct json_object *o, const char *key, bool value)
{
	json_object_object_add(o, key, json_object_new_boolean(value));
}

bool
json_has_text(struct json_object *list, const char *text)
{
	for (size_t i = 0; i < json_object_array_length(list); i++) {
		struct json_object *o = json_object_array_get_idx(list, i);
		if (json_object_is_type(o, json_type_string) &&
			!strcmp(json_object_get_string(o), text))
			return true;
	}
	return false;
}

struct json_object *
json_canon(void)
{
	struct json_object *o = json_object_new_object(), *spec = json_object_new_object();
	json_put_text(o, "version", CANON_VERSION);
	json_put_text(spec, "commit", PIN_COMMIT);
	json_object_object_add(o, "spec", spec);
	return o;
}

static void
write_as(FILE *out, struct json_object *o, int style)
{
	const int flags = style | JSON_C_TO_STRING_NOSLASHESCAPE;
	fprintf(out, "%s\n", json_object_to_json_string_ext(o, flags));
	json_object_put(o);
}

void
json_write(FILE *out, struct json_object *o)
{
	write_as(out, o, JSON_C_TO_STRING_PRETTY);
}

void
json_write_line(FILE *out, struct json_object *o)
{
	write_as(out, o, JSON_C_TO_STRING_PLAIN);
}
