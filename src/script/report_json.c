/* report_json.c - the report as one JSON object, in the form of the command-line contract. */
#include "script/report.h"

#include <json-c/json.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "base/version.h"
#include "pin.inc"

/* JSON is UTF-8: what is not (a script's strings and a path may hold any bytes) becomes the
 * replacement character. */
static void
put_string(struct json_object *o, const char *key, const char *value)
{
	if (!value)
		return;
	struct arena *a = arena_new(0);
	struct strbuf out = {.arena = a};
	for (size_t n = strlen(value); n;) {
		uint32_t scalar;
		int len = utf8_decode(value, n, &scalar);
		strbuf_add(&out, len ? value : "\xef\xbf\xbd", len ? (size_t)len : 3);
		value += len ? len : 1;
		n -= len ? (size_t)len : 1;
	}
	json_object_object_add(o, key, json_object_new_string(strbuf_cstr(&out)));
	arena_free(a);
}

static void
put_number(struct json_object *o, const char *key, uint64_t value)
{
	json_object_object_add(o, key, json_object_new_uint64(value));
}

static struct json_object *
record_json(const struct record *rec)
{
	struct json_object *o = json_object_new_object();
	put_number(o, "line", rec->line);
	put_number(o, "column", rec->column);
	put_string(o, "kind", rec->kind);
	put_string(o, "outcome", outcome_name(rec->outcome));
	put_string(o, "phase", rec->phase);
	put_string(o, "expected", rec->expected);
	put_string(o, "actual", rec->actual);
	put_string(o, "choices", rec->choices);
	put_string(o, "leans_on", rec->leans_on);
	put_string(o, "known", rec->known);
	if (rec->trap_class) {
		struct json_object *t = json_object_new_object();
		put_string(t, "class", rec->trap_class);
		put_string(t, "site", rec->trap_site);
		put_string(t, "section", rec->section);
		json_object_object_add(o, "trap", t);
	}
	return o;
}

static struct json_object *
file_json(const struct file_report *f)
{
	struct json_object *o = json_object_new_object(), *list = json_object_new_array();
	put_string(o, "file", f->path);
	for (uint32_t i = 0; i < f->records.len; i++)
		json_object_array_add(list, record_json(&f->records.data[i]));
	json_object_object_add(o, "directives", list);
	return o;
}

static struct json_object *
canon_json(void)
{
	struct json_object *o = json_object_new_object(), *spec = json_object_new_object();
	put_string(o, "version", CANON_VERSION);
	put_string(spec, "commit", PIN_COMMIT);
	json_object_object_add(o, "spec", spec);
	return o;
}

static struct json_object *
summary_json(const struct report *r)
{
	struct json_object *o = json_object_new_object();
	uint32_t directives = 0;
	for (int i = 0; i < OUTCOME_COUNT; i++)
		directives += r->counts[i];
	put_number(o, "files", r->files.len);
	put_number(o, "directives", directives);
	for (int i = 0; i < OUTCOME_COUNT; i++)
		put_number(o, outcome_name(i), r->counts[i]);
	return o;
}

void
report_json(FILE *out, const struct report *r)
{
	struct json_object *o = json_object_new_object(), *files = json_object_new_array();
	json_object_object_add(o, "canon", canon_json());
	put_string(o, "profile", r->profile);
	put_number(o, "seed", r->seed);
	for (uint32_t i = 0; i < r->files.len; i++)
		json_object_array_add(files, file_json(&r->files.data[i]));
	json_object_object_add(o, "files", files);
	json_object_object_add(o, "summary", summary_json(r));
	fprintf(out, "%s\n",
		json_object_to_json_string_ext(
			o, JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_NOSLASHESCAPE));
	json_object_put(o);
}
