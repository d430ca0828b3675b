/* drive.c - see drive.h. */
#include "oracle/drive.h"

#include <string.h>

#include "base/error.h"
#include "base/source.h"
#include "component/load.h"
#include "oracle/runtime_result.h"
#include "text/sexpr.h"

/* What a directive has made. */
struct made {
	bool is_there;
	uint32_t start;   /* of the process that has it */
	uint32_t line;    /* of the directive */
	uint32_t lost_at; /* the line that ended the process */
};

struct drive {
	struct arena *arena;
	struct runtime *runtime;
	const struct steps *steps;
	VEC(struct made) made; /* by the directive's index in the file */
	uint32_t lost_at;      /* the line at which the process ended last; 0: it did not */
};

static struct driven
unsupported(const char *text)
{
	return (struct driven){.kind = DRIVEN_UNSUPPORTED, .outcome = "unsupported", .text = text};
}

/* ---- whether a step can be asked ---- */

/* Why the features of a step keep it from being asked; or null. */
static const char *
feature_obstacle(struct arena *a, const struct runtime *r, const struct step *s)
{
	for (int i = 0; i < FEATURE_COUNT; i++) {
		const char *name = feature_row((enum feature)i)->name;
		if ((s->features >> i & 1) && !runtime_has_feature(r, name))
			return arena_printf(a, "has no %s", name);
		if ((s->off >> i & 1) && runtime_has_always(r, name))
			return arena_printf(a, "cannot switch %s off", name);
	}
	return NULL;
}

static const char *
missing_thing(struct drive *d, const struct step *s)
{
	for (uint32_t i = 0; i < s->needs.len; i++) {
		uint32_t need = s->needs.data[i];
		const struct made *m = need < d->made.len ? &d->made.data[need] : NULL;
		if (!m || !m->is_there)
			return arena_printf(
				d->arena, "needs what line %u did not make", m ? m->line : 0);
		if (m->start != runtime_starts(d->runtime))
			return arena_printf(d->arena, "needs what line %u made, and line %u lost",
				m->line, d->lost_at);
	}
	return NULL;
}

/* Why a step is not asked; or null. */
static const char *
obstacle(struct drive *d, const struct step *s)
{
	struct runtime *r = d->runtime;
	const char *feature = feature_obstacle(d->arena, r, s);
	if (s->unsent)
		return s->unsent;
	if (s->is_core && s->kind == STEP_DEFINE && !runtime_accepts(r, "module"))
		return "takes no core modules";
	if (s->kind == STEP_DEFINE && !runtime_accepts(r, s->is_text ? "text" : "binary"))
		return s->is_text ? "takes no text" : "takes no binaries";
	if (s->kind != STEP_DEFINE && !runtime_accepts(r, "instance"))
		return "makes no instances";
	if (s->from_host && !runtime_accepts(r, "host"))
		return "has not what the script imports from its host";
	if (s->kind == STEP_INSTANTIATE && s->needs.len > 1 && !runtime_accepts(r, "imports"))
		return "takes no imports from other instances";
	if (feature)
		return feature;
	return missing_thing(d, s);
}

/* ---- answers ---- */

static const struct {
	const char *outcome;
	enum driven_kind kind;
} kinds[] = {
	{"done", DRIVEN_DONE},
	{"returned", DRIVEN_RETURNED},
	{"malformed", DRIVEN_REFUSED},
	{"invalid", DRIVEN_REFUSED},
	{"refused", DRIVEN_REFUSED},
	{"unlinkable", DRIVEN_REFUSED},
	{"trap", DRIVEN_TRAPPED},
	{"exception", DRIVEN_TRAPPED},
	{"exhausted", DRIVEN_TRAPPED},
	{"unsupported", DRIVEN_UNSUPPORTED},
	{"crash", DRIVEN_BROKE},
	{"timeout", DRIVEN_BROKE},
	{"garbage", DRIVEN_BROKE},
};

/* The values of a core function, as Canon prints them. */
static bool
read_core_values(struct strbuf *out, struct json_object *types, struct json_object *values)
{
	size_t n = json_object_array_length(types);
	if (!json_object_is_type(values, json_type_array) || json_object_array_length(values) != n)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (i)
			strbuf_addc(out, ' ');
		if (!runtime_core_value_read(out, json_object_array_get_idx(types, i),
			    json_object_array_get_idx(values, i)))
			return false;
	}
	return true;
}

static bool
read_result(struct drive *d, const struct step *s, struct json_object *answer, struct strbuf *out)
{
	struct json_object *value = NULL, *type;
	struct link_value v;
	bool has_value = json_object_object_get_ex(answer, "value", &value) && value;
	if (!s->result)
		return !has_value;
	type = json_tokener_parse(s->result);
	bool good = s->is_core ? read_core_values(out, type, value)
			       : runtime_value_read(d->arena, type, value, &v);
	if (good && !s->is_core)
		link_value_print(out, &v);
	json_object_put(type);
	return good;
}

struct reading {
	struct drive *drive;
	const struct step *step;
	struct json_object *answer;
	struct strbuf value;
	bool good;
};

static void
read_value(void *env)
{
	struct reading *r = env;
	r->good = read_result(r->drive, r->step, r->answer, &r->value);
}

static struct driven
returned(struct drive *d, const struct step *s, const struct runtime_answer *answer)
{
	struct reading r = {d, s, answer->json, {.arena = d->arena}, false};
	struct error err;
	if (!protect(read_value, &r, &err) || !r.good)
		return (struct driven){.kind = DRIVEN_BROKE,
			.outcome = "garbage",
			.text = arena_printf(d->arena, "no value of type %s: %.200s",
				s->result ? s->result : "null",
				json_object_to_json_string(answer->json))};
	return (struct driven){.kind = DRIVEN_RETURNED,
		.outcome = "returned",
		.did = r.value.len ? strbuf_cstr(&r.value) : "no value"};
}

/* Whether an outcome can answer a kind of step. */
static bool
makes_sense(enum driven_kind kind, enum step_kind step)
{
	switch (kind) {
	case DRIVEN_DONE: return step != STEP_CALL;
	case DRIVEN_REFUSED:
	case DRIVEN_TRAPPED:
		return kind == DRIVEN_REFUSED ? step != STEP_CALL : step != STEP_DEFINE;
	case DRIVEN_RETURNED: return step == STEP_CALL;
	default: return true;
	}
}

static struct driven
ask(struct drive *d, const struct step *s)
{
	struct runtime_answer answer = runtime_ask(d->runtime, d->arena, s->request);
	struct driven out = {.kind = DRIVEN_ERROR, .outcome = answer.outcome, .text = answer.text};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (!strcmp(answer.outcome, kinds[i].outcome) &&
			makes_sense(kinds[i].kind, s->kind))
			out.kind = kinds[i].kind;
	return out.kind == DRIVEN_RETURNED ? returned(d, s, &answer) : out;
}

/* ---- by steps ---- */

static struct made *
made_of(struct drive *d, const struct stepped *of)
{
	while (d->made.len <= of->directive)
		vec_push(d->arena, &d->made, ((struct made){0}));
	d->made.data[of->directive].line = of->line;
	return &d->made.data[of->directive];
}

static struct driven
drive_one(struct drive *d, const struct stepped *of)
{
	struct driven last = {.kind = DRIVEN_NOTHING};
	struct made *made = made_of(d, of);
	for (uint32_t i = 0; i < of->steps.len; i++) {
		const struct step *s = &of->steps.data[i];
		const char *why = obstacle(d, s);
		if (why && last.kind == DRIVEN_DONE && !runtime_accepts(d->runtime, "instance")) {
			last.kind = DRIVEN_ACCEPTED;
			return last;
		}
		made->is_there = false;
		if (why)
			return unsupported(why);
		last = ask(d, s);
		if (last.kind == DRIVEN_BROKE)
			d->lost_at = of->line;
		if (last.kind != DRIVEN_DONE)
			return last;
		made->is_there = true;
		made->start = runtime_starts(d->runtime);
	}
	if (last.kind == DRIVEN_DONE && !runtime_accepts(d->runtime, "instance"))
		last.kind = DRIVEN_ACCEPTED;
	return last;
}

struct driven *
drive_steps(struct arena *a, struct runtime *r, const struct steps *steps)
{
	struct drive d = {.arena = a, .runtime = r, .steps = steps};
	struct driven *out = arena_array_of(a, steps->directives.len, struct driven);
	runtime_ask(r, a, "\"do\":\"reset\"");
	for (uint32_t i = 0; i < steps->directives.len; i++)
		out[i] = drive_one(&d, &steps->directives.data[i]);
	return out;
}

/* ---- by the script ---- */

/* After so many directives that failed it is not run again: that takes as long as all before. */
enum { MOST_FAILURES = 500 };

struct script_drive {
	struct arena *arena;
	const struct steps *steps;
	const struct sexpr *top;
	char *text; /* of the script; what was left out is blank */
	struct driven *out;
};

/* Leaves the directive out, and all that need what it made. */
static void
leave_out(struct script_drive *d, uint32_t i)
{
	const struct stepped *of = &d->steps->directives.data[i];
	const struct sexpr *sx = &d->top->items[of->directive];
	for (uint32_t p = sx->at.pos; p < sx->end; p++)
		if (d->text[p] != '\n')
			d->text[p] = ' ';
}

static bool
needs(const struct stepped *of, uint32_t directive)
{
	for (uint32_t i = 0; i < of->steps.len; i++)
		for (uint32_t k = 0; k < of->steps.data[i].needs.len; k++)
			if (of->steps.data[i].needs.data[k] == directive)
				return true;
	return false;
}

static bool
makes(const struct stepped *of)
{
	return of->steps.len > 0 && of->steps.data[of->steps.len - 1].kind != STEP_CALL;
}

static void
leave_out_with_users(struct script_drive *d, uint32_t failed)
{
	const struct stepped *of = &d->steps->directives.data[failed];
	leave_out(d, failed);
	for (uint32_t i = failed + 1; makes(of) && i < d->steps->directives.len; i++) {
		const struct stepped *user = &d->steps->directives.data[i];
		if (!needs(user, of->directive) || user->directive == of->directive ||
			d->out[i].kind != DRIVEN_NOTHING)
			continue;
		d->out[i] = unsupported(
			arena_printf(d->arena, "needs what line %u did not make", of->line));
		leave_out_with_users(d, i);
	}
}

/* The directive in which a line stands. */
static uint32_t
directive_at(const struct script_drive *d, uint32_t line)
{
	uint32_t found = 0;
	for (uint32_t i = 0; i < d->steps->directives.len; i++)
		if (d->steps->directives.data[i].line <= line)
			found = i;
	return found;
}

/* Fills what is still open. */
static void
fill(struct script_drive *d, struct driven with)
{
	for (uint32_t i = 0; i < d->steps->directives.len; i++)
		if (d->out[i].kind == DRIVEN_NOTHING)
			d->out[i] = with;
}

static const char *
text_of(struct json_object *o, const char *key)
{
	struct json_object *v;
	return json_object_object_get_ex(o, key, &v) ? json_object_get_string(v) : NULL;
}

/* The error of running code that a directive wants; or null. */
static const char *
wanted_error(const struct stepped *of)
{
	static const char *const wanted[][2] = {{"assert_trap", "trap"},
		{"assert_exhaustion", "exhausted"}, {"assert_exception", "exception"}};
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
		if (!strcmp(of->kind, wanted[i][0]))
			return wanted[i][1];
	return NULL;
}

/* What is known of a directive that failed. */
static struct driven
failed(const struct stepped *of, const struct runtime_answer *answer)
{
	const char *how = text_of(answer->json, "how");
	struct driven out = {.kind = DRIVEN_UNEXPECTED, .outcome = "fails", .text = answer->text};
	if (how && !strcmp(how, "unsupported"))
		return unsupported(answer->text);
	if (!how || strcmp(how, "words"))
		return out;
	const char *error = wanted_error(of);
	out.kind = error ? DRIVEN_TRAPPED : DRIVEN_REFUSED;
	out.outcome = error ? error : "refused";
	return out;
}

/* Those that use a feature that the runtime does not have. */
static void
leave_out_features(struct script_drive *d, struct runtime *r)
{
	for (uint32_t i = 0; i < d->steps->directives.len; i++) {
		const struct stepped *of = &d->steps->directives.data[i];
		const char *feature = NULL;
		for (uint32_t k = 0; k < of->steps.len && !feature; k++)
			feature = feature_obstacle(d->arena, r, &of->steps.data[k]);
		if (!feature || d->out[i].kind != DRIVEN_NOTHING)
			continue;
		d->out[i] = unsupported(feature);
		leave_out_with_users(d, i);
	}
}

/* Runs the script once. False when there is nothing more to run. */
static bool
run_script(struct script_drive *d, struct runtime *r, const char *path, struct str source,
	const struct features *features)
{
	struct json_object *line;
	struct runtime_answer answer = runtime_ask(r, d->arena,
		steps_of_script(d->arena, path, (struct str){d->text, source.len}, features));
	if (!strcmp(answer.outcome, "done")) {
		fill(d, (struct driven){.kind = DRIVEN_AS_EXPECTED, .outcome = "passes"});
		return false;
	}
	if (!strcmp(answer.outcome, "failed") &&
		json_object_object_get_ex(answer.json, "line", &line)) {
		uint32_t i = directive_at(d, (uint32_t)json_object_get_uint64(line));
		if (d->out[i].kind == DRIVEN_NOTHING) {
			d->out[i] = failed(&d->steps->directives.data[i], &answer);
			leave_out_with_users(d, i);
			return true;
		}
	}
	struct driven rest = {.kind = DRIVEN_ERROR, .outcome = answer.outcome, .text = answer.text};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (!strcmp(answer.outcome, kinds[i].outcome) &&
			(kinds[i].kind == DRIVEN_UNSUPPORTED || kinds[i].kind == DRIVEN_BROKE))
			rest.kind = kinds[i].kind;
	/* Where it crashed is not known: it is said once. */
	for (uint32_t i = 0; rest.kind == DRIVEN_BROKE && i < d->steps->directives.len; i++) {
		if (d->out[i].kind != DRIVEN_NOTHING)
			continue;
		d->out[i] = rest;
		rest = unsupported(arena_printf(
			d->arena, "the script came to a %s, said at its first line", rest.outcome));
	}
	fill(d, rest);
	return false;
}

struct driven *
drive_script(struct arena *a, struct runtime *r, const struct steps *steps, const char *path,
	struct str source, const struct features *features)
{
	const struct source src = {.name = path, .text = source.ptr, .len = source.len};
	struct script_drive d = {.arena = a,
		.steps = steps,
		.top = sexpr_read(a, &src),
		.text = arena_strndup(a, source.ptr, source.len),
		.out = arena_array_of(a, steps->directives.len, struct driven)};
	memset(d.out, 0, steps->directives.len * sizeof *d.out);
	leave_out_features(&d, r);
	for (uint32_t runs = 0; run_script(&d, r, path, source, features); runs++)
		if (runs == MOST_FAILURES)
			break;
	fill(&d, unsupported("too many other directives of the script failed"));
	return d.out;
}
