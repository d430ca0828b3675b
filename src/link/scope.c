/* scope.c - index spaces at run time, and aliases, which copy an item from an instance or
 * from an enclosing component into an index space. Explainer.md, "Alias Definitions". */
#include "link/scope.h"

#include "base/error.h"

struct link_names *
names_new(struct arena *a)
{
	struct link_names *names = arena_new_of(a, struct link_names);
	names->map.arena = a;
	return names;
}

void
names_put(struct arena *a, struct link_names *names, struct str name, struct link_item item)
{
	if (!strmap_put(&names->map, name, names->items.len))
		return;
	vec_push(a, &names->items, item);
	vec_push(a, &names->names, name);
}

const struct link_item *
names_get(const struct link_names *names, struct str name)
{
	uint32_t i;
	return strmap_get(&names->map, name, &i) ? &names->items.data[i] : NULL;
}

void
space_push(struct scope *s, struct link_item item)
{
	vec_push(s->linked->arena, &s->spaces[item.sort], item);
}

struct link_item *
space_at(struct scope *s, enum comp_sort sort, uint32_t index)
{
	if (index >= s->spaces[sort].len)
		internal_error("no %s %u while linking", comp_sort_name(sort), index);
	return &s->spaces[sort].data[index];
}

static struct link_item
alias_outer(struct scope *s, const struct comp_alias *alias)
{
	struct scope *from = s;
	for (uint32_t i = 0; i < alias->outer_count && from; i++)
		from = from->outer;
	if (!from)
		internal_error("an outer alias leads out of the outermost component");
	return *space_at(from, alias->sort, alias->outer_index);
}

static struct link_item
alias_export(struct scope *s, const struct comp_alias *alias)
{
	const struct link_item *instance = space_at(s, alias->instance.sort, alias->instance.index);
	const struct link_names *names =
		alias->kind == ALIAS_CORE_EXPORT ? instance->core_instance : instance->instance;
	const struct link_item *item = names_get(names, alias->name);
	if (!item || item->sort != alias->sort)
		internal_error("no %s export \"" STR_FMT "\" while linking",
			comp_sort_name(alias->sort), STR_ARG(alias->name));
	return *item;
}

void
space_alias(struct scope *s, const struct comp_alias *alias)
{
	space_push(s, alias->kind == ALIAS_OUTER ? alias_outer(s, alias) : alias_export(s, alias));
}
