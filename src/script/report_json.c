/* report_json.c - the report as one JSON object, in the form of the command-line contract. */
#include "script/format.h"
#include "script/json.h"

static struct json_object *
record_json(const struct record *rec)
{
	struct json_object *o = json_object_new_object();
	json_put_number(o, "line", rec->line);
	json_put_number(o, "column", rec->column);
	json_put_text(o, "kind", rec->kind);
	json_put_text(o, "outcome", outcome_name(rec->outcome));
	json_put_text(o, "phase", rec->phase);
	json_put_text(o, "expected", rec->expected);
	json_put_text(o, "actual", rec->actual);
	json_put_text(o, "choices", rec->choices);
	json_put_text(o, "leans_on", rec->leans_on);
	json_put_text(o, "known", rec->known);
	if (rec->trap_class) {
		struct json_object *t = json_object_new_object();
		json_put_text(t, "class", rec->trap_class);
		json_put_text(t, "site", rec->trap_site);
		json_put_text(t, "section", rec->section);
		json_object_object_add(o, "trap", t);
	}
	return o;
}

static struct json_object *
file_json(const struct file_report *f)
{
	struct json_object *o = json_object_new_object(), *list = json_object_new_array();
	json_put_text(o, "file", f->path);
	for (uint32_t i = 0; i < f->records.len; i++)
		json_object_array_add(list, record_json(&f->records.data[i]));
	json_object_object_add(o, "directives", list);
	return o;
}

static struct json_object *
summary_json(const struct report *r)
{
	struct json_object *o = json_object_new_object();
	json_put_number(o, "files", r->files.len);
	json_put_number(o, "directives", report_directives(r));
	for (int i = 0; i < OUTCOME_COUNT; i++)
		json_put_number(o, outcome_name(i), r->counts[i]);
	return o;
}

void
report_json(FILE *out, const struct report *r)
{
	struct json_object *o = json_object_new_object(), *files = json_object_new_array();
	json_object_object_add(o, "canon", json_canon());
	json_put_text(o, "profile", r->profile);
	json_put_number(o, "seed", r->seed);
	for (uint32_t i = 0; i < r->files.len; i++)
		json_object_array_add(files, file_json(&r->files.data[i]));
	json_object_object_add(o, "files", files);
	json_object_object_add(o, "summary", summary_json(r));
	json_write(out, o);
}
