/* budget.h - how much a directive may use: fuel (units of work) and wall time.
 *
 * Whoever runs for input-dependent time spends from the budget; when it is used up,
 * ERR_EXHAUSTED is raised, with reason "fuel" or "timeout". */
#ifndef CANON_BASE_BUDGET_H
#define CANON_BASE_BUDGET_H

#include <stdint.h>

/* Starts anew. 0 means no limit of that kind. */
void budget_start(uint64_t fuel, double seconds);

/* How many units a caller may use before it has to come back to budget_spend: never more
 * than a few milliseconds' worth. */
#define BUDGET_SLICE 100000u

/* Takes units away, and looks at the clock about once a slice. */
void budget_spend(uint64_t units);

/* The fuel that is left, to be put back: what is used in between, for a look at what runs, does not
 * count. */
uint64_t budget_fuel(void);
void budget_put_back(uint64_t fuel);

#endif
