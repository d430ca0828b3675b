/* budget.c - see budget.h. */
#include "base/budget.h"

#include <stdbool.h>

#include "base/clock.h"
#include "base/error.h"

static struct {
	bool has_fuel, has_deadline;
	uint64_t fuel;
	double seconds, deadline;
	uint64_t since_look;
} budget;

void
budget_start(uint64_t fuel, double seconds)
{
	budget.has_fuel = fuel > 0;
	budget.fuel = fuel;
	budget.has_deadline = seconds > 0;
	budget.seconds = seconds;
	budget.deadline = seconds > 0 ? clock_seconds() + seconds : 0;
	budget.since_look = 0;
}

static void
look_at_clock(void)
{
	budget.since_look = 0;
	if (budget.has_deadline && clock_seconds() > budget.deadline)
		raise_error(ERR_EXHAUSTED, NO_LOC, "timeout", "no end after %g seconds",
			budget.seconds);
}

uint64_t
budget_fuel(void)
{
	return budget.fuel;
}

void
budget_put_back(uint64_t fuel)
{
	budget.fuel = fuel;
}

void
budget_spend(uint64_t units)
{
	if (budget.has_fuel) {
		if (units > budget.fuel)
			raise_error(ERR_EXHAUSTED, NO_LOC, "fuel", "all fuel consumed");
		budget.fuel -= units;
	}
	budget.since_look += units;
	if (budget.since_look >= BUDGET_SLICE)
		look_at_clock();
}
