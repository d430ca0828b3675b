/* stack_switching.c - "Stack Switching": resume and block, and what an error leaves behind. */
#include "abi.h"

static char trace[64];
static Thread dummy, other;
static Thread *seen;
static struct arena *cont_heap, *heap_inside, *heap_after_block;

static void
note(char c)
{
	size_t n = strlen(trace);
	trace[n] = c;
	trace[n + 1] = 0;
}

static Thread *
two_steps(void *env, Cancelled cancelled)
{
	(void)env;
	note(cancelled ? 'C' : 'a');
	seen = current_thread();
	heap_inside = heap();
	Cancelled second = block(&other);
	heap_after_block = heap();
	note(second ? 'C' : 'b');
	return &other;
}

static void
begin(void)
{
	world_begin();
	trace[0] = 0;
	cont_heap = arena_new(0);
}

static void
end(void)
{
	arena_free(cont_heap);
	world_end();
}

START_TEST(blocks_and_goes_on)
{
	begin();
	Continuation *cont = cont_new(cont_heap, (ContFunc){two_steps, NULL});
	ResumeResult r = resume(cont, Cancelled_FALSE, &dummy);
	note('1');
	ck_assert_ptr_nonnull(r.cont);
	ck_assert_ptr_eq(r.switch_to, &other);
	ck_assert_ptr_eq(seen, &dummy);
	r = resume(r.cont, Cancelled_TRUE, &dummy);
	ck_assert_ptr_null(r.cont);
	ck_assert_ptr_eq(r.switch_to, &other);
	ck_assert_str_eq(trace, "a1C");
	end();
}
END_TEST

START_TEST(each_stack_keeps_its_heap)
{
	begin();
	Continuation *cont = cont_new(cont_heap, (ContFunc){two_steps, NULL});
	ResumeResult r = resume(cont, Cancelled_FALSE, &dummy);
	ck_assert_ptr_eq(heap(), world);
	resume(r.cont, Cancelled_FALSE, &dummy);
	ck_assert_ptr_eq(heap(), world);
	ck_assert_ptr_eq(heap_inside, cont_heap);
	ck_assert_ptr_eq(heap_after_block, cont_heap);
	end();
}
END_TEST

static Thread *
fails(void *env, Cancelled cancelled)
{
	(void)env, (void)cancelled;
	raise_error(ERR_TRAP, NO_LOC, "test", "from below");
}

static void
run_failing(void *env)
{
	resume(env, Cancelled_FALSE, &dummy);
}

static void
ask_thread(void *env)
{
	(void)env;
	current_thread();
}

START_TEST(an_error_reaches_the_resumer)
{
	begin();
	Continuation *cont = cont_new(cont_heap, (ContFunc){fails, NULL});
	struct error err = raised_by(run_failing, cont);
	ck_assert_int_eq(err.kind, ERR_TRAP);
	ck_assert_str_eq(err.reason, "test");
	ck_assert_ptr_eq(heap(), world);
	err = raised_by(ask_thread, NULL);
	ck_assert_int_eq(err.kind, ERR_INTERNAL);
	end();
}
END_TEST

UNIT_MAIN("stack_switching", blocks_and_goes_on, each_stack_keeps_its_heap,
	an_error_reaches_the_resumer)
