/* trace.c - tests of base/trace: events come to whoever listens, with their depth and thread; an error
 * is told once, at the innermost call. */
#include "base/trace.h"

#include "base/choose.h"
#include "base/fiber.h"
#include "unit.h"

static struct arena *arena;

/* "depth/thread kind name number", a line each */
static struct strbuf seen;

static void
keep(void *env, const struct trace_event *e)
{
	*(int *)env += 1;
	strbuf_printf(&seen, "%u/%u %d %s %u\n", e->depth, e->thread, (int)e->kind,
		e->name ? e->name : "-", e->number);
}

static void
tell(enum trace_kind kind, const char *name)
{
	trace_tell(&(struct trace_event){.kind = kind, .name = name});
}

static void
setup(void)
{
	arena = arena_new(0);
	seen = (struct strbuf){.arena = arena};
}

static void
teardown(void)
{
	trace_to(NULL, NULL, false);
	choose_release();
	arena_free(arena);
}

START_TEST(listeners)
{
	int count = 0;
	setup();
	ck_assert(!trace_is_on && !trace_has_details);
	tell(TRACE_CALL, "nobody");
	trace_to(keep, &count, false);
	ck_assert(trace_is_on && !trace_has_details);
	tell(TRACE_CALL, "realloc");
	choose_seed(0);
	choose(2);
	ck_assert_int_eq(count, 1);
	trace_to(keep, &count, true);
	ck_assert(trace_is_on && trace_has_details);
	choose(2);
	ck_assert_int_eq(count, 2);
	trace_to(NULL, NULL, false);
	ck_assert(!trace_is_on && !trace_has_details);
	tell(TRACE_CALL, "nobody");
	ck_assert_int_eq(count, 2);
	teardown();
}
END_TEST

START_TEST(lines)
{
	const struct trace_value values[] = {{0, 'i'}, {UINT64_MAX, 'l'}};
	setup();
	trace_print(&seen,
		&(struct trace_event){
			.kind = TRACE_CALL, .name = "realloc", .values = values, .nvalues = 2});
	ck_assert_str_eq(strbuf_cstr(&seen), "call realloc 0 18446744073709551615");
	seen.len = 0;
	trace_print(&seen, &(struct trace_event){.kind = TRACE_DIRECTIVE, .number = 7});
	ck_assert_str_eq(strbuf_cstr(&seen), "directive 7");
	teardown();
}
END_TEST

static void
suspend(void *env)
{
	(void)env;
	fiber_suspend();
	tell(TRACE_STORED, NULL);
}

static void
thread(void *env)
{
	tell(TRACE_CALL, "f");
	trace_inside(suspend, env);
	tell(TRACE_DONE, "f");
}

static void
resume(void *env)
{
	fiber_resume(env);
}

/* The thread is resumed one deeper than it was started, and its depth is its own. */
START_TEST(threads)
{
	int count = 0;
	setup();
	trace_to(keep, &count, true);
	struct fiber *f = fiber_new(arena, thread, NULL);
	fiber_resume(f);
	trace_inside(resume, f);
	tell(TRACE_BEGIN, "after");
	ck_assert_str_eq(strbuf_cstr(&seen), "0/1 9 starts 1\n"
					     "1/1 3 f 0\n"
					     "0/1 9 suspends 1\n"
					     "1/1 9 resumes 1\n"
					     "3/1 5 - 0\n"
					     "2/1 4 f 0\n"
					     "1/1 9 ends 1\n"
					     "0/0 6 after 0\n");
	teardown();
	fiber_release_pool();
}
END_TEST

static void throw(void *env)
{
	(void)env;
	raise_error(ERR_EXCEPTION, NO_LOC, "thrown", "thrown");
}

static void
throw_inside(void *env)
{
	tell(TRACE_CALL, "inner");
	trace_inside(throw, env);
}

static void
convert(void *env)
{
	struct error err;
	tell(TRACE_CALL, "outer");
	protect(throw_inside, env, &err);
	raise_error(ERR_TRAP, NO_LOC, "uncaught", "uncaught");
}

static void
run(void *env)
{
	trace_inside(convert, env);
}

/* What an exception becomes on its way is told, too, but neither of the two a second time. */
START_TEST(errors)
{
	int count = 0;
	struct error err;
	setup();
	trace_to(keep, &count, true);
	ck_assert(!protect(run, NULL, &err));
	trace_error(&err);
	ck_assert_str_eq(strbuf_cstr(&seen), "1/0 3 outer 0\n"
					     "1/0 3 inner 0\n"
					     "2/0 11 - 0\n"
					     "1/0 11 - 0\n");
	teardown();
}
END_TEST

UNIT_MAIN("trace", listeners, lines, threads, errors)
