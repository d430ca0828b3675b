/* run.h - runs WAST scripts: one record for each top-level directive.
 *
 * There is no normative grammar of these scripts; this is the de-facto one, which the public
 * suites use. Threads run one after the other; suspension needs stack switching, which is not
 * built. */
#ifndef CANON_SCRIPT_RUN_H
#define CANON_SCRIPT_RUN_H

#include <regex.h>

#include "base/source.h"
#include "base/str.h"
#include "component/features.h"
#include "script/expect.h"
#include "script/report.h"

struct component;
struct core_functype;
struct core_module;
struct link_func;
struct link_value;
union core_raw;

/* What directives ask of whoever runs them. All is borrowed. Instances and definitions are named by
 * the directive that made them. */
struct run_definition {
	bool is_component;
	struct features features;
	struct str binary, text; /* as the script has it, or quotes it; else nothing */
	/* What came of it; both are null where it is malformed. */
	struct core_module *module;
	struct component *component;
};

struct run_import {
	struct str name;
	uint32_t instance;
};

struct run_instantiation {
	uint32_t definition, nimports;
	const struct run_import *imports;
	bool from_host; /* something else that it imports is the host's */
};

struct run_call {
	uint32_t instance;
	struct str name;
	const struct link_func *func; /* of a component; or null */
	const struct link_value *args;
	const struct core_functype *core; /* of a core function; or null */
	const union core_raw *core_args;  /* in as many slots as the parameters take */
	uint32_t nargs;
};

/* Who watches a run; any function may be null. Directives are named by their index in the file,
 * from 0. */
struct run_watch {
	void *env;
	/* Whether a directive is run. Others leave no record, and their choices are not made. */
	bool (*wants)(void *env, uint32_t directive);
	/* It begins. Those that are not selected are run, but are not told to be done. */
	void (*begins)(
		void *env, uint32_t directive, struct loc at, const char *kind, bool selected);
	/* A directive needs what an earlier one made. With `shared`, both act on the same state: an
	 * instance, and not only a definition or a name. */
	void (*needs)(void *env, uint32_t directive, uint32_t earlier, bool shared);
	/* It is over; `did` is borrowed: what happened, whatever the script wanted, without numbers
	 * that may differ from run to run. */
	void (*done)(void *env, uint32_t directive, const struct record *rec, const char *did);
	/* What it asks, before it is done; a definition once it was parsed, or could not be. */
	void (*defines)(void *env, uint32_t directive, const struct run_definition *d);
	void (*instantiates)(void *env, uint32_t directive, const struct run_instantiation *i);
	void (*calls)(void *env, uint32_t directive, const struct run_call *c);
};

struct run_options {
	uint64_t seed;           /* 0: deterministic; set anew for each file */
	const uint32_t *choices; /* to replay instead, from the start of each file; or null */
	size_t nchoices;
	struct features features; /* those of the profile, which headers of a script change */
	bool strict;              /* headers switch nothing on that the profile has not */
	/* Makes another component of each that was validated, for 1.0-pre; or null. */
	struct component *(*adapt)(void *env, struct arena *a, struct component *c);
	void *adapt_env;
	uint64_t fuel;         /* for each directive; 0: no limit */
	double timeout;        /* seconds for each directive; 0: no limit */
	const regex_t *filter; /* on "file:line:column"; the others run, but are not reported */
	const struct expectations *expectations; /* known failures; or null */
	bool text;                     /* match expected texts as texts, of traps where: */
	bool trap_text;                /* see match_text */
	const struct run_watch *watch; /* or null */
	bool growth_may_fail;          /* see core/instance.h */
	bool leaning;                  /* say of a failure on which choice it leans; see lean.h */
};

/* Called after each directive that is reported. */
typedef void run_progress_fn(void *env, const struct file_report *f, const struct record *rec);

/* Runs one file and adds its records. A file that cannot be read as a script at all is one
 * record of outcome error. Raises nothing. */
void run_file(struct report *r, const char *path, const struct run_options *o,
	run_progress_fn *progress, void *env);

#endif
