/* abi_request.h - a request of canon abi, read: its types, its memory with a realloc, its handles.
 * Internal to cmd/. */
#ifndef CANON_CMD_ABI_REQUEST_H
#define CANON_CMD_ABI_REQUEST_H

#include "base/vec.h"
#include "cmd/abi.h"
#include "link/evaluate.h"

/* A range of memory that the request made: an allocation, or where a value was stored. */
struct block {
	uint64_t at, size;
};

struct request {
	struct json_object *o, *answer;
	struct arena *arena;
	struct abi_context context;
	struct component *component; /* of the types that the request names */
	size_t type_at;              /* where the type stands in its text */
	struct link_evaluated types;
	ValType *type; /* one of the two */
	FuncType *func;
	CanonicalOptions opts;
	CoreFuncInst realloc;
	MemInst memory;
	struct bytes bytes;
	uint64_t heap;          /* where the next allocation looks for room */
	VEC(uint64_t) pointers; /* what realloc returns, first to last, before it allocates */
	uint32_t npointers;     /* that were used */
	VEC(struct block) blocks;
	struct json_object *calls; /* of realloc */
	LiftLowerContext *cx;
};

/* Members of a request: a number, or `otherwise` where it is missing; the place of a text in a
 * null-terminated list, whose first is meant where it is missing. */
uint64_t request_number(const struct request *r, const char *key, uint64_t otherwise, uint64_t max);
int request_one_of(struct json_object *in, const char *key, const char *const *names);

/* Reads everything but what is asked for into a request that has its object, its answer, its list
 * of calls and its arena. `lowers`: the context is one for lowering, and borrows belong to a task;
 * otherwise to a subtask. Raises ERR_SCRIPT, and what the parser and validation raise. */
void request_read(struct request *r, bool lowers);

/* Notes a range that the request wrote: a new one where `old` is 0. */
void request_note_block(struct request *r, uint64_t old, uint64_t at, uint64_t size);

/* The table of handles, as a request has it. */
struct json_object *request_handles_out(const struct request *r);

#endif
