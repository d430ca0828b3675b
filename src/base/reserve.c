/* reserve.c - see reserve.h. */
#define _GNU_SOURCE
#include "base/reserve.h"

#include <stdlib.h>

#if defined(__linux__) && defined(__x86_64__)

#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>

#if __has_include(<valgrind/valgrind.h>)
#include <valgrind/valgrind.h>
#else
#define RUNNING_ON_VALGRIND 0
#endif

struct reserve {
	struct reserve *prev, *next;
	uint8_t *base;
	size_t size, used;
	void (*raise)(void);
};

static struct reserve *all;
static struct sigaction former;

static const struct reserve *
find(const void *address)
{
	for (const struct reserve *r = all; r; r = r->next) {
		if ((uintptr_t)address - (uintptr_t)r->base < r->size)
			return r;
	}
	return NULL;
}

/* Makes the interrupted code go on in `raise`, as if it had called it there: below the red zone,
 * and with the stack as it is behind a call. */
static void
go_on_in(ucontext_t *context, void (*raise)(void))
{
	greg_t *regs = context->uc_mcontext.gregs;
	regs[REG_RSP] = ((regs[REG_RSP] - 128) & ~(greg_t)15) - 8;
	regs[REG_RIP] = (greg_t)(uintptr_t)raise;
}

static void
on_fault(int sig, siginfo_t *info, void *context)
{
	const struct reserve *r = find(info->si_addr);
	if (r)
		go_on_in(context, r->raise);
	else if (former.sa_flags & SA_SIGINFO)
		former.sa_sigaction(sig, info, context);
	else if (former.sa_handler != SIG_DFL && former.sa_handler != SIG_IGN)
		former.sa_handler(sig);
	else /* it happens again, without a handler */
		sigaction(SIGSEGV, &former, NULL);
}

static bool
install(void)
{
	struct sigaction action;
	memset(&action, 0, sizeof action);
	action.sa_sigaction = on_fault;
	action.sa_flags = SA_SIGINFO | SA_ONSTACK;
	sigemptyset(&action.sa_mask);
	return sigaction(SIGSEGV, &action, &former) == 0;
}

bool
reserve_is_there(void)
{
	static enum { UNKNOWN, NO, YES } answer;
	if (answer == UNKNOWN) {
		const size_t much = (size_t)1 << 36;
		void *p = RUNNING_ON_VALGRIND
				  ? MAP_FAILED
				  : mmap(NULL, much, PROT_NONE,
					    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
		answer = p != MAP_FAILED && install() ? YES : NO;
		if (p != MAP_FAILED)
			munmap(p, much);
	}
	return answer == YES;
}

struct reserve *
reserve_new(size_t size, void (*raise)(void))
{
	struct reserve *r = malloc(sizeof *r);
	void *p = mmap(NULL, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (!r || p == MAP_FAILED) {
		free(r);
		if (p != MAP_FAILED)
			munmap(p, size);
		return NULL;
	}
	*r = (struct reserve){NULL, all, p, size, 0, raise};
	if (all)
		all->prev = r;
	return all = r;
}

void
reserve_free(struct reserve *r)
{
	if (r->prev)
		r->prev->next = r->next;
	else
		all = r->next;
	if (r->next)
		r->next->prev = r->prev;
	munmap(r->base, r->size);
	free(r);
}

uint8_t *
reserve_base(const struct reserve *r)
{
	return r->base;
}

bool
reserve_use(struct reserve *r, size_t len)
{
	if (len > r->used && mprotect(r->base + r->used, len - r->used, PROT_READ | PROT_WRITE))
		return false;
	r->used = len;
	return true;
}

#else

bool
reserve_is_there(void)
{
	return false;
}

struct reserve *
reserve_new(size_t size, void (*raise)(void))
{
	(void)size, (void)raise;
	return NULL;
}

void
reserve_free(struct reserve *r)
{
	(void)r;
}

uint8_t *
reserve_base(const struct reserve *r)
{
	(void)r;
	return NULL;
}

bool
reserve_use(struct reserve *r, size_t len)
{
	(void)r, (void)len;
	return false;
}

#endif
