/* choose.c - see choose.h. The generator is splitmix64. */
#include "base/choose.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/trace.h"

static struct {
	uint64_t seed, state;
	uint32_t *replay;
	size_t nreplay, at;
	struct choice *record;
	size_t nrecord, cap;
	uint32_t once[CHOOSE_ONCE]; /* 1 + what was chosen */
} driver;

void
choose_release(void)
{
	free(driver.replay);
	free(driver.record);
	memset(&driver, 0, sizeof driver);
}

void
choose_seed(uint64_t seed)
{
	choose_release();
	driver.seed = driver.state = seed;
}

void
choose_replay(const uint32_t *choices, size_t n)
{
	choose_release();
	driver.replay = malloc((n + 1) * sizeof *choices);
	if (!driver.replay)
		abort();
	if (n)
		memcpy(driver.replay, choices, n * sizeof *choices);
	driver.nreplay = n;
}

bool
choose_is_deterministic(void)
{
	return !driver.seed && !driver.replay;
}

static uint64_t
next_random(void)
{
	uint64_t z = driver.state += 0x9e3779b97f4a7c15u;
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

static void
remember(struct choice c)
{
	if (driver.nrecord == CHOOSE_RECORD_MAX)
		return;
	if (driver.nrecord == driver.cap) {
		driver.cap = driver.cap ? driver.cap * 2 : 64;
		driver.record = realloc(driver.record, driver.cap * sizeof *driver.record);
		if (!driver.record)
			abort();
	}
	driver.record[driver.nrecord++] = c;
}

uint32_t
choose_at(uint32_t n, const char *where)
{
	uint32_t c = 0;
	if (n <= 1)
		return 0;
	if (driver.at < driver.nreplay)
		c = driver.replay[driver.at++];
	else if (driver.seed)
		c = (uint32_t)(next_random() % n);
	if (c >= n)
		raise_error(ERR_SCRIPT, NO_LOC, "choices",
			"choice %zu is %u, but there were only %u to choose from", driver.at, c, n);
	remember((struct choice){c, n, where});
	if (unlikely(trace_has_details))
		trace_tell(&(struct trace_event){
			.kind = TRACE_CHOICE, .name = where, .number = c, .among = n});
	return c;
}

uint32_t
choose_once(unsigned which, uint32_t n, const char *where)
{
	if (!driver.once[which])
		driver.once[which] = 1 + choose_at(n, where);
	return driver.once[which] - 1;
}

const struct choice *
choose_record(size_t *n)
{
	*n = driver.nrecord;
	return driver.record;
}
