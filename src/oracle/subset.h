/* subset.h - is 1.0-pre a subset of P3.x, for a script? spec/profiles.md, "The claim".
 *
 * A script that 1.0-pre accepts is run under both profiles, and has to come out the same: each
 * directive, each event between core code and the Canonical ABI, each choice. */
#ifndef CANON_ORACLE_SUBSET_H
#define CANON_ORACLE_SUBSET_H

#include "oracle/adapt.h"
#include "script/run.h"

/* A directive of a script that 1.0-pre does not accept, whose verdict changes, though none of its
 * own components is refused. */
struct subset_change {
	uint32_t line, column;
	const char *p3, *pre; /* what came of it */
};

struct subset {
	const char *path;
	bool in;                        /* 1.0-pre accepts every component of it */
	uint32_t out_by[FEATURE_COUNT]; /* directives that a feature keeps out */
	uint32_t directives;
	uint64_t events;        /* compared */
	const char *difference; /* the first one of a script that is in; null: there is none */
	VEC(struct subset_change) changes;
	const char *broken; /* why it cannot be read as a script; null: it can */

	/* Of a script that only realloc keeps out: adapted, 1.0-pre accepts it. */
	bool adapted;
	struct adapted adapting;
	const char *adapted_difference; /* of its outcomes from those under p3; null: none */
	const char *not_adapted;        /* why it is not */
};

/* Runs a script under both profiles. All texts are in the arena. */
struct subset subset_run(struct arena *a, const char *path, const struct run_options *options);

#endif
