/* collect.c - see collect.h. The objects that live are moved to the front of the list of all of
 * them as they are found, and looked through in this order: so the list is the queue of what is
 * left to do, what is behind its end is garbage, and nothing recurses. */
#include "core/collect.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "core/engine.h"
#include "core/exec_stack.h"
#include "core/types.h"

#define HEAD        sizeof(struct core_object)
#define MIN_GARBAGE (UINT64_C(32) << 20)
#define FIRST_ROOM  64

/* A part of the cap by which what is made may pass it before the collector runs: or it would run for
 * each object when almost as much lives as may. */
#define OVER_CAP 16

/* The same of what lives, where the collector runs as often as it can. */
#define STRESS 64

uint64_t core_object_cap = UINT64_C(1) << 30;

struct collection {
	const struct core_types *types;
	struct core_object **all;
	uint32_t len, found;
};

/* Addresses to look for: a hash table with open addressing. */
struct words {
	uint64_t *at;
	uint64_t mask;
	uint64_t n;
};

/* ---- marking ---- */

static void
mark(struct collection *c, struct core_object *o)
{
	if (o->number < c->found)
		return;
	struct core_object *other = c->all[c->found];
	other->number = o->number;
	c->all[o->number] = other;
	o->number = c->found;
	c->all[c->found++] = o;
}

/* Values of a type, none of which is a v128 where there are several. */
static void
mark_values(struct collection *c, struct core_valtype type, const union core_raw *at, uint32_t n)
{
	if (type.kind != CORE_KIND_REF || core_types_top(c->types, type) == CORE_HEAP_FUNC)
		return;
	for (uint32_t k = 0; k < n; k++)
		if (core_ref_kind(at[k]) == CORE_REF_OBJECT)
			mark(c, at[k].ref);
}

static void
mark_exception(struct collection *c, const struct core_functype *params, const union core_raw *at)
{
	for (uint32_t i = 0; i < params->nparams; i++) {
		mark_values(c, params->params[i], at, 1);
		at += core_valtype_slots(params->params[i]);
	}
}

/* What an object refers to. */
static void
mark_inside(struct collection *c, const struct core_object *o)
{
	const struct core_subtype *t = core_types_at(c->types, o->type_id);
	const union core_raw *at = o->data;
	switch (t->kind) {
	case CORE_COMP_STRUCT:
		for (uint32_t i = 0; i < t->nfields; i++) {
			mark_values(c, t->fields[i].type, at, 1);
			at += core_valtype_slots(t->fields[i].type);
		}
		break;
	case CORE_COMP_ARRAY: mark_values(c, t->fields[0].type, at, o->len); break;
	default: mark_exception(c, &t->func, at + 1);
	}
}

/* ---- roots ---- */

static void
mark_segments(struct collection *c, const struct core_instance *inst)
{
	const struct core_module *m = inst->module;
	for (uint32_t i = 0; i < m->elems.len; i++)
		mark_values(c, core_valtype_numbered(inst->type_ids, m->elems.data[i].type),
			inst->elems[i].refs, inst->elems[i].len);
}

/* Those whose type is known. */
static void
mark_typed(struct collection *c, const struct core_store *s)
{
	for (const struct core_global *g = s->globals; g; g = g->next)
		mark_values(c, g->type.type, g->value, 1);
	for (const struct core_table *t = s->tables; t; t = t->next)
		mark_values(c, t->type.elem, t->elems, t->len);
	for (const struct core_instance *i = s->instances; i; i = i->next)
		mark_segments(c, i);
}

static uint64_t *
place_of(const struct words *w, uint64_t word)
{
	uint64_t at = (word * UINT64_C(0x9e3779b97f4a7c15)) >> 32;
	while (w->at[at & w->mask] && w->at[at & w->mask] != word)
		at++;
	return &w->at[at & w->mask];
}

static void
count_words(void *env, const union core_raw *from, const union core_raw *to)
{
	struct words *w = env;
	for (; from < to; from++)
		w->n += core_ref_kind(*from) == CORE_REF_OBJECT;
}

static void
add_words(void *env, const union core_raw *from, const union core_raw *to)
{
	for (; from < to; from++)
		if (core_ref_kind(*from) == CORE_REF_OBJECT)
			*place_of(env, from->i64) = from->i64;
}

/* The constants may be those of an expression that raised; with a stack they do not matter. */
static void
each_untyped(const struct core_store *s, const union core_raw *top, exec_slots_fn *fn, void *env)
{
	if (!exec_stacks_each(s->exec, top, fn, env) && s->constants)
		fn(env, s->constants, top);
}

/* Those that may be an address. */
static void
mark_untyped(struct collection *c, const struct core_store *s, const union core_raw *top)
{
	struct words w = {NULL, 1, 0};
	each_untyped(s, top, count_words, &w);
	while (w.mask <= 2 * w.n)
		w.mask *= 2;
	w.at = calloc(w.mask, sizeof *w.at);
	if (!w.at)
		raise_error(ERR_EXHAUSTED, NO_LOC, "memory-limit", "out of memory");
	w.mask--;
	each_untyped(s, top, add_words, &w);
	for (uint32_t i = c->found; i < c->len; i++)
		if (*place_of(&w, (uint64_t)(uintptr_t)c->all[i]))
			mark(c, c->all[i]);
	free(w.at);
}

/* ---- releasing ---- */

static void
release_from(struct core_objects *objects, uint32_t from)
{
	for (uint32_t i = from; i < objects->len; i++) {
		struct core_object *o = objects->all[i];
		objects->bytes -= HEAD + o->bytes;
		if (core_engine.collect)
			memset(o, 0xdb, HEAD + o->bytes);
		free(o);
	}
	objects->len = from;
}

static void
release_all(void *env)
{
	struct core_objects *objects = env;
	release_from(objects, 0);
	free(objects->all);
}

static void
collect(const struct core_store *s, const union core_raw *top)
{
	struct core_objects *objects = s->objects;
	struct collection c = {s->types, objects->all, objects->len, 0};
	mark_typed(&c, s);
	mark_untyped(&c, s, top);
	for (uint32_t i = 0; i < c.found; i++)
		mark_inside(&c, c.all[i]);
	release_from(objects, c.found);
}

/* ---- making ---- */

struct core_objects *
core_objects_new(struct arena *store)
{
	struct core_objects *objects = arena_new_of(store, struct core_objects);
	arena_defer(store, release_all, objects);
	return objects;
}

NORETURN static void
raise_limit(void)
{
	raise_error(ERR_EXHAUSTED, NO_LOC, "object-limit",
		"structs, arrays and exceptions that live take more than %llu bytes",
		(unsigned long long)core_object_cap);
}

/* How many bytes make the next collection due when so many live, and there will be so many more. */
static uint64_t
next_due(uint64_t live, uint64_t more)
{
	if (core_engine.collect)
		return live + live / STRESS;
	live += more;
	uint64_t due = live + (live > MIN_GARBAGE ? live : MIN_GARBAGE);
	uint64_t most = core_object_cap + core_object_cap / OVER_CAP;
	return due < most ? due : most;
}

NOINLINE static void
collect_for(const struct core_store *s, const union core_raw *top, uint64_t bytes)
{
	collect(s, top);
	if (s->objects->bytes + bytes > core_object_cap)
		raise_limit();
	s->objects->due = next_due(s->objects->bytes, bytes);
}

NOINLINE static void
add_room(struct core_objects *objects)
{
	uint32_t room = objects->room ? objects->room * 2 : FIRST_ROOM;
	struct core_object **all = realloc(objects->all, room * sizeof(struct core_object *));
	if (!all)
		raise_error(ERR_EXHAUSTED, NO_LOC, "memory-limit", "out of memory");
	objects->all = all;
	objects->room = room;
}

struct core_object *
core_object_new(struct core_store *s, const union core_raw *top, uint32_t type_id, uint32_t len,
	uint64_t bytes)
{
	struct core_objects *objects = s->objects;
	if (bytes > core_object_cap)
		raise_limit();
	if (unlikely(objects->bytes + HEAD + bytes > objects->due))
		collect_for(s, top, HEAD + bytes);
	if (unlikely(objects->len == objects->room))
		add_room(objects);
	struct core_object *o = calloc(1, HEAD + bytes);
	if (!o)
		raise_error(ERR_EXHAUSTED, NO_LOC, "memory-limit", "out of memory");
	o->type_id = type_id;
	o->len = len;
	o->bytes = (uint32_t)bytes;
	o->number = objects->len;
	objects->all[objects->len++] = o;
	objects->bytes += HEAD + bytes;
	return o;
}
