/* invoke.c - canon invoke: calls an export of a component or of a core module. */
#define _GNU_SOURCE
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "base/budget.h"
#include "base/choose.h"
#include "base/clean.h"
#include "base/fiber.h"
#include "base/site.h"
#include "cmd/cmd.h"
#include "cmd/invoke_target.h"
#include "cmd/run_args.h"
#include "cmd/unit.h"
#include "script/catalogue.h"
#include "script/json.h"

static const char help[] =
	"usage: canon invoke [options] FILE 'name(\"text\", [1, 2])'\n"
	"       canon invoke [options] FILE\n"
	"\n"
	"Calls an export of a component, in either format, and prints what it returns. Arguments\n"
	"and results are in WAVE, the form that wasmtime run --invoke has: 1, -0.5, true, 'c',\n"
	"\"text\", [1, 2], (1, \"two\"), {field: 1}, case(1), some(1), none, ok(1), err(\"no\"), "
	"{flag}.\n"
	"A function without a result returns (), and so does a program that exits with 0. A\n"
	"function of an exported instance is called ns:pkg/interface@1.0.0#name, or\n"
	"ns:pkg/interface.name@1.0.0 as in wasmtime, or just name.\n"
	"Of a core module, functions on numbers can be called, after _initialize if it has that.\n"
	"It may import what of WASI preview 1 needs no files; its clock and its random numbers "
	"are\n"
	"the same in every run, but for --seed.\n"
	"Without a call, the functions that can be called are listed with their types.\n"
	"\n"
	"  --list             list the functions; call none\n"
	"  --imports trap|refuse  imports that nothing provides trap when they are called (the\n"
	"                     default), or keep the file from being instantiated\n"
	"  --seed N, --choices N,N,...  as in canon run\n"
	"  --profile p3|1.0-pre  the features that components may use (default p3)\n"
	"  --feature NAME, --no-feature NAME  switch a feature on or off after that\n"
	"  --timeout SECONDS  end the call after this time (default 0: never)\n"
	"  --fuel N           end the call after this much work (default 0: never)\n"
	"  --format human|json  text, or one object on standard output\n"
	"  --verbose          name the imports that nothing provides\n"
	"  --help             this text\n"
	"\n"
	"Exit status: 0 the function returned; 1 it trapped, or the file is not valid or cannot "
	"be\n"
	"instantiated; 2 usage, or the call does not fit; 3 Canon itself failed.\n";

enum { FORMAT_JSON = 1 };

static const char *const formats[] = {"human", "json", NULL};

struct command {
	struct run_args args;
	bool list;
	struct target_options options;
	struct source call; /* without a text: none */
	struct cmd_unit unit;
	struct target target;
	const char *result;
};

static bool
read_list(void *env, struct run_args *args, const char *arg)
{
	struct command *c = env;
	(void)args, (void)arg;
	c->list = true;
	return true;
}

static bool
read_imports(void *env, struct run_args *args, const char *arg)
{
	struct command *c = env;
	c->options.stubs = !strcmp(arg, "trap");
	return c->options.stubs || !strcmp(arg, "refuse") ||
	       run_args_wrong(args, "--imports takes trap or refuse, not %s", arg);
}

static const struct run_args_option own[] = {{"seed", true, run_args_seed, false},
	{"choices", true, run_args_choices, false}, {"list", false, read_list, false},
	{"imports", true, read_imports, false}, {0}};

/* ---- what goes wrong ---- */

/* The line of the call, and a mark below the place. */
static void
show_place(const struct command *c, struct loc at)
{
	uint32_t line, column;
	loc_line_col(at, &line, &column);
	const char *text = c->call.text + at.pos - (column - 1);
	size_t len = strcspn(text, "\n");
	fprintf(stderr, "  %.*s\n  ", (int)len, text);
	for (const char *p = text; p < text + column - 1; p++)
		if ((*p & 0xc0) != 0x80)
			fputc(*p == '\t' ? '\t' : ' ', stderr);
	fprintf(stderr, "^\n");
}

static const char *
site_of(const struct command *c, const struct error *err)
{
	if (!err->site)
		return "";
	return arena_printf(
		c->args.arena, " at %s#%d", err->site->function, trap_site_ordinal(err->site));
}

static void
complain(const struct command *c, const struct error *err)
{
	char at[300];
	loc_format(err->at, at, sizeof at);
	if (err->kind == ERR_SCRIPT)
		put_clean_line(stderr, "%s: %s", *at ? at : c->unit.source.name, err->message);
	else
		put_clean_line(stderr, "%s: %s %s%s: %s", *at ? at : c->unit.source.name,
			error_kind_name(err->kind), err->reason, site_of(c, err), err->message);
	if (err->at.src == &c->call)
		show_place(c, err->at);
}

/* ---- JSON ---- */

static struct json_object *
json_of_error(const struct command *c, const struct error *err)
{
	struct json_object *o = json_object_new_object();
	char at[300];
	loc_format(err->at, at, sizeof at);
	json_put_text(o, "kind", error_kind_name(err->kind));
	json_put_text(o, "reason", err->reason);
	if (err->site)
		json_put_text(o, "site", site_of(c, err) + strlen(" at "));
	json_put_text(o, "message", err->message);
	json_put_text(o, "at", *at ? at : NULL);
	return o;
}

static struct json_object *
json_of_funcs(const struct target *t)
{
	struct json_object *list = json_object_new_array();
	for (uint32_t i = 0; i < t->funcs.len; i++) {
		const struct target_func *f = &t->funcs.data[i];
		struct json_object *o = json_object_new_object();
		json_put_text(o, "name", str_cstr(t->arena, f->name));
		json_put_text(o, "type", target_type(t, f));
		json_object_array_add(list, o);
	}
	return list;
}

static void
print_json(const struct command *c, const struct error *err)
{
	struct json_object *o = json_object_new_object();
	struct json_object *stubbed = json_object_new_array();
	json_put_text(o, "file", c->unit.source.name);
	json_put_text(o, "call", c->call.text);
	for (uint32_t i = 0; i < c->target.stubbed.len; i++)
		json_object_array_add(stubbed, json_text(c->target.stubbed.data[i]));
	json_object_object_add(o, "missing-imports", stubbed);
	if (c->list && !err)
		json_object_object_add(o, "functions", json_of_funcs(&c->target));
	if (c->result && !err)
		json_put_text(o, "result", c->result);
	if (err)
		json_object_object_add(o, "error", json_of_error(c, err));
	json_write(stdout, o);
}

/* ---- text ---- */

static void
print_list(const struct target *t)
{
	for (uint32_t i = 0; i < t->funcs.len; i++) {
		const struct target_func *f = &t->funcs.data[i];
		printf("%s: %s\n", target_name(t, f), target_type(t, f));
	}
}

static void
print_stubbed(const struct target *t)
{
	for (uint32_t i = 0; i < t->stubbed.len; i++)
		put_clean_line(
			stderr, "canon invoke: nothing provides the import %s", t->stubbed.data[i]);
}

static void
print_text(const struct command *c, const struct error *err)
{
	if (c->args.verbose)
		print_stubbed(&c->target);
	if (err)
		complain(c, err);
	else if (c->list)
		print_list(&c->target);
	else
		puts(c->result);
}

/* ---- the call ---- */

static void
invoke(void *env)
{
	struct command *c = env;
	const struct run_options *o = &c->args.run;
	bool is_call = false;
	struct wave w = {0};
	struct str name = {0};
	if (!c->list) {
		w = wave_open(c->args.arena, &c->call);
		name = wave_name(&w, &is_call);
	}
	features_forbid_marks(&o->features);
	if (o->choices)
		choose_replay(o->choices, o->nchoices);
	else
		choose_seed(o->seed);
	budget_start(o->fuel, o->timeout);
	c->options.seed = o->seed;
	c->options.out = c->args.format == FORMAT_JSON ? stderr : stdout;
	target_open(&c->target, &c->unit.loaded, &c->options);
	if (c->list)
		return;
	const struct target_func *f = target_find(&c->target, name, (struct loc){&c->call, 0});
	if (!is_call)
		raise_error(ERR_SCRIPT, (struct loc){&c->call, (uint32_t)c->call.len}, "wave",
			"expected `(` and the arguments: " STR_FMT " is a %.200s", STR_ARG(name),
			target_type(&c->target, f));
	c->result = target_call(&c->target, f, &w);
}

static int
run(struct command *c, const char *path)
{
	struct error err;
	bool good = cmd_unit_load(&c->unit, path, &c->args.run.features, &err) &&
		    protect(invoke, c, &err);
	budget_start(0, 0);
	if (c->args.format == FORMAT_JSON)
		print_json(c, good ? NULL : &err);
	else
		print_text(c, good ? NULL : &err);
	target_close(&c->target);
	cmd_unit_release(&c->unit);
	source_release(&c->call);
	return good ? STATUS_OK : cmd_unit_status(&err);
}

/* The file, and the call if there is one. */
static int
run_operands(struct command *c, int n, char **operands)
{
	struct run_args *args = &c->args;
	if (args->run.filter || args->output)
		run_args_wrong(args, "%s", "--filter and --output are not for this command");
	else if (n < 1)
		run_args_wrong(args, "%s", "no FILE is given");
	else if (n > 2)
		run_args_wrong(args, "one call is taken, and what is %s?", operands[2]);
	else {
		c->list = c->list || n == 1;
		if (n == 2)
			c->call = (struct source){
				.name = "call", .text = operands[1], .len = strlen(operands[1])};
		return run(c, operands[0]);
	}
	return STATUS_USAGE;
}

int
cmd_invoke(int argc, char **argv)
{
	struct command c = {.options.stubs = true};
	int status = STATUS_USAGE;
	c.args = (struct run_args){.command = "invoke",
		.operands = "FILE ['NAME(...)']",
		.arena = arena_new(0),
		.formats = formats,
		.run = {.features = features_of(PROFILE_P3)}};
	catalogue_install();
	if (run_args_options(&c.args, argc, argv, own, &c)) {
		if (c.args.help) {
			fputs(help, stdout);
			status = STATUS_OK;
		} else {
			status = run_operands(&c, argc - optind, argv + optind);
		}
	}
	run_args_free(&c.args);
	choose_release();
	arena_free(c.args.arena);
	fiber_release_pool();
	return status;
}
