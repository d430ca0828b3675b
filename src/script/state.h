/* state.h - what a script has defined so far. Internal to script/. */
#ifndef CANON_SCRIPT_STATE_H
#define CANON_SCRIPT_STATE_H

#include "base/error.h"
#include "base/vec.h"
#include "component/features.h"
#include "core/instance.h"
#include "script/match.h"
#include "script/run.h"
#include "text/cursor.h"

struct linked;
struct component;

/* A module or a component that was parsed. */
struct unit {
	struct core_module *module; /* one of the two is null */
	struct component *component;
	uint32_t maker; /* the index of the directive */
};

/* An instance, or why there is none. */
struct thing {
	struct core_instance *core;
	struct linked *linked;
	enum error_kind why; /* ERR_NONE when one of the above is there */
	uint32_t line;       /* of the directive that should have made it; 0: there was none */
	uint32_t maker;      /* its index */
};

struct named_thing {
	struct str name;
	struct thing thing;
	uint32_t namer; /* the directive that registered it, or its maker */
};

/* A definition, or why there is none. */
struct named_unit {
	struct str name;
	bool is_component;
	struct unit unit;
	enum error_kind why;
	uint32_t line, maker;
};

/* What a directive came to. */
struct verdict {
	enum outcome outcome;
	const char *expected, *actual;
	const struct action_result *result; /* of an action without an error; or null */
	bool has_error;
	struct error error;
};

struct named_verdict {
	struct str name;
	struct verdict verdict;
	uint32_t maker;
};

struct runner {
	struct arena *arena; /* of the file */
	const struct run_options *options;
	struct features features;
	uint32_t refused;         /* by the directive: see struct record */
	struct core_store *store; /* of all core instances of the file */
	struct spectest *spectest;
	struct thing current;
	VEC(struct named_thing) instances;
	VEC(struct named_thing) registered;
	VEC(struct named_unit) definitions;
	VEC(struct linked *) linked; /* all of them, to be freed last first */
	VEC(struct named_verdict) threads;
	uint32_t line, index; /* of the running directive */
	const char *phase;
	struct verdict verdict;
};

/* unit.c. The cursor stands behind the keyword module or component. Parsing raises
 * ERR_MALFORMED; validation ERR_INVALID; both ERR_UNSUPPORTED. */
struct unit unit_parse(struct runner *r, struct cursor *c, bool is_component, struct loc at);
struct unit unit_parse_fields(struct runner *r, const struct sexpr *top);
void unit_validate(struct runner *r, struct unit *u);
struct thing unit_instantiate(struct runner *r, struct unit *u);

/* action.c: (invoke ...), (get ...), or a module or component to instantiate. */
struct action_result {
	bool is_core;
	const struct core_valtype *types; /* core */
	union core_raw *values;           /* in as many slots as the types take */
	uint32_t n;
	bool has_value; /* component */
	struct link_value *value;
};

struct action_result action_run(struct runner *r, const struct sexpr *sx);
const char *action_result_print(struct runner *r, const struct action_result *a);

/* The instance that a directive names, or the current one. It may be one that could not be
 * made. */
struct thing find_thing(const struct runner *r, struct str id);

/* Tells who watches: the running directive needs what `earlier` made; see struct run_watch. */
void note_need(const struct runner *r, uint32_t earlier, bool shared);

/* Tells who watches what the running directive asks; see struct run_watch. */
void note_definition(const struct runner *r, struct run_definition *d);
void note_instantiation(const struct runner *r, const struct run_instantiation *i);
void note_call(const struct runner *r, const struct run_call *c);

/* The same instance. Raises ERR_UNSUPPORTED when it could not be made for lack of support,
 * ERR_SCRIPT when it is not there otherwise. */
const struct thing *usable(const struct thing *t, struct loc at);

/* directive.c: runs one, and fills r->verdict. Raises what the directive did not expect. */
void directive_run(struct runner *r, const struct sexpr *sx);
bool directive_is_known(const struct sexpr *sx);

#endif
