/* trace.h - what happens between core code and the Canonical ABI, event by event, for whoever wants
 * to compare it or to read it. Off unless somebody listens: then an event costs one question.
 *
 * There are two kinds of listeners. Who compares runs gets only what core code can see: calls in both
 * directions with their core values, and what a built-in left in memory. Who reads gets details, too:
 * the definitions' own calls, lifted values, threads, choices and errors. */
#ifndef CANON_BASE_TRACE_H
#define CANON_BASE_TRACE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/str.h"

enum trace_kind {
	TRACE_DIRECTIVE, /* of a script; number: its line */
	TRACE_ENTER,     /* core code calls a lowered function or a built-in; values: arguments */
	TRACE_LEAVE,     /* and goes on; values: results */
	TRACE_CALL,      /* the ABI calls a core function; values: arguments */
	TRACE_DONE,      /* and goes on; values: results */
	TRACE_STORED,    /* by the built-in that returns next; values: words of memory */
	/* Details: */
	TRACE_BEGIN,  /* a call inside of the definitions */
	TRACE_END,    /* and its end */
	TRACE_LIFTED, /* on_start or on_resolve; texts: the values, as scripts write them */
	TRACE_THREAD, /* a thread, the number, does what the name says */
	TRACE_CHOICE, /* name: the function that chose; number: what; among: of how many */
	TRACE_ERROR, /* left the innermost call that has begun and not ended, and all those around */
};

struct trace_value {
	uint64_t bits;
	char type; /* i is an i32, l an i64, f an f32, d an f64; as in host/native.h */
};

/* All is borrowed. What an event has not is zero. */
struct trace_event {
	enum trace_kind kind;
	const char *name;
	const char *of;  /* the function that is meant: `$Component "export"`; or null */
	const char *how; /* its options: "async callback"; or null */
	const struct trace_value *values;
	uint32_t nvalues;
	const char *const *texts;
	uint32_t ntexts;
	uint32_t number, among;
	const struct error *error;
	/* Filled by trace_tell: how many calls and threads it is inside of, and the running thread, 0
	 * for none. */
	uint32_t depth, thread;
};

typedef void trace_fn(void *env, const struct trace_event *e);

/* Starts listening; a null function stops it. Depth and the numbers of threads begin anew. What is
 * instantiated before does not tell all details. */
void trace_to(trace_fn *fn, void *env, bool details);

extern bool trace_is_on, trace_has_details;

/* An event. Ask first whether it is wanted; nothing happens where nobody listens. */
void trace_tell(const struct trace_event *e);

/* Appends what both profiles have alike, as one line: "call realloc 0 0 4 16". */
void trace_print(struct strbuf *out, const struct trace_event *e);

/* Calls fn(env), whose events are one deeper. With details an error that leaves it is told, unless
 * it was told further inside. */
void trace_inside(void (*fn)(void *env), void *env);

/* Tells an error that was caught, unless it was told before. */
void trace_error(const struct error *err);

/* For base/fiber: where a thread stands in the nesting of events. A new one is zero. */
struct trace_thread {
	uint32_t number, depth, up, up_depth;
};

/* Around a switch to a thread; `ended`: it will not be switched to again; `raised`: the error that it
 * ended with, or null. */
void trace_thread_in(struct trace_thread *t);
void trace_thread_out(struct trace_thread *t, bool ended, const struct error *raised);

#endif
