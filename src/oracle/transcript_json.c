/* transcript_json.c - a transcript as JSON lines: an object for each event.
 *
 *	{"file": "a.wast", "directive": 12, "depth": 2, "thread": 1, "event": "call",
 *	 "name": "canon_stream_read", "args": [3, 16, 4]}
 *
 * Events are "directive", "call", "return", "lifted", "stored", "thread", "choice", "error",
 * "left-out" and "outcome". Core integers are numbers; floats and lifted values are texts, as scripts
 * write them. */
#include "base/site.h"
#include "oracle/meaning.h"
#include "oracle/transcript_parts.h"
#include "script/catalogue.h"
#include "script/json.h"

static struct json_object *
new_line(const struct transcript *t, uint32_t depth, const char *event, const char *name)
{
	struct json_object *j = json_object_new_object();
	json_put_text(j, "file", t->path);
	json_put_number(j, "directive", t->line);
	json_put_number(j, "depth", depth);
	json_put_text(j, "event", event);
	json_put_text(j, "name", name);
	return j;
}

static struct json_object *
value_json(struct arena *a, struct trace_value v)
{
	struct strbuf text = {.arena = a};
	if (v.type == 'i' || v.type == 'l')
		return json_object_new_uint64(v.bits);
	transcript_value(&text, v);
	return json_text(strbuf_cstr(&text));
}

static void
put_values(const struct transcript *t, struct json_object *j, const char *key,
	const struct trace_event *e)
{
	struct json_object *list = json_object_new_array();
	for (uint32_t i = 0; i < e->nvalues; i++)
		json_object_array_add(list, value_json(t->arena, e->values[i]));
	for (uint32_t i = 0; i < e->ntexts; i++)
		json_object_array_add(list, json_text(e->texts[i]));
	json_object_object_add(j, key, list);
}

static void
put_meaning(const struct transcript *t, struct json_object *j, const struct trace_event *e)
{
	struct strbuf text = {.arena = t->arena};
	meaning_print(&text, e, t->stored);
	if (text.len)
		json_put_text(j, "meaning", strbuf_cstr(&text));
}

static struct json_object *
call_json(const struct transcript *t, const struct trace_event *e)
{
	bool begins = transcript_is_call(e);
	struct json_object *j =
		new_line(t, e->depth, begins ? "call" : "return", transcript_name(t->arena, e));
	json_put_text(j, "function", e->of);
	json_put_text(j, "options", e->how);
	if (e->kind == TRACE_BEGIN || e->kind == TRACE_END)
		return j;
	put_values(t, j, begins ? "args" : "results", e);
	put_meaning(t, j, e);
	return j;
}

static struct json_object *
error_json(const struct transcript *t, const struct trace_event *e)
{
	const struct error *err = e->error;
	const struct catalogue_row *row = catalogue_of(err->site);
	struct json_object *j = new_line(t, e->depth, "error", error_kind_name(err->kind));
	json_put_text(j, "class", err->reason);
	if (err->site)
		json_put_text(j, "site",
			arena_printf(t->arena, "%s#%d", err->site->function,
				trap_site_ordinal(err->site)));
	json_put_text(j, "section", row ? row->section : NULL);
	json_put_text(j, "message", err->message);
	return j;
}

static struct json_object *
lifted_json(const struct transcript *t, const struct trace_event *e)
{
	struct json_object *j = new_line(t, e->depth, "lifted", e->name);
	if (e->how)
		json_put_text(j, "options", e->how);
	put_values(t, j, "values", e);
	return j;
}

static struct json_object *
stored_json(const struct transcript *t, const struct trace_event *e)
{
	struct json_object *j = new_line(t, e->depth, "stored", NULL);
	put_values(t, j, "values", e);
	return j;
}

static struct json_object *
thread_json(const struct transcript *t, const struct trace_event *e)
{
	return new_line(t, e->depth, "thread", e->name);
}

static struct json_object *
choice_json(const struct transcript *t, const struct trace_event *e)
{
	struct json_object *j = new_line(t, e->depth, "choice", e->name);
	json_put_number(j, "value", e->number);
	json_put_number(j, "of", e->among);
	return j;
}

static struct json_object *(*const forms[])(
	const struct transcript *, const struct trace_event *) = {
	[TRACE_ENTER] = call_json,
	[TRACE_LEAVE] = call_json,
	[TRACE_CALL] = call_json,
	[TRACE_DONE] = call_json,
	[TRACE_STORED] = stored_json,
	[TRACE_BEGIN] = call_json,
	[TRACE_END] = call_json,
	[TRACE_LIFTED] = lifted_json,
	[TRACE_THREAD] = thread_json,
	[TRACE_CHOICE] = choice_json,
	[TRACE_ERROR] = error_json,
};

static void
put_event(struct transcript *t, const struct trace_event *e)
{
	struct json_object *j = forms[e->kind](t, e);
	json_put_number(j, "thread", e->thread);
	json_write_line(t->out, j);
	transcript_clear(t);
}

static void
put_begin(struct transcript *t)
{
	struct json_object *j = new_line(t, 0, "directive", t->kind);
	json_put_number(j, "column", t->column);
	json_write_line(t->out, j);
}

static void
put_end(struct transcript *t, const struct record *rec, const char *did)
{
	if (t->left_out) {
		struct json_object *j = new_line(t, 0, "left-out", NULL);
		json_put_number(j, "events", t->left_out);
		json_write_line(t->out, j);
	}
	struct json_object *j = new_line(t, 0, "outcome", t->kind);
	json_put_text(j, "outcome", outcome_name(rec->outcome));
	json_put_text(j, "did", did);
	json_put_text(j, "expected", rec->expected);
	json_put_text(j, "actual", rec->actual);
	json_put_text(j, "class", rec->trap_class);
	json_put_text(j, "site", rec->trap_site);
	json_put_text(j, "section", rec->section);
	json_write_line(t->out, j);
}

const struct transcript_form transcript_json = {put_begin, put_event, put_end};
