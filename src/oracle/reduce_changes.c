/* reduce_changes.c - what canon reduce tries; see reduce.h. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "oracle/reduce_parts.h"

/* ---- dropping items ---- */

/* The first item that may go: not a list's own keyword. */
static uint32_t
first_item(const struct reducer *r, const struct tree *list)
{
	return list != r->top && list->len && list->items[0]->kind == SEXPR_KEYWORD;
}

static bool
drop(struct reducer *r, struct tree *list, uint32_t begin, uint32_t end)
{
	struct tree now = reduce_without(r, list, begin, end);
	if (now.len == list->len)
		return false;
	reduce_change(r, list, now);
	return reduce_try(r);
}

/* Drops pieces of one size, from the last one on: what comes later uses what came before. Small ones
 * are tried at every place, since an instruction and its immediates go together. */
static void
drop_pieces(struct reducer *r, struct tree *list, uint32_t size)
{
	enum { SMALL = 4 };
	uint32_t first = first_item(r, list), end = list->len;
	while (end > first) {
		uint32_t begin = end - first > size ? end - size : first;
		if (drop(r, list, begin, end))
			end = begin;
		else
			end = size <= SMALL ? end - 1 : begin;
	}
}

static void
drop_items(struct reducer *r, struct tree *list)
{
	for (uint32_t size = list->len; size && !r->cut; size /= 2)
		drop_pieces(r, list, size);
}

void
reduce_top(struct reducer *r)
{
	drop_items(r, r->top);
}

void
reduce_items(struct reducer *r, struct tree *at)
{
	drop_items(r, at);
	for (uint32_t i = at->len; i-- > 0;)
		if (i < at->len && tree_is_list(at->items[i]))
			reduce_items(r, at->items[i]);
}

/* ---- names ---- */

/* A list that has the name as an item, or as an item of an item, ... */
static bool
is_around(const struct tree *t, const struct tree *name, uint32_t levels)
{
	for (uint32_t i = 0; i < t->len; i++) {
		const struct tree *item = t->items[i];
		if (levels && tree_is_list(item) && is_around(item, name, levels - 1))
			return true;
		if (!levels && item->kind == name->kind && str_eq(item->text, name->text))
			return true;
	}
	return false;
}

static void
drop_around(struct reducer *r, struct tree *at, const struct tree *name, uint32_t levels)
{
	struct tree now = *at;
	now.items = arena_array_of(r->scratch, at->len, struct tree *);
	now.len = 0;
	for (uint32_t i = 0; i < at->len; i++) {
		struct tree *item = at->items[i];
		bool gone =
			tree_is_list(item) && item != r->target && is_around(item, name, levels);
		if (!gone)
			now.items[now.len++] = item;
		if (!gone && tree_is_list(item))
			drop_around(r, item, name, levels);
	}
	if (now.len < at->len)
		reduce_change(r, at, now);
}

typedef VEC(const struct tree *) Names;

static void
find_names(struct reducer *r, const struct tree *at, struct strmap *known, Names *out)
{
	bool is_name = at->kind == SEXPR_ID || at->kind == SEXPR_STRING;
	if (is_name && strmap_put(known, at->shown, 0))
		vec_push(known->arena, out, at);
	for (uint32_t i = 0; i < at->len; i++)
		find_names(r, at->items[i], known, out);
}

/* A definition and its uses, an import with what is given for it: neither can go alone. */
void
reduce_names(struct reducer *r)
{
	enum { LEVELS = 3 };
	struct arena *a = arena_new(0);
	struct strmap known = {.arena = a};
	Names names = {0};
	find_names(r, r->top, &known, &names);
	for (uint32_t i = names.len; i-- > 0;) {
		bool gone = false;
		for (uint32_t levels = 0; levels < LEVELS && !gone && !r->cut; levels++) {
			drop_around(r, r->top, names.data[i], levels);
			gone = reduce_try(r);
		}
	}
	arena_free(a);
}

/* ---- core code ---- */

static bool
is_core_module(const struct tree *t)
{
	return tree_is_list_of(t, "module") ||
	       (tree_is_list_of(t, "core") && t->len > 1 && str_is(t->items[1]->text, "module"));
}

/* How many items a function has before its body. */
static uint32_t
header_of(const struct tree *func)
{
	static const char *const heads[] = {"export", "import", "type", "param", "result", "local"};
	uint32_t n = 1;
	for (; n < func->len; n++) {
		bool is_header = n == 1 && func->items[n]->kind == SEXPR_ID;
		for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
			is_header |= tree_is_list_of(func->items[n], heads[i]);
		if (!is_header)
			break;
	}
	return n;
}

static const char *const trivial[][2] = {{"i32.const", "0"}, {"i64.const", "0"}, {"unreachable"}};
enum { TRIVIAL = sizeof trivial / sizeof *trivial };

/* The body goes, or becomes a trivial one. */
static void
reduce_body(struct reducer *r, struct tree *func)
{
	uint32_t header = header_of(func);
	if (header == func->len || drop(r, func, header, func->len))
		return;
	for (int i = 0; i < TRIVIAL; i++) {
		struct tree now = reduce_without(r, func, header, func->len - 1);
		now.items[header] = tree_list(r->arena, trivial[i][0], trivial[i][1]);
		reduce_change(r, func, now);
		if (reduce_try(r))
			return;
	}
}

void
reduce_bodies(struct reducer *r, struct tree *at)
{
	for (uint32_t i = 0; i < at->len; i++) {
		if (tree_is_list_of(at->items[i], "func") && is_core_module(at))
			reduce_body(r, at->items[i]);
		else if (tree_is_list(at->items[i]))
			reduce_bodies(r, at->items[i]);
	}
}

/* ---- a list becomes something simpler ---- */

static bool
replace(struct reducer *r, struct tree *at, struct tree now)
{
	reduce_change(r, at, now);
	return reduce_try(r);
}

/* One of its own items. */
static bool
hoist(struct reducer *r, struct tree *list)
{
	enum { MOST = 12 };
	for (uint32_t i = first_item(r, list); i < list->len && i < MOST; i++)
		if (replace(r, list, *list->items[i]))
			return true;
	return false;
}

/* All that is in it, in its place. */
static bool
unwrap(struct reducer *r, struct tree *around, uint32_t i)
{
	const struct tree *list = around->items[i];
	uint32_t first = first_item(r, list), n = list->len - first;
	struct tree now = *around;
	if (!n)
		return false;
	now.items = arena_array_of(r->scratch, around->len + n, struct tree *);
	memcpy(now.items, around->items, i * sizeof *now.items);
	memcpy(now.items + i, list->items + first, n * sizeof *now.items);
	memcpy(now.items + i + n, around->items + i + 1, (around->len - i - 1) * sizeof *now.items);
	now.len = around->len + n - 1;
	return replace(r, around, now);
}

/* One of its operands, which is dropped. */
static bool
drop_operand(struct reducer *r, struct tree *list)
{
	for (uint32_t i = 1; i < list->len; i++) {
		if (!tree_is_list(list->items[i]))
			continue;
		struct tree *now = tree_list(r->arena, "drop", "0");
		now->items[1] = list->items[i];
		if (replace(r, list, *now))
			return true;
	}
	return false;
}

static bool
trivialise(struct reducer *r, struct tree *list)
{
	for (int i = 0; i < TRIVIAL; i++)
		if (replace(r, list, *tree_list(r->arena, trivial[i][0], trivial[i][1])))
			return true;
	return false;
}

void
reduce_lists(struct reducer *r, struct tree *at, bool in_code)
{
	for (uint32_t i = 0; i < at->len && !r->cut; i++) {
		struct tree *item = at->items[i];
		bool is_code = in_code || (tree_is_list_of(item, "func") && is_core_module(at));
		if (!tree_is_list(item))
			continue;
		if (item != r->target) {
			while (hoist(r, item) && tree_is_list(item))
				;
			if (!tree_is_list(item) || unwrap(r, at, i))
				continue;
			if (in_code && !trivialise(r, item))
				drop_operand(r, item);
		}
		if (tree_is_list(item))
			reduce_lists(r, item, is_code);
	}
}

/* ---- atoms ---- */

static bool
becomes(struct reducer *r, struct tree *atom, struct str text)
{
	return replace(r, atom, *tree_atom(r->scratch, atom->kind, text));
}

static void
reduce_number(struct reducer *r, struct tree *atom)
{
	const char *end = atom->text.ptr + atom->text.len;
	char *stop;
	if (becomes(r, atom, STR("0")) || becomes(r, atom, STR("1")))
		return;
	uint64_t value = strtoull(str_cstr(r->arena, atom->text), &stop, 0);
	if (*stop || end == atom->text.ptr)
		return;
	while (value > 3) {
		value /= 2;
		if (!becomes(r, atom, str_of(arena_printf(r->arena, "%" PRIu64, value))))
			return;
	}
}

/* Whether a list holds bytes, and not names. */
static bool
holds_bytes(const struct tree *t)
{
	static const char *const words[] = {
		"data", "binary", "quote", "string.const", "str.const", "char.const"};
	for (uint32_t i = 0; i < t->len; i++)
		for (size_t k = 0; k < sizeof words / sizeof *words; k++)
			if (t->items[i]->kind == SEXPR_KEYWORD &&
				str_is(t->items[i]->text, words[k]))
				return true;
	return false;
}

static bool
cut_out(struct reducer *r, struct tree *atom, size_t begin, size_t end)
{
	struct strbuf text = {.arena = r->scratch};
	strbuf_add(&text, atom->text.ptr, begin);
	strbuf_add(&text, atom->text.ptr + end, atom->text.len - end);
	return becomes(r, atom, strbuf_str(&text));
}

/* Of a long string no piece is smaller than a small part of it. */
static void
reduce_bytes(struct reducer *r, struct tree *atom)
{
	enum { PIECES = 256 };
	size_t least = 1 + atom->text.len / PIECES;
	for (size_t size = atom->text.len; size >= least && !r->cut; size /= 2) {
		for (size_t end = atom->text.len; end;) {
			size_t begin = end > size ? end - size : 0;
			cut_out(r, atom, begin, end);
			end = begin;
		}
	}
}

void
reduce_atoms(struct reducer *r, struct tree *at)
{
	bool bytes = holds_bytes(at);
	for (uint32_t i = 0; i < at->len && !r->cut; i++) {
		struct tree *item = at->items[i];
		if (tree_is_list(item))
			reduce_atoms(r, item);
		else if (item->kind == SEXPR_NUMBER)
			reduce_number(r, item);
		else if (item->kind == SEXPR_STRING && bytes)
			reduce_bytes(r, item);
	}
}
