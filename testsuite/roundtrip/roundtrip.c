/* roundtrip.c - every module and component of the scripts that are named, through all formats:
 *
 *	text -> AST -> binary -> AST      prints as the first AST does
 *	AST -> text -> AST                has the same encoding, and prints the same
 *	binary -> AST -> binary           is the same, where the input is as we would write it
 *
 * Two ASTs are taken for equal when both their encodings and their texts are: the encoder and the
 * printer are different walks over the tree, and what both leave out is nowhere. Names of indices
 * are left out of the comparison, since a binary keeps fewer of them.
 *
 * Usage: roundtrip [--list] [--write DIR] FILE...
 *
 * A line for each file: "ok FILE: N units, M binaries the same of K", or "not ok FILE:LINE: why".
 * --list names the binaries that are not the same; --write leaves what was encoded and printed in
 * DIR as LINE.wasm and LINE.wat, for other tools. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "component/decode.h"
#include "component/load.h"
#include "core/decode.h"
#include "core/print.h"
#include "script/state.h"

struct trip {
	struct runner runner;
	const struct sexpr *unit; /* (module ...), (component ...) */
	bool is_component;
	const char *step;
	bool parsed, valid, same, binary;
};

static bool list_different;
static const char *write_to;

/* ---- the steps ---- */

static struct str
encode(struct arena *a, const struct loaded *l)
{
	struct strbuf out = {.arena = a};
	load_encode(&out, l);
	return strbuf_str(&out);
}

static struct str
print(struct arena *a, const struct loaded *l, bool names)
{
	const struct print_options options = {.names = names};
	return load_print_text(a, l, &options);
}

static struct loaded
load(struct arena *a, struct str bytes, const char *name)
{
	struct source *src = arena_new_of(a, struct source);
	*src = (struct source){.name = name, .text = bytes.ptr, .len = bytes.len};
	return load_source(a, src);
}

static void
need_equal(struct trip *t, struct str a, struct str b, const char *what)
{
	if (str_eq(a, b))
		return;
	size_t i = 0;
	while (i < a.len && i < b.len && a.ptr[i] == b.ptr[i])
		i++;
	size_t from = i > 40 ? i - 40 : 0;
	raise_error(ERR_SCRIPT, NO_LOC, "different", "%s: %s differs at %zu: %.80s | %.80s",
		t->step, what, i,
		str_cstr(t->runner.arena, (struct str){a.ptr + from, a.len - from}),
		str_cstr(t->runner.arena, (struct str){b.ptr + from, b.len - from}));
}

/* The bytes of a binary unit, joined. */
static struct str
binary_bytes(struct trip *t)
{
	struct cursor c = cursor_from(t->unit, 1);
	if (at_keyword(&c, "definition"))
		take_item(&c);
	take_id(&c);
	t->binary = at_keyword(&c, "binary");
	if (!t->binary)
		return (struct str){0};
	take_item(&c);
	return take_bytes(t->runner.arena, &c);
}

static struct loaded
parse(struct trip *t)
{
	struct cursor c = cursor_from(t->unit, 1);
	if (at_keyword(&c, "definition"))
		take_item(&c);
	struct unit u = unit_parse(&t->runner, &c, t->is_component, t->unit->at);
	return (struct loaded){u.module, u.component};
}

/* ---- names ---- */

#define CLEAR(v) \
	for (uint32_t i = 0; i < m->v.len; i++) \
		m->v.data[i].name = (struct str){0};

#define DROP_CUSTOM(from, section) \
	do { \
		uint32_t kept = 0; \
		for (uint32_t i = 0; i < (from)->customs.len; i++) \
			if (!str_is((from)->customs.data[i].name, section)) \
				(from)->customs.data[kept++] = (from)->customs.data[i]; \
		(from)->customs.len = kept; \
	} while (0)

static void
strip_module(struct core_module *m)
{
	m->name = (struct str){0};
	CLEAR(funcs)
	CLEAR(tables)
	CLEAR(mems)
	CLEAR(globals)
	CLEAR(tags)
	CLEAR(elems)
	CLEAR(datas)
	DROP_CUSTOM(m, "name");
}

/* A value that was text is what it is encoded as. */
static void
strip_value(struct comp_value *v)
{
	if (v->literal.kind == LIT_BINARY)
		return;
	v->literal.kind = LIT_BINARY;
	v->literal.text = v->encoding;
}

static void
strip_component(struct component *c)
{
	c->id = (struct str){0};
	c->ids.len = 0;
	DROP_CUSTOM(c, "component-name");
	for (uint32_t i = 0; i < c->defs.len; i++) {
		if (c->defs.data[i].kind == DEF_CORE_MODULE)
			strip_module(c->defs.data[i].module);
		if (c->defs.data[i].kind == DEF_COMPONENT)
			strip_component(c->defs.data[i].component);
		if (c->defs.data[i].kind == DEF_VALUE)
			strip_value(&c->defs.data[i].value);
	}
}

static void
strip(const struct loaded *l)
{
	if (l->module)
		strip_module(l->module);
	else
		strip_component(l->component);
}

/* What the text format has no way to say: an attribute of a name twice, which is invalid. */
static bool
repeats_attribute(const struct loaded *l)
{
	for (uint32_t i = 0; l->component && i < l->component->defs.len; i++) {
		const struct comp_def *d = &l->component->defs.data[i];
		unsigned seen = 0;
		for (uint32_t k = 0; d->kind == DEF_IMPORT && k < d->import.name.attrs.len; k++) {
			unsigned bit = 1u << d->import.name.attrs.data[k].kind;
			if (seen & bit)
				return true;
			seen |= bit;
		}
	}
	return false;
}

static void
write_bytes(const struct trip *t, struct str bytes, const char *suffix)
{
	uint32_t line, column;
	if (!write_to)
		return;
	loc_line_col(t->unit->at, &line, &column);
	const char *path = arena_printf(t->runner.arena, "%s/%u.%s", write_to, line, suffix);
	FILE *out = fopen(path, "wb");
	if (!out || fwrite(bytes.ptr, 1, bytes.len, out) != bytes.len || fclose(out) != 0)
		raise_error(ERR_SCRIPT, NO_LOC, "unwritable", "%s cannot be written", path);
}

static void
need_same(struct trip *t, const char *step, const struct loaded *a, const struct loaded *b)
{
	struct arena *arena = t->runner.arena;
	t->step = step;
	need_equal(t, print(arena, a, false), print(arena, b, false), "text");
	need_equal(t, encode(arena, a), encode(arena, b), "encoding");
}

struct validating {
	struct arena *arena;
	const struct loaded *loaded;
};

static void
validate(void *env)
{
	const struct validating *v = env;
	const struct features all = features_all();
	load_validate(v->arena, v->loaded, &all);
}

/* Leaves the encodings of values behind, too. */
static bool
is_valid(struct arena *a, const struct loaded *l)
{
	struct validating v = {a, l};
	struct error err;
	return protect(validate, &v, &err);
}

static void
travel(void *env)
{
	struct trip *t = env;
	struct arena *a = t->runner.arena;
	t->step = "parse";
	struct loaded first = parse(t);
	t->parsed = true;
	t->valid = is_valid(a, &first);
	t->step = "encode";
	struct str bytes = encode(a, &first);
	write_bytes(t, bytes, "wasm");
	t->same = str_eq(binary_bytes(t), bytes);
	t->step = "decode";
	struct loaded again = load(a, bytes, "encoded");
	need_equal(t, bytes, encode(a, &again), "encoding");
	t->step = "print";
	struct str text = print(a, &first, true);
	write_bytes(t, text, "wat");
	strip(&first);
	strip(&again);
	need_same(t, "text to binary", &first, &again);
	t->step = "parse what was printed";
	if (repeats_attribute(&first))
		return;
	struct loaded back = load(a, text, "printed");
	if (t->valid != is_valid(a, &back))
		raise_error(ERR_SCRIPT, NO_LOC, "different", "valid before, or after");
	strip(&back);
	need_same(t, "to text and back", &first, &back);
}

/* ---- files ---- */

struct file {
	const char *path;
	uint32_t units, binaries, same, failures;
};

static void
one_unit(struct file *f, const struct sexpr *unit, bool is_component)
{
	struct trip t = {.unit = unit, .is_component = is_component, .step = ""};
	struct run_options options = {0};
	struct error err;
	uint32_t line, column;
	t.runner = (struct runner){.arena = arena_new(0), .options = &options};
	loc_line_col(unit->at, &line, &column);
	if (protect(travel, &t, &err)) {
		f->units++;
		f->binaries += t.binary;
		f->same += t.same;
		if (t.binary && !t.same && list_different)
			printf("different %s:%u\n", f->path, line);
	} else if (t.parsed && (t.valid || strcmp(err.reason, "value-not-validated"))) {
		f->failures++;
		printf("not ok %s:%u: %s: %s %s: %s\n", f->path, line, t.step,
			error_kind_name(err.kind), err.reason, err.message);
	}
	arena_free(t.runner.arena);
}

/* Units of a directive: itself, or what it asserts something about. */
static void
visit(struct file *f, const struct sexpr *sx, int depth)
{
	struct cursor c = {0};
	if (sx->kind != SEXPR_LIST || !sx->len || depth > 2)
		return;
	c = cursor_from(sx, 0);
	bool component = at_keyword(&c, "component"), module = at_keyword(&c, "module");
	take_item(&c);
	if (component || module) {
		if (!at_keyword(&c, "instance"))
			one_unit(f, sx, component);
		return;
	}
	for (uint32_t i = 0; i < sx->len; i++)
		visit(f, &sx->items[i], depth + 1);
}

struct reading {
	struct file *file;
	struct arena *arena;
	struct source *src;
};

static void
read_script(void *env)
{
	struct reading *r = env;
	const struct sexpr *top = sexpr_read(r->arena, r->src);
	for (uint32_t i = 0; i < top->len; i++)
		visit(r->file, &top->items[i], 0);
}

static bool
one_file(const char *path)
{
	struct file f = {.path = path};
	struct arena *a = arena_new(0);
	struct source src;
	struct reading r = {&f, a, &src};
	struct error err;
	bool good = load_file(a, path, &src) && protect(read_script, &r, &err);
	if (!good)
		printf("not ok %s: cannot be read\n", path);
	else if (!f.failures)
		printf("ok %s: %u units, %u binaries the same of %u\n", path, f.units, f.same,
			f.binaries);
	source_release(&src);
	arena_free(a);
	return good && !f.failures;
}

int
main(int argc, char **argv)
{
	bool good = true;
	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--list"))
			list_different = true;
		else if (!strcmp(argv[i], "--write") && i + 1 < argc)
			write_to = argv[++i];
		else
			good = one_file(argv[i]) && good;
	}
	return good ? 0 : 1;
}
