/* module.h - what the tests of the core engine share: from the text of a module's fields to an
 * instance, in one store per test. */
#ifndef CANON_UNIT_CORE_MODULE_H
#define CANON_UNIT_CORE_MODULE_H

#include "base/error.h"
#include "core/exec.h"
#include "core/instantiate.h"
#include "core/text.h"
#include "core/valid.h"
#include "unit.h"

/* One test's arena and store; the fields of a module, and what came of them. Everything that
 * is found out is kept here, since nothing may be asserted under protect. */
struct world {
	struct arena *arena;
	struct core_store *store;
	struct core_instance *with; /* whose exports can be imported, from any module name */
	const char *text;
	struct core_module *module;
	struct core_instance *inst;
	const char *call; /* the export that is called, with args */
	union core_raw args[8], results[8];
	struct error err;
};

static inline void
world_new(struct world *w)
{
	*w = (struct world){.arena = arena_new(0)};
	w->store = core_store_new(w->arena);
}

static inline void
world_free(struct world *w)
{
	arena_free(w->arena);
}

static inline void
world_validate(void *env)
{
	struct world *w = env;
	struct source *src = arena_new_of(w->arena, struct source);
	*src = (struct source){.name = "test", .text = w->text, .len = strlen(w->text)};
	struct cursor c = cursor_from(sexpr_read(w->arena, src), 0);
	w->module = core_parse_fields(w->arena, &c, NO_ID, NO_LOC);
	core_validate(w->arena, w->module);
}

static inline bool
world_resolve(void *env, struct str module, struct str name, struct core_extern *out)
{
	struct world *w = env;
	(void)module;
	return w->with && core_instance_export(w->with, name, out);
}

static inline void
world_instantiate(void *env)
{
	struct world *w = env;
	world_validate(w);
	w->inst = core_instantiate(w->store, w->module, world_resolve, w);
}

/* A function that the instance exports. Raises ERR_SCRIPT ("no-export"). */
static inline struct core_func *
world_func(const struct world *w, const char *name)
{
	struct core_extern x = {0};
	if (!core_instance_export(w->inst, str_of(name), &x))
		raise_error(ERR_SCRIPT, NO_LOC, "no-export", "no export %s", name);
	return x.func;
}

static inline void
world_call(void *env)
{
	struct world *w = env;
	core_call(world_func(w, w->call), w->args, w->results);
}

/* A call on a fiber of its own, which is what call_on_fiber makes. */
struct fiber_call {
	struct core_func *func;
	union core_raw arg, result;
};

static inline void
call_on_fiber(void *env)
{
	struct fiber_call *c = env;
	core_call(c->func, &c->arg, &c->result);
}

/* The reason that a step fails for, "none" when it does not. */
static inline const char *
reason_of(struct world *w, void (*step)(void *env))
{
	return protect(step, w, &w->err) ? "none" : w->err.reason;
}

/* A world with an instance of this text. */
static inline void
make(struct world *w, const char *text)
{
	world_new(w);
	w->text = text;
	bool ok = protect(world_instantiate, w, &w->err);
	ck_assert_msg(ok, "%s: %s", text, w->err.message);
}

/* Calls an export with i32 or i64 arguments; its reason. The first result is in results[0]. */
static inline const char *
call2(struct world *w, const char *name, uint64_t a, uint64_t b)
{
	w->call = name;
	w->args[0].i64 = a;
	w->args[1].i64 = b;
	w->results[0].i64 = 0;
	return reason_of(w, world_call);
}

#define ck_call(w, name, a, b, expected) \
	do { \
		ck_assert_str_eq(call2(w, name, a, b), "none"); \
		ck_assert_uint_eq((w)->results[0].i32, expected); \
	} while (0)

#define ck_call_fails(w, name, a, b, reason) ck_assert_str_eq(call2(w, name, a, b), reason)

#endif
