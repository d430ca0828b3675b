/* transcript_parts.h - what the two forms of a transcript share. Internal to transcript*.c. */
#ifndef CANON_ORACLE_TRANSCRIPT_PARTS_H
#define CANON_ORACLE_TRANSCRIPT_PARTS_H

#include "base/trace.h"
#include "base/vec.h"
#include "oracle/transcript.h"

/* A line that begins something and may still be completed by what ends it. */
struct transcript_line {
	struct trace_event event; /* only its kind, number, depth */
	const char *text;
};

struct transcript {
	FILE *out;
	const char *path;
	const struct transcript_options *options;
	/* Of the running directive: */
	struct arena *arena; /* of texts and pending lines */
	uint32_t line, column;
	char kind[40];
	bool begun, selected;
	uint64_t printed, left_out;   /* events so far */
	struct trace_value stored[2]; /* the last TRACE_STORED */
	VEC(struct transcript_line) pending;
};

/* What the two forms do. */
struct transcript_form {
	void (*begin)(struct transcript *t);
	void (*event)(struct transcript *t, const struct trace_event *e);
	void (*end)(struct transcript *t, const struct record *rec, const char *did);
};

extern const struct transcript_form transcript_human, transcript_json;

/* Frees all texts and forgets the pending lines. */
void transcript_clear(struct transcript *t);

/* The name in the definitions of what is called: "canon_stream_read", "callee", "post_return". */
const char *transcript_name(struct arena *a, const struct trace_event *e);

/* Whether an event begins or ends a call. */
bool transcript_is_call(const struct trace_event *e);
bool transcript_is_return(const struct trace_event *e);

/* Appends a core value: an integer without a sign, as the definitions have them, or (f32.const 1.5). */
void transcript_value(struct strbuf *out, struct trace_value v);

#endif
