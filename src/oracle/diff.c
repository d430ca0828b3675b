/* diff.c - see diff.h. */
#include "oracle/diff.h"

#include <string.h>

#include "base/source.h"
#include "component/load.h"
#include "oracle/drive.h"
#include "script/headers.h"
#include "script/match.h"
#include "text/sexpr.h"

struct differ {
	struct arena *arena;
	const struct explore_options *options;
	struct explored explored;
	struct steps steps;
	struct source source;
	const struct sexpr *top; /* null where the file is no script */
	struct features features;
};

const char *
diff_class_name(enum diff_class c)
{
	static const char *const names[] = {[DIFF_AGREES] = "agrees",
		[DIFF_OUTSIDE] = "outside",
		[DIFF_IN_DOUBT] = "in doubt",
		[DIFF_SCRIPT] = "script",
		[DIFF_WORDING] = "wording",
		[DIFF_UNSUPPORTED] = "unsupported",
		[DIFF_NOTHING] = "nothing",
		[DIFF_ERROR] = "error"};
	return names[c];
}

/* ---- whether a runtime's outcome is one that is allowed ---- */

enum fit {
	FITS,
	FITS_BUT_FOR_WORDS,  /* of the right kind; the words say nothing */
	FITS_IN_OTHER_WORDS, /* of the right kind; the words are those of another reason */
	FITS_NOT,
};

/* The kind of an outcome of Canon's, which is its first word. */
static bool
is_kind(const struct explored_outcome *o, enum error_kind kind)
{
	const char *name = error_kind_name(kind);
	size_t n = strlen(name);
	return !strncmp(o->did, name, n) && o->did[n] == ' ';
}

static bool
is_refusal(const struct explored_outcome *o)
{
	return is_kind(o, ERR_MALFORMED) || is_kind(o, ERR_INVALID) || is_kind(o, ERR_UNLINKABLE);
}

/* Text behind any of these may be what an engine calls the trap: a line, a cause, a prefix. */
static bool
starts_phrase(const char *text, const char *at)
{
	return at == text || at[-1] == '\n' || (at[-1] == ' ' && at - text > 1 && at[-2] == ':') ||
	       (at[-1] == ' ' && (at - text < 2 || at[-2] == ' ' || at[-2] == '\n'));
}

/* What spec/wordings.tsv says of an engine's words and a class of traps, or spec/trap-texts.tsv of
 * them and its site. */
static enum match_result
match_words(const char *text, const struct explored_outcome *o)
{
	struct error err = {.kind = ERR_TRAP, .reason = o->trap_class};
	enum match_result best = MATCH_UNKNOWN_TEXT;
	for (const char *at = text; *at; at++) {
		if (!starts_phrase(text, at) || *at == '\n')
			continue;
		struct str words = {at, strcspn(at, "\n")};
		enum match_result m = match_error(EXPECT_TRAP, words, &err);
		if (m == MATCH_YES || (o->trap_site && match_site(o->trap_site, words)))
			return MATCH_YES;
		if (m == MATCH_OTHER_REASON)
			best = m;
	}
	return best;
}

/* The text in 'trap "unreachable"', where the script has one. */
static struct str
expected_text(const char *expected)
{
	const char *first = expected ? strchr(expected, '"') : NULL;
	const char *last = first ? strrchr(first, '"') : NULL;
	return last > first ? (struct str){first + 1, (size_t)(last - first - 1)} : STR("");
}

static bool
has_expected_text(struct arena *a, const struct explored_outcome *o, const char *text)
{
	struct str want = expected_text(o->expected);
	return want.len && strstr(text, str_cstr(a, want));
}

/* Where the script's assertion holds by this trap, and the engine says what the script says, that is
 * the same trap, too. */
static enum fit
fit_trap(struct differ *d, const struct driven *did, const struct explored_outcome *o)
{
	if (strcmp(did->outcome, "trap"))
		return is_kind(o,
			       !strcmp(did->outcome, "exception") ? ERR_EXCEPTION : ERR_EXHAUSTED)
			       ? FITS
			       : FITS_NOT;
	if (!is_kind(o, ERR_TRAP))
		return FITS_NOT;
	if (!did->text)
		return FITS_BUT_FOR_WORDS;
	if (o->outcome == OUTCOME_PASS && has_expected_text(d->arena, o, did->text))
		return FITS;
	switch (match_words(did->text, o)) {
	case MATCH_YES: return FITS;
	case MATCH_OTHER_REASON: return FITS_IN_OTHER_WORDS;
	default: return FITS_BUT_FOR_WORDS;
	}
}

static enum fit
fit_refusal(const struct driven *did, const struct explored_outcome *o)
{
	if (!is_refusal(o))
		return FITS_NOT;
	if (!strcmp(did->outcome, "refused"))
		return is_kind(o, ERR_UNLINKABLE) ? FITS_BUT_FOR_WORDS : FITS;
	size_t n = strlen(did->outcome);
	bool same = !strncmp(o->did, did->outcome, n) && o->did[n] == ' ';
	return same ? FITS : FITS_BUT_FOR_WORDS;
}

/* Handles are numbers that no two runtimes need to share: "(handle 3)" is any. */
static bool
same_value(const char *a, const char *b)
{
	for (;;) {
		const char *handle_a = strstr(a, "(handle "), *handle_b = strstr(b, "(handle ");
		if (!handle_a || !handle_b)
			return !strcmp(a, b);
		if (handle_a - a != handle_b - b || strncmp(a, b, (size_t)(handle_a - a)))
			return false;
		a = strchr(handle_a, ')');
		b = strchr(handle_b, ')');
	}
}

static enum fit
fit_one(struct differ *d, const struct driven *did, const struct explored_outcome *o)
{
	switch (did->kind) {
	case DRIVEN_REFUSED: return fit_refusal(did, o);
	case DRIVEN_ACCEPTED:
		return is_kind(o, ERR_MALFORMED) || is_kind(o, ERR_INVALID) ? FITS_NOT : FITS;
	case DRIVEN_DONE: return strcmp(o->did, "done") ? FITS_NOT : FITS;
	case DRIVEN_RETURNED:
		return !strncmp(o->did, "returned ", 9) && same_value(o->did + 9, did->did)
			       ? FITS
			       : FITS_NOT;
	case DRIVEN_TRAPPED: return fit_trap(d, did, o);
	case DRIVEN_AS_EXPECTED: return o->outcome == OUTCOME_PASS ? FITS : FITS_NOT;
	case DRIVEN_UNEXPECTED: return o->outcome == OUTCOME_PASS ? FITS_NOT : FITS;
	default: return FITS_NOT;
	}
}

/* The best fit among all that is allowed. */
static enum fit
fit_set(struct differ *d, const struct driven *did, const struct explored_directive *set)
{
	enum fit best = FITS_NOT;
	for (uint32_t i = 0; i < set->outcomes.len; i++) {
		enum fit f = fit_one(d, did, &set->outcomes.data[i]);
		if (f < best)
			best = f;
	}
	return best;
}

/* ---- what the script wants ---- */

/* Whether the runtime did what the script expects, as far as that can be told from the texts of
 * both: values that are written alike, and traps with the script's words. */
static bool
satisfies_script(struct differ *d, const struct driven *did, const struct explored_directive *set)
{
	const char *want = set->outcomes.data[0].expected;
	switch (did->kind) {
	case DRIVEN_AS_EXPECTED: return true;
	case DRIVEN_UNEXPECTED: return false;
	case DRIVEN_RETURNED: return want && !strcmp(want, did->did);
	case DRIVEN_TRAPPED:
		return did->text && want && strstr(want, "trap") &&
		       has_expected_text(d->arena, &set->outcomes.data[0], did->text);
	case DRIVEN_DONE:
	case DRIVEN_ACCEPTED: return !want;
	default: return false;
	}
}

/* ---- classes ---- */

static struct diff_cell
cell(enum diff_class class, const struct driven *did, const char *why)
{
	return (struct diff_cell){
		.class = class, .did = did->outcome, .text = did->text, .why = why};
}

/* Of a runtime that did what can be compared. */
static struct diff_cell
compare(struct differ *d, const struct driven *did, const struct explored_directive *set)
{
	enum explored_verdict v = explored_verdict(set);
	enum fit fit = fit_set(d, did, set);
	if (v == EXPLORED_OPEN)
		return cell(DIFF_UNSUPPORTED, did, "Canon has no verdict");
	if (did->kind == DRIVEN_ACCEPTED)
		return cell(fit == FITS ? DIFF_AGREES : DIFF_OUTSIDE, did, NULL);
	if (v != EXPLORED_ALL && fit != FITS_NOT)
		return cell(DIFF_SCRIPT, did,
			v == EXPLORED_SOME ? "the script expects only some of what is allowed"
					   : "the script expects what is not allowed");
	if (v != EXPLORED_ALL && satisfies_script(d, did, set))
		return cell(DIFF_SCRIPT, did,
			"the script expects what is not allowed, and the runtime does that");
	if (fit == FITS_BUT_FOR_WORDS)
		return cell(DIFF_WORDING, did, "its words are not known");
	/* The documents say that it traps, and not what it says then. */
	if (fit == FITS_IN_OTHER_WORDS)
		return cell(DIFF_WORDING, did, "its words are those of another reason");
	return cell(fit == FITS ? DIFF_AGREES : DIFF_OUTSIDE, did, NULL);
}

/* Core specification, "Custom Sections and Annotations": whoever ignores them finds nothing wrong. */
static bool
ignores_annotations(const struct driven *did, const struct explored_directive *set)
{
	size_t n = strlen(set->kind);
	bool is_custom = n > 7 && !strcmp(set->kind + n - 7, "_custom");
	return is_custom && (did->kind == DRIVEN_DONE || did->kind == DRIVEN_ACCEPTED);
}

static struct diff_cell
judge(struct differ *d, const struct driven *did, const struct explored_directive *set)
{
	struct diff_cell c;
	if (ignores_annotations(did, set))
		return cell(DIFF_AGREES, did, "annotations may be ignored");
	switch (did->kind) {
	case DRIVEN_NOTHING: return cell(DIFF_NOTHING, did, NULL);
	case DRIVEN_UNSUPPORTED: return cell(DIFF_UNSUPPORTED, did, NULL);
	case DRIVEN_ERROR: return cell(DIFF_ERROR, did, NULL);
	case DRIVEN_BROKE: return cell(DIFF_OUTSIDE, did, "no document allows that");
	default: break;
	}
	c = compare(d, did, set);
	c.against = c.class == DIFF_OUTSIDE ||
		    (c.class == DIFF_SCRIPT && fit_set(d, did, set) == FITS_NOT);
	if (did->kind == DRIVEN_RETURNED)
		c.did = arena_printf(d->arena, "returned %s", did->did);
	return c;
}

/* ---- doubt ---- */

static bool
are_independent(const struct diff_runtime *a, const struct diff_runtime *b, bool by_validation)
{
	return by_validation ? strcmp(a->validator, b->validator) != 0
			     : strcmp(a->engine, b->engine) != 0;
}

static bool
is_static(const struct diff_cell *c)
{
	static const char *const words[] = {"done", "malformed", "invalid", "refused"};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (!strcmp(c->did, words[i]))
			return true;
	return false;
}

/* Two runtimes that are independent and did the same that is not allowed, whether the script wants it
 * or not. */
static bool
has_company(const struct diff_row *row, const struct diff_runtime *runtimes, uint32_t n, uint32_t i)
{
	const struct diff_cell *c = &row->cells[i];
	for (uint32_t k = 0; k < n; k++) {
		const struct diff_cell *other = &row->cells[k];
		if (other->against && !strcmp(other->did, c->did) &&
			are_independent(&runtimes[i], &runtimes[k], is_static(c)))
			return true;
	}
	return false;
}

static void
mark_doubt(struct diff_row *row, const struct diff_runtime *runtimes, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		if (row->cells[i].against && has_company(row, runtimes, n, i))
			row->cells[i].class = DIFF_IN_DOUBT;
}

/* ---- a file ---- */

static void
read_script(void *env)
{
	struct differ *d = env;
	d->top = sexpr_read(d->arena, &d->source);
	headers_apply(&d->source, &d->features);
}

/* The directive's own text in one line, and not too much of it. */
static const char *
source_of(struct differ *d, uint32_t directive)
{
	enum { MOST = 160 };
	struct strbuf out = {.arena = d->arena};
	if (!d->top || directive >= d->top->len)
		return "";
	const struct sexpr *sx = &d->top->items[directive];
	for (uint32_t p = sx->at.pos; p < sx->end; p++) {
		char c = d->source.text[p];
		bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
		if (out.len == MOST) {
			strbuf_adds(&out, " ...");
			break;
		}
		if (!space)
			strbuf_addc(&out, c);
		else if (out.len && out.ptr[out.len - 1] != ' ')
			strbuf_addc(&out, ' ');
	}
	return strbuf_cstr(&out);
}

static bool
is_selected(const struct differ *d, const struct stepped *s, const char *path)
{
	const regex_t *filter = d->options->run.filter;
	return !filter ||
	       !regexec(filter, arena_printf(d->arena, "%s:%u:%u", path, s->line, s->column), 0,
		       NULL, 0);
}

static void
add_rows(struct differ *d, struct diff_file *f, uint32_t n)
{
	for (uint32_t i = 0; i < d->steps.directives.len; i++) {
		const struct stepped *s = &d->steps.directives.data[i];
		struct diff_row row = {.directive = s->directive,
			.line = s->line,
			.column = s->column,
			.kind = s->kind,
			.source = source_of(d, s->directive),
			.set = &d->explored.directives.data[i],
			.selected = is_selected(d, s, f->path),
			.cells = arena_array_of(d->arena, n, struct diff_cell)};
		vec_push(d->arena, &f->rows, row);
	}
}

static void
run_runtime(struct differ *d, struct diff_file *f, struct runtime *r, uint32_t column)
{
	bool by_script = !runtime_accepts(r, "binary") && runtime_accepts(r, "script") && d->top;
	struct str text = {d->source.text, d->source.len};
	struct driven *did =
		by_script ? drive_script(d->arena, r, &d->steps, f->path, text, &d->features)
			  : drive_steps(d->arena, r, &d->steps);
	for (uint32_t i = 0; i < f->rows.len; i++)
		f->rows.data[i].cells[column] = judge(d, &did[i], f->rows.data[i].set);
}

struct diff_file
diff_run(struct arena *a, const char *path, const struct explore_options *o,
	const struct diff_runtime *runtimes, uint32_t n)
{
	struct diff_file f = {.path = path};
	struct differ d = {
		.arena = a, .options = o, .source = {.name = path}, .features = o->run.features};
	struct error err;
	d.explored = explore_file(a, path, o);
	d.steps = steps_record(a, path, &o->run);
	f.exhausted = explored_whole(&d.explored);
	f.internal = d.explored.internal;
	if (!load_file(a, path, &d.source) || !protect(read_script, &d, &err))
		d.top = NULL;
	add_rows(&d, &f, n);
	for (uint32_t i = 0; i < n; i++)
		run_runtime(&d, &f, runtimes[i].runtime, i);
	for (uint32_t i = 0; i < f.rows.len; i++)
		mark_doubt(&f.rows.data[i], runtimes, n);
	source_release(&d.source);
	return f;
}
