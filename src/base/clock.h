/* clock.h - how time goes by. */
#ifndef CANON_BASE_CLOCK_H
#define CANON_BASE_CLOCK_H

/* Seconds since some moment; never goes back. */
double clock_seconds(void);

#endif
