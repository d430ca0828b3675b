/* wave.c - fuzz target: calls in WAVE. What can be read can be printed, and what was printed reads as the
 * same. The names are those of testsuite/programs/values.wat, each with the type of its argument. */
#include "fuzz.h"

#include "base/error.h"
#include "component/text.h"
#include "component/valid.h"
#include "link/evaluate.h"
#include "link/link.h"
#include "script/wave.h"
#include "script/wave_print.h"
#include "text/sexpr.h"

#define RECORD "(record (field \"a\" u32) (field \"b\" (option u32)))"

static const struct {
	const char *name, *type;
} rows[] = {
	{"a-bool", "bool"},
	{"a-s8", "s8"},
	{"a-u16", "u16"},
	{"a-s64", "s64"},
	{"a-u64", "u64"},
	{"a-f32", "f32"},
	{"a-f64", "f64"},
	{"a-char", "char"},
	{"a-string", "string"},
	{"a-list", "(list u32)"},
	{"a-records", "(list " RECORD ")"},
	{"a-tuple", "(tuple u32 u32)"},
	{"a-record", RECORD},
	{"a-optional", "(record (field \"b\" (option u32)))"},
	{"a-flags", "(flags \"x\" \"true\" \"y\")"},
	{"a-variant", "(variant (case \"n\") (case \"p\" u32) (case \"ok\" u32) (case \"none\"))"},
	{"a-enum", "(enum \"a\" \"true\" \"two-words\")"},
	{"a-option", "(option u32)"},
	{"a-options", "(option (option u32))"},
	{"a-result", "(result u32 (error string))"},
	{"a-done", "(result)"},
	{"a-map", "(map string (list f32))"},
};

static ValType *
type_of(struct fuzz_input *in, const char *type, struct linked **owner)
{
	struct arena *a = in->arena;
	const char *fields = arena_printf(a, "(type %s)", type);
	struct source src = {.name = "type", .text = fields, .len = strlen(fields)};
	struct component *c =
		component_parse_fields(a, sexpr_read(a, &src), 0, (struct str){0}, NULL);
	component_validate(a, c, NULL);
	struct link_evaluated e = link_evaluate(c);
	*owner = e.linked;
	return e.types[e.ntypes - 1].value;
}

static struct str
read_and_print(struct arena *a, const struct source *src, ValType *t)
{
	struct strbuf out = {.arena = a};
	FuncType type = {0};
	bool is_call;
	vec_push(a, &type.params, ((ParamType){"x", t}));
	struct wave w = wave_open(a, src);
	struct str name = wave_name(&w, &is_call);
	strbuf_printf(&out, STR_FMT "(", STR_ARG(name));
	wave_print(&out, wave_args(&w, &type));
	strbuf_addc(&out, ')');
	return strbuf_str(&out);
}

struct reading {
	struct fuzz_input *in;
	ValType *type;
};

static void
read_twice(void *env)
{
	const struct reading *r = env;
	struct arena *a = r->in->arena;
	struct str once = read_and_print(a, &r->in->source, r->type);
	struct source again = {.name = "printed", .text = once.ptr, .len = once.len};
	fuzz_need_same(once, read_and_print(a, &again, r->type), "wave");
}

static void
target(struct fuzz_input *in)
{
	struct error err;
	struct linked *owner;
	bool is_call;
	struct wave w = wave_open(in->arena, &in->source);
	struct str name = wave_name(&w, &is_call);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (!str_is(name, rows[i].name))
			continue;
		struct reading r = {in, type_of(in, rows[i].type, &owner)};
		bool good = protect(read_twice, &r, &err);
		link_free(owner);
		if (!good)
			raise_again(&err);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return fuzz_run(target, data, size);
}
