/* transcript_human.c - a transcript as lines for people: a heading for each directive, a line for each
 * event, indented by its depth, and the outcome. A call in which nothing happens is one line, and a
 * thread in which nothing happens none. */
#include <inttypes.h>

#include "base/clean.h"
#include "base/site.h"
#include "oracle/meaning.h"
#include "oracle/transcript_parts.h"
#include "script/catalogue.h"
#include "text/pretty.h"

/* Bytes of one lifted value, so that lines can be read. */
#define MAX_VALUE 160u

/* Bytes of texts that were printed, and may go. */
#define ENOUGH (UINT64_C(1) << 20)

static void
put_line(struct transcript *t, uint32_t depth, const char *text, const char *end)
{
	uint32_t levels = 1 + (depth < PRETTY_MAX_INDENT ? depth : PRETTY_MAX_INDENT);
	for (uint32_t i = 0; i < levels; i++)
		fputs("  ", t->out);
	put_clean(t->out, text);
	put_clean(t->out, end);
	fputc('\n', t->out);
}

static void
flush_pending(struct transcript *t, const char *last_end)
{
	for (uint32_t i = 0; i < t->pending.len; i++) {
		const struct transcript_line *l = &t->pending.data[i];
		put_line(t, l->event.depth, l->text, i + 1 == t->pending.len ? last_end : "");
	}
	t->pending.len = 0;
}

/* ---- the text of an event ---- */

static void
add_text(struct strbuf *b, const struct transcript *t, const char *text)
{
	size_t len = strlen(text);
	if (t->options->uncut || len <= MAX_VALUE) {
		strbuf_adds(b, text);
		return;
	}
	len = MAX_VALUE;
	while (len && ((unsigned char)text[len] & 0xc0) == 0x80)
		len--;
	strbuf_add(b, text, len);
	strbuf_adds(b, "...");
}

static void
add_values(struct strbuf *b, const struct transcript *t, const struct trace_event *e)
{
	const char *between = "";
	for (uint32_t i = 0; i < e->nvalues; i++, between = ", ") {
		strbuf_adds(b, between);
		transcript_value(b, e->values[i]);
	}
	for (uint32_t i = 0; i < e->ntexts; i++, between = ", ") {
		strbuf_adds(b, between);
		add_text(b, t, e->texts[i]);
	}
}

static void
add_meaning(struct strbuf *b, const struct transcript *t, const struct trace_event *e)
{
	struct strbuf meaning = {.arena = b->arena};
	meaning_print(&meaning, e, t->stored);
	if (meaning.len)
		strbuf_printf(b, " (%s)", strbuf_cstr(&meaning));
}

/* `canon_lower async $C "f"(1, 2)` */
static void
add_call(struct strbuf *b, const struct transcript *t, const struct trace_event *e)
{
	strbuf_adds(b, transcript_name(b->arena, e));
	if (e->how)
		strbuf_printf(b, " %s", e->how);
	if (e->of)
		strbuf_printf(b, " %s", e->of);
	if (e->kind == TRACE_BEGIN)
		return;
	strbuf_addc(b, '(');
	add_values(b, t, e);
	strbuf_addc(b, ')');
	add_meaning(b, t, e);
}

static void
add_results(struct strbuf *b, const struct transcript *t, const struct trace_event *e)
{
	if (!e->nvalues)
		return;
	strbuf_adds(b, " -> ");
	add_values(b, t, e);
	add_meaning(b, t, e);
}

static void
add_error(struct strbuf *b, const struct error *err)
{
	const struct catalogue_row *row = catalogue_of(err->site);
	strbuf_printf(b, "%s %s", error_kind_name(err->kind), err->reason);
	if (err->site)
		strbuf_printf(b, " at %s#%d", err->site->function, trap_site_ordinal(err->site));
	else
		strbuf_printf(b, ": %s", err->message);
	if (row)
		strbuf_printf(b, ", \"%s\"", row->section);
}

static void
add_lifted(struct strbuf *b, const struct transcript *t, const struct trace_event *e)
{
	strbuf_adds(b, e->name);
	if (e->how)
		strbuf_printf(b, " %s", e->how);
	if (e->ntexts)
		strbuf_adds(b, ": ");
	add_values(b, t, e);
}

static void
add_event(struct strbuf *b, const struct transcript *t, const struct trace_event *e)
{
	switch (e->kind) {
	case TRACE_ENTER:
	case TRACE_CALL:
	case TRACE_BEGIN: add_call(b, t, e); break;
	case TRACE_LEAVE:
	case TRACE_DONE:
	case TRACE_END:
		strbuf_printf(b, "%s returns", transcript_name(b->arena, e));
		add_results(b, t, e);
		break;
	case TRACE_STORED:
		strbuf_adds(b, "stored: ");
		add_values(b, t, e);
		break;
	case TRACE_LIFTED: add_lifted(b, t, e); break;
	case TRACE_THREAD: strbuf_printf(b, "thread %u %s", e->number, e->name); break;
	case TRACE_CHOICE:
		strbuf_printf(b, "%s chooses %u of %u", e->name, e->number, e->among);
		break;
	case TRACE_ERROR: add_error(b, e->error); break;
	case TRACE_DIRECTIVE: break;
	}
}

/* ---- lines ---- */

static bool
is_thread(const struct trace_event *e, const char *does)
{
	return e->kind == TRACE_THREAD && !strcmp(e->name, does);
}

/* The opening line that this event closes with nothing in between; or null. */
static const struct transcript_line *
opening_of(const struct transcript *t, const struct trace_event *e)
{
	if (!t->pending.len)
		return NULL;
	const struct transcript_line *l = &t->pending.data[t->pending.len - 1];
	bool ends_thread = is_thread(e, "ends") && l->event.kind == TRACE_THREAD &&
			   l->event.number == e->number;
	bool returns = transcript_is_return(e) && l->event.kind != TRACE_THREAD;
	return l->event.depth == e->depth && (ends_thread || returns) ? l : NULL;
}

static void
put_event(struct transcript *t, const struct trace_event *e)
{
	struct strbuf text = {.arena = t->arena};
	if (opening_of(t, e)) {
		if (e->kind == TRACE_THREAD) {
			t->pending.len--;
			return;
		}
		add_results(&text, t, e);
		flush_pending(t, strbuf_cstr(&text));
		return;
	}
	add_event(&text, t, e);
	if (transcript_is_call(e) || is_thread(e, "starts")) {
		struct transcript_line l = {
			{.kind = e->kind, .number = e->number, .depth = e->depth},
			strbuf_cstr(&text)};
		vec_push(t->arena, &t->pending, l);
		return;
	}
	flush_pending(t, "");
	put_line(t, e->depth, strbuf_cstr(&text), "");
}

static void
put_event_and_tidy(struct transcript *t, const struct trace_event *e)
{
	put_event(t, e);
	if (t->pending.len || arena_used(t->arena) < ENOUGH)
		return;
	transcript_clear(t);
}

/* ---- directives ---- */

static void
put_begin(struct transcript *t)
{
	put_clean(t->out, t->path);
	fprintf(t->out, ":%u:%u: %s\n", t->line, t->column, t->kind);
}

static void
put_end(struct transcript *t, const struct record *rec, const char *did)
{
	flush_pending(t, "");
	if (t->left_out)
		fprintf(t->out, "  %" PRIu64 " more events are left out (--max-events)\n",
			t->left_out);
	fprintf(t->out, "  = %s: ", outcome_name(rec->outcome));
	put_clean(t->out, did);
	if (rec->section)
		fprintf(t->out, ", \"%s\"", rec->section);
	fputc('\n', t->out);
	if (rec->outcome == OUTCOME_PASS)
		return;
	if (rec->expected)
		put_line(t, 1, "expected  ", rec->expected);
	if (rec->actual)
		put_line(t, 1, "actual    ", rec->actual);
}

const struct transcript_form transcript_human = {put_begin, put_event_and_tidy, put_end};
