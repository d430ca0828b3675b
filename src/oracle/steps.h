/* steps.h - what the directives of a script ask of a runtime, as requests of the protocol:
 * spec/runtimes.md. They come from a run of the script by Canon, so that names, imports and types are
 * resolved, and all binaries are those that Canon encodes. */
#ifndef CANON_ORACLE_STEPS_H
#define CANON_ORACLE_STEPS_H

#include "script/run.h"

enum step_kind { STEP_DEFINE, STEP_INSTANTIATE, STEP_CALL };

struct step {
	enum step_kind kind;
	const char *request; /* the members but for "id"; null: it cannot be sent */
	const char *unsent;  /* why */
	const char *result;  /* of a call: its type in JSON; null without a result */
	bool is_core;        /* a module, or something of one */
	bool is_text;        /* a definition that has no binary */
	bool from_host;      /* an instance that imports from the host */
	uint32_t features;   /* that a definition uses: one bit each */
	uint32_t off;        /* of those, what is switched off */
	VEC(uint32_t) needs; /* the directives whose definitions and instances it names */
};

struct stepped {
	uint32_t directive; /* its index in the file */
	uint32_t line, column;
	const char *kind;
	VEC(struct step) steps;
};

/* Each directive that left a record, in their order. */
struct steps {
	VEC(struct stepped) directives;
};

/* Runs the script. All is in the arena. Raises nothing. */
struct steps steps_record(struct arena *a, const char *path, const struct run_options *o);

/* A request to run a whole script. */
const char *
steps_of_script(struct arena *a, const char *path, struct str source, const struct features *f);

#endif
