/* diff.c - canon diff: runtimes beside what is allowed. */
#include <stdio.h>
#include <string.h>

#include "base/clean.h"
#include "base/version.h"
#include "cmd/cmd.h"
#include "cmd/oracle_args.h"
#include "pin.inc"
#include "script/grid.h"
#include "script/json.h"

static const char help[] =
	"usage: canon diff --runtime NAME [--runtime NAME ...] [options] PATH...\n"
	"\n"
	"Asks each runtime to do what the scripts ask, and compares that with everything that the\n"
	"documents allow. Of each directive:\n"
	"\n"
	"  agrees       the runtime did what is allowed\n"
	"  outside      it did what is not\n"
	"  in doubt     two or more independent runtimes did the same that is not: perhaps the\n"
	"               documents are wrong\n"
	"  script       the script expects what is not allowed, or only some of what is\n"
	"  wording      it refused or trapped, as is allowed, in words that nobody knows, or\n"
	"               that are those of another reason\n"
	"  unsupported  the runtime has it not, or could not be asked\n"
	"  error        the adapter failed\n"
	"\n"
	"  --runtime NAME     of tools/runtimes/runtimes.tsv; or NAME=COMMAND for another one\n"
	"                     (spec/runtimes.md); make peers installs those of the table\n"
	"  --answer SECONDS   how long a runtime may take for an answer (default 10)\n"
	"  --max-runs N       as for canon explore (default 2000)\n"
	"  --depth N          as for canon explore (default 100)\n"
	"  --format human|json|html  --verbose prints what is unsupported, too\n"
	"  --also FORMAT=FILE  write the report in that format, too\n" RUN_ARGS_HELP "\n"
	"Exit status: 0 every runtime did what is allowed; 1 one did not, or a script expects "
	"what\n"
	"is not; 2 usage, or a runtime that is not there; 3 Canon or an adapter failed; 4 no\n"
	"directive was compared.\n";

enum { FORMAT_HUMAN, FORMAT_JSON, FORMAT_HTML };

static const char *const formats[] = {"human", "json", "html", NULL};

struct command {
	struct oracle_args oracle;
	struct run_args args;
	uint32_t counts[DIFF_COUNT];
	VEC(struct diff_file) files;
	struct report again;
	bool internal;
};

static bool
is_bad(enum diff_class c)
{
	return c == DIFF_OUTSIDE || c == DIFF_IN_DOUBT || c == DIFF_SCRIPT || c == DIFF_ERROR;
}

/* ---- what repeats one directive with one runtime ---- */

static const char *
again(struct command *c, const struct diff_file *f, const struct diff_row *row, uint32_t runtime)
{
	struct arena *a = c->args.arena;
	struct report r = c->again;
	r.command = "diff";
	r.options = arena_printf(a, "%s%s", oracle_args_again(a, &c->oracle, runtime), r.options);
	return report_again(a, &r, f->path, row->line, NULL);
}

/* "returned (u32.const 1); trap unreachable" */
static const char *
allowed(struct arena *a, const struct explored_directive *set, bool exhausted)
{
	struct strbuf out = {.arena = a};
	for (uint32_t i = 0; i < set->outcomes.len; i++) {
		strbuf_printf(&out, "%s%s", i ? "; " : "", set->outcomes.data[i].did);
		if (set->outcomes.data[i].section)
			strbuf_printf(&out, " (\"%s\")", set->outcomes.data[i].section);
	}
	if (!exhausted)
		strbuf_adds(&out, "; not all choices of the file were tried");
	return strbuf_cstr(&out);
}

/* ---- for people ---- */

/* Texts of runtimes have several lines. */
static void
print_text(FILE *out, const char *text)
{
	const char *label = "says";
	for (size_t n; *text; text += n + (text[n] == '\n')) {
		n = strcspn(text, "\n");
		put_clean_line(out, "  %-9s %.*s", label, (int)n, text);
		label = "";
	}
}

static void
print_cell(FILE *out, struct command *c, const struct diff_file *f, const struct diff_row *row,
	uint32_t i)
{
	const struct diff_cell *cell = &row->cells[i];
	put_clean_line(out, "%s %s:%u:%u: %s: %s", diff_class_name(cell->class), f->path, row->line,
		row->column, runtime_name(c->oracle.runtimes.data[i].runtime), row->source);
	if (row->set->outcomes.data[0].expected)
		put_clean_line(out, "  expected  %s", row->set->outcomes.data[0].expected);
	put_clean_line(out, "  allowed   %s", allowed(c->args.arena, row->set, f->exhausted));
	put_clean_line(out, "  did       %s", cell->did);
	if (cell->text)
		print_text(out, cell->text);
	if (cell->why)
		put_clean_line(out, "  why       %s", cell->why);
	put_clean_line(out, "  again     %s", again(c, f, row, i));
}

static bool
is_shown(const struct command *c, const struct diff_cell *cell)
{
	return is_bad(cell->class) || cell->class == DIFF_WORDING ||
	       (c->args.verbose && cell->class == DIFF_UNSUPPORTED);
}

static void
print_file(FILE *out, struct command *c, const struct diff_file *f)
{
	for (uint32_t k = 0; k < f->rows.len; k++)
		for (uint32_t i = 0; f->rows.data[k].selected && i < c->oracle.runtimes.len; i++)
			if (is_shown(c, &f->rows.data[k].cells[i]))
				print_cell(out, c, f, &f->rows.data[k], i);
}

static uint32_t
count(const struct command *c, uint32_t runtime, enum diff_class class)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < c->files.len; i++)
		for (uint32_t k = 0; k < c->files.data[i].rows.len; k++) {
			const struct diff_row *row = &c->files.data[i].rows.data[k];
			n += row->selected && row->cells[runtime].class == class;
		}
	return n;
}

static void
print_summary(FILE *out, const struct command *c)
{
	fprintf(out, "canon %s, specification %.7s of %s, %u files\n", CANON_VERSION, PIN_COMMIT,
		PIN_DATE, c->files.len);
	for (uint32_t i = 0; i < c->oracle.runtimes.len; i++) {
		struct runtime *r = c->oracle.runtimes.data[i].runtime;
		fprintf(out, "%s %s:", runtime_name(r), runtime_version(r));
		for (int class = 0; class < DIFF_COUNT; class ++)
			if (class != DIFF_NOTHING)
				fprintf(out, "%s %u %s", class ? "," : "",
					count(c, i, (enum diff_class) class),
					diff_class_name((enum diff_class) class));
		fputc('\n', out);
	}
}

/* ---- as JSON ---- */

static struct json_object *
cell_json(struct command *c, const struct diff_file *f, const struct diff_row *row, uint32_t i)
{
	const struct diff_cell *cell = &row->cells[i];
	struct json_object *o = json_object_new_object();
	json_put_text(o, "runtime", runtime_name(c->oracle.runtimes.data[i].runtime));
	json_put_text(o, "class", diff_class_name(cell->class));
	json_put_text(o, "did", cell->did);
	json_put_text(o, "text", cell->text);
	json_put_text(o, "why", cell->why);
	if (is_bad(cell->class))
		json_put_text(o, "again", again(c, f, row, i));
	return o;
}

static struct json_object *
row_json(struct command *c, const struct diff_file *f, const struct diff_row *row)
{
	struct json_object *o = json_object_new_object(), *allowed = json_object_new_array(),
			   *cells = json_object_new_array();
	json_put_number(o, "line", row->line);
	json_put_number(o, "column", row->column);
	json_put_text(o, "kind", row->kind);
	json_put_text(o, "source", row->source);
	json_put_text(o, "expected", row->set->outcomes.data[0].expected);
	json_put_text(o, "holds", explored_verdict_name(explored_verdict(row->set)));
	for (uint32_t i = 0; i < row->set->outcomes.len; i++) {
		struct json_object *one = json_object_new_object();
		json_put_text(one, "did", row->set->outcomes.data[i].did);
		json_put_text(one, "section", row->set->outcomes.data[i].section);
		json_object_array_add(allowed, one);
	}
	for (uint32_t i = 0; i < c->oracle.runtimes.len; i++)
		json_object_array_add(cells, cell_json(c, f, row, i));
	json_object_object_add(o, "allowed", allowed);
	json_object_object_add(o, "runtimes", cells);
	return o;
}

static struct json_object *
file_json(struct command *c, const struct diff_file *f)
{
	struct json_object *o = json_object_new_object(), *rows = json_object_new_array();
	json_put_text(o, "file", f->path);
	json_put_bool(o, "exhausted", f->exhausted);
	for (uint32_t k = 0; k < f->rows.len; k++)
		if (f->rows.data[k].selected)
			json_object_array_add(rows, row_json(c, f, &f->rows.data[k]));
	json_object_object_add(o, "directives", rows);
	return o;
}

static struct json_object *
runtime_json(const struct command *c, uint32_t i)
{
	const struct diff_runtime *r = &c->oracle.runtimes.data[i];
	struct json_object *o = json_object_new_object();
	json_put_text(o, "name", runtime_name(r->runtime));
	json_put_text(o, "version", runtime_version(r->runtime));
	json_put_text(o, "engine", r->engine);
	json_put_text(o, "validator", r->validator);
	for (int class = 0; class < DIFF_COUNT; class ++)
		json_put_number(o, diff_class_name((enum diff_class) class),
			count(c, i, (enum diff_class) class));
	return o;
}

static void
write_json(FILE *out, struct command *c)
{
	struct json_object *o = json_object_new_object(), *runtimes = json_object_new_array(),
			   *files = json_object_new_array();
	json_object_object_add(o, "canon", json_canon());
	json_put_text(o, "profile", c->again.profile);
	for (uint32_t i = 0; i < c->oracle.runtimes.len; i++)
		json_object_array_add(runtimes, runtime_json(c, i));
	for (uint32_t i = 0; i < c->files.len; i++)
		json_object_array_add(files, file_json(c, &c->files.data[i]));
	json_object_object_add(o, "runtimes", runtimes);
	json_object_object_add(o, "files", files);
	json_write(out, o);
}

/* ---- as a page ---- */

static const struct grid_class classes[DIFF_COUNT] = {
	[DIFF_AGREES] = {"agrees", GRID_GOOD},
	[DIFF_OUTSIDE] = {"outside", GRID_BAD},
	[DIFF_IN_DOUBT] = {"in doubt", GRID_BAD},
	[DIFF_SCRIPT] = {"script", GRID_KNOWN},
	[DIFF_WORDING] = {"wording", GRID_KNOWN},
	[DIFF_UNSUPPORTED] = {"unsupported", GRID_QUIET},
	[DIFF_NOTHING] = {"nothing", GRID_QUIET},
	[DIFF_ERROR] = {"error", GRID_BAD},
};

static void
add_detail(struct arena *a, struct grid_cell *cell, struct detail *rows, const char *label,
	const char *text)
{
	(void)a;
	if (text)
		rows[cell->ndetails++] = (struct detail){label, text};
}

static struct grid_cell
grid_cell_of(struct command *c, const struct diff_file *f, const struct diff_row *row, uint32_t i)
{
	enum { MOST = 7 };
	struct arena *a = c->args.arena;
	struct detail *rows = arena_array_of(a, MOST, struct detail);
	const struct diff_cell *from = &row->cells[i];
	struct grid_cell cell = {.class = (uint32_t)from->class, .details = rows};
	if (from->class == DIFF_NOTHING)
		return cell;
	add_detail(a, &cell, rows, "directive", row->source);
	add_detail(a, &cell, rows, "expected", row->set->outcomes.data[0].expected);
	add_detail(a, &cell, rows, "allowed", allowed(a, row->set, f->exhausted));
	add_detail(a, &cell, rows, "did", from->did);
	add_detail(a, &cell, rows, "says", from->text);
	add_detail(a, &cell, rows, "why", from->why);
	if (is_bad(from->class))
		add_detail(a, &cell, rows, "again", again(c, f, row, i));
	return cell;
}

static struct grid_row
grid_row_of(struct command *c, const struct diff_file *f, const struct diff_row *row)
{
	struct grid_cell *cells =
		arena_array_of(c->args.arena, c->oracle.runtimes.len, struct grid_cell);
	for (uint32_t i = 0; i < c->oracle.runtimes.len; i++)
		cells[i] = grid_cell_of(c, f, row, i);
	return (struct grid_row){row->line, row->column, row->kind, cells};
}

static struct grid_file
grid_file_of(struct command *c, const struct diff_file *f)
{
	struct grid_file file = {.path = f->path};
	for (uint32_t k = 0; k < f->rows.len; k++)
		if (f->rows.data[k].selected)
			vec_push(c->args.arena, &file.rows, grid_row_of(c, f, &f->rows.data[k]));
	return file;
}

static void
write_html(FILE *out, struct command *c)
{
	struct arena *a = c->args.arena;
	struct grid_column *columns = arena_array_of(a, c->oracle.runtimes.len, struct grid_column);
	struct grid g = {.title = "canon diff",
		.classes = classes,
		.nclasses = DIFF_COUNT,
		.columns = columns,
		.ncolumns = c->oracle.runtimes.len};
	for (uint32_t i = 0; i < c->oracle.runtimes.len; i++)
		columns[i] = (struct grid_column){runtime_name(c->oracle.runtimes.data[i].runtime),
			runtime_version(c->oracle.runtimes.data[i].runtime)};
	g.note = arena_printf(
		a, "Specification %.7s of %s, profile %s", PIN_COMMIT, PIN_DATE, c->again.profile);
	for (uint32_t i = 0; i < c->files.len; i++)
		vec_push(a, &g.files, grid_file_of(c, &c->files.data[i]));
	grid_html(out, &g);
}

/* ---- the command ---- */

static void
add_counts(struct command *c, const struct diff_file *f)
{
	c->internal |= f->internal;
	for (uint32_t k = 0; k < f->rows.len; k++)
		for (uint32_t i = 0; f->rows.data[k].selected && i < c->oracle.runtimes.len; i++)
			c->counts[f->rows.data[k].cells[i].class]++;
}

static int
status_of(const struct command *c)
{
	uint32_t compared = 0, bad = 0;
	for (int i = 0; i < DIFF_COUNT; i++) {
		if (i != DIFF_NOTHING && i != DIFF_UNSUPPORTED)
			compared += c->counts[i];
		bad += is_bad((enum diff_class)i) ? c->counts[i] : 0;
	}
	if (c->internal || c->counts[DIFF_ERROR])
		return STATUS_FAILED;
	if (!compared)
		return STATUS_NOTHING;
	return bad ? STATUS_UNEXPECTED : STATUS_OK;
}

/* All of a report, but for what people get file by file. */
static void
write_end(struct command *c, FILE *out, int format)
{
	switch (format) {
	case FORMAT_JSON: write_json(out, c); break;
	case FORMAT_HTML: write_html(out, c); break;
	default: print_summary(out, c); break;
	}
}

static void
write_also(void *env, FILE *out, int format)
{
	struct command *c = env;
	for (uint32_t i = 0; format == FORMAT_HUMAN && i < c->files.len; i++)
		print_file(out, c, &c->files.data[i]);
	write_end(c, out, format);
}

static int
diff_all(void *env, FILE *out)
{
	struct command *c = env;
	for (uint32_t i = 0; i < c->args.paths.len; i++) {
		struct diff_file f = diff_run(c->args.arena, c->args.paths.data[i],
			&c->oracle.explore, c->oracle.runtimes.data, c->oracle.runtimes.len);
		add_counts(c, &f);
		if (c->args.format == FORMAT_HUMAN)
			print_file(out, c, &f);
		vec_push(c->args.arena, &c->files, f);
	}
	write_end(c, out, c->args.format);
	bool good = run_args_write_also(&c->args, write_also, c);
	return good ? status_of(c) : STATUS_FAILED;
}

static const struct run_args_option own[] = {{"runtime", true, oracle_args_runtime, false},
	{"answer", true, oracle_args_answer, true}, {"max-runs", true, oracle_args_max_runs, true},
	{"depth", true, oracle_args_depth, true}, {"also", true, run_args_also, false}, {0}};

static int
diff_with_runtimes(void *env)
{
	struct command *c = env;
	int status = STATUS_USAGE;
	if (!c->oracle.names.len) {
		run_args_wrong(&c->args, "%s", "no --runtime is given");
		return status;
	}
	c->again = run_args_again(&c->args);
	if (oracle_args_start(&c->oracle, &c->args))
		status = run_args_report(&c->args, diff_all, c);
	oracle_args_end(&c->oracle);
	return status;
}

int
cmd_diff(int argc, char **argv)
{
	struct command c = {.oracle = {.explore = {.max_runs = 2000, .depth = 100}, .answer = 10}};
	c.args = (struct run_args){.command = "diff",
		.arena = arena_new(0),
		.formats = formats,
		.run = {.timeout = 60, .features = features_of(PROFILE_P3)}};
	return run_args_command(&c.args, argc, argv, own, &c, help, diff_with_runtimes);
}
