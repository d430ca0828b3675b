/* reduce.c - canon reduce: a script that is as small as it can be and still shows the same. */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/utf8.h"
#include "base/version.h"
#include "cmd/cmd.h"
#include "cmd/oracle_args.h"
#include "component/load.h"
#include "oracle/finding.h"
#include "oracle/reduce.h"
#include "oracle/shell.h"
#include "pin.inc"

static const char help[] =
	"usage: canon reduce [--runtime NAME ... | --leaning | --command CMD] [options] FILE\n"
	"\n"
	"Makes a script smaller, as long as one of its directives still shows the same, and prints "
	"it\n"
	"with a comment that says what it shows; other comments are left out. That directive is "
	"the\n"
	"first that --filter takes, or the first that shows something bad. What has to stay is\n"
	"\n"
	"  by default         what canon run says of it: its outcome, the class and the place of "
	"a\n"
	"                     trap, the reason of an error, the value that it returns\n"
	"  --runtime NAME     what canon diff says of it: its class, the kinds of what is allowed, "
	"and\n"
	"                     of what each runtime did and said; NAME as for canon diff\n"
	"  --leaning          what canon explore says of it: the kinds of several outcomes\n"
	"  --command CMD      nothing that Canon knows: the shell command CMD, with the path of a\n"
	"                     script behind it, ends with status 0 where it is still there\n"
	"\n"
	"  --tries N          end after so many scripts were tried (default 20000), as an "
	"interrupt\n"
	"                     does; what was reached by then is printed. A second interrupt kills\n"
	"  --answer SECONDS, --max-runs N, --depth N  as for canon diff (default 10, 200, 100)\n"
	"  --fuel N, --timeout SECONDS  by default 10000000 and 5 here, since smaller scripts "
	"may not\n"
	"                     end; the timeout is that of CMD, too\n" RUN_ARGS_HELP "\n"
	"Exit status: 0 it was reduced; 1 no directive shows anything, or not each time; 2 usage, "
	"or a\n"
	"runtime that is not there; 3 Canon itself failed.\n";

static const char *const formats[] = {"wast", NULL};

struct command {
	struct oracle_args oracle;
	struct run_args args;
	struct finding_options options;
	const char *shell; /* --command; or null */
	bool leaning;
	uint32_t tries;
	struct report again;
	/* While it is reduced: */
	const char *original;
	const char *folder, *path; /* of the script that is tried */
	struct finding finding;
	struct tree *top;
	uint32_t headers;    /* items of it that are no directives */
	uint32_t directives; /* that were there at first */
	size_t smallest;
};

static volatile int interrupted;

static void
on_interrupt(int signal)
{
	(void)signal;
	interrupted = 1;
}

/* ---- the script that is tried ---- */

static bool
make_place(struct command *c)
{
	struct arena *a = c->args.arena;
	const char *tmp = getenv("TMPDIR"), *slash = strrchr(c->original, '/');
	char *folder = arena_printf(a, "%s/canon-reduce-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	if (!mkdtemp(folder)) {
		fprintf(stderr, "canon reduce: %s: %s\n", folder, strerror(errno));
		return false;
	}
	c->folder = folder;
	c->path = arena_printf(a, "%s/%s", folder, slash ? slash + 1 : c->original);
	return true;
}

static void
remove_place(const struct command *c)
{
	if (!c->folder)
		return;
	unlink(c->path);
	rmdir(c->folder);
}

static bool
write_script(const struct command *c, struct str text)
{
	FILE *out = fopen(c->path, "w");
	if (!out)
		return false;
	bool good = fwrite(text.ptr, 1, text.len, out) == text.len;
	return fclose(out) == 0 && good;
}

static bool
still_holds(void *env, const struct reduce_candidate *r)
{
	struct command *c = env;
	bool good = write_script(c, r->text);
	if (good && c->shell)
		good = shell_agrees(c->shell, c->path, c->args.run.timeout);
	else if (good)
		good = finding_holds(c->path, &c->options, &c->finding, r->target, r->line);
	if (good && c->args.verbose && r->text.len < c->smallest)
		fprintf(stderr, "canon reduce: %zu bytes\n", r->text.len);
	if (good && r->text.len < c->smallest)
		c->smallest = r->text.len;
	return good;
}

/* ---- the comment ---- */

/* A line of a comment; what would not be allowed in one, or changes how it is read, is replaced. */
static void
put_comment_line(struct strbuf *out, struct str line)
{
	enum { MOST = 200 };
	uint32_t scalar;
	strbuf_adds(out, line.len ? ";; " : ";;");
	for (size_t i = 0, n; i < line.len && i < MOST; i += n) {
		n = (size_t)utf8_decode(line.ptr + i, line.len - i, &scalar);
		bool is_plain = n && scalar >= 0x20 && scalar != 0x7f && scalar >> 12 != 2 &&
				scalar >> 12 != 0xf;
		n = n ? n : 1;
		if (is_plain)
			strbuf_add(out, line.ptr + i, n);
		else
			strbuf_addc(out, '?');
	}
	strbuf_adds(out, line.len > MOST ? " ...\n" : "\n");
}

static void
put_comment(struct strbuf *out, const char *text)
{
	while (*text) {
		size_t n = strcspn(text, "\n");
		put_comment_line(out, (struct str){text, n});
		text += n + (text[n] == '\n');
	}
}

/* The command that shows it again, in the result. */
static const char *
again(struct command *c, uint32_t line)
{
	struct arena *a = c->args.arena;
	const char *path = c->args.output ? c->args.output : "REDUCED.wast";
	if (c->shell)
		return arena_printf(a, "%s %s", c->shell, path);
	struct report r = c->again;
	r.program = "canon";
	if (c->options.mode == FINDING_CHOICE)
		r.command = "explore";
	if (c->options.mode == FINDING_RUNTIME) {
		r.command = "diff";
		for (uint32_t i = c->oracle.runtimes.len; i-- > 0;)
			r.options = arena_printf(
				a, "%s%s", oracle_args_again(a, &c->oracle, i), r.options);
	}
	return report_again(a, &r, path, line, NULL);
}

static const char *
comment(struct command *c, const struct reduced *r, const char *shows, uint32_t line)
{
	struct arena *a = c->args.arena;
	struct strbuf out = {.arena = a};
	put_comment(&out,
		arena_printf(a, "Reduced by canon reduce from %s%s (%u directives to %u)%s.",
			c->original, c->shell ? "" : arena_printf(a, ", line %u", c->finding.line),
			c->directives, r->directives,
			r->cut ? "; it was ended before it was through" : ""));
	if (!c->shell)
		put_comment(&out, arena_printf(a, "Line %u, %s\n%s", line, c->finding.kind, shows));
	put_comment(&out, arena_printf(a, "canon %s, specification %.7s of %s", CANON_VERSION,
				  PIN_COMMIT, PIN_DATE));
	put_comment(&out, arena_printf(a, "Again: %s", again(c, line)));
	return strbuf_cstr(&out);
}

static uint32_t
lines_of(const char *text)
{
	uint32_t n = 0;
	for (; (text = strchr(text, '\n')); text++)
		n++;
	return n;
}

/* What the result shows, by its own values. */
static const char *
tell_result(struct command *c, const struct reduced *r)
{
	struct finding f = {0};
	struct finding_options o = c->options;
	regex_t filter;
	if (c->shell || !write_script(c, r->text) ||
		regcomp(&filter, arena_printf(c->args.arena, ":%u:[0-9]+$", r->line),
			REG_EXTENDED | REG_NOSUB))
		return "";
	o.explore.run.filter = &filter;
	bool good = finding_first(c->args.arena, c->path, &o, &f);
	regfree(&filter);
	if (good && !strcmp(f.shows, c->finding.shows))
		return f.text;
	fprintf(stderr, "canon reduce: what it shows is not there each time\n");
	return c->finding.text;
}

static void
print_result(struct command *c, FILE *out, const struct reduced *r)
{
	const char *shows = tell_result(c, r);
	uint32_t above = lines_of(comment(c, r, shows, 0));
	fputs(comment(c, r, shows, r->line + above), out);
	fwrite(r->text.ptr, 1, r->text.len, out);
	fprintf(stderr, "canon reduce: %u directives to %u, %u scripts tried%s\n", c->directives,
		r->directives, r->runs, r->cut ? ", ended early" : "");
}

/* ---- the command ---- */

struct reading {
	struct command *command;
	struct source source;
};

static void
read_script(void *env)
{
	struct reading *r = env;
	struct command *c = r->command;
	const struct sexpr *top = sexpr_read(c->args.arena, &r->source);
	c->directives = top->len;
	c->top = tree_read(c->args.arena, top, &r->source);
	c->headers = c->top->len - top->len;
}

static int
wrong(const struct command *c, const char *why)
{
	fprintf(stderr, "canon reduce: %s: %s\n", c->original, why);
	return STATUS_UNEXPECTED;
}

/* For each item of the tree. */
static const bool *
needed_items(const struct command *c)
{
	bool *needed = arena_array_of(c->args.arena, c->top->len, bool);
	memcpy(needed + c->headers, c->finding.needed, c->finding.directive + 1);
	return needed;
}

static int
reduce_script(struct command *c, FILE *out)
{
	const struct reduce_options o = {
		.holds = still_holds, .env = c, .max_runs = c->tries, .stopped = &interrupted};
	struct tree *target = c->shell ? NULL : c->top->items[c->headers + c->finding.directive];
	c->smallest = SIZE_MAX;
	struct reduced r =
		reduce_tree(c->args.arena, c->top, target, c->shell ? NULL : needed_items(c), &o);
	if (!r.holds)
		return wrong(c, "it does not show the same each time, or not without its comments");
	print_result(c, out, &r);
	return STATUS_OK;
}

static int
reduce(void *env, FILE *out)
{
	struct command *c = env;
	struct reading r = {.command = c, .source = {.name = c->original}};
	struct error err;
	int status;
	if (!load_file(c->args.arena, c->original, &r.source))
		status = wrong(c, strerror(errno));
	else if (!protect(read_script, &r, &err))
		status = wrong(c, err.message);
	else if (!c->shell && !finding_first(c->args.arena, c->original, &c->options, &c->finding))
		status = wrong(c, "no directive shows anything");
	else
		status = make_place(c) ? reduce_script(c, out) : STATUS_FAILED;
	remove_place(c);
	source_release(&r.source);
	return status;
}

static bool
read_command(void *env, struct run_args *args, const char *arg)
{
	struct command *c = env;
	(void)args;
	c->shell = arg;
	return true;
}

static bool
read_leaning(void *env, struct run_args *args, const char *arg)
{
	struct command *c = env;
	(void)args, (void)arg;
	c->leaning = true;
	return true;
}

static bool
read_tries(void *env, struct run_args *args, const char *arg)
{
	struct command *c = env;
	return run_args_count(args, "tries", arg, 1, &c->tries);
}

static const struct run_args_option own[] = {{"runtime", true, oracle_args_runtime, false},
	{"answer", true, oracle_args_answer, true}, {"max-runs", true, oracle_args_max_runs, true},
	{"depth", true, oracle_args_depth, true}, {"command", true, read_command, false},
	{"leaning", false, read_leaning, false}, {"tries", true, read_tries, false}, {0}};

static bool
check_args(struct command *c)
{
	int modes = c->leaning + (c->shell != NULL) + (c->oracle.names.len > 0);
	if (modes > 1)
		return run_args_wrong(
			&c->args, "%s", "--runtime, --leaning and --command exclude each other");
	if (c->args.paths.len != 1)
		return run_args_wrong(&c->args, "%s", "it takes one FILE");
	return true;
}

static int
reduce_with_runtimes(void *env)
{
	struct command *c = env;
	struct oracle_args *o = &c->oracle;
	int status = STATUS_USAGE;
	const struct sigaction on = {.sa_handler = on_interrupt, .sa_flags = (int)SA_RESETHAND};
	if (!check_args(c))
		return status;
	c->original = c->args.paths.data[0];
	c->again = run_args_again(&c->args);
	if (oracle_args_start(o, &c->args)) {
		c->options = (struct finding_options){.mode = c->leaning        ? FINDING_CHOICE
							      : o->runtimes.len ? FINDING_RUNTIME
										: FINDING_OUTCOME,
			.explore = o->explore,
			.runtimes = o->runtimes.data,
			.n = o->runtimes.len};
		sigaction(SIGINT, &on, NULL);
		status = run_args_report(&c->args, reduce, c);
	}
	oracle_args_end(o);
	return status;
}

int
cmd_reduce(int argc, char **argv)
{
	struct command c = {.tries = 20000,
		.oracle = {.explore = {.max_runs = 200, .depth = 100}, .answer = 10}};
	c.args = (struct run_args){.command = "reduce",
		.arena = arena_new(0),
		.formats = formats,
		.run = {.timeout = 5, .fuel = 10000000, .features = features_of(PROFILE_P3)}};
	return run_args_command(&c.args, argc, argv, own, &c, help, reduce_with_runtimes);
}
