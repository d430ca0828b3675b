/* meaning.h - what the numbers of the Canonical ABI mean that are codes or have parts: results of
 * copies, states of subtasks, events, what callbacks return. CanonicalABI.md, "Canonical
 * Definitions". */
#ifndef CANON_ORACLE_MEANING_H
#define CANON_ORACLE_MEANING_H

#include "base/trace.h"

/* Appends what the values of an event mean: "BLOCKED", "STARTED, subtask 1". Nothing where they mean
 * no more than they say. `stored` are the words that the last TRACE_STORED had. */
void
meaning_print(struct strbuf *out, const struct trace_event *e, const struct trace_value stored[2]);

#endif
