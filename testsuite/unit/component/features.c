/* features.c - tests of component/features: each feature is needed by what the document gates with
 * it, and by nothing else. */
#include "component/features.h"

#include <stdio.h>

#include "base/error.h"
#include "component/text.h"
#include "unit.h"

struct job {
	struct arena *arena;
	const char *text;
	struct features features;
};

static void
check(void *env)
{
	struct job *j = env;
	struct source *src = arena_new_of(j->arena, struct source);
	*src = (struct source){.name = "text", .text = j->text, .len = strlen(j->text)};
	features_check(j->features, component_parse_fields(j->arena, sexpr_read(j->arena, src), 0,
					    (struct str){0}, NULL));
}

static const char *
reason_of(const char *text, struct features f)
{
	static struct error err;
	struct job j = {arena_new(0), text, f};
	bool ok = protect(check, &j, &err);
	arena_free(j.arena);
	return ok ? "none" : err.reason;
}

static const struct {
	enum feature feature;
	const char *text;
} uses[] = {
	{FEATURE_ASYNC, "(type (stream u8))"},
	{FEATURE_ASYNC, "(type (future))"},
	{FEATURE_ASYNC, "(type (func async))"},
	{FEATURE_ASYNC, "(canon task.return (core func))"},
	{FEATURE_ASYNC, "(canon subtask.drop (core func))"},
	{FEATURE_ASYNC, "(canon lower (func 0) async (memory 0) (core func))"},
	{FEATURE_ASYNC, "(canon lift (core func 0) async (callback 1) (func (type 0)))"},
	{FEATURE_ASYNC, "(canon thread.yield (core func))"},
	{FEATURE_ASYNC, "(canon waitable-set.new (core func))"},
	{FEATURE_MORE_ASYNC_BUILTINS, "(canon stream.cancel-read 0 async (core func))"},
	{FEATURE_MORE_ASYNC_BUILTINS, "(canon subtask.cancel async (core func))"},
	{FEATURE_ASYNC_STACKFUL, "(canon lift (core func 0) async (func (type 0)))"},
	{FEATURE_THREADING, "(canon thread.index (core func))"},
	{FEATURE_THREADING, "(canon thread.suspend (core func))"},
	{FEATURE_SHARED_THREADS, "(canon thread.available-parallelism shared (core func))"},
	{FEATURE_ERROR_CONTEXT, "(type error-context)"},
	{FEATURE_ERROR_CONTEXT, "(type (list error-context))"},
	{FEATURE_ERROR_CONTEXT, "(canon error-context.drop (core func))"},
	{FEATURE_FIXED_LENGTH_LISTS, "(type (list u8 4))"},
	{FEATURE_MAP, "(type (map u8 u8))"},
	{FEATURE_IMPLEMENTS, "(import \"a\" (implements \"a:b/c\") (instance (type 0)))"},
	{FEATURE_VALUES, "(value u8 1)"},
	{FEATURE_VALUES, "(start 0)"},
	{FEATURE_VALUES, "(import \"a\" (value u8))"},
	{FEATURE_MEMORY64, "(core type (module (import \"a\" \"b\" (memory i64 1))))"},
	{FEATURE_MEMORY64, "(type (resource (rep i64)))"},
};

/* Also where it stands inside of something else. */
START_TEST(what_needs_a_feature)
{
	for (size_t i = 0; i < sizeof uses / sizeof *uses; i++) {
		struct features none = {0}, only = {0}, but = features_of(PROFILE_P3);
		char nested[200];
		feature_set(&only, FEATURE_ASYNC, true);
		feature_set(&only, uses[i].feature, true);
		feature_set(&but, uses[i].feature, false);
		snprintf(nested, sizeof nested, "(component %s)", uses[i].text);
		ck_assert_msg(!strcmp(reason_of(uses[i].text, none), "feature-disabled") &&
				      !strcmp(reason_of(uses[i].text, only), "none") &&
				      !strcmp(reason_of(uses[i].text, but), "feature-disabled") &&
				      !strcmp(reason_of(nested, but), "feature-disabled"),
			"%s", uses[i].text);
	}
}
END_TEST

START_TEST(what_needs_none)
{
	struct features none = {0};
	ck_assert_str_eq(
		reason_of("(type (list u8)) (type (func (result string))) "
			  "(type (resource (rep i32))) (core module) (component) "
			  "(canon lift (core func 0) (func (type 0))) "
			  "(canon lower (func 0) (core func)) "
			  "(canon resource.drop 0 (core func)) (import \"a\" (func (type 0)))",
			none),
		"none");
}
END_TEST

START_TEST(names)
{
	for (enum feature f = 0; f < FEATURE_COUNT; f++)
		ck_assert_int_eq(feature_find(str_of(feature_row(f)->name)), f);
	ck_assert_int_eq(feature_find(STR("sausage")), FEATURE_COUNT);
	ck_assert_int_eq(feature_find_header(STR("component_model_map")), FEATURE_MAP);
	ck_assert_int_eq(feature_find_header(STR("map")), FEATURE_COUNT);
	ck_assert_int_eq(profile_find(STR("1.0-pre")), PROFILE_1_0_PRE);
	ck_assert_int_eq(profile_find(STR("p4")), PROFILE_COUNT);
}
END_TEST

UNIT_MAIN("component/features", what_needs_a_feature, what_needs_none, names)
