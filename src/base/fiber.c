/* fiber.c - see fiber.h. Stacks are mmap'd with a guard page, and pooled. A fiber starts by
 * setcontext. From then on it is switched to by a jump, since swapcontext makes a system call
 * each time; AddressSanitizer, which watches jumps, gets swapcontext. */
#undef _FORTIFY_SOURCE /* its check takes a jump to another stack for a mistake */
#define _GNU_SOURCE
#include "base/fiber.h"

#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <ucontext.h>

#include "base/error.h"
#include "base/trace.h"

#if __has_include(<valgrind/valgrind.h>)
#include <valgrind/valgrind.h>
#else
#define VALGRIND_STACK_REGISTER(start, end) 0
#define VALGRIND_STACK_DEREGISTER(id)       ((void)(id))
#endif

#if UNDER_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#define STACK_SIZE (1024 * 1024)
#else
#define STACK_SIZE (256 * 1024)
#endif

#define GUARD_SIZE   4096
#define STACK_MARGIN (STACK_SIZE / 4)
#define MAX_STACKS   20000

struct stack {
	struct stack *next; /* in the pool */
	char *base;         /* above the guard page */
	unsigned id;        /* for Valgrind */
};

/* A place to go on from. */
struct place {
	ucontext_t context;
	jmp_buf jump;
	bool is_start; /* of a fiber: by the context */
};

struct fiber {
	void (*fn)(void *env);
	void *env;
	struct stack *stack; /* null before the first resume and after the end */
	struct place inside, resumer;
	struct fiber *up; /* who resumed this one */
	void *protects;   /* its chain of protects while it is suspended */
	void *fake_stack, *up_fake_stack;
	const void *up_bottom;
	size_t up_size;
	bool started, running, ended, raised;
	struct error err;
	struct trace_thread trace;
};

static struct stack *pool;
static int stacks_in_use;
static struct fiber *current;
static char *main_stack_end; /* the lowest address that the program's own stack may reach */

static void
switching_to(void **save, const void *bottom, size_t size)
{
#if UNDER_ASAN
	__sanitizer_start_switch_fiber(save, bottom, size);
#else
	(void)save, (void)bottom, (void)size;
#endif
}

static void
switched(void *saved, const void **old_bottom, size_t *old_size)
{
#if UNDER_ASAN
	__sanitizer_finish_switch_fiber(saved, old_bottom, old_size);
#else
	(void)saved, (void)old_bottom, (void)old_size;
#endif
}

/* Goes to another place, and comes back when somebody goes to `from`. */
static void
go(struct place *from, struct place *to)
{
#if UNDER_ASAN
	swapcontext(&from->context, &to->context);
#else
	if (_setjmp(from->jump))
		return;
	if (to->is_start) {
		to->is_start = false;
		setcontext(&to->context);
	}
	_longjmp(to->jump, 1);
#endif
}

static struct stack *
take_stack(void)
{
	if (stacks_in_use >= MAX_STACKS)
		raise_error(
			ERR_EXHAUSTED, NO_LOC, "fiber-limit", "more than %d stacks", MAX_STACKS);
	struct stack *s = pool;
	if (s) {
		pool = s->next;
	} else {
		s = malloc(sizeof *s);
		char *p = mmap(NULL, GUARD_SIZE + STACK_SIZE, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
		if (!s || p == MAP_FAILED || mprotect(p, GUARD_SIZE, PROT_NONE)) {
			free(s);
			raise_error(ERR_EXHAUSTED, NO_LOC, "fiber-limit", "no memory for a stack");
		}
		s->base = p + GUARD_SIZE;
		s->id = VALGRIND_STACK_REGISTER(s->base, s->base + STACK_SIZE);
	}
	stacks_in_use++;
	return s;
}

static void
give_stack(struct stack *s)
{
#if UNDER_ASAN
	/* What an abandoned stack left poisoned is not there any more. */
	ASAN_UNPOISON_MEMORY_REGION(s->base, STACK_SIZE);
#endif
	s->next = pool;
	pool = s;
	stacks_in_use--;
}

void
fiber_release_pool(void)
{
	while (pool) {
		struct stack *s = pool;
		pool = s->next;
		VALGRIND_STACK_DEREGISTER(s->id);
		munmap(s->base - GUARD_SIZE, GUARD_SIZE + STACK_SIZE);
		free(s);
	}
}

static void
drop_fiber(void *env)
{
	struct fiber *f = env;
	if (f->stack)
		give_stack(f->stack);
	f->stack = NULL;
}

static void
fiber_main(void)
{
	struct fiber *f = current;
	switched(NULL, &f->up_bottom, &f->up_size);
	f->raised = !protect(f->fn, f->env, &f->err);
	f->ended = true;
	switching_to(NULL, f->up_bottom, f->up_size);
	go(&f->inside, &f->resumer);
	abort();
}

struct fiber *
fiber_new(struct arena *a, void (*fn)(void *env), void *env)
{
	struct fiber *f = arena_new_of(a, struct fiber);
	f->fn = fn;
	f->env = env;
	arena_defer(a, drop_fiber, f);
	return f;
}

static void
start(struct fiber *f)
{
	f->stack = take_stack();
	ucontext_t *c = &f->inside.context;
	getcontext(c);
	c->uc_stack.ss_sp = f->stack->base;
	c->uc_stack.ss_size = STACK_SIZE;
	c->uc_link = NULL;
	makecontext(c, fiber_main, 0);
	f->inside.is_start = true;
	f->started = true;
}

void
fiber_resume(struct fiber *f)
{
	if (f->running || f->ended)
		internal_error("a fiber that is running or has ended was resumed");
	if (!f->started)
		start(f);
	void *protects = protect_chain_swap(f->protects);
	void *fake_stack = NULL;
	f->up = current;
	f->running = true;
	current = f;
	if (unlikely(trace_has_details))
		trace_thread_in(&f->trace);
	switching_to(&fake_stack, f->stack->base, STACK_SIZE);
	go(&f->resumer, &f->inside);
	switched(fake_stack, NULL, NULL);
	if (unlikely(trace_has_details))
		trace_thread_out(&f->trace, f->ended, f->raised ? &f->err : NULL);
	current = f->up;
	f->running = false;
	f->protects = protect_chain_swap(protects);
	if (f->ended)
		drop_fiber(f);
	if (f->raised) {
		f->raised = false;
		raise_again(&f->err);
	}
}

void
fiber_suspend(void)
{
	struct fiber *f = current;
	if (!f)
		internal_error("there is no fiber to suspend");
	switching_to(&f->fake_stack, f->up_bottom, f->up_size);
	go(&f->inside, &f->resumer);
	switched(f->fake_stack, &f->up_bottom, &f->up_size);
}

struct fiber *
fiber_current(void)
{
	return current;
}

bool
fiber_ended(const struct fiber *f)
{
	return f->ended;
}

static void
find_main_stack_end(const char *here)
{
	struct rlimit lim;
	rlim_t size = 8u << 20;
	if (getrlimit(RLIMIT_STACK, &lim) == 0 && lim.rlim_cur != RLIM_INFINITY)
		size = lim.rlim_cur;
	if (size > (64u << 20))
		size = 64u << 20;
	main_stack_end = (char *)((uintptr_t)here - (uintptr_t)(size - size / 8));
}

long
stack_left(void)
{
	const char *here = __builtin_frame_address(0);
	if (current)
		return here - (current->stack->base + STACK_MARGIN);
	if (!main_stack_end)
		find_main_stack_end(here);
	return here - main_stack_end;
}

void
need_stack(struct loc at, const char *what)
{
	if (stack_left() < 0)
		raise_error(ERR_EXHAUSTED, at, "nesting-limit", "%s are nested too deep", what);
}
