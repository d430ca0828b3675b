/* tree.c - see tree.h. */
#include "oracle/tree.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "text/number.h"
#include "text/pretty.h"

/* A list that is longer than this is broken into lines. */
enum { WIDTH = 96 };

/* ---- making ---- */

static struct str
show(struct arena *a, enum sexpr_kind kind, struct str text)
{
	char *bytes = NULL;
	size_t len = 0;
	uint32_t scalar;
	struct pretty p = {.out = open_memstream(&bytes, &len)};
	if (!p.out)
		abort();
	if (kind == SEXPR_ID)
		pretty_id(&p, text);
	else if (kind == SEXPR_STRING && utf8_valid(text.ptr, text.len))
		pretty_string(&p, text);
	else if (kind == SEXPR_STRING)
		pretty_bytes(&p, text);
	else if (kind == SEXPR_CHAR && utf8_decode(text.ptr, text.len, &scalar))
		pretty_char(&p, scalar);
	else
		fwrite(text.ptr, 1, text.len, p.out);
	fclose(p.out);
	struct str shown = str_dup(a, (struct str){bytes, len});
	free(bytes);
	return shown;
}

struct tree *
tree_atom(struct arena *a, enum sexpr_kind kind, struct str text)
{
	struct tree *t = arena_new_of(a, struct tree);
	*t = (struct tree){.kind = kind, .text = text, .shown = show(a, kind, text)};
	return t;
}

struct tree *
tree_list(struct arena *a, const char *word, const char *number)
{
	struct tree *t = arena_new_of(a, struct tree);
	*t = (struct tree){.kind = SEXPR_LIST, .items = arena_array_of(a, 2, struct tree *)};
	t->items[t->len++] = tree_atom(a, SEXPR_KEYWORD, str_of(word));
	if (number)
		t->items[t->len++] = tree_atom(a, SEXPR_NUMBER, str_of(number));
	return t;
}

static uint32_t
count_notes(const struct sexpr *sx)
{
	uint32_t n = 0;
	for (const struct sexpr_note *note = sx->notes; note; note = note->next)
		n++;
	return n;
}

static struct tree *
copy(struct arena *a, const struct sexpr *sx)
{
	if (sx->kind != SEXPR_LIST)
		return tree_atom(a, sx->kind, sx->text);
	struct tree *t = arena_new_of(a, struct tree);
	const struct sexpr_note *note = sx->notes;
	*t = (struct tree){.kind = SEXPR_LIST,
		.items = arena_array_of(a, sx->len + count_notes(sx), struct tree *)};
	for (uint32_t i = 0; i <= sx->len; i++) {
		for (; note && note->before == i; note = note->next) {
			t->items[t->len] = copy(a, note->list);
			t->items[t->len++]->mark = TREE_NOTE;
		}
		if (i < sx->len)
			t->items[t->len++] = copy(a, &sx->items[i]);
	}
	return t;
}

/* The lines before anything else that switch features. */
static uint32_t
copy_headers(struct arena *a, const struct source *src, struct tree **out)
{
	uint32_t n = 0;
	for (size_t i = 0; i < src->len;) {
		const char *start = src->text + i, *end = memchr(start, '\n', src->len - i);
		struct str line = {start, end ? (size_t)(end - start) : src->len - i};
		i += line.len + 1;
		while (line.len && strchr(" \t\r", *line.ptr))
			line = (struct str){line.ptr + 1, line.len - 1};
		while (line.len && strchr(" \t\r", line.ptr[line.len - 1]))
			line.len--;
		if (line.len && !str_starts(line, ";;"))
			break;
		if (!str_starts(line, ";;!"))
			continue;
		if (out) {
			out[n] = tree_atom(a, SEXPR_KEYWORD, line);
			out[n]->mark = TREE_HEADER;
		}
		n++;
	}
	return n;
}

struct tree *
tree_read(struct arena *a, const struct sexpr *top, const struct source *src)
{
	struct tree *body = copy(a, top);
	uint32_t headers = copy_headers(a, src, NULL);
	struct tree **items = arena_array_of(a, headers + body->len, struct tree *);
	copy_headers(a, src, items);
	if (body->len)
		memcpy(items + headers, body->items, body->len * sizeof *items);
	body->items = items;
	body->len += headers;
	return body;
}

/* ---- asking ---- */

bool
tree_is_list(const struct tree *t)
{
	return t->kind == SEXPR_LIST;
}

bool
tree_is_list_of(const struct tree *t, const char *keyword)
{
	return tree_is_list(t) && t->len && t->mark == TREE_PLAIN &&
	       t->items[0]->kind == SEXPR_KEYWORD && str_is(t->items[0]->text, keyword);
}

/* Large for what is no plain number, so that any plain number is smaller. */
static uint64_t
weight_of_number(struct str s)
{
	uint64_t v = 0;
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] < '0' || s.ptr[i] > '9' || v > UINT32_MAX)
			return (UINT64_C(1) << 40) + s.len;
		v = v * 10 + (uint64_t)(s.ptr[i] - '0');
	}
	return v;
}

static void
add_size(struct tree_size *size, const struct tree *t)
{
	size->nodes++;
	if (t->kind == SEXPR_NUMBER)
		size->numbers += weight_of_number(t->text);
	else
		size->bytes += t->shown.len;
	for (uint32_t i = 0; i < t->len; i++)
		add_size(size, t->items[i]);
}

struct tree_size
tree_measure(const struct tree *t)
{
	struct tree_size size = {0};
	add_size(&size, t);
	return size;
}

bool
tree_smaller(const struct tree_size *a, const struct tree_size *b)
{
	if (a->nodes != b->nodes)
		return a->nodes < b->nodes;
	return a->bytes != b->bytes ? a->bytes < b->bytes : a->numbers < b->numbers;
}

/* ---- printing ---- */

struct printer {
	struct strbuf *out;
	size_t line; /* where the line starts */
	uint32_t lines, indent;
};

static void
new_line(struct printer *p)
{
	uint32_t levels = p->indent < PRETTY_MAX_INDENT ? p->indent : PRETTY_MAX_INDENT;
	strbuf_addc(p->out, '\n');
	p->line = p->out->len;
	p->lines++;
	for (uint32_t i = 0; i < levels; i++)
		strbuf_adds(p->out, "  ");
}

/* In one line. False, with a part of it printed, where it does not fit. */
static bool
print_flat(struct printer *p, const struct tree *t)
{
	if (!tree_is_list(t)) {
		strbuf_add(p->out, t->shown.ptr, t->shown.len);
		return p->out->len - p->line <= WIDTH;
	}
	strbuf_adds(p->out, t->mark == TREE_NOTE ? "(@custom" : "(");
	for (uint32_t i = 0; i < t->len; i++) {
		if (i || t->mark == TREE_NOTE)
			strbuf_addc(p->out, ' ');
		if (!print_flat(p, t->items[i]))
			return false;
	}
	strbuf_addc(p->out, ')');
	return p->out->len - p->line <= WIDTH;
}

/* What stays beside the opening of a list that is broken: what it is called, and its type; but what a
 * module or a component exports is one of its fields. */
static bool
is_beside(const struct tree *around, const struct tree *t)
{
	static const char *const heads[] = {"export", "import", "param", "result", "type", "with"};
	bool has_fields = tree_is_list_of(around, "component") ||
			  tree_is_list_of(around, "module") ||
			  tree_is_list_of(around, "instance") ||
			  (tree_is_list_of(around, "core") && around->len > 1 &&
				  str_is(around->items[1]->text, "module"));
	for (size_t i = 0; !has_fields && i < sizeof heads / sizeof *heads; i++)
		if (tree_is_list_of(t, heads[i]))
			return true;
	return false;
}

/* Whether an item of a broken list starts a line: a list does, and an instruction, but not its
 * immediates. */
static bool
starts_line(const struct tree *t)
{
	bool is_word = t->kind == SEXPR_KEYWORD && !memchr(t->text.ptr, '=', t->text.len);
	return tree_is_list(t) || is_word || t->kind == SEXPR_STRING;
}

/* Whether a function's instructions start here, that are not in parentheses. */
static bool
starts_body(const struct tree *t, uint32_t i)
{
	const struct tree *word = t->items[i];
	return i && word->kind == SEXPR_KEYWORD && tree_is_list_of(t, "func") &&
	       !str_is(word->text, "async");
}

static void print_tree(struct printer *p, const struct tree *t);

static void
print_broken(struct printer *p, const struct tree *t)
{
	uint32_t i = 0;
	strbuf_adds(p->out, t->mark == TREE_NOTE ? "(@custom" : "(");
	p->indent++;
	for (; i < t->len && (!tree_is_list(t->items[i]) || is_beside(t, t->items[i])); i++) {
		size_t start = p->out->len;
		if (starts_body(t, i))
			break;
		if (i || t->mark == TREE_NOTE)
			strbuf_addc(p->out, ' ');
		if (print_flat(p, t->items[i]) || !i)
			continue;
		p->out->len = start;
		break;
	}
	for (; i < t->len; i++) {
		if (starts_line(t->items[i]))
			new_line(p);
		else
			strbuf_addc(p->out, ' ');
		print_tree(p, t->items[i]);
	}
	p->indent--;
	strbuf_addc(p->out, ')');
}

static void
print_tree(struct printer *p, const struct tree *t)
{
	size_t start = p->out->len;
	if (print_flat(p, t) || !tree_is_list(t))
		return;
	p->out->len = start;
	print_broken(p, t);
}

uint32_t
tree_print(struct strbuf *out, const struct tree *top, const struct tree *target)
{
	struct printer p = {.out = out, .line = out->len, .lines = 1};
	uint32_t line = 0;
	for (uint32_t i = 0; i < top->len; i++) {
		if (top->items[i] == target)
			line = p.lines;
		print_tree(&p, top->items[i]);
		new_line(&p);
	}
	return line;
}
