/* stack_switching.c - cont_new, resume and block, over base/fiber. The definitions build them
 * of threads and locks; here a continuation is a fiber that is suspended, and no lock is
 * needed. CanonicalABI.md, "Stack Switching". */
#include "base/fiber.h"
#include "cabi/cabi.h"

/// ### Stack Switching

typedef struct {
	Thread *current_thread;
	Continuation *running; /* C: a fiber stays the same one over blocks */
	Continuation *cont;
	Thread *block_arg;
} Handler;

struct Continuation {
	Handler *handler;
	Cancelled block_result;
	ContFunc f;
	struct fiber *fiber;
	struct arena *heap;
};

static Handler *thread_local_handler;

static void
cont_new__thread_base(void *env)
{
	Continuation *cont = env;
	heap_swap(cont->heap);
	thread_local_handler = cont->handler;
	Thread *block_arg = cont->f.fn(cont->f.env, cont->block_result);
	Handler *handler = thread_local_handler;
	handler->cont = NULL;
	handler->block_arg = block_arg;
}

Continuation *
cont_new(struct arena *a, ContFunc f)
{
	Continuation *cont = arena_new_of(a, Continuation);
	cont->f = f;
	cont->heap = a;
	cont->fiber = fiber_new(a, cont_new__thread_base, cont);
	return cont;
}

static void
switch_to_fiber(void *env)
{
	fiber_resume(env);
}

ResumeResult
resume(Continuation *cont, Cancelled block_result, Thread *current_thread)
{
	Handler handler = {.current_thread = current_thread, .running = cont};
	cont->handler = &handler;
	cont->block_result = block_result;
	/* C: the resumer's handler and heap come back however the fiber comes back. */
	Handler *mine = thread_local_handler;
	struct arena *my_heap = heap_swap(cont->heap);
	struct error err;
	bool returned = protect(switch_to_fiber, cont->fiber, &err);
	thread_local_handler = mine;
	heap_swap(my_heap);
	if (!returned)
		raise_again(&err);
	return (ResumeResult){handler.cont, handler.block_arg};
}

Cancelled
block(Thread *switch_to)
{
	Handler *handler = thread_local_handler;
	Continuation *cont = handler->running;
	handler->cont = cont;
	handler->block_arg = switch_to;
	struct arena *my_heap = heap();
	fiber_suspend();
	heap_swap(my_heap);
	thread_local_handler = cont->handler;
	return cont->block_result;
}

Thread *
current_thread(void)
{
	/* C: an assertion, where Python would fail at the missing attribute. */
	if (!thread_local_handler)
		internal_error("no thread is running");
	return thread_local_handler->current_thread;
}

Task *
current_task(void)
{
	return current_thread()->task;
}

ComponentInstance *
current_instance(void)
{
	return current_task()->inst;
}
