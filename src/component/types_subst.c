/* types_subst.c - substitution in types. See types_subst.h. */
#include "component/types_subst.h"

#include "base/budget.h"
#include "base/error.h"

/* ---- maps by identity ---- */

struct id_slot {
	uint32_t key; /* id + 1; 0 is free */
	const void *value;
};

static struct id_slot *
slot_of(const struct id_map *m, uint32_t id)
{
	uint32_t i = id * 2654435761u & (m->cap - 1);
	while (m->slots[i].key != 0 && m->slots[i].key != id + 1)
		i = (i + 1) & (m->cap - 1);
	return &m->slots[i];
}

void
id_map_put(struct id_map *m, uint32_t id, const void *value)
{
	if ((uint64_t)m->len * 4 >= (uint64_t)m->cap * 3) {
		struct id_map old = *m;
		m->cap = old.cap ? old.cap * 2 : 16;
		m->slots = arena_array_of(m->arena, m->cap, struct id_slot);
		for (uint32_t i = 0; i < old.cap; i++) {
			if (old.slots[i].key)
				*slot_of(m, old.slots[i].key - 1) = old.slots[i];
		}
	}
	struct id_slot *slot = slot_of(m, id);
	m->len += slot->key == 0;
	*slot = (struct id_slot){id + 1, value};
}

bool
id_map_get(const struct id_map *m, uint32_t id, const void **value)
{
	if (m->cap == 0)
		return false;
	const struct id_slot *slot = slot_of(m, id);
	if (slot->key == 0)
		return false;
	*value = slot->value;
	return true;
}

bool
id_map_has(const struct id_map *m, uint32_t id)
{
	const void *value;
	return id_map_get(m, id, &value);
}

/* ---- what is replaced ---- */

struct subst
subst_new(struct ctypes *ts)
{
	return (struct subst){ts, {.arena = ts->arena}, {.arena = ts->arena}};
}

void
subst_resource(struct subst *s, const struct resource *r, struct resource *by)
{
	id_map_put(&s->resources, r->id, by);
}

void
subst_node(struct subst *s, const struct ctype *t, const struct ctype *by)
{
	id_map_put(&s->nodes, t->id, by);
}

void
subst_fresh(struct subst *s, const struct resource_list *list, const void *scope, bool imported)
{
	for (uint32_t i = 0; i < list->list.len; i++) {
		struct resource *r = resource_new(s->ts, scope);
		r->imported = imported;
		subst_resource(s, list->list.data[i], r);
	}
}

struct resource *
subst_resource_of(const struct subst *s, struct resource *r)
{
	const void *by;
	return id_map_get(&s->resources, r->id, &by) ? (struct resource *)by : r;
}

/* ---- substitution ---- */

static bool
subst_labels(struct subst *s, const struct ctype *t, struct ctype *copy)
{
	bool changed = false;
	struct ctype_label *labels = NULL;
	for (uint32_t i = 0; i < t->nlabels; i++) {
		const struct ctype *old = t->labels[i].type;
		const struct ctype *new = old ? subst_type(s, old) : NULL;
		if (new == old)
			continue;
		if (!changed) {
			labels = arena_array_of(s->ts->arena, t->nlabels, struct ctype_label);
			memcpy(labels, t->labels, t->nlabels * sizeof *labels);
			copy->labels = labels;
			changed = true;
		}
		labels[i].type = new;
	}
	return changed;
}

static bool
subst_part(struct subst *s, const struct ctype **p)
{
	if (!*p)
		return false;
	const struct ctype *old = *p;
	*p = subst_type(s, old);
	return *p != old;
}

static bool
subst_list(struct subst *s, struct extern_list *l)
{
	bool changed = false;
	struct extern_list new = {0};
	for (uint32_t i = 0; i < l->items.len; i++) {
		struct extern_item *item = &l->items.data[i];
		struct extern_type t = subst_extern(s, item->type);
		if (!changed && t.type != item->type.type) {
			changed = true;
			for (uint32_t j = 0; j < i; j++)
				extern_list_add(
					s->ts, &new, l->items.data[j].name, l->items.data[j].type);
		}
		if (changed)
			extern_list_add(s->ts, &new, item->name, t);
	}
	if (changed)
		*l = new;
	return changed;
}

static bool
subst_own_resource(struct subst *s, struct ctype *t)
{
	struct resource *r = subst_resource_of(s, t->resource);
	if (r == t->resource || !r)
		return false;
	t->resource = r;
	return true;
}

const struct ctype *
subst_type(struct subst *s, const struct ctype *t)
{
	const void *done;
	if (!t->has_names)
		return t;
	if (id_map_get(&s->nodes, t->id, &done))
		return done;
	budget_spend(1 + t->nlabels);
	struct ctype copy = *t;
	bool changed = subst_labels(s, t, &copy);
	changed |= subst_part(s, &copy.elem);
	changed |= subst_part(s, &copy.error);
	changed |= subst_part(s, &copy.key);
	if (t->kind == CT_RESOURCE)
		changed |= subst_own_resource(s, &copy);
	changed |= subst_list(s, &copy.imports);
	changed |= subst_list(s, &copy.exports);
	const struct ctype *result = t;
	if (changed) {
		struct ctype *new = ctype_new(s->ts, t->kind, t->at);
		copy.id = new->id;
		copy.origin = new;
		*new = copy;
		result = ctype_finish(new);
	}
	subst_node(s, t, result);
	return result;
}

struct extern_type
subst_extern(struct subst *s, struct extern_type e)
{
	if (e.type)
		e.type = subst_type(s, e.type);
	return e;
}

static const struct ctype *
rename_instance(struct subst *s, const struct ctype *t)
{
	struct ctype *new = ctype_new(s->ts, CT_INSTANCE, t->at);
	for (uint32_t i = 0; i < t->exports.items.len; i++) {
		const struct extern_item *item = &t->exports.items.data[i];
		extern_list_add(s->ts, &new->exports, item->name, subst_rename(s, item->type));
	}
	return ctype_finish(new);
}

struct extern_type
subst_rename(struct subst *s, struct extern_type e)
{
	if (e.sort == SORT_INSTANCE) {
		e.type = rename_instance(s, e.type);
	} else if (e.sort == SORT_TYPE) {
		const struct ctype *old = e.type;
		e.type = ctype_rename(s->ts, subst_type(s, old));
		subst_node(s, old, e.type);
	} else {
		e = subst_extern(s, e);
	}
	return e;
}

/* ---- free resources ---- */

struct free_search {
	struct id_map seen;  /* nodes */
	struct id_map bound; /* resources */
	bool (*ok)(const void *env, const struct resource *r);
	const void *env;
};

static bool find_free(struct free_search *f, const struct ctype *t);

static void
bind_all(struct free_search *f, const struct resource_list *list)
{
	for (uint32_t i = 0; i < list->list.len; i++)
		id_map_put(&f->bound, list->list.data[i]->id, NULL);
}

static bool
find_free_in(struct free_search *f, const struct extern_list *l)
{
	for (uint32_t i = 0; i < l->items.len; i++) {
		const struct ctype *t = l->items.data[i].type.type;
		if (t && find_free(f, t))
			return true;
	}
	return false;
}

/* No resource is bound twice, nor used outside of what binds it, so one set is enough. */
static bool
find_free(struct free_search *f, const struct ctype *t)
{
	if (!t->has_names || id_map_has(&f->seen, t->id))
		return false;
	budget_spend(1 + t->nlabels);
	id_map_put(&f->seen, t->id, NULL);
	if (t->kind == CT_RESOURCE)
		return !id_map_has(&f->bound, t->resource->id) && !f->ok(f->env, t->resource);
	bind_all(f, &t->bound_imports);
	bind_all(f, &t->bound_exports);
	for (uint32_t i = 0; i < t->nlabels; i++) {
		if (t->labels[i].type && find_free(f, t->labels[i].type))
			return true;
	}
	return (t->elem && find_free(f, t->elem)) || (t->error && find_free(f, t->error)) ||
	       (t->key && find_free(f, t->key)) || find_free_in(f, &t->imports) ||
	       find_free_in(f, &t->exports);
}

bool
ctype_free_resources_ok(struct ctypes *ts, const struct ctype *t,
	bool (*ok)(const void *env, const struct resource *r), const void *env)
{
	struct free_search f = {{.arena = ts->arena}, {.arena = ts->arena}, ok, env};
	return !find_free(&f, t);
}

static bool
never_ok(const void *env, const struct resource *r)
{
	(void)env, (void)r;
	return false;
}

bool
ctype_has_free_resource(struct ctypes *ts, const struct ctype *t)
{
	return t->has_resource && !ctype_free_resources_ok(ts, t, never_ok, NULL);
}
