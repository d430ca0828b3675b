/* threads.h - (thread $t ...) and (wait $t): directives that run beside the others. */
#ifndef CANON_SCRIPT_THREADS_H
#define CANON_SCRIPT_THREADS_H

#include "script/state.h"

/* Runs the directives of a thread, all of them at once and in their order: one of the orders that
 * there may be. It sees the instances that it shares, and nothing else. What went wrong in it is
 * reported here, and by what waits for it. Raises ERR_SCRIPT. */
void thread_run(struct runner *r, struct cursor *c, struct loc at);

/* Fails where the thread did. Raises ERR_SCRIPT when there is no such thread. */
void thread_wait(struct runner *r, struct cursor *c);

#endif
