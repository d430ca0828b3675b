/* load.c - see load.h. */
#define _GNU_SOURCE
#include "component/load.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "component/decode.h"
#include "component/encode.h"
#include "component/print.h"
#include "component/text.h"
#include "component/valid.h"
#include "core/decode.h"
#include "core/encode.h"
#include "core/text.h"
#include "core/valid.h"
#include "text/cursor.h"

/* ---- bytes ---- */

/* Bytes: a device may have no end, and what is read has to fit an arena several times. */
#define LARGEST_FILE (UINT64_C(256) << 20)

/* All that is left of a stream, of which `expected` bytes are likely there. */
static bool
read_all(struct arena *a, FILE *f, size_t expected, struct source *src)
{
	size_t cap = (expected < LARGEST_FILE ? expected : LARGEST_FILE) + 1, len = 0, n;
	char *text = arena_alloc(a, cap);
	while ((n = fread(text + len, 1, cap - len, f)) > 0) {
		len += n;
		if (len > LARGEST_FILE) {
			errno = EFBIG;
			return false;
		}
		if (len < cap)
			continue;
		char *more = arena_alloc(a, cap * 2);
		memcpy(more, text, len);
		text = more;
		cap *= 2;
	}
	src->text = text;
	src->len = len;
	return !ferror(f);
}

static bool
load_stream(struct arena *a, FILE *f, struct source *src)
{
	struct stat st;
	bool known = fstat(fileno(f), &st) == 0 && S_ISREG(st.st_mode);
	return read_all(a, f, known ? (size_t)st.st_size : 65535, src);
}

/* It can be read once, and is kept for whoever asks again. */
static bool
load_input(struct source *src)
{
	static struct arena *a;
	static struct source kept = {.name = "standard input"};
	static bool good;
	static int why;
	if (!a) {
		a = arena_new(0);
		good = load_stream(a, stdin, &kept);
		why = errno;
	}
	errno = why;
	*src = kept;
	return good;
}

bool
load_file(struct arena *a, const char *path, struct source *src)
{
	if (!strcmp(path, "-"))
		return load_input(src);
	FILE *f = fopen(path, "rb");
	*src = (struct source){.name = path};
	if (!f)
		return false;
	bool good = load_stream(a, f, src);
	int why = errno;
	fclose(f);
	errno = why;
	return good;
}

/* ---- units ---- */

/* Whether a list of fields belongs to a component, by the keywords that only those have. */
static bool
looks_like_component(const struct sexpr *top)
{
	static const char *const heads[] = {"core", "component", "instance", "canon", "alias"};
	for (uint32_t i = 0; i < top->len; i++) {
		struct cursor c = cursor_from(top, i);
		for (size_t k = 0; k < sizeof heads / sizeof *heads; k++)
			if (at_list_of(&c, heads[k]))
				return true;
	}
	return false;
}

/* In a component an import or export has one name before what it is. */
static bool
has_one_name(struct cursor c)
{
	struct cursor in = take_list(&c, "a field");
	take_item(&in);
	return at_string(&in) && (take_item(&in), !at_string(&in) && !at_end(&in));
}

static bool
imports_like_component(const struct sexpr *top)
{
	for (uint32_t i = 0; i < top->len; i++) {
		struct cursor c = cursor_from(top, i);
		if (at_list_of(&c, "import"))
			return has_one_name(c);
	}
	return false;
}

struct loaded
load_text(struct arena *a, const struct sexpr *top)
{
	struct cursor c = cursor_from(top, 0);
	struct loaded l = {0};
	if (top->len == 1 && at_list_of(&c, "module"))
		l.module = core_parse_module(a, &top->items[0]);
	else if (top->len == 1 && at_list_of(&c, "component") && !top->notes)
		l.component = component_parse(a, &top->items[0]);
	else if (looks_like_component(top) || imports_like_component(top))
		l.component = component_parse_fields(a, top, 0, NO_ID, NULL);
	else
		l.module = core_parse_fields(a, &c, NO_ID, top->at);
	return l;
}

struct loaded
load_source(struct arena *a, struct source *src)
{
	struct str bytes = {src->text, src->len};
	struct loaded l = {0};
	src->binary = bytes.len >= 4 && !memcmp(bytes.ptr, "\0asm", 4);
	if (!src->binary)
		return load_text(a, sexpr_read(a, src));
	if (component_is_binary(bytes))
		l.component = component_decode(a, bytes, src);
	else
		l.module = core_decode(a, bytes, src);
	return l;
}

void
load_validate(struct arena *a, const struct loaded *l, const struct features *features)
{
	if (l->module)
		core_validate(a, l->module);
	else
		component_validate(a, l->component, features);
}

/* ---- and back ---- */

void
load_encode(struct strbuf *out, const struct loaded *l)
{
	if (l->module)
		core_encode(out, l->module);
	else
		component_encode(out, l->component);
}

void
load_print(struct pretty *p, const struct loaded *l, const struct print_options *options)
{
	if (l->module)
		core_print_module(p, l->module, options);
	else
		component_print(p, l->component, options);
}

struct str
load_print_text(struct arena *a, const struct loaded *l, const struct print_options *options)
{
	char *text = NULL;
	size_t len = 0;
	struct pretty p = {.out = open_memstream(&text, &len)};
	load_print(&p, l, options);
	fclose(p.out);
	struct str copy = str_dup(a, (struct str){text, len});
	free(text);
	return copy;
}
