/* engine.c - see engine.h. */
#include "core/engine.h"

#include <stdlib.h>
#include <string.h>

#include "base/reserve.h"

struct core_engine core_engine;

void
core_engine_start(void)
{
	static bool started;
	if (started)
		return;
	started = true;
	const char *words = getenv("CANON_ENGINE");
	core_engine.plain = words && strstr(words, "plain");
	core_engine.collect = words && strstr(words, "collect");
	core_engine.reserved = !(words && strstr(words, "checked")) && reserve_is_there();
}
