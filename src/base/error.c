/* error.c - non-local exit. With the jumps of base/fiber, the only setjmp of the program. */
#include "base/error.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct frame {
	jmp_buf env;
	struct frame *up;
	struct error *err;
};

static struct frame *top;

const char *
error_kind_name(enum error_kind kind)
{
	static const char *const names[] = {
		[ERR_NONE] = "none",
		[ERR_MALFORMED] = "malformed",
		[ERR_INVALID] = "invalid",
		[ERR_UNLINKABLE] = "unlinkable",
		[ERR_TRAP] = "trap",
		[ERR_EXCEPTION] = "exception",
		[ERR_EXHAUSTED] = "exhausted",
		[ERR_UNSUPPORTED] = "unsupported",
		[ERR_SCRIPT] = "script",
		[ERR_INTERNAL] = "internal",
	};
	return names[kind];
}

NORETURN static void
jump(void)
{
	struct frame *f = top;
	top = f->up;
	longjmp(f->env, 1);
}

static void
need_frame(const struct error *err)
{
	if (top)
		return;
	fprintf(stderr, "canon: unprotected %s: %s\n", error_kind_name(err->kind), err->message);
	abort();
}

NORETURN void
raise_error(enum error_kind kind, struct loc at, const char *reason, const char *fmt, ...)
{
	struct error err = {.kind = kind, .at = at, .reason = reason};
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(err.message, sizeof err.message, fmt, ap);
	va_end(ap);
	raise_again(&err);
}

NORETURN void
raise_again(const struct error *err)
{
	need_frame(err);
	*top->err = *err;
	jump();
}

bool
protect(void (*fn)(void *env), void *env, struct error *err)
{
	struct frame f = {.up = top, .err = err};
	if (setjmp(f.env))
		return false;
	top = &f;
	fn(env);
	top = f.up;
	return true;
}

void *
protect_chain_swap(void *chain)
{
	struct frame *old = top;
	top = chain;
	return old;
}
