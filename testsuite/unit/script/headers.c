/* headers.c - tests of script/headers: which lines count, and what they may say. */
#include "script/headers.h"

#include "base/error.h"
#include "unit.h"

struct job {
	struct source src;
	struct features features;
};

static struct error err;

static void
apply(void *env)
{
	struct job *j = env;
	headers_apply(&j->src, &j->features);
}

static struct job
applied(const char *text)
{
	struct job j = {
		{.name = "test", .text = text, .len = strlen(text)}, features_of(PROFILE_P3)};
	err = (struct error){.reason = "none"};
	protect(apply, &j, &err);
	source_release(&j.src);
	return j;
}

static bool
has(const char *text, enum feature feature)
{
	struct job j = applied(text);
	ck_assert_str_eq(err.reason, "none");
	return j.features.on >> feature & 1;
}

START_TEST(lines_that_count)
{
	ck_assert(has("", FEATURE_MAP));
	ck_assert(!has(";;! component_model_map = false", FEATURE_MAP));
	ck_assert(!has("\n  ;; words\n\t;;!component_model_map=false\r\n(component)", FEATURE_MAP));
	ck_assert(has("(component)\n;;! component_model_map = false\n", FEATURE_MAP));
	ck_assert(has(";; ;;! component_model_map = false\n", FEATURE_MAP));
	ck_assert(has(
		";;! component_model_map = false\n;;! component_model_map = true", FEATURE_MAP));
	ck_assert(has(";;! component_model_nested_names = true", FEATURE_NESTED_NAMES));
	ck_assert(has(";;!\n;;! gc = true\n", FEATURE_MAP));
}
END_TEST

START_TEST(lines_that_are_wrong)
{
	applied(";;! component_model_map");
	ck_assert_str_eq(err.reason, "bad-header");
	ck_assert_int_eq(err.kind, ERR_SCRIPT);
	applied(";;! component_model_map = maybe");
	ck_assert_str_eq(err.reason, "bad-header");
	applied(";;! = true");
	ck_assert_str_eq(err.reason, "bad-header");
	applied(";; one\n;;! sausage = true");
	ck_assert_str_eq(err.reason, "unknown-header");
	ck_assert_uint_eq(err.at.pos, 7);
	applied(";;! gc = false");
	ck_assert_str_eq(err.reason, "feature-always-on");
	ck_assert_int_eq(err.kind, ERR_UNSUPPORTED);
}
END_TEST

UNIT_MAIN("script/headers", lines_that_count, lines_that_are_wrong)
