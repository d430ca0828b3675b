/* trace.c - see trace.h. */
#include "base/trace.h"

#include <stdarg.h>
#include <stdio.h>

bool trace_is_on;

static trace_fn *listener;
static void *listener_env;

void
trace_to(trace_fn *fn, void *env)
{
	listener = fn;
	listener_env = env;
	trace_is_on = fn;
}

void
trace_event(const char *fmt, ...)
{
	char text[1024];
	va_list ap;
	if (!listener)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	listener(listener_env, text);
}
