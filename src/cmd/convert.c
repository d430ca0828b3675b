/* convert.c - canon encode and canon print: from one format to the other. */
#define _GNU_SOURCE
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cmd/cmd.h"
#include "cmd/options.h"
#include "cmd/unit.h"
#include "core/print.h"
#include "oracle/adapt.h"

static const char encode_help[] =
	"usage: canon encode FILE -o OUT\n"
	"\n"
	"Writes a module or component in the binary format, after it was validated. FILE is in\n"
	"either format; - is standard input.\n"
	"\n"
	"  -o, --output OUT   where to write to; - is standard output\n"
	"  --no-validate      encode what is not valid, too\n"
	"  --help             this text\n"
	"\n"
	"Exit status: 0; 1 the file is malformed or invalid; 2 usage; 3 Canon itself failed.\n";

static const char adapt_help[] =
	"usage: canon adapt FILE -o OUT\n"
	"\n"
	"Writes a component that 1.0-pre accepts and that does the same as FILE, which may use\n"
	"`realloc`: core code between it and the rest allocates, and calls value.lower, for what\n"
	"comes with an event before anybody sees that. spec/lazy.md says what cannot be the same.\n"
	"\n"
	"  -o, --output OUT   where to write to; - is standard output\n"
	"  --help             this text\n"
	"\n"
	"Exit status: 0; 1 it is malformed or invalid, or cannot be adapted; 2 usage; 3 Canon\n"
	"itself failed.\n";

static const char print_help[] =
	"usage: canon print FILE\n"
	"\n"
	"Writes a module or component in the text format. FILE is in either format, and need not\n"
	"be valid; - is standard input.\n"
	"\n"
	"  -o, --output OUT   where to write to instead of to standard output\n"
	"  --no-names         indices instead of $names, and no comments\n"
	"  --help             this text\n"
	"\n"
	"Exit status: 0; 1 the file is malformed; 2 usage; 3 Canon itself failed.\n";

enum { OPT_NO_VALIDATE = 1, OPT_NO_NAMES, OPT_HELP };

static const struct option encode_options[] = {{"output", required_argument, NULL, 'o'},
	{"no-validate", no_argument, NULL, OPT_NO_VALIDATE}, {"help", no_argument, NULL, OPT_HELP},
	{0}};
static const struct option adapt_options[] = {
	{"output", required_argument, NULL, 'o'}, {"help", no_argument, NULL, OPT_HELP}, {0}};
static const struct option print_options[] = {{"output", required_argument, NULL, 'o'},
	{"no-names", no_argument, NULL, OPT_NO_NAMES}, {"help", no_argument, NULL, OPT_HELP}, {0}};

struct conversion {
	const char *command, *help;
	const struct option *options;
	bool needs_output;
	const char *input, *output;
	bool validate, names;
	void (*prepare)(void *env); /* before the output is opened; or null */
	struct cmd_unit unit;
	FILE *out;
};

static void
encode(void *env)
{
	const struct conversion *c = env;
	struct strbuf bytes = {.arena = c->unit.arena};
	load_encode(&bytes, &c->unit.loaded);
	fwrite(bytes.ptr, 1, bytes.len, c->out);
}

static void
adapt(void *env)
{
	struct conversion *c = env;
	struct adapted done = {0};
	if (c->unit.loaded.module)
		raise_error(ERR_UNSUPPORTED, NO_LOC, "adapt-module",
			"it is a core module, and nothing in it can be adapted");
	c->unit.loaded.component = component_adapt(c->unit.arena, c->unit.loaded.component, &done);
	fprintf(stderr,
		"adapted: %u lifts, %u lowers, %u reads, %u messages, %u ways of events; %u "
		"options "
		"dropped\n",
		done.lifts, done.lowers, done.reads, done.messages, done.events, done.dropped);
}

static void
print(void *env)
{
	const struct conversion *c = env;
	struct pretty p = {.out = c->out};
	struct print_options options = {.names = c->names};
	load_print(&p, &c->unit.loaded, &options);
	fputc('\n', c->out);
}

/* ---- options ---- */

static int
usage(const struct conversion *c, const char *fmt, const char *what)
{
	return option_wrong(c->command, c->help, fmt, what);
}

/* -1 when the conversion can go on, otherwise the exit status. */
static int
read_options(struct conversion *c, int argc, char **argv)
{
	int option;
	optind = 1;
	opterr = 0;
	while ((option = getopt_long(argc, argv, ":o:", c->options, NULL)) != -1) {
		switch (option) {
		case 'o': c->output = optarg; break;
		case OPT_NO_VALIDATE: c->validate = false; break;
		case OPT_NO_NAMES: c->names = false; break;
		case OPT_HELP: fputs(c->help, stdout); return STATUS_OK;
		case ':': return usage(c, "%s takes a value", argv[optind - 1]);
		default: return usage(c, "unknown option %s", argv[optind - 1]);
		}
	}
	if (optind + 1 != argc)
		return usage(c, "%s", optind == argc ? "no FILE is given" : "one FILE at a time");
	if (c->needs_output && !c->output)
		return usage(c, "%s", "-o OUT says where to write to");
	c->input = argv[optind];
	return -1;
}

/* ---- running ---- */

static int
write_output(struct conversion *c, void (*write)(void *env))
{
	bool standard = !c->output || !strcmp(c->output, "-");
	struct error err;
	c->out = standard ? stdout : fopen(c->output, "wb");
	if (!c->out) {
		fprintf(stderr, "canon %s: %s: %s\n", c->command, c->output, strerror(errno));
		return STATUS_USAGE;
	}
	bool done = protect(write, c, &err);
	bool bad = ferror(c->out) != 0;
	if ((standard ? fflush(c->out) : fclose(c->out)) != 0 || bad) {
		fprintf(stderr, "canon %s: the output could not be written\n", c->command);
		return STATUS_FAILED;
	}
	if (done)
		return STATUS_OK;
	cmd_unit_complain(&c->unit, &err);
	return err.kind == ERR_INTERNAL ? STATUS_FAILED : STATUS_UNEXPECTED;
}

static int
complain(struct conversion *c, const struct error *err)
{
	cmd_unit_complain(&c->unit, err);
	return err->kind == ERR_SCRIPT     ? STATUS_USAGE
	       : err->kind == ERR_INTERNAL ? STATUS_FAILED
					   : STATUS_UNEXPECTED;
}

static int
convert(struct conversion *c, int argc, char **argv, void (*write)(void *env))
{
	const struct features all = features_all();
	struct error err;
	int status = read_options(c, argc, argv);
	if (status >= 0)
		return status;
	if (cmd_unit_load(&c->unit, c->input, c->validate ? &all : NULL, &err)) {
		status = !c->prepare || protect(c->prepare, c, &err) ? write_output(c, write)
								     : complain(c, &err);
	} else {
		status = complain(c, &err);
	}
	cmd_unit_release(&c->unit);
	return status;
}

int
cmd_encode(int argc, char **argv)
{
	struct conversion c = {.command = "encode",
		.help = encode_help,
		.options = encode_options,
		.needs_output = true,
		.validate = true};
	return convert(&c, argc, argv, encode);
}

int
cmd_adapt(int argc, char **argv)
{
	struct conversion c = {.command = "adapt",
		.help = adapt_help,
		.options = adapt_options,
		.needs_output = true,
		.validate = true,
		.prepare = adapt};
	return convert(&c, argc, argv, encode);
}

int
cmd_print(int argc, char **argv)
{
	struct conversion c = {
		.command = "print", .help = print_help, .options = print_options, .names = true};
	return convert(&c, argc, argv, print);
}
