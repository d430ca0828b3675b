/* runtime.h - a runtime under test: its adapter as a process, asked in JSON lines.
 * spec/runtimes.md is the protocol.
 *
 * A runtime may crash, hang, print garbage or close its pipe: each is an answer, and ends the
 * process; the next request starts it again. */
#ifndef CANON_ORACLE_RUNTIME_H
#define CANON_ORACLE_RUNTIME_H

#include <json-c/json.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

struct runtime;

/* Starts an adapter by its command, words with one space between them, and asks who it is. Each
 * answer may take `timeout` seconds (0: any time), the first one 30 at least. Null, with the reason in
 * the arena, where it
 * does not start or is not installed. The runtime is freed by runtime_end. */
struct runtime *runtime_start(
	struct arena *a, const char *name, const char *command, double timeout, const char **why);

/* Null is allowed. */
void runtime_end(struct runtime *r);

const char *runtime_name(const struct runtime *r);
const char *runtime_version(const struct runtime *r);
bool runtime_accepts(const struct runtime *r, const char *what);
bool runtime_has_feature(const struct runtime *r, const char *feature);

/* Whether it cannot be switched off. */
bool runtime_has_always(const struct runtime *r, const char *feature);

/* Which process it is, from 1, or will be with the next request: what it held is lost when this
 * changes. */
uint32_t runtime_starts(const struct runtime *r);

struct runtime_answer {
	/* One of the protocol, or "crash", "timeout" or "garbage". */
	const char *outcome;
	const char *text; /* null where there is none */
	struct json_object
		*json; /* owned by the runtime, until the next request; null for the three */
};

/* Sends a request, whose members but for "id" are `members`: "\"do\":\"reset\"". Texts of the answer
 * are in the arena. */
struct runtime_answer runtime_ask(struct runtime *r, struct arena *a, const char *members);

#endif
