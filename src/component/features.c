/* features.c - see features.h: a walk over the AST, before it is validated. */
#include "component/features.h"

#include <stdio.h>

#include "base/error.h"
#include "base/fiber.h"
#include "base/mark.h"
#include "component/ast.h"
#include "component/names.h"

static const struct feature_row rows[FEATURE_COUNT] = {
#define FEATURE(ID, name, gate, header, release, p3, pre, source, certainty) \
	{name, gate, header, release, {p3, pre}, source, certainty},
#include "features.inc"
};

static const char *const profiles[PROFILE_COUNT] = {
	[PROFILE_P3] = "p3",
	[PROFILE_1_0_PRE] = "1.0-pre",
};

struct features
features_of(enum profile profile)
{
	struct features f = {.profile = profile};
	for (int i = 0; i < FEATURE_COUNT; i++)
		feature_set(&f, (enum feature)i, rows[i].in[profile]);
	return f;
}

void
feature_set(struct features *f, enum feature feature, bool on)
{
	f->on = on ? f->on | 1u << feature : f->on & ~(1u << feature);
}

void
features_limit(struct features *f)
{
	f->on &= features_of(f->profile).on;
}

void
features_forbid_marks(const struct features *f)
{
	for (int i = 0; i < FEATURE_COUNT; i++)
		mark_forbid(rows[i].name, !(f->on >> i & 1));
}

struct features
features_all(void)
{
	return (struct features){.on = UINT32_MAX};
}

const struct feature_row *
feature_row(enum feature feature)
{
	return &rows[feature];
}

const char *
profile_name(enum profile profile)
{
	return profiles[profile];
}

enum profile
profile_find(struct str name)
{
	int i = 0;
	while (i < PROFILE_COUNT && !str_is(name, profiles[i]))
		i++;
	return (enum profile)i;
}

enum feature
feature_find(struct str name)
{
	int i = 0;
	while (i < FEATURE_COUNT && !str_is(name, rows[i].name))
		i++;
	return (enum feature)i;
}

enum feature
feature_find_header(struct str name)
{
	int i = 0;
	while (i < FEATURE_COUNT && !str_is(name, rows[i].header))
		i++;
	return (enum feature)i;
}

enum feature
feature_of_message(const char *message)
{
	static const char phrase[] = "the feature ";
	const char *start = message ? strstr(message, phrase) : NULL;
	if (!start)
		return FEATURE_COUNT;
	start += strlen(phrase);
	return feature_find((struct str){start, strcspn(start, " ,")});
}

/* ---- the walk ---- */

static bool
is_on(struct features f, enum feature feature)
{
	return f.on >> feature & 1;
}

struct complaint {
	char text[160];
};

/* "the feature map (🗺️), which is not in profile p3" */
static void
complain(struct complaint *c, struct features f, enum feature feature)
{
	const struct feature_row *row = &rows[feature];
	bool gated = strcmp(row->gate, "-") != 0;
	snprintf(c->text, sizeof c->text, "the feature %s%s%s%s, which is %s profile %s", row->name,
		gated ? " (" : "", gated ? row->gate : "", gated ? ")" : "",
		row->in[f.profile] ? "switched off in" : "not in", profiles[f.profile]);
}

static void
need(struct features f, enum feature feature, bool used, struct loc at, const char *what)
{
	struct complaint why;
	if (!used || is_on(f, feature))
		return;
	complain(&why, f, feature);
	raise_error(ERR_INVALID, at, "feature-disabled", "%s needs %s", what, why.text);
}

static void
check_valtype(struct features f, const struct comp_valtype *v)
{
	need(f, FEATURE_ERROR_CONTEXT, v->kind == VAL_ERROR_CONTEXT, v->at, "`error-context`");
}

/* A name with several namespaces is none without the feature. */
static void
check_nesting(struct features f, const struct comp_name *n)
{
	struct extern_name name;
	struct name_error err;
	struct name_forms forms = {.nested = true, .canonical_version = true};
	if (!name_parse(n->name, forms, &name, &err))
		return; /* which validation will say */
	forms.nested = is_on(f, FEATURE_NESTED_NAMES);
	if (name_parse(n->name, forms, &name, &err))
		return;
	struct complaint why;
	complain(&why, f, FEATURE_NESTED_NAMES);
	raise_error(ERR_INVALID, n->at, err.reason,
		"`" STR_FMT "` is not a valid extern name: %s; several namespaces need %s",
		STR_ARG(n->name), err.text, why.text);
}

static void
check_name(struct features f, const struct comp_name *n)
{
	check_nesting(f, n);
	for (uint32_t i = 0; i < n->attrs.len; i++) {
		const struct comp_attr *a = &n->attrs.data[i];
		bool suffix = a->kind == ATTR_VERSION_SUFFIX;
		need(f, suffix ? FEATURE_CANONICAL_NAMES : FEATURE_IMPLEMENTS, true, a->at,
			"this attribute");
	}
}

static void
check_extern(struct features f, const struct comp_extern_type *t)
{
	need(f, FEATURE_VALUES, t->sort == SORT_VALUE, t->at, "`value`");
	check_valtype(f, &t->valtype);
}

static void
check_core_extern(struct features f, const struct core_externtype *t)
{
	bool wide = (t->sort == CORE_SORT_MEMORY && t->memory.limits.is_64) ||
		    (t->sort == CORE_SORT_TABLE && t->table.limits.is_64);
	need(f, FEATURE_MEMORY64, wide, t->at, "a 64-bit address type");
}

static void
check_core_type(struct features f, const struct comp_core_type *t)
{
	for (uint32_t i = 0; i < t->decls.len; i++)
		if (t->decls.data[i].type)
			check_core_extern(f, t->decls.data[i].type);
}

static void
check_type(struct features f, const struct comp_type *t)
{
	bool async = t->kind == CT_STREAM || t->kind == CT_FUTURE || t->is_async;
	need(f, FEATURE_ASYNC, async, t->at, "`async`, `stream` and `future`");
	need(f, FEATURE_FIXED_LENGTH_LISTS, t->kind == CT_FIXED_LIST, t->at, "a fixed-length list");
	need(f, FEATURE_MAP, t->kind == CT_MAP, t->at, "`map`");
	need(f, FEATURE_ERROR_CONTEXT, t->kind == CT_PRIM && t->prim == VAL_ERROR_CONTEXT, t->at,
		"`error-context`");
	need(f, FEATURE_MEMORY64, t->kind == CT_RESOURCE && t->rep.kind == CORE_KIND_I64, t->at,
		"a 64-bit representation");
	for (uint32_t i = 0; i < t->labels.len; i++)
		check_valtype(f, &t->labels.data[i].type);
	check_valtype(f, &t->elem);
	check_valtype(f, &t->error);
	check_valtype(f, &t->key);
	if (t->decls)
		features_check(f, t->decls);
}

static bool
has_opt(const struct comp_canon *c, enum comp_opt_kind kind)
{
	for (uint32_t i = 0; i < c->opts.len; i++)
		if (c->opts.data[i].kind == kind)
			return true;
	return false;
}

/* What the documents mark with the sign for more options on built-ins: reading and writing
 * without `async`, and cancelling a copy with it. */
static bool
is_more_async(const struct comp_canon *c)
{
	switch (c->kind) {
	case CANON_STREAM_READ:
	case CANON_STREAM_WRITE:
	case CANON_FUTURE_READ:
	case CANON_FUTURE_WRITE: return !has_opt(c, OPT_ASYNC);
	case CANON_SUBTASK_CANCEL:
	case CANON_STREAM_CANCEL_READ:
	case CANON_STREAM_CANCEL_WRITE:
	case CANON_FUTURE_CANCEL_READ:
	case CANON_FUTURE_CANCEL_WRITE: return c->is_async;
	default: return false;
	}
}

static void
check_canon(struct features f, const struct comp_canon *c, struct loc at)
{
	const struct comp_canon_info *info = &comp_canon_infos[c->kind];
	bool async = has_opt(c, OPT_ASYNC);
	if (*info->gate)
		need(f, feature_find(str_of(info->gate)), true, at, info->text);
	need(f, FEATURE_REALLOC, has_opt(c, OPT_REALLOC), at, "`realloc`");
	need(f, FEATURE_LAZY, has_opt(c, OPT_LAZY), at, "`lazy`");
	need(f, FEATURE_ASYNC, async || has_opt(c, OPT_CALLBACK), at, "`async`");
	need(f, FEATURE_ASYNC_STACKFUL, c->kind == CANON_LIFT && async && !has_opt(c, OPT_CALLBACK),
		at, "`async` without a `callback`");
	need(f, FEATURE_MORE_ASYNC_BUILTINS, is_more_async(c), at, info->text);
	check_valtype(f, &c->result);
}

static void
check_exports(struct features f, const struct comp_instance *i)
{
	for (uint32_t k = 0; k < i->exports.len; k++)
		check_name(f, &i->exports.data[k].name);
}

static void
check_def(struct features f, const struct comp_def *d)
{
	switch (d->kind) {
	case DEF_CORE_TYPE: check_core_type(f, d->core_type); break;
	case DEF_COMPONENT: features_check(f, d->component); break;
	case DEF_INSTANCE: check_exports(f, &d->instance); break;
	case DEF_TYPE: check_type(f, d->type); break;
	case DEF_CANON: check_canon(f, &d->canon, d->at); break;
	case DEF_IMPORT:
		check_name(f, &d->import.name);
		check_extern(f, &d->import.type);
		break;
	case DEF_EXPORT:
		check_name(f, &d->export.name);
		check_extern(f, &d->export.type);
		break;
	case DEF_START:
	case DEF_VALUE: need(f, FEATURE_VALUES, true, d->at, "this definition"); break;
	case DEF_CORE_MODULE:
	case DEF_CORE_INSTANCE:
	case DEF_ALIAS: break;
	}
}

void
features_check(struct features f, const struct component *c)
{
	need_stack(c->at, "components");
	for (uint32_t i = 0; i < c->defs.len; i++)
		check_def(f, &c->defs.data[i]);
}

/* ---- all that is missing ---- */

struct missing {
	struct features features;
	const struct component *component;
};

static void
check_missing(void *env)
{
	const struct missing *m = env;
	features_check(m->features, m->component);
}

void
features_tell(struct features f, void (*tell)(void *env, const char *name), void *env)
{
	for (int i = 0; i < FEATURE_COUNT; i++)
		if (f.on >> i & 1)
			tell(env, feature_row((enum feature)i)->name);
}

uint32_t
features_missing(struct features f, const struct component *c)
{
	struct missing m = {f, c};
	struct error err;
	uint32_t missing = 0;
	while (!protect(check_missing, &m, &err)) {
		enum feature feature = feature_of_message(err.message);
		if (feature == FEATURE_COUNT)
			raise_again(&err);
		missing |= UINT32_C(1) << feature;
		feature_set(&m.features, feature, true);
	}
	return missing;
}
