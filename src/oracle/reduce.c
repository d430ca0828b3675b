/* reduce.c - see reduce.h: how a change is tried, and the order of all that are tried. The changes
 * themselves are in reduce_changes.c. */
#include "oracle/reduce.h"

#include "oracle/reduce_parts.h"

/* ---- a change ---- */

void
reduce_change(struct reducer *r, struct tree *at, struct tree now)
{
	vec_push(r->scratch, &r->changes, ((struct change){at, *at}));
	*at = now;
}

struct tree
reduce_without(struct reducer *r, const struct tree *list, uint32_t begin, uint32_t end)
{
	struct tree now = *list;
	now.items = arena_array_of(r->scratch, list->len, struct tree *);
	now.len = 0;
	for (uint32_t i = 0; i < list->len; i++)
		if (i < begin || i >= end || list->items[i] == r->target)
			now.items[now.len++] = list->items[i];
	return now;
}

static uint32_t
index_of_target(const struct reducer *r)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < r->top->len && r->top->items[i] != r->target; i++)
		n += r->top->items[i]->mark != TREE_HEADER;
	return r->target ? n : 0;
}

static struct reduce_candidate
candidate(struct reducer *r, struct arena *a)
{
	struct strbuf text = {.arena = a};
	uint32_t line = tree_print(&text, r->top, r->target);
	return (struct reduce_candidate){strbuf_str(&text), index_of_target(r), line};
}

/* Asks, unless the same text was there before, or it was asked too often. */
static bool
holds(struct reducer *r)
{
	struct reduce_candidate c = candidate(r, r->scratch);
	if (!seen_add(&r->seen, str_hash(c.text)))
		return false;
	if (r->runs == r->options->max_runs || (r->options->stopped && *r->options->stopped)) {
		r->cut = true;
		return false;
	}
	r->runs++;
	return r->options->holds(r->options->env, &c);
}

/* What a change made in scratch memory goes with the tree. */
static void
keep_changes(struct reducer *r)
{
	for (uint32_t i = 0; i < r->changes.len; i++) {
		struct tree *at = r->changes.data[i].at;
		struct tree **items = arena_array_of(r->arena, at->len, struct tree *);
		if (at->len)
			memcpy(items, at->items, at->len * sizeof *items);
		at->items = items;
		at->text = str_dup(r->arena, at->text);
		at->shown = str_dup(r->arena, at->shown);
	}
}

static void
undo_changes(struct reducer *r)
{
	while (r->changes.len) {
		struct change c = vec_pop(&r->changes);
		*c.at = c.before;
	}
}

static void
forget_changes(struct reducer *r)
{
	arena_free(r->scratch);
	r->scratch = arena_new(0);
	r->changes.data = NULL;
	r->changes.len = r->changes.cap = 0;
}

bool
reduce_try(struct reducer *r)
{
	bool good = false;
	if (r->changes.len && !r->cut) {
		struct tree_size size = tree_measure(r->top);
		good = tree_smaller(&size, &r->size) && holds(r);
		if (good)
			r->size = size;
	}
	if (good)
		keep_changes(r);
	else
		undo_changes(r);
	forget_changes(r);
	r->changed |= good;
	return good;
}

/* ---- the search ---- */

static void
drop_needless(struct reducer *r, const bool *needed)
{
	struct tree now = *r->top;
	now.items = arena_array_of(r->scratch, r->top->len, struct tree *);
	now.len = 0;
	for (uint32_t i = 0; i < r->top->len; i++)
		if (needed[i] || r->top->items[i]->mark == TREE_HEADER)
			now.items[now.len++] = r->top->items[i];
	reduce_change(r, r->top, now);
	reduce_try(r);
}

/* Coarse changes first: what they take away is not looked at any more. */
static void
search(struct reducer *r, const bool *needed)
{
	if (needed)
		drop_needless(r, needed);
	reduce_top(r);
	do {
		r->changed = false;
		reduce_bodies(r, r->top);
		reduce_names(r);
		reduce_items(r, r->top);
		reduce_lists(r, r->top, false);
		reduce_atoms(r, r->top);
	} while (r->changed && !r->cut);
}

static uint32_t
count_directives(const struct tree *top)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < top->len; i++)
		n += top->items[i]->mark != TREE_HEADER;
	return n;
}

struct reduced
reduce_tree(struct arena *a, struct tree *top, struct tree *target, const bool *needed,
	const struct reduce_options *o)
{
	struct reducer r = {.arena = a,
		.scratch = arena_new(0),
		.top = top,
		.target = target,
		.options = o,
		.size = tree_measure(top)};
	struct reduced out = {.holds = holds(&r)};
	if (out.holds)
		search(&r, needed);
	struct reduce_candidate last = candidate(&r, a);
	out.text = last.text;
	out.target = last.target;
	out.line = last.line;
	out.runs = r.runs;
	out.cut = r.cut;
	out.directives = count_directives(top);
	seen_free(&r.seen);
	arena_free(r.scratch);
	return out;
}
